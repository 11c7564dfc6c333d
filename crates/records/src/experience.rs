//! Experiences: what a student learned at an employer, with a contact as the supervisor.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// What kind of experience.
pub const TYPES: &[&str] = &["internship", "co_op", "practicum", "research", "volunteer", "job"];
/// How far it is.
pub const STATUSES: &[&str] = &["planned", "under_way", "completed", "cancelled"];

fields! {
    /// What the student did.
    TITLE = Field::text(3, "title", "Title", Group::Name).required();
    /// The student's name.
    STUDENT = Field::text(4, "student", "Student", Group::Name).required();
    /// The student's address.
    STUDENT_EMAIL = Field::new(5, "student_email", "Student's e-mail", Group::Name, FieldType::Email);
    /// What kind of experience.
    TYPE = Field::new(6, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES });
    /// The supervisor ("Experiential Learning Supervisor").
    SUPERVISOR = Field::new(7, "supervisor", "Supervisor", Group::Work, FieldType::Reference { kind: RecordKind::Contact });
    /// The employer.
    EMPLOYER = Field::new(8, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer });
    /// The first day.
    STARTS_ON = Field::new(9, "starts_on", "Starts", Group::Schedule, FieldType::Date);
    /// The last day.
    ENDS_ON = Field::new(10, "ends_on", "Ends", Group::Schedule, FieldType::Date);
    /// How far it is.
    STATUS = Field::new(11, "status", "Status", Group::Status, FieldType::Choice { choices: STATUSES });
    /// What else is worth knowing.
    DESCRIPTION = Field::new(12, "description", "Description", Group::About, FieldType::LongText { max: 20_000 });
}
