//! Hybrid logical time: wall-clock order where clocks agree, causal order where they don't.
//!
//! Kulkarni et al., "Logical Physical Clocks", 2014. One tick stands for one operation.

use serde::{Deserialize, Serialize};

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
}
