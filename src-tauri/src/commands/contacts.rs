//! Contacts, the pending queue, roles.

use crate::shell::{Shell, watch};
use liaison_app::contact_choices::{ChoicesNear, ContactChoice};
use liaison_app::contacts::ContactProfile;
use liaison_app::likeness::Likeness;
use liaison_app::lists::{ListOpened, Selection};
use liaison_app::queue::QueueLikeness;
use liaison_app::review::ReviewPreview;
use liaison_app::roles::RoleInfo;
use liaison_app::step::{Created, Done};
use liaison_app::{CommandError, Progress, contact_choices, contacts, likeness, lists, queue, review, roles};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;
use tauri::State;
use tauri::ipc::Channel;

/// The size of the pending queue.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub struct QueueCount {
    /// Pending contacts.
    pub pending: u32,
}

/// How many contacts wait in the queue.
#[tauri::command]
#[specta::specta]
pub async fn queue_count(shell: State<'_, Shell>) -> Result<QueueCount, CommandError> {
    Ok(QueueCount { pending: lists::queue_count(&shell.session()?).await? })
}

/// Contacts for a picker, the likely ones first.
#[tauri::command]
#[specta::specta]
pub async fn contacts_suggest(
    shell: State<'_, Shell>,
    text: String,
    near: ChoicesNear,
) -> Result<Vec<ContactChoice>, CommandError> {
    contact_choices::contacts_suggest(&shell.session()?, &text, &near).await
}

/// A contact's profile.
#[tauri::command]
#[specta::specta]
pub async fn contact_get(shell: State<'_, Shell>, id: Id) -> Result<ContactProfile, CommandError> {
    contacts::contact_get(&shell.session()?, id).await
}

/// Adds a contact.
#[tauri::command]
#[specta::specta]
pub async fn contact_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    contacts::contact_create(&shell.session()?, &values).await
}

/// Edits a contact.
#[tauri::command]
#[specta::specta]
pub async fn contact_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    contacts::contact_edit(&shell.session()?, id, &edits).await
}

/// What a review action would do.
#[tauri::command]
#[specta::specta]
pub async fn contacts_review_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    action: ReviewAction,
) -> Result<ReviewPreview, CommandError> {
    review::contacts_review_preview(&shell.session()?, &selection, action).await
}

/// Approves or rejects contacts.
#[tauri::command]
#[specta::specta]
pub async fn contacts_review(
    shell: State<'_, Shell>,
    selection: Selection,
    action: ReviewAction,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    review::contacts_review(&shell.session()?, &selection, action, &mut watch(progress)).await
}

/// Contacts that may be the same person.
#[tauri::command]
#[specta::specta]
pub async fn contact_likenesses(shell: State<'_, Shell>, id: Id) -> Result<Vec<Likeness>, CommandError> {
    likeness::contact_likenesses(&shell.session()?, id).await
}

/// The pending contacts that may be the same person as another contact.
#[tauri::command]
#[specta::specta]
pub async fn queue_likenesses(shell: State<'_, Shell>) -> Result<Vec<QueueLikeness>, CommandError> {
    queue::queue_likenesses(&shell.session()?).await
}

/// Opens the queue, which can be filtered and sorted by who may be a duplicate.
#[tauri::command]
#[specta::specta]
pub async fn queue_open(shell: State<'_, Shell>, query: ListQuery) -> Result<ListOpened, CommandError> {
    queue::queue_open(&shell.session()?, query).await
}

/// Edits a contact and approves it.
#[tauri::command]
#[specta::specta]
pub async fn contact_edit_and_approve(
    shell: State<'_, Shell>,
    id: Id,
    edits: Vec<FieldEdit>,
) -> Result<Done, CommandError> {
    review::contact_edit_and_approve(&shell.session()?, id, &edits).await
}

/// Roles of employer users.
#[tauri::command]
#[specta::specta]
pub async fn roles_list(shell: State<'_, Shell>) -> Result<Vec<RoleInfo>, CommandError> {
    roles::roles_list(&shell.session()?).await
}
