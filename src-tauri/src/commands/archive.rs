//! Archive and revive, "Person left", job moves, employment history, primary contacts, AutoSync.

use crate::shell::{Shell, watch};
use liaison_app::archive::{ArchivePreview, Revival, RevivePreview};
use liaison_app::auto_sync::AutoSyncPreview;
use liaison_app::employments::{EmploymentRow, FormerContacts};
use liaison_app::lists::Selection;
use liaison_app::person_left::{JobMove, PersonLeft};
use liaison_app::rehearsal::Rehearsed;
use liaison_app::step::Done;
use liaison_app::{CommandError, Progress, archive, auto_sync, employments, person_left};
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
    archive::contacts_archive_preview(&shell.session()?, &selection, way).await
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
    archive::contacts_archive(&shell.session()?, &selection, way, &mut watch(progress)).await
}

/// What reviving would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_revive_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    revival: Revival,
) -> Result<RevivePreview, CommandError> {
    archive::contacts_revive_preview(&shell.session()?, &selection, &revival).await
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
    archive::contacts_revive(&shell.session()?, &selection, &revival, &mut watch(progress)).await
}

/// What "Person left" would do.
#[tauri::command]
#[specta::specta]
pub async fn person_left_preview(shell: State<'_, Shell>, left: PersonLeft) -> Result<Rehearsed, CommandError> {
    person_left::person_left_preview(&shell.session()?, &left).await
}

/// "Person left".
#[tauri::command]
#[specta::specta]
pub async fn person_left(shell: State<'_, Shell>, left: PersonLeft) -> Result<Done, CommandError> {
    person_left::person_left(&shell.session()?, &left).await
}

/// What a job move would do.
#[tauri::command]
#[specta::specta]
pub async fn job_move_preview(shell: State<'_, Shell>, moved: JobMove) -> Result<Rehearsed, CommandError> {
    person_left::job_move_preview(&shell.session()?, &moved).await
}

/// Moves a person to another employer.
#[tauri::command]
#[specta::specta]
pub async fn job_move(shell: State<'_, Shell>, moved: JobMove) -> Result<Done, CommandError> {
    person_left::job_move(&shell.session()?, &moved).await
}

/// Where a contact works and worked.
#[tauri::command]
#[specta::specta]
pub async fn contact_employments(shell: State<'_, Shell>, contact: Id) -> Result<Vec<EmploymentRow>, CommandError> {
    employments::contact_employments(&shell.session()?, contact).await
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
    employments::former_contacts(&shell.session()?, employer, offset, limit).await
}

/// Makes a contact the primary one of its employer, or no longer.
#[tauri::command]
#[specta::specta]
pub async fn contact_toggle_primary(shell: State<'_, Shell>, contact: Id) -> Result<Done, CommandError> {
    employments::contact_toggle_primary(&shell.session()?, contact).await
}

/// What turning AutoSync on or off would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_auto_sync_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    on: bool,
) -> Result<AutoSyncPreview, CommandError> {
    auto_sync::contacts_auto_sync_preview(&shell.session()?, &selection, on).await
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
    auto_sync::contacts_auto_sync(&shell.session()?, &selection, on, &mut watch(progress)).await
}
