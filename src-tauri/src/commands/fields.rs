//! What staff define: custom attributes and labels.

use crate::shell::{Shell, watch};
use liaison_app::attributes::AttributeInfo;
use liaison_app::labels::{LabelInfo, LabelPreview};
use liaison_app::step::{Created, Done};
use liaison_app::{CommandError, Progress, attributes, labels};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use std::collections::HashMap;
use tauri::State;
use tauri::ipc::Channel;

/// Every attribute, those in the trash last.
#[tauri::command]
#[specta::specta]
pub async fn attributes_list(shell: State<'_, Shell>) -> Result<Vec<AttributeInfo>, CommandError> {
    attributes::attributes_list(&shell.session()?).await
}

/// Defines an attribute.
#[tauri::command]
#[specta::specta]
pub async fn attribute_define(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    attributes::attribute_define(&shell.session()?, &values).await
}

/// Edits an attribute.
#[tauri::command]
#[specta::specta]
pub async fn attribute_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    attributes::attribute_edit(&shell.session()?, id, &edits).await
}

/// Puts attributes into the order given.
#[tauri::command]
#[specta::specta]
pub async fn attributes_reorder(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<Done, CommandError> {
    attributes::attributes_reorder(&shell.session()?, &ids).await
}

/// Puts an attribute into the trash.
#[tauri::command]
#[specta::specta]
pub async fn attribute_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    attributes::attribute_delete(&shell.session()?, id).await
}

/// Takes an attribute out of the trash.
#[tauri::command]
#[specta::specta]
pub async fn attribute_restore(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    attributes::attribute_restore(&shell.session()?, id).await
}

/// Every label, defined or only used, with how many records have it; not `counted`, only those defined.
#[tauri::command]
#[specta::specta]
pub async fn labels_list(shell: State<'_, Shell>, counted: bool) -> Result<Vec<LabelInfo>, CommandError> {
    labels::labels_list(&shell.session()?, counted).await
}

/// Defines a label.
#[tauri::command]
#[specta::specta]
pub async fn label_define(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    labels::label_define(&shell.session()?, &values).await
}

/// Edits tint and description of a label.
#[tauri::command]
#[specta::specta]
pub async fn label_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    labels::label_edit(&shell.session()?, id, &edits).await
}

/// What renaming a label, or taking it away, would do.
#[tauri::command]
#[specta::specta]
pub async fn label_rename_preview(
    shell: State<'_, Shell>,
    from: String,
    to: Option<String>,
) -> Result<LabelPreview, CommandError> {
    labels::label_rename_preview(&shell.session()?, &from, to.as_deref()).await
}

/// Renames a label, or takes it away, on every record that has it.
#[tauri::command]
#[specta::specta]
pub async fn label_rename(
    shell: State<'_, Shell>,
    from: String,
    to: Option<String>,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    labels::label_rename(&shell.session()?, &from, to.as_deref(), &mut watch(progress)).await
}
