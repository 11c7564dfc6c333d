//! Templates of messages, with places for fields of the person they go to.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};

/// The welcome message with the activation link (M35).
pub const WELCOME: &str = "welcome";
/// The reminder with the activation link (M41).
pub const REMINDER: &str = "reminder";
/// A message to contacts or users; carries the unsubscribe line and respects "Do not email".
pub const OUTREACH: &str = "outreach";
/// What a template is for.
pub const PURPOSES: &[&str] = &[WELCOME, REMINDER, OUTREACH];

fields! {
    /// Its name.
    NAME = Field::text(3, "name", "Name", Group::Name).required();
    /// What it is for.
    PURPOSE = Field::new(4, "purpose", "Purpose", Group::Name, FieldType::Choice { choices: PURPOSES }).required();
    /// Subject line, with places for fields like `{{first_name}}`.
    SUBJECT = Field::text(5, "subject", "Subject", Group::About).required();
    /// The text, plain with blank lines between paragraphs, with places for fields.
    TEXT = Field::new(6, "text", "Text", Group::About, FieldType::LongText { max: 50_000 }).required();
}
