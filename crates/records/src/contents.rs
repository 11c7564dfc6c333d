//! What an operation is about, told from what it changed.

use crate::id::Id;
use crate::kind::RecordKind;
use crate::operation::OperationKind;

/// What an operation is about: contacts where it changed any, else whatever it changed most of. Who takes part in
/// something comes last: deleting a meeting is about the meeting.
#[derive(Default)]
pub struct Contents {
    /// Per kind, the first record changed and how many were.
    records: [Option<(Id, u64)>; RecordKind::ALL.len()],
}

impl Contents {
    /// Adds a change. A second change of the one record there is so far does not make it two.
    pub fn add(&mut self, kind: RecordKind, record: Id) {
        let (first, count) = self.records[kind as usize - 1].get_or_insert((record, 0));
        if *count != 1 || *first != record {
            *count += 1;
        }
    }

    /// The kind of records an operation of this kind (`None` for one of a newer version) is about, the record where
    /// it is about one, and how many records of that kind it changed.
    pub fn about(&self, operation: Option<OperationKind>) -> (Option<RecordKind>, Option<Id>, u64) {
        let counted = |kind: RecordKind| Some((kind, self.records[kind as usize - 1]?));
        // What comes along with others is not what an operation is about.
        let along = |kind| matches!(kind, RecordKind::Participation | RecordKind::Invitation);
        let weight = |(kind, (_, count)): &(RecordKind, (Id, u64))| (!along(*kind), *count, *kind);
        let most = || RecordKind::ALL.into_iter().filter_map(counted).max_by_key(weight);
        match operation
            .and_then(OperationKind::subject)
            .and_then(counted)
            .or_else(|| counted(RecordKind::Contact))
            .or_else(most)
        {
            Some((kind, (record, 1))) => (Some(kind), Some(record), 1),
            Some((kind, (_, count))) => (Some(kind), None, count),
            None => (None, None, 0),
        }
    }
}
