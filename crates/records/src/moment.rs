//! Moments as people write them: a day and a time on the clock of a place.

use crate::refusal::Problem;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone as _};
pub use chrono_tz::Tz as Zone;
use chrono_tz::Tz;

/// How a day with a time may be written, beside RFC 3339: as spreadsheets and people write it, year first or, with
/// slashes, month first.
const FORMATS: [&str; 10] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
];

/// The time zone with this IANA name, such as "Europe/Paris".
///
/// # Errors
/// `NotATimeZone`.
pub fn zone(name: &str) -> Result<Tz, Problem> {
    name.trim().parse().map_err(|_| Problem::NotATimeZone)
}

/// A moment from a text, in milliseconds since 1970. A text without an offset is meant on the clock of `zone`: in the
/// hour that comes twice in autumn the first one, in the hour that is left out in spring an hour later. A day alone is
/// its beginning.
///
/// # Errors
/// `NotAMoment`.
pub fn read(text: &str, zone: Tz) -> Result<i64, Problem> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.timestamp_millis());
    }
    let slashed = || NaiveDate::parse_from_str(text, "%m/%d/%Y").ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let timed = FORMATS.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let local = timed.or_else(day).or_else(slashed).ok_or(Problem::NotAMoment)?;
    let there = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
    let moment = there(local).or_else(|| there(local + chrono::Duration::hours(1))).ok_or(Problem::NotAMoment)?;
    Ok(moment.timestamp_millis())
}

/// The day of a moment on the clock of `zone`, as `yyyy-mm-dd`.
///
/// # Errors
/// `NotAMoment`.
pub fn day(text: &str, zone: Tz) -> Result<String, Problem> {
    let moment = DateTime::from_timestamp_millis(read(text, zone)?).ok_or(Problem::NotAMoment)?;
    Ok(moment.with_timezone(&zone).format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_moment_in_many_ways() {
        let paris = zone("Europe/Paris").expect("a zone");
        let noon = 1_788_256_800_000;
        for text in [
            "2026-09-01T10:00:00Z",
            "2026-09-01T12:00:00+02:00",
            "2026-09-01 12:00",
            "2026-09-01T12:00",
            " 2026-09-01 12:00:00 ",
            "2026-09-01 12:00 PM",
            "9/1/2026 12:00 PM",
            "09/01/2026 12:00",
        ] {
            assert_eq!(read(text, paris), Ok(noon), "{text}");
        }
        assert_eq!(read("2026-09-01", Tz::UTC), Ok(noon - 10 * 3_600_000));
        for text in ["", "noon", "2026-13-01 12:00", "2026-02-30", "25:00"] {
            assert_eq!(read(text, paris), Err(Problem::NotAMoment), "{text}");
        }
        assert_eq!(zone("Mars/Olympus"), Err(Problem::NotATimeZone));
    }

    #[test]
    fn hours_that_come_twice_or_never() {
        let paris = zone("Europe/Paris").expect("a zone");
        assert_eq!(read("2026-10-25 02:30", paris), read("2026-10-25T00:30:00Z", paris), "the first one");
        assert_eq!(read("2026-03-29 02:30", paris), read("2026-03-29T01:30:00Z", paris), "an hour later");
    }

    proptest! {
        /// What is read back on the same clock is the same moment, but for the hour that comes twice.
        #[test]
        fn reading_what_a_clock_says(minutes in 0i64..60_000_000) {
            let zone = Tz::America__New_York;
            let moment = DateTime::from_timestamp(minutes * 60, 0).expect("a moment");
            let said = moment.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
            let read = read(&said, zone).expect("read");
            prop_assert!(read == moment.timestamp_millis() || read == moment.timestamp_millis() - 3_600_000);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = read(&text, Tz::UTC);
        }
    }
}
