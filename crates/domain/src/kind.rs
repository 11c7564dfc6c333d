//! The kinds of records there are. Each declares its fields once, in the module of its name.

use crate::field::Field;
use crate::{contact, employer, employer_user, note, organization, role};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A kind of record: one table, one list of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum RecordKind {
    /// A person in the institution's address book; internal use only, no log-in.
    Contact = 1,
    /// An organization that contacts and employer users belong to.
    Employer = 2,
    /// A person at an employer who can log in to the portal.
    EmployerUser = 3,
    /// What employer users with this role may do in the portal.
    Role = 4,
    /// Something a staff member wrote about a contact.
    Note = 5,
    /// A person of the career center who works with this application.
    Staff = 6,
    /// The career center itself; there is one such record.
    Institution = 7,
}

impl RecordKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [RecordKind; 7] = [
        RecordKind::Contact,
        RecordKind::Employer,
        RecordKind::EmployerUser,
        RecordKind::Role,
        RecordKind::Note,
        RecordKind::Staff,
        RecordKind::Institution,
    ];

    /// The kind with this number in the journal.
    pub fn from_number(number: u8) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// The name used in SQL, on the wire and in keys of the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            RecordKind::Contact => "contact",
            RecordKind::Employer => "employer",
            RecordKind::EmployerUser => "employer_user",
            RecordKind::Role => "role",
            RecordKind::Note => "note",
            RecordKind::Staff => "staff",
            RecordKind::Institution => "institution",
        }
    }

    /// The fields of this kind; the field with number `n` is at index `n - 1`.
    pub fn fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => contact::FIELDS,
            RecordKind::Employer => employer::FIELDS,
            RecordKind::EmployerUser => employer_user::FIELDS,
            RecordKind::Role => role::FIELDS,
            RecordKind::Note => note::FIELDS,
            RecordKind::Staff => organization::STAFF_FIELDS,
            RecordKind::Institution => organization::INSTITUTION_FIELDS,
        }
    }

    /// Fields that are computed from other records: number 0, no place in a record, never edited or imported.
    pub fn computed_fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => &[&contact::ACCESS],
            _ => &[],
        }
    }

    /// The field with this key, stored or computed, if the kind has one.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().chain(self.computed_fields()).copied().find(|field| field.key == key)
    }

    /// The field with this number, if this version of the program knows it.
    pub fn field_numbered(self, number: u16) -> Option<&'static Field> {
        self.fields().get(usize::from(number).checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn field_numbers_are_their_place_and_keys_are_unique() {
        for kind in RecordKind::ALL {
            let mut keys = HashSet::new();
            for (index, field) in kind.fields().iter().enumerate() {
                assert_eq!(usize::from(field.number), index + 1, "{kind:?}.{} has the number of its place", field.key);
                assert!(keys.insert(field.key), "{kind:?}.{} is declared twice", field.key);
            }
            assert_eq!(kind.fields()[0].key, "deleted_at", "every kind can be deleted and restored");
            assert_eq!(kind.fields()[1].key, "created_at", "every kind knows its beginning");
            assert_eq!(RecordKind::from_number(kind as u8), Some(kind));
        }
    }
}
