//! The journal: every change of state, in the order it happened, chained so that tampering shows.
//!
//! An [`Operation`] is what a person did, in one step. Its [`Change`]s say what it did to each record: one packed
//! row per record, because a row per field costs twice the time and space.

use crate::clock::Hlc;
use crate::id::Id;
use crate::kind::RecordKind;
use crate::operation::OperationKind;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One field of one record, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Number of the field in the registry of the record's kind.
    pub field: u16,
    /// The value it had.
    pub before: Value,
    /// The value it has from now on.
    pub after: Value,
}

/// What an operation did to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The record's kind.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// True where the operation brought the record into being.
    pub created: bool,
    /// The fields that changed.
    pub fields: Vec<FieldChange>,
}

/// A step a person took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its identity.
    pub id: Id,
    /// When, in hybrid logical time.
    pub time: Hlc,
    /// The staff member who took it.
    pub actor: Id,
    /// The device it was taken on.
    pub device: Id,
    /// What kind of step.
    pub kind: OperationKind,
    /// What the summary needs beside counts and names: a file's name, a role's name. Never a person's data.
    pub detail: String,
    /// The operation it takes back.
    pub undoes: Option<Id>,
}

/// Length of the random salt in front of every packed change, in bytes.
pub const SALT_LENGTH: usize = 16;

/// Packs a change of `count` fields: salt, then whether it created the record, then the fields, in postcard's wire format.
///
/// The salt makes the digest useless for guessing values once they have been erased.
pub fn pack<'a>(
    out: &mut Vec<u8>,
    salt: &[u8; SALT_LENGTH],
    created: bool,
    mut count: usize,
    fields: impl Iterator<Item = (u16, &'a Value, &'a Value)>,
) {
    out.clear();
    out.extend_from_slice(salt);
    out.push(u8::from(created));
    while count >= 0x80 {
        out.push((count as u8 & 0x7f) | 0x80);
        count >>= 7;
    }
    out.push(count as u8);
    for field in fields {
        let taken = std::mem::take(out);
        // Serializing plain data into a growing vector has no way to fail.
        *out = postcard::to_extend(&field, taken).unwrap_or_default();
    }
}

/// A packed change could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a packed change is damaged")]
pub struct Damaged;

/// Reads a packed change: whether it created the record, and the fields.
pub fn unpack(packed: &[u8]) -> Result<(bool, Vec<FieldChange>), Damaged> {
    let body = packed.get(SALT_LENGTH..).ok_or(Damaged)?;
    let (created, fields) = body.split_first().ok_or(Damaged)?;
    Ok((*created == 1, postcard::from_bytes(fields).map_err(|_| Damaged)?))
}

/// A link of the hash chain, SHA-256.
pub type Digest = [u8; 32];

/// The digest of one packed change. It stays valid evidence after the packed form has been erased.
pub fn change_digest(kind: RecordKind, record: Id, packed: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([kind as u8]);
    hash.update(record.bytes());
    hash.update(packed);
    hash.finalize().into()
}

/// Collects the digests of an operation's changes and closes its link of the device's chain.
pub struct Link {
    changes: Sha256,
    count: u64,
}

impl Default for Link {
    fn default() -> Link {
        Link { changes: Sha256::new(), count: 0 }
    }
}

impl Link {
    /// Adds the digest of the next change, in the order of the journal.
    pub fn add(&mut self, change: &Digest) {
        self.changes.update(change);
        self.count += 1;
    }

    /// The chain's next head: over the one before, the operation and the digests of its changes.
    pub fn close(self, previous: &Digest, sequence: u64, operation: &Operation) -> Digest {
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(sequence.to_be_bytes());
        hash.update(operation.id.bytes());
        hash.update(operation.time.0.to_be_bytes());
        hash.update(operation.actor.bytes());
        hash.update(operation.device.bytes());
        hash.update([operation.kind as u8]);
        hash.update((operation.detail.len() as u64).to_be_bytes());
        hash.update(operation.detail.as_bytes());
        match operation.undoes {
            Some(id) => hash.update(id.bytes()),
            None => hash.update([0; 16]),
        }
        hash.update(self.count.to_be_bytes());
        hash.update(self.changes.finalize());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Empty),
            ".{1,40}".prop_map(Value::Text),
            any::<bool>().prop_map(Value::Flag),
            any::<i64>().prop_map(Value::Number),
            any::<i64>().prop_map(Value::Moment),
            any::<[u8; 10]>().prop_map(|bytes| Value::Reference(Id::from_parts(1, bytes))),
            prop::collection::vec(".{0,10}", 1..5).prop_map(Value::List),
        ]
    }

    proptest! {
        #[test]
        fn packing_is_reversible(fields in prop::collection::vec((1u16..400, value(), value()), 0..200), created: bool, salt: [u8; 16]) {
            let mut packed = Vec::new();
            pack(&mut packed, &salt, created, fields.len(), fields.iter().map(|(n, b, a)| (*n, b, a)));
            let (was_created, read) = unpack(&packed).expect("own packing");
            prop_assert_eq!(was_created, created);
            let read: Vec<_> = read.into_iter().map(|c| (c.field, c.before, c.after)).collect();
            prop_assert_eq!(read, fields);
        }

        #[test]
        fn unpacking_never_panics(bytes: Vec<u8>) {
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn the_link_depends_on_every_part() {
        let id = |n| Id::from_parts(n, [1; 10]);
        let operation = Operation {
            id: id(1),
            time: Hlc(5),
            actor: id(2),
            device: id(3),
            kind: OperationKind::ContactsApprove,
            detail: "a".into(),
            undoes: None,
        };
        let close = |operation: &Operation, change: u8, sequence| {
            let mut link = Link::default();
            link.add(&[change; 32]);
            link.close(&[0; 32], sequence, operation)
        };
        let base = close(&operation, 0, 1);
        assert_ne!(base, close(&operation, 1, 1), "a changed change shows");
        assert_ne!(base, close(&operation, 0, 2), "a changed place shows");
        let changed = [
            Operation { id: id(9), ..operation.clone() },
            Operation { time: Hlc(6), ..operation.clone() },
            Operation { actor: id(9), ..operation.clone() },
            Operation { device: id(9), ..operation.clone() },
            Operation { kind: OperationKind::ContactsReject, ..operation.clone() },
            Operation { detail: "b".into(), ..operation.clone() },
            Operation { undoes: Some(id(9)), ..operation.clone() },
        ];
        for other in &changed {
            assert_ne!(base, close(other, 0, 1), "a changed operation shows: {other:?}");
        }
    }
}
