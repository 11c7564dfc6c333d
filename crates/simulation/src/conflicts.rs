//! Conflicts as desks find them, and as the hub's log gives them: the rule written a second time.

use crate::hub::Hub;
use liaison_domain::replication::{Content, LinkedOperation, Stamp};
use liaison_domain::{Head, Hlc, Id, RecordKind, Value};
use liaison_sync::conflict::{Write, conflict, is_shown};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A field of a record: the number of its kind, its id, the number of the field.
pub type Contested = (u8, Id, u16);

/// The values to choose from, the one that is there first.
pub type Choices = BTreeMap<Contested, Vec<Value>>;

/// An accepted operation of a journal, or an own one that waits.
pub struct Counted<'o> {
    /// The operation.
    pub linked: &'o LinkedOperation,
    /// What it counts.
    pub stamp: Hlc,
    /// Its place in the hub's log.
    pub place: Option<u64>,
}

/// How much of the log an operation's device had seen.
fn seen(linked: &LinkedOperation) -> u64 {
    match linked.operation.head {
        Head::V2 { seen, .. } => seen,
        Head::V1 | Head::Newer(_) => 0,
    }
}

/// The writes of an operation to fields that people are asked about.
fn writes<'o>(counted: &Counted<'o>) -> Vec<(Contested, Write)> {
    let Counted { linked, stamp, place } = counted;
    let kind = linked.operation.kind;
    let of_others = [RecordKind::Employer, RecordKind::EmployerUser].map(Into::into);
    let has_others = linked.changes.iter().any(|change| of_others.contains(&change.kind));
    let mut found: Vec<(Contested, Write)> = Vec::new();
    for change in &linked.changes {
        let Content::Fields { fields, .. } = change.content(kind) else { continue };
        let Some(of) = change.kind.known() else { continue };
        for field in fields {
            let Some(declared) = of.field_numbered(field.field).filter(|field| is_shown(of, field)) else { continue };
            let key = (of as u8, change.record, field.field);
            if let Some((_, known)) = found.iter_mut().find(|(known, _)| *known == key) {
                known.after = field.after;
                continue;
            }
            let write = Write {
                operation: linked.operation.id,
                stamp: Stamp { time: *stamp, device: linked.operation.device },
                sequence: linked.sequence,
                place: *place,
                seen: seen(linked),
                follows: of == RecordKind::Contact && declared.auto_synced && has_others,
                before: field.before,
                after: field.after,
            };
            found.push((key, write));
        }
    }
    found
}

/// What a journal has, by the rule that desks use.
pub fn in_journal<'o>(operations: impl Iterator<Item = Counted<'o>>) -> Choices {
    let mut by_field: BTreeMap<Contested, Vec<Write>> = BTreeMap::new();
    for (key, write) in operations.flat_map(|counted| writes(&counted)) {
        by_field.entry(key).or_default().push(write);
    }
    let open = by_field.into_iter().filter_map(|(key, writes)| {
        let found = conflict(&writes)?;
        let values = std::iter::once(found.kept.after).chain(found.lost.into_iter().map(|lost| lost.after));
        Some((key, values.collect()))
    });
    open.collect()
}

/// The fields in conflict by the hub's log, found the way it was written: each write takes the place of those its device
/// knew of, and stands beside the others.
pub fn oracle(hub: &Hub) -> BTreeSet<Contested> {
    let mut beside: BTreeMap<Contested, Vec<Write>> = BTreeMap::new();
    let mut all: BTreeMap<Contested, Vec<Write>> = BTreeMap::new();
    let erased: &HashSet<Id> = &hub.documents.erased;
    for decided in hub.log.iter().filter(|decided| decided.refused.is_none()) {
        let counted = Counted { linked: &decided.operation, stamp: decided.stamp, place: Some(decided.place) };
        for (key, write) in writes(&counted) {
            if erased.contains(&key.1) {
                continue;
            }
            let others = beside.entry(key).or_default();
            others.retain(|other| other.stamp.device != write.stamp.device && other.place > Some(write.seen));
            others.push(write.clone());
            all.entry(key).or_default().push(write);
        }
    }
    let is_open = |key: &Contested, writes: &[Write]| {
        let Some(won) = writes.iter().max_by_key(|write| write.stamp) else { return false };
        writes.iter().any(|write| {
            // What its device began with: the first it wrote that the write that won had not received.
            let own = all[key].iter().filter(|own| own.stamp.device == write.stamp.device);
            let mut unknown = own.filter(|own| own.place > Some(won.seen) || won.stamp.device == own.stamp.device);
            let origin = unknown.next().map(|first| &first.before);
            let is_back = origin == Some(&write.after) && write.before != write.after;
            !write.follows && write.after != won.after && !is_back
        })
    };
    beside.iter().filter(|(key, writes)| is_open(key, writes)).map(|(key, _)| *key).collect()
}
