//! A record: the values of all fields of one kind.

use crate::field::{ATTRIBUTE_FIRST, CREATED_AT, DELETED_AT, Field};
use crate::id::Id;
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::value::Value;

/// One record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its identity.
    pub id: Id,
    /// The values of the declared fields; the value of a field is at [`Field::index`].
    pub values: Vec<Value>,
    /// The values of custom attributes by number, ascending; none is empty.
    attributes: Vec<(u16, Value)>,
}

impl Record {
    /// A record without any value.
    pub fn blank(kind: RecordKind, id: Id) -> Record {
        Record::of(kind, id, vec![Value::Empty; kind.fields().len()])
    }

    /// A record of these values of its declared fields, in their order.
    pub fn of(kind: RecordKind, id: Id, values: Vec<Value>) -> Record {
        Record { kind, id, values, attributes: Vec::new() }
    }

    /// The value of a field of this record's kind.
    pub fn get(&self, field: &Field) -> &Value {
        if field.is_attribute() { self.attribute(field.number) } else { &self.values[field.index()] }
    }

    /// The value of the field with this number; `None` where this version of the program does not know the field.
    pub fn numbered(&self, number: u16) -> Option<&Value> {
        if number >= ATTRIBUTE_FIRST {
            return Some(self.attribute(number));
        }
        self.kind.field_numbered(number).map(|field| &self.values[field.index()])
    }

    fn attribute(&self, number: u16) -> &Value {
        self.attributes.iter().find(|(have, _)| *have == number).map_or(&Value::Empty, |(_, value)| value)
    }

    /// The custom attributes that have a value, by number, ascending.
    pub fn attributes(&self) -> impl Iterator<Item = (u16, &Value)> {
        self.attributes.iter().map(|(number, value)| (*number, value))
    }

    /// The text of a field, or "".
    pub fn text(&self, field: &Field) -> &str {
        self.get(field).as_text()
    }

    /// Sets a field of this record's kind.
    pub fn set(&mut self, field: &Field, value: impl Into<Value>) {
        self.set_numbered(field.number, value.into());
    }

    /// Sets the field with this number; one that this version does not know is left alone.
    pub fn set_numbered(&mut self, number: u16, value: Value) {
        if number >= ATTRIBUTE_FIRST {
            self.attributes.retain(|(have, _)| *have != number);
            if !value.is_empty() {
                let at = self.attributes.partition_point(|(have, _)| *have < number);
                self.attributes.insert(at, (number, value));
            }
        } else if let Some(field) = self.kind.field_numbered(number) {
            self.values[field.index()] = value;
        }
    }

    /// The fields that have a value, by number: the declared ones, then the attributes.
    pub fn filled(&self) -> impl Iterator<Item = (u16, &Value)> {
        let declared = self.kind.fields().iter().zip(&self.values).map(|(field, value)| (field.number, value));
        declared.filter(|(_, value)| !value.is_empty()).chain(self.attributes())
    }

    /// True once the record is in the trash.
    pub fn is_deleted(&self) -> bool {
        !self.get(&DELETED_AT).is_empty()
    }

    /// When the record was created, in milliseconds since 1970.
    pub fn created_at(&self) -> Option<i64> {
        self.get(&CREATED_AT).as_moment()
    }

    /// The changes that make this record out of nothing: every field that has a value.
    pub fn creation(&self) -> Vec<FieldChange> {
        self.filled()
            .map(|(number, value)| FieldChange { field: number, before: Value::Empty, after: value.clone() })
            .collect()
    }

    /// The change that gives a field this value; `None` where it has it already.
    pub fn change(&self, field: &Field, after: impl Into<Value>) -> Option<FieldChange> {
        let (before, after) = (self.get(field), after.into());
        (*before != after).then(|| FieldChange { field: field.number, before: before.clone(), after })
    }

    /// Applies changes; a field this version does not know is left to the journal.
    pub fn apply(&mut self, changes: &[FieldChange]) {
        for change in changes {
            self.set_numbered(change.field, change.after.clone());
        }
    }
}
