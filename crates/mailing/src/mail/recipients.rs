//! People who can be written to: contacts, students and alumni, employer users.

use super::places::{Sender, places};
use liaison_domain::outbox::{LeftOut, RECIPIENTS, left_out, user_left_out};
use liaison_domain::{Field, Id, Record, RecordKind, contact, employer_user, name, student};
use liaison_queries::View;
use liaison_queries::outbox::Outgoing;
use liaison_queries::rows::RecordByRow;
use liaison_store::{Db, StoreError};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Somebody who can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MailRecipient {
    /// Contact, student or employer user.
    pub kind: RecordKind,
    /// The person.
    pub id: Id,
}

/// Somebody as far as writing to them needs it.
#[derive(Clone)]
pub(super) struct Person {
    record: Record,
    /// The contact an employer user is written to as (M45), where whoever writes may open the profile (M49).
    linked: Option<Record>,
}

impl Person {
    fn of(view: &View<'_>, record: Record) -> Result<Person, StoreError> {
        let linked = match record.kind {
            RecordKind::EmployerUser => view.open_contact(record.id)?,
            _ => None,
        };
        let linked = linked.map(|id| view.get(RecordKind::Contact, id)).transpose()?;
        Ok(Person { record, linked: linked.map(|located| located.record) })
    }

    /// The one in this row of a kind.
    pub(super) fn in_row(view: &View<'_>, kind: RecordKind, row: u32) -> Result<Person, StoreError> {
        let mut found = None;
        each(view, (kind, &[row]), |_, person| {
            found = Some(person.clone());
            Ok(())
        })?;
        found.ok_or(StoreError::NotFound(kind.key()))
    }

    /// A contact, or a student or alum, as they are.
    pub(super) fn plain(record: Record) -> Person {
        Person { record, linked: None }
    }

    /// An employer user with the contact they are written to as.
    pub(super) fn linked(record: Record, contact: Record) -> Person {
        Person { record, linked: Some(contact) }
    }

    pub(super) fn id(&self) -> Id {
        self.record.id
    }

    pub(super) fn name(&self) -> String {
        let (first, preferred, last) = match self.record.kind {
            RecordKind::Student => (&student::FIRST_NAME, Some(&student::PREFERRED_NAME), &student::LAST_NAME),
            RecordKind::EmployerUser => (&employer_user::FIRST_NAME, None, &employer_user::LAST_NAME),
            _ => (&contact::FIRST_NAME, Some(&contact::PREFERRED_NAME), &contact::LAST_NAME),
        };
        let text = |field| self.record.text(field);
        name::person_name(text(first), preferred.map_or("", text), text(last))
    }

    pub(super) fn address(&self) -> &str {
        self.record.text(match self.record.kind {
            RecordKind::Student => &student::EMAIL,
            RecordKind::EmployerUser => &employer_user::EMAIL,
            _ => &contact::EMAIL,
        })
    }

    /// The places of a text, filled for this person.
    pub(super) fn places(&self, db: &Db<'_>, sender: &Sender) -> Result<liaison_mail::template::Values, StoreError> {
        places(db, &self.record, sender)
    }

    /// A message to this person, before its places are filled.
    pub(super) fn outgoing(&self) -> Outgoing {
        let is = |kind| (self.record.kind == kind).then_some(self.record.id);
        Outgoing {
            contact: is(RecordKind::Contact).or(self.linked.as_ref().map(|contact| contact.id)),
            student: is(RecordKind::Student),
            employer_user: is(RecordKind::EmployerUser),
            name: self.name(),
            address: self.address().to_owned(),
            ..Outgoing::default()
        }
    }

    /// Why the person gets no outreach, with what the rule can't see: whether the address can be written to.
    pub(super) fn why_not(&self, do_not_email: &[&Field]) -> Option<LeftOut> {
        let reason = match self.record.kind {
            RecordKind::EmployerUser => user_left_out(&self.record, self.linked.as_ref(), self.address(), do_not_email),
            _ => left_out(&self.record, do_not_email),
        };
        or_no_address(reason, self.address())
    }
}

/// Why a contact gets no outreach, with what the rule can't see: whether the address can be written to.
pub(super) fn why_not(person: &Record, do_not_email: &[&Field]) -> Option<LeftOut> {
    or_no_address(left_out(person, do_not_email), person.text(&contact::EMAIL))
}

fn or_no_address(reason: Option<LeftOut>, address: &str) -> Option<LeftOut> {
    reason.or_else(|| liaison_mail::Address::parse(address).is_err().then_some(LeftOut::NoAddress))
}

/// Goes through selected people of a kind in order.
pub(super) fn each(
    view: &View<'_>,
    (kind, rows): (RecordKind, &[u32]),
    mut next: impl FnMut(usize, &Person) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut people = RecordByRow::prepare(view, kind)?;
    for (at, row) in rows.iter().enumerate() {
        let Some(record) = people.read(i64::from(*row))? else { continue };
        next(at, &Person::of(view, record)?)?;
    }
    Ok(())
}

/// The person, whom whoever asks may write to: a contact they see, an employer user whose profile they may open.
pub(super) fn person_to_write(view: &View<'_>, to: MailRecipient) -> Result<Person, StoreError> {
    if !RECIPIENTS.contains(&to.kind) {
        return Err(StoreError::NotFound("person to write to"));
    }
    let person = Person::of(view, view.get(to.kind, to.id)?.record)?;
    let is_closed = to.kind == RecordKind::EmployerUser && person.linked.is_none();
    if person.record.is_deleted() || is_closed {
        return Err(StoreError::NotFound(to.kind.key()));
    }
    Ok(person)
}
