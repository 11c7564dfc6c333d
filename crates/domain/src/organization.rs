//! The career center itself: the institution and its staff.

use crate::access::STAFF_ROLES;
use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};

/// The institution's name.
pub const INSTITUTION_NAME: Field = Field::text(3, "name", "Name", Group::Name).required();

/// Every field of the institution; number `n` is at index `n - 1`.
pub static INSTITUTION_FIELDS: &[&Field] = &[&DELETED_AT, &CREATED_AT, &INSTITUTION_NAME];

/// A staff member's given name.
pub const STAFF_FIRST_NAME: Field = Field::text(3, "first_name", "First name", Group::Name).required();
/// A staff member's family name.
pub const STAFF_LAST_NAME: Field = Field::text(4, "last_name", "Last name", Group::Name).required();
/// A staff member's address.
pub const STAFF_EMAIL: Field = Field::new(5, "email", "E-mail", Group::Reach, FieldType::Email).required();
/// What the staff member may do.
pub const STAFF_ROLE: Field = Field::system(6, "role", "Role", FieldType::Choice { choices: STAFF_ROLES });

/// Every field of a staff member; number `n` is at index `n - 1`.
pub static STAFF_FIELDS: &[&Field] =
    &[&DELETED_AT, &CREATED_AT, &STAFF_FIRST_NAME, &STAFF_LAST_NAME, &STAFF_EMAIL, &STAFF_ROLE];
