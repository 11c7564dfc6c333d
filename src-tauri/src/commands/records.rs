//! Records of kinds without commands of their own: tasks, meetings, events, listings and so on.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::entries;
use liaison_app::records;
use liaison_app::records::RecordDetail;
use liaison_app::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use tauri::State;

/// A record of any kind.
#[tauri::command]
#[specta::specta]
pub async fn record_get(shell: State<'_, Shell>, kind: RecordKind, id: Id) -> Result<RecordDetail, CommandError> {
    records::record_get(&shell.session()?, kind, id).await
}

/// Adds a record.
#[tauri::command]
#[specta::specta]
pub async fn record_create(
    shell: State<'_, Shell>,
    kind: RecordKind,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    entries::record_create(&shell.session()?, kind, &values).await
}

/// Edits a record.
#[tauri::command]
#[specta::specta]
pub async fn record_edit(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
    edits: Vec<FieldEdit>,
) -> Result<Done, CommandError> {
    entries::record_edit(&shell.session()?, kind, id, &edits).await
}

/// Puts records into the trash.
#[tauri::command]
#[specta::specta]
pub async fn records_delete(shell: State<'_, Shell>, kind: RecordKind, ids: Vec<Id>) -> Result<Done, CommandError> {
    entries::records_delete(&shell.session()?, kind, &ids).await
}
