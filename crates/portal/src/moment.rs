//! Moments and new ids by the hub's clock.

use liaison_domain::Id;
use liaison_domain::id::IdSequence;
use rand::RngCore as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// Ascending ids of this moment.
pub(crate) fn ids() -> IdSequence {
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    IdSequence::new(now() as u64, random)
}

/// A new id.
pub(crate) fn new_id() -> Id {
    ids().next_id()
}
