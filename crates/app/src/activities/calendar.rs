//! Meetings for calendars.

use super::timeline;
use crate::error::CommandError;
use crate::files;
use crate::files::Destination;
use crate::session::Session;
use chrono::DateTime;
use liaison_domain::disclosure::{Chosen, described};
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, contact, meeting, organization, student};
use liaison_exchange::{Meeting, MeetingError, Participant, write_meeting};
use liaison_store::journal;
use std::io::Write;

/// Writes a meeting as an iCalendar file where a person said, and into the journal that it left the desk.
pub async fn meeting_save(session: &Session, id: Id, to: Destination<'_>) -> Result<(), CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let mut calendar = Vec::new();
    meeting_calendar(session, id, &mut calendar).await?;
    let mut file = files::new_file(session.directory(), to)?;
    let told = described(&session.registry(), RecordKind::Meeting, 1, Some(&to.file_name()), Chosen::ByHand);
    // Before anything is written: what went into a pipe can't be taken back.
    session.record_event(OperationKind::DataExport, told).await?;
    file.write_all(&calendar)?;
    file.finish()
}

/// Writes a meeting as an iCalendar file. Its version counts up with each change, so that calendars keep the last.
pub async fn meeting_calendar(session: &Session, id: Id, to: impl Write) -> Result<(), CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let attendees = timeline::participants_list(session, RecordKind::Meeting, id).await?;
    let (record, changes, with, organizer) = session
        .read(|view| {
            let record = view.get(RecordKind::Meeting, id)?.record;
            let with = match record.get(&meeting::CONTACT).as_reference() {
                Some(with) => {
                    let person = view.get(RecordKind::Contact, with)?.record;
                    let name = view.name_of(RecordKind::Contact, with)?.unwrap_or_default();
                    Some((name, person.text(&contact::EMAIL).to_owned()))
                }
                None => None,
            };
            let with = match (with, record.get(&meeting::STUDENT).as_reference()) {
                (None, Some(id)) => {
                    let person = view.get(RecordKind::Student, id)?.record;
                    let name = view.name_of(RecordKind::Student, id)?.unwrap_or_default();
                    Some((name, person.text(&student::EMAIL).to_owned()))
                }
                (with, _) => with,
            };
            let organizer = match record.get(&meeting::ORGANIZER).as_reference() {
                Some(staff) => {
                    let person = view.get(RecordKind::Staff, staff)?.record;
                    let name = view.name_of(RecordKind::Staff, staff)?.unwrap_or_default();
                    Some((name, person.text(&organization::STAFF_EMAIL).to_owned()))
                }
                None => None,
            };
            // A count of the meeting just read.
            Ok((record, journal::change_count(view.everything(), id)?, with, organizer))
        })
        .await?;
    let guests = match record.get(&meeting::GUESTS) {
        Value::List(guests) => guests.as_slice(),
        _ => &[],
    };
    let mut people: Vec<(&str, &str)> = with.iter().map(|(name, email)| (name.as_str(), email.as_str())).collect();
    people.extend(attendees.iter().map(|attendee| (attendee.name.as_str(), attendee.email.as_str())));
    people.extend(guests.iter().map(|guest| meeting::guest(guest)));
    let people: Vec<Participant<'_>> = people
        .into_iter()
        .filter(|(_, email)| !email.is_empty())
        .map(|(name, email)| Participant { name, email })
        .collect();
    let start = moment(record.get(&meeting::STARTS_AT)).ok_or_else(|| refused(meeting::STARTS_AT.key))?;
    let zone = record.text(&meeting::TIME_ZONE);
    let written = Meeting {
        uid: &id.to_string(),
        stamp: DateTime::from_timestamp_millis(session.now() as i64).unwrap_or_default(),
        sequence: changes.saturating_sub(1),
        start,
        end: moment(record.get(&meeting::ENDS_AT)).unwrap_or(start),
        zone: (!zone.is_empty()).then_some(zone),
        summary: record.text(&meeting::TITLE),
        location: record.text(&meeting::LOCATION),
        description: record.text(&meeting::DESCRIPTION),
        organizer: organizer
            .as_ref()
            .filter(|(_, email)| !email.is_empty())
            .map(|(name, email)| Participant { name, email }),
        attendees: &people,
        reminder: match record.get(&meeting::REMIND_MINUTES) {
            Value::Number(minutes) => u32::try_from(*minutes).ok(),
            _ => None,
        },
    };
    write_meeting(&written, to).map_err(|error| match error {
        MeetingError::OutOfRange | MeetingError::EndsBeforeStart => refused(meeting::STARTS_AT.key),
        error => CommandError::internal(error),
    })
}

fn moment(value: &Value) -> Option<DateTime<chrono::Utc>> {
    value.as_moment().and_then(DateTime::from_timestamp_millis)
}

fn refused(field: &str) -> CommandError {
    Refusal::of(field, Problem::NotAMoment).into()
}
