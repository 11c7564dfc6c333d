//! Several desks of one institution: connecting to a hub, joining one, how it stands.

use crate::secret::Secret;
use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::start::SetupDone;
use liaison_app::step::Done;
use liaison_app::sync::{self, ConflictChoice, ConflictRow, RefusedStep, SyncDone, SyncStatus};
use liaison_domain::{Id, RecordKind};
use tauri::State;

/// How this desk stands with its hub.
#[tauri::command]
#[specta::specta]
pub async fn sync_status(shell: State<'_, Shell>) -> Result<SyncStatus, CommandError> {
    sync::sync_status(&shell.session()?).await
}

/// Connects this desk to a hub, with a one-time code of its operator, and keeps it in step from then on.
#[tauri::command]
#[specta::specta]
pub async fn sync_connect(shell: State<'_, Shell>, address: String, code: Secret) -> Result<SyncStatus, CommandError> {
    let session = shell.session()?;
    let status = sync::sync_connect(&session, &address, &code).await?;
    sync::start_syncing(&session);
    Ok(status)
}

/// Sends and receives until nothing waits.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(shell: State<'_, Shell>) -> Result<SyncDone, CommandError> {
    sync::sync_now(&shell.session()?).await
}

/// Steps taken here that the hub refused and nobody has dealt with.
#[tauri::command]
#[specta::specta]
pub async fn sync_refused(shell: State<'_, Shell>) -> Result<Vec<RefusedStep>, CommandError> {
    sync::sync_refused(&shell.session()?).await
}

/// Takes a step that was refused off the list.
#[tauri::command]
#[specta::specta]
pub async fn sync_refused_close(shell: State<'_, Shell>, operation: Id) -> Result<(), CommandError> {
    sync::sync_refused_close(&shell.session()?, operation).await
}

/// Does a refused step again, as the person at the desk.
#[tauri::command]
#[specta::specta]
pub async fn sync_refused_retry(shell: State<'_, Shell>, operation: Id) -> Result<Done, CommandError> {
    sync::sync_refused_retry(&shell.session()?, operation).await
}

/// Fields that two people changed without knowing of each other's change.
#[tauri::command]
#[specta::specta]
pub async fn sync_conflicts(shell: State<'_, Shell>) -> Result<Vec<ConflictRow>, CommandError> {
    sync::sync_conflicts(&shell.session()?).await
}

/// Those of one record.
#[tauri::command]
#[specta::specta]
pub async fn sync_conflicts_of(
    shell: State<'_, Shell>,
    kind: RecordKind,
    record: Id,
) -> Result<Vec<ConflictRow>, CommandError> {
    sync::sync_conflicts_of(&shell.session()?, kind, record).await
}

/// Settles conflicts: of each field the chosen value is there from then on.
#[tauri::command]
#[specta::specta]
pub async fn sync_settle(shell: State<'_, Shell>, choices: Vec<ConflictChoice>) -> Result<Done, CommandError> {
    sync::sync_settle(&shell.session()?, &choices).await
}

/// Makes a desk here out of what a hub has. Nothing is open afterwards: what the hub sends next would have the page
/// read everything again, and the recovery key on it would be gone.
#[tauri::command]
#[specta::specta]
pub async fn sync_join(
    shell: State<'_, Shell>,
    address: String,
    code: Secret,
    email: String,
    passcode: Option<Secret>,
) -> Result<SetupDone, CommandError> {
    let passcode = passcode.as_deref();
    let recovery_key = sync::sync_join(shell.directory(), passcode, &address, &code, &email, &|_| {}).await?;
    Ok(SetupDone { recovery_key })
}
