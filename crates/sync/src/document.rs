//! The fold as the hub keeps its result: of each field of a record the write that counts most.
//!
//! A desk computes the same from its journal (`store::fold`). Order of arrival does not matter to either.

use liaison_domain::replication::{Content, LinkedOperation, Stamp};
use liaison_domain::snapshot::HeldField;
use liaison_domain::{Hlc, Id, Numbered, RecordKind, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a write counts, and where it stands in the log: two writes are concurrent where neither device had the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The write with the greater stamp wins.
    pub stamp: Stamp,
    /// The place of its operation in the hub's log.
    pub place: u64,
}

/// A value with its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The value.
    pub value: Value,
    /// The write that left it.
    pub clock: Clock,
}

/// A record as all accepted operations together leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The place of the accepted operation that brought it into being: else there is no such record, yet.
    pub created: Option<u64>,
    /// Its fields by number, also those this version doesn't know.
    pub fields: BTreeMap<u16, Held>,
}

impl Document {
    /// Takes in a write of a field. Within one operation the later of two writes wins.
    pub fn write(&mut self, field: u16, value: Value, clock: Clock) {
        match self.fields.get_mut(&field) {
            Some(held) if held.clock.stamp > clock.stamp => {}
            Some(held) => *held = Held { value, clock },
            None => {
                self.fields.insert(field, Held { value, clock });
            }
        }
    }

    /// Its fields as a snapshot has them.
    pub fn held(&self) -> impl Iterator<Item = HeldField> {
        self.fields.iter().map(|(field, Held { value, clock: Clock { stamp, place } })| {
            (*field, value.clone(), stamp.time.0, stamp.device, *place)
        })
    }

    /// A record from the fields of a snapshot; `created` is the place of the operation that brought it into being.
    pub fn from_held(created: Option<u64>, held: Vec<HeldField>) -> Document {
        let each = |(field, value, time, device, place): HeldField| {
            (field, Held { value, clock: Clock { stamp: Stamp { time: Hlc(time), device }, place } })
        };
        Document { created, fields: held.into_iter().map(each).collect() }
    }

    /// The value of a field.
    pub fn value(&self, field: u16) -> &Value {
        self.fields.get(&field).map_or(&Value::Empty, |held| &held.value)
    }
}

/// What names a record: the number of its kind, which this version need not know, and its id.
pub type Key = (u8, Id);

/// The records of one institution, or those of them that a decision is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents {
    /// The records by kind and id.
    pub records: HashMap<Key, Document>,
    /// Records that were erased for good: nothing brings them back.
    pub erased: HashSet<Id>,
}

impl Documents {
    /// Takes in an accepted operation. Returns the records it changed or erased.
    pub fn take(&mut self, operation: &LinkedOperation, clock: Clock) -> Vec<Key> {
        let mut changed = Vec::new();
        for change in &operation.changes {
            let key = (change.kind.number(), change.record);
            if self.erased.contains(&change.record) {
                continue;
            }
            match change.content(operation.operation.kind) {
                Content::Fields { created, fields } => {
                    let document = self.records.entry(key).or_default();
                    if created {
                        document.created.get_or_insert(clock.place);
                    }
                    for field in fields {
                        document.write(field.field, field.after, clock);
                    }
                }
                Content::Erasure => {
                    self.records.remove(&key);
                    self.erased.insert(change.record);
                }
                // What a newer version packed only that can fold; what is erased has no values.
                Content::Gone | Content::Unreadable(_) => continue,
            }
            if !changed.contains(&key) {
                changed.push(key);
            }
        }
        changed
    }

    /// The record, where there is one.
    pub fn get(&self, kind: Numbered<RecordKind>, id: Id) -> Option<&Document> {
        self.records.get(&(kind.number(), id)).filter(|document| document.created.is_some())
    }
}
