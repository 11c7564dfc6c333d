//! All fields of all kinds: those the product declares and those staff defined.

use crate::field::{ATTRIBUTE_FIRST, Field};
use crate::kind::RecordKind;

/// The fields there are in one database.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    attributes: Vec<(RecordKind, &'static Field)>,
    retired: Vec<(RecordKind, &'static Field)>,
}

impl Registry {
    /// The declared fields and these attributes, in the order they are shown. `retired` are those whose definition lies
    /// in the trash: records keep their values, so that restoring the definition finds them, and undo still writes them.
    pub fn new(attributes: Vec<(RecordKind, &'static Field)>, retired: Vec<(RecordKind, &'static Field)>) -> Registry {
        Registry { attributes, retired }
    }

    /// The attributes of a kind, in the order they are shown.
    pub fn attributes(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        self.attributes.iter().filter(move |(of, _)| *of == kind).map(|(_, field)| *field)
    }

    /// The attributes of a kind whose definition lies in the trash.
    pub fn retired(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        self.retired.iter().filter(move |(of, _)| *of == kind).map(|(_, field)| *field)
    }

    /// The attributes of a kind that have a column, retired ones too.
    pub fn stored_attributes(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        self.attributes(kind).chain(self.retired(kind))
    }

    /// What people see of a kind: the declared fields in the order of their numbers, then its attributes.
    pub fn fields(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        kind.fields().iter().copied().chain(self.attributes(kind))
    }

    /// The field with this key, stored or computed, unless it is retired.
    pub fn field(&self, kind: RecordKind, key: &str) -> Option<&'static Field> {
        kind.field(key).or_else(|| self.attributes(kind).find(|field| field.key == key))
    }

    /// The field with this number, also of a retired attribute: the journal goes on naming it.
    pub fn numbered(&self, kind: RecordKind, number: u16) -> Option<&'static Field> {
        if number >= ATTRIBUTE_FIRST {
            return self.stored_attributes(kind).find(|field| field.number == number);
        }
        kind.field_numbered(number)
    }
}
