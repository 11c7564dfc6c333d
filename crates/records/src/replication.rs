//! What travels between devices and their hub: operations with their links, and the entries of the hub's log.
//!
//! An operation travels as it was written: its packed changes byte for byte, so that every device can compute its link
//! again. What the hub decides about it, a place in the log and a stamp, goes beside it.

use crate::clock::Hlc;
use crate::id::Id;
use crate::journal::{Digest, FieldChange, Link, Operation, Unreadable, change_digest, unpack};
use crate::kind::{Numbered, RecordKind};
use crate::operation::OperationKind;

/// A change as its device's chain covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedChange {
    /// The record's kind.
    pub kind: Numbered<RecordKind>,
    /// The record.
    pub record: Id,
    /// Its packed form, until it is erased.
    pub packed: Option<Vec<u8>>,
    /// The digest of that form.
    pub digest: Digest,
}

/// What a change says, as far as this version can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// It sets these fields; it brings the record into being where `created`.
    Fields {
        /// Whether the change brought the record into being.
        created: bool,
        /// The fields.
        fields: Vec<FieldChange>,
    },
    /// It erases the record for good: a change without fields that creates nothing, in an operation of a kind that erases
    /// or that only a newer version knows.
    Erasure,
    /// Its values were erased.
    Gone,
    /// Not for this version: a newer one packed it, or nobody did.
    Unreadable(Unreadable),
}

impl Content {
    /// What a packed change of an operation of this kind says; `None` stands for one whose values were erased.
    pub fn of(kind: Numbered<OperationKind>, packed: Option<&[u8]>) -> Content {
        let may_erase = kind.known().is_none_or(OperationKind::erases);
        match packed.map(unpack) {
            None => Content::Gone,
            Some(Ok((false, fields))) if fields.is_empty() && may_erase => Content::Erasure,
            Some(Ok((created, fields))) => Content::Fields { created, fields },
            Some(Err(unreadable)) => Content::Unreadable(unreadable),
        }
    }
}

impl LinkedChange {
    /// A change with its packed form.
    pub fn of(kind: Numbered<RecordKind>, record: Id, packed: Vec<u8>) -> LinkedChange {
        let digest = change_digest(kind, record, &packed);
        LinkedChange { kind, record, packed: Some(packed), digest }
    }

    /// What it says in an operation of this kind.
    pub fn content(&self, kind: Numbered<OperationKind>) -> Content {
        Content::of(kind, self.packed.as_deref())
    }

    /// Whether the digest is that of the packed form; of what was erased nobody can tell any more.
    pub fn is_sound(&self) -> bool {
        let packed = self.packed.as_deref();
        packed.is_none_or(|packed| change_digest(self.kind, self.record, packed) == self.digest)
    }

    /// The change without its values, as it stays after an erasure.
    pub fn without_values(mut self) -> LinkedChange {
        self.packed = None;
        self
    }
}

/// An operation with its place in its device's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedOperation {
    /// The operation.
    pub operation: Operation,
    /// Its place in its device's chain, from 1.
    pub sequence: u64,
    /// Its link.
    pub chain: Digest,
    /// Its changes, in their order.
    pub changes: Vec<LinkedChange>,
}

impl LinkedOperation {
    /// Whether its link follows from `previous`, the link before it, and its changes are what their digests say.
    ///
    /// # Errors
    /// `Newer` where its head is of a newer version, whose link can't be computed here.
    pub fn follows(&self, previous: &Digest) -> Result<bool, Unreadable> {
        let mut link = Link::default();
        self.changes.iter().for_each(|change| link.add(&change.digest));
        let expected = link.close(previous, self.sequence, &self.operation)?;
        Ok(expected == self.chain && self.changes.iter().all(LinkedChange::is_sound))
    }
}

/// What counts between two writes of one field: the greater one wins. Two operations never have the same stamp and
/// device, for a device's stamps ascend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// When, in hybrid logical time, as the hub says.
    pub time: Hlc,
    /// The device, where two have the same time.
    pub device: Id,
}

/// A change of a record that a device erased, which was refused, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The change, with its values.
    pub change: LinkedChange,
    /// What its operation counts.
    pub stamp: Stamp,
    /// The place of its operation in the log.
    pub place: u64,
    /// Whether that counts; it was refused else.
    pub counts: bool,
}

