//! E-mails to and from contacts, students and alumni, as they stand in the Emails tab.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// To the contact.
pub const SENT: &str = "sent";
/// From the contact.
pub const RECEIVED: &str = "received";
/// To the contact, and it came back: nobody has read it.
pub const BOUNCED: &str = "bounced";
/// Which way it went.
pub const DIRECTIONS: &[&str] = &[SENT, RECEIVED, BOUNCED];

fields! {
    /// The contact it was written to, or who wrote it. A letter to an employer user is with the linked contact (M45).
    CONTACT = Field::new(3, "contact", "Contact", Group::About, FieldType::Reference { kind: RecordKind::Contact });
    /// Subject line.
    SUBJECT = Field::text(4, "subject", "Subject", Group::Name).required();
    /// The message, plain.
    TEXT = Field::new(5, "text", "Message", Group::About, FieldType::LongText { max: 100_000 });
    /// Sent, received, or sent and come back.
    DIRECTION = Field::new(6, "direction", "Direction", Group::Status, FieldType::Choice { choices: DIRECTIONS });
    /// When it went.
    SENT_AT = Field::new(7, "sent_at", "Date", Group::Schedule, FieldType::Moment);
    /// The person's address it went to or came from.
    ADDRESS = Field::new(8, "address", "Address", Group::Reach, FieldType::Email);
    /// The staff member who wrote, or wrote it down.
    AUTHOR = Field::system(9, "author", "Staff", FieldType::Reference { kind: RecordKind::Staff });
    /// The student or alum it was written to, or who wrote it.
    STUDENT = Field::new(10, "student", "Student", Group::About, FieldType::Reference { kind: RecordKind::Student });
}
