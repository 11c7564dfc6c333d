//! Saved views, and the directory as somebody else would see it.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::lists::{ListOpened, Window};
use liaison_app::step::{Created, Done};
use liaison_app::view_as::{PortalAs, ProfileAs};
use liaison_app::views::{ViewInput, Views};
use liaison_app::{view_as, views};
use liaison_domain::Id;
use liaison_domain::filter::ListQuery;
use liaison_domain::viewer::ViewAs;
use tauri::State;

/// The views of the person at the desk.
#[tauri::command]
#[specta::specta]
pub async fn views_list(shell: State<'_, Shell>) -> Result<Views, CommandError> {
    views::views_list(&shell.session()?).await
}

/// How many records each list has.
#[tauri::command]
#[specta::specta]
pub async fn list_counts(shell: State<'_, Shell>, queries: Vec<ListQuery>) -> Result<Vec<Option<u32>>, CommandError> {
    views::list_counts(&shell.session()?, queries).await
}

/// Saves a list as a new view.
#[tauri::command]
#[specta::specta]
pub async fn view_save(shell: State<'_, Shell>, input: ViewInput) -> Result<Created, CommandError> {
    views::view_save(&shell.session()?, &input).await
}

/// Changes a view.
#[tauri::command]
#[specta::specta]
pub async fn view_change(shell: State<'_, Shell>, id: Id, input: ViewInput) -> Result<Done, CommandError> {
    views::view_change(&shell.session()?, id, &input).await
}

/// Puts a view into the trash.
#[tauri::command]
#[specta::specta]
pub async fn view_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    views::view_delete(&shell.session()?, id).await
}

/// Puts views into an order.
#[tauri::command]
#[specta::specta]
pub async fn views_reorder(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<Done, CommandError> {
    views::views_reorder(&shell.session()?, &ids).await
}

/// Keys of the fields that somebody else sees.
#[tauri::command]
#[specta::specta]
pub fn view_as_fields(shell: State<'_, Shell>, view: ViewAs) -> Result<Vec<String>, CommandError> {
    Ok(view_as::view_as_fields(&shell.session()?, view))
}

/// What the employer user as whom one looks finds in the portal.
#[tauri::command]
#[specta::specta]
pub async fn view_as_portal(shell: State<'_, Shell>, view: ViewAs) -> Result<Option<PortalAs>, CommandError> {
    view_as::view_as_portal(&shell.session()?, view).await
}

/// Opens the directory as somebody else would see it.
#[tauri::command]
#[specta::specta]
pub async fn view_as_open(shell: State<'_, Shell>, view: ViewAs, query: ListQuery) -> Result<ListOpened, CommandError> {
    view_as::view_as_open(&shell.session()?, view, query).await
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
    view_as::view_as_window(&shell.session()?, view, result, offset, limit, &columns).await
}

/// A contact's profile as somebody else would see it, or why they don't.
#[tauri::command]
#[specta::specta]
pub async fn view_as_profile(shell: State<'_, Shell>, view: ViewAs, id: Id) -> Result<ProfileAs, CommandError> {
    view_as::view_as_profile(&shell.session()?, view, id).await
}
