//! What two people changed without knowing of each other's change: showing it, and settling it by a choice.

use crate::redo;
use liaison_domain::journal::{Digest, SALT_LENGTH, pack};
use liaison_domain::replication::{LinkedChange, LinkedOperation};
use liaison_domain::{Actor, FieldChange, Head, Hlc, Id, Operation, OperationKind, Permission, RecordKind};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::names::{Cell, Names};
use liaison_engine::session::Session;
use liaison_engine::step::{Done, Step};
use liaison_queries::View;
use liaison_queries::conflicts::{self, Open, of_record};
use liaison_store::{Db, Recorder, StoreError, journal, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Most records whose conflicts are listed at once.
const LISTED: usize = 200;

/// A field that two people changed without knowing of each other's change.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ConflictRow {
    /// The kind of the record.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// Its name.
    pub name: String,
    /// The field, by key.
    pub field: String,
    /// The value that was there before.
    pub before: Cell,
    /// What was written: first the value that is there now, then those that were lost to it.
    pub versions: Vec<ConflictVersion>,
}

/// One of the values to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ConflictVersion {
    /// The operation that wrote it, by which it is chosen.
    pub operation: Id,
    /// The value.
    pub value: Cell,
    /// Who wrote it.
    pub actor: String,
    /// On which computer.
    pub device: String,
    /// When by the wall clock, in milliseconds since 1970.
    pub at: i64,
    /// Whoever looks wrote it.
    pub mine: bool,
}

/// Which value of a field in conflict is to be there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct ConflictChoice {
    /// The kind of the record.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// The field, by key.
    pub field: String,
    /// The operation that wrote the value.
    pub operation: Id,
}

/// Fields that two people changed without knowing of each other's change, as far as whoever looks may edit them; the
/// latest first, of at most 200 records.
pub async fn sync_conflicts(session: &Session) -> Result<Vec<ConflictRow>, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewContacts)?;
    Ok(session.read(|view| rows(view, &actor, conflicts::open(view.everything(), LISTED)?)).await?)
}

/// Those of one record.
pub async fn sync_conflicts_of(
    session: &Session,
    kind: RecordKind,
    record: Id,
) -> Result<Vec<ConflictRow>, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewContacts)?;
    Ok(session.read(|view| rows(view, &actor, of_record(view.everything(), kind, record)?)).await?)
}

/// How many there are for whoever looks.
pub(crate) fn count(view: &View<'_>, actor: &Actor) -> Result<u32, StoreError> {
    // The table is everybody's; what may not be seen or edited is left out.
    let mut count = 0;
    for open in conflicts::open(view.everything(), LISTED)? {
        count += u32::from(is_for(view, actor, &open)?);
    }
    Ok(count)
}

fn is_for(view: &View<'_>, actor: &Actor, open: &Open) -> Result<bool, StoreError> {
    if view.is_hidden(open.kind, open.record)?
        || Names::new(view).withholds(open.kind, open.record, Some(open.field))?
    {
        return Ok(false);
    }
    may_settle(view.everything(), actor, open)
}

fn rows(view: &View<'_>, actor: &Actor, found: Vec<Open>) -> Result<Vec<ConflictRow>, StoreError> {
    let mut rows = Vec::new();
    let mut names = Names::new(view);
    for open in found {
        if !is_for(view, actor, &open)? {
            continue;
        }
        // The journal is everybody's; what may not be seen was left out above.
        let mut versions = Vec::new();
        for write in std::iter::once(&open.conflict.kept).chain(&open.conflict.lost) {
            let operation = journal::operation(view.everything(), write.operation)?.operation;
            versions.push(ConflictVersion {
                operation: operation.id,
                value: names.cell(Some(open.field), &write.after)?,
                actor: names.of(RecordKind::Staff, operation.actor)?.unwrap_or_default(),
                device: names.device(operation.device)?,
                at: operation.told_at(),
                mine: operation.actor == actor.staff,
            });
        }
        rows.push(ConflictRow {
            kind: open.kind,
            record: open.record,
            name: names.of(open.kind, open.record)?.unwrap_or_default(),
            field: open.field.key.to_owned(),
            before: names.cell(Some(open.field), &open.conflict.before)?,
            versions,
        });
    }
    Ok(rows)
}

