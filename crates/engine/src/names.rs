//! What journal and lists say about records, for people: names of the records meant, values in words. Names that the
//! viewer may not know are withheld.

use crate::error::CommandError;
use crate::session::Session;
use liaison_domain::access::{RECOVERY_KEY, RECOVERY_KEY_NAME};
use liaison_domain::parse::FieldValue;
use liaison_domain::{
    Field, FieldChange, FieldType, Id, Numbered, OperationKind, RecordKind, Value, contact, employer, privacy,
};
use liaison_queries::{View, notes};
use liaison_store::journal::{self, Logged, LoggedChange, Values};
use liaison_store::list::ListCell;
use liaison_store::{Db, StoreError, device, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A cell of a list or of a change.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Cell {
    /// The value.
    pub value: FieldValue,
    /// Words for a value that is none by itself: the name of a record, the role of a user.
    pub text: Option<String>,
}

impl From<ListCell> for Cell {
    fn from(cell: ListCell) -> Cell {
        Cell { value: (&cell.value).into(), text: cell.text }
    }
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
    /// The names of what it is about, where that is a few records whose names the viewer may all know: of a merge,
    /// those that were merged into another.
    pub names: Vec<String>,
    /// The name of the record that others were merged into; none where it is no merge, or the viewer may not know it.
    pub into: Option<String>,
    /// The kind of what was changed, also where that was many records: of a note, the note.
    pub record_kind: Option<RecordKind>,
    /// It was taken back.
    pub undone: bool,
    /// The hub refused it: it counts for nothing.
    pub refused: bool,
    /// The operation it takes back.
    pub undoes: Option<Id>,
    /// The kind of the operation it takes back.
    pub undoes_kind: Option<OperationKind>,
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

/// Looks up names while entries are put into words.
pub struct Names<'d> {
    view: View<'d>,
    db: &'d Db<'d>,
    known: HashMap<(RecordKind, Id), Option<String>>,
    devices: HashMap<Id, String>,
    private: HashMap<(RecordKind, Id), bool>,
}

impl<'d> Names<'d> {
    /// Names as whoever looks may know them: those of private employer users (M49), and of contacts that are hidden and
    /// what is about them, are withheld (M25).
    pub fn new(view: &View<'d>) -> Names<'d> {
        // Journal and devices are read whole; what they say of somebody is withheld below.
        let db = view.everything();
        Names { view: *view, db, known: HashMap::new(), devices: HashMap::new(), private: HashMap::new() }
    }

    /// Whether it is withheld who the record is about.
    pub fn is_private(&mut self, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
        if let Some(known) = self.private.get(&(kind, id)) {
            return Ok(*known);
        }
        let private = match kind {
            RecordKind::EmployerUser => self.view.open_contact(id)?.is_none(),
            kind => self.view.is_hidden(kind, id)?,
        };
        self.private.insert((kind, id), private);
        Ok(private)
    }

    /// Whether a field of the record is withheld: of an employer user who it is, of what is hidden everything.
    pub fn withholds(&mut self, kind: RecordKind, id: Id, field: Option<&Field>) -> Result<bool, StoreError> {
        let of_user = kind == RecordKind::EmployerUser;
        Ok((!of_user || field.is_some_and(privacy::withholds)) && self.is_private(kind, id)?)
    }

    /// The name of a record; none where it is gone, has none, or the viewer may not know it.
    pub fn of(&mut self, kind: RecordKind, id: Id) -> Result<Option<String>, StoreError> {
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

    /// The name of whoever took a step: a staff member, or in the portal an employer user, a student or an alum, and a contact
    /// who stops messages. Empty where they are gone, or the viewer may not know it.
    pub fn actor(&mut self, id: Id) -> Result<String, StoreError> {
        for kind in [RecordKind::Staff, RecordKind::EmployerUser, RecordKind::Student, RecordKind::Contact] {
            if let Some(name) = self.of(kind, id)? {
                return Ok(name);
            }
        }
        Ok(String::new())
    }

    /// The name of a device; empty where it is not known.
    pub fn device(&mut self, id: Id) -> Result<String, StoreError> {
        if let Some(name) = self.devices.get(&id) {
            return Ok(name.clone());
        }
        let name = device::name_of(self.db, id)?.unwrap_or_default();
        self.devices.insert(id, name.clone());
        Ok(name)
    }

    /// A value of a field in words; `field` is none where only a newer version knows it.
    pub fn cell(&mut self, field: Option<&Field>, value: &Value) -> Result<Cell, StoreError> {
        let text = match (field.map(|field| field.field_type), value) {
            (Some(FieldType::Reference { kind }), Value::Reference(id)) => self.of(kind, *id)?,
            _ => None,
        };
        Ok(Cell { value: value.into(), text })
    }

    /// One changed field, before and after.
    pub fn field(&mut self, kind: RecordKind, change: &FieldChange) -> Result<AuditField, StoreError> {
        let field = self.db.registry().numbered(kind, change.field);
        Ok(AuditField {
            field: field.map_or_else(|| change.field.to_string(), |field| field.key.to_owned()),
            before: self.cell(field, &change.before)?,
            after: self.cell(field, &change.after)?,
        })
    }

    /// The changed fields that the viewer may see, in the order they are stored.
    pub fn fields(&mut self, change: &LoggedChange) -> Result<Vec<AuditField>, StoreError> {
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
    pub fn change(&mut self, change: &LoggedChange) -> Result<Option<RecordChange>, StoreError> {
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

    /// An operation for people: who, where, what it is about.
    pub fn operation(&mut self, entry: &Logged) -> Result<OperationRow, StoreError> {
        let (mut subject, mut subject_of) = (None, entry.subject);
        if let Some((RecordKind::Note, note)) = subject_of {
            subject_of = notes::contact_of(self.db, note)?.map(|contact| (RecordKind::Contact, contact));
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
        let merge = self.merge(entry)?;
        let (names, into) = match merge {
            Some(Merged { names, into }) => (names, into),
            None => (self.few(entry)?, None),
        };
        Ok(OperationRow {
            names,
            into,
            id: entry.operation.id,
            kind: entry.operation.kind.known(),
            at: entry.operation.told_at(),
            actor: self.actor(entry.operation.actor)?,
            device: self.device(entry.operation.device)?,
            count: entry.records,
            detail: entry.operation.detail.clone(),
            subject,
            subject_id: subject_of.map(|(_, id)| id),
            subject_kind: subject_of.map(|(kind, _)| kind),
            record_kind: entry.main,
            undone: journal::is_undone(self.db, entry.operation.id)?,
            refused: entry.refused,
            undoes: entry.operation.undoes,
            undoes_kind,
        })
    }
}

/// What a step merged or separated.
struct Merged {
    /// The names of what went into the other; none where they are many, or one of them is hidden.
    names: Vec<String>,
    /// The name of the one they went into.
    into: Option<String>,
}

/// Most records that a step names one by one.
const FEW: u32 = 3;
/// Most changes that a merge is looked for in: those of the records themselves come before what moves with them.
const MERGE_CHANGES: i64 = 200;

impl Names<'_> {
    /// The names of what an operation is about where that is more than one record and few; else none.
    fn few(&mut self, entry: &Logged) -> Result<Vec<String>, StoreError> {
        let Some(main) = entry.main.filter(|_| (2..=FEW).contains(&entry.records)) else { return Ok(Vec::new()) };
        let mut seen = Vec::new();
        for change in journal::changes(self.db, entry, 0, MERGE_CHANGES)? {
            if change.kind.known() == Some(main) && !seen.contains(&change.record) {
                seen.push(change.record);
            }
        }
        let all = seen.len() == entry.records as usize;
        Ok(if all { self.all_of(main, &seen)?.unwrap_or_default() } else { Vec::new() })
    }

    /// Their names, where each has one that the viewer may know.
    fn all_of(&mut self, kind: RecordKind, ids: &[Id]) -> Result<Option<Vec<String>>, StoreError> {
        let mut names = Vec::with_capacity(ids.len());
        for id in ids {
            names.extend(self.of(kind, *id)?.filter(|name| !name.is_empty()));
        }
        Ok((names.len() == ids.len()).then_some(names))
    }

    /// What an operation merged, and into what; `None` where it merged nothing into one record, or separated nothing.
    fn merge(&mut self, entry: &Logged) -> Result<Option<Merged>, StoreError> {
        let (kind, field) = match entry.main {
            Some(RecordKind::Contact) => (RecordKind::Contact, contact::MERGED_INTO.number),
            Some(RecordKind::Employer) => (RecordKind::Employer, employer::MERGED_INTO.number),
            _ => return Ok(None),
        };
        let mut root = entry.operation.clone();
        while let Some(undone) = root.undoes {
            root = journal::operation(self.db, undone)?.operation;
        }
        let merges = [OperationKind::ContactsMerge, OperationKind::ContactsApproveInto, OperationKind::EmployersMerge];
        if !root.kind.known().is_some_and(|kind| merges.contains(&kind)) {
            return Ok(None);
        }
        let (mut merged, mut into) = (Vec::new(), None);
        for change in journal::changes(self.db, entry, 0, MERGE_CHANGES)? {
            let Some(link) = change.fields().iter().find(|link| link.field == field) else { continue };
            let ((Value::Reference(survivor), _) | (_, Value::Reference(survivor))) = (&link.after, &link.before)
            else {
                continue;
            };
            if change.kind.known() != Some(kind) || into.is_some_and(|known| known != *survivor) {
                continue;
            }
            into = Some(*survivor);
            if !merged.contains(&change.record) {
                merged.push(change.record);
            }
        }
        let Some(survivor) = into else { return Ok(None) };
        let names = if merged.len() <= FEW as usize { self.all_of(kind, &merged)? } else { None };
        Ok(Some(Merged { names: names.unwrap_or_default(), into: self.of(kind, survivor)? }))
    }
}

/// The name of a record, as somebody who refuses a value may give it: empty where the viewer may not know it.
pub fn known_name(view: &View<'_>, kind: RecordKind, id: Id) -> Result<String, StoreError> {
    Ok(Names::new(view).of(kind, id)?.unwrap_or_default())
}

/// The institution's name.
pub async fn institution(session: &Session) -> Result<String, CommandError> {
    Ok(session.read(|view| liaison_store::backup::institution(view.everything())).await?)
}
