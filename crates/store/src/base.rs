//! What this desk began with when it joined: the records at one place of the hub's log. The parts of the snapshot stay as
//! they came until the history up to there is here, too (`crate::history`): what the journal does not say yet of a record,
//! they say. The numbers of that history are kept free, so that the journal becomes the one the whole log would give.

use crate::error::StoreError;
use crate::replica;
use crate::sqlite::{Db, Sql};
use liaison_domain::replication::Stamp;
use liaison_domain::snapshot::{self, HeldField, Item, Malformed, Manifest};
use liaison_domain::{Hlc, Id, Value};
use std::collections::HashMap;

const PLACE: &str = "base_place";
const OPERATIONS: &str = "base_operations";
const CHANGES: &str = "base_changes";
const GREATEST: &str = "base_greatest";

/// The snapshot that a desk began with, while history up to its place is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its place in the hub's log.
    pub place: u64,
    /// Operations up to there that count: as many numbers are kept free for them.
    pub operations: u64,
    /// Their changes, alike.
    pub changes: u64,
    /// The greatest stamp that was given up to there.
    pub greatest: Hlc,
}

/// The snapshot that this desk began with; `None` where its journal has everything.
pub fn begun(db: &Db<'_>) -> Result<Option<Begun>, StoreError> {
    let place = replica::get(db, PLACE)?;
    if place == 0 {
        return Ok(None);
    }
    Ok(Some(Begun {
        place,
        operations: replica::get(db, OPERATIONS)?,
        changes: replica::get(db, CHANGES)?,
        greatest: Hlc(replica::get(db, GREATEST)?),
    }))
}

/// Notes the snapshot that this desk begins with.
pub(crate) fn begin(db: &Db<'_>, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<(), StoreError> {
    replica::set(db, PLACE, manifest.place)?;
    replica::set(db, OPERATIONS, manifest.operations)?;
    replica::set(db, CHANGES, manifest.changes)?;
    replica::set(db, GREATEST, manifest.greatest)?;
    replica::set_cursor(db, manifest.place)?;
    for (number, part) in (0i64..).zip(parts) {
        db.run("INSERT INTO base_part(part,packed) VALUES(?,?)", &[Sql::Int(number), Sql::Blob(part)])?;
    }
    Ok(())
}

/// Forgets the snapshot, once the journal has everything.
pub(crate) fn forget(db: &Db<'_>) -> Result<(), StoreError> {
    db.execute("DELETE FROM base_part")?;
    db.execute("DELETE FROM base_range")?;
    [PLACE, OPERATIONS, CHANGES, GREATEST].iter().try_for_each(|key| replica::unset(db, key))
}

/// The number of the next operation of the journal.
pub(crate) fn next_operation(db: &Db<'_>) -> Result<i64, StoreError> {
    let last = db.number("SELECT coalesce(max(n),0) FROM operation", &[])?;
    Ok(last.max(replica::get(db, OPERATIONS)? as i64) + 1)
}

/// The number of the next change of the journal.
pub(crate) fn next_change(db: &Db<'_>) -> Result<i64, StoreError> {
    let last = db.number("SELECT coalesce(max(n),0) FROM change", &[])?;
    Ok(last.max(replica::get(db, CHANGES)? as i64) + 1)
}

/// The greatest stamp that is known here.
pub fn greatest(db: &Db<'_>) -> Result<Hlc, StoreError> {
    let here = db.number("SELECT coalesce(max(stamp),0) FROM operation", &[])? as u64;
    Ok(Hlc(here.max(replica::get(db, GREATEST)?)))
}

fn malformed(_: Malformed) -> StoreError {
    StoreError::Damaged("what this desk began with".into())
}

/// A failure of SQLite, or a part that is none.
pub(crate) enum Unread {
    /// It is no part.
    Part,
    /// SQLite failed.
    Store(StoreError),
}

impl From<Malformed> for Unread {
    fn from(_: Malformed) -> Unread {
        Unread::Part
    }
}

impl From<StoreError> for Unread {
    fn from(error: StoreError) -> Unread {
        Unread::Store(error)
    }
}

impl From<Unread> for StoreError {
    fn from(unread: Unread) -> StoreError {
        match unread {
            Unread::Part => malformed(Malformed),
            Unread::Store(error) => error,
        }
    }
}

/// A part of a snapshot by its number, unpacked: ids in their order, with the fields of their records as they came.
type Unpacked = (i64, Vec<(Id, Vec<u8>)>);

/// Reads what a desk began with. The part that a record of a kind was found in last is at hand: whoever asks in the order
/// of ids unpacks each part once.
pub(crate) struct Base<'d> {
    db: &'d Db<'d>,
    at_hand: HashMap<u8, Unpacked>,
}

