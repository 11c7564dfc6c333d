//! The audit log of a record (M21) and the history of everything.

use crate::desk::Desk;
use crate::error::CommandError;
use crate::lists::Cell;
use crate::viewing::{is_hidden, open_contact};
use liaison_domain::access::{RECOVERY_KEY, RECOVERY_KEY_NAME};
use liaison_domain::viewer::Viewer;
use liaison_domain::{
    Field, FieldChange, FieldType, Id, Numbered, OperationKind, Permission, RecordKind, Value, privacy,
};
use liaison_store::journal::{self, HistoryFilter, Logged, LoggedChange, Values};
use liaison_store::{Db, Sql, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

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

/// One field of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct AuditField {
    /// Key of the field; its number where this version does not know it.
    pub field: String,
    /// The old value.
    pub before: Cell,
    /// The new value.
    pub after: Cell,
}

/// One operation of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct OperationRow {
    /// The operation.
    pub id: Id,
    /// Its kind, by key; none where only a newer version knows it.
    pub kind: Option<OperationKind>,
    /// When by the wall clock, in milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// From which device.
    pub device: String,
    /// How many records it changed.
    pub count: u32,
    /// A file's name or a role's name.
    pub detail: String,
    /// The name of the record it is about, where it is about one.
    pub subject: Option<String>,
    /// The record to open for it: of a note, its contact.
    pub subject_id: Option<Id>,
    /// The kind of that record.
    pub subject_kind: Option<RecordKind>,
    /// The kind of what was changed, also where that was many records: of a note, the note.
    pub record_kind: Option<RecordKind>,
    /// It was taken back.
    pub undone: bool,
    /// The operation it takes back.
    pub undoes: Option<Id>,
    /// The kind of the operation it takes back.
    pub undoes_kind: Option<OperationKind>,
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

/// What an operation did to one record.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RecordChange {
    /// The record.
    pub record: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its name.
    pub name: String,
    /// The operation brought it into being.
    pub created: bool,
    /// What changed.
    pub fields: Vec<AuditField>,
    /// The values have been erased.
    pub erased: bool,
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

/// Looks up names while entries are put into words.
pub(crate) struct Names<'d> {
    db: &'d Db<'d>,
    known: HashMap<(RecordKind, Id), Option<String>>,
    devices: HashMap<Id, String>,
    viewer: Option<Viewer>,
    private: HashMap<(RecordKind, Id), bool>,
}

