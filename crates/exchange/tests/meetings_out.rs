//! Meetings for calendars, read by an independent parser.

use calcard::{
    Entry, Parser,
    icalendar::{ICalendar, ICalendarComponentType as Component},
};
use chrono::{DateTime, Datelike, Duration, TimeZone, Utc};
use liaison_exchange::{Meeting, MeetingError, Participant, write_meeting};
use proptest::prelude::*;

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn meeting() -> Meeting<'static> {
    Meeting {
        uid: "0190c2f4-0000-7000-8000-000000000001",
        stamp: moment("2026-05-01T08:00:00Z"),
        sequence: 2,
        start: moment("2026-07-01T08:30:00Z"),
        end: moment("2026-07-01T09:15:00Z"),
        zone: Some("Europe/Paris"),
        summary: "Visit: Acme, Inc.; campus",
        location: "Room 2",
        description: "Bring\nthe list \\ \"all\"",
        organizer: Some(Participant { name: "Dana \"D\" Reyes", email: "dana@uni.example" }),
        attendees: &[
            Participant { name: "Lee, Ann; Dr.: X", email: "ann?cc=x@acme.example" },
            Participant { name: "", email: "josé@acme.example" },
        ],
        reminder: Some(15),
    }
}

fn write(meeting: &Meeting<'_>) -> String {
    let mut file = Vec::new();
    write_meeting(meeting, &mut file).expect("writes");
    String::from_utf8(file).expect("text")
}

fn parse(file: &str) -> ICalendar {
    let mut parser = Parser::new(file);
    let calendar = match parser.entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("no calendar but {other:?}: {file}"),
    };
    assert!(matches!(parser.entry(), Entry::Eof));
    // The parser forgives components that end in the wrong order.
    let mut open = Vec::new();
    for line in file.split("\r\n") {
        match line.split_once(':') {
            Some(("BEGIN", kind)) => open.push(kind),
            Some(("END", kind)) => assert_eq!(open.pop(), Some(kind)),
            _ => {}
        }
    }
    assert!(open.is_empty());
    calendar
}

/// The values of one property of the component of a kind.
fn texts(calendar: &ICalendar, kind: &Component, name: &str) -> Vec<String> {
    let components = calendar.components.iter().filter(|component| component.component_type == *kind);
    let entries = components.flat_map(|component| &component.entries).filter(|entry| entry.name.as_str() == name);
    entries.flat_map(|entry| &entry.values).filter_map(|value| value.as_text().map(str::to_owned)).collect()
}

#[test]
fn a_meeting_with_everything() {
    let file = write(&meeting());
    let expect = "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//Liaison//Meetings//EN|CALSCALE:GREGORIAN|\
        BEGIN:VTIMEZONE|TZID:Europe/Paris|\
        BEGIN:DAYLIGHT|DTSTART:20260329T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|TZNAME:CEST|END:DAYLIGHT|\
        BEGIN:STANDARD|DTSTART:20261025T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|TZNAME:CET|END:STANDARD|\
        END:VTIMEZONE|\
        BEGIN:VEVENT|UID:0190c2f4-0000-7000-8000-000000000001|DTSTAMP:20260501T080000Z|SEQUENCE:2|\
        DTSTART;TZID=Europe/Paris:20260701T103000|DTEND;TZID=Europe/Paris:20260701T111500|\
        SUMMARY:Visit: Acme\\, Inc.\\; campus|LOCATION:Room 2|DESCRIPTION:Bring\\nthe list \\\\ \"all\"|\
        ORGANIZER;CN=\"Dana 'D' Reyes\":mailto:dana@uni.example|\
        ATTENDEE;ROLE=REQ-PARTICIPANT;CN=\"Lee, Ann; Dr.: X\":mailto:ann%3Fcc%3Dx@acme.example|\
        ATTENDEE;ROLE=REQ-PARTICIPANT:mailto:jos%C3%A9@acme.example|\
        BEGIN:VALARM|ACTION:DISPLAY|TRIGGER:-PT15M|DESCRIPTION:Visit: Acme\\, Inc.\\; campus|END:VALARM|\
        END:VEVENT|END:VCALENDAR|";
    assert_eq!(file.replace("\r\n ", "").replace("\r\n", "|"), expect);
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    let calendar = parse(&file);
    assert_eq!(texts(&calendar, &Component::VEvent, "SUMMARY"), ["Visit: Acme, Inc.; campus"]);
    assert_eq!(texts(&calendar, &Component::VEvent, "DESCRIPTION"), ["Bring\nthe list \\ \"all\""]);
    assert_eq!(texts(&calendar, &Component::VTimezone, "TZID"), ["Europe/Paris"]);
}

#[test]
fn without_a_zone_the_times_are_in_utc() {
    for zone in [None, Some("UTC")] {
        let file = write(&Meeting { zone, end: meeting().start, reminder: None, ..meeting() });
        assert!(file.contains("\r\nDTSTART:20260701T083000Z\r\n"));
        assert!(!file.contains("VTIMEZONE") && !file.contains("DTEND") && !file.contains("VALARM"));
    }
}

