//! Employer users: people at employers who log in to the portal. Linked to a contact by e-mail, decided separately.

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};
use crate::kind::RecordKind;

/// Given name.
pub const FIRST_NAME: Field = Field::text(3, "first_name", "First name", Group::Name).required().searchable();
/// Family name.
pub const LAST_NAME: Field = Field::text(4, "last_name", "Last name", Group::Name).required().searchable();
/// The address the person logs in with; the same address links a contact (M45).
pub const EMAIL: Field = Field::new(5, "email", "E-mail", Group::Reach, FieldType::Email).required().searchable();
/// The employer the user acts for.
pub const EMPLOYER: Field =
    Field::new(6, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer });
/// The user's role; "Default Access" after sign-up (M11).
pub const ROLE: Field = Field::system(7, "role", "Role", FieldType::Reference { kind: RecordKind::Role });
/// "User Can Access Your Site" (M14).
pub const ACCESS: Field = Field::system(8, "access", "User Can Access Your Site", FieldType::Flag);
/// The last log-in to the portal.
pub const LAST_LOG_IN: Field = Field::system(9, "last_log_in", "Last log-in", FieldType::Moment);

/// Job title, as the person gives it.
pub const TITLE: Field = Field::text(10, "title", "Job title", Group::Work);
/// Phone at work, as the person gives it.
pub const WORK_PHONE: Field = Field::new(11, "work_phone", "Work phone", Group::Reach, FieldType::Phone);

/// Set while somebody whose login staff made by hand has not followed the link in the invitation and chosen a password.
/// Whoever signed up or followed a link never has it.
pub const NOT_ACTIVATED: Field = Field::system(12, "not_activated", "Not activated yet", FieldType::Flag);

/// The contact with the user's address (M45): computed. Empty where there is none, or none that one sees.
pub const CONTACT: Field = Field::system(0, "contact", "Contact", FieldType::Reference { kind: RecordKind::Contact });

/// What whoever has no access reads instead of the portal (M28).
pub const NO_ACCESS: &str = "You do not have access to this site.";

/// Every field of an employer user; number `n` is at index `n - 1`.
pub static FIELDS: &[&Field] = &[
    &DELETED_AT,
    &CREATED_AT,
    &FIRST_NAME,
    &LAST_NAME,
    &EMAIL,
    &EMPLOYER,
    &ROLE,
    &ACCESS,
    &LAST_LOG_IN,
    &TITLE,
    &WORK_PHONE,
    &NOT_ACTIVATED,
];
