//! A record: the values of all fields of one kind.

use crate::field::{CREATED_AT, DELETED_AT, Field};
use crate::id::Id;
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::value::Value;

/// One record as it is now. Values stand in the order of the kind's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its identity.
    pub id: Id,
    /// Its values; the value of a field is at [`Field::index`].
    pub values: Vec<Value>,
}

impl Record {
    /// A record without any value.
    pub fn blank(kind: RecordKind, id: Id) -> Record {
        Record { kind, id, values: vec![Value::Empty; kind.fields().len()] }
    }

    /// The value of a field of this record's kind.
    pub fn get(&self, field: &Field) -> &Value {
        &self.values[field.index()]
    }

    /// The text of a field, or "".
    pub fn text(&self, field: &Field) -> &str {
        self.get(field).as_text()
    }

    /// Sets a field of this record's kind.
    pub fn set(&mut self, field: &Field, value: impl Into<Value>) {
        self.values[field.index()] = value.into();
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
        self.kind
            .fields()
            .iter()
            .filter(|field| !self.get(field).is_empty())
            .map(|field| FieldChange { field: field.number, before: Value::Empty, after: self.get(field).clone() })
            .collect()
    }

    /// Applies changes; a field this version does not know is left to the journal.
    pub fn apply(&mut self, changes: &[FieldChange]) {
        for change in changes {
            if let Some(field) = self.kind.field_numbered(change.field) {
                self.values[field.index()] = change.after.clone();
            }
        }
    }
}
