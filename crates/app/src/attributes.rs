//! Custom attributes: staff define fields of contacts, employers and employer users (M26).

use crate::error::{Blocker, BlockingRecord, CommandError};
use crate::forms;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::{FieldEdit, edit};
use liaison_domain::field::{ATTRIBUTE_FIRST, DELETED_AT};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Field, FieldType, Id, OperationKind, Permission, Record, RecordKind, Value, attribute};
use liaison_store::{Db, Recorder, StoreError, attributes, table};
use rand::Rng as _;
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// Most records named where a choice is in use.
const NAMED: usize = 5;

/// An attribute as its settings show it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct AttributeInfo {
    /// Its definition.
    pub id: Id,
    /// The kind of the records that have it.
    pub records: RecordKind,
    /// Key of the field it defines, for filters, columns and bulk updates.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The type of its values, by key.
    pub value_type: String,
    /// What can be chosen, with how many records have each; empty for other types.
    pub choices: Vec<ChoiceInfo>,
    /// What it is for.
    pub description: String,
    /// What the product itself does with it, by key. Such an attribute is not deleted.
    pub meaning: Option<String>,
    /// How many records have a value, not counting those in the trash.
    pub filled: u32,
    /// In the trash: records keep their values until it is restored.
    pub deleted: bool,
}

/// A choice of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ChoiceInfo {
    /// The choice.
    pub choice: String,
    /// How many records have it, not counting those in the trash.
    pub records: u32,
}

/// Every attribute in the order they are shown; those in the trash come last.
pub async fn attributes_list(session: &Session) -> Result<Vec<AttributeInfo>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let list = session.read(|view| {
        // Definitions, and how often they are used: what is defined is everybody's.
        let db = view.everything();
        let mut definitions = attributes::definitions(db)?;
        definitions.sort_by_key(Record::is_deleted);
        definitions.iter().filter_map(|definition| info(db, definition).transpose()).collect()
    });
    Ok(list.await?)
}

/// Defines an attribute: name, kind of records, type, choices, description. Its place is after the others.
pub async fn attribute_define(
    session: &Session,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    forms::add(session, RecordKind::Attribute, values, |db, definition| {
        let others = attributes::definitions(db)?;
        attribute::check(definition, &others)?;
        if definition.get(&attribute::POSITION).is_empty() {
            let last = others.iter().filter_map(|other| match other.get(&attribute::POSITION) {
                Value::Number(position) => Some(*position),
                _ => None,
            });
            definition.set(&attribute::POSITION, Value::Number(last.max().map_or(0, |last| last + 1)));
        }
        definition.set(&attribute::NUMBER, Value::Number(i64::from(free_number(db)?)));
        Ok(())
    })
    .await
}

/// Edits name, choices, description or place of an attribute. Kind of records and type never change, and a choice
/// that records have is not taken away: `Blocked` says which records, and how many.
pub async fn attribute_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    if let Some(blocker) = choices_in_use(session, id, edits).await? {
        return Err(CommandError::Blocked { blockers: vec![blocker] });
    }
    let work = |recorder: &mut Recorder<'_>| {
        let (n, changes, _) = edited(recorder.db(), id, edits)?;
        recorder.update(RecordKind::Attribute, n, id, &changes)?;
        Ok(u32::from(!changes.is_empty()))
    };
    forms::change_one(session, OperationKind::RecordsEdit, RecordKind::Attribute, id, work).await
}

/// Puts attributes of a kind into the order given, in one operation.
pub async fn attributes_reorder(session: &Session, ids: &[Id]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    let work = |recorder: &mut Recorder<'_>| {
        let mut changed = 0;
        for (at, id) in ids.iter().enumerate() {
            let located = table::get(recorder.db(), RecordKind::Attribute, *id)?;
            let change = located.record.change(&attribute::POSITION, Value::Number(at as i64));
            recorder.update(RecordKind::Attribute, located.n, *id, change.as_slice())?;
            changed += u32::from(change.is_some());
        }
        Ok(changed)
    };
    let (changed, operation) = session.commit(Step::new(OperationKind::RecordsEdit), work).await?;
    Ok(Done { operation, changed, skipped: ids.len() as u32 - changed, users: 0 })
}

