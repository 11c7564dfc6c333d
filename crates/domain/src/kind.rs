//! The kinds of records there are. Each declares its fields once, in the module of its name.

use crate::field::{Field, FieldType};
use crate::{
    attribute, distinct_pair, email, employment, event, experience, interview_schedule, job_listing, label, meeting,
    participation, saved_view, task,
};
use crate::{contact, employer, employer_user, note, organization, role};
use crate::{invitation, mail_template, onboarding_answer, onboarding_question, staff_role, student, user_group};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A kind of record: one table, one list of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum RecordKind {
    /// A person in the institution's address book; internal use only, no log-in.
    Contact = 1,
    /// An organization that contacts and employer users belong to.
    Employer = 2,
    /// A person at an employer who can log in to the portal.
    EmployerUser = 3,
    /// What employer users with this role may do in the portal.
    Role = 4,
    /// Something a staff member wrote about a contact.
    Note = 5,
    /// A person of the career center who works with this application.
    Staff = 6,
    /// The career center itself; there is one such record.
    Institution = 7,
    /// Something to be done about a contact.
    Task = 8,
    /// A meeting with contacts.
    Meeting = 9,
    /// An event or a job fair.
    Event = 10,
    /// How a contact takes part in a meeting, an event or an interview schedule.
    Participation = 11,
    /// On-campus interviews (OCI), or interviews by video.
    InterviewSchedule = 12,
    /// A position an employer offers.
    JobListing = 13,
    /// What a student learned at an employer, with a supervisor.
    Experience = 14,
    /// An e-mail to or from a contact.
    Email = 15,
    /// Where a contact worked before.
    Employment = 16,
    /// A field that staff defined.
    Attribute = 17,
    /// A word the desk sorts records by.
    Label = 18,
    /// A list with its filter and columns, under a name.
    SavedView = 19,
    /// Two contacts that somebody found to be two people.
    DistinctPair = 20,
    /// A student or alum who has, or will have, an account.
    Student = 21,
    /// A group of students and alumni.
    UserGroup = 22,
    /// What students are asked once they activated.
    OnboardingQuestion = 23,
    /// What a student answered.
    OnboardingAnswer = 24,
    /// Which permissions staff members have.
    StaffRole = 25,
    /// An invitation or reminder that went out.
    Invitation = 26,
    /// A message with places for fields.
    MailTemplate = 27,
}

/// A kind as the journal names it, by number: one that this version knows, or one that only a newer version does. It is
/// kept as it is, so that the history and its chain can be read; what is written always has a known kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Numbered<K> {
    /// A kind of this version.
    Known(K),
    /// The number of a kind of a newer version.
    Other(u8),
}

impl<K: Copy> Numbered<K> {
    /// The kind, where this version knows it.
    pub fn known(self) -> Option<K> {
        match self {
            Numbered::Known(kind) => Some(kind),
            Numbered::Other(_) => None,
        }
    }
}

impl<K> From<K> for Numbered<K> {
    fn from(kind: K) -> Numbered<K> {
        Numbered::Known(kind)
    }
}

impl Numbered<RecordKind> {
    /// The kind of record with this number.
    pub fn of(number: u8) -> Numbered<RecordKind> {
        RecordKind::from_number(number).map_or(Numbered::Other(number), Numbered::Known)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Numbered::Known(kind) => kind as u8,
            Numbered::Other(number) => number,
        }
    }
}

