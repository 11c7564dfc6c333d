//! Where records are on their way into the trash and out of it.

use liaison_domain::{Id, RecordKind};

/// A record on its way into the trash, or for good out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// Its kind.
    pub(crate) kind: RecordKind,
    /// Its row.
    pub(crate) n: i64,
    /// Its id.
    pub(crate) id: Id,
}

/// The kinds that stand in the trash on their own.
pub(super) const KINDS: &[RecordKind] = &[
    RecordKind::Contact,
    RecordKind::Employer,
    RecordKind::Note,
    RecordKind::Task,
    RecordKind::Meeting,
    RecordKind::Email,
    RecordKind::Event,
    RecordKind::InterviewSchedule,
    RecordKind::JobListing,
    RecordKind::Experience,
    RecordKind::Student,
];
