//! Invented contacts and employers: for the sample data of a first start, for tests and for benchmarks.
//!
//! A count and a seed always give the same people, on every machine and with every version of every library: the
//! random numbers are our own and all arithmetic is on integers. A contact is made when the iterator reaches it,
//! so a million of them need no more memory than ten.
//!
//! Nobody here exists. Websites and e-mail addresses are below the reserved top-level domain `.example`; telephone
//! numbers come from ranges set aside for fiction; LinkedIn addresses carry the word `sample`.
//!
//! The keys of all fields are those of the product's field registry.

mod activities;
mod address_taken;
mod colleagues;
mod contacts;
mod doubles;
mod employers;
mod lists;
mod people;
mod places;
mod random;
mod spreadsheet;
mod students;
mod texts;

use std::borrow::Cow;

pub use activities::{SampleActivity, activities, fair_count, fairs};
pub use colleagues::{COLLEAGUES, SampleColleague, SampleUser, WHOLE_DESK, users_without_contact};
pub use contacts::{Contacts, ROLES, SampleContact, SampleLogin, SampleNote, contacts, role_permissions};
pub use doubles::{DoubleRecord, Doubles, Slips, doubles};
pub use employers::{Employers, SampleEmployer, employer_count, employers};
pub use spreadsheet::{HEADERS, write_csv};
pub use students::{
    GROUPS, QUESTIONS, STUDENT_HEADERS, SampleGroup, SampleQuestion, SampleStudent, student_count, students,
    write_students_csv,
};

/// The filled text fields of a record in the registry's order: key and value. A field that is left out is blank.
pub type Fields = Vec<(&'static str, Cow<'static, str>)>;

/// The value of `key`, or nothing where the field is blank.
pub fn value<'a>(fields: &'a Fields, key: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_ref())
}
