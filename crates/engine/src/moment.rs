//! Moments and new ids by the clock of this computer.

use liaison_domain::Id;
use liaison_domain::id::IdSequence;
use rand::RngCore as _;
use std::time::SystemTime;

/// Milliseconds since 1970, UTC.
pub fn now() -> u64 {
    millis_at(SystemTime::now())
}

/// A moment in milliseconds since 1970; a clock that stands before then reads as 1970, for chrono's would panic.
fn millis_at(clock: SystemTime) -> u64 {
    clock.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis().min(i64::MAX as u128) as u64)
}

/// A new id for the moment `now`.
pub fn new_id(now: u64) -> Id {
    ids(now).next_id()
}

/// Ascending ids for the moment `now`.
pub fn ids(now: u64) -> IdSequence {
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    IdSequence::new(now, random)
}

/// A moment in UTC, to the second, for terminals and logs.
pub fn utc_text(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    #[test]
    fn a_clock_before_1970_is_read_without_a_panic() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(365 * 24 * 60 * 60);
        assert_eq!((millis_at(before), millis_at(SystemTime::UNIX_EPOCH + Duration::from_millis(5))), (0, 5));
        assert_eq!(utc_text(-1), "1969-12-31 23:59:59");
    }

    proptest! {
        #[test]
        fn any_moment_has_a_text_or_none(millis: i64) {
            let _ = utc_text(millis);
        }
    }
}
