//! What a form does to one record: adds it, or changes it. Kinds with use cases of their own come here with their
//! permission checked and their rule in hand; only the rule tells them apart.

use crate::desk::{Desk, new_id};
use crate::error::CommandError;
use crate::records::{Created, Done};
use liaison_domain::edit::{FieldEdit, draft, edit};
use liaison_domain::name::organization_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Field, FieldChange, Id, OperationKind, Record, RecordKind};
use liaison_store::{Db, Recorder, StoreError, table};
use std::collections::HashMap;
use std::sync::Arc;

impl Created {
    /// The record `id`, added by an operation: there is none only where nothing was recorded.
    pub(crate) fn by(id: Id, operation: Option<Id>) -> Result<Created, CommandError> {
        Ok(Created { id, operation: operation.ok_or_else(|| CommandError::not_found("operation"))? })
    }
}

impl Desk {
    /// Adds a record by its form. `rule` completes it, or refuses it; it sees the desk as it is.
    pub(crate) async fn add(
        self: &Arc<Self>,
        kind: RecordKind,
        values: &HashMap<String, FieldValue>,
        rule: impl FnOnce(&Db<'_>, &mut Record) -> Result<(), StoreError>,
    ) -> Result<Created, CommandError> {
        let now = self.now();
        let values = values.iter().map(|(key, value)| (key.as_str(), value));
        let mut record = draft(&self.registry(), kind, new_id(now), now as i64, values)?;
        let id = record.id;
        let work = |recorder: &mut Recorder<'_>| {
            rule(recorder.db(), &mut record)?;
            recorder.create(&record)
        };
        let ((), operation) = self.commit(OperationKind::RecordsCreate, String::new(), None, work).await?;
        Created::by(id, operation)
    }

    /// Makes the edits of a form on a record. `rule` sees the record as it was and completes what it becomes, or
    /// refuses it.
    pub(crate) async fn amend(
        self: &Arc<Self>,
        kind: RecordKind,
        id: Id,
        edits: &[FieldEdit],
        rule: impl FnOnce(&Db<'_>, &Record, &mut Record) -> Result<(), StoreError>,
    ) -> Result<Done, CommandError> {
        let work = |recorder: &mut Recorder<'_>| amend(recorder, kind, id, edits, rule);
        self.change_one(OperationKind::RecordsEdit, kind, id, work).await
    }

    /// Commits a change of one record: `work` says how many it changed, one or none. A conflict tells who changed the
    /// values last, and when.
    pub(crate) async fn change_one(
        self: &Arc<Self>,
        operation: OperationKind,
        kind: RecordKind,
        id: Id,
        work: impl FnOnce(&mut Recorder<'_>) -> Result<u32, StoreError>,
    ) -> Result<Done, CommandError> {
        match self.commit(operation, String::new(), None, work).await {
            Ok((changed, operation)) => Ok(Done { operation, changed, skipped: 1 - changed, users: 0 }),
            Err(CommandError::Conflict { fields }) => Err(self.tell_who_changed(kind, id, fields).await?),
            Err(error) => Err(error),
        }
    }
}

/// As [`Desk::amend`], within an operation. How many records that changed: one or none.
pub(crate) fn amend(
    recorder: &mut Recorder<'_>,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
    rule: impl FnOnce(&Db<'_>, &Record, &mut Record) -> Result<(), StoreError>,
) -> Result<u32, StoreError> {
    change(recorder, kind, id, |db, before, after| {
        after.apply(&edit(db.registry(), before, edits)?);
        rule(db, before, after)
    })
}

/// Makes of a record, unless it is in the trash, what `rule` says. How many records that changed: one or none.
pub(crate) fn change(
    recorder: &mut Recorder<'_>,
    kind: RecordKind,
    id: Id,
    rule: impl FnOnce(&Db<'_>, &Record, &mut Record) -> Result<(), StoreError>,
) -> Result<u32, StoreError> {
    let located = table::live(recorder.db(), kind, id)?;
    let mut after = located.record.clone();
    rule(recorder.db(), &located.record, &mut after)?;
    write(recorder, located.n, &located.record, &after)
}

/// Writes what differs between two states of the record in row `n`. How many records that changed: one or none.
pub(crate) fn write(recorder: &mut Recorder<'_>, n: i64, before: &Record, after: &Record) -> Result<u32, StoreError> {
    let fields = before.kind.fields().iter();
    let changes: Vec<FieldChange> = fields.filter_map(|field| before.change(field, after.get(field).clone())).collect();
    recorder.update(before.kind, n, before.id, &changes)?;
    Ok(u32::from(!changes.is_empty()))
}

/// Refuses a name that another record of the kind has; names are compared as those of organizations are. For kinds of
/// which there are few.
pub(crate) fn free_name(db: &Db<'_>, record: &Record, field: &Field) -> Result<(), StoreError> {
    let key = organization_key(record.text(field));
    let sql = format!("SELECT id,{} FROM {} WHERE deleted_at IS NULL", field.key, record.kind.key());
    let others = db.all(&sql, &[], |row| Ok((Id::from_bytes(row.blob(0)), row.text(1).to_owned())))?;
    match others.into_iter().find(|(id, name)| *id != Some(record.id) && organization_key(name) == key) {
        Some((_, by)) => Err(Refusal::of(field.key, Problem::InUse { by }).into()),
        None => Ok(()),
    }
}
