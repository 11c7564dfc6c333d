//! How people arrive: whoever is named on a task, an event, an interview schedule or an experience and is no contact
//! yet becomes one, with the source that says where the first interaction was (M2, M42).

use crate::edit::{complete_contact, draft};
use crate::field::CREATED_AT;
use crate::id::Id;
use crate::kind::RecordKind;
use crate::parse::FieldValue;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::value::Value;
use crate::{contact, employer_user, event, experience, interview_schedule, job_listing, meeting, participation, task};

/// Where on a record somebody is named: in a field that refers to a contact, or in a part they take in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this field.
    Field(&'static crate::field::Field),
    /// In this part.
    Part(&'static str),
}

impl Place {
    /// The place with this name on records of this kind: the key of a field or a part.
    pub fn named(kind: RecordKind, name: &str) -> Option<Place> {
        let part = participation::parts_in(kind).iter().find(|part| **part == name);
        let field = match kind {
            RecordKind::Task => Some(&task::CONTACT),
            RecordKind::Meeting => Some(&meeting::CONTACT),
            RecordKind::Event => Some(&event::CONTACT),
            RecordKind::InterviewSchedule => Some(&interview_schedule::CONTACT),
            RecordKind::JobListing => Some(&job_listing::CONTACT),
            RecordKind::Experience => Some(&experience::SUPERVISOR),
            _ => None,
        };
        match part {
            Some(part) => Some(Place::Part(part)),
            None => field.filter(|field| field.key == name).map(Place::Field),
        }
    }
}

/// The source of a contact who first shows up here. What staff write down by themselves has none of its own: "admin".
pub fn source(record: &Record, place: Place) -> &'static str {
    match (record.kind, place) {
        // A task of the staff names people they know; a student's names a Task Contact.
        (RecordKind::Task, _) if !record.get(&task::STUDENT).is_empty() => "task",
        (RecordKind::Experience, _) => "experiential_learning_supervisor",
        (RecordKind::Event, Place::Part(_)) if record.text(&event::TYPE) == event::JOB_FAIR => "job_fair_registration",
        (RecordKind::Event, _) => "event_contact",
        (RecordKind::InterviewSchedule, _) if record.text(&interview_schedule::TYPE) == interview_schedule::VIDEO => {
            "interviewer"
        }
        (RecordKind::InterviewSchedule, _) => "oci_interviewer",
        _ => "admin",
    }
}

/// Somebody new who is named on `of`, as a contact: with the source that says where the first interaction was, pending
/// where that source waits (M2). `given` are values by key.
///
/// Refuses with every problem at once.
pub fn arriving<'a>(
    registry: &Registry,
    of: &Record,
    place: Place,
    id: Id,
    now: i64,
    given: impl IntoIterator<Item = (&'a str, &'a FieldValue)>,
) -> Result<Record, Refusal> {
    let mut person = draft(registry, RecordKind::Contact, id, now, given)?;
    let source = source(of, place);
    person.set(&contact::SOURCE, source);
    person.set(&contact::APPROVAL, if waits(source) { contact::PENDING } else { contact::APPROVED });
    Ok(person)
}

/// Who brought the contact in, in words: the student who named it. Empty where that is not a student.
pub fn added_by(record: &Record) -> String {
    let student = match record.kind {
        RecordKind::Task => record.text(&task::STUDENT),
        RecordKind::Experience => record.text(&experience::STUDENT),
        _ => "",
    };
    if student.is_empty() { String::new() } else { format!("{student}, student") }
}

/// What a contact is that comes by signing up at `/hire`.
pub fn sign_up(person: &mut Record) {
    person.set(&contact::SOURCE, SIGN_UP);
    person.set(&contact::APPROVAL, contact::PENDING);
}

/// The employer user that a contact becomes, or that somebody becomes by signing up: who can log in at once, before
/// anybody approves anything, with the role `default_access` (M11). The same address links the two (M45).
pub fn user_of(person: &Record, id: Id, now: i64, default_access: Id) -> Record {
    let mut user = Record::blank(RecordKind::EmployerUser, id);
    user.set(&CREATED_AT, Value::Moment(now));
    for (from, to) in [
        (&contact::FIRST_NAME, &employer_user::FIRST_NAME),
        (&contact::LAST_NAME, &employer_user::LAST_NAME),
        (&contact::EMAIL, &employer_user::EMAIL),
        (&contact::EMPLOYER, &employer_user::EMPLOYER),
        (&contact::TITLE, &employer_user::TITLE),
        (&contact::WORK_PHONE, &employer_user::WORK_PHONE),
    ] {
        user.set(to, person.get(from).clone());
    }
    user.set(&employer_user::ROLE, default_access);
    user.set(&employer_user::ACCESS, true);
    user
}

