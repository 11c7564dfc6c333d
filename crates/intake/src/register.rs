//! Registering for events and job fairs (M2): the employer user, and the people named along. Pure.

use crate::change::{creation, edit};
use crate::named::{self, By, On, Person};
use liaison_domain::arrival::Place;
use liaison_domain::field::CREATED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::publication::{self, Shut};
use liaison_domain::refusal::FieldProblem;
use liaison_domain::{Change, Id, Record, RecordKind, Value, name, participation};

/// Longest list of people whom one user registered for one event.
const LONGEST: usize = 100;

/// What is there when somebody registers.
#[derive(Clone, Copy, Debug)]
pub struct There<'r> {
    /// The event.
    pub event: &'r Record,
    /// The employer user.
    pub user: &'r Record,
    /// The user's contact.
    pub contact: Option<&'r Record>,
    /// The employer the user is at, if one can be at it.
    pub employer: Option<Id>,
    /// How the contacts take part already.
    pub parts: &'r [Record],
    /// How many take part.
    pub taken: u32,
}

/// Why nobody is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// What was typed is wrong.
    Wrong(Vec<FieldProblem>),
    /// Registration is over, or there is no room.
    Shut(Shut),
}

/// How a contact takes part in the event, where they do.
fn part_of(parts: &[Record], contact: Id) -> Option<&Record> {
    let mut of = parts.iter().filter(|part| !part.is_deleted());
    of.find(|part| part.get(&participation::CONTACT).as_reference() == Some(contact))
}

fn is_cancelled(part: &Record) -> bool {
    part.text(&participation::STATUS) == participation::CANCELLED
}

/// Whom a participation says to have been named along.
pub fn named_in(part: &Record) -> Vec<String> {
    match part.get(&participation::NAMED) {
        Value::List(named) => named.clone(),
        _ => Vec::new(),
    }
}

/// Registers the user and the people named along. Whoever takes part already is not registered again; who cancelled is
/// again. `now` in milliseconds since 1970.
///
/// # Errors
/// What is wrong, or that there is no room.
pub fn register(there: There<'_>, people: &[Person], ids: &mut IdSequence, now: i64) -> Result<Vec<Change>, Refused> {
    let There { event, user, parts, .. } = there;
    let mut changes = Vec::new();
    let (own, made) = named::own(user, there.contact, ids, now);
    changes.extend(made);
    let place = Place::Part(publication::part_of_named(event));
    let on = On { record: event, place, by: By::User(user.id), employer: there.employer };
    let (mut named, made) = named::contacts(on, people, ids, now).map_err(Refused::Wrong)?;
    changes.extend(made);
    named.retain(|contact| *contact != own);

    // Whom somebody else registered counts once more: how much room there is must not tell who comes.
    let adds = |contact: Id| part_of(parts, contact).is_none_or(|part| is_cancelled(part) || !is_by(part, user.id));
    let more = named.iter().filter(|contact| adds(**contact)).count();
    let more = more + usize::from(part_of(parts, own).is_none_or(is_cancelled));
    publication::register(event, now, there.taken, more as u32).map_err(Refused::Shut)?;

    let mut part = |contact: Id, part: &str, lines: Option<Vec<String>>| {
        let mut record = Record::blank(RecordKind::Participation, ids.next_id());
        record.set(&CREATED_AT, Value::Moment(now));
        record.set(&participation::CONTACT, contact);
        record.set(&participation::EVENT, event.id);
        record.set(&participation::PART, part);
        record.set(&participation::STATUS, participation::EXPECTED);
        record.set(&participation::REGISTERED_BY, user.id);
        record.set(&participation::NAMED, list(lines.unwrap_or_default()));
        creation(&record)
    };
    let typed = people.iter().map(|person| person.named.line());
    match part_of(parts, own) {
        None => {
            let lines = merged(Vec::new(), typed);
            changes.push(part(own, participation::REGISTERED, Some(lines)));
        }
        Some(there) => {
            let lines = if is_cancelled(there) { Vec::new() } else { named_in(there) };
            let named = there.change(&participation::NAMED, list(merged(lines, typed)));
            let status = is_cancelled(there).then(|| there.change(&participation::STATUS, participation::EXPECTED));
            changes.extend(edit(there, named.into_iter().chain(status.flatten())));
        }
    }
    for contact in named {
        match part_of(parts, contact) {
            None => changes.push(part(contact, publication::part_of_named(event), None)),
            // Whom somebody else took off, or staff, only they put on again.
            Some(there) if is_cancelled(there) && is_by(there, user.id) => {
                changes.extend(edit(there, there.change(&participation::STATUS, participation::EXPECTED)));
            }
            Some(_) => {}
        }
    }
    Ok(changes)
}

fn list(lines: Vec<String>) -> Value {
    if lines.is_empty() { Value::Empty } else { Value::List(lines) }
}

/// Whom the user registered, each once by address, the last spelling of a name counts.
fn merged(mut lines: Vec<String>, typed: impl Iterator<Item = String>) -> Vec<String> {
    for line in typed {
        let key = name::email_key(named::Named::address(&line));
        lines.retain(|have| name::email_key(named::Named::address(have)) != key);
        lines.push(line);
    }
    lines.truncate(LONGEST);
    lines
}

fn is_by(part: &Record, user: Id) -> bool {
    part.get(&participation::REGISTERED_BY).as_reference() == Some(user)
}

/// Cancels for everybody whom the user registered, and for the user.
pub fn cancel(user: &Record, contact: Option<&Record>, parts: &[Record]) -> Vec<Change> {
    let is_own = |part: &Record| part.get(&participation::CONTACT).as_reference() == contact.map(|contact| contact.id);
    let of_user = parts.iter().filter(|part| !part.is_deleted() && (is_own(part) || is_by(part, user.id)));
    of_user
        .filter_map(|part| {
            let named = part.change(&participation::NAMED, Value::Empty);
            let status = part.change(&participation::STATUS, participation::CANCELLED);
            edit(part, status.into_iter().chain(named))
        })
        .collect()
}

