//! What students and alumni report: an experience with its supervisor, a task with a contact (M2). Whoever they name is
//! looked up by the address; who is not there yet becomes a pending contact, with the source the domain says. Pure.

use crate::change::creation;
use crate::claim::{claim, is_nowhere};
use crate::named::{self, By, Named, On};
use liaison_domain::arrival::Place;
use liaison_domain::edit::draft;
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Change, Field, Id, Record, RecordKind, Registry, entry, experience, name, student, task};

/// What a student reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// What they learned at an employer; its supervisor is named.
    Experience,
    /// What they do about somebody.
    Task,
}

impl Report {
    /// The kind of record.
    pub fn kind(self) -> RecordKind {
        match self {
            Report::Experience => RecordKind::Experience,
            Report::Task => RecordKind::Task,
        }
    }

    /// The field that names the person.
    pub fn place(self) -> &'static Field {
        match self {
            Report::Experience => &experience::SUPERVISOR,
            Report::Task => &task::CONTACT,
        }
    }

    /// What the form asks for about it.
    pub fn fields(self) -> &'static [&'static Field] {
        match self {
            Report::Experience => {
                &[&experience::TITLE, &experience::STARTS_ON, &experience::ENDS_ON, &experience::DESCRIPTION]
            }
            Report::Task => &[&task::TITLE, &task::DUE_ON, &task::DESCRIPTION],
        }
    }
}

/// What is there already.
#[derive(Clone, Copy, Debug, Default)]
pub struct There<'r> {
    /// The contact with the address that was named, or who had it.
    pub contact: Option<&'r Record>,
    /// The employer with the name.
    pub employer: Option<&'r Record>,
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn found(refusal: Refusal, prefix: &str, problems: &mut Vec<FieldProblem>) {
    if let Refusal::Invalid(wrong) = refusal {
        let named = |wrong: FieldProblem| FieldProblem { field: format!("{prefix}{}", wrong.field), ..wrong };
        problems.extend(wrong.into_iter().map(named));
    }
}

