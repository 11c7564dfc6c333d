//! Records of any kind: add, edit, delete, look at. Kinds with rules of their own build on this.

use crate::activities::takes_part_already;
use crate::desk::{Desk, new_id};
use crate::error::{CommandError, FieldConflict};
use crate::history::Names;
use crate::lists::Selection;
use crate::viewing::{known_name, open_contact};
use liaison_domain::edit::{self, FieldEdit, draft};
use liaison_domain::field::{DELETED_AT, FieldType};
use liaison_domain::journal::FieldChange;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::viewer::Viewer;
use liaison_domain::{
    Field, Id, OperationKind, Permission, Record, RecordKind, Registry, Value, contact, employment, entry, event, name,
    participation, privacy, student,
};
use liaison_store::{Db, Recorder, Sql, StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A record that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Created {
    /// The record.
    pub id: Id,
    /// The operation that takes it back.
    pub operation: Id,
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Done {
    /// The operation that takes it back; none where nothing changed.
    pub operation: Option<Id>,
    /// Records changed.
    pub changed: u32,
    /// Records left as they were, because they were already so or could not be changed.
    pub skipped: u32,
    /// Linked employer users changed.
    pub users: u32,
}

/// A record as a form or a panel shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RecordDetail {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its name.
    pub name: String,
    /// Every field that has a value, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// The names of the records referred to, by key of the field.
    pub names: BTreeMap<String, String>,
    /// In the trash.
    pub deleted: bool,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// The values of a record that has any, by key; deletion is not a field to screens.
pub(crate) fn values(registry: &Registry, record: &Record) -> BTreeMap<String, FieldValue> {
    record
        .filled()
        .filter(|(number, _)| *number != DELETED_AT.number)
        .filter_map(|(number, value)| Some((registry.numbered(record.kind, number)?.key, value.into())))
        // What an attribute held stays in the record while its definition is in the trash; nobody sees it.
        .filter(|(key, _)| registry.field(record.kind, key).is_some())
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// Refuses kinds that have use cases of their own.
pub(crate) fn entered_by_hand(kind: RecordKind) -> Result<(), CommandError> {
    if kind.is_entered_by_hand() { Ok(()) } else { Err(CommandError::not_found("form for this kind of record")) }
}

impl Desk {
    /// Adds a record of a kind that is entered by hand, for example a task.
    pub async fn record_create(
        self: &Arc<Self>,
        kind: RecordKind,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        entered_by_hand(kind)?;
        self.create(kind, OperationKind::RecordsCreate, values).await
    }

    /// Edits such a record.
    pub async fn record_edit(
        self: &Arc<Self>,
        kind: RecordKind,
        id: Id,
        edits: &[FieldEdit],
    ) -> Result<Done, CommandError> {
        entered_by_hand(kind)?;
        self.edit(kind, OperationKind::RecordsEdit, id, edits).await
    }

    /// Puts such records into the trash, with what belongs to them: the registrations of an event, say.
    pub async fn records_delete(self: &Arc<Self>, kind: RecordKind, ids: &[Id]) -> Result<Done, CommandError> {
        entered_by_hand(kind)?;
        if kind == RecordKind::Employment {
            let thawed = self
                .database
                .read(|db| ids.iter().try_for_each(|id| check_thawed(db, &table::get(db, kind, *id)?.record)));
            thawed.await?;
        }
        let selection = Selection::Ids { ids: ids.to_vec() };
        self.delete(kind, &selection, &mut |_| ControlFlow::Continue(())).await
    }

    /// A record of any kind, also of one in the trash.
    pub async fn record_get(&self, kind: RecordKind, id: Id) -> Result<RecordDetail, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let detail = self.database.read(|db| {
            self.require_shown(db, kind, id)?;
            let mut seen = Names::seen_by(db, self.viewer());
            let mut record = table::get(db, kind, id)?.record;
            let private = kind == RecordKind::EmployerUser && open_contact(db, &self.viewer(), id)?.is_none();
            if private {
                for field in kind.fields().iter().filter(|field| privacy::withholds(field)) {
                    record.set(field, Value::Empty);
                }
            }
            let mut names = BTreeMap::new();
            for field in kind.fields() {
                if let (FieldType::Reference { kind: referred }, Some(id)) =
                    (field.field_type, record.get(field).as_reference())
                    && let Some(name) = seen.of(referred, id)?
                {
                    names.insert(field.key.to_owned(), name);
                }
            }
            Ok(RecordDetail {
                id,
                kind,
                name: if private { String::new() } else { table::name_of(db, kind, id)?.unwrap_or_default() },
                values: values(db.registry(), &record),
                names,
                deleted: record.is_deleted(),
                changes: journal::change_count(db, id)?,
            })
        });
        Ok(detail.await?)
    }

    /// Adds a record of a kind that is edited on forms.
    pub(crate) async fn create(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        self.actor.require(Permission::EditContacts)?;
        self.create_permitted(kind, operation, values).await
    }

    /// As [`Desk::create`], by whom its use case found to be permitted.
    pub(crate) async fn create_permitted(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        let record = self.drafted(kind, values, self.now())?;
        let id = record.id;
        let work = |recorder: &mut Recorder<'_>| {
            check_record(recorder.db(), &self.viewer(), &record)?;
            recorder.create(&record)
        };
        let ((), recorded) = self.commit(operation, String::new(), None, work).await?;
        Created::by(id, recorded)
    }

    /// A new record as its form says, completed and checked by itself.
    pub(crate) fn drafted(
        &self,
        kind: RecordKind,
        values: &HashMap<String, FieldValue>,
        now: u64,
    ) -> Result<Record, CommandError> {
        let values = values.iter().map(|(key, value)| (key.as_str(), value));
        let mut record = draft(&self.registry(), kind, new_id(now), now as i64, values)?;
        entry::complete(&mut record, &self.actor);
        entry::check(&record)?;
        Ok(record)
    }

    /// Edits a record of a kind that is edited on forms.
    pub(crate) async fn edit(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        id: Id,
        edits: &[FieldEdit],
    ) -> Result<Done, CommandError> {
        self.actor.require(Permission::EditContacts)?;
        self.edit_permitted(kind, operation, id, edits).await
    }

    /// As [`Desk::edit`], by whom its use case found to be permitted.
    pub(crate) async fn edit_permitted(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        id: Id,
        edits: &[FieldEdit],
    ) -> Result<Done, CommandError> {
        let work = |recorder: &mut liaison_store::Recorder<'_>| {
            self.require_shown(recorder.db(), kind, id)?;
            edit_record(recorder, &self.viewer(), kind, id, edits)
        };
        self.change_one(operation, kind, id, work).await
    }

    /// A conflict with who changed the values last, and when.
    pub(crate) async fn tell_who_changed(
        &self,
        kind: RecordKind,
        id: Id,
        mut fields: Vec<FieldConflict>,
    ) -> Result<CommandError, CommandError> {
        for conflict in &mut fields {
            self.tell_who(kind, id, conflict).await?;
        }
        Ok(CommandError::Conflict { fields })
    }

    /// Adds to a conflict who changed the value last, and when.
    async fn tell_who(&self, kind: RecordKind, id: Id, conflict: &mut FieldConflict) -> Result<(), CommandError> {
        let number = self.registry().field(kind, &conflict.field).map(|field| field.number);
        let last = self.database.read(|db| {
            let entries = journal::audit(db, id)?;
            let touches = |change: &FieldChange| Some(change.field) == number;
            let Some((operation, _)) = entries.iter().rev().find(|(_, entry)| entry.fields().iter().any(touches))
            else {
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
}

/// Makes the edits of a form on a record, within an operation. How many records that changed: one or none.
pub(crate) fn edit_record(
    recorder: &mut Recorder<'_>,
    viewer: &Viewer,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
) -> Result<u32, StoreError> {
    let located = table::live(recorder.db(), kind, id)?;
    let changes = edit::edit(recorder.db().registry(), &located.record, edits)?;
    check_references(recorder.db(), kind, &changes)?;
    let mut after = located.record;
    after.apply(&changes);
    entry::check(&after)?;
    if own_email(kind).is_some_and(|field| changes.iter().any(|change| change.field == field.number)) {
        check_unique_email(recorder.db(), viewer, &after)?;
    }
    check_thawed(recorder.db(), &after)?;
    check_participation(recorder.db(), &after)?;
    recorder.update(kind, located.n, id, &changes)?;
    Ok(u32::from(!changes.is_empty()))
}

/// Refuses a new record that does not fit those there are: it refers to one that is gone, or there is it already.
pub(crate) fn check_record(db: &Db<'_>, viewer: &Viewer, record: &Record) -> Result<(), StoreError> {
    check_references(db, record.kind, &record.creation())?;
    check_unique_email(db, viewer, record)?;
    check_thawed(db, record)?;
    check_participation(db, record)
}

/// Refuses that somebody takes part twice in the same part, and Additional Contacts of what is no job fair.
pub(crate) fn check_participation(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    if record.kind != RecordKind::Participation {
        return Ok(());
    }
    let refuse = |field: &Field, problem| Err(Refusal::of(field.key, problem).into());
    if takes_part_already(db, record)?
        && let Some(contact) = record.get(&participation::CONTACT).as_reference()
    {
        let by = table::name_of(db, RecordKind::Contact, contact)?.unwrap_or_default();
        return refuse(&participation::CONTACT, Problem::InUse { by });
    }
    if record.text(&participation::PART) == participation::ADDITIONAL_CONTACT
        && let Some(event) = record.get(&participation::EVENT).as_reference()
        && table::get(db, RecordKind::Event, event)?.record.text(&event::TYPE) != event::JOB_FAIR
    {
        let choices = vec![participation::REGISTERED.to_owned()];
        return refuse(&participation::PART, Problem::NotAChoice { choices });
    }
    Ok(())
}

/// Refuses to touch the employment history of a rejected contact: it is data of the contact, and frozen (M27).
fn check_thawed(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    let of = (record.kind == RecordKind::Employment).then(|| record.get(&employment::CONTACT).as_reference());
    match of.flatten().map(|contact| table::find(db, RecordKind::Contact, contact)).transpose()? {
        Some(Some(contact)) => Ok(edit::frozen(&contact.record)?),
        _ => Ok(()),
    }
}

/// Refuses references to records that are not there.
pub(crate) fn check_references(db: &Db<'_>, kind: RecordKind, changes: &[FieldChange]) -> Result<(), StoreError> {
    let mut problems = Vec::new();
    for (field, referred, id) in edit::references(changes, kind) {
        let there = table::find(db, referred, id)?.is_some_and(|located| !located.record.is_deleted());
        if !there {
            problems.push(FieldProblem { field: field.key.to_owned(), problem: Problem::UnknownReference });
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems).into()) }
}

/// The address that tells records of a kind apart: contacts, and students and alumni.
fn own_email(kind: RecordKind) -> Option<&'static Field> {
    match kind {
        RecordKind::Contact => Some(&contact::EMAIL),
        RecordKind::Student => Some(&student::EMAIL),
        _ => None,
    }
}

/// Refuses an address that another record of the kind has: the address tells them apart. Whose it is, is said as far as
/// the viewer may know.
pub(crate) fn check_unique_email(db: &Db<'_>, viewer: &Viewer, record: &Record) -> Result<(), StoreError> {
    let Some(field) = own_email(record.kind) else { return Ok(()) };
    let key = name::email_key(record.text(field));
    let table = record.kind.key();
    let other = db.first(
        &format!("SELECT id FROM {table} WHERE email_key=? AND deleted_at IS NULL AND id<>? LIMIT 1"),
        &[Sql::Text(&key), Sql::Blob(record.id.bytes())],
        |row| Ok(Id::from_bytes(row.blob(0))),
    )?;
    let Some(other) = other.flatten() else { return Ok(()) };
    let by = known_name(db, viewer, record.kind, other)?;
    Err(Refusal::of(field.key, Problem::InUse { by }).into())
}
