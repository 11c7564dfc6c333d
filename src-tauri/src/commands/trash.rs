//! The trash: delete, restore, erase for good.

use crate::shell::{Shell, watch};
use liaison_app::erasure::ErasureDone;
use liaison_app::lists::Selection;
use liaison_app::step::Done;
use liaison_app::trash::{DeletePreview, KindCount, TrashPage, TrashRow};
use liaison_app::{CommandError, Progress, trash};
use liaison_domain::{Id, RecordKind};
use tauri::State;
use tauri::ipc::Channel;

/// What deleting records would do.
#[tauri::command]
#[specta::specta]
pub async fn delete_preview(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
) -> Result<DeletePreview, CommandError> {
    trash::delete_preview(&shell.session()?, kind, &selection).await
}

/// Puts records into the trash with what belongs to them.
#[tauri::command]
#[specta::specta]
pub async fn delete(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    trash::delete(&shell.session()?, kind, &selection, &mut watch(progress)).await
}

/// Takes records out of the trash.
#[tauri::command]
#[specta::specta]
pub async fn restore(shell: State<'_, Shell>, kind: RecordKind, ids: Vec<Id>) -> Result<Done, CommandError> {
    trash::restore(&shell.session()?, kind, &ids).await
}

/// Erases records in the trash for good.
#[tauri::command]
#[specta::specta]
pub async fn erase(
    shell: State<'_, Shell>,
    kind: RecordKind,
    ids: Vec<Id>,
    progress: Channel<Progress>,
) -> Result<ErasureDone, CommandError> {
    trash::erase(&shell.session()?, kind, &ids, &mut watch(progress)).await
}

/// How many records of each kind lie in the trash.
#[tauri::command]
#[specta::specta]
pub async fn trash_counts(shell: State<'_, Shell>) -> Result<Vec<KindCount>, CommandError> {
    trash::trash_counts(&shell.session()?).await
}

/// The records of a kind that lie in the trash.
#[tauri::command]
#[specta::specta]
pub async fn trash_list(
    shell: State<'_, Shell>,
    kind: RecordKind,
    offset: u32,
    limit: u32,
) -> Result<TrashPage, CommandError> {
    trash::trash_list(&shell.session()?, kind, offset, limit).await
}

/// The entry of one record in the trash; none where it is not there.
#[tauri::command]
#[specta::specta]
pub async fn trash_find(shell: State<'_, Shell>, kind: RecordKind, id: Id) -> Result<Option<TrashRow>, CommandError> {
    trash::trash_find(&shell.session()?, kind, id).await
}