/// What a report with the id `id` writes. `values` are what was typed by the keys of [`Report::fields`]; problems about the person have
/// `person_` in front of the field. `now` in milliseconds since 1970.
///
/// # Errors
/// Everything that is wrong with what was typed.
pub fn report(
    (what, id): (Report, Id),
    by: &Record,
    values: &[(&str, String)],
    (named, named_employer): (&Named, &str),
    there: There<'_>,
    ids: &mut IdSequence,
    now: i64,
) -> Result<Vec<Change>, Vec<FieldProblem>> {
    let registry = Registry::default();
    let (mut problems, mut changes) = (Vec::new(), Vec::new());
    let first = [by.text(&student::PREFERRED_NAME), by.text(&student::FIRST_NAME)];
    let full_name = name::person_name(first[1], first[0], by.text(&student::LAST_NAME));
    let employer = match (what, there.employer) {
        (Report::Task, _) => None,
        (Report::Experience, Some(employer)) => Some(employer.id),
        (Report::Experience, None) if is_nowhere(named_employer) => {
            problems.push(FieldProblem { field: "person_employer".into(), problem: Problem::Required });
            None
        }
        (Report::Experience, None) => match claim(named_employer, "", ids.next_id(), now) {
            Ok(employer) => {
                changes.push(creation(&employer));
                Some(employer.id)
            }
            Err(refusal) => {
                found(refusal, "person_", &mut problems);
                None
            }
        },
    };
    let person = there.contact.map_or_else(|| ids.next_id(), |contact| contact.id);
    let mut given: Vec<(&str, FieldValue)> = values.iter().map(|(key, value)| (*key, text(value))).collect();
    given.push((what.place().key, text(&person.to_string())));
    match what {
        Report::Experience => {
            given.push((experience::STUDENT.key, text(&full_name)));
            given.push((experience::STUDENT_EMAIL.key, text(by.text(&student::EMAIL))));
            given.push((experience::STATUS.key, text("under_way")));
            given.extend(employer.map(|id| (experience::EMPLOYER.key, text(&id.to_string()))));
        }
        Report::Task => {
            given.push((task::STUDENT.key, text(&full_name)));
            given.push((task::ABOUT_STUDENT.key, text(&by.id.to_string())));
            given.push((task::DONE.key, FieldValue::Flag(false)));
        }
    }
    let given = given.iter().map(|(key, value)| (*key, value));
    let record =
        draft(&registry, what.kind(), id, now, given).and_then(|record| entry::check(&record).map(|()| record));
    match record {
        Ok(record) => {
            if there.contact.is_none() {
                match arriving(&record, what, (named, by.id), (person, employer), now) {
                    Ok(person) => changes.push(creation(&person)),
                    Err(wrong) => problems.extend(wrong),
                }
            }
            changes.push(creation(&record));
        }
        Err(refusal) => {
            found(refusal, "", &mut problems);
            // Everything that is wrong is said at once.
            let record = Record::blank(what.kind(), person);
            problems.extend(arriving(&record, what, (named, by.id), (person, employer), now).err().unwrap_or_default());
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// The contact that whoever was named becomes.
fn arriving(
    of: &Record,
    what: Report,
    (named, by): (&Named, Id),
    (id, employer): (Id, Option<Id>),
    now: i64,
) -> Result<Record, Vec<FieldProblem>> {
    let on = On { record: of, place: Place::Field(what.place()), by: By::Student(by), employer };
    let placed = |wrong: FieldProblem| FieldProblem { field: format!("person_{}", wrong.field), ..wrong };
    named::arriving(on, named, id, now).map_err(|wrong| wrong.into_iter().map(placed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::{Value, contact};

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn lena() -> Record {
        let mut lena = Record::blank(RecordKind::Student, id(1));
        lena.set(&student::FIRST_NAME, "Lena");
        lena.set(&student::LAST_NAME, "Ortiz");
        lena.set(&student::EMAIL, "lena@campus.example");
        lena
    }

    fn dana() -> Named {
        Named {
            first_name: "Dana".into(),
            last_name: "Reyes".into(),
            email: "dana@acme.example".into(),
            title: "Director".into(),
        }
    }

    fn done(what: Report, named: &Named, there: There<'_>) -> Result<Vec<Record>, Vec<String>> {
        let values = [("title", "Summer in the lab".to_owned())];
        let acme = if named.is_blank() { "" } else { "Acme Corp" };
        let changes =
            report((what, id(9)), &lena(), &values, (named, acme), there, &mut IdSequence::new(5, [5; 10]), 5);
        let made = |change: Change| {
            let mut record = Record::blank(change.kind, change.record);
            record.apply(&change.fields);
            record
        };
        let changes = changes.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>());
        Ok(changes?.into_iter().map(made).collect())
    }

    #[test]
    fn whoever_is_named_waits_with_the_source_of_where() {
        for (what, source) in [(Report::Experience, "experiential_learning_supervisor"), (Report::Task, "task")] {
            let made = done(what, &dana(), There::default()).expect("a report");
            let person = made.iter().find(|record| record.kind == RecordKind::Contact).expect("a contact");
            let said = [&contact::SOURCE, &contact::APPROVAL].map(|field| person.text(field));
            assert_eq!(said, [source, contact::PENDING]);
            assert_eq!(person.get(&contact::ADDED_BY_STUDENT), &Value::Reference(lena().id));
            assert_eq!(person.text(&contact::VISIBILITY), contact::CAREER_ADVISORS);
            let record = made.last().expect("the report itself");
            assert_eq!(record.get(what.place()), &Value::Reference(person.id));
        }
    }

    #[test]
    fn whoever_is_known_is_linked_and_left_as_they_are() {
        let known = Record::blank(RecordKind::Contact, id(7));
        let acme = Record::blank(RecordKind::Employer, id(8));
        let there = There { contact: Some(&known), employer: Some(&acme) };
        let made = done(Report::Experience, &dana(), there).expect("a report");
        assert_eq!(made.iter().map(|record| record.kind).collect::<Vec<_>>(), [RecordKind::Experience]);
        assert_eq!(made[0].get(&experience::SUPERVISOR), &Value::Reference(id(7)));
        assert_eq!(made[0].get(&experience::EMPLOYER), &Value::Reference(id(8)));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong = done(Report::Experience, &Named::default(), There::default()).expect_err("nothing was typed");
        for field in ["person_employer", "person_first_name", "person_last_name", "person_email"] {
            assert!(wrong.iter().any(|wrong| wrong == field), "{field}: {wrong:?}");
        }
        let advertisement = Named { first_name: "https://win.example".into(), ..dana() };
        assert_eq!(done(Report::Task, &advertisement, There::default()), Err(vec!["person_first_name".to_owned()]));
    }
}
