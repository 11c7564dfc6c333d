//! Templates of messages, with places for fields of the person they go to.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};

/// The welcome message of students and alumni, with the activation link (M35).
pub const WELCOME: &str = "welcome";
/// The reminder of students and alumni, with the activation link (M41).
pub const REMINDER: &str = "reminder";
/// The invitation of an employer contact to become an employer user, with the activation link (M51).
pub const CONTACT_INVITATION: &str = "contact_invitation";
/// The reminder of an employer contact who was invited, with the activation link.
pub const CONTACT_REMINDER: &str = "contact_reminder";
/// A message to contacts or users; carries the unsubscribe line and respects "Do not email".
pub const OUTREACH: &str = "outreach";
/// What a template is for.
pub const PURPOSES: &[&str] = &[WELCOME, REMINDER, CONTACT_INVITATION, CONTACT_REMINDER, OUTREACH];

/// Whether a message of this purpose carries the activation link.
pub fn invites(purpose: &str) -> bool {
    matches!(purpose, WELCOME | REMINDER | CONTACT_INVITATION | CONTACT_REMINDER)
}

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
    LINK_UNTIL,
];

/// The last day on which the activation link works, written out: "December 12, 2026". Empty where there is no link.
pub const LINK_UNTIL: &str = "link_until";

/// Subject and text for a purpose where the institution has no template of its own. Both parts of a message show them:
/// they speak of the link, which the plain part writes out below the text, and never of the button above it.
pub fn standard(purpose: &str) -> Option<(&'static str, &'static str)> {
    match purpose {
        WELCOME => Some((
            "Welcome to {{institution}}",
            "Hello {{first_name|there}},\n\n{{institution}} has set up an account for you. To start using it, choose a \
             password.\n\nYour link works until {{link_until}}. You can use it once.\n\nIf you have questions, or didn’t \
             expect this email, reply to it.",
        )),
        REMINDER => Some((
            "Reminder: activate your account at {{institution}}",
            "Hello {{first_name|there}},\n\nYour account at {{institution}} isn’t active yet. To activate it, choose a \
             password.\n\nYour new link works until {{link_until}}. You can use it once. Links in earlier emails no longer \
             work.\n\nIf you don’t want an account, you don’t need to do anything. If you have questions, reply to this \
             email.",
        )),
        CONTACT_INVITATION => Some((
            "Invitation to the employer portal of {{institution}}",
            "Dear {{first_name|colleague}},\n\n{{institution}} invites you to its employer portal, where employers post \
             jobs, take part in events and job fairs, and schedule on-campus interviews.\n\nTo create your account, \
             choose a password. Your link works until {{link_until}}. You can use it once.\n\nIf you don’t want an \
             account, you don’t need to do anything. If you have questions, reply to this email.",
        )),
        CONTACT_REMINDER => Some((
            "Reminder: your invitation to the employer portal of {{institution}}",
            "Dear {{first_name|colleague}},\n\n{{institution}} has invited you to its employer portal, where employers \
             post jobs, take part in events and job fairs, and schedule on-campus interviews. You don’t have an account \
             there yet.\n\nTo create one, choose a password. Your new link works until {{link_until}}. You can use it \
             once. Links in earlier emails no longer work.\n\nIf you don’t want an account, you don’t need to do anything. \
             If you have questions, reply to this email.",
        )),
        _ => None,
    }
}
