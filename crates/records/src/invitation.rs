//! Invitations and reminders: one record for each that went out, so that the ledger says who was asked when (M35, M41,
//! M51, B8). A token itself is never stored, only its hash.

use crate::field::{Field, FieldType, fields};
use crate::kind::RecordKind;

/// The first message, with the button "Activate Your Account".
pub const WELCOME: &str = "welcome";
/// Another one to somebody who has not activated.
pub const REMINDER: &str = "reminder";
/// Which message it was.
pub const TYPES: &[&str] = &[WELCOME, REMINDER];

fields! {
    /// The student or alum invited.
    STUDENT = Field::system(3, "student", "User", FieldType::Reference { kind: RecordKind::Student });
    /// The contact invited to become an employer user (M51).
    CONTACT = Field::system(4, "contact", "Contact", FieldType::Reference { kind: RecordKind::Contact });
    /// Welcome or reminder.
    TYPE = Field::system(5, "type", "Type", FieldType::Choice { choices: TYPES });
    /// The address it went to.
    ADDRESS = Field::system(6, "address", "Address", FieldType::Email);
    /// When it went; empty while it has not, and again where it came back.
    SENT_AT = Field::system(7, "sent_at", "Sent", FieldType::Moment);
    /// SHA-256 of the token in its link, in hexadecimal.
    TOKEN_HASH = Field::system(8, "token_hash", "Token", FieldType::Text { max: 64 }).hidden();
    /// From when on the link no longer works.
    EXPIRES_AT = Field::system(9, "expires_at", "Expires", FieldType::Moment);
    /// When the link was used; it works once.
    USED_AT = Field::system(10, "used_at", "Used", FieldType::Moment);
    /// Who sent it.
    AUTHOR = Field::system(11, "author", "Sent by", FieldType::Reference { kind: RecordKind::Staff });
    /// The hybrid logical time it was written, then that it went: never before anything else that this desk knew of (see
    /// `domain::reminder`).
    CLOCK = Field::system(12, "clock", "Clock", FieldType::Moment).hidden();
}