impl RecordKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [RecordKind; 27] = [
        RecordKind::Contact,
        RecordKind::Employer,
        RecordKind::EmployerUser,
        RecordKind::Role,
        RecordKind::Note,
        RecordKind::Staff,
        RecordKind::Institution,
        RecordKind::Task,
        RecordKind::Meeting,
        RecordKind::Event,
        RecordKind::Participation,
        RecordKind::InterviewSchedule,
        RecordKind::JobListing,
        RecordKind::Experience,
        RecordKind::Email,
        RecordKind::Employment,
        RecordKind::Attribute,
        RecordKind::Label,
        RecordKind::SavedView,
        RecordKind::DistinctPair,
        RecordKind::Student,
        RecordKind::UserGroup,
        RecordKind::OnboardingQuestion,
        RecordKind::OnboardingAnswer,
        RecordKind::StaffRole,
        RecordKind::Invitation,
        RecordKind::MailTemplate,
    ];

    /// The kind with this number in the journal.
    pub fn from_number(number: u8) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether staff enter records of this kind on a form with the general use cases. Kinds with rules of their own
    /// have their own.
    pub fn is_entered_by_hand(self) -> bool {
        matches!(
            self,
            RecordKind::Task
                | RecordKind::Meeting
                | RecordKind::Event
                | RecordKind::Participation
                | RecordKind::InterviewSchedule
                | RecordKind::JobListing
                | RecordKind::Experience
                | RecordKind::Email
                | RecordKind::Employment
        )
    }

    /// The fields, of any kind, that refer to records of this kind.
    pub fn referring(self) -> impl Iterator<Item = (RecordKind, &'static Field)> {
        RecordKind::ALL.into_iter().flat_map(move |kind| {
            let fields = kind.fields().iter().copied();
            fields.filter(move |field| field.field_type == FieldType::Reference { kind: self }).map(move |f| (kind, f))
        })
    }

    /// The name used in SQL, on the wire and in keys of the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            RecordKind::Contact => "contact",
            RecordKind::Employer => "employer",
            RecordKind::EmployerUser => "employer_user",
            RecordKind::Role => "role",
            RecordKind::Note => "note",
            RecordKind::Staff => "staff",
            RecordKind::Institution => "institution",
            RecordKind::Task => "task",
            RecordKind::Meeting => "meeting",
            RecordKind::Event => "event",
            RecordKind::Participation => "participation",
            RecordKind::InterviewSchedule => "interview_schedule",
            RecordKind::JobListing => "job_listing",
            RecordKind::Experience => "experience",
            RecordKind::Email => "email",
            RecordKind::Employment => "employment",
            RecordKind::Attribute => "attribute",
            RecordKind::Label => "label",
            RecordKind::SavedView => "saved_view",
            RecordKind::DistinctPair => "distinct_pair",
            RecordKind::Student => "student",
            RecordKind::UserGroup => "user_group",
            RecordKind::OnboardingQuestion => "onboarding_question",
            RecordKind::OnboardingAnswer => "onboarding_answer",
            RecordKind::StaffRole => "staff_role",
            RecordKind::Invitation => "invitation",
            RecordKind::MailTemplate => "mail_template",
        }
    }

    /// The fields of this kind; the field with number `n` is at index `n - 1`.
    pub fn fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => contact::FIELDS,
            RecordKind::Employer => employer::FIELDS,
            RecordKind::EmployerUser => employer_user::FIELDS,
            RecordKind::Role => role::FIELDS,
            RecordKind::Note => note::FIELDS,
            RecordKind::Staff => organization::STAFF_FIELDS,
            RecordKind::Institution => organization::INSTITUTION_FIELDS,
            RecordKind::Task => task::FIELDS,
            RecordKind::Meeting => meeting::FIELDS,
            RecordKind::Event => event::FIELDS,
            RecordKind::Participation => participation::FIELDS,
            RecordKind::InterviewSchedule => interview_schedule::FIELDS,
            RecordKind::JobListing => job_listing::FIELDS,
            RecordKind::Experience => experience::FIELDS,
            RecordKind::Email => email::FIELDS,
            RecordKind::Employment => employment::FIELDS,
            RecordKind::Attribute => attribute::FIELDS,
            RecordKind::Label => label::FIELDS,
            RecordKind::SavedView => saved_view::FIELDS,
            RecordKind::DistinctPair => distinct_pair::FIELDS,
            RecordKind::Student => student::FIELDS,
            RecordKind::UserGroup => user_group::FIELDS,
            RecordKind::OnboardingQuestion => onboarding_question::FIELDS,
            RecordKind::OnboardingAnswer => onboarding_answer::FIELDS,
            RecordKind::StaffRole => staff_role::FIELDS,
            RecordKind::Invitation => invitation::FIELDS,
            RecordKind::MailTemplate => mail_template::FIELDS,
        }
    }

    /// Fields that are computed from other records: number 0, no place in a record, never edited or imported.
    pub fn computed_fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => &[&contact::ACCESS, &contact::LAST_HEARD, &contact::LAST_LOG_IN],
            RecordKind::EmployerUser => &[&employer_user::CONTACT],
            RecordKind::Student => &[&student::STATUS],
            _ => &[],
        }
    }

    /// The field with this key, stored or computed, if the kind has one.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().chain(self.computed_fields()).copied().find(|field| field.key == key)
    }

    /// The field with this number, if this version of the program knows it.
    pub fn field_numbered(self, number: u16) -> Option<&'static Field> {
        self.fields().get(usize::from(number).checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn field_numbers_are_their_place_and_keys_are_unique() {
        for kind in RecordKind::ALL {
            let mut keys = HashSet::new();
            for (index, field) in kind.fields().iter().enumerate() {
                assert_eq!(usize::from(field.number), index + 1, "{kind:?}.{} has the number of its place", field.key);
                assert!(keys.insert(field.key), "{kind:?}.{} is declared twice", field.key);
            }
            assert_eq!(kind.fields()[0].key, "deleted_at", "every kind can be deleted and restored");
            assert_eq!(kind.fields()[1].key, "created_at", "every kind knows its beginning");
            assert_eq!(RecordKind::from_number(kind as u8), Some(kind));
            assert_eq!(Numbered::<RecordKind>::of(kind as u8), Numbered::Known(kind));
        }
    }
}
