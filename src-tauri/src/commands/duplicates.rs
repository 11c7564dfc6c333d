//! Likely duplicates.

use crate::shell::{Shell, watch};
use liaison_app::duplicates::DuplicatesPage;
use liaison_app::step::Done;
use liaison_app::{CommandError, Progress, duplicates};
use liaison_domain::Id;
use tauri::State;
use tauri::ipc::Channel;

/// Compares all contacts.
#[tauri::command]
#[specta::specta]
pub async fn duplicates_find(
    shell: State<'_, Shell>,
    progress: Channel<Progress>,
) -> Result<DuplicatesPage, CommandError> {
    duplicates::duplicates_find(&shell.session()?, None, &mut watch(progress)).await
}

/// Some of the cases still to decide.
#[tauri::command]
#[specta::specta]
pub async fn duplicates_list(shell: State<'_, Shell>, offset: u32, limit: u32) -> Result<DuplicatesPage, CommandError> {
    duplicates::duplicates_list(&shell.session()?, offset, limit).await
}

/// Remembers that contacts are different people.
#[tauri::command]
#[specta::specta]
pub async fn contacts_keep_apart(shell: State<'_, Shell>, contacts: Vec<Id>) -> Result<Done, CommandError> {
    duplicates::contacts_keep_apart(&shell.session()?, &contacts).await
}
