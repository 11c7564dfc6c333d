//! Roles of the staff: which permissions a staff member has at the desk. Three ship with the product.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::permission::STAFF_ROLES;

fields! {
    /// The role's name.
    NAME = Field::text(3, "name", "Name", Group::Name).required();
    /// Key of the built-in role it is; empty for a role of one's own.
    BUILT_IN = Field::system(4, "built_in", "Built in", FieldType::Choice { choices: STAFF_ROLES });
    /// Keys of [`crate::permission::Permission`].
    PERMISSIONS = Field::new(5, "permissions", "Permissions", Group::Status, FieldType::List);
    /// What people with it do.
    DESCRIPTION = Field::text(6, "description", "Description", Group::About);
}
