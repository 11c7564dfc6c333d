//! Time that this device has seen pass, for what can't be undone: the trash empties by it, not by the date.
//!
//! A clock can stand at any date. What is known is how far it went between two looks at it, and how far it can have gone
//! unwatched: what two looks lie apart counts, but a day at most, and nothing where the clock went back. Where it goes
//! back by more than a day, the days that were counted for jumps ahead are taken off again: those jumps were no time. So
//! a device that is seldom used waits longer rather than shorter.

use serde::{Deserialize, Serialize};

/// A day, in milliseconds.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// How long a clock must have gone steadily after a jump until it is relied on, in milliseconds.
pub const STEADY: i64 = 60 * 60 * 1000;

/// What a device remembers of the time it has seen pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenTime {
    /// What the wall clock showed at the last look, in milliseconds since 1970; none before the first.
    pub looked: Option<i64>,
    /// How much time was seen to pass in all, in milliseconds.
    pub passed: i64,
    /// How much since the clock last jumped.
    pub steady: i64,
    /// How much of it was counted for jumps ahead, since the clock last went back.
    pub ahead: i64,
}

impl SeenTime {
    /// After a look at the wall clock, which shows `now`.
    #[must_use]
    pub fn look(self, now: i64) -> SeenTime {
        let step = self.looked.map_or(0, |looked| now.saturating_sub(looked));
        let counted = step.clamp(0, DAY);
        let (passed, ahead) = if step < -DAY {
            (self.passed - self.ahead, 0)
        } else {
            let ahead = if step > DAY { DAY } else { 0 };
            (self.passed.saturating_add(counted), self.ahead.saturating_add(ahead))
        };
        let jumped = self.looked.is_none() || counted != step;
        SeenTime {
            looked: Some(now),
            passed,
            steady: if jumped { 0 } else { self.steady.saturating_add(counted) },
            ahead,
        }
    }

    /// Whether the clock jumped so recently that nothing irrevocable may be decided by it.
    pub fn is_unsure(self) -> bool {
        self.steady < STEADY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_790_000_000_000;

    fn after(steps: &[i64]) -> SeenTime {
        let (mut now, mut seen) = (NOW, SeenTime::default().look(NOW));
        for step in steps {
            now += step;
            seen = seen.look(now);
        }
        seen
    }

    #[test]
    fn a_clock_ahead_and_back_counts_for_nothing_and_is_unsure() {
        let ahead = after(&[40 * DAY]);
        assert_eq!((ahead.passed, ahead.is_unsure()), (DAY, true));
        let back = after(&[40 * DAY, -40 * DAY]);
        assert_eq!((back.passed, back.is_unsure()), (0, true));
        assert!(!after(&[40 * DAY, -40 * DAY, STEADY]).is_unsure());
    }

    #[test]
    fn thirty_one_days_of_use_are_thirty_one_days() {
        let days = after(&[DAY; 31]);
        assert_eq!((days.passed, days.is_unsure()), (31 * DAY, false));
        assert!(after(&[]).is_unsure(), "the first look says nothing");
    }

    proptest! {
        /// Whatever the clock does, more than the true time is never counted but for a day for each time it was set.
        #[test]
        fn never_more_than_passed_and_a_day_for_each_setting(
            steps in prop::collection::vec((0i64..3 * DAY, prop::option::of(-1_000 * DAY..1_000 * DAY)), 0..40),
        ) {
            let (mut truth, mut offset, mut set) = (0, 0, 0);
            let mut seen = SeenTime::default().look(NOW);
            for (passes, sets) in steps {
                truth += passes;
                offset += sets.unwrap_or(0);
                set += i64::from(sets.is_some());
                seen = seen.look(NOW + truth + offset);
                prop_assert!(seen.passed <= truth + set * DAY);
            }
        }

        #[test]
        fn any_clock_is_looked_at(looks in prop::collection::vec(any::<i64>(), 0..20)) {
            let seen = looks.into_iter().fold(SeenTime::default(), SeenTime::look);
            prop_assert!(seen.passed >= seen.ahead && seen.ahead >= 0 && seen.steady >= 0);
        }
    }
}
