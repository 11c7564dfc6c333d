//! The field registry, as screens and scripts see it.

use liaison_domain::arrival::Place;
use liaison_domain::{Field, FieldGroup, FieldType, RecordKind, Registry};
use serde::Serialize;
use specta::Type;

/// The fields of one kind of record.
#[derive(Clone, Debug, Serialize, Type)]
pub struct KindSchema {
    /// The kind.
    pub kind: RecordKind,
    /// Its fields, in the order they are shown.
    pub fields: Vec<FieldSchema>,
    /// Attributes whose definition is in the trash: only the audit log and the history still name them.
    pub retired: Vec<FieldSchema>,
    /// Files of such records can be imported.
    pub importable: bool,
}

/// One field.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FieldSchema {
    /// Its key.
    pub key: String,
    /// Its English name.
    pub label: String,
    /// The type of its value.
    pub field_type: FieldType,
    /// Where it stands on forms.
    pub group: FieldGroup,
    /// Must have a value.
    pub required: bool,
    /// People may change it on the form.
    pub editable: bool,
    /// Can be the target of an import column.
    pub importable: bool,
    /// Can be filtered by.
    pub filterable: bool,
    /// Can be sorted by.
    pub sortable: bool,
    /// Search-as-you-type finds the record by it.
    pub searchable: bool,
    /// Can be set on many records at once.
    pub bulk_editable: bool,
    /// Follows the employer account or the linked user while AutoSync is on.
    pub auto_synced: bool,
    /// Somebody who is no contact yet can be named in it, and becomes one.
    pub newcomers: bool,
    /// Staff defined it; its label is the name they gave it, its choices are words.
    pub attribute: bool,
}

impl FieldSchema {
    fn of(kind: RecordKind, field: &Field) -> FieldSchema {
        FieldSchema {
            key: field.key.into(),
            label: field.label.into(),
            field_type: field.field_type,
            group: field.group,
            required: field.required,
            editable: field.editable,
            importable: field.importable,
            filterable: field.filterable,
            sortable: field.sortable,
            searchable: field.searchable,
            bulk_editable: field.bulk_editable,
            auto_synced: field.auto_synced,
            newcomers: matches!(Place::named(kind, field.key), Some(Place::Field(_))),
            attribute: field.is_attribute(),
        }
    }
}

/// All kinds with their fields; deletion is not a field to screens.
pub fn schema(registry: &Registry) -> Vec<KindSchema> {
    RecordKind::ALL
        .into_iter()
        .map(|kind| KindSchema {
            kind,
            fields: registry
                .fields(kind)
                .skip(1)
                .chain(kind.computed_fields().iter().copied())
                .map(|field| FieldSchema::of(kind, field))
                .collect(),
            retired: registry.retired(kind).map(|field| FieldSchema::of(kind, field)).collect(),
            importable: kind == RecordKind::Contact
                || crate::import::records::kinds().any(|importable| importable == kind),
        })
        .collect()
}
