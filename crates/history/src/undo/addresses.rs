//! What taking back does to addresses: two live records of a kind never have the same one, undo or not.

use liaison_domain::field::DELETED_AT;
use liaison_domain::name::email_key;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::undo::{Conflict, ConflictReason};
use liaison_domain::{Change, FieldChange, RecordKind, Value, contact, student};
use liaison_queries::addresses;
use liaison_store::journal::Logged;
use liaison_store::{Db, StoreError, table};

/// Looks for addresses that somebody else has by now.
pub(super) struct Addresses {
    /// The numbers of the operation's changes: what it changed itself is put back, too.
    first: i64,
    end: i64,
}

/// An address that somebody else has by now.
pub(super) struct Taken {
    email: u16,
    /// The record would come back from the trash; else its address would.
    restored: bool,
    address: String,
    by: String,
}

impl Taken {
    /// Whether a change is not made for that.
    pub(super) fn stays(&self, field: &FieldChange) -> bool {
        let address = [self.email, contact::FORMER_EMAILS.number];
        self.restored || address.contains(&field.field)
    }

    /// As a conflict: what would come back, and who has it.
    pub(super) fn conflict(&self) -> Conflict {
        Conflict {
            field: Some(self.email),
            left: Value::text(self.address.clone()),
            now: Value::text(self.by.clone()),
            reason: ConflictReason::AddressTaken,
        }
    }

    /// As a refusal.
    pub(super) fn refusal(&self) -> Refusal {
        let problem = Problem::InUse { by: self.by.clone() };
        Refusal::of(contact::EMAIL.key, problem)
    }
}

impl Addresses {
    pub(super) fn of(entry: &Logged) -> Addresses {
        Addresses { first: entry.first_change, end: entry.first_change + entry.changes }
    }

    /// Whether these changes would bring back an address that somebody else has by now.
    pub(super) fn taken(
        &self,
        db: &Db<'_>,
        change: &Change,
        fields: &[FieldChange],
    ) -> Result<Option<Taken>, StoreError> {
        let email = match change.kind {
            RecordKind::Contact => &contact::EMAIL,
            RecordKind::Student => &student::EMAIL,
            _ => return Ok(None),
        };
        let restored = fields.iter().any(|field| field.field == DELETED_AT.number && field.after.is_empty());
        let given = fields.iter().find(|field| field.field == email.number);
        if !restored && given.is_none() {
            return Ok(None);
        }
        let Some(located) = table::find(db, change.kind, change.record)? else { return Ok(None) };
        if located.record.is_deleted() && !restored {
            return Ok(None);
        }
        let address = given.map_or_else(|| located.record.text(email), |given| given.after.as_text()).to_owned();
        let key = email_key(&address);
        if key.is_empty() {
            return Ok(None);
        }
        let other = addresses::taken_outside(db, change.kind, &key, change.record, self.first, self.end)?;
        let Some(other) = other else { return Ok(None) };
        let by = table::name_of(db, change.kind, other)?.unwrap_or_default();
        Ok(Some(Taken { email: email.number, restored, address, by }))
    }
}