/// Puts an attribute into the trash. Records keep their values, unseen, until it is restored. Refused for those the
/// product itself uses.
pub async fn attribute_delete(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    let now = session.now() as i64;
    let work = |recorder: &mut Recorder<'_>| {
        let located = table::get(recorder.db(), RecordKind::Attribute, id)?;
        if located.record.is_deleted() {
            return Ok(0);
        }
        if !located.record.get(&attribute::MEANING).is_empty() {
            let field = attribute::MEANING.key.to_owned();
            return Err(Refusal::of(field, Problem::NotEditable).into());
        }
        let change = located.record.change(&DELETED_AT, Value::Moment(now));
        recorder.update(RecordKind::Attribute, located.n, id, change.as_slice())?;
        Ok(1)
    };
    let (changed, operation) = session.commit(Step::new(OperationKind::RecordsDelete), work).await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}

/// Takes an attribute out of the trash; the values are there again. Refused where another took its name since.
pub async fn attribute_restore(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    let work = |recorder: &mut Recorder<'_>| {
        let located = table::get(recorder.db(), RecordKind::Attribute, id)?;
        let Some(change) = located.record.change(&DELETED_AT, Value::Empty) else { return Ok(0) };
        attribute::check(&located.record, &attributes::definitions(recorder.db())?)?;
        recorder.update(RecordKind::Attribute, located.n, id, &[change])?;
        Ok(1)
    };
    let (changed, operation) = session.commit(Step::new(OperationKind::RecordsRestore), work).await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}

/// The records that have a choice these edits would take away.
async fn choices_in_use(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Option<Blocker>, CommandError> {
    let blocker = session.read(|view| {
        // Definitions, and how often they are used: what is defined is everybody's.
        let db = view.everything();
        let (_, changes, before) = edited(db, id, edits)?;
        let mut after = before.clone();
        after.apply(&changes);
        let removed = attribute::removed_choices(&before, &after);
        match attribute::field(&before) {
            Some((kind, field)) if !removed.is_empty() => having(db, kind, field, &removed),
            _ => Ok(None),
        }
    });
    Ok(blocker.await?)
}

/// Row number, changes, and the definition as it is, of an edit that is acceptable but for choices in use.
fn edited(
    db: &Db<'_>,
    id: Id,
    edits: &[FieldEdit],
) -> Result<(i64, Vec<liaison_domain::FieldChange>, Record), StoreError> {
    let located = table::live(db, RecordKind::Attribute, id)?;
    let changes = edit(db.registry(), &located.record, edits)?;
    attribute::check_changes(&changes)?;
    let mut after = located.record.clone();
    after.apply(&changes);
    attribute::check(&after, &attributes::definitions(db)?)?;
    Ok((located.n, changes, located.record))
}

/// A number that no attribute has or had.
fn free_number(db: &Db<'_>) -> Result<u16, StoreError> {
    let taken = attributes::taken(db)?;
    let mut random = rand::rng();
    // Some hundred of 64,536 are taken at most; a table can't have more columns.
    loop {
        let number = random.random_range(ATTRIBUTE_FIRST..=u16::MAX);
        if !taken.contains(&number) {
            return Ok(number);
        }
    }
}

fn info(db: &Db<'_>, definition: &Record) -> Result<Option<AttributeInfo>, StoreError> {
    let Some((records, field)) = attribute::field(definition) else { return Ok(None) };
    let filled = attributes::filled(db, records, field)?;
    let mut choices = Vec::new();
    if let FieldType::Choice { choices: offered } = field.field_type {
        let have = attributes::value_counts(db, records, field)?;
        choices.extend(offered.iter().map(|choice| ChoiceInfo {
            choice: (*choice).to_owned(),
            records: have.get(*choice).copied().unwrap_or(0),
        }));
    }
    Ok(Some(AttributeInfo {
        id: definition.id,
        records,
        key: field.key.to_owned(),
        name: field.label.to_owned(),
        value_type: definition.text(&attribute::TYPE).to_owned(),
        choices,
        description: definition.text(&attribute::DESCRIPTION).to_owned(),
        meaning: Some(definition.text(&attribute::MEANING).to_owned()).filter(|meaning| !meaning.is_empty()),
        filled,
        deleted: definition.is_deleted(),
    }))
}

/// The live records that have one of these choices. Frozen ones don't count: nobody could give them another.
fn having(db: &Db<'_>, kind: RecordKind, field: &Field, choices: &[String]) -> Result<Option<Blocker>, StoreError> {
    let (count, first) = attributes::having(db, kind, field, choices, NAMED)?;
    if count == 0 {
        return Ok(None);
    }
    let records = first.into_iter().map(|(id, name)| BlockingRecord { id, name }).collect();
    Ok(Some(Blocker { kind, field: field.key.to_owned(), count, records }))
}
