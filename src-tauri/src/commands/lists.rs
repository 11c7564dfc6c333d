//! Lists of any kind of record.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::lists;
use liaison_app::lists::{FoundElsewhere, ListOpened, Window};
use liaison_domain::Id;
use liaison_domain::filter::ListQuery;
use tauri::State;

/// Opens a list.
#[tauri::command]
#[specta::specta]
pub async fn list_open(shell: State<'_, Shell>, query: ListQuery) -> Result<ListOpened, CommandError> {
    lists::list_open(&shell.session()?, query).await
}

/// Reads at most 200 rows of an open list.
#[tauri::command]
#[specta::specta]
pub async fn list_window(
    shell: State<'_, Shell>,
    result: u32,
    offset: u32,
    limit: u32,
    columns: Vec<String>,
) -> Result<Window, CommandError> {
    let window = lists::list_window(&shell.session()?, result, offset, limit, &columns).await;
    shell.rows_were_read();
    window
}

/// The place of a record in an open list.
#[tauri::command]
#[specta::specta]
pub async fn list_position(shell: State<'_, Shell>, result: u32, id: Id) -> Result<Option<u32>, CommandError> {
    lists::list_position(&shell.session()?, result, id).await
}

/// Which of these records an open list has.
#[tauri::command]
#[specta::specta]
pub async fn list_remaining(shell: State<'_, Shell>, result: u32, ids: Vec<Id>) -> Result<Vec<Id>, CommandError> {
    lists::list_remaining(&shell.session()?, result, ids).await
}

/// Where the records are that a list was asked for and doesn't have.
#[tauri::command]
#[specta::specta]
pub async fn list_elsewhere(shell: State<'_, Shell>, query: ListQuery) -> Result<Vec<FoundElsewhere>, CommandError> {
    lists::list_elsewhere(&shell.session()?, query).await
}

/// Forgets an open list.
#[tauri::command]
#[specta::specta]
pub fn list_close(shell: State<'_, Shell>, result: u32) -> Result<(), CommandError> {
    lists::list_close(&shell.session()?, result);
    Ok(())
}
