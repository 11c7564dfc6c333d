//! Records of any kind: add, edit, delete, look at. Kinds with rules of their own build on this.

use crate::caseload;
use crate::error::CommandError;
use crate::forms;
use crate::moment::new_id;
use crate::names::Names;
use crate::names::known_name;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::{self, FieldEdit, draft};
use liaison_domain::field::{DELETED_AT, FieldType};
use liaison_domain::journal::FieldChange;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::viewer::Viewer;
use liaison_domain::{
    Field, Id, OperationKind, Permission, Record, RecordKind, Registry, Value, contact, employer, employment, entry,
    event, name, participation, privacy, student,
};
use liaison_queries::{View, employers, lookup, participations};
use liaison_store::{Db, Recorder, StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

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
pub fn values(registry: &Registry, record: &Record) -> BTreeMap<String, FieldValue> {
    record
        .filled()
        .filter(|(number, _)| *number != DELETED_AT.number)
        .filter_map(|(number, value)| Some((registry.numbered(record.kind, number)?.key, value.into())))
        // What an attribute held stays in the record while its definition is in the trash; nobody sees it.
        .filter(|(key, _)| registry.field(record.kind, key).is_some())
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// A record of any kind, also of one in the trash.
pub async fn record_get(session: &Session, kind: RecordKind, id: Id) -> Result<RecordDetail, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let detail = session.read(|view| {
        let mut seen = Names::new(view);
        let mut record = view.get(kind, id)?.record;
        let private = kind == RecordKind::EmployerUser && view.open_contact(id)?.is_none();
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
            name: if private { String::new() } else { view.name_of(kind, id)?.unwrap_or_default() },
            values: values(view.registry(), &record),
            names,
            deleted: record.is_deleted(),
            // A count of the record just read.
            changes: journal::change_count(view.everything(), id)?,
        })
    });
    Ok(detail.await?)
}

/// Adds a record of a kind that is edited on forms.
pub async fn create(
    session: &Session,
    kind: RecordKind,
    operation: OperationKind,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    caseload::permit_kind(&session.actor(), kind)?;
    create_permitted(session, kind, operation, values).await
}

/// As [`create`], by whom its use case found to be permitted.
pub(crate) async fn create_permitted(
    session: &Session,
    kind: RecordKind,
    operation: OperationKind,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    let record = drafted(session, kind, values, session.now())?;
    let id = record.id;
    let work = |recorder: &mut Recorder<'_>| {
        caseload::permit_activity(recorder.db(), &session.actor(), &record)?;
        check_record(&session.view(recorder.db()), &record)?;
        recorder.create(&record)
    };
    let ((), recorded) = session.commit(Step::new(operation), work).await?;
    Created::by(id, recorded)
}

/// A new record as its form says, completed and checked by itself.
pub fn drafted(
    session: &Session,
    kind: RecordKind,
    values: &HashMap<String, FieldValue>,
    now: u64,
) -> Result<Record, CommandError> {
    let values = values.iter().map(|(key, value)| (key.as_str(), value));
    let mut record = draft(&session.registry(), kind, new_id(now), now as i64, values)?;
    entry::complete(&mut record, &session.actor());
    entry::check(&record)?;
    Ok(record)
}

/// Edits a record of a kind that is edited on forms.
pub async fn edit(
    session: &Session,
    kind: RecordKind,
    operation: OperationKind,
    id: Id,
    edits: &[FieldEdit],
) -> Result<Done, CommandError> {
    caseload::permit_kind(&session.actor(), kind)?;
    edit_permitted(session, kind, operation, id, edits).await
}

/// As [`edit`], by whom its use case found to be permitted.
pub async fn edit_permitted(
    session: &Session,
    kind: RecordKind,
    operation: OperationKind,
    id: Id,
    edits: &[FieldEdit],
) -> Result<Done, CommandError> {
    let work = |recorder: &mut Recorder<'_>| edit_record(recorder, &session.viewer(), kind, id, edits);
    forms::change_one(session, operation, kind, id, work).await
}

