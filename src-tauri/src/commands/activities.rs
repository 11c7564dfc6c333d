//! The tabs of a profile, tasks, and activities with the people named on them.

use crate::dialogs::ask_where;
use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::activities;
use liaison_app::activities::{
    ActivityCounts, ActivityOwner, ActivityPage, ActivityTab, MyDay, NamedPerson, Participant, TimelineKind,
    TimelinePage,
};
use liaison_app::files::Destination;
use liaison_app::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use tauri::State;

/// How many records each tab has.
#[tauri::command]
#[specta::specta]
pub async fn activity_counts(shell: State<'_, Shell>, owner: ActivityOwner) -> Result<ActivityCounts, CommandError> {
    activities::activity_counts(&shell.session()?, owner).await
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
    activities::activity_list(&shell.session()?, owner, tab, after.as_deref(), limit).await
}

/// What happened with a contact, newest first.
#[tauri::command]
#[specta::specta]
pub async fn contact_timeline(
    shell: State<'_, Shell>,
    contact: Id,
    kinds: Vec<TimelineKind>,
    after: Option<String>,
    limit: u32,
) -> Result<TimelinePage, CommandError> {
    activities::contact_timeline(&shell.session()?, contact, &kinds, after.as_deref(), limit).await
}

/// Who takes part.
#[tauri::command]
#[specta::specta]
pub async fn participants_list(
    shell: State<'_, Shell>,
    kind: RecordKind,
    id: Id,
) -> Result<Vec<Participant>, CommandError> {
    activities::participants_list(&shell.session()?, kind, id).await
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
    activities::activity_create(&shell.session()?, kind, &values, &people).await
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
    activities::activity_edit(&shell.session()?, kind, id, &edits, &people, &leaving).await
}

/// Marks tasks as done, or opens them again.
#[tauri::command]
#[specta::specta]
pub async fn tasks_complete(shell: State<'_, Shell>, ids: Vec<Id>, done: bool) -> Result<Done, CommandError> {
    activities::tasks_complete(&shell.session()?, &ids, done).await
}

/// What the person at the desk has to do today.
#[tauri::command]
#[specta::specta]
pub async fn my_day(shell: State<'_, Shell>) -> Result<MyDay, CommandError> {
    activities::my_day(&shell.session()?).await
}

/// Asks where to, and writes a meeting for a calendar there. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn meeting_save_calendar(shell: State<'_, Shell>, id: Id) -> Result<Option<String>, CommandError> {
    let Some(path) = ask_where(&shell, "meeting.ics", ("iCalendar", "ics")).await? else { return Ok(None) };
    activities::meeting_save(&shell.session()?, id, Destination::Path(&path)).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}