#[test]
fn the_hour_that_comes_twice() {
    // 2:30 comes at 0:30 and at 1:30 UTC.
    let at =
        |start: &str| write(&Meeting { start: moment(start), end: moment(start) + Duration::hours(2), ..meeting() });
    assert!(at("2026-10-25T00:30:00Z").contains("DTSTART;TZID=Europe/Paris:20261025T023000"));
    assert!(at("2026-10-25T01:30:00Z").contains("DTSTART:20261025T013000Z"));
    assert!(at("2026-10-25T02:30:00Z").contains("DTSTART;TZID=Europe/Paris:20261025T033000"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let refused = |meeting: Meeting<'_>| {
        let mut file = Vec::new();
        let error = write_meeting(&meeting, &mut file).expect_err("is refused");
        assert!(file.is_empty(), "nothing is written");
        error.to_string()
    };
    let person = |email| Participant { name: "Ann", email };
    assert_eq!(
        refused(Meeting { end: meeting().start - Duration::seconds(1), ..meeting() }),
        "the meeting ends before it begins"
    );
    assert_eq!(refused(Meeting { zone: Some("Mars/Base"), ..meeting() }), "there is no time zone \"Mars/Base\"");
    for email in ["", "ann", "a@b.example\r\nATTENDEE:mailto:x@y.example", "a b@c.example"] {
        let error = refused(Meeting { attendees: &[person(email)], ..meeting() });
        assert!(error.ends_with("cannot be written as an e-mail address"), "{error}");
        assert!(matches!(
            write_meeting(&Meeting { organizer: Some(person(email)), ..meeting() }, Vec::new()),
            Err(MeetingError::Unsuitable { .. })
        ));
    }
    refused(Meeting { uid: "a\nb", ..meeting() });
    refused(Meeting { end: Utc.with_ymd_and_hms(20_000, 1, 1, 0, 0, 0).single().expect("a moment"), ..meeting() });
}

/// The offset that the zone in the file has at a local time, in seconds: that of the last change before it.
fn offset_in_file(file: &str, local: &str) -> i32 {
    let zone =
        file.split("BEGIN:VTIMEZONE").nth(1).and_then(|rest| rest.split("END:VTIMEZONE").next()).expect("a zone");
    let mut found = ("", "");
    for change in zone.split("BEGIN:").skip(1) {
        let value = |name: &str| {
            change
                .lines()
                .find_map(|line| line.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')))
                .expect("there")
        };
        let at = value("DTSTART");
        if at <= local && at > found.0 {
            found = (at, value("TZOFFSETTO"));
        }
    }
    let digits =
        |range: std::ops::Range<usize>| found.1.get(range).map_or(0, |text| text.parse::<i32>().expect("digits"));
    let seconds = digits(1..3) * 3600 + digits(3..5) * 60 + if found.1.len() > 5 { digits(5..7) } else { 0 };
    if found.1.starts_with('-') { -seconds } else { seconds }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_zone_in_the_file_tells_the_time(
        zone in prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
        start in -500_000_000_i64..2_500_000_000,
        minutes in 1_i64..600_000,
    ) {
        let start = DateTime::from_timestamp(start, 0).expect("a moment");
        let end = start + Duration::minutes(minutes);
        let file = write(&Meeting { zone: Some(zone.name()), start, end, ..meeting() });
        parse(&file);
        for (name, moment) in [("DTSTART", start), ("DTEND", end)] {
            let event = file.split("BEGIN:VEVENT").nth(1).expect("an event").replace("\r\n ", "");
            let line = event.lines().find(|line| line.starts_with(name)).expect("a time").to_owned();
            let (_, text) = line.rsplit_once(':').expect("a value");
            let said = chrono::NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S")?;
            let offset = if text.ends_with('Z') { 0 } else { offset_in_file(&file, text) };
            prop_assert_eq!(said - Duration::seconds(offset.into()), moment.naive_utc(), "{} {}", zone, file);
            prop_assert!(said.year() > 1900);
        }
    }

    #[test]
    fn no_text_adds_to_the_file(text in any::<String>().prop_map(|text| {
            // The parser drops blanks after others.
            let text = text.replace([' ', '\t'], "");
            format!("{text}\r\nEND:VEVENT\nBEGIN:VEVENT\r{text}\u{2028}\u{85}")
        })) {
        let attendees = [Participant { name: &text, email: "a@b.example" }];
        let mut whole = meeting();
        (whole.summary, whole.location, whole.description, whole.attendees) = (&text, &text, &text, &attendees);
        whole.organizer = Some(attendees[0]);
        let file = write(&whole);
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let calendar = parse(&file);
        let kinds = |kind: &Component| calendar.components.iter().filter(|found| found.component_type == *kind).count();
        prop_assert_eq!((kinds(&Component::VEvent), kinds(&Component::VAlarm)), (1, 1));
        prop_assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
        let tidy = |text: &str| {
            let lines = text.trim().replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
            lines.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect::<String>()
        };
        prop_assert_eq!(texts(&calendar, &Component::VEvent, "DESCRIPTION"), [tidy(&text)]);
    }
}
