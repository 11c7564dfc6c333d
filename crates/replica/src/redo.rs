//! Doing again what the hub refused: the same changes, on the records as they are today.

use liaison_domain::field::FieldType;
use liaison_domain::refusal::Refusal;
use liaison_domain::replication::{Content, LinkedOperation, Stamp};
use liaison_domain::{Actor, FieldChange, Hlc, Id, OperationKind, Permission, Record, RecordKind, Value};
use liaison_store::{Db, Recorder, StoreError, table};
use liaison_sync::decide;
use liaison_sync::document::{Clock, Document, Documents, Held};
use liaison_sync::permit::{self, Denied};
use std::collections::HashSet;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Records that were changed or made.
    pub changed: u32,
    /// Records that were so already, or are not there.
    pub left: u32,
}

/// Whether a step of this kind can be done again by its changes alone. What takes another step back, makes records one or
/// erases them depends on how they stand: it is done anew where it was done.
pub fn is_possible(kind: OperationKind) -> bool {
    kind.has_consequences()
        && !kind.is_event()
        && !matches!(kind, OperationKind::UsersErase | OperationKind::InstitutionSetup)
}

/// Refuses what the person at the desk may not do, by what it changes, as the hub will.
pub fn permit(db: &Db<'_>, actor: &Actor, refused: &LinkedOperation) -> Result<(), StoreError> {
    let batch = std::slice::from_ref(refused);
    let (mut documents, mut loaded) = (Documents::default(), HashSet::new());
    loop {
        let missing = decide::needed(batch, &documents, &mut loaded);
        if missing.is_empty() {
            break;
        }
        for key in missing {
            let Some(kind) = RecordKind::from_number(key.0) else { continue };
            if let Some(found) = table::find(db, kind, key.1)? {
                documents.records.insert(key, document(&found.record));
            }
        }
    }
    permit::permit_as(*actor, refused, &documents, None).map_err(|denied| match denied {
        Denied::Lacks(permission) => Refusal::Denied(permission).into(),
        Denied::Nobody => Refusal::Denied(Permission::ViewContacts).into(),
    })
}

/// A record as the hub has it; who wrote which field when is not asked for.
fn document(record: &Record) -> Document {
    let clock = Clock { stamp: Stamp { time: Hlc(0), device: record.id }, place: 0 };
    let held = |value: &Value| Held { value: value.clone(), clock };
    Document { created: Some(0), fields: record.filled().map(|(field, value)| (field, held(value))).collect() }
}

/// Makes the changes of a refused operation again.
pub fn redo(recorder: &mut Recorder<'_>, refused: &LinkedOperation) -> Result<Again, StoreError> {
    recorder.with_consequences();
    let mut again = Again::default();
    for change in &refused.changes {
        let Some(kind) = change.kind.known() else { continue };
        let Content::Fields { created, fields } = change.content(refused.operation.kind) else {
            again.left += 1;
            continue;
        };
        let done = match table::find(recorder.db(), kind, change.record)? {
            Some(found) => {
                let changes = open_changes(recorder.db(), &found.record, &fields)?;
                recorder.update(kind, found.n, change.record, &changes)?;
                !changes.is_empty()
            }
            None if created => {
                let mut record = Record::blank(kind, change.record);
                record.apply(&open_changes(recorder.db(), &record, &fields)?);
                recorder.create(&record)?;
                true
            }
            None => false,
        };
        if done { again.changed += 1 } else { again.left += 1 }
    }
    Ok(again)
}

/// Of the fields of a change, those that a record does not have so yet, but for references to what is gone.
fn open_changes(db: &Db<'_>, record: &Record, fields: &[FieldChange]) -> Result<Vec<FieldChange>, StoreError> {
    let mut open = Vec::new();
    for FieldChange { field, after, .. } in fields {
        let Some(before) = record.numbered(*field) else { continue };
        if before != after && is_there(db, record.kind, *field, record.id, after)? {
            open.push(FieldChange { field: *field, before: before.clone(), after: after.clone() });
        }
    }
    Ok(open)
}

/// Whether a value can be written: what it refers to is there.
pub fn is_there(db: &Db<'_>, kind: RecordKind, field: u16, record: Id, value: &Value) -> Result<bool, StoreError> {
    match (db.registry().numbered(kind, field).map(|field| field.field_type), value) {
        (Some(FieldType::Reference { kind }), Value::Reference(target)) if *target != record => {
            Ok(table::find(db, kind, *target)?.is_some())
        }
        (Some(_), _) => Ok(true),
        (None, _) => Ok(false),
    }
}
