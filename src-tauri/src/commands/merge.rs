//! Merging contacts and employers.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::merge;
use liaison_app::merge::{FieldChoices, MergePreview};
use liaison_app::step::Done;
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
    merge::merge_preview(&shell.session()?, kind, survivor, &others, &choices).await
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
    merge::contacts_merge(&shell.session()?, survivor, &others, &choices).await
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
    merge::employers_merge(&shell.session()?, survivor, &others, &choices).await
}
