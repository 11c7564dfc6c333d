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

/// A message to one person, written by hand: no template is for it, and it carries no unsubscribe line.
pub const PERSONAL: &str = "personal";

/// What a place in a template may name, for contacts and users alike. What a kind of person does not have is empty, and
/// the words behind the bar, as in `{{employer|your employer}}`, stand there instead.
pub const PLACES: &[&str] = &[
    "first_name",
    "last_name",
    "full_name",
    "name_prefix",
    "title",
    "employer",
    "email",
    "institution",
    "sender_name",
    "major",
    "graduation_year",
    "group",
];

/// Subject and text for a purpose where the institution has no template of its own.
pub fn standard(purpose: &str) -> Option<(&'static str, &'static str)> {
    match purpose {
        WELCOME => Some((
            "Welcome to {{institution}}",
            "Dear {{first_name|colleague}},\n\nthere is an account for you at {{institution}}. Activate it with the button below: \
             you choose a password, then you are in. The button works once, for a limited time.\n\nIf you did not \
             expect this message, you need not do anything.",
        )),
        REMINDER => Some((
            "Your account at {{institution}} waits for you",
            "Dear {{first_name|colleague}},\n\nyour account at {{institution}} is not active yet. Activate it with the button \
             below: you choose a password, then you are in.\n\nIf you do not want an account, you need not do \
             anything.",
        )),
        _ => None,
    }
}
