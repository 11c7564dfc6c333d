//! The records of an institution as they are at one place of the hub's log: what a new device begins with, instead of the
//! log from its first operation.
//!
//! A snapshot goes in parts, each compressed by itself and named by its digest. Records stand in the order of their kinds
//! and ids, so that a record can be found in them; each field has its value with what the write that left it counts.

use crate::id::Id;
use crate::journal::{Digest, change_digest};
use crate::kind::{Numbered, RecordKind};
use crate::replication::Stamp;
use crate::value::Value;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};

/// A part is closed once it has so many bytes before it is compressed.
pub const PART: usize = 1 << 20;
/// Most bytes of a part before it was compressed: one record may be long.
const LONGEST: u64 = 64 << 20;

/// What came is not a part of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a part of a snapshot")]
pub struct Malformed;

/// A field of a record with its write: number, value, time and device of its stamp, place of its operation in the log.
pub type HeldField = (u16, Value, u64, Id, u64);

/// What a part has. New kinds of items are added at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A record that is there, also in the trash.
    Record {
        /// The number of its kind, which this version need not know.
        kind: u8,
        /// The record.
        id: Id,
        /// Its fields; see [`fields`].
        packed: Vec<u8>,
    },
    /// A record that was erased for good.
    Erased {
        /// The record.
        record: Id,
        /// The number of its kind.
        kind: u8,
    },
    /// How far a device's chain goes.
    Link {
        /// The device.
        device: Id,
        /// The place of its last operation in the chain.
        sequence: u64,
        /// The link of that one.
        chain: Digest,
    },
}

/// What stands at the head of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The place of the log that it is taken at.
    pub place: u64,
    /// The greatest stamp that was given up to there, as a number.
    pub greatest: u64,
    /// Accepted operations up to there.
    pub operations: u64,
    /// Their changes.
    pub changes: u64,
    /// Records in it.
    pub records: u64,
    /// The digests of its parts; see [`name`].
    pub parts: Vec<String>,
}

/// Packs the fields of a record.
///
/// # Errors
/// None that plain values have.
pub fn pack(fields: &[HeldField]) -> Result<Vec<u8>, Malformed> {
    postcard::to_allocvec(fields).map_err(|_| Malformed)
}

/// Reads the fields of a record.
///
/// # Errors
/// Where nobody packed them.
pub fn fields(packed: &[u8]) -> Result<Vec<HeldField>, Malformed> {
    postcard::from_bytes(packed).map_err(|_| Malformed)
}

/// What a write of a field counts.
pub fn stamp_of(field: &HeldField) -> Stamp {
    Stamp { time: crate::clock::Hlc(field.2), device: field.3 }
}

