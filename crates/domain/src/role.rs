//! Employer user roles: what employer users may do in the portal (M30).

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};

/// The role every employer user has after sign-up (M11). Can be edited, not deleted.
pub const DEFAULT_ACCESS: &str = "Default Access";
/// The example of a limited role (M29).
pub const DENIED_ACCESS: &str = "Denied Access Role";

/// The role's name.
pub const NAME: Field = Field::text(3, "name", "Name", Group::Name).required().searchable();
/// Ships with the product and cannot be deleted.
pub const BUILT_IN: Field = Field::system(4, "built_in", "Built in", FieldType::Flag);
/// Keys of what the role permits.
pub const PERMISSIONS: Field = Field::new(5, "permissions", "Permissions", Group::Status, FieldType::List);

/// Every field of a role; number `n` is at index `n - 1`.
pub static FIELDS: &[&Field] = &[&DELETED_AT, &CREATED_AT, &NAME, &BUILT_IN, &PERMISSIONS];
