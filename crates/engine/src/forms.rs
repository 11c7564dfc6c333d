//! What a form does to one record: adds it, or changes it. Kinds with use cases of their own come here with their
//! permission checked and their rule in hand; only the rule tells them apart.

use crate::error::CommandError;
use crate::error::FieldConflict;
use crate::moment::new_id;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::{FieldEdit, draft, edit};
use liaison_domain::name::organization_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Field, FieldChange, Id, OperationKind, Record, RecordKind};
use liaison_queries::lookup;
use liaison_store::{Db, Recorder, StoreError, journal, table};
use std::collections::HashMap;

/// Adds a record by its form. `rule` completes it, or refuses it; it sees the desk as it is.
pub async fn add(
    session: &Session,
    kind: RecordKind,
    values: &HashMap<String, FieldValue>,
    rule: impl FnOnce(&Db<'_>, &mut Record) -> Result<(), StoreError>,
) -> Result<Created, CommandError> {
    let now = session.now();
    let values = values.iter().map(|(key, value)| (key.as_str(), value));
    let mut record = draft(&session.registry(), kind, new_id(now), now as i64, values)?;
    let id = record.id;
    let work = |recorder: &mut Recorder<'_>| {
        rule(recorder.db(), &mut record)?;
        recorder.create(&record)
    };
    let ((), operation) = session.commit(Step::new(OperationKind::RecordsCreate), work).await?;
    Created::by(id, operation)
}

/// Makes the edits of a form on a record. `rule` sees the record as it was and completes what it becomes, or
/// refuses it.
pub async fn amend(
    session: &Session,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
    rule: impl FnOnce(&Db<'_>, &Record, &mut Record) -> Result<(), StoreError>,
) -> Result<Done, CommandError> {
    let work = |recorder: &mut Recorder<'_>| amend_record(recorder, kind, id, edits, rule);
    change_one(session, OperationKind::RecordsEdit, kind, id, work).await
}

/// Commits a change of one record: `work` says how many it changed, one or none. A conflict tells who changed the
/// values last, and when.
pub async fn change_one(
    session: &Session,
    operation: OperationKind,
    kind: RecordKind,
    id: Id,
    work: impl FnOnce(&mut Recorder<'_>) -> Result<u32, StoreError>,
) -> Result<Done, CommandError> {
    match session.commit(Step::new(operation), work).await {
        Ok((changed, operation)) => Ok(Done { operation, changed, skipped: 1 - changed, users: 0 }),
        Err(CommandError::Conflict { fields }) => Err(tell_who_changed(session, kind, id, fields).await?),
        Err(error) => Err(error),
    }
}

/// As [`amend`], within an operation. How many records that changed: one or none.
pub fn amend_record(
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
pub fn change(
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
pub fn write(recorder: &mut Recorder<'_>, n: i64, before: &Record, after: &Record) -> Result<u32, StoreError> {
    let fields = before.kind.fields().iter();
    let changes: Vec<FieldChange> = fields.filter_map(|field| before.change(field, after.get(field).clone())).collect();
    recorder.update(before.kind, n, before.id, &changes)?;
    Ok(u32::from(!changes.is_empty()))
}

/// Refuses a name that another record of the kind has; names are compared as those of organizations are. For kinds of
/// which there are few.
pub fn free_name(db: &Db<'_>, record: &Record, field: &Field) -> Result<(), StoreError> {
    let key = organization_key(record.text(field));
    let others = lookup::texts(db, record.kind, field)?;
    match others.into_iter().find(|(id, name)| *id != record.id && organization_key(name) == key) {
        Some((_, by)) => Err(Refusal::of(field.key, Problem::InUse { by }).into()),
        None => Ok(()),
    }
}

/// A conflict with who changed the values last, and when.
pub async fn tell_who_changed(
    session: &Session,
    kind: RecordKind,
    id: Id,
    mut fields: Vec<FieldConflict>,
) -> Result<CommandError, CommandError> {
    for conflict in &mut fields {
        tell_who(session, kind, id, conflict).await?;
    }
    Ok(CommandError::Conflict { fields })
}

/// Adds to a conflict who changed the value last, and when.
async fn tell_who(
    session: &Session,
    kind: RecordKind,
    id: Id,
    conflict: &mut FieldConflict,
) -> Result<(), CommandError> {
    let number = session.registry().field(kind, &conflict.field).map(|field| field.number);
    let last = session.read(|view| {
        // Of a record whose change was just tried: who is told who changed it sees it.
        let db = view.everything();
        let entries = journal::audit(db, id)?;
        let touches = |change: &FieldChange| Some(change.field) == number;
        let Some((operation, _)) = entries.iter().rev().find(|(_, entry)| entry.fields().iter().any(touches)) else {
            return Ok(None);
        };
        let actor = table::name_of(db, RecordKind::Staff, operation.operation.actor)?.unwrap_or_default();
        Ok(Some((actor, operation.operation.told_at())))
    });
    if let Some((by, at)) = last.await? {
        (conflict.by, conflict.at) = (by, Some(at));
    }
    Ok(())
}
