//! All fields of all kinds: those the product declares and those staff defined.

use crate::field::{ATTRIBUTE_FIRST, Field};
use crate::kind::RecordKind;

/// The fields there are in one database.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    attributes: Vec<(RecordKind, &'static Field)>,
}

impl Registry {
    /// The declared fields and these attributes, in the order they are shown.
    pub fn new(attributes: Vec<(RecordKind, &'static Field)>) -> Registry {
        Registry { attributes }
    }

    /// The attributes of a kind, in the order they are shown.
    pub fn attributes(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        self.attributes.iter().filter(move |(of, _)| *of == kind).map(|(_, field)| *field)
    }

    /// The stored fields of a kind: the declared ones in the order of their numbers, then its attributes.
    pub fn fields(&self, kind: RecordKind) -> impl Iterator<Item = &'static Field> + '_ {
        kind.fields().iter().copied().chain(self.attributes(kind))
    }

    /// The field with this key, stored or computed.
    pub fn field(&self, kind: RecordKind, key: &str) -> Option<&'static Field> {
        kind.field(key).or_else(|| self.attributes(kind).find(|field| field.key == key))
    }

    /// The field with this number.
    pub fn numbered(&self, kind: RecordKind, number: u16) -> Option<&'static Field> {
        if number >= ATTRIBUTE_FIRST {
            return self.attributes(kind).find(|field| field.number == number);
        }
        kind.field_numbered(number)
    }
}
