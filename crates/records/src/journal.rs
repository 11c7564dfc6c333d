//! The journal: every change of state, in the order it happened, chained so that tampering shows.
//!
//! An [`Operation`] is what a person did, in one step. Its [`Change`]s say what it did to each record: one packed
//! row per record, because a row per field costs twice the time and space.

use crate::clock::Hlc;
use crate::id::Id;
use crate::kind::{Numbered, RecordKind};
use crate::operation::OperationKind;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One field of one record, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    pub kind: Numbered<OperationKind>,
    /// What the summary needs beside counts and names: a file's name, a role's name. Never a person's data.
    pub detail: String,
    /// The operation it takes back.
    pub undoes: Option<Id>,
    /// What its head has beside that.
    pub head: Head,
}

impl Operation {
    /// When it happened, as people are told: what the wall clock showed, in milliseconds since 1970. Of an operation
    /// that doesn't say so, its hybrid logical time, which is the same unless a clock was set back before it.
    pub fn told_at(&self) -> i64 {
        match self.head {
            Head::V2 { wall, .. } => wall,
            Head::V1 | Head::Newer(_) => self.time.millis() as i64,
        }
    }
}

/// The version of an operation's head, with what that version added. The link of the chain covers all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// What operations had at first: nothing more.
    V1,
    /// What is written today.
    V2 {
        /// What the wall clock showed, in milliseconds since 1970. Hybrid logical time says what came before what; once
        /// a clock stood ahead, it no longer says when.
        wall: i64,
        /// How much of the other devices' work this device had received when it wrote the operation: the greatest place
        /// in the hub's log. 0 without a hub.
        seen: u64,
    },
    /// A newer version; its link can't be recomputed here.
    Newer(u8),
}

impl Head {
    /// Its number in the journal.
    pub fn version(self) -> u8 {
        match self {
            Head::V1 => 1,
            Head::V2 { .. } => 2,
            Head::Newer(version) => version,
        }
    }
}

/// Length of the random salt in front of every packed change, in bytes.
pub const SALT_LENGTH: usize = 16;

/// Bit 0 of a packed change's flags: the change brought the record into being.
const CREATED: u8 = 1;

/// Version of the packing, in bits 1 to 7 of the flags. A new kind of [`Value`] or another layout of the fields raises
/// it, so that an older program says that it is too old instead of calling the change damaged.
const PACKING: u8 = 0;

/// Packs a change of `count` fields: salt, then a byte of flags, then the fields, in postcard's wire format.
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
    out.push(PACKING << 1 | if created { CREATED } else { 0 });
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

/// Why something in the journal can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It isn't what anybody wrote.
    #[error("damaged")]
    Damaged,
    /// A newer version wrote it.
    #[error("written by a newer version")]
    Newer,
}

/// Reads a packed change: whether it created the record, and the fields.
pub fn unpack(packed: &[u8]) -> Result<(bool, Vec<FieldChange>), Unreadable> {
    let body = packed.get(SALT_LENGTH..).ok_or(Unreadable::Damaged)?;
    let (flags, fields) = body.split_first().ok_or(Unreadable::Damaged)?;
    if flags >> 1 != PACKING {
        return Err(Unreadable::Newer);
    }
    Ok((flags & CREATED != 0, postcard::from_bytes(fields).map_err(|_| Unreadable::Damaged)?))
}

/// A link of the hash chain, SHA-256.
pub type Digest = [u8; 32];

/// The digest of one packed change. It stays valid evidence after the packed form has been erased.
pub fn change_digest(kind: Numbered<RecordKind>, record: Id, packed: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([kind.number()]);
    hash.update(record.bytes());
    hash.update(packed);
    hash.finalize().into()
}

