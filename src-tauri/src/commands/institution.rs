//! UI Customization: how the institution looks and is reached.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::institution;
use liaison_app::institution::LookPreview;
use liaison_app::mail::InstitutionLook;
use liaison_app::step::Done;
use liaison_domain::edit::FieldEdit;
use tauri::State;

/// How the institution looks and is reached.
#[tauri::command]
#[specta::specta]
pub async fn institution_look(shell: State<'_, Shell>) -> Result<InstitutionLook, CommandError> {
    institution::institution_look(&shell.session()?).await
}

/// The welcome message in a look that is not saved.
#[tauri::command]
#[specta::specta]
pub async fn institution_preview(shell: State<'_, Shell>, look: InstitutionLook) -> Result<LookPreview, CommandError> {
    institution::institution_preview(&shell.session()?, look).await
}

/// Changes how the institution looks and is reached.
#[tauri::command]
#[specta::specta]
pub async fn institution_edit(shell: State<'_, Shell>, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    institution::institution_edit(&shell.session()?, &edits).await
}
