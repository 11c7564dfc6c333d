//! People who answer that they want no more email.

use super::recipients::MailRecipient;
use crate::do_not_email::do_not_email;
use liaison_domain::{OperationKind, Permission, RecordKind, Value, student};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_engine::step::{Done, Step};
use liaison_store::{Recorder, StoreError};

/// Writes down in one step that a contact, a student or an alum asked for no more email, or wants it again: by the field
/// that means so. Where staff made several of them, one says no, and all of them must say yes.
///
/// Errors: `NotFound` where no attribute of contacts means it any more.
pub async fn mail_unsubscribed(session: &Session, to: MailRecipient, on: bool) -> Result<Done, CommandError> {
    let (permission, operation) = match to.kind {
        RecordKind::Contact => (Permission::EditContacts, OperationKind::ContactsEdit),
        RecordKind::Student => (Permission::ManageUsers, OperationKind::RecordsEdit),
        _ => return Err(CommandError::not_found("mark for this kind of record")),
    };
    session.actor().require(permission)?;
    let work = |recorder: &mut Recorder<'_>| {
        let db = recorder.db();
        let located = session.view(db).live(to.kind, to.id)?;
        let marks = match to.kind {
            RecordKind::Student => vec![&student::DO_NOT_EMAIL],
            _ => do_not_email(db)?,
        };
        let Some(first) = marks.first() else { return Err(StoreError::NotFound(RecordKind::Attribute.key())) };
        let marked = marks.iter().any(|mark| located.record.get(mark).as_flag());
        let changes: Vec<_> = match on {
            true if marked => Vec::new(),
            true => located.record.change(first, Value::from(true)).into_iter().collect(),
            false => {
                let set = marks.iter().filter(|mark| located.record.get(mark).as_flag());
                set.filter_map(|mark| located.record.change(mark, Value::Empty)).collect()
            }
        };
        recorder.update(to.kind, located.n, to.id, &changes)?;
        Ok(u32::from(!changes.is_empty()))
    };
    let (changed, operation) = session.commit(Step::new(operation), work).await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}
