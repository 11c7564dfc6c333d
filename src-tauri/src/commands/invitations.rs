//! Invitations and reminders.

use crate::shell::{Shell, watch};
use liaison_app::invitations::{InvitationSettings, InvitationStanding, InvitationsDone, InvitationsPreview};
use liaison_app::lists::Selection;
use liaison_app::{CommandError, Progress, invitations};
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
    invitations::invitation_standing(&shell.session()?, kind, id).await
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
    invitations::invitations_preview(&shell.session()?, kind, &selection, sending).await
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
    invitations::invitations_send(&shell.session()?, kind, &selection, sending, &mut watch(progress)).await
}

/// What links in invitations need.
#[tauri::command]
#[specta::specta]
pub async fn invitation_settings(shell: State<'_, Shell>) -> Result<InvitationSettings, CommandError> {
    invitations::invitation_settings(&shell.session()?).await
}

/// Sets where links in invitations lead and for how many days they work.
#[tauri::command]
#[specta::specta]
pub async fn invitation_settings_set(
    shell: State<'_, Shell>,
    portal: String,
    days: u32,
) -> Result<Option<Id>, CommandError> {
    invitations::invitation_settings_set(&shell.session()?, &portal, days).await
}
