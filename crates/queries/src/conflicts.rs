//! Fields that two devices changed without knowing of each other's change, found in the journal.
//!
//! What makes a conflict is a rule over all writes of a field ([`liaison_sync::conflict`]). Here is where to look: of each
//! operation that got its place in the hub's log, the records that another device changed without its author's knowledge.
//! Those with a conflict are noted in a table of their own; whether one is still open is asked of the journal each time.

use hashbrown::{HashMap, HashSet};
use liaison_domain::edit::touch_frozen_data;
use liaison_domain::replication::Stamp;
use liaison_domain::{Field, FieldChange, Head, Id, RecordKind, contact};
use liaison_store::journal::{self, Logged, LoggedChange};
use liaison_store::{Db, Sql, StoreError, history, replica, table};
use liaison_sync::conflict::{Conflict, Write, conflict, is_shown};
use std::collections::BTreeMap;

/// Most operations that are looked through in one transaction.
const AT_ONCE: i64 = 2_000;

/// An open conflict.
#[derive(Clone, Debug)]
pub struct Open {
    /// The kind of the record.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// The field.
    pub field: &'static Field,
    /// The writes.
    pub conflict: Conflict,
}

/// An operation that got its place in the log.
struct Arrived {
    place: u64,
    device: Id,
    seen: u64,
    refused: bool,
    first_change: i64,
    changes: i64,
}

impl Arrived {
    /// Whether an operation of this device at this place was made without knowledge of this one, and the other way round.
    fn is_beside(&self, place: u64, device: Id) -> bool {
        device != self.device && place > self.seen && place < self.place
    }
}

/// Looks through what got its place in the hub's log since it was last asked, and notes the conflicts in it. Returns
/// whether there is more to look through. Errors: those of SQLite.
pub fn notice(db: &Db<'_>) -> Result<bool, StoreError> {
    if !is_behind(db)? {
        return Ok(false);
    }
    let (from, until) = (noticed(db)?, replica::cursor(db)?);
    let sql = "SELECT hub,device,seen,state,first_change,changes FROM operation WHERE hub>? ORDER BY hub LIMIT ?";
    let arrived = db.all(sql, &[Sql::Int(from as i64), Sql::Int(AT_ONCE)], |row| {
        Ok(Arrived {
            place: row.int(0) as u64,
            device: row.id(1)?,
            seen: row.int(2) as u64,
            refused: row.int(3) != 0,
            first_change: row.int(4),
            changes: row.int(5),
        })
    })?;
    let is_all = arrived.len() < AT_ONCE as usize;
    let to = if is_all { until } else { arrived.last().map_or(until, |last| last.place) };
    for (kind, record) in concerned(db, &arrived, to)? {
        look_at(db, kind, record)?;
    }
    let upsert = "INSERT INTO replica(key,value) VALUES('noticed',?1) ON CONFLICT(key) DO UPDATE SET value=?1";
    db.run(upsert, &[Sql::Int(to as i64)])?;
    Ok(!is_all)
}

/// Whether there is something to look through. Not while history is missing: whoever wrote is in it.
pub fn is_behind(db: &Db<'_>) -> Result<bool, StoreError> {
    Ok(noticed(db)? < replica::cursor(db)? && history::missing(db)?.is_none())
}

fn noticed(db: &Db<'_>) -> Result<u64, StoreError> {
    Ok(db.number("SELECT value FROM replica WHERE key='noticed'", &[])? as u64)
}

/// The records that must be looked at: those changed by two devices without knowledge of each other, those that a refusal
/// left as they were before, and those with a conflict that were changed.
fn concerned(db: &Db<'_>, arrived: &[Arrived], to: u64) -> Result<HashSet<(RecordKind, Id)>, StoreError> {
    let (mut records, noted) = (HashSet::new(), noted(db)?);
    let least = arrived.iter().map(|operation| operation.seen).min().unwrap_or(to);
    let mut latest = Latest::before(db, arrived.first().map_or(0, |first| first.place), least)?;
    let mut may_meet = Vec::with_capacity(arrived.len());
    for operation in arrived {
        may_meet.push(!operation.refused && latest.of_others(operation.device) > Some(operation.seen));
        if !operation.refused {
            latest.note(operation.place, operation.device);
        }
    }
    // Whom an operation may meet is asked only where one may meet another.
    let mut writers: HashMap<Id, Vec<(u64, Id)>> = HashMap::new();
    if may_meet.contains(&true) {
        let bounds = [Sql::Int(least as i64), Sql::Int(to as i64)];
        let sql = "SELECT c.record,o.hub,o.device FROM operation o
            JOIN change c ON c.n>=o.first_change AND c.n<o.first_change+o.changes
            WHERE o.hub>? AND o.hub<=? AND o.state=0";
        db.all(sql, &bounds, |row| {
            writers.entry(row.id(0)?).or_default().push((row.int(1) as u64, row.id(2)?));
            Ok(())
        })?;
    }
    for (operation, may_meet) in arrived.iter().zip(may_meet) {
        if !may_meet && !operation.refused && noted.is_empty() {
            continue;
        }
        for (kind, record) in changed_by(db, operation)? {
            let meets = || {
                let writers = writers.get(&record).map(Vec::as_slice).unwrap_or_default();
                writers.iter().any(|(place, device)| operation.is_beside(*place, *device))
            };
            if operation.refused || noted.contains(&record) || may_meet && meets() {
                records.insert((kind, record));
            }
        }
    }
    Ok(records)
}