/// What names a part: the digest of its compressed form, in hexadecimal digits.
pub fn name(part: &[u8]) -> String {
    let digest = change_digest(RecordKind::Institution.into(), Id::constant(0), part);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The kinds in the order they stand in: what others refer to comes before them as far as that goes, so that a device that
/// makes the records one by one finds what they refer to.
pub fn order(kind: u8) -> (usize, u8) {
    use RecordKind::{Attribute, Contact, Employer, Institution, Label, Role, Staff, StaffRole, Student, UserGroup};
    const FIRST: [RecordKind; 10] =
        [Attribute, StaffRole, Staff, Institution, Role, Label, UserGroup, Employer, Contact, Student];
    let at = match Numbered::<RecordKind>::of(kind) {
        Numbered::Known(kind) => FIRST.iter().position(|first| *first == kind),
        Numbered::Other(_) => None,
    };
    (at.unwrap_or(FIRST.len()), kind)
}

/// Puts items into parts.
#[derive(Default)]
pub struct Parts {
    open: Vec<u8>,
    closed: Vec<Vec<u8>>,
}

impl Parts {
    /// Adds an item.
    ///
    /// # Errors
    /// None that plain data have.
    pub fn add(&mut self, item: &Item) -> Result<(), Malformed> {
        self.append(item)?;
        if self.open.len() >= PART { self.close() } else { Ok(()) }
    }

    fn append(&mut self, item: &Item) -> Result<(), Malformed> {
        let start = self.open.len();
        self.open.extend_from_slice(&[0; 4]);
        self.open = postcard::to_extend(item, std::mem::take(&mut self.open)).map_err(|_| Malformed)?;
        let length = u32::try_from(self.open.len() - start - 4).map_err(|_| Malformed)?;
        self.open[start..start + 4].copy_from_slice(&length.to_le_bytes());
        Ok(())
    }

    fn close(&mut self) -> Result<(), Malformed> {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(&self.open).map_err(|_| Malformed)?;
        self.closed.push(deflate.finish().map_err(|_| Malformed)?);
        self.open.clear();
        Ok(())
    }

    /// The parts, compressed.
    ///
    /// # Errors
    /// None that plain data have.
    pub fn finish(mut self) -> Result<Vec<Vec<u8>>, Malformed> {
        if !self.open.is_empty() {
            self.close()?;
        }
        Ok(self.closed)
    }
}

/// Passes each item of a part to `each`. Items of newer kinds are left out.
///
/// # Errors
/// Where it is no part; and what `each` gives.
pub fn each<E: From<Malformed>>(part: &[u8], mut each: impl FnMut(Item) -> Result<(), E>) -> Result<(), E> {
    let mut plain = Vec::new();
    DeflateDecoder::new(part).take(LONGEST).read_to_end(&mut plain).map_err(|_| Malformed)?;
    let mut rest = &plain[..];
    while !rest.is_empty() {
        let (length, behind) = rest.split_first_chunk::<4>().ok_or(Malformed)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (content, behind) = behind.split_at_checked(length).ok_or(Malformed)?;
        // The number of the kind of item stands first, in one byte.
        if content.first().is_some_and(|kind| *kind <= 2) {
            each(postcard::from_bytes(content).map_err(|_| Malformed)?)?;
        }
        rest = behind;
    }
    Ok(())
}

/// One part of these items, however many: what is left of one after an erasure.
///
/// # Errors
/// None that plain data have.
pub fn one_part(items: &[Item]) -> Result<Vec<u8>, Malformed> {
    let mut parts = Parts::default();
    items.iter().try_for_each(|item| parts.append(item))?;
    parts.close()?;
    parts.closed.pop().ok_or(Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id() -> impl Strategy<Value = Id> {
        any::<[u8; 10]>().prop_map(|random| Id::from_parts(7, random))
    }

    fn item() -> impl Strategy<Value = Item> {
        prop_oneof![
            (any::<u8>(), id(), prop::collection::vec(any::<u8>(), 0..300_000))
                .prop_map(|(kind, id, packed)| Item::Record { kind, id, packed }),
            (any::<u8>(), id()).prop_map(|(kind, record)| Item::Erased { record, kind }),
            (id(), any::<u64>(), any::<[u8; 32]>()).prop_map(|(device, sequence, chain)| Item::Link {
                device,
                sequence,
                chain
            }),
        ]
    }

    fn read(part: &[u8]) -> Result<Vec<Item>, Malformed> {
        let mut items = Vec::new();
        each(part, |item| {
            items.push(item);
            Ok::<_, Malformed>(())
        })?;
        Ok(items)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_goes_into_parts_comes_out_of_them(items in prop::collection::vec(item(), 0..12)) {
            let mut parts = Parts::default();
            items.iter().for_each(|item| parts.add(item).expect("plain data"));
            let parts = parts.finish().expect("plain data");
            let read_again: Vec<Item> = parts.iter().flat_map(|part| read(part).expect("a part")).collect();
            prop_assert_eq!(&read_again, &items);
            prop_assert_eq!(read(&one_part(&items).expect("plain data")), Ok(items));
        }

        #[test]
        fn nothing_that_comes_makes_it_panic(bytes: Vec<u8>) {
            let (_read, _fields) = (read(&bytes), fields(&bytes));
        }
    }
}
