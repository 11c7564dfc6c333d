//! Notes: what staff write about a contact, or about a student or alum.

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};
use crate::kind::RecordKind;

/// The contact the note is about.
pub const CONTACT: Field =
    Field::system(3, "contact", "Contact", FieldType::Reference { kind: RecordKind::Contact }).imported();
/// The text, plain.
pub const TEXT: Field = Field::new(4, "text", "Text", Group::About, FieldType::LongText { max: 50_000 }).required();
/// Who wrote it.
pub const AUTHOR: Field = Field::system(5, "author", "Author", FieldType::Reference { kind: RecordKind::Staff });

/// The student or alum the note is about. A note is about one person: a contact, or a student or alum.
pub const STUDENT: Field = Field::system(6, "student", "Student", FieldType::Reference { kind: RecordKind::Student });

/// Every field of a note; number `n` is at index `n - 1`.
pub static FIELDS: &[&Field] = &[&DELETED_AT, &CREATED_AT, &CONTACT, &TEXT, &AUTHOR, &STUDENT];
