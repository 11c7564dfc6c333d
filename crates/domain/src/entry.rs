//! What staff enter by hand: what the desk fills in where they said nothing, and what must hold between fields.

use crate::access::Actor;
use crate::field::{CREATED_AT, Field};
use crate::kind::RecordKind;
use crate::record::Record;
use crate::refusal::{Problem, Refusal};
use crate::value::Value;
use crate::{
    activation, contact, email, employer_match, event, experience, interview_schedule, job_listing, meeting, moment,
    note, onboarding_question, organization, participation, saved_view, student, task,
};

/// Fills in what the person typing left open on a new record.
pub fn complete(record: &mut Record, actor: &Actor) {
    let (kind, created) = (record.kind, record.get(&CREATED_AT).clone());
    let of_student = kind == RecordKind::Task && !record.get(&task::STUDENT).is_empty();
    let mut fill = |field: &Field, value: Value| {
        if record.get(field).is_empty() {
            record.set(field, value);
        }
    };
    let me = Value::Reference(actor.staff);
    match kind {
        RecordKind::Contact => fill(&contact::OWNER, me),
        RecordKind::Note => fill(&note::AUTHOR, me),
        RecordKind::Task => {
            if !of_student {
                // What a student has to do is nobody's work here.
                fill(&task::ASSIGNEE, me.clone());
            }
            fill(&task::AUTHOR, me);
            fill(&task::DONE, Value::Flag(false));
        }
        RecordKind::Meeting => fill(&meeting::ORGANIZER, me),
        RecordKind::Event => {
            fill(&event::TYPE, event::EVENT.into());
            fill(&event::PUBLISHED, event::NOBODY.into());
        }
        RecordKind::InterviewSchedule => {
            fill(&interview_schedule::TYPE, interview_schedule::ON_CAMPUS.into());
            fill(&interview_schedule::STATUS, interview_schedule::CONFIRMED.into());
        }
        RecordKind::JobListing => fill(&job_listing::STATUS, job_listing::OPEN.into()),
        RecordKind::Experience => fill(&experience::STATUS, "under_way".into()),
        RecordKind::Participation => fill(&participation::STATUS, participation::EXPECTED.into()),
        RecordKind::Email => {
            fill(&email::AUTHOR, me);
            fill(&email::DIRECTION, email::SENT.into());
            fill(&email::SENT_AT, created);
        }
        RecordKind::Student => fill(&student::STANDING, student::STUDENT.into()),
        RecordKind::OnboardingQuestion => {
            fill(&onboarding_question::REQUIRED, Value::Flag(false));
            fill(&onboarding_question::RETIRED, Value::Flag(false));
        }
        RecordKind::SavedView => fill(&saved_view::OWNER, me),
        _ => {}
    }
}

/// Refuses a record whose fields contradict each other: an end before its beginning, a participation in nothing; or
/// hold what is none: a time zone, a guest's address.
pub fn check(record: &Record) -> Result<(), Refusal> {
    let problem = match record.kind {
        RecordKind::Note => (!is_filled(record, &note::STUDENT) && !is_filled(record, &note::CONTACT))
            .then_some((note::CONTACT.key, Problem::Required)),
        RecordKind::Task => (!is_filled(record, &task::ABOUT_STUDENT) && !is_filled(record, &task::CONTACT))
            .then_some((task::CONTACT.key, Problem::Required)),
        RecordKind::Meeting => (!is_filled(record, &meeting::STUDENT) && !is_filled(record, &meeting::CONTACT))
            .then_some((meeting::CONTACT.key, Problem::Required))
            .or_else(|| in_order(record, &meeting::STARTS_AT, &meeting::ENDS_AT))
            .or_else(|| known_zone(record, &meeting::TIME_ZONE))
            .or_else(|| not_negative(record, &meeting::REMIND_MINUTES))
            .or_else(|| guests(record)),
        RecordKind::Event => in_order(record, &event::STARTS_AT, &event::ENDS_AT)
            .or_else(|| known_zone(record, &event::TIME_ZONE))
            .or_else(|| not_negative(record, &event::PLACES)),
        RecordKind::Institution => (!organization::is_color(record.text(&organization::INSTITUTION_COLOR)))
            .then_some((organization::INSTITUTION_COLOR.key, Problem::NotAColor))
            .or_else(|| activation::wrong(record))
            .or_else(|| known_zone(record, &organization::INSTITUTION_TIME_ZONE)),
        RecordKind::Employer => employer_match::wrong(record),
        RecordKind::InterviewSchedule => not_negative(record, &interview_schedule::SLOTS),
        RecordKind::JobListing => in_order(record, &job_listing::POSTED_ON, &job_listing::CLOSES_ON),
        RecordKind::Experience => in_order(record, &experience::STARTS_ON, &experience::ENDS_ON),
        RecordKind::Employment => in_order(record, &crate::employment::STARTED_ON, &crate::employment::ENDED_ON),
        RecordKind::Email => between_whom(record)
            .or_else(|| record.get(&email::SENT_AT).is_empty().then_some((email::SENT_AT.key, Problem::Required))),
        RecordKind::Participation => takes_part(record),
        RecordKind::OnboardingQuestion => onboarding_question::wrong(record),
        _ => None,
    };
    match problem {
        None => Ok(()),
        Some((field, problem)) => Err(Refusal::of(field, problem)),
    }
}

