//! Invitations and reminders as they lie in the database: the last one of a person, and what became of it.
//!
//! The message of an invitation lies in the outbox of the device that sends it, under the id of the invitation.

use crate::view::View;
use liaison_domain::outbox::OutboxState;
use liaison_domain::reminder::{Delivery, LastMessage, Sent, WallClock};
use liaison_domain::{Id, RecordKind, activation};
use liaison_store::{Db, Sql, Statement, StoreError, base, settings};
use serde::Serialize;
use specta::Type;

/// The setting of this device that says what it remembers of its wall clock.
const WALL_CLOCK: &str = "wall_clock";

/// The last invitation or reminder of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The invitation.
    pub id: Id,
    /// What decides about the next one.
    pub message: LastMessage,
    /// The last one that counts as sent: this one, or one before it.
    pub went: Option<Went>,
}

/// An invitation or reminder that counts as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Went {
    /// When it went.
    pub sent: Sent,
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
            "SELECT i.id,i.sent_at,i.clock,i.address,i.expires_at,o.state,o.reason FROM invitation i
             LEFT JOIN outbox o ON o.id=i.id WHERE i.{person}=? AND i.deleted_at IS NULL
             ORDER BY i.clock DESC,i.n DESC"
        ))?))
    }

    /// The last one of this person.
    pub fn of(&mut self, person: Id) -> Result<Option<Last>, StoreError> {
        self.0.bind(&[Sql::Blob(person.bytes())])?;
        let mut found: Option<Last> = None;
        while self.0.step()? {
            let row = &self.0;
            let state = row.optional_text(5).and_then(|state| OutboxState::from_key(&state));
            let delivery = Delivery::of(state, row.optional_text(6).as_deref(), row.optional_int(1));
            let went = (delivery == Delivery::Sent).then(|| {
                let wall = row.int(1);
                let sent = Sent { wall, clock: row.optional_int(2).unwrap_or(wall) };
                Went { sent, expires_at: row.int(4) }
            });
            let last = match &mut found {
                Some(last) => last,
                none => none.insert(Last {
                    id: row.id(0)?,
                    message: LastMessage { address: row.text(3).to_owned(), delivery },
                    went: None,
                }),
            };
            last.went = went;
            if went.is_some() {
                break;
            }
        }
        self.0.reset();
        Ok(found)
    }
}

/// Whether an invitation counts as sent: `i` is its row, `o` that of its message in the outbox.
fn went() -> String {
    let sent = OutboxState::ALL.into_iter().filter(|state| state.counts_as_sent());
    let keys: Vec<String> = sent.map(|state| format!("'{}'", state.key())).collect();
    format!("(o.state IN ({}) OR o.state IS NULL AND i.sent_at IS NOT NULL)", keys.join(","))
}

/// Whether a newer invitation than the one in row `n` went to the same person.
pub fn is_superseded(db: &Db<'_>, people: RecordKind, person: Id, n: i64) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT EXISTS(SELECT 1 FROM invitation i LEFT JOIN outbox o ON o.id=i.id
         WHERE i.{}=? AND i.n>? AND i.deleted_at IS NULL AND {})",
        activation::person_field(people).key,
        went()
    );
    Ok(db.number(&sql, &[Sql::Blob(person.bytes()), Sql::Int(n)])? == 1)
}

/// How many invitations of this type (or of each) went to the person. Errors: `NotFound` for a person who is hidden.
pub fn went_count(view: &View<'_>, people: RecordKind, person: Id, kind: Option<&str>) -> Result<u32, StoreError> {
    view.require(people, person)?;
    let sql = format!(
        "SELECT count(*) FROM invitation i LEFT JOIN outbox o ON o.id=i.id
         WHERE i.{}=? AND i.type=coalesce(?,i.type) AND i.deleted_at IS NULL AND {}",
        activation::person_field(people).key,
        went()
    );
    Ok(view.everything().number(&sql, &[Sql::Blob(person.bytes()), kind.map_or(Sql::Null, Sql::Text)])? as u32)
}

/// How many invitations and reminders of the person there are, whatever became of them. Errors: `NotFound` for a person
/// who is hidden.
pub fn count(view: &View<'_>, people: RecordKind, person: Id) -> Result<u32, StoreError> {
    view.require(people, person)?;
    let who = activation::person_field(people).key;
    let sql = format!("SELECT count(*) FROM invitation WHERE {who}=? AND deleted_at IS NULL");
    Ok(view.everything().number(&sql, &[Sql::Blob(person.bytes())])? as u32)
}

