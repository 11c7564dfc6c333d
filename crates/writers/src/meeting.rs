//! A meeting as an iCalendar file (RFC 5545), for any calendar.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

use liaison_values::time_zone::{clock_changes, utc_offset};

use crate::content_line::ContentLines;

/// Someone who takes part in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participant<'a> {
    /// The name in full; may be empty.
    pub name: &'a str,
    /// The e-mail address.
    pub email: &'a str,
}

/// A meeting. Texts may have several lines; empty ones are left out.
#[derive(Debug, Clone, Copy)]
pub struct Meeting<'a> {
    /// What the meeting is known by, for example its UUID: a calendar that meets it again updates it.
    pub uid: &'a str,
    /// When this was written.
    pub stamp: DateTime<Utc>,
    /// How many times the meeting was changed; calendars keep the version with the highest number.
    pub sequence: u32,
    /// The beginning.
    pub start: DateTime<Utc>,
    /// The end; not before the beginning.
    pub end: DateTime<Utc>,
    /// The IANA name of the zone in which the meeting was planned, such as "Europe/Paris". Calendars then show it right
    /// even when the zone's rules change. Without one the times stand in UTC, which everybody's calendar converts.
    pub zone: Option<&'a str>,
    /// The title.
    pub summary: &'a str,
    /// The place, or the address of a call.
    pub location: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// Who invites.
    pub organizer: Option<Participant<'a>>,
    /// Who else takes part.
    pub attendees: &'a [Participant<'a>],
    /// Minutes before the beginning at which to remind.
    pub reminder: Option<u32>,
}