type Found = Option<(&'static str, Problem)>;

fn is_filled(record: &Record, field: &Field) -> bool {
    !record.get(field).is_empty()
}

/// An e-mail is with exactly one person: a contact, or a student or alum.
fn between_whom(record: &Record) -> Found {
    match (record.get(&email::CONTACT).is_empty(), record.get(&email::STUDENT).is_empty()) {
        (true, true) => Some((email::CONTACT.key, Problem::Required)),
        (false, false) => Some((email::STUDENT.key, Problem::NotEditable)),
        _ => None,
    }
}

/// One takes part in exactly one thing, and in a part there is in it.
fn takes_part(record: &Record) -> Found {
    let places = [RecordKind::Meeting, RecordKind::Event, RecordKind::InterviewSchedule];
    let mut named = places
        .into_iter()
        .filter(|kind| participation::place(*kind).is_some_and(|field| !record.get(field).is_empty()));
    match (named.next(), named.next()) {
        (None, _) => Some((participation::EVENT.key, Problem::Required)),
        (Some(_), Some(_)) => Some((participation::EVENT.key, Problem::NotEditable)),
        (Some(kind), None) => {
            let parts = participation::parts_in(kind);
            let choices = || parts.iter().map(|part| (*part).to_owned()).collect();
            (!parts.contains(&record.text(&participation::PART)))
                .then(|| (participation::PART.key, Problem::NotAChoice { choices: choices() }))
        }
    }
}

fn known_zone(record: &Record, field: &'static Field) -> Found {
    let name = record.text(field);
    (!name.is_empty()).then(|| moment::zone(name).err()).flatten().map(|problem| (field.key, problem))
}

fn not_negative(record: &Record, field: &'static Field) -> Found {
    matches!(record.get(field), Value::Number(number) if *number < 0).then_some((field.key, Problem::NotANumber))
}

/// Guests are written as "Name <address>" or as an address.
fn guests(record: &Record) -> Found {
    let Value::List(guests) = record.get(&meeting::GUESTS) else { return None };
    let wrong = guests.iter().any(|guest| !matches!(contact::EMAIL.read(meeting::guest(guest).1), Ok(Value::Text(_))));
    wrong.then_some((meeting::GUESTS.key, Problem::NotAnEmail))
}

fn in_order(record: &Record, start: &Field, end: &'static Field) -> Found {
    let wrong = match (record.get(start), record.get(end)) {
        (Value::Moment(start), Value::Moment(end)) => end < start,
        // Days as `yyyy-mm-dd` are in the order of their texts.
        (Value::Text(start), Value::Text(end)) => end < start,
        _ => false,
    };
    wrong.then_some((end.key, Problem::BeforeItsBeginning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::participation::EVENT;
    use crate::permission::StaffRole;

    fn blank(kind: RecordKind) -> Record {
        Record::blank(kind, Id::from_parts(1, [1; 10]))
    }

    #[test]
    fn an_end_lies_not_before_its_beginning() {
        let mut meeting = blank(RecordKind::Meeting);
        meeting.set(&meeting::CONTACT, Id::from_parts(2, [2; 10]));
        meeting.set(&meeting::STARTS_AT, Value::Moment(10));
        assert_eq!(check(&meeting), Ok(()));
        meeting.set(&meeting::ENDS_AT, Value::Moment(9));
        assert!(matches!(check(&meeting), Err(Refusal::Invalid(problems)) if problems[0].field == "ends_at"));
        let mut experience = blank(RecordKind::Experience);
        experience.set(&experience::STARTS_ON, "2026-09-01");
        experience.set(&experience::ENDS_ON, "2026-08-31");
        assert!(check(&experience).is_err());
    }

    #[test]
    fn one_takes_part_in_exactly_one_thing() {
        let mut participation = blank(RecordKind::Participation);
        assert!(check(&participation).is_err());
        participation.set(&EVENT, Id::from_parts(2, [2; 10]));
        participation.set(&participation::PART, participation::INTERVIEWER);
        assert!(matches!(check(&participation), Err(Refusal::Invalid(problems)) if problems[0].field == "part"));
        participation.set(&participation::PART, participation::REGISTERED);
        assert_eq!(check(&participation), Ok(()));
        participation.set(&participation::MEETING, Id::from_parts(3, [3; 10]));
        assert!(check(&participation).is_err());
    }

    #[test]
    fn zones_are_known_guests_have_addresses_and_minutes_are_not_negative() {
        let good = ["ann@x.example", "Ann Lee <ann@x.example>"];
        let mut meeting = blank(RecordKind::Meeting);
        meeting.set(&meeting::CONTACT, Id::from_parts(2, [2; 10]));
        meeting.set(&meeting::TIME_ZONE, "Europe/Paris");
        meeting.set(&meeting::GUESTS, Value::List(good.map(str::to_owned).to_vec()));
        assert_eq!(check(&meeting), Ok(()));
        let refused = |field: &Field, value: Value| {
            let mut wrong = meeting.clone();
            wrong.set(field, value);
            matches!(check(&wrong), Err(Refusal::Invalid(problems)) if problems[0].field == field.key)
        };
        assert!(refused(&meeting::TIME_ZONE, "Mars/Olympus".into()));
        assert!(refused(&meeting::GUESTS, Value::List(vec!["Ann Lee".into()])));
        assert!(refused(&meeting::REMIND_MINUTES, Value::Number(-1)));
        assert!(check(&blank(RecordKind::Email)).is_err(), "an e-mail has a date");
    }

    #[test]
    fn what_was_said_is_kept_and_the_rest_filled_in() {
        let me = Actor::with_role(Id::from_parts(9, [9; 10]), StaffRole::Advisor);
        let mut listing = blank(RecordKind::JobListing);
        listing.set(&job_listing::STATUS, "draft");
        complete(&mut listing, &me);
        assert_eq!(listing.text(&job_listing::STATUS), "draft");
        let mut task = blank(RecordKind::Task);
        complete(&mut task, &me);
        assert_eq!(task.get(&task::AUTHOR).as_reference(), Some(me.staff));
    }
}
