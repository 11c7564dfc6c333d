//! What must hold at the end of a run.

use crate::hub::Hub;
use crate::records::Records;
use anyhow::{Result, bail, ensure};
use liaison_domain::field::{ATTRIBUTE_FIRST, DELETED_AT};
use liaison_domain::replication::Content;
use liaison_domain::{
    FieldType, Head, Hlc, Id, RecordKind, StaffRole, Value, attribute, contact, employer, organization,
};
use liaison_sync::decide::Decided;
use liaison_sync::document::Documents;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Documents as a person sees them: records that are there, without references to what is not, without values of
/// attributes that nobody defined.
pub fn seen(documents: &Documents) -> Records {
    let there = documents.records.iter().filter(|(_, document)| document.created.is_some());
    let mut records: Records = there
        .map(|(key, document)| {
            let values = document.fields.iter().map(|(field, held)| (*field, held.value.clone()));
            (*key, values.filter(|(_, value)| !value.is_empty()).collect())
        })
        .collect();
    tidy(&mut records);
    records
}

/// Takes away what no row can have.
fn tidy(records: &mut Records) {
    let known: HashSet<(u8, Id)> = records.keys().copied().collect();
    let mut attributes: BTreeMap<(String, u16), (bool, Id, String)> = BTreeMap::new();
    for ((kind, id), values) in records.iter() {
        if *kind != RecordKind::Attribute as u8 {
            continue;
        }
        let text = |field: u16| values.get(&field).map_or("", Value::as_text).to_owned();
        if let Some(Value::Number(number)) = values.get(&attribute::NUMBER.number) {
            let key = (text(attribute::RECORDS.number), *number as u16);
            let rank = (values.contains_key(&1), *id, text(attribute::TYPE.number));
            attributes.entry(key).and_modify(|known| *known = known.clone().min(rank.clone())).or_insert(rank);
        }
    }
    for ((number, _), values) in records.iter_mut() {
        let Some(kind) = RecordKind::from_number(*number) else { continue };
        values.retain(|field, value| {
            if *field >= ATTRIBUTE_FIRST {
                let Some((.., of)) = attributes.get(&(kind.key().to_owned(), *field)) else { return false };
                return (of == "yes_no") == matches!(value, Value::Flag(_));
            }
            match (kind.field_numbered(*field).map(|field| field.field_type), &*value) {
                (Some(FieldType::Reference { kind: referred }), Value::Reference(target)) => {
                    known.contains(&(referred as u8, *target))
                }
                _ => true,
            }
        });
    }
}

/// The fold of the hub's log, written a second time: all writes of accepted operations, the one that counts most last.
pub fn oracle(hub: &Hub) -> Records {
    fold(hub.log.iter())
}

/// As [`oracle`], of a part of the log.
pub fn fold<'l>(log: impl Iterator<Item = &'l Decided>) -> Records {
    let accepted: Vec<_> = log.filter(|decided| decided.refused.is_none()).collect();
    let content = |at: usize| {
        let operation = &accepted[at].operation;
        operation.changes.iter().map(move |change| (change, change.content(operation.operation.kind)))
    };
    let erased: HashSet<Id> = (0..accepted.len())
        .flat_map(content)
        .filter_map(|(change, content)| (content == Content::Erasure).then_some(change.record))
        .collect();
    let mut order: Vec<usize> = (0..accepted.len()).collect();
    order.sort_by_key(|at| (accepted[*at].stamp, accepted[*at].operation.operation.device));
    let (mut made, mut values): (HashSet<(u8, Id)>, Records) = (HashSet::new(), Records::new());
    for (change, content) in order.into_iter().flat_map(content) {
        let key = (change.kind.number(), change.record);
        if let Content::Fields { created, fields } = content
            && !erased.contains(&change.record)
        {
            if created {
                made.insert(key);
            }
            let record = values.entry(key).or_default();
            for field in fields {
                record.insert(field.field, field.after);
            }
        }
    }
    values.retain(|key, _| made.contains(key));
    values.values_mut().for_each(|record| record.retain(|_, value| !value.is_empty()));
    tidy(&mut values);
    values
}

/// What must hold of the rights of authors: who only looks, or is gone, changed nothing after the beginning.
fn rights(hub: &Hub) -> Result<()> {
    let mut people: HashMap<Id, BTreeMap<u16, (Hlc, Id, Value)>> = HashMap::new();
    for decided in hub.log.iter().filter(|decided| decided.refused.is_none()) {
        let (operation, stamp) = (&decided.operation.operation, decided.stamp);
        let has = |field: u16| {
            let held = people.get(&operation.actor).and_then(|person| person.get(&field));
            held.map(|(.., value)| value.clone()).unwrap_or_default()
        };
        // What was erased before it was sent changes nothing, whoever wrote it.
        let changes = &decided.operation.changes;
        let is_nothing = changes.iter().all(|change| change.content(operation.kind) == Content::Gone);
        if decided.place > 1 && !is_nothing && operation.device != hub.device() {
            let role = has(organization::STAFF_ROLE.number);
            ensure!(role.as_text() != StaffRole::Viewer.key(), "place {} is of somebody who only looks", decided.place);
            let gone = has(organization::STAFF_DEACTIVATED_AT.number);
            ensure!(gone.is_empty(), "place {} is of somebody who is gone", decided.place);
        }
        for change in decided.operation.changes.iter().filter(|change| change.kind == RecordKind::Staff.into()) {
            let Content::Fields { fields, .. } = change.content(operation.kind) else { continue };
            let person = people.entry(change.record).or_default();
            for field in fields {
                let held = person.get(&field.field).map(|(stamp, device, _)| (*stamp, *device));
                if held.is_none_or(|held| (stamp, operation.device) >= held) {
                    person.insert(field.field, (stamp, operation.device, field.after));
                }
            }
        }
    }
    Ok(())
}

