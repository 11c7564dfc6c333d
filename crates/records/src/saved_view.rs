//! Saved views: a list with its filter, columns and order, under a name.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

fields! {
    /// Its name.
    NAME = Field::new(3, "name", "Name", Group::Name, FieldType::Text { max: 80 }).required();
    /// Key of the kind of record it lists.
    RECORDS = Field::text(4, "records", "Records", Group::Name).required();
    /// Search text, filter and order, as JSON of a `domain::filter::ListQuery`.
    QUERY = Field::new(5, "query", "Query", Group::About, FieldType::LongText { max: 100_000 }).hidden();
    /// Keys of the columns shown, in order.
    COLUMNS = Field::new(6, "columns", "Columns", Group::About, FieldType::List).hidden();
    /// Everybody at the desk has it; otherwise only its owner.
    SHARED = Field::new(7, "shared", "Shared", Group::Status, FieldType::Flag);
    /// It stands in the navigation.
    PINNED = Field::new(8, "pinned", "Pinned", Group::Status, FieldType::Flag);
    /// Its place among the others.
    POSITION = Field::new(9, "position", "Position", Group::Status, FieldType::Number);
    /// Who saved it.
    OWNER = Field::system(10, "owner", "Owner", FieldType::Reference { kind: RecordKind::Staff });
}
