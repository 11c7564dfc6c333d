//! Whether what is stored is what was written.

use crate::shell::{Shell, watch};
use liaison_app::verify::{Finding, LastCheck, Report};
use liaison_app::{CommandError, Progress};
use tauri::State;
use tauri::ipc::Channel;

/// Checks the database, the hash chain and every record against the journal. `operation_cancel` stops it.
#[tauri::command]
#[specta::specta]
pub async fn check_all(shell: State<'_, Shell>, progress: Channel<Progress>) -> Result<Report, CommandError> {
    shell.desk()?.check_all(&mut watch(progress)).await
}

/// When the last full check was, and what came out.
#[tauri::command]
#[specta::specta]
pub async fn last_check(shell: State<'_, Shell>) -> Result<Option<LastCheck>, CommandError> {
    shell.desk()?.last_check().await
}

/// Takes the journal as it is for right, though it is not the one this computer wrote.
#[tauri::command]
#[specta::specta]
pub async fn accept_journal(shell: State<'_, Shell>) -> Result<Option<Finding>, CommandError> {
    shell.desk()?.accept_journal().await
}
