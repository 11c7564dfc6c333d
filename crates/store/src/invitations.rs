//! Invitations and reminders as they lie in the database: the last one of a person, and what became of it.
//!
//! The message of an invitation lies in the outbox of the device that sends it, under the id of the invitation.

use crate::error::StoreError;
use crate::settings;
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::outbox::OutboxState;
use liaison_domain::reminder::{Delivery, LastMessage, Sent, WallClock};
use liaison_domain::{Hlc, Id, RecordKind, activation};

/// The setting of this device that says what it remembers of its wall clock.
const WALL_CLOCK: &str = "wall_clock";

/// What became of a message, by where it stands in the outbox. Of what is not in this outbox nothing is known but that
/// somebody wrote it down: it counts as sent.
pub fn delivery(state: Option<OutboxState>) -> Delivery {
    match state {
        Some(OutboxState::Waiting | OutboxState::Sending) => Delivery::Waiting,
        Some(OutboxState::Failed | OutboxState::Cancelled) => Delivery::NotSent,
        Some(OutboxState::Bounced) => Delivery::Bounced,
        // It may have arrived.
        Some(OutboxState::Unclear | OutboxState::Sent | OutboxState::HandedOver) | None => Delivery::Sent,
    }
}

/// The last invitation or reminder of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The invitation.
    pub id: Id,
    /// What decides about the next one.
    pub message: LastMessage,
    /// Until when its link works, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Reads the last invitations of people of one kind; made for reading many.
pub struct LastInvitations<'d>(Statement<'d>);

impl<'d> LastInvitations<'d> {
    /// For students or contacts.
    pub fn prepare(db: &'d Db<'d>, people: RecordKind) -> Result<LastInvitations<'d>, StoreError> {
        let person = activation::person_field(people).key;
        Ok(LastInvitations(db.prepare(&format!(
            "SELECT i.id,i.sent_at,i.clock,i.address,i.expires_at,o.state FROM invitation i
             LEFT JOIN outbox o ON o.id=i.id WHERE i.{person}=? AND i.deleted_at IS NULL
             ORDER BY i.clock DESC,i.n DESC LIMIT 1"
        ))?))
    }

    /// The last one of this person.
    pub fn of(&mut self, person: Id) -> Result<Option<Last>, StoreError> {
        self.0.bind(&[Sql::Blob(person.bytes())])?;
        if !self.0.step()? {
            return Ok(None);
        }
        let row = &self.0;
        let state = row.optional_text(5).and_then(|state| OutboxState::from_key(&state));
        let last = Last {
            id: Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("an invitation's id".into()))?,
            message: LastMessage {
                sent: Sent { wall: row.int(1), clock: row.optional_int(2).unwrap_or_else(|| row.int(1)) },
                address: row.text(3).to_owned(),
                delivery: delivery(state),
            },
            expires_at: row.int(4),
        };
        self.0.reset();
        Ok(Some(last))
    }
}

/// The invitation with this hash of a token.
pub fn by_hash(db: &Db<'_>, hash: &str) -> Result<Option<Id>, StoreError> {
    let found = db.first("SELECT id FROM invitation WHERE token_hash=?", &[Sql::Text(hash)], |row| {
        Ok(Id::from_bytes(row.blob(0)))
    })?;
    Ok(found.flatten())
}

/// Whether an invitation that went out, and can't be called back, was written down for the person at this moment.
pub fn went_out(db: &Db<'_>, student: Id, sent_at: i64) -> Result<bool, StoreError> {
    let states = db.all(
        "SELECT o.state FROM invitation i LEFT JOIN outbox o ON o.id=i.id
         WHERE i.student=? AND i.sent_at=? AND i.deleted_at IS NULL",
        &[Sql::Blob(student.bytes()), Sql::Int(sent_at)],
        |row| Ok(row.optional_text(0).and_then(|state| OutboxState::from_key(&state))),
    )?;
    Ok(states.into_iter().any(cannot_be_called_back))
}

/// Whether a message in this state of the outbox may be with its recipient, or on its way.
pub fn cannot_be_called_back(state: Option<OutboxState>) -> bool {
    !matches!(state, Some(OutboxState::Waiting | OutboxState::Failed | OutboxState::Cancelled))
}

/// The latest hybrid logical time in the journal, in milliseconds since 1970.
pub fn latest(db: &Db<'_>) -> Result<i64, StoreError> {
    Ok(Hlc(db.number("SELECT coalesce(max(time),0) FROM operation", &[])? as u64).millis() as i64)
}

/// What this device remembers of its wall clock.
pub fn wall_clock(db: &Db<'_>) -> Result<WallClock, StoreError> {
    let kept = settings::get(db, WALL_CLOCK)?;
    // What can't be read is as good as a device that remembers nothing: the hybrid logical time still holds.
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// Writes down what is known of the wall clock.
pub fn keep_wall_clock(db: &Db<'_>, clock: WallClock) -> Result<(), StoreError> {
    let text = serde_json::to_string(&clock).map_err(|e| StoreError::Damaged(e.to_string()))?;
    settings::set(db, WALL_CLOCK, Some(&text))
}