/// An invitation or reminder as the ledger of a person shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The invitation.
    pub id: Id,
    /// "welcome" or "reminder".
    pub kind: String,
    /// Where it went.
    pub address: String,
    /// When it was written, in milliseconds since 1970.
    pub created_at: i64,
    /// When it went, in milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// From when on its link no longer works, in milliseconds since 1970.
    pub expires_at: i64,
    /// When its link was used, in milliseconds since 1970.
    pub used_at: Option<i64>,
    /// The name of who sent it.
    pub author: String,
    /// Where its message stands in the outbox of this device; `None` where it is not there.
    pub state: Option<OutboxState>,
    /// Why it stands there, as a key that screens have words for.
    pub reason: Option<String>,
    /// The server's own words.
    pub detail: Option<String>,
}

/// The newest `most` invitations and reminders of a person, newest first. Errors: `NotFound` for a person who is hidden.
pub fn ledger(view: &View<'_>, people: RecordKind, person: Id, most: usize) -> Result<Vec<Entry>, StoreError> {
    view.require(people, person)?;
    let who = activation::person_field(people).key;
    let author = "trim(coalesce(s.first_name,'')||' '||coalesce(s.last_name,''))";
    let sql = format!(
        "SELECT i.id,i.type,i.address,i.sent_at,i.expires_at,i.used_at,{author},o.state,i.created_at,o.reason,o.detail FROM invitation i
         LEFT JOIN staff s ON s.id=i.author LEFT JOIN outbox o ON o.id=i.id
         WHERE i.{who}=? AND i.deleted_at IS NULL ORDER BY i.clock DESC,i.n DESC LIMIT {most}"
    );
    view.everything().all(&sql, &[Sql::Blob(person.bytes())], |row| {
        Ok(Entry {
            id: row.id(0)?,
            kind: row.text(1).to_owned(),
            address: row.text(2).to_owned(),
            created_at: row.int(8),
            sent_at: row.optional_int(3),
            expires_at: row.int(4),
            used_at: row.optional_int(5),
            author: row.text(6).to_owned(),
            state: row.optional_text(7).and_then(|state| OutboxState::from_key(&state)),
            reason: row.optional_text(9),
            detail: row.optional_text(10),
        })
    })
}

/// The invitation with this hash of a token.
pub fn by_hash(db: &Db<'_>, hash: &str) -> Result<Option<Id>, StoreError> {
    db.first("SELECT id FROM invitation WHERE token_hash=?", &[Sql::Text(hash)], |row| row.id(0))
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

/// An invitation or reminder as the ledger has it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct InvitationEntry {
    /// The entry.
    pub id: Id,
    /// "welcome" or "reminder".
    pub kind: String,
    /// Where it went.
    pub address: String,
    /// When, in milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// From when on its link no longer works.
    pub expires_at: Option<i64>,
    /// When its link was used.
    pub used_at: Option<i64>,
    /// Who sent it.
    pub author: Option<String>,
}

/// The newest invitations and reminders of a student, newest first, `limit` at most.
pub fn of_student(db: &Db<'_>, student: Id, limit: usize) -> Result<Vec<InvitationEntry>, StoreError> {
    let author =
        "SELECT trim(coalesce(s.first_name,'')||' '||coalesce(s.last_name,'')) FROM staff s WHERE s.id=t.author";
    db.all(
        &format!(
            "SELECT t.id,t.type,t.address,t.sent_at,t.expires_at,t.used_at,({author})
             FROM invitation t WHERE t.student=? AND t.deleted_at IS NULL
             ORDER BY coalesce(t.sent_at,t.created_at) DESC,t.n DESC LIMIT {limit}"
        ),
        &[Sql::Blob(student.bytes())],
        |row| {
            Ok(InvitationEntry {
                id: row.id(0)?,
                kind: row.text(1).to_owned(),
                address: row.text(2).to_owned(),
                sent_at: row.optional_int(3),
                expires_at: row.optional_int(4),
                used_at: row.optional_int(5),
                author: row.optional_text(6),
            })
        },
    )
}

/// Whether a message in this state of the outbox may be with its recipient, or on its way.
pub fn cannot_be_called_back(state: Option<OutboxState>) -> bool {
    !matches!(state, Some(OutboxState::Waiting | OutboxState::Failed | OutboxState::Cancelled))
}

/// The latest hybrid logical time in the journal, in milliseconds since 1970.
pub fn latest(db: &Db<'_>) -> Result<i64, StoreError> {
    Ok(base::greatest(db)?.millis() as i64)
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
