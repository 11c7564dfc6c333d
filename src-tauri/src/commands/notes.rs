//! Notes on contacts, students and alumni.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::note_drafts::Draft;
use liaison_app::notes::NotePage;
use liaison_app::step::{Created, Done};
use liaison_app::{note_drafts, notes};
use liaison_domain::{Id, RecordKind};
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

/// What somebody has typed and not saved yet.
#[tauri::command]
#[specta::specta]
pub async fn note_draft(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
    note: Option<Id>,
) -> Result<Option<Draft>, CommandError> {
    note_drafts::note_draft(&shell.session()?, kind, id, note).await
}

/// Keeps what somebody has typed until it is saved.
#[tauri::command]
#[specta::specta]
pub async fn note_draft_keep(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
    note: Option<Id>,
    text: String,
) -> Result<(), CommandError> {
    note_drafts::note_draft_keep(&shell.session()?, kind, id, note, &text).await
}

/// Writes a note.
#[tauri::command]
#[specta::specta]
pub async fn note_add(shell: State<'_, Shell>, contact: Id, text: String) -> Result<Created, CommandError> {
    notes::note_add(&shell.session()?, contact, &text).await
}

/// Some notes on a student or alum, newest first, from the note `after` on.
#[tauri::command]
#[specta::specta]
pub async fn student_notes_list(
    shell: State<'_, Shell>,
    student: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<NotePage, CommandError> {
    notes::student_notes_list(&shell.session()?, student, after, limit).await
}

/// Writes a note on a student or alum.
#[tauri::command]
#[specta::specta]
pub async fn student_note_add(shell: State<'_, Shell>, student: Id, text: String) -> Result<Created, CommandError> {
    notes::student_note_add(&shell.session()?, student, &text).await
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