/// Takes one off whom the user registered: from what the user sees, and, where the user registered the contact with that
/// address, from the event.
pub fn take_off(line: &str, own: &Record, known: Option<&Record>, user: Id, parts: &[Record]) -> Vec<Change> {
    let mut lines = named_in(own);
    lines.retain(|have| have != line);
    let lines = own.change(&participation::NAMED, list(lines));
    let of_own = edit(own, lines);
    let part = known.and_then(|known| part_of(parts, known.id));
    let part = part.filter(|part| part.id != own.id && is_by(part, user) && !is_cancelled(part));
    let of_part = part.and_then(|part| edit(part, part.change(&participation::STATUS, participation::CANCELLED)));
    of_own.into_iter().chain(of_part).collect()
}

/// The user's own part in the event, unless it was cancelled.
pub fn own_part<'r>(parts: &'r [Record], contact: Option<&Record>) -> Option<&'r Record> {
    part_of(parts, contact?.id).filter(|part| !is_cancelled(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::named::Named;
    use liaison_domain::event;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn person(first: &str, known: Option<u8>) -> Person {
        let named = Named {
            first_name: first.into(),
            last_name: "Lind".into(),
            email: format!("{}@acme.example", first.to_lowercase()),
            title: String::new(),
        };
        Person { named, known: known.map(|n| Record::blank(RecordKind::Contact, id(n))) }
    }

    fn fair(places: i64) -> Record {
        let mut fair = Record::blank(RecordKind::Event, id(1));
        fair.set(&event::TYPE, event::JOB_FAIR);
        fair.set(&event::STARTS_AT, Value::Moment(100));
        fair.set(&event::PLACES, Value::Number(places));
        fair
    }

    fn taking_part(n: u8, contact: u8, by: u8, status: &str) -> Record {
        let mut part = Record::blank(RecordKind::Participation, id(n));
        part.set(&participation::CONTACT, id(contact));
        part.set(&participation::REGISTERED_BY, id(by));
        part.set(&participation::STATUS, status);
        part
    }

    /// Registers with room for so many, of whom so many are taken.
    fn registered(room: (i64, u32), parts: &[Record], people: &[Person]) -> Result<Vec<Change>, Refused> {
        let (fair, user) = (fair(room.0), Record::blank(RecordKind::EmployerUser, id(2)));
        let own = Record::blank(RecordKind::Contact, id(3));
        let there =
            There { event: &fair, user: &user, contact: Some(&own), employer: Some(id(4)), parts, taken: room.1 };
        register(there, people, &mut IdSequence::new(5, [5; 10]), 5)
    }

    fn made(changes: &[Change], kind: RecordKind) -> usize {
        changes.iter().filter(|change| change.kind == kind && change.created).count()
    }

    #[test]
    fn each_takes_part_once_and_whoever_cancelled_comes_again() {
        let people = [person("Bo", None), person("Cy", Some(7))];
        let changes = registered((9, 0), &[], &people).expect("registered");
        let kinds = [RecordKind::Contact, RecordKind::Participation].map(|kind| made(&changes, kind));
        assert_eq!(kinds, [1, 3]);
        let own = taking_part(20, 3, 2, participation::EXPECTED);
        let cy = taking_part(21, 7, 2, participation::CANCELLED);
        let of_other = taking_part(22, 8, 9, participation::CANCELLED);
        let again = [person("Cy", Some(7)), person("Di", Some(8))];
        let changes = registered((9, 1), &[own, cy, of_other], &again).expect("registered");
        assert_eq!(made(&changes, RecordKind::Participation), 0);
        let changed: Vec<Id> = changes.iter().map(|change| change.record).collect();
        assert_eq!(changed, [id(20), id(21)], "whom somebody else took off, only they put on again");
    }

    #[test]
    fn room_tells_nothing_about_who_comes() {
        let own = taking_part(20, 3, 2, participation::EXPECTED);
        let of_other = taking_part(22, 7, 9, participation::EXPECTED);
        let full = Err(Refused::Shut(Shut::Full { left: 0 }));
        for known in [None, Some(7)] {
            let parts = [own.clone(), of_other.clone()];
            assert_eq!(registered((2, 2), &parts, &[person("Cy", known)]), full, "{known:?}");
        }
        let of_own = taking_part(22, 7, 2, participation::EXPECTED);
        assert!(registered((2, 2), &[own, of_own], &[person("Cy", Some(7))]).is_ok(), "already the user's own");
    }

    #[test]
    fn who_is_taken_off_comes_no_more_unless_somebody_else_registered_them() {
        let user = Record::blank(RecordKind::EmployerUser, id(2));
        let mut own = taking_part(20, 3, 2, participation::EXPECTED);
        own.set(&participation::NAMED, Value::List(vec!["Cy Lind <cy@acme.example>".into()]));
        let cy = Record::blank(RecordKind::Contact, id(7));
        for (by, changed) in [(2, 2), (9, 1)] {
            let parts = [own.clone(), taking_part(22, 7, by, participation::EXPECTED)];
            let changes = take_off("Cy Lind <cy@acme.example>", &own, Some(&cy), id(2), &parts);
            assert_eq!(changes.len(), changed);
            assert!(changes[0].fields[0].after.is_empty(), "nobody is left");
            let all = cancel(&user, Some(&Record::blank(RecordKind::Contact, id(3))), &parts);
            assert_eq!(all.len(), changed);
        }
    }
}
