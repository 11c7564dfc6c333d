//! Invitations and reminders.

use crate::shell::{Shell, watch};
use liaison_app::invitations::{InvitationSettings, InvitationStanding, InvitationsDone, InvitationsPreview};
use liaison_app::lists::Selection;
use liaison_app::{CommandError, Progress};
use liaison_domain::reminder::Sending;
use liaison_domain::{Id, RecordKind};
use tauri::State;
use tauri::ipc::Channel;

/// Where a student or contact stands between invitation and account.
#[tauri::command]
#[specta::specta]
pub async fn invitation_standing(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
) -> Result<InvitationStanding, CommandError> {
    shell.desk()?.invitation_standing(kind, id).await
}

/// What inviting or reminding the selected would do.
#[tauri::command]
#[specta::specta]
pub async fn invitations_preview(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    sending: Sending,
) -> Result<InvitationsPreview, CommandError> {
    shell.desk()?.invitations_preview(kind, &selection, sending).await
}

/// Invites the selected, or reminds those of them who are due.
#[tauri::command]
#[specta::specta]
pub async fn invitations_send(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    sending: Sending,
    progress: Channel<Progress>,
) -> Result<InvitationsDone, CommandError> {
    shell.desk()?.invitations_send(kind, &selection, sending, &mut watch(progress)).await
}

/// What links in invitations need.
#[tauri::command]
#[specta::specta]
pub async fn invitation_settings(shell: State<'_, Shell>) -> Result<InvitationSettings, CommandError> {
    shell.desk()?.invitation_settings().await
}

/// Sets where links in invitations lead and for how many days they work.
#[tauri::command]
#[specta::specta]
pub async fn invitation_settings_set(
    shell: State<'_, Shell>,
    portal: String,
    days: u32,
) -> Result<Option<Id>, CommandError> {
    shell.desk()?.invitation_settings_set(&portal, days).await
}
