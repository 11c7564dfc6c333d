//! UI Customization: how the institution looks and is reached.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::institution::{InstitutionLook, LookPreview};
use liaison_app::records::Done;
use liaison_domain::edit::FieldEdit;
use tauri::State;

/// How the institution looks and is reached.
#[tauri::command]
#[specta::specta]
pub async fn institution_look(shell: State<'_, Shell>) -> Result<InstitutionLook, CommandError> {
    shell.desk()?.institution_look().await
}

/// The welcome message in a look that is not saved.
#[tauri::command]
#[specta::specta]
pub async fn institution_preview(shell: State<'_, Shell>, look: InstitutionLook) -> Result<LookPreview, CommandError> {
    shell.desk()?.institution_preview(look).await
}

/// Changes how the institution looks and is reached.
#[tauri::command]
#[specta::specta]
pub async fn institution_edit(shell: State<'_, Shell>, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    shell.desk()?.institution_edit(&edits).await
}
