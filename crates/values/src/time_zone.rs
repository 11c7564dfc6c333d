//! A time zone as iCalendar wants it: the changes of its clock, written out for the years concerned.

use chrono::{DateTime, Datelike, Duration, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// One change of a zone's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockChange {
    /// When, on the clock as it was before.
    pub at: NaiveDateTime,
    /// Seconds east of UTC before it.
    pub from: i32,
    /// Seconds east of UTC after it.
    pub to: i32,
    /// Whether summer time begins.
    pub is_daylight: bool,
    /// What the time is called afterwards, such as "CEST".
    pub name: String,
}

/// How far back the last change before a year is looked for. Zones that change at all do so every year; of the others
/// it only matters what they are at.
const LOOK_BACK_DAYS: i64 = 400;

/// The changes that say what time it is in the zone from `start` to the end of the year of `end`. The first one is the
/// change that the time at `start` goes back to, or a beginning far enough back if there was none.
pub fn clock_changes(zone: Tz, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<ClockChange> {
    let first = start - Duration::days(LOOK_BACK_DAYS);
    let next_year = Utc.with_ymd_and_hms(end.with_timezone(&zone).year() + 1, 1, 1, 0, 0, 0).single();
    // The year ends up to fourteen hours earlier or later than at Greenwich.
    let last = next_year.unwrap_or(end) + Duration::days(1);
    let mut changes = Vec::new();
    // No zone ever changed its clock back within a day.
    let mut day = first;
    while day < last {
        let next = day + Duration::days(1);
        if described(zone, day) != described(zone, next) {
            changes.push(change(zone, first_second_after(zone, day, next)));
        }
        day = next;
    }
    let before_start = changes.iter().rposition(|found| in_utc(found) <= start.naive_utc());
    match before_start {
        Some(index) => changes.split_off(index),
        None => {
            let local = first.with_timezone(&zone);
            let offset = local.offset().fix().local_minus_utc();
            let is_daylight = local.offset().dst_offset() > Duration::zero();
            let name = time_name(zone, first);
            changes.insert(0, ClockChange { at: local.naive_local(), from: offset, to: offset, is_daylight, name });
            changes
        }
    }
}

fn in_utc(change: &ClockChange) -> NaiveDateTime {
    change.at - Duration::seconds(change.from.into())
}

/// What can change: the offset, and whether it is summer time.
fn described(zone: Tz, moment: DateTime<Utc>) -> (i32, bool) {
    let offset = *moment.with_timezone(&zone).offset();
    (offset.fix().local_minus_utc(), offset.dst_offset() > Duration::zero())
}

/// The first second after `before` at which the clock is as at `after`.
fn first_second_after(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
    let (mut low, mut high) = (before.timestamp(), after.timestamp());
    let moment = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or(after);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if described(zone, moment(middle)) == described(zone, before) {
            low = middle;
        } else {
            high = middle;
        }
    }
    moment(high)
}

fn change(zone: Tz, at: DateTime<Utc>) -> ClockChange {
    let (from, _) = described(zone, at - Duration::seconds(1));
    let (to, is_daylight) = described(zone, at);
    let local = at.naive_utc() + Duration::seconds(from.into());
    ClockChange { at: local, from, to, is_daylight, name: time_name(zone, at) }
}

fn time_name(zone: Tz, at: DateTime<Utc>) -> String {
    at.with_timezone(&zone).offset().abbreviation().unwrap_or_default().to_owned()
}

/// An offset as "+0100"; with seconds where it has them.
pub fn utc_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(zone: Tz, year: i32, month: u32) -> Vec<(String, i32, i32, bool, String)> {
        let start = Utc.with_ymd_and_hms(year, month, 10, 12, 0, 0).single().expect("a moment");
        let found = clock_changes(zone, start, start + Duration::hours(1));
        let shown =
            |change: ClockChange| (change.at.to_string(), change.from, change.to, change.is_daylight, change.name);
        found.into_iter().map(shown).collect()
    }

    #[test]
    fn zones_with_and_without_summer_time() {
        let paris = |at: &str, from, to, summer, name: &str| (at.to_owned(), from, to, summer, name.to_owned());
        assert_eq!(
            changes(chrono_tz::Europe::Paris, 2026, 1),
            [
                paris("2025-10-26 03:00:00", 7200, 3600, false, "CET"),
                paris("2026-03-29 02:00:00", 3600, 7200, true, "CEST"),
                paris("2026-10-25 03:00:00", 7200, 3600, false, "CET"),
            ]
        );
        assert_eq!(changes(chrono_tz::America::New_York, 2026, 7).len(), 2);
        let sydney = changes(chrono_tz::Australia::Sydney, 2026, 12);
        assert_eq!((sydney[0].0.as_str(), sydney[0].3, sydney.len()), ("2026-10-04 02:00:00", true, 1));
        let tokyo = changes(chrono_tz::Asia::Tokyo, 2026, 5);
        assert_eq!((tokyo.len(), tokyo[0].1, tokyo[0].2, tokyo[0].4.as_str()), (1, 32_400, 32_400, "JST"));
        let howe = changes(chrono_tz::Australia::Lord_Howe, 2026, 1);
        assert_eq!((howe[1].1, howe[1].2), (39_600, 37_800));
    }

    #[test]
    fn offsets() {
        assert_eq!([0, 3600, -12_600, -75, 20_700].map(utc_offset), ["+0000", "+0100", "-0330", "-000115", "+0545"]);
    }
}
