//! What stands in the way of an undo, in groups: “13: Case assigned”, not thirteen times the same.

use liaison_domain::undo::{Conflict, ConflictReason};
use liaison_domain::{Change, Id, OperationKind, RecordKind};
use liaison_engine::names::Names;
use liaison_store::StoreError;
use liaison_store::journal::Logged;
use serde::Serialize;
use specta::Type;
use std::collections::HashSet;

/// Most names beside a reason.
const NAMES_SHOWN: usize = 3;

/// What stands in the way of some records alike.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct UndoReason {
    /// Why.
    pub reason: ConflictReason,
    /// The kind of the later operation, where there was one that this version knows.
    pub later: Option<OperationKind>,
    /// The kind of the records.
    pub kind: RecordKind,
    /// How many.
    pub records: u32,
    /// The names of the first of them that the viewer may know; at most three.
    pub names: Vec<String>,
}

/// What makes records one group.
type Key = (RecordKind, ConflictReason, Option<OperationKind>);

/// The records of each reason so far, in the order they came; each once.
#[derive(Default)]
pub(super) struct Reasons(Vec<(Key, Vec<Id>, HashSet<Id>)>);

impl Reasons {
    /// Adds what stands in the way of a change; `since` is the later operation, where there was one.
    pub fn add(&mut self, change: &Change, conflict: &Conflict, since: Option<&Logged>) {
        let later = since.filter(|_| conflict.is_of_time()).and_then(|since| since.operation.kind.known());
        let key = (change.kind, conflict.reason, later);
        let at = self.0.iter().position(|(known, ..)| *known == key).unwrap_or_else(|| {
            self.0.push((key, Vec::new(), HashSet::new()));
            self.0.len() - 1
        });
        let (_, shown, seen) = &mut self.0[at];
        if seen.insert(change.record) && shown.len() < NAMES_SHOWN {
            shown.push(change.record);
        }
    }

    /// The groups with names, most records first.
    pub fn told(self, names: &mut Names<'_>) -> Result<Vec<UndoReason>, StoreError> {
        let mut reasons = Vec::with_capacity(self.0.len());
        for ((kind, reason, later), shown, seen) in self.0 {
            let mut known = Vec::new();
            for record in shown {
                known.extend(names.of(kind, record)?.filter(|name| !name.is_empty()));
            }
            reasons.push(UndoReason { reason, later, kind, records: seen.len() as u32, names: known });
        }
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.records));
        Ok(reasons)
    }
}
