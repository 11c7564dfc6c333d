//! How people arrive: whoever is named on a task, an event, an interview schedule or an experience and is no contact
//! yet becomes one, with the source that says where the first interaction was (M2, M42).

use crate::kind::RecordKind;
use crate::record::Record;
use crate::{contact, event, experience, interview_schedule, job_listing, meeting, participation, task};

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

/// Who brought the contact in, in words: the student who named it. Empty where that is not a student.
pub fn added_by(record: &Record) -> String {
    let student = match record.kind {
        RecordKind::Task => record.text(&task::STUDENT),
        RecordKind::Experience => record.text(&experience::STUDENT),
        _ => "",
    };
    if student.is_empty() { String::new() } else { format!("{student}, student") }
}

/// Whether a contact from this source waits in the queue.
pub fn waits(source: &str) -> bool {
    !contact::arrives_approved(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

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
    fn every_source_is_one_of_the_registry() {
        for kind in RecordKind::ALL {
            let record = Record::blank(kind, Id::from_parts(1, [1; 10]));
            for place in [Place::Part("x"), Place::Field(&task::CONTACT)] {
                assert!(contact::SOURCES.contains(&source(&record, place)));
            }
        }
    }
}
