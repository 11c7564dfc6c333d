//! Changes of single records, and what no name is.

use liaison_domain::{Change, FieldChange, Record};

/// Longest name of a person, in characters: longer ones are advertisements.
const LONGEST_NAME: usize = 60;

/// Whether it is an address of a page or a mailbox, or an advertisement.
pub fn is_no_name(name: &str) -> bool {
    name.contains(['/', '@', '\n']) || name.to_lowercase().contains("www.") || name.chars().count() > LONGEST_NAME
}

/// The change that brings a record into being.
pub fn creation(record: &Record) -> Change {
    Change { kind: record.kind, record: record.id, created: true, fields: record.creation() }
}

/// The change of a record that is there; none where nothing changes.
pub fn edit(record: &Record, fields: impl IntoIterator<Item = FieldChange>) -> Option<Change> {
    let fields: Vec<FieldChange> = fields.into_iter().collect();
    (!fields.is_empty()).then_some(Change { kind: record.kind, record: record.id, created: false, fields })
}