/// The latest places, as they tell whether another device wrote since some place.
#[derive(Default)]
struct Latest {
    newest: Option<(u64, Id)>,
    /// The newest place of any other device than that one.
    other: Option<u64>,
}

impl Latest {
    /// As it was before a place; what is not after `least` need not be known.
    fn before(db: &Db<'_>, place: u64, least: u64) -> Result<Latest, StoreError> {
        let bounds = [Sql::Int(least as i64), Sql::Int(place as i64)];
        let sql = "SELECT hub,device FROM operation WHERE hub>? AND hub<? AND state=0 ORDER BY hub DESC LIMIT 1";
        let newest = db.first(sql, &bounds, |row| Ok((row.int(0) as u64, row.id(1)?)))?;
        let Some((_, device)) = newest else { return Ok(Latest::default()) };
        let sql = "SELECT hub FROM operation WHERE hub>? AND hub<? AND state=0 AND device<>? ORDER BY hub DESC LIMIT 1";
        let [least, place] = bounds;
        let other = db.first(sql, &[least, place, Sql::Blob(device.bytes())], |row| Ok(row.int(0) as u64))?;
        Ok(Latest { newest, other })
    }

    fn note(&mut self, place: u64, device: Id) {
        if let Some((before, of)) = self.newest
            && of != device
        {
            self.other = Some(before);
        }
        self.newest = Some((place, device));
    }

    /// The newest place of a device that is not this one.
    fn of_others(&self, device: Id) -> Option<u64> {
        self.newest.filter(|(_, of)| *of != device).map(|(place, _)| place).or(self.other)
    }
}

/// The records an operation changed; of a refused one only those that others changed, too.
fn changed_by(db: &Db<'_>, operation: &Arrived) -> Result<Vec<(RecordKind, Id)>, StoreError> {
    let range = [Sql::Int(operation.first_change), Sql::Int(operation.first_change + operation.changes)];
    let others = if operation.refused {
        " AND EXISTS(SELECT 1 FROM change d WHERE d.record=c.record AND (d.n<?1 OR d.n>=?2))"
    } else {
        ""
    };
    let sql = format!("SELECT DISTINCT kind,record FROM change c WHERE n>=?1 AND n<?2{others}");
    let all = db.all(&sql, &range, |row| Ok(kind(row.int(0)).zip(Some(row.id(1)?))))?;
    Ok(all.into_iter().flatten().collect())
}

fn kind(number: i64) -> Option<RecordKind> {
    RecordKind::from_number(u8::try_from(number).ok()?)
}

/// The records with a conflict that was noted.
fn noted(db: &Db<'_>) -> Result<HashSet<Id>, StoreError> {
    Ok(db.all("SELECT DISTINCT record FROM conflict", &[], |row| row.id(0))?.into_iter().collect())
}

/// Notes the conflicts of a record as they are now.
pub fn look_at(db: &Db<'_>, kind: RecordKind, record: Id) -> Result<(), StoreError> {
    db.run("DELETE FROM conflict WHERE record=?", &[Sql::Blob(record.bytes())])?;
    for open in in_journal(db, kind, record)? {
        let row = [Sql::Blob(record.bytes()), Sql::Int(kind as i64), Sql::Int(i64::from(open.field.number))];
        db.run("INSERT OR REPLACE INTO conflict(record,kind,field) VALUES(?,?,?)", &row)?;
    }
    Ok(())
}

