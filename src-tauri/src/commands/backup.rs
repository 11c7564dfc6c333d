//! Backups: the list, making and checking them, where they go, restoring.

use crate::dialogs::{ask_folder, ask_which};
use crate::secret::Secret;
use crate::shell::Shell;
use liaison_app::backup::{
    self, BackupChecked, BackupPlace, BackupRow, BackupSettings, BackupStatus, Look, LookInfo, LookRow, RestoreDone,
    RestorePreview,
};
use liaison_app::names;
use liaison_app::{CommandError, Session};
use serde::Deserialize;
use specta::Type;
use std::path::PathBuf;
use tauri::State;

/// Which backup.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum BackupSource {
    /// One of the list.
    Listed {
        /// Where it lies.
        place: BackupPlace,
        /// Its name.
        name: String,
    },
    /// The one that was chosen last with `backup_choose`.
    Chosen,
}

async fn path_of(shell: &Shell, session: Option<&Session>, source: &BackupSource) -> Result<PathBuf, CommandError> {
    match (source, session) {
        (BackupSource::Listed { place, name }, Some(session)) => backup::backup_path(session, *place, name).await,
        (BackupSource::Listed { name, .. }, None) => backup::listed(shell.directory(), name),
        (BackupSource::Chosen, _) => shell.chosen_backup().ok_or_else(|| CommandError::not_found("backup")),
    }
}

/// How backups stand.
#[tauri::command]
#[specta::specta]
pub async fn backup_status(shell: State<'_, Shell>) -> Result<BackupStatus, CommandError> {
    backup::backup_status(&shell.session()?).await
}

/// What was chosen about backups on this computer.
#[tauri::command]
#[specta::specta]
pub async fn backup_settings(shell: State<'_, Shell>) -> Result<BackupSettings, CommandError> {
    backup::backup_settings(&shell.session()?).await
}

/// Chooses how much room backups may take, in bytes.
#[tauri::command]
#[specta::specta]
pub async fn backup_room_set(shell: State<'_, Shell>, room: i64) -> Result<(), CommandError> {
    backup::backup_room_set(&shell.session()?, room).await
}

/// Asks for a folder that gets a copy of each backup. False where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn backup_folder_choose(shell: State<'_, Shell>) -> Result<bool, CommandError> {
    let session = shell.session()?;
    let Some(chosen) = ask_folder(&shell).await? else { return Ok(false) };
    backup::backup_folder_set(&session, Some(chosen)).await?;
    Ok(true)
}

/// Copies backups to no other folder any more; those that are there stay.
#[tauri::command]
#[specta::specta]
pub async fn backup_folder_clear(shell: State<'_, Shell>) -> Result<(), CommandError> {
    backup::backup_folder_set(&shell.session()?, None).await
}

/// The backups of this database; while no desk is open, those in its folder.
#[tauri::command]
#[specta::specta]
pub async fn backup_list(shell: State<'_, Shell>) -> Result<Vec<BackupRow>, CommandError> {
    match shell.present() {
        Some(_) => backup::backup_list(&shell.session()?).await,
        None => backup::backups_here(shell.directory()),
    }
}

/// Makes a backup.
#[tauri::command]
#[specta::specta]
pub async fn backup_create(shell: State<'_, Shell>) -> Result<BackupRow, CommandError> {
    backup::backup_create(&shell.session()?).await
}

/// Reads a backup from its first byte to its last.
#[tauri::command]
#[specta::specta]
pub async fn backup_check(
    shell: State<'_, Shell>,
    place: BackupPlace,
    name: String,
) -> Result<BackupChecked, CommandError> {
    backup::check(&backup::backup_path(&shell.session()?, place, &name).await?)
}

/// Asks for a backup file; its name. None where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn backup_choose(shell: State<'_, Shell>) -> Result<Option<String>, CommandError> {
    if shell.present().is_some() {
        shell.session()?;
    }
    let Some(path) = ask_which(&shell, ("Liaison", &["liaison-backup"])).await? else { return Ok(None) };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    shell.choose_backup(path);
    Ok(Some(name))
}

/// What restoring a backup would do. Where no passcode is given, the key of the open desk opens it.
#[tauri::command]
#[specta::specta]
pub async fn backup_preview(
    shell: State<'_, Shell>,
    source: BackupSource,
    passcode: Option<Secret>,
) -> Result<RestorePreview, CommandError> {
    if shell.present().is_none() {
        shell.put_away().await?;
        let file = path_of(&shell, None, &source).await?;
        return backup::preview(shell.directory(), &file, passcode.as_deref()).await;
    }
    let session = shell.session()?;
    let file = path_of(&shell, Some(&session), &source).await?;
    backup::backup_preview(&session, &file, passcode.as_deref()).await
}

/// Puts a backup in the place of the database. The desk is closed then; the window asks where it stands.
#[tauri::command]
#[specta::specta]
pub async fn backup_restore(
    shell: State<'_, Shell>,
    source: BackupSource,
    passcode: Option<Secret>,
) -> Result<RestoreDone, CommandError> {
    if shell.present().is_none() {
        shell.put_away().await?;
        let file = path_of(&shell, None, &source).await?;
        let done = backup::restore(shell.directory(), &file, passcode.as_deref()).await;
        shell.let_go();
        return done;
    }
    let session = shell.session()?;
    let file = path_of(&shell, Some(&session), &source).await?;
    let done = backup::restore_open(&session, &file, passcode.as_deref()).await;
    // Also where it failed in the end: what goes on from there is a desk opened anew.
    if matches!(names::institution(&session).await, Err(CommandError::Locked)) {
        shell.let_go();
    }
    done
}

/// Opens a backup for reading and says what is in it; one that is open is closed. Where no passcode is given, the key of
/// the open desk opens it.
#[tauri::command]
#[specta::specta]
pub async fn backup_look_open(
    shell: State<'_, Shell>,
    source: BackupSource,
    passcode: Option<Secret>,
) -> Result<LookInfo, CommandError> {
    let look = if shell.present().is_none() {
        shell.put_away().await?;
        let file = path_of(&shell, None, &source).await?;
        Look::open(shell.directory(), &file, passcode.as_deref()).await?
    } else {
        let session = shell.session()?;
        let file = path_of(&shell, Some(&session), &source).await?;
        backup::backup_look(&session, &file, passcode.as_deref()).await?
    };
    let info = look.info().await?;
    shell.watch_over();
    close_look(shell.look.lock().await.replace(look)).await?;
    Ok(info)
}

/// Contacts and employers in the backup that is open whose name or address has this text.
#[tauri::command]
#[specta::specta]
pub async fn backup_look_search(shell: State<'_, Shell>, text: String) -> Result<Vec<LookRow>, CommandError> {
    shell.touch();
    match shell.look.lock().await.as_ref() {
        Some(look) => look.search(&text).await,
        None => Err(CommandError::not_found("backup")),
    }
}

/// Closes the backup that is open.
#[tauri::command]
#[specta::specta]
pub async fn backup_look_close(shell: State<'_, Shell>) -> Result<(), CommandError> {
    close_look(shell.look.lock().await.take()).await
}

async fn close_look(look: Option<Look>) -> Result<(), CommandError> {
    match look {
        Some(look) => look.close().await,
        None => Ok(()),
    }
}