/// Whether somebody may write the field, as the hub will ask.
fn may_settle(db: &Db<'_>, actor: &Actor, open: &Open) -> Result<bool, StoreError> {
    let write = &open.conflict.kept;
    let change = FieldChange { field: open.field.number, before: write.after.clone(), after: write.after.clone() };
    match redo::permit(db, actor, &as_sent(actor, open.kind, open.record, &change)) {
        Ok(()) => Ok(true),
        Err(StoreError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// An operation with one change of one field, to ask whether it is permitted.
fn as_sent(actor: &Actor, kind: RecordKind, record: Id, change: &FieldChange) -> LinkedOperation {
    let mut packed = Vec::new();
    let fields = std::iter::once((change.field, &change.before, &change.after));
    pack(&mut packed, &[0; SALT_LENGTH], false, 1, fields);
    let operation = Operation {
        id: record,
        time: Hlc(0),
        actor: actor.staff,
        device: record,
        kind: kind_of(&[kind]).into(),
        detail: String::new(),
        undoes: None,
        head: Head::V1,
    };
    let changes = vec![LinkedChange::of(kind.into(), record, packed)];
    LinkedOperation { operation, sequence: 1, chain: Digest::default(), changes }
}

/// What kind of step it is to settle conflicts of such records.
fn kind_of(kinds: &[RecordKind]) -> OperationKind {
    if kinds.iter().all(|kind| *kind == RecordKind::Contact) {
        OperationKind::ContactsEdit
    } else if kinds.iter().all(|kind| *kind == RecordKind::Employer) {
        OperationKind::EmployersEdit
    } else {
        OperationKind::RecordsEdit
    }
}

/// Settles conflicts: of each field the chosen value is there from then on, for everybody, also where it was there
/// already. One step; what somebody has settled meanwhile is left as it is.
///
/// Errors: `Denied` where whoever settles may not edit one of the fields.
pub async fn sync_settle(session: &Session, choices: &[ConflictChoice]) -> Result<Done, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewContacts)?;
    let open = session.read(|view| {
        let shown = |choice: &&ConflictChoice| Ok(!view.is_hidden(choice.kind, choice.record)?);
        choices.iter().filter_map(|choice| shown(&choice).map(|is| is.then_some(choice.clone())).transpose()).collect()
    });
    let open: Vec<ConflictChoice> = open.await?;
    let kinds: Vec<RecordKind> = open.iter().map(|choice| choice.kind).collect();
    let (settled, operation) = session
        .commit(Step::new(kind_of(&kinds)), |recorder| {
            let (mut changed, mut confirmed) = (Changes::new(), Changes::new());
            let mut settled = 0;
            for choice in &open {
                let Some((field, change)) = chosen(recorder.db(), &actor, choice)? else { continue };
                let of = if change.before == change.after { &mut confirmed } else { &mut changed };
                of.entry((choice.kind as u8, choice.record)).or_default().insert(field, change);
                settled += 1;
            }
            write(recorder, &changed)?;
            // Whoever confirms what is there changes nothing, so nothing follows from it.
            recorder.with_consequences();
            write(recorder, &confirmed)?;
            Ok(settled)
        })
        .await?;
    session.tell(vec![CacheTag::Sync]);
    let skipped = u32::try_from(choices.len()).unwrap_or(u32::MAX).saturating_sub(settled);
    Ok(Done { operation, changed: settled, skipped, users: 0 })
}

/// Changes by record and field.
type Changes = BTreeMap<(u8, Id), BTreeMap<u16, FieldChange>>;

/// What a choice changes; `None` where there is nothing to choose any more, or what was chosen refers to what is gone.
fn chosen(db: &Db<'_>, actor: &Actor, choice: &ConflictChoice) -> Result<Option<(u16, FieldChange)>, StoreError> {
    let found = of_record(db, choice.kind, choice.record)?;
    let open = found
        .into_iter()
        .find(|open| open.field.key == choice.field.as_str() && open.conflict.by(choice.operation).is_some());
    let (Some(open), Some(located)) = (open, table::find(db, choice.kind, choice.record)?) else { return Ok(None) };
    let Some(write) = open.conflict.by(choice.operation) else { return Ok(None) };
    let field = open.field.number;
    let before = located.record.get(open.field).clone();
    let is_kept = write.operation == open.conflict.kept.operation;
    if !is_kept && !redo::is_there(db, choice.kind, field, choice.record, &write.after)? {
        return Ok(None);
    }
    let after = if is_kept { before.clone() } else { write.after.clone() };
    let change = FieldChange { field, before, after };
    redo::permit(db, actor, &as_sent(actor, choice.kind, choice.record, &change))?;
    Ok(Some((field, change)))
}

fn write(recorder: &mut Recorder<'_>, changes: &Changes) -> Result<(), StoreError> {
    for ((kind, record), fields) in changes {
        let Some(kind) = RecordKind::from_number(*kind) else { continue };
        let n = table::get(recorder.db(), kind, *record)?.n;
        let fields: Vec<FieldChange> = fields.values().cloned().collect();
        recorder.update(kind, n, *record, &fields)?;
    }
    Ok(())
}
