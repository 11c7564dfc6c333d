//! Employment history: where a contact worked before, from when to when, and under which address (M24, B3).
//!
//! History is of employers. While an employment lasts, its title and address stand on the contact; they are written
//! into the history when it ends. Nothing is written for a contact that has always been where it is.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// Whose history.
    CONTACT = Field::new(3, "contact", "Contact", Group::Name, FieldType::Reference { kind: RecordKind::Contact }).required();
    /// The employer.
    EMPLOYER = Field::new(4, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer }).required();
    /// Job title there.
    TITLE = Field::text(5, "title", "Job title", Group::Work);
    /// Address there.
    EMAIL = Field::new(6, "email", "E-mail", Group::Reach, FieldType::Email);
    /// The first day, where known.
    STARTED_ON = Field::new(7, "started_on", "From", Group::Schedule, FieldType::Date);
    /// The last day; empty while it lasts.
    ENDED_ON = Field::new(8, "ended_on", "Until", Group::Schedule, FieldType::Date);
}
