//! Templates of messages.

use super::letters::{MailDraft, Templates};
use crate::desk::Desk;
use crate::error::CommandError;
use crate::forms::change;
use crate::records::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, mail_template};
use liaison_store::{StoreError, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;
use std::sync::Arc;

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

impl Desk {
    /// The templates by purpose and name; for a purpose without one, what ships with the product.
    pub async fn mail_templates(&self) -> Result<Vec<MailTemplate>, CommandError> {
        self.actor.require(Permission::SendMail)?;
        self.templates().await
    }

    async fn templates(&self) -> Result<Vec<MailTemplate>, CommandError> {
        let kind = RecordKind::MailTemplate;
        let templates: Result<Vec<MailTemplate>, StoreError> = self
            .database
            .read(|db| {
                let columns = table::columns(db.registry(), kind);
                let sql = format!("SELECT id,{columns} FROM mail_template WHERE deleted_at IS NULL ORDER BY name,n");
                db.all(&sql, &[], |row| {
                    let id =
                        Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("a template's id".into()))?;
                    Ok(MailTemplate::of(&table::record(row, 1, kind, id)))
                })
            })
            .await;
        let mut templates = templates?;
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
    pub async fn mail_template_for(&self, purpose: &str) -> Result<MailDraft, CommandError> {
        self.actor.require(Permission::SendMail)?;
        self.template_for(purpose).await
    }

    /// As [`Desk::mail_template_for`], for use cases that need another permission.
    pub(crate) async fn template_for(&self, purpose: &str) -> Result<MailDraft, CommandError> {
        let templates = self.templates().await?;
        let template = templates.into_iter().find(|template| template.purpose == purpose);
        let template = template.ok_or_else(|| CommandError::not_found("template"))?;
        Ok(MailDraft { subject: template.subject, text: template.text })
    }

    /// Adds a template. Errors: `Validation`, also for places there is no field for.
    pub async fn mail_template_create(
        self: &Arc<Self>,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        self.add(RecordKind::MailTemplate, values, |_, template| check(template)).await
    }

    /// Edits a template.
    pub async fn mail_template_edit(self: &Arc<Self>, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        self.amend(RecordKind::MailTemplate, id, edits, |_, _, after| check(after)).await
    }

    /// Puts a template into the trash.
    pub async fn mail_template_delete(self: &Arc<Self>, id: Id) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        let now = self.now() as i64;
        let kind = RecordKind::MailTemplate;
        self.change_one(OperationKind::RecordsDelete, kind, id, |recorder| {
            change(recorder, kind, id, |_, _, after| {
                after.set(&DELETED_AT, Value::Moment(now));
                Ok(())
            })
        })
        .await
    }
}
