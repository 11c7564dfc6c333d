//! Tasks: what staff have to do about a contact or a student, and what students do who name one (Task Contacts, M2).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// The contact it is about, where it is about one.
    CONTACT = Field::new(3, "contact", "Contact", Group::About, FieldType::Reference { kind: RecordKind::Contact });
    /// What is to be done.
    TITLE = Field::text(4, "title", "Task", Group::Name).required();
    /// More about it.
    DESCRIPTION = Field::new(5, "description", "Details", Group::About, FieldType::LongText { max: 20_000 });
    /// The day it is due.
    DUE_ON = Field::new(6, "due_on", "Due", Group::Schedule, FieldType::Date);
    /// When to be reminded.
    REMIND_AT = Field::new(7, "remind_at", "Reminder", Group::Schedule, FieldType::Moment);
    /// The staff member who does it.
    ASSIGNEE = Field::new(8, "assignee", "Assigned to", Group::About, FieldType::Reference { kind: RecordKind::Staff });
    /// It is done.
    DONE = Field::new(9, "done", "Done", Group::Status, FieldType::Flag);
    /// The student whose task it is and who named the contact; empty for a task of the staff.
    STUDENT = Field::text(10, "student", "Student", Group::About);
    /// Who wrote it down.
    AUTHOR = Field::system(11, "author", "Added by", FieldType::Reference { kind: RecordKind::Staff });
    /// The student or alum it is about, where it is about one.
    ABOUT_STUDENT = Field::new(12, "about_student", "About student", Group::About, FieldType::Reference { kind: RecordKind::Student }).not_imported();
}
