//! What one operation did. Records that were changed alike are told together: “79 contacts: Pending → Rejected”, with
//! their names.

use liaison_domain::{FieldChange, Id, Permission, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::names::{AuditField, Names, OperationRow};
use liaison_engine::session::Session;
use liaison_store::journal::{self, Logged, LoggedChange, Values};
use liaison_store::{Db, StoreError};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// Most records of a group that are named.
const NAMED_MOST: usize = 50;
/// How many changes are read at once.
const READ: i64 = 2_000;

/// A part of an operation's changes.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ChangePage {
    /// How many records were changed in all, counted as often as they were.
    pub changes: u32,
    /// How many groups there are in all.
    pub total: u32,
    /// The groups asked for.
    pub groups: Vec<ChangeGroup>,
    /// How many changes of the operation only a newer version can read; they are in no group.
    pub newer: u32,
}

/// Records that an operation changed alike.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ChangeGroup {
    /// Their kind.
    pub kind: RecordKind,
    /// The operation brought them into being.
    pub created: bool,
    /// What changed.
    pub fields: Vec<AuditField>,
    /// The values have been erased.
    pub erased: bool,
    /// How many records.
    pub count: u32,
    /// The first of them.
    pub records: Vec<ChangedRecord>,
}

/// A record that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ChangedRecord {
    /// The record.
    pub id: Id,
    /// Its name; empty where it has none, or the viewer may not know it.
    pub name: String,
}

/// A group before it is put into words.
struct Group {
    /// The place of its first change within the operation.
    first: i64,
    kind: RecordKind,
    count: u32,
    records: Vec<Id>,
}

/// What two changes have in common that are told together.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    kind: RecordKind,
    erased: bool,
    /// Of what is withheld, other fields are shown.
    private: bool,
    fields: Vec<FieldChange>,
}

/// Some of what an operation did, at most 200 groups at once.
pub async fn history_changes(
    session: &Session,
    operation: Id,
    offset: u32,
    limit: u32,
) -> Result<ChangePage, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let page = session.read(|view| {
        // The journal is everybody's; what it says of somebody is withheld by `Names`.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        let mut names = Names::new(view);
        let (groups, newer) = grouped(db, &mut names, &entry)?;
        let total = groups.len() as u32;
        let shown = groups.into_iter().skip(offset as usize).take(limit.min(200) as usize);
        let groups: Result<Vec<_>, StoreError> = shown.map(|group| told(db, &mut names, &entry, group)).collect();
        Ok(ChangePage { changes: entry.changes as u32, total, groups: groups?, newer })
    });
    Ok(page.await?)
}

/// One operation, as the history shows it.
pub async fn history_step(session: &Session, operation: Id) -> Result<OperationRow, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let row = session.read(|view| {
        // As the history.
        let entry = journal::operation(view.everything(), operation)?;
        Names::new(view).operation(&entry)
    });
    Ok(row.await?)
}

fn grouped(db: &Db<'_>, names: &mut Names<'_>, entry: &Logged) -> Result<(Vec<Group>, u32), StoreError> {
    let (mut groups, mut newer): (Vec<Group>, u32) = (Vec::new(), 0);
    let mut known: HashMap<Alike, usize> = HashMap::new();
    let mut at = 0;
    while at < entry.changes {
        let changes = journal::changes(db, entry, at, READ)?;
        for (place, change) in (at..).zip(changes) {
            let Some(kind) = change.kind.known().filter(|_| change.values != Values::Newer) else {
                newer += 1;
                continue;
            };
            let group = match alike(names, kind, &change)? {
                // What is new is as it is: no two are alike.
                None => groups.len(),
                Some(alike) => *known.entry(alike).or_insert(groups.len()),
            };
            if group == groups.len() {
                groups.push(Group { first: place, kind, count: 0, records: Vec::new() });
            }
            groups[group].count += 1;
            if groups[group].records.len() < NAMED_MOST {
                groups[group].records.push(change.record);
            }
        }
        at += READ;
    }
    Ok((groups, newer))
}

fn alike(names: &mut Names<'_>, kind: RecordKind, change: &LoggedChange) -> Result<Option<Alike>, StoreError> {
    if change.created() && !change.is_erased() {
        return Ok(None);
    }
    let private = names.is_private(kind, change.record)?;
    Ok(Some(Alike { kind, erased: change.is_erased(), private, fields: change.fields().to_vec() }))
}

fn told(db: &Db<'_>, names: &mut Names<'_>, entry: &Logged, group: Group) -> Result<ChangeGroup, StoreError> {
    let first = journal::changes(db, entry, group.first, 1)?;
    let change = first.first().ok_or(StoreError::NotFound("change"))?;
    let mut records = Vec::with_capacity(group.records.len());
    for id in group.records {
        records.push(ChangedRecord { id, name: names.of(group.kind, id)?.unwrap_or_default() });
    }
    Ok(ChangeGroup {
        kind: group.kind,
        created: change.created(),
        fields: names.fields(change)?,
        erased: change.is_erased(),
        count: group.count,
        records,
    })
}