/// The open conflicts of a record, by the numbers of their fields; none while it is in the trash. What is frozen of a
/// rejected contact nobody can settle.
pub fn of_record(db: &Db<'_>, kind: RecordKind, record: Id) -> Result<Vec<Open>, StoreError> {
    let noted = db.number("SELECT count(*) FROM conflict WHERE record=?", &[Sql::Blob(record.bytes())])?;
    if noted == 0 {
        return Ok(Vec::new());
    }
    let Some(found) = table::find(db, kind, record)?.filter(|located| !located.record.is_deleted()) else {
        return Ok(Vec::new());
    };
    let mut open = in_journal(db, kind, record)?;
    if kind == RecordKind::Contact && found.record.text(&contact::APPROVAL) == contact::REJECTED {
        open.retain(|open| {
            let (before, after) = (open.conflict.before.clone(), open.conflict.kept.after.clone());
            !touch_frozen_data(&[FieldChange { field: open.field.number, before, after }])
        });
    }
    Ok(open)
}

/// All conflicts that nobody has settled, also of what is in the trash.
pub fn all(db: &Db<'_>) -> Result<Vec<Open>, StoreError> {
    let mut all = Vec::new();
    for (kind, record) in noted_records(db)? {
        all.extend(in_journal(db, kind, record)?);
    }
    Ok(all)
}

fn noted_records(db: &Db<'_>) -> Result<Vec<(RecordKind, Id)>, StoreError> {
    let sql = "SELECT kind,record FROM conflict GROUP BY record ORDER BY max(rowid) DESC";
    let records = db.all(sql, &[], |row| Ok(kind(row.int(0)).zip(Some(row.id(1)?))))?;
    Ok(records.into_iter().flatten().collect())
}

/// The records with open conflicts, and these; those that came last first, at most `limit` records.
pub fn open(db: &Db<'_>, limit: usize) -> Result<Vec<Open>, StoreError> {
    let (mut open, mut shown) = (Vec::new(), 0);
    for (kind, record) in noted_records(db)? {
        let found = of_record(db, kind, record)?;
        shown += usize::from(!found.is_empty());
        open.extend(found);
        if shown == limit {
            break;
        }
    }
    Ok(open)
}

/// What the journal says.
fn in_journal(db: &Db<'_>, kind: RecordKind, record: Id) -> Result<Vec<Open>, StoreError> {
    let mut by_field: BTreeMap<u16, Vec<(Logged, Write)>> = BTreeMap::new();
    for (entry, change) in journal::audit(db, record)? {
        if !entry.refused && change.kind == kind.into() {
            writes(entry, &change, &mut by_field);
        }
    }
    let mut found = Vec::new();
    for (number, mut writes) in by_field {
        let Some(field) = db.registry().numbered(kind, number).filter(|field| is_shown(kind, field)) else { continue };
        let among =
            |writes: &[(Logged, Write)]| conflict(&writes.iter().map(|(_, write)| write.clone()).collect::<Vec<_>>());
        if among(&writes).is_none() {
            continue;
        }
        // What follows from the employer or the user is asked of the whole operation: only where it matters.
        if kind == RecordKind::Contact && field.auto_synced {
            for (entry, write) in &mut writes {
                let kinds = journal::kinds(db, entry)?;
                write.follows =
                    kinds.iter().any(|kind| matches!(kind, RecordKind::Employer | RecordKind::EmployerUser));
            }
        }
        found.extend(among(&writes).map(|conflict| Open { kind, record, field, conflict }));
    }
    Ok(found)
}

/// The writes of a change, by field.
fn writes(entry: Logged, change: &LoggedChange, by_field: &mut BTreeMap<u16, Vec<(Logged, Write)>>) {
    let operation = &entry.operation;
    let seen = match operation.head {
        Head::V2 { seen, .. } => seen,
        Head::V1 | Head::Newer(_) => 0,
    };
    for field in change.fields() {
        let write = Write {
            operation: operation.id,
            stamp: Stamp { time: entry.stamp, device: operation.device },
            // The operations of a device stand in its order in every journal.
            sequence: entry.n as u64,
            place: entry.place,
            seen,
            follows: false,
            before: field.before.clone(),
            after: field.after.clone(),
        };
        let of_field = by_field.entry(field.field).or_default();
        // Of two writes in one operation the later counts, from the value before both.
        match of_field.iter_mut().find(|(_, known)| known.operation == write.operation) {
            Some((_, known)) => known.after = write.after,
            None => of_field.push((entry.clone(), write)),
        }
    }
}
