//! What employer users post: interview schedules, for which they ask, with the people who interview (M2), and job listings.
//! Both wait until staff have answered. Pure.

use crate::change::{creation, edit};
use crate::named::{self, By, Named, On, Person};
use liaison_domain::arrival::Place;
use liaison_domain::edit::{draft, missing};
use liaison_domain::field::CREATED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{
    Change, Field, FieldChange, Id, Record, RecordKind, Registry, Value, entry, interview_schedule, job_listing, name,
    participation,
};

/// What is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// Interviews, on campus or by video.
    Interviews,
    /// A job or an internship.
    Listing,
}

impl Post {
    /// The kind of record.
    pub fn kind(self) -> RecordKind {
        match self {
            Post::Interviews => RecordKind::InterviewSchedule,
            Post::Listing => RecordKind::JobListing,
        }
    }

    /// What the form asks for.
    pub fn fields(self) -> &'static [&'static Field] {
        match self {
            Post::Interviews => &[
                &interview_schedule::TITLE,
                &interview_schedule::HELD_ON,
                &interview_schedule::SLOTS,
                &interview_schedule::LOCATION,
                &interview_schedule::DESCRIPTION,
            ],
            Post::Listing => &[
                &job_listing::TITLE,
                &job_listing::TYPE,
                &job_listing::LOCATION,
                &job_listing::CLOSES_ON,
                &job_listing::DESCRIPTION,
                &job_listing::URL,
            ],
        }
    }

    /// The status of what waits for staff.
    pub fn waits(self) -> &'static str {
        match self {
            Post::Interviews => interview_schedule::REQUESTED,
            Post::Listing => job_listing::SUBMITTED,
        }
    }

    /// The field that says how far it is.
    pub fn status(self) -> &'static Field {
        match self {
            Post::Interviews => &interview_schedule::STATUS,
            Post::Listing => &job_listing::STATUS,
        }
    }

    /// The status of what whoever posted it called off.
    pub fn called_off(self) -> &'static str {
        match self {
            Post::Interviews => interview_schedule::CANCELLED,
            Post::Listing => job_listing::CLOSED,
        }
    }

    fn employer(self) -> &'static Field {
        match self {
            Post::Interviews => &interview_schedule::EMPLOYER,
            Post::Listing => &job_listing::EMPLOYER,
        }
    }

    fn contact(self) -> &'static Field {
        match self {
            Post::Interviews => &interview_schedule::CONTACT,
            Post::Listing => &job_listing::CONTACT,
        }
    }

    /// The employer that posted something.
    pub fn employer_of(self, record: &Record) -> Option<Id> {
        record.get(self.employer()).as_reference()
    }
}

/// Who posts, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Poster<'r> {
    /// The employer user.
    pub user: &'r Record,
    /// The user's contact.
    pub contact: Option<&'r Record>,
    /// The employer.
    pub employer: Id,
}

