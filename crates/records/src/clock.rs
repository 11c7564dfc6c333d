//! Hybrid logical time: wall-clock order where clocks agree, causal order where they don't; and when a wall clock is not
//! believed.
//!
//! Kulkarni et al., "Logical Physical Clocks", 2014. One tick stands for one operation.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A moment of hybrid logical time: 48 bits of milliseconds since 1970, then a 16-bit counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc(pub u64);

/// The last millisecond that a clock is believed, in the year 6429: beyond it a time would not fit the 63 bits that the
/// database orders by.
const LAST_MILLIS: u64 = (1 << 47) - 1;

impl Hlc {
    /// The wall-clock part, in milliseconds since 1970 (UTC).
    pub fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// The counter that orders operations within one millisecond.
    pub fn counter(self) -> u16 {
        (self.0 & 0xffff) as u16
    }
}

/// The clock of one device. It never gives the same time twice and never goes back, even if the wall clock does.
#[derive(Clone, Debug, Default)]
pub struct HybridClock {
    last: Hlc,
}

impl HybridClock {
    /// A clock that continues after `last`, the latest time found in the journal.
    pub fn resume(last: Hlc) -> HybridClock {
        HybridClock { last }
    }

    /// The time of the next operation, given the wall clock in milliseconds.
    ///
    /// When the counter is full the time runs a millisecond ahead instead of wrapping round.
    pub fn tick(&mut self, wall_millis: u64) -> Hlc {
        let wall = Hlc(wall_millis.min(LAST_MILLIS) << 16);
        self.last = if wall > self.last { wall } else { Hlc(self.last.0.saturating_add(1)) };
        self.last
    }

    /// Takes note of a time seen on an operation from elsewhere, so that what happens here afterwards is later.
    pub fn observe(&mut self, seen: Hlc) {
        self.last = self.last.max(seen);
    }
}

/// A day, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// So far behind the last moment that was believed, a wall clock was set wrong, or lost its battery: time zones and
/// daylight saving are less. In milliseconds.
pub const BEHIND: i64 = DAY;
/// So far ahead of it, nobody has used the desk for a month, or the clock was set wrong: only a person knows which.
pub const AHEAD: i64 = 31 * DAY;
/// Nobody can have used this program before: the beginning of 2020, in milliseconds since 1970.
pub const EARLIEST: i64 = 1_577_836_800_000;

/// A wall clock that stands where it can hardly be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClockDoubt {
    /// What it shows, in milliseconds since 1970.
    pub now: i64,
    /// The last moment that was believed on this device, in milliseconds since 1970; none on one that was never used.
    pub last: Option<i64>,
}

impl ClockDoubt {
    /// Whether a wall clock that shows `now` is in doubt, after `last` was the last moment that was believed; both in
    /// milliseconds since 1970.
    pub fn of(now: i64, last: Option<i64>) -> Option<ClockDoubt> {
        let doubtful = match last {
            Some(last) => now < last.saturating_sub(BEHIND) || now > last.saturating_add(AHEAD),
            None => now < EARLIEST,
        };
        doubtful.then_some(ClockDoubt { now, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ticks_ascend_whatever_the_wall_clock_does(walls in prop::collection::vec(0u64..1 << 40, 1..200), seen in any::<u32>()) {
            let mut clock = HybridClock::default();
            clock.observe(Hlc(u64::from(seen)));
            let mut last = Hlc(u64::from(seen));
            for wall in walls {
                let now = clock.tick(wall);
                prop_assert!(now > last);
                prop_assert!(now.millis() >= wall);
                last = now;
            }
        }
    }

    #[test]
    fn a_clock_beyond_what_fits_stays_in_order() {
        let mut clock = HybridClock::default();
        let (far, next) = (clock.tick(u64::MAX), clock.tick(u64::MAX));
        assert!(far < next && next.0 <= i64::MAX as u64 && far.millis() == LAST_MILLIS);
    }

    #[test]
    fn a_full_counter_runs_into_the_next_millisecond() {
        let mut clock = HybridClock::resume(Hlc((5 << 16) | 0xffff));
        let next = clock.tick(5);
        assert_eq!((next.millis(), next.counter()), (6, 0));
    }

    #[test]
    fn a_clock_a_day_behind_or_a_month_ahead_is_in_doubt() {
        let last = EARLIEST + 100 * DAY;
        let is_doubted = |now| ClockDoubt::of(now, Some(last)).is_some();
        for (now, doubted) in [
            (last, false),
            (last - BEHIND, false),
            (last - BEHIND - 1, true),
            (last + AHEAD, false),
            (last + AHEAD + 1, true),
            (0, true),
        ] {
            assert_eq!(is_doubted(now), doubted, "{now}");
        }
        assert_eq!(ClockDoubt::of(EARLIEST, None), None, "a new desk");
        assert_eq!(ClockDoubt::of(0, None), Some(ClockDoubt { now: 0, last: None }));
    }

    proptest! {
        /// No moment is refused that lies between two that are believed, and none panics.
        #[test]
        fn what_is_believed_is_one_span(last: i64, mut moments: [i64; 3]) {
            moments.sort_unstable();
            let believed = moments.map(|now| ClockDoubt::of(now, Some(last)).is_none());
            prop_assert!(believed[1] || !(believed[0] && believed[2]));
            prop_assert!(ClockDoubt::of(last, Some(last)).is_none());
        }
    }
}
