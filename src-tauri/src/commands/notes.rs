//! Notes on contacts.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::notes;
use liaison_app::notes::NotePage;
use liaison_app::step::{Created, Done};
use liaison_domain::Id;
use tauri::State;

/// Some notes on a contact, newest first, from the note `after` on.
#[tauri::command]
#[specta::specta]
pub async fn notes_list(
    shell: State<'_, Shell>,
    contact: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<NotePage, CommandError> {
    notes::notes_list(&shell.session()?, contact, after, limit).await
}

/// Writes a note.
#[tauri::command]
#[specta::specta]
pub async fn note_add(shell: State<'_, Shell>, contact: Id, text: String) -> Result<Created, CommandError> {
    notes::note_add(&shell.session()?, contact, &text).await
}

/// Edits a note.
#[tauri::command]
#[specta::specta]
pub async fn note_edit(shell: State<'_, Shell>, id: Id, text: String) -> Result<Done, CommandError> {
    notes::note_edit(&shell.session()?, id, &text).await
}

/// Deletes a note.
#[tauri::command]
#[specta::specta]
pub async fn note_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    notes::note_delete(&shell.session()?, id).await
}
