//! Meetings with contacts, and with students and alumni. Further contacts take part through [`crate::participation`].

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// The contact it is with in the first place, where it is with one.
    CONTACT = Field::new(3, "contact", "Contact", Group::About, FieldType::Reference { kind: RecordKind::Contact });
    /// What it is about.
    TITLE = Field::text(4, "title", "Subject", Group::Name).required();
    /// When it begins.
    STARTS_AT = Field::new(5, "starts_at", "Starts", Group::Schedule, FieldType::Moment).required();
    /// When it ends.
    ENDS_AT = Field::new(6, "ends_at", "Ends", Group::Schedule, FieldType::Moment);
    /// The time zone its times were agreed in, by its IANA name.
    TIME_ZONE = Field::text(7, "time_zone", "Time zone", Group::Schedule);
    /// A room, an address or a link.
    LOCATION = Field::text(8, "location", "Location", Group::Schedule);
    /// People who are no contacts, as "Name <address>".
    GUESTS = Field::new(9, "guests", "Guests", Group::About, FieldType::List);
    /// Minutes before the beginning at which to be reminded.
    REMIND_MINUTES = Field::new(10, "remind_minutes", "Reminder, minutes before", Group::Schedule, FieldType::Number);
    /// Agenda and outcome.
    DESCRIPTION = Field::new(11, "description", "Notes", Group::About, FieldType::LongText { max: 20_000 });
    /// The staff member who holds it.
    ORGANIZER = Field::new(12, "organizer", "Organizer", Group::About, FieldType::Reference { kind: RecordKind::Staff });
    /// The student or alum it is with, where it is with one.
    STUDENT = Field::new(13, "student", "Student", Group::About, FieldType::Reference { kind: RecordKind::Student }).not_imported();
}

/// The name and the address of a guest written as "Name <address>" or as an address alone.
pub fn guest(text: &str) -> (&str, &str) {
    match text.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
        None => ("", text.trim()),
    }
}