impl<'d> Names<'d> {
    pub(crate) fn new(db: &'d Db<'d>) -> Names<'d> {
        Names { db, known: HashMap::new(), devices: HashMap::new(), viewer: None, private: HashMap::new() }
    }

    /// Names as the viewer may know them: those of private employer users (M49), and of contacts that are hidden from
    /// the viewer and what is about them, are withheld (M25).
    pub(crate) fn seen_by(db: &'d Db<'d>, viewer: Viewer) -> Names<'d> {
        Names { viewer: Some(viewer), ..Names::new(db) }
    }

    /// Whether it is withheld who the record is about.
    pub(crate) fn is_private(&mut self, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
        let Some(viewer) = self.viewer else { return Ok(false) };
        if let Some(known) = self.private.get(&(kind, id)) {
            return Ok(*known);
        }
        let private = match kind {
            RecordKind::EmployerUser => open_contact(self.db, &viewer, id)?.is_none(),
            kind => is_hidden(self.db, &viewer, kind, id)?,
        };
        self.private.insert((kind, id), private);
        Ok(private)
    }

    /// Whether a field of the record is withheld: of an employer user who it is, of what is hidden everything.
    pub(crate) fn withholds(&mut self, kind: RecordKind, id: Id, field: Option<&Field>) -> Result<bool, StoreError> {
        let of_user = kind == RecordKind::EmployerUser;
        Ok((!of_user || field.is_some_and(privacy::withholds)) && self.is_private(kind, id)?)
    }

    pub(crate) fn of(&mut self, kind: RecordKind, id: Id) -> Result<Option<String>, StoreError> {
        if let Some(name) = self.known.get(&(kind, id)) {
            return Ok(name.clone());
        }
        let name = match id {
            RECOVERY_KEY => Some(RECOVERY_KEY_NAME.to_owned()),
            id if self.is_private(kind, id)? => None,
            id => table::name_of(self.db, kind, id)?,
        };
        self.known.insert((kind, id), name.clone());
        Ok(name)
    }

    fn device(&mut self, id: Id) -> Result<String, StoreError> {
        if let Some(name) = self.devices.get(&id) {
            return Ok(name.clone());
        }
        let name = self
            .db
            .first("SELECT name FROM device WHERE id=?", &[Sql::Blob(id.bytes())], |row| Ok(row.text(0).to_owned()))?;
        let name = name.unwrap_or_default();
        self.devices.insert(id, name.clone());
        Ok(name)
    }

    pub(crate) fn cell(&mut self, field: Option<&Field>, value: &Value) -> Result<Cell, StoreError> {
        let text = match (field.map(|field| field.field_type), value) {
            (Some(FieldType::Reference { kind }), Value::Reference(id)) => self.of(kind, *id)?,
            _ => None,
        };
        Ok(Cell { value: value.into(), text })
    }

    pub(crate) fn field(&mut self, kind: RecordKind, change: &FieldChange) -> Result<AuditField, StoreError> {
        let field = self.db.registry().numbered(kind, change.field);
        Ok(AuditField {
            field: field.map_or_else(|| change.field.to_string(), |field| field.key.to_owned()),
            before: self.cell(field, &change.before)?,
            after: self.cell(field, &change.after)?,
        })
    }

    fn fields(&mut self, change: &LoggedChange) -> Result<Vec<AuditField>, StoreError> {
        let Some(kind) = change.kind.known() else { return Ok(Vec::new()) };
        let mut shown = Vec::with_capacity(change.fields().len());
        for field in change.fields() {
            if !self.withholds(kind, change.record, kind.field_numbered(field.field))? {
                shown.push(self.field(kind, field)?);
            }
        }
        Ok(shown)
    }

    /// A change for people; `None` where only a newer version can read it.
    pub(crate) fn change(&mut self, change: &LoggedChange) -> Result<Option<RecordChange>, StoreError> {
        let Some(kind) = change.kind.known().filter(|_| change.values != Values::Newer) else { return Ok(None) };
        Ok(Some(RecordChange {
            record: change.record,
            kind,
            name: self.of(kind, change.record)?.unwrap_or_default(),
            created: change.created(),
            fields: self.fields(change)?,
            erased: change.is_erased(),
        }))
    }

    pub(crate) fn operation(&mut self, entry: &Logged) -> Result<OperationRow, StoreError> {
        let (mut subject, mut subject_of) = (None, entry.subject);
        if let Some((RecordKind::Note, note)) = subject_of {
            let contact = self.db.first("SELECT contact FROM note WHERE id=?", &[Sql::Blob(note.bytes())], |row| {
                Ok(Id::from_bytes(row.blob(0)))
            })?;
            subject_of = contact.flatten().map(|contact| (RecordKind::Contact, contact));
        }
        let about_passcode = [OperationKind::SecurityPasscode, OperationKind::SecurityRecover].map(Numbered::Known);
        if about_passcode.contains(&entry.operation.kind) {
            // It changed no record; whose passcode it was stands in the detail.
            subject_of = entry.operation.detail.parse().ok().map(|staff| (RecordKind::Staff, staff));
        }
        if let Some((kind, id)) = subject_of {
            subject = self.of(kind, id)?;
        }
        let undoes_kind = match entry.operation.undoes {
            Some(id) => journal::operation(self.db, id)?.operation.kind.known(),
            None => None,
        };
        Ok(OperationRow {
            id: entry.operation.id,
            kind: entry.operation.kind.known(),
            at: entry.operation.told_at(),
            actor: self.of(RecordKind::Staff, entry.operation.actor)?.unwrap_or_default(),
            device: self.device(entry.operation.device)?,
            count: entry.records,
            detail: entry.operation.detail.clone(),
            subject,
            subject_id: subject_of.map(|(_, id)| id),
            subject_kind: subject_of.map(|(kind, _)| kind),
            record_kind: entry.main,
            undone: journal::is_undone(self.db, entry.operation.id)?,
            undoes: entry.operation.undoes,
            undoes_kind,
        })
    }
}

impl Desk {
    /// Every change of a record since it was created, newest first (M21).
    pub async fn audit_log(&self, kind: RecordKind, id: Id) -> Result<Vec<AuditEntry>, CommandError> {
        self.actor.require(Permission::ViewAuditLog)?;
        let entries = self.database.read(|db| {
            table::get(db, kind, id)?;
            self.require_shown(db, kind, id)?;
            let mut names = Names::seen_by(db, self.viewer());
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
    pub async fn history_list(&self, query: &HistoryQuery) -> Result<HistoryPage, CommandError> {
        self.actor.require(Permission::ViewAuditLog)?;
        let filter = HistoryFilter {
            kind: query.kind,
            changes_only: query.changes_only,
            actor: query.actor,
            before: query.before,
            since: query.since,
            until: query.until,
        };
        let page = self.database.read(|db| {
            let (operations, total) = journal::history(db, &filter, query.limit.min(200))?;
            let mut names = Names::seen_by(db, self.viewer());
            let rows: Result<Vec<_>, _> = operations.iter().map(|operation| names.operation(operation)).collect();
            Ok(HistoryPage { rows: rows?, total })
        });
        Ok(page.await?)
    }

    /// Some of what an operation did, at most 200 records at once.
    pub async fn history_changes(&self, operation: Id, offset: u32, limit: u32) -> Result<ChangePage, CommandError> {
        self.actor.require(Permission::ViewAuditLog)?;
        let page = self.database.read(|db| {
            let entry = journal::operation(db, operation)?;
            let mut names = Names::seen_by(db, self.viewer());
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
}
