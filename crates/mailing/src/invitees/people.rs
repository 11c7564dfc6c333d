//! The people of a selection, each with what decides whether an invitation goes to them.

use crate::do_not_email::do_not_email;
use liaison_domain::reminder::{Candidate, Sending, WallClock, Withheld, withheld};
use liaison_domain::{Field, Id, Record, RecordKind, activation, name, student};
use liaison_engine::error::BlockingRecord;
use liaison_queries::View;
use liaison_queries::employer_users;
use liaison_queries::invitations::{Last, LastInvitations, Went};
use liaison_queries::rows::RecordByRow;
use liaison_store::{Db, StoreError, links, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashSet};

/// People named for each reason to be left out; the rest are counted.
const NAMED: usize = 20;

/// People who get nothing now, for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LeftOutPeople {
    /// The reason.
    pub reason: Withheld,
    /// How many.
    pub count: u32,
    /// The first few of them.
    pub people: Vec<BlockingRecord>,
    /// Where they have to wait: when the first of them is due, in milliseconds since 1970.
    pub due_at: Option<i64>,
}

/// The people left out, by reason.
#[derive(Default)]
pub(crate) struct LeftOut(BTreeMap<Withheld, LeftOutPeople>);

impl LeftOut {
    pub(crate) fn add(&mut self, reason: Withheld, person: &Record, due_at: Option<i64>) {
        let group = self.0.entry(reason).or_insert_with(|| LeftOutPeople {
            reason,
            count: 0,
            people: Vec::new(),
            due_at: None,
        });
        group.count += 1;
        if group.people.len() < NAMED {
            group.people.push(BlockingRecord { id: person.id, name: name_of(person) });
        }
        group.due_at = group.due_at.into_iter().chain(due_at).min();
    }

    pub(crate) fn into_groups(self) -> Vec<LeftOutPeople> {
        self.0.into_values().collect()
    }
}

/// The name of a student or contact.
pub(crate) fn name_of(person: &Record) -> String {
    let text = |key: &str| person.kind.field(key).map_or("", |field| person.text(field));
    name::person_name(text("first_name"), text("preferred_name"), text("last_name"))
}

/// Somebody who may be invited, with the last message there was.
pub(crate) struct Person {
    pub(crate) n: i64,
    pub(crate) record: Record,
    pub(crate) active: bool,
    pub(crate) do_not_email: bool,
    pub(crate) last: Option<Last>,
}

impl Person {
    /// Whether a message goes to the person now; if not, why.
    pub(crate) fn withheld(&self, sending: Sending, clock: WallClock, now: i64) -> Option<Withheld> {
        let candidate = Candidate {
            person: &self.record,
            active: self.active,
            do_not_email: self.do_not_email,
            last: self.last.as_ref().map(|last| &last.message),
            went: self.went().map(|went| went.sent),
        };
        withheld(&candidate, sending, clock, now).or_else(|| {
            let address = activation::address(&self.record);
            liaison_mail::Address::parse(address).is_err().then_some(Withheld::NoAddress)
        })
    }

    /// The last invitation or reminder that counts as sent.
    pub(crate) fn went(&self) -> Option<Went> {
        self.last.as_ref()?.went
    }

    /// Whether the last message was refused or came back, and the address is the same.
    pub(crate) fn is_refused(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.message.is_refused_at(activation::address(&self.record)))
    }

    /// When the next reminder is due.
    pub(crate) fn due_at(&self, clock: WallClock, now: i64) -> Option<i64> {
        self.went().map(|went| clock.due_at(went.sent, now))
    }
}

/// Reads people of one kind.
pub(crate) struct People<'d> {
    db: &'d Db<'d>,
    kind: RecordKind,
    last: LastInvitations<'d>,
    do_not_email: Vec<&'static Field>,
}

impl<'d> People<'d> {
    pub(crate) fn prepare(db: &'d Db<'d>, kind: RecordKind) -> Result<People<'d>, StoreError> {
        let do_not_email = if kind == RecordKind::Contact { do_not_email(db)? } else { Vec::new() };
        Ok(People { db, kind, last: LastInvitations::prepare(db, kind)?, do_not_email })
    }

    /// With what is known of the record beside it.
    pub(crate) fn person(&mut self, n: i64, record: Record) -> Result<Person, StoreError> {
        let active = match self.kind {
            RecordKind::Student => !record.get(&student::ACTIVATED_AT).is_empty(),
            _ => {
                let mut active = false;
                for (user, _) in links::users_of(self.db, &record)? {
                    active |= employer_users::is_activated(self.db, user)?;
                }
                active
            }
        };
        let do_not_email = self.do_not_email.iter().any(|field| record.get(field).as_flag());
        Ok(Person { n, active, do_not_email, last: self.last.of(record.id)?, record })
    }

    /// Goes through selected people in order, as far as `view` has them; each with why no message goes to them, where none does.
    pub(crate) fn each(
        &mut self,
        view: &View<'_>,
        rows: &[u32],
        sending: Sending,
        (clock, now): (WallClock, i64),
        mut next: impl FnMut(usize, &Person, Option<Withheld>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut written_to = HashSet::new();
        let mut people = RecordByRow::prepare(view, self.kind)?;
        for (at, row) in rows.iter().enumerate() {
            let Some(record) = people.read(i64::from(*row))? else { continue };
            let person = self.person(i64::from(*row), record)?;
            let reason = person.withheld(sending, clock, now).or_else(|| {
                let new = written_to.insert(name::email_key(activation::address(&person.record)));
                (!new).then_some(Withheld::SameAddress)
            });
            next(at, &person, reason)?;
        }
        Ok(())
    }
}

/// Why an invitation that waits in the outbox is not to be sent any more, as a key: it was taken back, a newer one went
/// out, or the person needs none.
pub(crate) fn no_longer(db: &Db<'_>, invitation: Id, person: &Record) -> Result<Option<&'static str>, StoreError> {
    let there = table::find(db, RecordKind::Invitation, invitation)?.is_some_and(|found| !found.record.is_deleted());
    if !there {
        return Ok(Some("taken_back"));
    }
    let now = People::prepare(db, person.kind)?.person(0, person.clone())?;
    if now.last.as_ref().is_some_and(|last| last.id != invitation) {
        return Ok(Some("superseded"));
    }
    // The message asks about itself: what matters is who the person is by now, not when the last one went.
    let now = Person { last: None, ..now };
    Ok(now.withheld(Sending::Invitation, WallClock::default(), 0).map(|reason| match reason {
        Withheld::Deactivated => "deactivated",
        Withheld::Activated => "activated",
        Withheld::DoNotEmail => "do_not_email",
        Withheld::Rejected | Withheld::Pending => "rejected",
        Withheld::NoAddress => "no_address",
        _ => "deleted",
    }))
}
