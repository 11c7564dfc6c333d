//! How pages show times, days, longer texts, and where a list goes on.

use crate::posting::After;
use crate::visit::Visit;
use liaison_domain::moment::{self, Zone};
use liaison_domain::time_zone::{clock, day};
use liaison_domain::{Record, Value, event};
use maud::{Markup, html};

/// The zone of an event: its own, else that of the institution.
fn zone(visit: &Visit, event: &Record) -> Zone {
    moment::zone(event.text(&event::TIME_ZONE)).unwrap_or(visit.site.zone)
}

/// When an event is, on the clock of its place: "Fri, Mar 5, 2027, 9:00 AM to 12:00 PM (America/New York)".
pub(crate) fn when(visit: &Visit, event: &Record) -> Markup {
    let zone = zone(visit, event);
    let at = |value: &Value| if let Value::Moment(at) = value { Some(*at) } else { None };
    let (starts, ends) = (at(event.get(&event::STARTS_AT)), at(event.get(&event::ENDS_AT)));
    html! {
        @if let Some(starts) = starts {
            (time(starts, zone))
            @if let Some(ends) = ends {
                " to "
                @if day(starts, zone) == day(ends, zone) { (clock(ends, zone).format("%-I:%M %p")) } @else { (time(ends, zone)) }
            }
            " (" (zone.name().replace('_', " ")) ")"
        }
    }
}

fn time(at: i64, zone: Zone) -> Markup {
    let at = clock(at, zone);
    html! { time datetime=(at.to_rfc3339()) { (at.format("%a, %b %-d, %Y, %-I:%M %p")) } }
}

/// A moment on the clock of an event.
pub(crate) fn moment(visit: &Visit, event: &Record, value: &Value) -> Option<Markup> {
    let zone = zone(visit, event);
    match value {
        Value::Moment(at) => Some(html! { (time(*at, zone)) " (" (zone.name().replace('_', " ")) ")" }),
        _ => None,
    }
}

/// A day that is stored as `yyyy-mm-dd`: "Fri, Mar 5, 2027".
pub(crate) fn date(text: &str) -> Markup {
    let at = moment::read(text, Zone::UTC).map(|at| clock(at, Zone::UTC));
    html! {
        @match at {
            Ok(at) => time datetime=(text) { (at.format("%a, %b %-d, %Y")) },
            Err(_) => (text),
        }
    }
}

/// Today at the institution, as days are stored.
pub(crate) fn today(visit: &Visit) -> String {
    day(crate::moment::now(), visit.site.zone).to_string()
}

/// A longer text, as it was typed.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

/// Where a page of a list begins. Sealed: nobody asks the database with a place of their own.
pub(crate) fn after(visit: &Visit) -> Option<After> {
    let after = visit.site.key.unseal("after", visit.query.raw("after"))?;
    let (record, sorted_by) = after.split_once(' ')?;
    Some(After { record: record.parse().ok()?, sorted_by: sorted_by.parse().ok()? })
}

/// The way to the next page of a list.
pub(crate) fn next(visit: &Visit, last: Option<After>) -> Markup {
    html! {
        @if let Some(After { sorted_by, record }) = last {
            @let after = visit.site.key.seal("after", &format!("{record} {sorted_by}"));
            @let query = form_urlencoded::Serializer::new(String::new()).append_pair("after", &after).finish();
            p { a href={ (visit.path) "?" (query) } { "Next page" } }
        }
    }
}

/// What is offered, in words.
pub(crate) fn listing_type(key: &str) -> &'static str {
    match key {
        "full_time" => "Full-time job",
        "part_time" => "Part-time job",
        "internship" => "Internship",
        "co_op" => "Co-op",
        "volunteer" => "Volunteer work",
        _ => "Not said",
    }
}
