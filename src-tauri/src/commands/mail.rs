//! Mail: settings, templates, messages to one or many, the outbox.

use crate::dialogs::ask_where;
use crate::shell::{Shell, watch};
use liaison_app::lists::Selection;
use liaison_app::mail::{
    HandedOver, MailDraft, MailPreview, MailRecipient, MailSettings, MailSettingsInfo, MailStatus, MailTemplate,
    MailTested, OutboxDecision, OutboxFilter, OutboxMessage, OutboxPage, OutreachDone, OutreachPreview,
};
use liaison_app::step::{Created, Done};
use liaison_app::{CommandError, Progress, mail};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use tauri::State;
use tauri::ipc::Channel;

/// How this computer sends mail.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings(shell: State<'_, Shell>) -> Result<MailSettingsInfo, CommandError> {
    mail::mail_settings(&shell.session()?).await
}

/// Sets how this computer sends mail; no password leaves the one there is.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings_set(
    shell: State<'_, Shell>,
    settings: MailSettings,
    password: Option<String>,
) -> Result<MailSettingsInfo, CommandError> {
    mail::mail_settings_set(&shell.session()?, &settings, password).await
}

/// Forgets how this computer sends mail: messages are handed over to the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings_clear(shell: State<'_, Shell>) -> Result<(), CommandError> {
    mail::mail_settings_clear(&shell.session()?).await
}

/// Sends a test message to an address.
#[tauri::command]
#[specta::specta]
pub async fn mail_test(shell: State<'_, Shell>, to: String) -> Result<MailTested, CommandError> {
    mail::mail_test(&shell.session()?, &to).await
}

/// Sends a draft to whoever is at the desk, as a person would get it.
#[tauri::command]
#[specta::specta]
pub async fn mail_draft_test(
    shell: State<'_, Shell>,
    draft: MailDraft,
    purpose: String,
    to: Option<MailRecipient>,
) -> Result<MailTested, CommandError> {
    mail::mail_draft_test(&shell.session()?, &draft, &purpose, to).await
}

/// Marks whether a contact, a student or an alum gets no outreach.
#[tauri::command]
#[specta::specta]
pub async fn mail_unsubscribed(shell: State<'_, Shell>, to: MailRecipient, on: bool) -> Result<Done, CommandError> {
    mail::mail_unsubscribed(&shell.session()?, to, on).await
}

/// How sending goes.
#[tauri::command]
#[specta::specta]
pub async fn mail_status(shell: State<'_, Shell>) -> Result<MailStatus, CommandError> {
    mail::mail_status(&shell.session()?).await
}

/// Tries to send now.
#[tauri::command]
#[specta::specta]
pub async fn mail_try_now(shell: State<'_, Shell>) -> Result<(), CommandError> {
    mail::mail_try_now(&shell.session()?).await
}

/// The templates, and what ships with the product.
#[tauri::command]
#[specta::specta]
pub async fn mail_templates(shell: State<'_, Shell>) -> Result<Vec<MailTemplate>, CommandError> {
    mail::mail_templates(&shell.session()?).await
}

/// Adds a template.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    mail::mail_template_create(&shell.session()?, &values).await
}

/// Edits a template.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    mail::mail_template_edit(&shell.session()?, id, &edits).await
}

/// Puts a template into the trash.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    mail::mail_template_delete(&shell.session()?, id).await
}

/// A message as this person, or an invented one, would get it.
#[tauri::command]
#[specta::specta]
pub async fn mail_preview(
    shell: State<'_, Shell>,
    draft: MailDraft,
    purpose: String,
    to: Option<MailRecipient>,
) -> Result<MailPreview, CommandError> {
    mail::mail_preview(&shell.session()?, &draft, &purpose, to).await
}

/// What writing to the selected people would do, and how the recipient at a place will see it.
#[tauri::command]
#[specta::specta]
pub async fn mail_outreach_preview(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    draft: MailDraft,
    place: u32,
) -> Result<OutreachPreview, CommandError> {
    mail::mail_outreach_preview(&shell.session()?, kind, &selection, &draft, place).await
}

/// Puts a message to each of the selected people into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn mail_outreach_send(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    draft: MailDraft,
    send_at: Option<i64>,
    progress: Channel<Progress>,
) -> Result<OutreachDone, CommandError> {
    mail::mail_outreach_send(&shell.session()?, kind, &selection, &draft, send_at, &mut watch(progress)).await
}

/// Puts a message to one person into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn mail_to(shell: State<'_, Shell>, to: MailRecipient, draft: MailDraft) -> Result<Id, CommandError> {
    mail::mail_to(&shell.session()?, to, &draft).await
}

/// A part of the outbox.
#[tauri::command]
#[specta::specta]
pub async fn outbox_list(
    shell: State<'_, Shell>,
    filter: OutboxFilter,
    offset: u32,
    limit: u32,
) -> Result<OutboxPage, CommandError> {
    mail::outbox_list(&shell.session()?, &filter, offset, limit).await
}

/// A message of the outbox with its text.
#[tauri::command]
#[specta::specta]
pub async fn outbox_get(shell: State<'_, Shell>, id: Id) -> Result<OutboxMessage, CommandError> {
    mail::outbox_get(&shell.session()?, id).await
}

/// Cancels messages that wait or failed; how many that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_cancel(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<u32, CommandError> {
    mail::outbox_cancel(&shell.session()?, &ids).await
}

/// Cancels what has not been sent yet of a mailing; how many messages that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_cancel_mailing(shell: State<'_, Shell>, mailing: Id) -> Result<u32, CommandError> {
    mail::outbox_cancel_mailing(&shell.session()?, mailing).await
}

/// Sends messages again that failed; how many that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_retry(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<u32, CommandError> {
    mail::outbox_retry(&shell.session()?, &ids).await
}

/// Decides about a message that may or may not have been sent.
#[tauri::command]
#[specta::specta]
pub async fn outbox_decide(shell: State<'_, Shell>, id: Id, decision: OutboxDecision) -> Result<(), CommandError> {
    mail::outbox_decide(&shell.session()?, id, decision).await
}

/// How a message can be handed over to the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn outbox_ways(shell: State<'_, Shell>, id: Id) -> Result<HandedOver, CommandError> {
    mail::outbox_ways(&shell.session()?, id).await
}

/// Opens a message in the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn outbox_open(shell: State<'_, Shell>, id: Id) -> Result<(), CommandError> {
    match mail::outbox_hand_over(&shell.session()?, id, None).await? {
        Some(url) => open::that_detached(url).map_err(CommandError::internal),
        None => Ok(()),
    }
}

/// Asks where to, and writes a message there as a file `.eml`. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn outbox_save(shell: State<'_, Shell>, id: Id) -> Result<Option<String>, CommandError> {
    let session = shell.session()?;
    let name = mail::outbox_ways(&session, id).await?.file_name;
    let Some(path) = ask_where(&shell, &name, ("E-mail", "eml")).await? else { return Ok(None) };
    mail::outbox_hand_over(&session, id, Some(&path)).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Writes down that a message came back.
#[tauri::command]
#[specta::specta]
pub async fn outbox_bounced(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    mail::outbox_bounced(&shell.session()?, id).await
}

/// Writes down that mail to a contact, a student or an alum comes back, or does so no more.
#[tauri::command]
#[specta::specta]
pub async fn mail_bounced(shell: State<'_, Shell>, to: MailRecipient, bounced: bool) -> Result<Done, CommandError> {
    mail::mail_bounced(&shell.session()?, to, bounced).await
}
