//! Templates of messages.

use super::letters::{MailDraft, Templates};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, mail_template};
use liaison_engine::error::CommandError;
use liaison_engine::forms;
use liaison_engine::forms::change;
use liaison_engine::session::Session;
use liaison_engine::step::{Created, Done};
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailTemplate {
    /// The record; none for what ships with the product and is used where there is no template for its purpose.
    pub id: Option<Id>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Subject line, with places.
    pub subject: String,
    /// The text, with places.
    pub text: String,
}

impl MailTemplate {
    fn of(record: &Record) -> MailTemplate {
        let text = |field| record.text(field).to_owned();
        MailTemplate {
            id: Some(record.id),
            name: text(&mail_template::NAME),
            purpose: text(&mail_template::PURPOSE),
            subject: text(&mail_template::SUBJECT),
            text: text(&mail_template::TEXT),
        }
    }
}

fn check(record: &Record) -> Result<(), StoreError> {
    let text = |field| record.text(field).to_owned();
    let draft = MailDraft { subject: text(&mail_template::SUBJECT), text: text(&mail_template::TEXT) };
    Ok(Templates::read(&draft).map(drop)?)
}

/// The templates by purpose and name; for a purpose without one, what ships with the product.
pub async fn mail_templates(session: &Session) -> Result<Vec<MailTemplate>, CommandError> {
    session.actor().require(Permission::SendMail)?;
    templates(session).await
}

async fn templates(session: &Session) -> Result<Vec<MailTemplate>, CommandError> {
    let records = session.read(|view| liaison_queries::mail_templates::list(view.everything())).await?;
    let mut templates: Vec<MailTemplate> = records.iter().map(MailTemplate::of).collect();
    for purpose in mail_template::PURPOSES {
        if let Some((subject, text)) = mail_template::standard(purpose)
            && templates.iter().all(|template| template.purpose != *purpose)
        {
            let (subject, text) = (subject.to_owned(), text.to_owned());
            templates.push(MailTemplate {
                id: None,
                name: String::new(),
                purpose: (*purpose).to_owned(),
                subject,
                text,
            });
        }
    }
    templates.sort_by_key(|template| mail_template::PURPOSES.iter().position(|known| *known == template.purpose));
    Ok(templates)
}

/// Subject and text for welcome messages or reminders: the institution's own template, or what ships with the
/// product.
pub async fn mail_template_for(session: &Session, purpose: &str) -> Result<MailDraft, CommandError> {
    session.actor().require(Permission::SendMail)?;
    template_for(session, purpose).await
}

/// As [`mail_template_for`], for use cases that need another permission.
pub(crate) async fn template_for(session: &Session, purpose: &str) -> Result<MailDraft, CommandError> {
    let templates = templates(session).await?;
    let template = templates.into_iter().find(|template| template.purpose == purpose);
    let template = template.ok_or_else(|| CommandError::not_found("template"))?;
    Ok(MailDraft { subject: template.subject, text: template.text })
}

/// Adds a template. Errors: `Validation`, also for places there is no field for.
pub async fn mail_template_create(
    session: &Session,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    forms::add(session, RecordKind::MailTemplate, values, |_, template| check(template)).await
}

/// Edits a template.
pub async fn mail_template_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    forms::amend(session, RecordKind::MailTemplate, id, edits, |_, _, after| check(after)).await
}

/// Puts a template into the trash.
pub async fn mail_template_delete(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let now = session.now() as i64;
    let kind = RecordKind::MailTemplate;
    forms::change_one(session, OperationKind::RecordsDelete, kind, id, |recorder| {
        change(recorder, kind, id, |_, _, after| {
            after.set(&DELETED_AT, Value::Moment(now));
            Ok(())
        })
    })
    .await
}
