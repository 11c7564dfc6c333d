//! People whom somebody names on a form: looked up by their address among all contacts, linked and left as they are where
//! one is there, pending contacts where none is. Pure. What a page shows of them afterwards is what was typed: who is in
//! the directory, nobody learns by naming people.

use crate::change::{creation, is_no_name};
use liaison_domain::arrival::{self, Place};
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Change, Field, Id, Record, Registry, Value, contact, name};

/// Most people on one form.
pub const MOST: usize = 10;

/// Who is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// Job title, or nothing.
    pub title: String,
}

impl Named {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        [&self.first_name, &self.last_name, &self.email, &self.title].into_iter().all(String::is_empty)
    }

    /// As it is kept: "Bo Lind <bo@acme.example>".
    pub fn line(&self) -> String {
        format!("{} {} <{}>", self.first_name, self.last_name, self.email)
    }

    /// The address in such a line.
    pub fn address(line: &str) -> &str {
        line.rsplit_once(" <").and_then(|(_, address)| address.strip_suffix('>')).unwrap_or(line)
    }

    /// The name in such a line.
    pub fn name(line: &str) -> &str {
        line.rsplit_once(" <").map_or(line, |(name, _)| name)
    }
}

/// Who names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// An employer user.
    User(Id),
    /// A student, alumna or alumnus.
    Student(Id),
}

impl By {
    fn field(self) -> (&'static Field, Id) {
        match self {
            By::User(id) => (&contact::ADDED_BY_USER, id),
            By::Student(id) => (&contact::ADDED_BY_STUDENT, id),
        }
    }
}

/// Somebody who is named, with the contact that has the address, if there is one.
#[derive(Clone, Debug)]
pub struct Person {
    /// What was typed.
    pub named: Named,
    /// The contact.
    pub known: Option<Record>,
}

/// Where people are named: on which record, in what place, by whom, and where they work.
#[derive(Clone, Copy, Debug)]
pub struct On<'r> {
    /// The record.
    pub record: &'r Record,
    /// The field or the part.
    pub place: Place,
    /// Who names them.
    pub by: By,
    /// The employer they have.
    pub employer: Option<Id>,
}

/// The contacts that people on a form are, and those that come into being. Problems have the person's place on the form
/// in front of the field: `p0_email`.
///
/// # Errors
/// Everything that is wrong with what was typed.
pub fn contacts(
    on: On<'_>,
    people: &[Person],
    ids: &mut IdSequence,
    now: i64,
) -> Result<(Vec<Id>, Vec<Change>), Vec<FieldProblem>> {
    let (mut problems, mut changes) = (Vec::new(), Vec::new());
    let mut found: Vec<(String, Id)> = Vec::new();
    let mut contacts = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let key = name::email_key(&person.named.email);
        let same = found.iter().find(|(have, _)| *have == key).map(|(_, id)| *id);
        let id = same.or(person.known.as_ref().map(|known| known.id)).unwrap_or_else(|| ids.next_id());
        // What is typed of somebody who is there is looked at all the same: nothing tells the two apart.
        match arriving(on, &person.named, id, now) {
            Ok(new) if same.is_none() && person.known.is_none() => changes.push(creation(&new)),
            Ok(_) => {}
            Err(wrong) => {
                let placed = |wrong: FieldProblem| FieldProblem { field: format!("p{at}_{}", wrong.field), ..wrong };
                problems.extend(wrong.into_iter().map(placed));
            }
        }
        found.push((key, id));
        if !contacts.contains(&id) {
            contacts.push(id);
        }
    }
    if problems.is_empty() { Ok((contacts, changes)) } else { Err(problems) }
}

