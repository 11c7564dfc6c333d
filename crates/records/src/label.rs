//! Labels: the short words the desk sorts contacts and employers by, as they are offered. Records hold the words.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::limits;

/// The tints a label can have.
pub const COLORS: &[&str] = &["grey", "blue", "teal", "green", "amber", "orange", "red", "pink", "purple"];

fields! {
    /// The word.
    NAME = Field::new(3, "name", "Label", Group::Name, FieldType::Text { max: limits::LABEL as u32 }).required();
    /// Its tint.
    COLOR = Field::new(4, "color", "Color", Group::Name, FieldType::Choice { choices: COLORS });
    /// When to use it.
    DESCRIPTION = Field::text(5, "description", "Description", Group::About);
}
