//! Onboarding questions: what students and alumni are asked about goals and needs once they activated (M36).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};

/// How a question is answered.
pub const TYPES: &[&str] = &["text", "yes_no", "choice", "choices"];

fields! {
    /// The question.
    TEXT = Field::new(3, "text", "Question", Group::Name, FieldType::Text { max: 500 }).required();
    /// How it is answered.
    TYPE = Field::new(4, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES }).required();
    /// What can be chosen.
    CHOICES = Field::new(5, "choices", "Choices", Group::Name, FieldType::List);
    /// Must be answered.
    REQUIRED = Field::new(6, "required", "Must be answered", Group::Status, FieldType::Flag);
    /// Its place among the others.
    POSITION = Field::new(7, "position", "Position", Group::Status, FieldType::Number);
    /// No longer asked; its answers stay.
    RETIRED = Field::new(8, "retired", "No longer asked", Group::Status, FieldType::Flag);
}