/// The contact that an employer user is who has none, for example because it was erased. Nobody has decided about it.
pub fn contact_of(user: &Record, id: Id, now: i64) -> Record {
    let mut person = Record::blank(RecordKind::Contact, id);
    person.set(&CREATED_AT, Value::Moment(now));
    for (from, to) in [
        (&employer_user::FIRST_NAME, &contact::FIRST_NAME),
        (&employer_user::LAST_NAME, &contact::LAST_NAME),
        (&employer_user::EMAIL, &contact::EMAIL),
        (&employer_user::EMPLOYER, &contact::EMPLOYER),
        (&employer_user::TITLE, &contact::TITLE),
        (&employer_user::WORK_PHONE, &contact::WORK_PHONE),
    ] {
        person.set(to, user.get(from).clone());
    }
    sign_up(&mut person);
    complete_contact(&mut person);
    person
}

/// The source of whoever signs up.
pub const SIGN_UP: &str = "employer_user_sign_up";

/// Whether a contact from this source waits in the queue.
pub fn waits(source: &str) -> bool {
    !contact::arrives_approved(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: RecordKind, place: &str, set: &[(&crate::field::Field, &str)]) -> &'static str {
        let mut record = Record::blank(kind, Id::from_parts(1, [1; 10]));
        for (field, value) in set {
            record.set(field, *value);
        }
        source(&record, Place::named(kind, place).expect("a place"))
    }

    #[test]
    fn every_arrival_has_its_source() {
        assert_eq!(of(RecordKind::Task, "contact", &[(&task::STUDENT, "Lena Ortiz")]), "task");
        assert_eq!(of(RecordKind::Task, "contact", &[]), "admin");
        assert_eq!(of(RecordKind::Experience, "supervisor", &[]), "experiential_learning_supervisor");
        assert_eq!(of(RecordKind::Event, "contact", &[]), "event_contact");
        assert_eq!(of(RecordKind::Event, "registered", &[(&event::TYPE, event::EVENT)]), "event_contact");
        let fair = [(&event::TYPE, event::JOB_FAIR)];
        assert_eq!(of(RecordKind::Event, "additional_contact", &fair), "job_fair_registration");
        assert_eq!(of(RecordKind::Event, "contact", &fair), "event_contact");
        assert_eq!(of(RecordKind::InterviewSchedule, "interviewer", &[]), "oci_interviewer");
        let video = [(&interview_schedule::TYPE, interview_schedule::VIDEO)];
        assert_eq!(of(RecordKind::InterviewSchedule, "interviewer", &video), "interviewer");
        assert_eq!(of(RecordKind::Meeting, "attendee", &[]), "admin");
        assert!(Place::named(RecordKind::Meeting, "interviewer").is_none());
        assert!(waits("task") && !waits("admin"));
    }

    #[test]
    fn who_signs_up_can_log_in_before_anybody_decides() {
        let (id, role) = (Id::from_parts(1, [1; 10]), Id::from_parts(2, [2; 10]));
        let mut person = Record::blank(RecordKind::Contact, id);
        person.set(&contact::EMAIL, "dana@acme.example");
        sign_up(&mut person);
        assert!(waits(person.text(&contact::SOURCE)) && person.text(&contact::APPROVAL) == contact::PENDING);
        let user = user_of(&person, Id::from_parts(3, [3; 10]), 5, role);
        assert_eq!(employer_user::log_in(&user), Ok(()));
        assert_eq!(user.text(&employer_user::EMAIL), "dana@acme.example");
        assert_eq!(user.get(&employer_user::ROLE).as_reference(), Some(role));
        let again = contact_of(&user, Id::from_parts(4, [4; 10]), 6);
        for field in [&contact::EMAIL, &contact::SOURCE, &contact::APPROVAL] {
            assert_eq!(again.text(field), person.text(field));
        }
        assert_eq!(again.text(&contact::VISIBILITY), contact::CAREER_ADVISORS);
    }

    #[test]
    fn every_source_is_one_of_the_registry() {
        for kind in RecordKind::ALL {
            let record = Record::blank(kind, Id::from_parts(1, [1; 10]));
            for place in [Place::Part("x"), Place::Field(&task::CONTACT)] {
                assert!(contact::SOURCES.contains(&source(&record, place)));
            }
        }
    }
}
