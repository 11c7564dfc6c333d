//! Whether what is stored is what was written.

use crate::dialogs::ask_where;
use crate::files::{NamedFile, Purpose, offered_name};
use crate::shell::{Shell, watch};
use liaison_app::audit_file::{AuditInput, AuditWritten};
use liaison_app::files::Destination;
use liaison_app::verify::{Finding, LastCheck, Report};
use liaison_app::{CommandError, Progress, audit_file, verify};
use tauri::State;
use tauri::ipc::Channel;

/// Checks the database, the hash chain and every record against the journal. `operation_cancel` stops it.
#[tauri::command]
#[specta::specta]
pub async fn check_all(shell: State<'_, Shell>, progress: Channel<Progress>) -> Result<Report, CommandError> {
    verify::check_all(&shell.session()?, &mut watch(progress)).await
}

/// When the last full check was, and what came out.
#[tauri::command]
#[specta::specta]
pub async fn last_check(shell: State<'_, Shell>) -> Result<Option<LastCheck>, CommandError> {
    verify::last_check(&shell.session()?).await
}

/// Takes the journal as it is for right, though it is not the one this computer wrote.
#[tauri::command]
#[specta::specta]
pub async fn accept_journal(shell: State<'_, Shell>) -> Result<Option<Finding>, CommandError> {
    verify::accept_journal(&shell.session()?).await
}

/// Asks where to write the audit file; none where the person thought better. `name` is offered, without an ending.
#[tauri::command]
#[specta::specta]
pub async fn audit_choose(shell: State<'_, Shell>, name: String) -> Result<Option<NamedFile>, CommandError> {
    shell.session()?;
    let path = ask_where(&shell, &format!("{}.jsonl", offered_name(&name)), ("JSON Lines", "jsonl")).await?;
    Ok(path.map(|path| shell.files.name(Purpose::Writing, path)))
}

/// Writes the journal into the file that was chosen, for anybody to check.
#[tauri::command]
#[specta::specta]
pub async fn audit_export(
    shell: State<'_, Shell>,
    input: AuditInput,
    file: String,
    progress: Channel<Progress>,
) -> Result<AuditWritten, CommandError> {
    let session = shell.session()?;
    let path = shell.files.take(Purpose::Writing, &file)?;
    audit_file::audit_export(&session, input, Destination::Path(&path), &mut watch(progress)).await
}
