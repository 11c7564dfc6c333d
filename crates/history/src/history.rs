//! The audit log of a record (M21) and the history of everything.

mod changes;

pub use changes::{ChangeGroup, ChangePage, ChangedRecord, history_changes, history_step};

use liaison_domain::refusal::Refusal;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, limits};
use liaison_engine::error::CommandError;
use liaison_engine::names::{AuditField, Names, OperationRow};
use liaison_engine::session::Session;
use liaison_queries::mentioned;
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
    /// The other record that was changed, where the entry is no change of the record itself: a note about it, an
    /// employer it became the primary contact of.
    pub about: Option<AuditRecord>,
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

/// A record whose change is about another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AuditRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its name; empty where it has none, or the viewer may not know it.
    pub name: String,
}

/// Which operations to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct HistoryQuery {
    /// Only of these kinds; of all where there is none.
    #[serde(default)]
    pub kinds: Vec<OperationKind>,
    /// Only what touched a record, or was done by a person, with these words in its name; all where it is empty.
    #[serde(default)]
    pub about: String,
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

/// Every change of a record since it was created, newest first; of a contact everything done about the person (M21).
pub async fn audit_log(session: &Session, kind: RecordKind, id: Id) -> Result<Vec<AuditEntry>, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let entries = session.read(|view| {
        view.get(kind, id)?;
        // The journal of the record just read.
        let db = view.everything();
        let mut names = Names::new(view);
        let mut entries = Vec::new();
        let mut found = journal::audit(db, id)?;
        if kind == RecordKind::Contact {
            found.extend(journal::audit_about(db, id)?);
            found.sort_by_key(|(_, change)| change.n);
        }
        for (operation, change) in found {
            let about = match change.kind.known().filter(|_| change.record != id) {
                Some(of) if of == RecordKind::Contact && names.is_private(of, change.record)? => continue,
                Some(of) => {
                    let name = names.of(of, change.record)?.unwrap_or_default();
                    Some(AuditRecord { kind: of, id: change.record, name })
                }
                None => None,
            };
            entries.push(AuditEntry {
                operation: operation.operation.id,
                kind: operation.operation.kind.known(),
                at: operation.operation.told_at(),
                actor: names.actor(operation.operation.actor)?,
                device: names.device(operation.operation.device)?,
                about,
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
    limits::search(&query.about).map_err(|problem| Refusal::of("about", problem))?;
    let mut filter = HistoryFilter {
        kinds: query.kinds.clone(),
        about: None,
        changes_only: query.changes_only,
        actor: query.actor,
        before: query.before,
        since: query.since,
        until: query.until,
    };
    let page = session.read(|view| {
        // The journal is everybody's; what it says of somebody is withheld by `Names`.
        let db = view.everything();
        if !query.about.trim().is_empty() {
            filter.about = Some(mentioned::records(view, &query.about)?);
        }
        let (operations, total) = journal::history(db, &filter, query.limit.min(200))?;
        let mut names = Names::new(view);
        let rows: Result<Vec<_>, _> = operations.iter().map(|operation| names.operation(operation)).collect();
        Ok(HistoryPage { rows: rows?, total })
    });
    Ok(page.await?)
}
