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

/// The rows of `t` that lie in the trash on their own: not what was merged, nor what went along with its contact.
pub(super) fn on_its_own(kind: RecordKind) -> String {
    let along = match kind {
        RecordKind::Contact | RecordKind::Employer => " AND t.merged_into IS NULL",
        RecordKind::Email => {
            " AND NOT EXISTS(SELECT 1 FROM contact p WHERE p.id=t.contact AND p.deleted_at=t.deleted_at)
              AND NOT EXISTS(SELECT 1 FROM student p WHERE p.id=t.student AND p.deleted_at=t.deleted_at)"
        }
        RecordKind::Note | RecordKind::Task | RecordKind::Meeting => {
            " AND NOT EXISTS(SELECT 1 FROM contact p WHERE p.id=t.contact AND p.deleted_at=t.deleted_at)"
        }
        _ => "",
    };
    format!("{} t WHERE t.deleted_at IS NOT NULL{along}", kind.key())
}