/// The contact that somebody who is named becomes.
///
/// # Errors
/// Everything that is wrong with what was typed.
pub fn arriving(on: On<'_>, named: &Named, id: Id, now: i64) -> Result<Record, Vec<FieldProblem>> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let mut values = vec![
        (contact::FIRST_NAME.key, text(&named.first_name)),
        (contact::LAST_NAME.key, text(&named.last_name)),
        (contact::EMAIL.key, text(&named.email)),
        (contact::TITLE.key, text(&named.title)),
    ];
    values.extend(on.employer.map(|id| (contact::EMPLOYER.key, text(&id.to_string()))));
    let given = values.iter().map(|(key, value)| (*key, value));
    let mut problems = Vec::new();
    for (field, name) in [("first_name", &named.first_name), ("last_name", &named.last_name)] {
        if is_no_name(name) {
            problems.push(FieldProblem { field: field.into(), problem: Problem::NotOneName });
        }
    }
    match arrival::arriving(&Registry::default(), on.record, on.place, id, now, given) {
        Ok(mut person) if problems.is_empty() => {
            let (field, by) = on.by.field();
            person.set(field, Value::Reference(by));
            Ok(person)
        }
        Ok(_) => Err(problems),
        Err(Refusal::Invalid(wrong)) => {
            problems.extend(wrong);
            Err(problems)
        }
        Err(_) => Err(vec![FieldProblem { field: "email".into(), problem: Problem::NotEditable }]),
    }
}

/// The contact that an employer user is: the one with the address, else a new one.
pub fn own(user: &Record, known: Option<&Record>, ids: &mut IdSequence, now: i64) -> (Id, Option<Change>) {
    match known {
        Some(known) => (known.id, None),
        None => {
            let mut person = arrival::contact_of(user, ids.next_id(), now);
            person.set(&contact::ADDED_BY_USER, Value::Reference(user.id));
            (person.id, Some(creation(&person)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::{RecordKind, event};

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn bo() -> Named {
        Named {
            first_name: "Bo".into(),
            last_name: "Lind".into(),
            email: "bo@acme.example".into(),
            title: "Recruiter".into(),
        }
    }

    #[test]
    fn nobody_is_made_twice_and_whoever_is_there_stays_as_they_are() {
        let mut fair = Record::blank(RecordKind::Event, id(1));
        fair.set(&event::TYPE, event::JOB_FAIR);
        let on =
            On { record: &fair, place: Place::Part("additional_contact"), by: By::User(id(2)), employer: Some(id(3)) };
        let known = Record::blank(RecordKind::Contact, id(7));
        let twice = Named { email: "BO@acme.example".into(), ..bo() };
        let there = Named { email: "cy@acme.example".into(), ..bo() };
        let people = [
            Person { named: bo(), known: None },
            Person { named: twice, known: None },
            Person { named: there, known: Some(known) },
        ];
        let (found, changes) = contacts(on, &people, &mut IdSequence::new(5, [5; 10]), 5).expect("people");
        assert_eq!((found.len(), changes.len(), found[1]), (2, 1, id(7)));
        let mut person = Record::blank(RecordKind::Contact, found[0]);
        person.apply(&changes[0].fields);
        assert_eq!(person.text(&contact::SOURCE), "job_fair_registration");
        assert_eq!(person.text(&contact::APPROVAL), contact::PENDING);
        assert_eq!(person.get(&contact::ADDED_BY_USER), &Value::Reference(id(2)));
        assert_eq!(person.get(&contact::EMPLOYER), &Value::Reference(id(3)));
    }

    #[test]
    fn what_is_wrong_is_said_whether_or_not_somebody_is_there() {
        let event = Record::blank(RecordKind::Event, id(1));
        let on = On { record: &event, place: Place::Part("registered"), by: By::User(id(2)), employer: None };
        let known = Record::blank(RecordKind::Contact, id(7));
        let named = Named { last_name: String::new(), ..bo() };
        for known in [None, Some(known)] {
            let people = [Person { named: bo(), known: None }, Person { named: named.clone(), known }];
            let wrong = contacts(on, &people, &mut IdSequence::new(5, [5; 10]), 5).expect_err("no last name");
            assert_eq!(wrong.iter().map(|wrong| wrong.field.as_str()).collect::<Vec<_>>(), ["p1_last_name"]);
        }
    }

    #[test]
    fn a_line_has_name_and_address() {
        let line = bo().line();
        assert_eq!((Named::name(&line), Named::address(&line)), ("Bo Lind", "bo@acme.example"));
    }
}
