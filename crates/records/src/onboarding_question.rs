//! Onboarding questions: what students and alumni are asked about goals and needs once they activated (M36).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};

/// In words.
pub const IN_WORDS: &str = "text";
/// With yes or no.
pub const YES_NO: &str = "yes_no";
/// With one of the choices.
pub const ONE: &str = "choice";
/// With one or more of the choices.
pub const SEVERAL: &str = "choices";
/// How a question is answered.
pub const TYPES: &[&str] = &[IN_WORDS, YES_NO, ONE, SEVERAL];
/// How a yes-or-no question can be answered.
pub const YES_OR_NO: [&str; 2] = ["yes", "no"];
/// Longest answer in words, in characters.
pub const ANSWER_MOST: u32 = 5_000;

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
