//! The audit log of a record (M21) and the history of everything.

use crate::error::CommandError;
use crate::names::{AuditField, Names, OperationRow, RecordChange};
use crate::session::Session;
use liaison_domain::{Id, OperationKind, Permission, RecordKind};
use liaison_store::journal::{self, HistoryFilter, Values};
use serde::{Deserialize, Serialize};
use specta::Type;

/// One entry of a record's audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct AuditEntry {
    /// The operation.
    pub operation: Id,
    /// Its kind, by key; none where only a newer version knows it.
    pub kind: Option<OperationKind>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// From which device.
    pub device: String,
    /// It brought the record into being.
    pub created: bool,
    /// What changed.
    pub fields: Vec<AuditField>,
    /// The values have been erased.
    pub erased: bool,
    /// Only a newer version can read the values.
    pub newer: bool,
    /// The operation was taken back.
    pub undone: bool,
}

/// Which operations to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct HistoryQuery {
    /// Only this kind.
    pub kind: Option<OperationKind>,
    /// Only those that changed something: nobody who opened the database or printed a list.
    #[serde(default)]
    pub changes_only: bool,
    /// Only by this staff member.
    pub actor: Option<Id>,
    /// Only from this moment on, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Only before this moment, in milliseconds since 1970.
    pub until: Option<i64>,
    /// Only those older than this one: the last of the page before.
    pub before: Option<Id>,
    /// At most so many, up to 200.
    pub limit: u32,
}

/// A part of the history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HistoryPage {
    /// The operations.
    pub rows: Vec<OperationRow>,
    /// How many there are in all.
    pub total: u32,
}

/// A part of an operation's changes.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ChangePage {
    /// How many there are in all.
    pub total: u32,
    /// The changes, but for those that only a newer version can read.
    pub changes: Vec<RecordChange>,
    /// How many of this part those are.
    pub newer: u32,
}

/// Every change of a record since it was created, newest first (M21).
pub async fn audit_log(session: &Session, kind: RecordKind, id: Id) -> Result<Vec<AuditEntry>, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let entries = session.read(|view| {
        view.get(kind, id)?;
        // The journal of the record just read.
        let db = view.everything();
        let mut names = Names::new(view);
        let mut entries = Vec::new();
        for (operation, change) in journal::audit(db, id)? {
            entries.push(AuditEntry {
                operation: operation.operation.id,
                kind: operation.operation.kind.known(),
                at: operation.operation.told_at(),
                actor: names.of(RecordKind::Staff, operation.operation.actor)?.unwrap_or_default(),
                device: names.device(operation.operation.device)?,
                created: change.created(),
                fields: names.fields(&change)?,
                erased: change.is_erased(),
                newer: change.values == Values::Newer,
                undone: journal::is_undone(db, operation.operation.id)?,
            });
        }
        entries.reverse();
        Ok(entries)
    });
    Ok(entries.await?)
}

/// Operations, newest first.
pub async fn history_list(session: &Session, query: &HistoryQuery) -> Result<HistoryPage, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let filter = HistoryFilter {
        kind: query.kind,
        changes_only: query.changes_only,
        actor: query.actor,
        before: query.before,
        since: query.since,
        until: query.until,
    };
    let page = session.read(|view| {
        // The journal is everybody's; what it says of somebody is withheld by `Names`.
        let db = view.everything();
        let (operations, total) = journal::history(db, &filter, query.limit.min(200))?;
        let mut names = Names::new(view);
        let rows: Result<Vec<_>, _> = operations.iter().map(|operation| names.operation(operation)).collect();
        Ok(HistoryPage { rows: rows?, total })
    });
    Ok(page.await?)
}

/// Some of what an operation did, at most 200 records at once.
pub async fn history_changes(
    session: &Session,
    operation: Id,
    offset: u32,
    limit: u32,
) -> Result<ChangePage, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let page = session.read(|view| {
        // As the list.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        let mut names = Names::new(view);
        let (mut changes, mut newer) = (Vec::new(), 0);
        for change in journal::changes(db, &entry, i64::from(offset), i64::from(limit.min(200)))? {
            match names.change(&change)? {
                Some(change) => changes.push(change),
                None => newer += 1,
            }
        }
        Ok(ChangePage { total: entry.changes as u32, changes, newer })
    });
    Ok(page.await?)
}