/// Why a meeting could not be written. Nothing is written before all of it has been looked at.
#[derive(Debug, thiserror::Error)]
pub enum MeetingError {
    /// The end comes before the beginning.
    #[error("the meeting ends before it begins")]
    EndsBeforeStart,
    /// There is no time zone of this name.
    #[error("there is no time zone \"{name}\"")]
    UnknownZone {
        /// The name.
        name: String,
    },
    /// The beginning or the end is too far away for a calendar.
    #[error("a meeting has to be between the years 1900 and 9998")]
    OutOfRange,
    /// An address or a uid has line breaks, blanks or other characters that would begin something else in the file.
    #[error("\"{value}\" cannot be written as {what}")]
    Unsuitable {
        /// What it should have been: "an e-mail address", "a uid".
        what: &'static str,
        /// The value.
        value: String,
    },
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes a file with one meeting.
///
/// The changes of the zone's clock are written out for the years of the meeting, from the tables that the program
/// brings along, so a calendar needs no table of its own. A beginning or end in the hour that comes twice in autumn
/// cannot be said for the second time on the zone's clock; such a meeting is written in UTC.
///
/// # Errors
/// See [`MeetingError`].
pub fn write_meeting(meeting: &Meeting<'_>, writer: impl Write) -> Result<(), MeetingError> {
    if meeting.end < meeting.start {
        return Err(MeetingError::EndsBeforeStart);
    }
    if [meeting.start, meeting.end].iter().any(|moment| !(1900..=9998).contains(&moment.year())) {
        return Err(MeetingError::OutOfRange);
    }
    let has_odd = |text: &str| text.is_empty() || text.chars().any(|c| c.is_control() || c.is_whitespace());
    if has_odd(meeting.uid) {
        return Err(MeetingError::Unsuitable { what: "a uid", value: meeting.uid.to_owned() });
    }
    for person in meeting.organizer.iter().chain(meeting.attendees) {
        if has_odd(person.email) || !person.email.contains('@') {
            return Err(MeetingError::Unsuitable { what: "an e-mail address", value: person.email.to_owned() });
        }
    }
    let zone = meeting.zone.map(named_zone).transpose()?.filter(|zone| *zone != Tz::UTC && can_say(*zone, meeting));
    let mut lines = ContentLines::new(writer);
    lines.line("BEGIN", "VCALENDAR")?;
    lines.line("VERSION", "2.0")?;
    lines.line("PRODID", "-//Liaison//Meetings//EN")?;
    lines.line("CALSCALE", "GREGORIAN")?;
    if let Some(zone) = zone {
        time_zone(zone, meeting, &mut lines)?;
    }
    event(meeting, zone, &mut lines)?;
    lines.line("END", "VCALENDAR")?;
    Ok(lines.finish()?)
}

fn named_zone(name: &str) -> Result<Tz, MeetingError> {
    name.parse().map_err(|_| MeetingError::UnknownZone { name: name.to_owned() })
}

/// Whether the zone's clock tells the beginning and the end, rather than an hour earlier.
fn can_say(zone: Tz, meeting: &Meeting<'_>) -> bool {
    [meeting.start, meeting.end].into_iter().all(|moment| {
        let local = moment.with_timezone(&zone).naive_local();
        zone.from_local_datetime(&local).earliest().is_some_and(|first| first == moment)
    })
}

fn local_time(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn time_zone<W: Write>(zone: Tz, meeting: &Meeting<'_>, lines: &mut ContentLines<W>) -> io::Result<()> {
    lines.line("BEGIN", "VTIMEZONE")?;
    lines.line("TZID", zone.name())?;
    for change in clock_changes(zone, meeting.start, meeting.end) {
        let kind = if change.is_daylight { "DAYLIGHT" } else { "STANDARD" };
        lines.line("BEGIN", kind)?;
        lines.line("DTSTART", &local_time(change.at))?;
        lines.line("TZOFFSETFROM", &utc_offset(change.from))?;
        lines.line("TZOFFSETTO", &utc_offset(change.to))?;
        lines.text("TZNAME", &change.name)?;
        lines.line("END", kind)?;
    }
    lines.line("END", "VTIMEZONE")
}

fn utc(moment: DateTime<Utc>) -> String {
    format!("{}Z", local_time(moment.naive_utc()))
}

fn when<W: Write>(name: &str, moment: DateTime<Utc>, zone: Option<Tz>, lines: &mut ContentLines<W>) -> io::Result<()> {
    match zone {
        Some(zone) => {
            let local = moment.with_timezone(&zone).naive_local();
            lines.line(&format!("{name};TZID={}", zone.name()), &local_time(local))
        }
        None => lines.line(name, &utc(moment)),
    }
}

fn event<W: Write>(meeting: &Meeting<'_>, zone: Option<Tz>, lines: &mut ContentLines<W>) -> io::Result<()> {
    lines.line("BEGIN", "VEVENT")?;
    lines.text("UID", meeting.uid)?;
    lines.line("DTSTAMP", &utc(meeting.stamp))?;
    lines.line("SEQUENCE", &meeting.sequence.to_string())?;
    when("DTSTART", meeting.start, zone, lines)?;
    if meeting.end > meeting.start {
        when("DTEND", meeting.end, zone, lines)?;
    }
    for (name, text) in
        [("SUMMARY", meeting.summary), ("LOCATION", meeting.location), ("DESCRIPTION", meeting.description)]
    {
        if !text.trim().is_empty() {
            lines.text(name, text.trim())?;
        }
    }
    if let Some(person) = meeting.organizer {
        lines.line(&format!("ORGANIZER{}", common_name(person.name)), &mailto(person.email))?;
    }
    for person in meeting.attendees {
        lines.line(&format!("ATTENDEE;ROLE=REQ-PARTICIPANT{}", common_name(person.name)), &mailto(person.email))?;
    }
    if let Some(minutes) = meeting.reminder {
        lines.line("BEGIN", "VALARM")?;
        lines.line("ACTION", "DISPLAY")?;
        lines.line("TRIGGER", &format!("-PT{minutes}M"))?;
        let text = if meeting.summary.trim().is_empty() { "Meeting" } else { meeting.summary.trim() };
        lines.text("DESCRIPTION", text)?;
        lines.line("END", "VALARM")?;
    }
    lines.line("END", "VEVENT")
}

/// The name as a parameter. A quoted parameter can have anything but quotation marks and control characters, which
/// no name needs; the escapes of RFC 6868 are unknown to most calendars.
fn common_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let name: String = name.trim().replace('"', "'").chars().map(allowed).collect();
    if name.is_empty() { name } else { format!(";CN=\"{name}\"") }
}

/// The address as RFC 6068 wants it: what means something in a link, and what is not ASCII, by its bytes.
fn mailto(email: &str) -> String {
    let mut link = String::from("mailto:");
    for byte in email.bytes() {
        if byte.is_ascii_alphanumeric() || b"!$'*+-._~@".contains(&byte) {
            link.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(link, "%{byte:02X}");
        }
    }
    link
}
