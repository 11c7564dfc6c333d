//! Merging contacts and employers.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::merge::{FieldChoices, MergePreview};
use liaison_app::records::Done;
use liaison_domain::{Id, RecordKind};
use tauri::State;

/// What a merge would do.
#[tauri::command]
#[specta::specta]
pub async fn merge_preview(
    shell: State<'_, Shell>,
    kind: RecordKind,
    survivor: Id,
    others: Vec<Id>,
    choices: FieldChoices,
) -> Result<MergePreview, CommandError> {
    shell.desk()?.merge_preview(kind, survivor, &others, &choices).await
}

/// Merges contacts.
#[tauri::command]
#[specta::specta]
pub async fn contacts_merge(
    shell: State<'_, Shell>,
    survivor: Id,
    others: Vec<Id>,
    choices: FieldChoices,
) -> Result<Done, CommandError> {
    shell.desk()?.contacts_merge(survivor, &others, &choices).await
}

/// Merges employers.
#[tauri::command]
#[specta::specta]
pub async fn employers_merge(
    shell: State<'_, Shell>,
    survivor: Id,
    others: Vec<Id>,
    choices: FieldChoices,
) -> Result<Done, CommandError> {
    shell.desk()?.employers_merge(survivor, &others, &choices).await
}
