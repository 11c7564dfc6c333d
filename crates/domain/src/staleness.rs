//! Who has not been heard of for long (B7).
//!
//! "Last heard of" is the latest word from the person, or work of the desk with the person: a note, a meeting that took
//! place, an e-mail received, a registration, a posting, a log-in, and at the least the day the contact was added. What
//! the desk intends (tasks, meetings to come), sends (e-mails, invitations to meetings) or edits says nothing about the
//! person: a bulk edit must not make a thousand contacts look alive.

use crate::field::{CREATED_AT, Field};
use crate::kind::RecordKind;
use crate::{email, event, experience, interview_schedule, job_listing, meeting, note, participation};

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
    /// Records whose field has this value don't count.
    pub not: Option<(&'static Field, &'static str)>,
}

const fn sign(kind: RecordKind, contact: &'static Field, at: &'static Field) -> Sign {
    Sign { kind, contact, at, only: None, not: None }
}

/// The signs that the desk heard of a contact, beside its own creation and the log-in of its linked user.
pub const SIGNS: &[Sign] = &[
    sign(RecordKind::Note, &note::CONTACT, &CREATED_AT),
    sign(RecordKind::Meeting, &meeting::CONTACT, &meeting::STARTS_AT),
    Sign {
        only: Some((&email::DIRECTION, email::RECEIVED)),
        ..sign(RecordKind::Email, &email::CONTACT, &email::SENT_AT)
    },
    Sign {
        not: Some((&participation::PART, participation::ATTENDEE)),
        ..sign(RecordKind::Participation, &participation::CONTACT, &CREATED_AT)
    },
    sign(RecordKind::Event, &event::CONTACT, &CREATED_AT),
    sign(RecordKind::InterviewSchedule, &interview_schedule::CONTACT, &CREATED_AT),
    sign(RecordKind::JobListing, &job_listing::CONTACT, &CREATED_AT),
    sign(RecordKind::Experience, &experience::SUPERVISOR, &CREATED_AT),
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
            for (field, value) in sign.only.into_iter().chain(sign.not) {
                let FieldType::Choice { choices } = field.field_type else { panic!("{} is no choice", field.key) };
                assert!(choices.contains(&value) && sign.kind.field(field.key) == Some(field));
            }
        }
    }
}
