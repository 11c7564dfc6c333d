//! Employers.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::contacts::EmployerBrief;
use liaison_app::employers::EmployerProfile;
use liaison_app::records::{Created, Done};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use std::collections::HashMap;
use tauri::State;

/// An employer's page.
#[tauri::command]
#[specta::specta]
pub async fn employer_get(shell: State<'_, Shell>, id: Id) -> Result<EmployerProfile, CommandError> {
    shell.desk()?.employer_get(id).await
}

/// Adds an employer.
#[tauri::command]
#[specta::specta]
pub async fn employer_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    shell.desk()?.employer_create(&values).await
}

/// Edits an employer.
#[tauri::command]
#[specta::specta]
pub async fn employer_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    shell.desk()?.employer_edit(id, &edits).await
}

/// Employers for a picker.
#[tauri::command]
#[specta::specta]
pub async fn employers_suggest(shell: State<'_, Shell>, text: String) -> Result<Vec<EmployerBrief>, CommandError> {
    shell.desk()?.employers_suggest(&text).await
}
