//! The kinds of records there are. Each declares its fields once, in the module of its name; `schema.rs` has them all.

use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, FromRepr, IntoStaticStr, VariantArray};

/// A kind of record: one table, one list of fields.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Type,
    EnumCount,
    EnumString,
    FromRepr,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    pub const ALL: [RecordKind; RecordKind::COUNT] = *RecordKind::VARIANTS.first_chunk().expect("as many as there are");

    /// The kind with this number in the journal.
    pub fn from_number(number: u8) -> Option<RecordKind> {
        RecordKind::from_repr(number)
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<RecordKind> {
        key.parse().ok()
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

    /// The name used in SQL, on the wire and in keys of the catalogue.
    pub fn key(self) -> &'static str {
        self.into()
    }
}
