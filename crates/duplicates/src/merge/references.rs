//! Whatever refers to a merged record refers to the survivor afterwards, also what lies in the trash: restoring it
//! later finds the survivor.

use liaison_domain::field::DELETED_AT;
use liaison_domain::{Field, FieldChange, FieldType, Id, Record, RecordKind, Value, distinct_pair};
use liaison_matching::merge::absorb;
use liaison_queries::references;
use liaison_store::table::{self, Located};
use liaison_store::{Db, Recorder, StoreError};
use std::collections::{BTreeMap, HashMap};

/// A record that refers, as it is and as it becomes.
struct Referring {
    located: Located,
    after: Record,
}

/// Kinds of which two records can say the same once they refer to the survivor.
fn can_double(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Participation | RecordKind::DistinctPair | RecordKind::Employment)
}

/// The fields by which records of other kinds, and earlier merges, refer to records of this kind.
fn fields(kind: RecordKind) -> impl Iterator<Item = (RecordKind, &'static Field)> {
    kind.referring()
}

/// Re-points everything that refers to the losers.
pub(super) fn re_point(
    recorder: &mut Recorder<'_>,
    kind: RecordKind,
    survivor: Id,
    losers: &[Id],
    now: i64,
) -> Result<(), StoreError> {
    let mut doubles: Vec<RecordKind> = Vec::new();
    for (referring, field) in fields(kind) {
        if can_double(referring) {
            if !doubles.contains(&referring) {
                doubles.push(referring);
            }
            continue;
        }
        // One change per record: a record that refers by two fields is not of these kinds.
        for loser in losers {
            for (n, id) in references::rows(recorder.db(), referring, field, *loser, true)? {
                if field.key == "merged_into" && id == survivor {
                    continue;
                }
                let change = FieldChange { field: field.number, before: (*loser).into(), after: survivor.into() };
                // Those merged just now already say the survivor.
                recorder.update(referring, n, id, &[change])?;
            }
        }
    }
    for referring in doubles {
        let mut records = referring_records(recorder.db(), kind, referring, survivor, losers)?;
        put_doubles_away(&mut records, now);
        for record in records {
            let changes = differences(&record.located.record, &record.after);
            recorder.update(referring, record.located.n, record.after.id, &changes)?;
        }
    }
    Ok(())
}

/// The records of a kind that refer to the survivor or a loser, by row number, with their references re-pointed.
fn referring_records(
    db: &Db<'_>,
    kind: RecordKind,
    referring: RecordKind,
    survivor: Id,
    losers: &[Id],
) -> Result<Vec<Referring>, StoreError> {
    let by: Vec<&Field> = fields(kind).filter(|(of, _)| *of == referring).map(|(_, field)| field).collect();
    let mut rows: BTreeMap<i64, Id> = BTreeMap::new();
    for field in &by {
        for id in losers.iter().chain([&survivor]) {
            rows.extend(references::rows(db, referring, field, *id, true)?);
        }
    }
    let mut records = Vec::with_capacity(rows.len());
    for id in rows.into_values() {
        let located = table::get(db, referring, id)?;
        let mut after = located.record.clone();
        for field in &by {
            if after.get(field).as_reference().is_some_and(|id| losers.contains(&id)) {
                after.set(field, Value::Reference(survivor));
            }
        }
        order_pair(&mut after);
        records.push(Referring { located, after });
    }
    Ok(records)
}

/// A pair names the smaller id first; re-pointed it may have to turn.
fn order_pair(record: &mut Record) {
    if record.kind == RecordKind::DistinctPair {
        let (first, second) = (record.get(&distinct_pair::FIRST).clone(), record.get(&distinct_pair::SECOND).clone());
        if first.as_reference() > second.as_reference() {
            record.set(&distinct_pair::FIRST, second);
            record.set(&distinct_pair::SECOND, first);
        }
    }
}

/// What says the same twice goes to the trash; the survivor's own stays.
fn put_doubles_away(records: &mut [Referring], now: i64) {
    // Candidates by what they refer to; comparing all with all would take long for somebody with many registrations.
    let mut kept: HashMap<Vec<(u16, Id)>, Vec<usize>> = HashMap::new();
    let mut order: Vec<usize> = (0..records.len()).filter(|at| !records[*at].after.is_deleted()).collect();
    order.sort_by_key(|at| records[*at].after != records[*at].located.record);
    for at in order {
        let record = &records[at].after;
        if is_own_pair(record) {
            records[at].after.set(&DELETED_AT, Value::Moment(now));
            continue;
        }
        let same = kept.entry(refers_to(record)).or_default();
        let absorbed = same.iter().find_map(|have| Some((*have, absorb(&records[*have].after, &records[at].after)?)));
        match absorbed {
            Some((have, changes)) => {
                records[have].after.apply(&changes);
                records[at].after.set(&DELETED_AT, Value::Moment(now));
            }
            None => same.push(at),
        }
    }
}

/// Two contacts found to be two people, merged after all.
fn is_own_pair(record: &Record) -> bool {
    record.kind == RecordKind::DistinctPair && record.get(&distinct_pair::FIRST) == record.get(&distinct_pair::SECOND)
}

fn refers_to(record: &Record) -> Vec<(u16, Id)> {
    let references = record.kind.fields().iter();
    let references = references.filter(|field| matches!(field.field_type, FieldType::Reference { .. }));
    references.filter_map(|field| Some((field.number, record.get(field).as_reference()?))).collect()
}

fn differences(before: &Record, after: &Record) -> Vec<FieldChange> {
    before.kind.fields().iter().filter_map(|field| before.change(field, after.get(field).clone())).collect()
}

/// How many records of each kind refer to the losers, not counting those in the trash and earlier merges.
pub(super) fn moves(
    db: &Db<'_>,
    kind: RecordKind,
    losers: &[Id],
) -> Result<Vec<(RecordKind, &'static Field, u32)>, StoreError> {
    let mut moves: Vec<(RecordKind, &'static Field, u32)> = Vec::new();
    for loser in losers {
        for found in references::to(db, kind, *loser)? {
            match moves.iter_mut().find(|(kind, field, _)| (*kind, field.key) == (found.kind, found.field.key)) {
                Some((.., count)) => *count += found.count,
                None => moves.push((found.kind, found.field, found.count)),
            }
        }
    }
    moves.retain(|(_, field, _)| field.key != "merged_into");
    Ok(moves)
}
