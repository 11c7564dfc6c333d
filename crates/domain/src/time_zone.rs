//! The time zone of the institution: whose calendar says what a day is, for everybody who works there.
//!
//! Moments are stored in UTC and calendar days as days. Between the two stands one clock, that of the institution, so
//! that a colleague whose laptop is in another zone has the same "today", the same overdue tasks and the same day in a
//! message as everybody else. Where an institution has none, from before there was this setting, it is the clock of
//! each computer.

use crate::moment::Zone;
use chrono::{DateTime, Duration, NaiveDate, TimeZone as _};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The clock that people at a computer read times on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TimeZone {
    /// Its IANA name, such as "America/New_York".
    pub name: String,
    /// This computer's clock shows another time, now or in the year around: then times say which zone they are in.
    pub is_elsewhere: bool,
}

impl TimeZone {
    /// The institution's clock as a computer in the zone `here` shows it at `now`.
    pub fn seen_from(institution: Zone, here: Zone, now: i64) -> TimeZone {
        TimeZone { name: institution.name().to_owned(), is_elsewhere: !shows_same(institution, here, now) }
    }
}

/// What the clock of a zone shows at a moment. Further than a calendar goes it shows the beginning of 1970.
pub fn clock(at: i64, zone: Zone) -> DateTime<Zone> {
    DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone)
}

/// The day of a moment, as `yyyy-mm-dd` prints it.
pub fn day(at: i64, zone: Zone) -> NaiveDate {
    clock(at, zone).date_naive()
}

/// Steps in which the end of a gap in a clock is looked for; all gaps end at a quarter of an hour.
const STEP_MINUTES: i64 = 15;

/// When a day begins, in milliseconds since 1970: at midnight, at the first one where it comes twice, and where a clock
/// leaves it out at the first moment after. A day that is left out as a whole begins with the next one.
pub fn begins(day: NaiveDate, zone: Zone) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    // Samoa left out a day of 24 hours; no clock ever left out more.
    let steps = (0..=25 * 60 / STEP_MINUTES).map(|step| midnight + Duration::minutes(step * STEP_MINUTES));
    let first = steps.into_iter().find_map(|local| zone.from_local_datetime(&local).earliest());
    first.map_or_else(|| midnight.and_utc().timestamp_millis(), |moment| moment.timestamp_millis())
}

/// When the day after a moment's begins.
pub fn ends(day: NaiveDate, zone: Zone) -> i64 {
    day.succ_opt().map_or(i64::MAX, |next| begins(next, zone))
}

/// The day of a moment as letters write it: "December 12, 2026".
pub fn written_day(at: i64, zone: Zone) -> String {
    let moment = DateTime::from_timestamp_millis(at).map(|moment| moment.with_timezone(&zone));
    moment.map(|at| at.format("%B %-d, %Y").to_string()).unwrap_or_default()
}

/// Whether two clocks show the same time in the year around a moment, as in New York and Detroit.
fn shows_same(one: Zone, other: Zone, now: i64) -> bool {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    (-26..=26).all(|week| {
        let at = now.saturating_add(week * 7 * DAY);
        clock(at, one).naive_local() == clock(at, other).naive_local()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn at(text: &str) -> i64 {
        moment::read(text, Zone::UTC).expect("a moment")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn days_that_are_shorter_and_longer() {
        let new_york = Zone::America__New_York;
        let length = |day| (ends(date(day), new_york) - begins(date(day), new_york)) / HOUR;
        assert_eq!((length("2026-03-07"), length("2026-03-08"), length("2026-11-01")), (24, 23, 25));
        assert_eq!(begins(date("2026-03-08"), new_york), at("2026-03-08T05:00:00Z"));
        assert_eq!(ends(date("2026-03-08"), new_york), at("2026-03-09T04:00:00Z"));
        // The hour that comes twice is all of one day.
        for hour in ["05:30", "06:30"] {
            assert_eq!(day(at(&format!("2026-11-01T{hour}:00Z")), new_york), date("2026-11-01"));
        }
    }

    #[test]
    fn zones_with_half_hours_and_midnights_left_out() {
        assert_eq!(begins(date("2026-06-01"), Zone::Asia__Kolkata), at("2026-05-31T18:30:00Z"));
        assert_eq!(begins(date("2026-06-01"), Zone::Asia__Kathmandu), at("2026-05-31T18:15:00Z"));
        // At midnight the clocks went to one.
        assert_eq!(begins(date("2018-11-04"), Zone::America__Sao_Paulo), at("2018-11-04T03:00:00Z"));
        // At one the clocks go back to midnight: it comes twice, and the day begins with the first.
        assert_eq!(begins(date("2026-11-01"), Zone::America__Havana), at("2026-11-01T04:00:00Z"));
        // Samoa left out the thirtieth.
        assert_eq!(begins(date("2011-12-30"), Zone::Pacific__Apia), begins(date("2011-12-31"), Zone::Pacific__Apia));
    }

    #[test]
    fn a_laptop_in_another_zone() {
        let seen = |here| TimeZone::seen_from(Zone::America__New_York, here, at("2026-07-01T12:00:00Z"));
        assert!(!seen(Zone::America__New_York).is_elsewhere);
        assert!(!seen(Zone::America__Detroit).is_elsewhere, "another name for the same time");
        assert!(seen(Zone::America__Chicago).is_elsewhere);
        // The same today, but not in winter.
        assert!(seen(Zone::America__Santo_Domingo).is_elsewhere);
        // Late in the evening in New York it is tomorrow in Paris.
        let late = at("2026-07-02T02:30:00Z");
        assert_eq!(day(late, Zone::America__New_York), date("2026-07-01"));
        assert_eq!(day(late, Zone::Europe__Paris), date("2026-07-02"));
        assert_eq!(written_day(late, Zone::America__New_York), "July 1, 2026");
        assert_eq!(written_day(i64::MAX, Zone::UTC), "", "further than a calendar goes");
    }

    proptest! {
        /// Every moment lies in the day it is said to be of, in every zone.
        #[test]
        fn moments_lie_in_their_day(minutes in 22_100_000i64..42_000_000, zone in 0..chrono_tz::TZ_VARIANTS.len()) {
            let (zone, at) = (chrono_tz::TZ_VARIANTS[zone], minutes * 60_000);
            let day = day(at, zone);
            prop_assert!(begins(day, zone) <= at && at < ends(day, zone), "{} {} {}", zone, day, at);
        }

        #[test]
        fn any_moment_has_a_day(at: i64, zone in 0..chrono_tz::TZ_VARIANTS.len()) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let _ = (day(at, zone), written_day(at, zone), TimeZone::seen_from(zone, Zone::UTC, at));
        }
    }
}