impl<'d> Base<'d> {
    /// `None` where the journal has everything.
    pub fn open(db: &'d Db<'d>) -> Result<Option<Base<'d>>, StoreError> {
        Ok(begun(db)?.map(|_| Base { db, at_hand: HashMap::new() }))
    }

    /// The fields that a record began with; `None` where it is not in the snapshot.
    pub fn fields(&mut self, kind: u8, record: Id) -> Result<Option<Vec<HeldField>>, StoreError> {
        let Some(part) = part_of(self.db, kind, record)? else { return Ok(None) };
        if self.at_hand.get(&kind).is_none_or(|(at, _)| *at != part) {
            let mut records = Vec::new();
            for item in items(self.db, part)? {
                if let Item::Record { kind: of, id, packed } = item
                    && of == kind
                {
                    records.push((id, packed));
                }
            }
            self.at_hand.insert(kind, (part, records));
        }
        let Some((_, records)) = self.at_hand.get(&kind) else { return Ok(None) };
        match records.binary_search_by(|(id, _)| id.cmp(&record)) {
            Ok(at) => Ok(Some(snapshot::fields(&records[at].1).map_err(malformed)?)),
            Err(_) => Ok(None),
        }
    }
}

fn part_of(db: &Db<'_>, kind: u8, record: Id) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT part FROM base_range WHERE kind=? AND first<=? ORDER BY first DESC LIMIT 1";
    db.first(sql, &[Sql::Int(i64::from(kind)), Sql::Blob(record.bytes())], |row| Ok(row.int(0)))
}

fn items(db: &Db<'_>, part: i64) -> Result<Vec<Item>, StoreError> {
    let packed =
        db.first("SELECT packed FROM base_part WHERE part=?", &[Sql::Int(part)], |row| Ok(row.blob(0).to_vec()))?;
    let mut items = Vec::new();
    snapshot::each(&packed.unwrap_or_default(), |item| {
        items.push(item);
        Ok::<(), Unread>(())
    })?;
    Ok(items)
}

fn write(db: &Db<'_>, part: i64, items: &[Item]) -> Result<(), StoreError> {
    let packed = snapshot::one_part(items).map_err(malformed)?;
    db.run("UPDATE base_part SET packed=? WHERE part=?", &[Sql::Blob(&packed), Sql::Int(part)])?;
    Ok(())
}

/// Takes a record's values out of what this desk began with.
pub(crate) fn erase(db: &Db<'_>, kind: u8, record: Id) -> Result<(), StoreError> {
    let Some(part) = part_of(db, kind, record)? else { return Ok(()) };
    let (mut items, is_it) = (items(db, part)?, |item: &Item| matches!(item, Item::Record { id, .. } if *id == record));
    let before = items.len();
    items.retain(|item| !is_it(item));
    if items.len() < before { write(db, part, &items) } else { Ok(()) }
}

/// Puts a record back whose erasure was refused, with these writes: of each field the one that counts most.
pub(crate) fn put_back(db: &Db<'_>, kind: u8, record: Id, writes: Vec<HeldField>) -> Result<(), StoreError> {
    let mut held: HashMap<u16, HeldField> = HashMap::new();
    for write in writes {
        let is_less = |known: &HeldField| snapshot::stamp_of(known) <= snapshot::stamp_of(&write);
        if held.get(&write.0).is_none_or(is_less) {
            held.insert(write.0, write);
        }
    }
    let mut fields: Vec<HeldField> = held.into_values().collect();
    fields.sort_by_key(|(number, ..)| *number);
    let Some(part) = part_of(db, kind, record)? else { return Ok(()) };
    let mut items = items(db, part)?;
    // Behind the last of its kind with a smaller id.
    let is_before = |item: &Item| matches!(item, Item::Record { kind: of, id, .. } if *of == kind && *id < record);
    let is_of_kind = |item: &Item| matches!(item, Item::Record { kind: of, .. } if *of == kind);
    let at = items.iter().rposition(is_before).map(|at| at + 1).or_else(|| items.iter().position(is_of_kind));
    let item = Item::Record { kind, id: record, packed: snapshot::pack(&fields).map_err(malformed)? };
    items.insert(at.unwrap_or(0), item);
    write(db, part, &items)
}

/// Lets writes of the journal and those that a record began with meet: of a field the one that counts most.
#[derive(Default)]
pub(crate) struct Told {
    /// What the fields that the record began with count.
    clocks: HashMap<u16, Stamp>,
}

impl Told {
    /// Begins with fields of the snapshot.
    pub fn begin(fields: Vec<HeldField>, mut set: impl FnMut(u16, Value)) -> Told {
        let clocks = fields.iter().map(|field| (field.0, snapshot::stamp_of(field))).collect();
        fields.into_iter().for_each(|(field, value, ..)| set(field, value));
        Told { clocks }
    }

    /// Whether the record began with anything.
    pub fn is_there(&self) -> bool {
        !self.clocks.is_empty()
    }

    /// Whether a write of the journal counts against what the field began with.
    pub fn counts(&self, field: u16, stamp: Stamp) -> bool {
        self.clocks.get(&field).is_none_or(|clock| *clock <= stamp)
    }
}
