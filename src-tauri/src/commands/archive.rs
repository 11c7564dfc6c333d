//! Archive and revive, "Person left", job moves, employment history, primary contacts, AutoSync.

use crate::shell::{Shell, watch};
use liaison_app::archive::{ArchivePreview, Revival, RevivePreview};
use liaison_app::auto_sync::AutoSyncPreview;
use liaison_app::employments::{EmploymentRow, FormerContacts};
use liaison_app::lists::Selection;
use liaison_app::person_left::{JobMove, PersonLeft};
use liaison_app::records::Done;
use liaison_app::rehearsal::Rehearsed;
use liaison_app::{CommandError, Progress};
use liaison_domain::Id;
use liaison_domain::archive::ArchiveWay;
use tauri::State;
use tauri::ipc::Channel;

/// What archiving would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_archive_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    way: ArchiveWay,
) -> Result<ArchivePreview, CommandError> {
    shell.desk()?.contacts_archive_preview(&selection, way).await
}

/// Archives contacts.
#[tauri::command]
#[specta::specta]
pub async fn contacts_archive(
    shell: State<'_, Shell>,
    selection: Selection,
    way: ArchiveWay,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    shell.desk()?.contacts_archive(&selection, way, &mut watch(progress)).await
}

/// What reviving would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_revive_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    revival: Revival,
) -> Result<RevivePreview, CommandError> {
    shell.desk()?.contacts_revive_preview(&selection, &revival).await
}

/// Revives contacts.
#[tauri::command]
#[specta::specta]
pub async fn contacts_revive(
    shell: State<'_, Shell>,
    selection: Selection,
    revival: Revival,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    shell.desk()?.contacts_revive(&selection, &revival, &mut watch(progress)).await
}

/// What "Person left" would do.
#[tauri::command]
#[specta::specta]
pub async fn person_left_preview(shell: State<'_, Shell>, left: PersonLeft) -> Result<Rehearsed, CommandError> {
    shell.desk()?.person_left_preview(&left).await
}

/// "Person left".
#[tauri::command]
#[specta::specta]
pub async fn person_left(shell: State<'_, Shell>, left: PersonLeft) -> Result<Done, CommandError> {
    shell.desk()?.person_left(&left).await
}

/// What a job move would do.
#[tauri::command]
#[specta::specta]
pub async fn job_move_preview(shell: State<'_, Shell>, moved: JobMove) -> Result<Rehearsed, CommandError> {
    shell.desk()?.job_move_preview(&moved).await
}

/// Moves a person to another employer.
#[tauri::command]
#[specta::specta]
pub async fn job_move(shell: State<'_, Shell>, moved: JobMove) -> Result<Done, CommandError> {
    shell.desk()?.job_move(&moved).await
}

/// Where a contact works and worked.
#[tauri::command]
#[specta::specta]
pub async fn contact_employments(shell: State<'_, Shell>, contact: Id) -> Result<Vec<EmploymentRow>, CommandError> {
    shell.desk()?.contact_employments(contact).await
}

/// The people who left an employer.
#[tauri::command]
#[specta::specta]
pub async fn former_contacts(
    shell: State<'_, Shell>,
    employer: Id,
    offset: u32,
    limit: u32,
) -> Result<FormerContacts, CommandError> {
    shell.desk()?.former_contacts(employer, offset, limit).await
}

/// Makes a contact the primary one of its employer, or no longer.
#[tauri::command]
#[specta::specta]
pub async fn contact_toggle_primary(shell: State<'_, Shell>, contact: Id) -> Result<Done, CommandError> {
    shell.desk()?.contact_toggle_primary(contact).await
}

/// What turning AutoSync on or off would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_auto_sync_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    on: bool,
) -> Result<AutoSyncPreview, CommandError> {
    shell.desk()?.contacts_auto_sync_preview(&selection, on).await
}

/// Turns AutoSync on or off.
#[tauri::command]
#[specta::specta]
pub async fn contacts_auto_sync(
    shell: State<'_, Shell>,
    selection: Selection,
    on: bool,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    shell.desk()?.contacts_auto_sync(&selection, on, &mut watch(progress)).await
}
