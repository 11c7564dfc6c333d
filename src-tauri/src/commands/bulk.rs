//! Bulk update.

use crate::shell::{Shell, watch};
use liaison_app::bulk::BulkPreview;
use liaison_app::lists::Selection;
use liaison_app::step::Done;
use liaison_app::{CommandError, Progress, bulk};
use liaison_domain::RecordKind;
use liaison_domain::bulk::BulkChange;
use tauri::State;
use tauri::ipc::Channel;

/// What a bulk update would do.
#[tauri::command]
#[specta::specta]
pub async fn bulk_preview(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    changes: Vec<BulkChange>,
) -> Result<BulkPreview, CommandError> {
    bulk::bulk_preview(&shell.session()?, kind, &selection, &changes).await
}

/// Makes the same changes on many records.
#[tauri::command]
#[specta::specta]
pub async fn bulk_update(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    changes: Vec<BulkChange>,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    bulk::bulk_update(&shell.session()?, kind, &selection, &changes, &mut watch(progress)).await
}
