//! Audit log, history, undo.

use crate::shell::{Shell, watch};
use liaison_app::history::{AuditEntry, ChangePage, HistoryPage, HistoryQuery};
use liaison_app::names::OperationRow;
use liaison_app::step::Done;
use liaison_app::undo::UndoPreview;
use liaison_app::{CommandError, Progress, history, undo};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind};
use tauri::State;
use tauri::ipc::Channel;

/// Every change of a record since it was created.
#[tauri::command]
#[specta::specta]
pub async fn audit_log(shell: State<'_, Shell>, kind: RecordKind, id: Id) -> Result<Vec<AuditEntry>, CommandError> {
    history::audit_log(&shell.session()?, kind, id).await
}

/// Operations, newest first.
#[tauri::command]
#[specta::specta]
pub async fn history_list(shell: State<'_, Shell>, query: HistoryQuery) -> Result<HistoryPage, CommandError> {
    history::history_list(&shell.session()?, &query).await
}

/// Some of what an operation did.
#[tauri::command]
#[specta::specta]
pub async fn history_changes(
    shell: State<'_, Shell>,
    operation: Id,
    offset: u32,
    limit: u32,
) -> Result<ChangePage, CommandError> {
    history::history_changes(&shell.session()?, operation, offset, limit).await
}

/// One operation, as the history shows it.
#[tauri::command]
#[specta::specta]
pub async fn history_step(shell: State<'_, Shell>, operation: Id) -> Result<OperationRow, CommandError> {
    history::history_step(&shell.session()?, operation).await
}

/// What taking an operation back would do.
#[tauri::command]
#[specta::specta]
pub async fn undo_preview(shell: State<'_, Shell>, operation: Id) -> Result<UndoPreview, CommandError> {
    undo::undo_preview(&shell.session()?, operation).await
}

/// Takes an operation back.
#[tauri::command]
#[specta::specta]
pub async fn undo(
    shell: State<'_, Shell>,
    operation: Id,
    mode: UndoMode,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    undo::undo(&shell.session()?, operation, mode, &mut watch(progress)).await
}

/// Asks the long change that is under way to stop; it then writes nothing.
#[tauri::command]
#[specta::specta]
pub fn operation_cancel(shell: State<'_, Shell>) -> Result<(), CommandError> {
    shell.session()?.cancel();
    Ok(())
}
