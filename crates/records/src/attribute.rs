//! Custom attributes: fields that staff define at run time (M26), for example "Do not email".
//!
//! A definition is a record like any other; sync carries it. What it defines is a [`Field`] with a number of its own,
//! so that forms, filters, columns, the journal and undo treat it like a declared one. In a database it has a column
//! `a<number>`.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};

/// The kinds of records that can have attributes, by key.
pub const KINDS: &[&str] = &["contact", "employer", "employer_user"];

/// The types of values an attribute can have.
pub const TYPES: &[&str] = &["text", "number", "date", "yes_no", "choice"];

/// Keeps a contact out of every outreach send.
pub const DO_NOT_EMAIL: &str = "do_not_email";
/// Marks a contact as inactive.
pub const INACTIVE: &str = "inactive";
/// What the product itself does with an attribute. Each meaning has at most one.
pub const MEANINGS: &[&str] = &[DO_NOT_EMAIL, INACTIVE];

/// Most attributes of one kind of record.
pub const MOST: usize = 100;

fields! {
    /// Its name, as it stands on forms.
    NAME = Field::new(3, "name", "Name", Group::Name, FieldType::Text { max: 60 }).required();
    /// Key of the kind of record that has it. Never changes.
    RECORDS = Field::new(4, "records", "Records", Group::Name, FieldType::Choice { choices: KINDS }).required();
    /// The type of its values. Never changes.
    TYPE = Field::new(5, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES }).required();
    /// What can be chosen, for the type `choice`.
    CHOICES = Field::new(6, "choices", "Choices", Group::Name, FieldType::List);
    /// What it is for.
    DESCRIPTION = Field::text(7, "description", "Description", Group::About);
    /// Its place among the others.
    POSITION = Field::new(8, "position", "Position", Group::Status, FieldType::Number);
    /// The number of the field it defines. Drawn at random, so that two desks without a network don't draw the same.
    NUMBER = Field::system(9, "number", "Number", FieldType::Number).hidden();
    /// What the product does with it.
    MEANING = Field::system(10, "meaning", "Meaning", FieldType::Choice { choices: MEANINGS });
}