/// What was typed, by the keys of [`Post::fields`].
pub type Typed = Vec<(&'static Field, String)>;

fn invalid(refusal: Refusal) -> Vec<FieldProblem> {
    match refusal {
        Refusal::Invalid(problems) => problems,
        _ => vec![FieldProblem { field: "title".into(), problem: Problem::NotEditable }],
    }
}

/// A new posting with the id `id`, which waits for staff. `how` is how interviews are held; a listing has no such thing.
/// `now` in milliseconds since 1970.
///
/// # Errors
/// Everything that is wrong with what was typed.
pub fn post(
    what: Post,
    (id, how): (Id, &str),
    by: Poster<'_>,
    (typed, people): (&Typed, &[Person]),
    ids: &mut IdSequence,
    now: i64,
) -> Result<Vec<Change>, Vec<FieldProblem>> {
    let (own, made) = named::own(by.user, by.contact, ids, now);
    let mut changes: Vec<Change> = made.into_iter().collect();
    let mut given: Vec<(&str, FieldValue)> =
        typed.iter().map(|(field, text)| (field.key, FieldValue::Text(text.clone()))).collect();
    given.push((what.employer().key, FieldValue::Text(by.employer.to_string())));
    given.push((what.contact().key, FieldValue::Text(own.to_string())));
    given.push((what.status().key, FieldValue::Text(what.waits().into())));
    if what == Post::Interviews {
        given.push((interview_schedule::TYPE.key, FieldValue::Text(how.into())));
    }
    let given = given.iter().map(|(key, value)| (*key, value));
    let drafted = draft(&Registry::default(), what.kind(), id, now, given);
    let mut problems = Vec::new();
    let mut record = match drafted {
        Ok(record) => record,
        Err(refusal) => {
            problems.extend(invalid(refusal));
            // Everything that is wrong is said at once: also what of the people is.
            let mut blank = Record::blank(what.kind(), id);
            if what == Post::Interviews {
                blank.set(&interview_schedule::TYPE, how);
            }
            blank
        }
    };
    if problems.is_empty()
        && let Err(refusal) = entry::check(&record)
    {
        problems.extend(invalid(refusal));
    }
    let mut parts = Vec::new();
    if what == Post::Interviews {
        match interviewers((&record, &[]), by, people, ids, now) {
            Ok((made, taking_part, lines)) => {
                changes.extend(made);
                parts = taking_part;
                record.set(&interview_schedule::NAMED, lines);
            }
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    changes.push(creation(&record));
    changes.extend(parts);
    Ok(changes)
}

/// The contacts who interview, how they take part, and what is kept of what was typed. Whoever takes part already, as
/// `there` says, is not added again.
fn interviewers(
    (schedule, there): (&Record, &[Record]),
    by: Poster<'_>,
    people: &[Person],
    ids: &mut IdSequence,
    now: i64,
) -> Result<(Vec<Change>, Vec<Change>, Value), Vec<FieldProblem>> {
    let place = Place::Part(participation::INTERVIEWER);
    let on = On { record: schedule, place, by: By::User(by.user.id), employer: Some(by.employer) };
    let (found, made) = named::contacts(on, people, ids, now)?;
    let part_of = |contact: Id| {
        let mut of = there.iter().filter(|part| !part.is_deleted());
        of.find(|part| part.get(&participation::CONTACT).as_reference() == Some(contact))
    };
    let mut parts = Vec::new();
    for contact in &found {
        match part_of(*contact) {
            Some(part) => {
                let is_off = part.text(&participation::STATUS) == participation::CANCELLED;
                let is_own = part.get(&participation::REGISTERED_BY).as_reference().is_some();
                let on = (is_off && is_own).then(|| part.change(&participation::STATUS, participation::EXPECTED));
                parts.extend(edit(part, on.flatten()));
            }
            None => {
                let mut part = Record::blank(RecordKind::Participation, ids.next_id());
                part.set(&CREATED_AT, Value::Moment(now));
                part.set(&participation::CONTACT, *contact);
                part.set(&participation::PART, participation::INTERVIEWER);
                part.set(&participation::INTERVIEW_SCHEDULE, schedule.id);
                part.set(&participation::STATUS, participation::EXPECTED);
                part.set(&participation::REGISTERED_BY, by.user.id);
                parts.push(creation(&part));
            }
        }
    }
    // Whom users of the employer named and the form names no more, comes no more. Whom staff added stays.
    for part in there.iter().filter(|part| !part.is_deleted() && !part.get(&participation::REGISTERED_BY).is_empty()) {
        let stays = part.get(&participation::CONTACT).as_reference().is_some_and(|contact| found.contains(&contact));
        if !stays {
            parts.extend(edit(part, part.change(&participation::STATUS, participation::CANCELLED)));
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for line in people.iter().map(|person| person.named.line()) {
        let key = name::email_key(Named::address(&line));
        if !lines.iter().any(|have| name::email_key(Named::address(have)) == key) {
            lines.push(line);
        }
    }
    Ok((made, parts, if lines.is_empty() { Value::Empty } else { Value::List(lines) }))
}

/// Changes a posting. What changes about it waits for staff again: what they opened or confirmed was something else.
/// `there` is how people take part.
///
/// # Errors
/// Everything that is wrong with what was typed.
pub fn amend(
    what: Post,
    (record, there): (&Record, &[Record]),
    by: Poster<'_>,
    (typed, people): (&Typed, &[Person]),
    ids: &mut IdSequence,
    now: i64,
) -> Result<Vec<Change>, Vec<FieldProblem>> {
    let (mut problems, mut fields) = (Vec::new(), Vec::<FieldChange>::new());
    let mut after = record.clone();
    for (field, text) in typed {
        match field.read(text) {
            Ok(value) => {
                fields.extend(record.change(field, value.clone()));
                after.set(field, value);
            }
            Err(problem) => problems.push(FieldProblem { field: field.key.into(), problem }),
        }
    }
    missing(&after, &mut problems);
    if problems.is_empty()
        && let Err(refusal) = entry::check(&after)
    {
        problems.extend(invalid(refusal));
    }
    let mut changes = Vec::new();
    let mut parts = Vec::new();
    if what == Post::Interviews {
        match interviewers((record, there), by, people, ids, now) {
            Ok((made, taking_part, lines)) => {
                changes.extend(made);
                parts = taking_part;
                fields.extend(record.change(&interview_schedule::NAMED, lines));
            }
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if !fields.is_empty() || !parts.is_empty() {
        fields.extend(record.change(what.status(), what.waits()));
    }
    changes.extend(edit(record, fields));
    changes.extend(parts);
    Ok(changes)
}

/// Calls a posting off.
pub fn call_off(what: Post, record: &Record) -> Vec<Change> {
    edit(record, record.change(what.status(), what.called_off())).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::contact;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn typed(what: Post, title: &str) -> Typed {
        let value = |field: &'static Field| match field.key {
            "title" => title.to_owned(),
            "held_on" => "2027-03-05".to_owned(),
            _ => String::new(),
        };
        what.fields().iter().map(|field| (*field, value(field))).collect()
    }

    fn bo() -> Person {
        let named = Named {
            first_name: "Bo".into(),
            last_name: "Lind".into(),
            email: "bo@acme.example".into(),
            title: String::new(),
        };
        Person { named, known: None }
    }

    fn made(changes: &[Change], kind: RecordKind) -> Vec<Record> {
        let of_kind = changes.iter().filter(|change| change.kind == kind && change.created);
        of_kind
            .map(|change| {
                let mut record = Record::blank(kind, change.record);
                record.apply(&change.fields);
                record
            })
            .collect()
    }

    #[test]
    fn interviewers_wait_with_the_source_of_how_interviews_are_held() {
        let (user, dana) = (Record::blank(RecordKind::EmployerUser, id(1)), Record::blank(RecordKind::Contact, id(2)));
        let by = Poster { user: &user, contact: Some(&dana), employer: id(3) };
        for (how, source) in [("on_campus", "oci_interviewer"), ("video", "interviewer")] {
            let what = Post::Interviews;
            let mut ids = IdSequence::new(5, [5; 10]);
            let changes =
                post(what, (id(9), how), by, (&typed(what, "Analyst"), &[bo()]), &mut ids, 5).expect("posted");
            let person = &made(&changes, RecordKind::Contact)[0];
            assert_eq!((person.text(&contact::SOURCE), person.text(&contact::APPROVAL)), (source, contact::PENDING));
            let schedule = &made(&changes, RecordKind::InterviewSchedule)[0];
            assert_eq!((schedule.id, schedule.text(what.status())), (id(9), interview_schedule::REQUESTED));
            let part = &made(&changes, RecordKind::Participation)[0];
            assert_eq!(part.get(&participation::CONTACT).as_reference(), Some(person.id));

            // Bo comes no more; what staff had confirmed waits again.
            let mut confirmed = schedule.clone();
            confirmed.set(what.status(), interview_schedule::CONFIRMED);
            let there = std::slice::from_ref(part);
            let changes =
                amend(what, (&confirmed, there), by, (&typed(what, "Analyst"), &[]), &mut ids, 6).expect("changed");
            assert_eq!(changes.len(), 2);
            confirmed.apply(&changes[0].fields);
            assert_eq!(confirmed.text(what.status()), interview_schedule::REQUESTED);
            assert_eq!(changes[1].fields[0].after, Value::from(participation::CANCELLED));
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_and_what_stays_the_same_changes_nothing() {
        let user = Record::blank(RecordKind::EmployerUser, id(1));
        let by = Poster { user: &user, contact: None, employer: id(3) };
        let mut ids = IdSequence::new(5, [5; 10]);
        let nameless = Person { named: Named { first_name: String::new(), ..bo().named }, known: None };
        let what = Post::Interviews;
        let wrong = post(what, (id(9), "video"), by, (&typed(what, ""), &[nameless]), &mut ids, 5).expect_err("wrong");
        let fields: Vec<&str> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert!(fields.contains(&"title") && fields.contains(&"p0_first_name"), "{fields:?}");
        let what = Post::Listing;
        let changes = post(what, (id(9), ""), by, (&typed(what, "Analyst"), &[]), &mut ids, 5).expect("posted");
        let listing = made(&changes, RecordKind::JobListing).remove(0);
        assert_eq!(listing.text(&job_listing::STATUS), job_listing::SUBMITTED);
        let same = amend(what, (&listing, &[]), by, (&typed(what, "Analyst"), &[]), &mut ids, 6).expect("the same");
        assert_eq!(same, []);
        let other = amend(what, (&listing, &[]), by, (&typed(what, ""), &[]), &mut ids, 6).expect_err("no title");
        assert_eq!(other[0].field, "title");
    }
}
