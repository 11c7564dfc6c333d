//! Saved views, and the directory as somebody else would see it.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::lists::{ListOpened, Window};
use liaison_app::records::{Created, Done};
use liaison_app::viewing::ProfileAs;
use liaison_app::views::{ViewInput, Views};
use liaison_domain::Id;
use liaison_domain::filter::ListQuery;
use liaison_domain::viewer::ViewAs;
use tauri::State;

/// The views of the person at the desk.
#[tauri::command]
#[specta::specta]
pub async fn views_list(shell: State<'_, Shell>) -> Result<Views, CommandError> {
    shell.desk()?.views_list().await
}

/// How many records each list has.
#[tauri::command]
#[specta::specta]
pub async fn list_counts(shell: State<'_, Shell>, queries: Vec<ListQuery>) -> Result<Vec<Option<u32>>, CommandError> {
    shell.desk()?.list_counts(queries).await
}

/// Saves a list as a new view.
#[tauri::command]
#[specta::specta]
pub async fn view_save(shell: State<'_, Shell>, input: ViewInput) -> Result<Created, CommandError> {
    shell.desk()?.view_save(&input).await
}

/// Changes a view.
#[tauri::command]
#[specta::specta]
pub async fn view_change(shell: State<'_, Shell>, id: Id, input: ViewInput) -> Result<Done, CommandError> {
    shell.desk()?.view_change(id, &input).await
}

/// Puts a view into the trash.
#[tauri::command]
#[specta::specta]
pub async fn view_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    shell.desk()?.view_delete(id).await
}

/// Puts views into an order.
#[tauri::command]
#[specta::specta]
pub async fn views_reorder(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<Done, CommandError> {
    shell.desk()?.views_reorder(&ids).await
}

/// Keys of the fields that somebody else sees.
#[tauri::command]
#[specta::specta]
pub fn view_as_fields(shell: State<'_, Shell>, view: ViewAs) -> Result<Vec<String>, CommandError> {
    Ok(shell.desk()?.view_as_fields(view))
}

/// Opens the directory as somebody else would see it.
#[tauri::command]
#[specta::specta]
pub async fn view_as_open(shell: State<'_, Shell>, view: ViewAs, query: ListQuery) -> Result<ListOpened, CommandError> {
    shell.desk()?.view_as_open(view, query).await
}

/// Reads rows of such a list.
#[tauri::command]
#[specta::specta]
pub async fn view_as_window(
    shell: State<'_, Shell>,
    view: ViewAs,
    result: u32,
    offset: u32,
    limit: u32,
    columns: Vec<String>,
) -> Result<Window, CommandError> {
    shell.desk()?.view_as_window(view, result, offset, limit, &columns).await
}

/// A contact's profile as somebody else would see it, or why they don't.
#[tauri::command]
#[specta::specta]
pub async fn view_as_profile(shell: State<'_, Shell>, view: ViewAs, id: Id) -> Result<ProfileAs, CommandError> {
    shell.desk()?.view_as_profile(view, id).await
}