/// No employer has a primary contact of another one, or one in the trash.
fn primaries(hub: &Hub) -> Result<()> {
    let all = seen(&hub.documents);
    for ((kind, id), values) in all.iter().filter(|((kind, _), _)| *kind == RecordKind::Employer as u8) {
        let primary = values.get(&employer::PRIMARY_CONTACT.number).and_then(Value::as_reference);
        let Some(person) = primary.and_then(|primary| all.get(&(RecordKind::Contact as u8, primary))) else { continue };
        let at = person.get(&contact::EMPLOYER.number).and_then(Value::as_reference);
        ensure!(at == Some(*id), "{:?} has a primary contact of another one", (kind, id));
        ensure!(!person.contains_key(&DELETED_AT.number), "{:?} has a primary contact in the trash", (kind, id));
    }
    Ok(())
}

/// A label that somebody gave and nobody took away is there; and none is there that nobody gave.
fn labels(hub: &Hub) -> Result<()> {
    let (mut given, mut taken) = (HashSet::new(), HashSet::new());
    for decided in hub.log.iter().filter(|decided| decided.refused.is_none()) {
        let operation = &decided.operation.operation;
        for change in decided.operation.changes.iter().filter(|change| change.kind == RecordKind::Contact.into()) {
            let Content::Fields { fields, .. } = change.content(operation.kind) else { continue };
            for field in fields.into_iter().filter(|field| field.field == contact::LABELS.number) {
                let words = |value: &Value| -> HashSet<String> {
                    if let Value::List(words) = value { words.iter().cloned().collect() } else { HashSet::new() }
                };
                let (before, after) = (words(&field.before), words(&field.after));
                if operation.device != hub.device() {
                    given.extend(after.difference(&before).map(|word| (change.record, word.clone())));
                    taken.extend(before.difference(&after).map(|word| (change.record, word.clone())));
                }
            }
        }
    }
    let mut there = HashSet::new();
    for ((_, id), values) in seen(&hub.documents) {
        if let Some(Value::List(words)) = values.get(&contact::LABELS.number) {
            there.extend(words.iter().map(|word| (id, word.clone())));
        }
    }
    let made = |(id, _): &&(Id, String)| hub.documents.get(RecordKind::Contact.into(), *id).is_some();
    let lost: Vec<_> = given.difference(&taken).filter(made).filter(|label| !there.contains(*label)).collect();
    ensure!(lost.is_empty(), "labels that nobody took away are gone: {lost:?}");
    ensure!(there.is_subset(&given), "a label is there that nobody gave");
    Ok(())
}

/// What must hold of the hub's log.
pub fn log(hub: &Hub) -> Result<()> {
    rights(hub)?;
    primaries(hub)?;
    labels(hub)?;
    let mut last: HashMap<Id, (u64, Hlc, [u8; 32])> = HashMap::new();
    let mut greatest = vec![Hlc(0)];
    for (at, decided) in hub.log.iter().enumerate() {
        ensure!(decided.place == at as u64 + 1, "places have a hole at {}", at + 1);
        let operation = &decided.operation;
        let (sequence, stamp, chain) = last.get(&operation.operation.device).copied().unwrap_or((0, Hlc(0), [0; 32]));
        ensure!(operation.sequence == sequence + 1, "a device's chain has a hole");
        ensure!(decided.stamp > stamp, "a device's stamps don't ascend");
        ensure!(operation.follows(&chain) == Ok(true), "a link does not follow");
        last.insert(operation.operation.device, (operation.sequence, decided.stamp, operation.chain));
        let Head::V2 { seen, .. } = operation.operation.head else { bail!("a head of another version") };
        let Some(before) = greatest.get(seen as usize) else { bail!("an operation has seen what came later") };
        ensure!(decided.stamp > *before, "an operation counts less than what its device had seen");
        let so_far = greatest.last().copied().unwrap_or_default();
        greatest.push(if decided.refused.is_some() { so_far } else { so_far.max(decided.stamp) });
    }
    Ok(())
}

/// What differs between two states, in few words.
pub fn difference(one: &Records, other: &Records) -> String {
    for (key, values) in one {
        match other.get(key) {
            None => return format!("{key:?} is only in the first: {values:?}"),
            Some(others) if others != values => {
                let fields: BTreeMap<_, _> = values.iter().collect::<BTreeMap<_, _>>();
                let differs = fields.iter().find(|(field, value)| others.get(field) != Some(value));
                return match differs {
                    Some((field, value)) => {
                        format!("{key:?}, field {field}: {value:?} in the first, {:?} in the second", others.get(field))
                    }
                    None => format!("{key:?} has more in the second: {others:?} against {values:?}"),
                };
            }
            Some(_) => {}
        }
    }
    match other.keys().find(|key| !one.contains_key(key)) {
        Some(key) => format!("{key:?} is only in the second: {:?}", other.get(key)),
        None => "nothing".into(),
    }
}
