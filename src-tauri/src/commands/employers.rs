//! Employers.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::contacts::EmployerBrief;
use liaison_app::employers;
use liaison_app::employers::{EmployerFollowers, EmployerProfile};
use liaison_app::step::{Created, Done};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use std::collections::HashMap;
use tauri::State;

/// An employer's page.
#[tauri::command]
#[specta::specta]
pub async fn employer_get(shell: State<'_, Shell>, id: Id) -> Result<EmployerProfile, CommandError> {
    employers::employer_get(&shell.session()?, id).await
}

/// Adds an employer.
#[tauri::command]
#[specta::specta]
pub async fn employer_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    employers::employer_create(&shell.session()?, &values).await
}

/// Edits an employer.
#[tauri::command]
#[specta::specta]
pub async fn employer_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    employers::employer_edit(&shell.session()?, id, &edits).await
}

/// How many contacts an edit of an employer would carry over to.
#[tauri::command]
#[specta::specta]
pub async fn employer_edit_preview(
    shell: State<'_, Shell>,
    id: Id,
    edits: Vec<FieldEdit>,
) -> Result<EmployerFollowers, CommandError> {
    employers::employer_edit_preview(&shell.session()?, id, &edits).await
}

/// Employers for a picker.
#[tauri::command]
#[specta::specta]
pub async fn employers_suggest(shell: State<'_, Shell>, text: String) -> Result<Vec<EmployerBrief>, CommandError> {
    employers::employers_suggest(&shell.session()?, &text).await
}