/// Makes the edits of a form on a record that `viewer` sees, within an operation. How many records that changed: one or none.
pub fn edit_record(
    recorder: &mut Recorder<'_>,
    viewer: &Viewer,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
) -> Result<u32, StoreError> {
    let view = View::new(recorder.db(), *viewer);
    let located = view.live(kind, id)?;
    let permit = |record: &Record| match viewer {
        Viewer::Staff(actor) => caseload::permit_activity(recorder.db(), actor, record),
        _ => Ok(()),
    };
    permit(&located.record)?;
    let changes = edit::edit(recorder.db().registry(), &located.record, edits)?;
    check_references(recorder.db(), kind, &changes)?;
    let mut after = located.record;
    after.apply(&changes);
    entry::check(&after)?;
    permit(&after)?;
    if own_email(kind).is_some_and(|field| changes.iter().any(|change| change.field == field.number)) {
        check_unique_email(&view, &after)?;
    }
    if kind == RecordKind::Employer && changes.iter().any(|change| change.field == employer::NAME.number) {
        check_unique_name(recorder.db(), &after)?;
    }
    check_thawed(recorder.db(), &after)?;
    check_participation(recorder.db(), &after)?;
    recorder.update(kind, located.n, id, &changes)?;
    Ok(u32::from(!changes.is_empty()))
}

/// Refuses a new record that does not fit those there are: it refers to one that is gone, or there is it already.
pub fn check_record(view: &View<'_>, record: &Record) -> Result<(), StoreError> {
    // What refuses a record holds whoever adds it.
    let db = view.everything();
    check_references(db, record.kind, &record.creation())?;
    check_unique_email(view, record)?;
    check_unique_name(db, record)?;
    check_thawed(db, record)?;
    check_participation(db, record)
}

/// Refuses that somebody takes part twice in the same part, and Additional Contacts of what is no job fair.
pub fn check_participation(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
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
pub fn check_thawed(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    let of = (record.kind == RecordKind::Employment).then(|| record.get(&employment::CONTACT).as_reference());
    match of.flatten().map(|contact| table::find(db, RecordKind::Contact, contact)).transpose()? {
        Some(Some(contact)) => Ok(edit::frozen(&contact.record)?),
        _ => Ok(()),
    }
}

/// Refuses references to records that are not there.
pub fn check_references(db: &Db<'_>, kind: RecordKind, changes: &[FieldChange]) -> Result<(), StoreError> {
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
pub fn check_unique_email(view: &View<'_>, record: &Record) -> Result<(), StoreError> {
    let Some(field) = own_email(record.kind) else { return Ok(()) };
    let key = name::email_key(record.text(field));
    // An address is taken whoever has it.
    let other = lookup::other_with_email(view.everything(), record.kind, &key, record.id)?;
    let Some(other) = other else { return Ok(()) };
    let by = known_name(view, record.kind, other)?;
    Err(Refusal::of(field.key, Problem::InUse { by }).into())
}

/// Refuses the name of another employer, "Inactive" among them, however it is written: files, filters and people tell
/// employers apart by it.
pub fn check_unique_name(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    if record.kind != RecordKind::Employer {
        return Ok(());
    }
    let name = record.text(&employer::NAME);
    let others = if name::organization_key(name).is_empty() { Vec::new() } else { employers::matching(db, name)? };
    if others.iter().any(|other| *other != record.id) {
        return Err(Refusal::of(employer::NAME.key, Problem::NameTaken).into());
    }
    Ok(())
}

/// Whether the contact of a participation takes part in the same thing, in the same part, already.
pub fn takes_part_already(db: &Db<'_>, record: &Record) -> Result<bool, StoreError> {
    let places = [&participation::MEETING, &participation::EVENT, &participation::INTERVIEW_SCHEDULE];
    let Some((place, id)) = places.iter().find_map(|place| Some((*place, record.get(place).as_reference()?))) else {
        return Ok(false);
    };
    let Some(contact) = record.get(&participation::CONTACT).as_reference() else { return Ok(false) };
    participations::is_taken(db, contact, (place, id), record.text(&participation::PART), record.id)
}
