//! What a merge would do, before it does.

use super::references;
use liaison_domain::{Field, Id, OperationKind, Record, RecordKind, contact, employer};
use liaison_engine::names::Cell;
use liaison_engine::names::Names;
use liaison_matching::merge::{Choices, Merge};
use liaison_queries::View;
use liaison_store::StoreError;
use liaison_store::links;
use liaison_store::table::Located;
use serde::Serialize;
use specta::Type;

/// What a merge would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct MergePreview {
    /// What kind of operation it is: taking a pending contact out of the queue this way approves it into another.
    pub operation: OperationKind,
    /// The records, the survivor first.
    pub records: Vec<MergeRecord>,
    /// Every field that one of them has, or the survivor will have, a value of.
    pub fields: Vec<MergeField>,
    /// What refers to the others and goes to the survivor.
    pub moves: Vec<MergeMove>,
    /// Employer users linked with the others; they stay linked with the survivor through the addresses kept (M45).
    pub users: u32,
}

/// One of the records to merge.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct MergeRecord {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// When it was added, in milliseconds since 1970.
    pub created_at: Option<i64>,
    /// A contact's approval status.
    pub approval: Option<String>,
}

/// One field, side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct MergeField {
    /// Key of the field.
    pub field: String,
    /// The value of each record, in their order.
    pub values: Vec<Cell>,
    /// What the survivor ends up with.
    pub result: Cell,
    /// The record that value comes from; none where it is made of several.
    pub from: Option<Id>,
    /// The values that there are differ.
    pub differs: bool,
    /// People choose whose value it is.
    pub choosable: bool,
}

/// Records that go to the survivor.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct MergeMove {
    /// Their kind.
    pub kind: RecordKind,
    /// Key of the field by which they refer.
    pub field: String,
    /// How many there are.
    pub count: u32,
}

/// Fields that nobody chooses and that still show what the merge does.
fn told(kind: RecordKind) -> &'static [&'static Field] {
    match kind {
        RecordKind::Contact => &[&contact::FORMER_EMAILS, &contact::APPROVAL, &contact::SOURCE],
        _ => &[],
    }
}

pub(super) fn preview(
    view: &View<'_>,
    kind: RecordKind,
    records: &[Located],
    choices: &Choices,
    cautious: &[u16],
) -> Result<MergePreview, StoreError> {
    let (survivor, others) = split(records)?;
    // What a merge moves along, whoever looks: it is counted, not shown.
    let db = view.everything();
    let merge = Merge::of(view.registry(), survivor, &others, cautious)?;
    let merged = merge.merged(choices)?;
    let mut names = Names::new(view);
    let mut fields = Vec::new();
    let choosable: Vec<&Field> = merge.choosable().collect();
    for field in choosable.iter().copied().chain(told(kind).iter().copied()) {
        let present = merge.records().iter().any(|record| !record.get(field).is_empty());
        if present || !merged.get(field).is_empty() {
            let choosable = choosable.iter().any(|have| have.number == field.number);
            fields.push(side_by_side(&mut names, field, merge.records(), &merged, choices, choosable)?);
        }
    }
    let losers: Vec<Id> = others.iter().map(|record| record.id).collect();
    let moves = references::moves(db, kind, &losers)?;
    let mut users = Vec::new();
    if kind == RecordKind::Contact {
        for other in &others {
            users.extend(links::users_of(db, other)?.into_iter().map(|(_, id)| id));
        }
        users.sort_unstable();
        users.dedup();
    }
    Ok(MergePreview {
        operation: merge.operation(),
        records: merge.records().iter().map(|record| described(&mut names, record)).collect::<Result<_, _>>()?,
        fields,
        moves: moves
            .into_iter()
            .map(|(kind, field, count)| MergeMove { kind, field: field.key.to_owned(), count })
            .collect(),
        users: users.len() as u32,
    })
}

fn described(names: &mut Names<'_>, record: &Record) -> Result<MergeRecord, StoreError> {
    let is_contact = record.kind == RecordKind::Contact;
    let name = if is_contact { names.of(record.kind, record.id)? } else { Some(record.text(&employer::NAME).into()) };
    Ok(MergeRecord {
        id: record.id,
        name: name.unwrap_or_default(),
        created_at: record.created_at(),
        approval: is_contact.then(|| record.text(&contact::APPROVAL).to_owned()),
    })
}

fn side_by_side(
    names: &mut Names<'_>,
    field: &Field,
    records: &[&Record],
    merged: &Record,
    choices: &Choices,
    choosable: bool,
) -> Result<MergeField, StoreError> {
    let result = merged.get(field);
    let mut filled = records.iter().map(|record| record.get(field)).filter(|value| !value.is_empty());
    let first = filled.next();
    let differs = filled.any(|value| Some(value) != first);
    let from = match choices.get(&field.number) {
        Some(chosen) => Some(*chosen),
        None => records.iter().find(|record| record.get(field) == result).map(|record| record.id),
    };
    Ok(MergeField {
        field: field.key.to_owned(),
        values: records.iter().map(|record| names.cell(Some(field), record.get(field))).collect::<Result<_, _>>()?,
        result: names.cell(Some(field), result)?,
        from,
        differs,
        choosable,
    })
}

pub(super) fn split(records: &[Located]) -> Result<(&Record, Vec<Record>), StoreError> {
    let (first, rest) = records.split_first().ok_or(StoreError::NotFound("record to merge"))?;
    Ok((&first.record, rest.iter().map(|located| located.record.clone()).collect()))
}