/// What a link from version 2 on begins with, before the byte of its version.
///
/// No link of version 1 begins like this, whatever digest comes before it: such a link begins with the 32 bytes of the
/// one before and then has its sequence in 8 bytes, the greatest first. Sequences are at most `i64::MAX`, so the first
/// of these 8 is below 0x80; here it is 0xff. So what two versions are computed over is never the same, and a link of
/// one can't be passed off as a link of the other.
const LINK_MARK: [u8; 40] = *b"Liaison journal: link of a head\0\xff\xff\xff\xff\xff\xff\xff\xff";

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

    /// The chain's next head: over the one before, the operation and the digests of its changes. `sequence` is the
    /// operation's place in its device's chain, from 1 to `i64::MAX`.
    ///
    /// # Errors
    /// `Newer` where the operation's head is of a newer version, whose link this one can't compute.
    pub fn close(self, previous: &Digest, sequence: u64, operation: &Operation) -> Result<Digest, Unreadable> {
        let mut hash = Sha256::new();
        if let Head::V2 { .. } = operation.head {
            hash.update(LINK_MARK);
            hash.update([operation.head.version()]);
        }
        hash.update(previous);
        hash.update(sequence.to_be_bytes());
        hash.update(operation.id.bytes());
        hash.update(operation.time.0.to_be_bytes());
        match operation.head {
            Head::V1 => {}
            Head::V2 { wall, seen } => {
                hash.update(wall.to_be_bytes());
                hash.update(seen.to_be_bytes());
            }
            Head::Newer(_) => return Err(Unreadable::Newer),
        }
        hash.update(operation.actor.bytes());
        hash.update(operation.device.bytes());
        hash.update([operation.kind.number()]);
        hash.update((operation.detail.len() as u64).to_be_bytes());
        hash.update(operation.detail.as_bytes());
        if operation.head != Head::V1 {
            hash.update([u8::from(operation.undoes.is_some())]);
        }
        match operation.undoes {
            Some(id) => hash.update(id.bytes()),
            None => hash.update([0; 16]),
        }
        hash.update(self.count.to_be_bytes());
        hash.update(self.changes.finalize());
        Ok(hash.finalize().into())
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

    fn operation() -> impl Strategy<Value = Operation> {
        let id = || (0u64..3, any::<[u8; 10]>()).prop_map(|(millis, random)| Id::from_parts(millis, random));
        let head =
            prop_oneof![Just(Head::V1), (any::<i64>(), any::<u64>()).prop_map(|(wall, seen)| Head::V2 { wall, seen }),];
        (id(), any::<u64>(), id(), id(), any::<u8>(), "[a-c]{0,3}", prop::option::of(id()), head).prop_map(
            |(id, time, actor, device, kind, detail, undoes, head)| Operation {
                id,
                time: Hlc(time),
                actor,
                device,
                kind: Numbered::<OperationKind>::of(kind),
                detail,
                undoes,
                head,
            },
        )
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

        #[test]
        fn a_newer_packing_is_not_called_damaged(version in 1u8..128, created: bool, rest: Vec<u8>) {
            let mut packed = vec![7; SALT_LENGTH];
            packed.push(version << 1 | u8::from(created));
            packed.extend(rest);
            prop_assert_eq!(unpack(&packed), Err(Unreadable::Newer));
        }

        /// Every part of a head and its place change the link, in both versions; and the two never agree.
        #[test]
        fn the_link_depends_on_every_part(
            one in operation(), other in operation(), sequence in 1..=i64::MAX as u64, next in 1..=i64::MAX as u64,
            previous: Digest, before: Digest, digests in prop::collection::vec(any::<Digest>(), 0..4),
        ) {
            let link = |previous, sequence, operation: &Operation, digests: &[Digest]| {
                let mut link = Link::default();
                digests.iter().for_each(|digest| link.add(digest));
                link.close(previous, sequence, operation).expect("a version of today")
            };
            let base = link(&previous, sequence, &one, &digests);
            prop_assert_eq!(base, link(&previous, sequence, &one, &digests));
            let mixed = |change: fn(&mut Operation, &Operation)| {
                let mut mixed = one.clone();
                change(&mut mixed, &other);
                mixed
            };
            for mixed in [
                mixed(|mixed, other| mixed.id = other.id),
                mixed(|mixed, other| mixed.time = other.time),
                mixed(|mixed, other| mixed.actor = other.actor),
                mixed(|mixed, other| mixed.device = other.device),
                mixed(|mixed, other| mixed.kind = other.kind),
                mixed(|mixed, other| mixed.detail.clone_from(&other.detail)),
                mixed(|mixed, other| mixed.undoes = other.undoes),
                mixed(|mixed, other| mixed.head = other.head),
            ] {
                prop_assert_eq!(mixed == one, base == link(&previous, sequence, &mixed, &digests), "{:?}", mixed);
            }
            prop_assert_eq!(before == previous, base == link(&before, sequence, &one, &digests));
            prop_assert_eq!(next == sequence, base == link(&previous, next, &one, &digests));
            prop_assert_ne!(base, link(&previous, sequence, &one, &[&digests[..], &[[1; 32]]].concat()));
        }

        /// What a link of version 1 is computed over never begins with the mark of later ones: its sequence is too small.
        #[test]
        fn no_link_of_version_1_begins_with_the_mark(previous: Digest, sequence in 1..=i64::MAX as u64) {
            for previous in [previous, LINK_MARK[..32].try_into().expect("32 bytes")] {
                let begins = [&previous[..], &sequence.to_be_bytes()].concat();
                prop_assert_ne!(&begins[..], &LINK_MARK[..]);
            }
        }
    }

    #[test]
    fn a_head_of_a_newer_version_has_no_link_here() {
        let mut operation = of_today();
        operation.head = Head::Newer(3);
        assert_eq!(Link::default().close(&[0; 32], 1, &operation), Err(Unreadable::Newer));
        assert_eq!(operation.told_at(), 9_000, "it still says when, by its hybrid time");
    }

    /// Links that were written stay valid for ever: what these two are computed over is written down byte by byte.
    #[test]
    fn links_of_both_versions_are_what_they_always_were() {
        let mut operation = of_today();
        let close = |operation: &Operation| {
            let mut link = Link::default();
            link.add(&[4; 32]);
            link.close(&[5; 32], 6, operation).expect("a version of today")
        };
        let tail = |hash: &mut Sha256, of_undoing: &[u8]| {
            hash.update([2; 16]);
            hash.update([3; 16]);
            hash.update([OperationKind::ContactsApprove as u8]);
            hash.update([0, 0, 0, 0, 0, 0, 0, 1, b'a']);
            hash.update(of_undoing);
            hash.update([0; 16]);
            hash.update([0, 0, 0, 0, 0, 0, 0, 1]);
            hash.update(Sha256::digest([4; 32]));
        };
        let begin = |hash: &mut Sha256| {
            hash.update([5; 32]);
            hash.update([0, 0, 0, 0, 0, 0, 0, 6]);
            hash.update([1; 16]);
            hash.update((9_000u64 << 16).to_be_bytes());
        };
        let mut second = Sha256::new();
        second.update(b"Liaison journal: link of a head\0");
        second.update([0xff; 8]);
        second.update([2]);
        begin(&mut second);
        second.update([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe]);
        second.update([0, 0, 0, 0, 0, 0, 0, 8]);
        tail(&mut second, &[0]);
        assert_eq!(close(&operation), Digest::from(second.finalize()));
        operation.head = Head::V1;
        let mut first = Sha256::new();
        begin(&mut first);
        tail(&mut first, &[]);
        assert_eq!(close(&operation), Digest::from(first.finalize()));
    }

    fn of_today() -> Operation {
        let id = |byte| Id::from_bytes(&[byte; 16]).expect("an id");
        Operation {
            id: id(1),
            time: Hlc(9_000 << 16),
            actor: id(2),
            device: id(3),
            kind: OperationKind::ContactsApprove.into(),
            detail: "a".into(),
            undoes: None,
            head: Head::V2 { wall: -2, seen: 8 },
        }
    }
}
