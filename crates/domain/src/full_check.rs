//! When the whole desk is checked by itself.

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Days between two full checks.
const EVERY: i64 = 7 * DAY;
/// Once it is so long overdue, nobody's work is waited for.
const OVERDUE: i64 = 7 * DAY;
/// A desk is at rest when nobody has asked for anything for so long, in milliseconds.
const REST: i64 = 5 * 60 * 1000;

/// How things stand with a desk. Moments are milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// When the last full check ended.
    pub last_check: Option<i64>,
    /// When the desk was set up: one that was never checked is overdue from there.
    pub first_used: i64,
    /// When somebody was last there.
    pub last_used: i64,
    /// Whether the computer runs on its battery; false where nobody knows.
    pub on_battery: bool,
}

/// Whether the full check is to be made now. A last check that lies ahead was made by a clock that was wrong: it does
/// not count.
pub fn is_due(standing: &Standing, now: i64) -> bool {
    let last = standing.last_check.filter(|last| *last <= now);
    if last.is_some_and(|last| now - last < EVERY) || standing.on_battery {
        return false;
    }
    let at_rest = now - standing.last_used >= REST || standing.last_used > now;
    at_rest || now - last.unwrap_or(standing.first_used) >= EVERY + OVERDUE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_800_000_000_000;

    fn standing(days: Option<i64>, idle_minutes: i64) -> Standing {
        Standing {
            last_check: days.map(|days| NOW - days * DAY),
            first_used: NOW - 3 * DAY,
            last_used: NOW - idle_minutes * 60_000,
            on_battery: false,
        }
    }

    #[test]
    fn once_a_week_while_nobody_works() {
        assert!(is_due(&standing(None, 10), NOW), "never checked");
        assert!(!is_due(&standing(None, 1), NOW), "but somebody works");
        assert!(!is_due(&standing(Some(6), 10), NOW));
        assert!(is_due(&standing(Some(7), 10), NOW));
        assert!(!is_due(&standing(Some(7), 1), NOW));
        assert!(is_due(&standing(Some(14), 1), NOW), "somebody always works");
        let old = Standing { first_used: NOW - 14 * DAY, ..standing(None, 1) };
        assert!(is_due(&old, NOW), "somebody always worked since the set-up");
        assert!(is_due(&standing(Some(-3), 10), NOW), "a clock that was ahead");
        assert!(!is_due(&Standing { on_battery: true, ..standing(Some(30), 10) }, NOW));
    }

    proptest! {
        #[test]
        fn never_twice_within_a_week(last in 0..NOW, later in 0..EVERY, idle in 0..NOW, on_battery: bool) {
            let standing = Standing { last_check: Some(last), first_used: 0, last_used: last + later - idle, on_battery };
            prop_assert!(!is_due(&standing, last + later));
        }
    }
}
