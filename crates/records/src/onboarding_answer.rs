//! Answers to onboarding questions (M36). The portal writes them; staff can write down what they were told.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// Who answered.
    STUDENT = Field::new(3, "student", "User", Group::Name, FieldType::Reference { kind: RecordKind::Student }).required();
    /// The question.
    QUESTION = Field::new(4, "question", "Question", Group::Name, FieldType::Reference { kind: RecordKind::OnboardingQuestion }).required();
    /// The answer, in words; of several choices, each.
    ANSWER = Field::new(5, "answer", "Answer", Group::About, FieldType::List).required();
    /// The question as it was asked, so that a later edit of it does not change what was answered.
    ASKED = Field::new(6, "asked", "Asked", Group::About, FieldType::Text { max: 500 });
}
