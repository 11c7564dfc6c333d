//! Identifiers: UUIDv7, so that ids made one after the other also sort one after the other (RFC 9562, section 5.7).

use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The identity of a record, an operation or a device. Sixteen bytes; text form is a lowercase hyphenated UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Id(#[specta(type = String)] Uuid);

impl Id {
    /// An id for the moment `millis` (milliseconds since 1970, UTC) from ten random bytes.
    pub fn from_parts(millis: u64, random: [u8; 10]) -> Id {
        Id(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// An id that is the same everywhere, for what is no record.
    pub const fn constant(number: u128) -> Id {
        Id(Uuid::from_u128(number))
    }

    /// When it was drawn, in milliseconds since 1970.
    pub fn millis(&self) -> u64 {
        self.bytes()[..6].iter().fold(0, |millis, byte| millis << 8 | u64::from(*byte))
    }

    /// The id in its sixteen-byte form.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Reads the sixteen-byte form; `None` for any other length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Id> {
        Uuid::from_slice(bytes).ok().map(Id)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Id, uuid::Error> {
        Uuid::try_parse(text).map(Id)
    }
}

/// Hands out ids of one moment in ascending order, so that a bulk insert appends to its index instead of scattering.
///
/// The 74 random bits of a UUIDv7 are drawn once and then counted up (RFC 9562, section 6.2, method 2).
#[derive(Clone, Debug)]
pub struct IdSequence {
    millis: u64,
    /// Ten bytes as in [`Id::from_parts`], read as one big-endian number.
    tail: u128,
}

impl IdSequence {
    /// A sequence for the moment `millis` that starts from ten random bytes.
    pub fn new(millis: u64, random: [u8; 10]) -> IdSequence {
        let mut wide = [0u8; 16];
        wide[6..].copy_from_slice(&random);
        // The version and variant bits overwrite 6 of the 80 bits, so counting happens in the last 62 only. The top
        // bit of those starts at zero: 2^61 ids fit before it could run over.
        let tail = u128::from_be_bytes(wide) & !(1 << 61);
        IdSequence { millis, tail }
    }

    /// The next id, greater than every one before it.
    pub fn next_id(&mut self) -> Id {
        self.tail += 1;
        let wide = self.tail.to_be_bytes();
        let mut random = [0u8; 10];
        random.copy_from_slice(&wide[6..]);
        Id::from_parts(self.millis, random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_round_trip() {
        let id = Id::from_parts(1_700_000_000_000, [7; 10]);
        assert_eq!(id.to_string().parse::<Id>().expect("own text form"), id);
        assert_eq!(Id::from_bytes(id.bytes()), Some(id));
        assert_eq!(Id::from_bytes(&[1, 2, 3]), None);
    }

    #[test]
    fn a_sequence_ascends_even_from_all_ones() {
        let mut sequence = IdSequence::new(1_700_000_000_000, [0xff; 10]);
        let mut last = sequence.next_id();
        for _ in 0..10_000 {
            let next = sequence.next_id();
            assert!(next > last, "ids of one sequence ascend");
            last = next;
        }
    }
}
