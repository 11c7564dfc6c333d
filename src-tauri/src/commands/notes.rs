//! Notes on contacts.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::notes::NotePage;
use liaison_app::records::{Created, Done};
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
    shell.desk()?.notes_list(contact, after, limit).await
}

/// Writes a note.
#[tauri::command]
#[specta::specta]
pub async fn note_add(shell: State<'_, Shell>, contact: Id, text: String) -> Result<Created, CommandError> {
    shell.desk()?.note_add(contact, &text).await
}

/// Edits a note.
#[tauri::command]
#[specta::specta]
pub async fn note_edit(shell: State<'_, Shell>, id: Id, text: String) -> Result<Done, CommandError> {
    shell.desk()?.note_edit(id, &text).await
}

/// Deletes a note.
#[tauri::command]
#[specta::specta]
pub async fn note_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    shell.desk()?.note_delete(id).await
}
