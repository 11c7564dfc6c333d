//! Mail: settings, templates, messages to one or many, the outbox.

use crate::dialogs::ask_where;
use crate::shell::{Shell, watch};
use liaison_app::lists::Selection;
use liaison_app::mail::{
    HandedOver, MailDraft, MailPreview, MailRecipient, MailSettings, MailSettingsInfo, MailStatus, MailTemplate,
    MailTested, OutboxDecision, OutboxFilter, OutboxMessage, OutboxPage, OutreachDone, OutreachPreview,
};
use liaison_app::records::{Created, Done};
use liaison_app::{CommandError, Progress};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// How this computer sends mail.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings(shell: State<'_, Shell>) -> Result<MailSettingsInfo, CommandError> {
    shell.desk()?.mail_settings().await
}

/// Sets how this computer sends mail; no password leaves the one there is.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings_set(
    shell: State<'_, Shell>,
    settings: MailSettings,
    password: Option<String>,
) -> Result<MailSettingsInfo, CommandError> {
    shell.desk()?.mail_settings_set(&settings, password).await
}

/// Forgets how this computer sends mail: messages are handed over to the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn mail_settings_clear(shell: State<'_, Shell>) -> Result<(), CommandError> {
    shell.desk()?.mail_settings_clear().await
}

/// Sends a test message to an address.
#[tauri::command]
#[specta::specta]
pub async fn mail_test(shell: State<'_, Shell>, to: String) -> Result<MailTested, CommandError> {
    shell.desk()?.mail_test(&to).await
}

/// How sending goes.
#[tauri::command]
#[specta::specta]
pub async fn mail_status(shell: State<'_, Shell>) -> Result<MailStatus, CommandError> {
    shell.desk()?.mail_status().await
}

/// Tries to send now.
#[tauri::command]
#[specta::specta]
pub async fn mail_try_now(shell: State<'_, Shell>) -> Result<(), CommandError> {
    shell.desk()?.mail_try_now().await
}

/// The templates, and what ships with the product.
#[tauri::command]
#[specta::specta]
pub async fn mail_templates(shell: State<'_, Shell>) -> Result<Vec<MailTemplate>, CommandError> {
    shell.desk()?.mail_templates().await
}

/// Adds a template.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    shell.desk()?.mail_template_create(&values).await
}

/// Edits a template.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    shell.desk()?.mail_template_edit(id, &edits).await
}

/// Puts a template into the trash.
#[tauri::command]
#[specta::specta]
pub async fn mail_template_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    shell.desk()?.mail_template_delete(id).await
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
    shell.desk()?.mail_preview(&draft, &purpose, to).await
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
    shell.desk()?.mail_outreach_preview(kind, &selection, &draft, place).await
}

/// Puts a message to each of the selected people into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn mail_outreach_send(
    shell: State<'_, Shell>,
    kind: RecordKind,
    selection: Selection,
    draft: MailDraft,
    progress: Channel<Progress>,
) -> Result<OutreachDone, CommandError> {
    shell.desk()?.mail_outreach_send(kind, &selection, &draft, &mut watch(progress)).await
}

/// Puts a message to one person into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn mail_to(shell: State<'_, Shell>, to: MailRecipient, draft: MailDraft) -> Result<Id, CommandError> {
    shell.desk()?.mail_to(to, &draft).await
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
    shell.desk()?.outbox_list(&filter, offset, limit).await
}

/// A message of the outbox with its text.
#[tauri::command]
#[specta::specta]
pub async fn outbox_get(shell: State<'_, Shell>, id: Id) -> Result<OutboxMessage, CommandError> {
    shell.desk()?.outbox_get(id).await
}

/// Cancels messages that wait or failed; how many that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_cancel(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<u32, CommandError> {
    shell.desk()?.outbox_cancel(&ids).await
}

/// Cancels what has not been sent yet of a mailing; how many messages that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_cancel_mailing(shell: State<'_, Shell>, mailing: Id) -> Result<u32, CommandError> {
    shell.desk()?.outbox_cancel_mailing(mailing).await
}

/// Sends messages again that failed; how many that was.
#[tauri::command]
#[specta::specta]
pub async fn outbox_retry(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<u32, CommandError> {
    shell.desk()?.outbox_retry(&ids).await
}

/// Decides about a message that may or may not have been sent.
#[tauri::command]
#[specta::specta]
pub async fn outbox_decide(shell: State<'_, Shell>, id: Id, decision: OutboxDecision) -> Result<(), CommandError> {
    shell.desk()?.outbox_decide(id, decision).await
}

/// How a message can be handed over to the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn outbox_ways(shell: State<'_, Shell>, id: Id) -> Result<HandedOver, CommandError> {
    shell.desk()?.outbox_ways(id).await
}

/// Opens a message in the person's own mail program.
#[tauri::command]
#[specta::specta]
pub async fn outbox_open(shell: State<'_, Shell>, id: Id) -> Result<(), CommandError> {
    match shell.desk()?.outbox_hand_over(id, None).await? {
        Some(url) => open::that_detached(url).map_err(CommandError::internal),
        None => Ok(()),
    }
}

/// Asks where to, and writes a message there as a file `.eml`. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn outbox_save(app: AppHandle, shell: State<'_, Shell>, id: Id) -> Result<Option<String>, CommandError> {
    let desk = shell.desk()?;
    let name = desk.outbox_ways(id).await?.file_name;
    let Some(path) = ask_where(&app, &name, ("E-mail", "eml")).await? else { return Ok(None) };
    desk.outbox_hand_over(id, Some(&path)).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Writes down that a message came back.
#[tauri::command]
#[specta::specta]
pub async fn outbox_bounced(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    shell.desk()?.outbox_bounced(id).await
}

/// Writes down that mail to a contact, a student or an alum comes back, or does so no more.
#[tauri::command]
#[specta::specta]
pub async fn mail_bounced(shell: State<'_, Shell>, to: MailRecipient, bounced: bool) -> Result<Done, CommandError> {
    shell.desk()?.mail_bounced(to, bounced).await
}
