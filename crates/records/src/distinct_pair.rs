//! "Not a duplicate": two contacts somebody looked at and found to be two people. Remembered for good.

use crate::field::{Field, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// One of them; the one with the smaller id.
    FIRST = Field::system(3, "first", "Contact", FieldType::Reference { kind: RecordKind::Contact });
    /// The other.
    SECOND = Field::system(4, "second", "Other contact", FieldType::Reference { kind: RecordKind::Contact });
    /// Who decided it.
    AUTHOR = Field::system(5, "author", "Decided by", FieldType::Reference { kind: RecordKind::Staff });
}