/// One entry of the hub's log, as it goes to one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its place in the log, from 1 without gaps.
    pub place: u64,
    /// What stands there.
    pub entry: Entry,
}

/// What stands at a place of the hub's log, as it goes to one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An operation of another device that was accepted.
    Operation {
        /// What counts for its order.
        stamp: Hlc,
        /// The operation.
        operation: Box<LinkedOperation>,
    },
    /// An operation of the device's own that was accepted.
    Accepted {
        /// Its place in the device's chain.
        sequence: u64,
        /// Its id: another one means that the device's database was copied or restored.
        id: Id,
        /// What counts for its order.
        stamp: Hlc,
    },
    /// An operation of the device's own that was refused.
    Refused {
        /// Its place in the device's chain.
        sequence: u64,
        /// Its id, as above.
        id: Id,
        /// What stood in its way, a key.
        reason: String,
        /// Where it erased records: all that the log has of them so far, for the device has no values of theirs any more.
        restored: Vec<Restored>,
    },
    /// An operation of another device that was refused. Its link is needed to check those that follow.
    Skipped {
        /// The device.
        device: Id,
        /// Its place in the device's chain.
        sequence: u64,
        /// Its link.
        chain: Digest,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Head, SALT_LENGTH, pack};
    use crate::value::Value;

    fn written(created: bool, fields: &[(u16, Value)]) -> Vec<u8> {
        let mut packed = Vec::new();
        let each = fields.iter().map(|(number, after)| (*number, &Value::Empty, after));
        pack(&mut packed, &[7; SALT_LENGTH], created, fields.len(), each);
        packed
    }

    fn operation() -> LinkedOperation {
        let id = |byte| Id::from_bytes(&[byte; 16]).expect("an id");
        let change = LinkedChange::of(RecordKind::Contact.into(), id(4), written(true, &[(4, "Dana".into())]));
        let operation = Operation {
            id: id(1),
            time: Hlc(9),
            actor: id(2),
            device: id(3),
            kind: OperationKind::ContactsCreate.into(),
            detail: String::new(),
            undoes: None,
            head: Head::V2 { wall: 1, seen: 0 },
        };
        let mut link = Link::default();
        link.add(&change.digest);
        let chain = link.close(&[5; 32], 6, &operation).expect("a version of today");
        LinkedOperation { operation, sequence: 6, chain, changes: vec![change] }
    }

    #[test]
    fn a_link_follows_from_the_one_before_and_from_every_change() {
        let sound = operation();
        assert_eq!(sound.follows(&[5; 32]), Ok(true));
        assert_eq!(sound.follows(&[6; 32]), Ok(false), "another link before");
        let mut erased = sound.clone();
        erased.changes = erased.changes.into_iter().map(LinkedChange::without_values).collect();
        assert_eq!(erased.follows(&[5; 32]), Ok(true), "an erasure leaves the chain whole");
        let mut altered = sound.clone();
        altered.changes[0].packed = Some(written(true, &[(4, "Dan".into())]));
        assert_eq!(altered.follows(&[5; 32]), Ok(false), "a value that is not the one of the digest");
        let mut newer = sound;
        newer.operation.head = Head::Newer(3);
        assert_eq!(newer.follows(&[5; 32]), Err(Unreadable::Newer));
    }

    #[test]
    fn a_change_says_what_it_does() {
        let fields = |created, fields| Content::Fields { created, fields };
        let first_name = FieldChange { field: 4, before: Value::Empty, after: "Dana".into() };
        let (edit, erase) = (OperationKind::ContactsEdit.into(), OperationKind::ContactsErase.into());
        let newer = Numbered::<OperationKind>::of(255);
        assert_eq!(Content::of(edit, Some(&written(true, &[(4, "Dana".into())]))), fields(true, vec![first_name]));
        assert_eq!(Content::of(edit, Some(&written(true, &[]))), fields(true, Vec::new()), "a record without a value");
        assert_eq!(Content::of(edit, Some(&written(false, &[]))), fields(false, Vec::new()), "nothing, and no erasure");
        assert_eq!(Content::of(erase, Some(&written(false, &[]))), Content::Erasure);
        assert_eq!(Content::of(newer, Some(&written(false, &[]))), Content::Erasure, "a newer kind is obeyed");
        assert_eq!(Content::of(erase, None), Content::Gone);
        assert_eq!(Content::of(edit, Some(&[1])), Content::Unreadable(Unreadable::Damaged));
    }
}
