//! What taking back does to invitations: a message that waits is not sent; one that went stays in the ledger.

use liaison_domain::outbox::OutboxState;
use liaison_domain::undo::{Conflict, ConflictReason};
use liaison_domain::{Change, FieldChange, RecordKind, Value, invitation, student};
use liaison_queries::invitations;
use liaison_queries::outbox::{self, Change as Moved};
use liaison_store::{Db, StoreError};

/// The conflict of taking back an invitation whose message went already.
pub(super) fn of(db: &Db<'_>, change: &Change) -> Result<Option<Conflict>, StoreError> {
    if change.kind != RecordKind::Invitation {
        return Ok(None);
    }
    let has = |number| change.fields.iter().any(|field| field.field == number);
    // That it went, or came back, is no less so for being taken back.
    let delivered = !change.created && has(invitation::SENT_AT.number);
    // One without a link, in the sample data, never was a message.
    if !(delivered || change.created && has(invitation::TOKEN_HASH.number)) {
        return Ok(None);
    }
    let state = outbox::find(db, change.record)?.map(|queued| queued.state);
    Ok((delivered || invitations::cannot_be_called_back(state)).then_some(Conflict {
        field: None,
        left: Value::Empty,
        now: Value::Empty,
        reason: ConflictReason::AlreadySent,
    }))
}

/// Keeps the moment of a student's last invitation: it goes only with an invitation that is called back.
pub(super) fn keep_moment(db: &Db<'_>, change: &Change, fields: &mut Vec<FieldChange>) -> Result<(), StoreError> {
    let at = fields.iter().position(|field| field.field == student::INVITED_AT.number);
    if let Some(at) = at.filter(|_| change.kind == RecordKind::Student) {
        let called_back = match fields[at].before {
            Value::Moment(sent_at) => !invitations::went_out(db, change.record, sent_at)?,
            _ => false,
        };
        if !called_back {
            fields.remove(at);
        }
    }
    Ok(())
}

/// Cancels the message of an invitation that is taken back. Its link goes with it.
pub(super) fn call_back(db: &Db<'_>, change: &Change, fields: &[FieldChange], now: i64) -> Result<(), StoreError> {
    if change.kind == RecordKind::Invitation && change.created && !fields.is_empty() {
        let taken_back = Moved { at: now, reason: Some("taken_back"), ..Moved::default() };
        for from in [OutboxState::Waiting, OutboxState::Failed] {
            outbox::change(db, change.record, from, OutboxState::Cancelled, &taken_back)?;
        }
    }
    Ok(())
}
