//! Who has not been heard of for long (B7).
//!
//! The last contact is the latest thing that came from the person: an answer, a registration, a posting, a log-in; until
//! there is one, the day the contact was added, so that those who never were in touch are found, too. What staff type
//! (notes, tasks, meetings, edits) or send, what comes back undelivered, and what somebody else says of the person (a
//! student who names a supervisor, a colleague who names an interviewer) says nothing about the person: notes or a bulk
//! edit must not make a thousand contacts look alive.

use crate::field::{CREATED_AT, Field};
use crate::kind::RecordKind;
use crate::{email, event, interview_schedule, job_listing, participation};

/// A kind of record that tells that the desk heard of a contact. Only moments that are past count.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// The kind.
    pub kind: RecordKind,
    /// The field that names the contact.
    pub contact: &'static Field,
    /// The field that says when.
    pub at: &'static Field,
    /// Only records whose field has this value count.
    pub only: Option<(&'static Field, &'static str)>,
}

const fn sign(kind: RecordKind, contact: &'static Field, at: &'static Field) -> Sign {
    Sign { kind, contact, at, only: None }
}

/// The signs that the desk heard of a contact, beside its own creation and the log-in of its linked user.
pub const SIGNS: &[Sign] = &[
    Sign {
        only: Some((&email::DIRECTION, email::RECEIVED)),
        ..sign(RecordKind::Email, &email::CONTACT, &email::SENT_AT)
    },
    Sign {
        only: Some((&participation::PART, participation::REGISTERED)),
        ..sign(RecordKind::Participation, &participation::CONTACT, &CREATED_AT)
    },
    sign(RecordKind::Event, &event::CONTACT, &CREATED_AT),
    sign(RecordKind::InterviewSchedule, &interview_schedule::CONTACT, &CREATED_AT),
    sign(RecordKind::JobListing, &job_listing::CONTACT, &CREATED_AT),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::FieldType;

    #[test]
    fn signs_name_a_contact_and_a_moment_of_their_kind() {
        for sign in SIGNS {
            assert_eq!(sign.kind.field(sign.contact.key), Some(sign.contact));
            assert_eq!(sign.contact.field_type, FieldType::Reference { kind: RecordKind::Contact });
            assert_eq!(sign.kind.field(sign.at.key), Some(sign.at));
            assert_eq!(sign.at.field_type, FieldType::Moment);
            if let Some((field, value)) = sign.only {
                let FieldType::Choice { choices } = field.field_type else { panic!("{} is no choice", field.key) };
                assert!(choices.contains(&value) && sign.kind.field(field.key) == Some(field));
            }
        }
    }
}
