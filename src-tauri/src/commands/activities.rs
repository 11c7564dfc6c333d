//! The tabs of a profile, tasks, and activities with the people named on them.

use crate::dialogs::ask_where;
use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::activities::{
    ActivityCounts, ActivityOwner, ActivityPage, ActivityTab, MyDay, NamedPerson, Participant,
};
use liaison_app::files::Destination;
use liaison_app::records::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use tauri::{AppHandle, State};

/// How many records each tab has.
#[tauri::command]
#[specta::specta]
pub async fn activity_counts(shell: State<'_, Shell>, owner: ActivityOwner) -> Result<ActivityCounts, CommandError> {
    shell.desk()?.activity_counts(owner).await
}

/// Some records of a tab, newest first.
#[tauri::command]
#[specta::specta]
pub async fn activity_list(
    shell: State<'_, Shell>,
    owner: ActivityOwner,
    tab: ActivityTab,
    after: Option<String>,
    limit: u32,
) -> Result<ActivityPage, CommandError> {
    shell.desk()?.activity_list(owner, tab, after.as_deref(), limit).await
}

/// Who takes part.
#[tauri::command]
#[specta::specta]
pub async fn participants_list(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
) -> Result<Vec<Participant>, CommandError> {
    shell.desk()?.participants_list(kind, id).await
}

/// Adds an activity with the people on it.
#[tauri::command]
#[specta::specta]
pub async fn activity_create(
    shell: State<'_, Shell>,
    kind: RecordKind,
    values: HashMap<String, FieldValue>,
    people: Vec<NamedPerson>,
) -> Result<Created, CommandError> {
    shell.desk()?.activity_create(kind, &values, &people).await
}

/// Edits an activity and who is on it.
#[tauri::command]
#[specta::specta]
pub async fn activity_edit(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
    edits: Vec<FieldEdit>,
    people: Vec<NamedPerson>,
    leaving: Vec<Id>,
) -> Result<Done, CommandError> {
    shell.desk()?.activity_edit(kind, id, &edits, &people, &leaving).await
}

/// Marks tasks as done, or opens them again.
#[tauri::command]
#[specta::specta]
pub async fn tasks_complete(shell: State<'_, Shell>, ids: Vec<Id>, done: bool) -> Result<Done, CommandError> {
    shell.desk()?.tasks_complete(&ids, done).await
}

/// What the person at the desk has to do today.
#[tauri::command]
#[specta::specta]
pub async fn my_day(shell: State<'_, Shell>) -> Result<MyDay, CommandError> {
    shell.desk()?.my_day().await
}

/// Asks where to, and writes a meeting for a calendar there. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn meeting_save_calendar(
    app: AppHandle,
    shell: State<'_, Shell>,
    id: Id,
) -> Result<Option<String>, CommandError> {
    let Some(path) = ask_where(&app, "meeting.ics", ("iCalendar", "ics")).await? else { return Ok(None) };
    shell.desk()?.meeting_save(id, Destination::Path(&path)).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}
