//! Groups of students and alumni, for example a class or a program (M33).

use crate::field::{Field, FieldGroup as Group, fields};

fields! {
    /// Its name.
    NAME = Field::text(3, "name", "Name", Group::Name).required();
    /// Who belongs to it.
    DESCRIPTION = Field::text(4, "description", "Description", Group::About);
}
