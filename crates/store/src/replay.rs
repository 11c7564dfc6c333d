//! Whether the tables are what the journal says: every record of every kind is made again out of its changes and held
//! against its row.
//!
//! One pass over the journal in the order of records, beside one pass over each table in the order of ids: memory is
//! taken for one record at a time, however many there are. Where several devices wrote, the order of their operations is
//! that of stamps; then the operations are in memory, too, some tens of bytes for each.

use crate::base::{self, Base};
use crate::error::StoreError;
use crate::fold::{self, GONE};
use crate::journal;
use crate::sqlite::{Db, Sql, Statement};
use crate::table;
use liaison_domain::journal::{Unreadable, unpack};
use liaison_domain::replication::Stamp;
use liaison_domain::{Field, FieldChange, Hlc, Id, OperationKind, Record, RecordKind, Value};

/// A record that is not what the journal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrepancy {
    /// Its kind.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// What does not fit.
    pub what: Mismatch,
}

/// How a record and its changes do not fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Mismatch {
    /// The row has another value than the last change of the field left.
    Field {
        /// The field.
        field: &'static Field,
        /// What the journal says.
        journal: Value,
        /// What the row says.
        row: Value,
    },
    /// A change begins with another value than the change before it left.
    Sequence {
        /// Number of the field.
        field: u16,
    },
    /// A row that no change brought into being.
    NoCreation,
    /// A record that was created and never erased has no row.
    NoRow,
    /// Values of changes are gone, and no operation erased the record.
    ValuesGone {
        /// How many changes have lost theirs.
        changes: u32,
    },
    /// The record was erased, and its row or values of its changes are there.
    NotErased,
    /// A change can't be read.
    Unreadable,
}

/// How much was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Records that have changes or a row.
    pub records: u64,
    /// Changes of the journal.
    pub changes: u64,
}

/// The changes in the order of records. Their index is named, for sorting a whole journal would take its size in memory.
pub(crate) const CHANGES: &str = "SELECT record,kind,packed,n FROM change INDEXED BY change_record ORDER BY record,n";

/// The rows of a kind in the order of ids, as [`table::record`] reads them from column 1.
pub(crate) fn rows_in_order(db: &Db<'_>, kind: RecordKind) -> String {
    let (columns, table) = (table::columns(db.registry(), kind), kind.key());
    format!("SELECT id,{columns} FROM {table} INDEXED BY sqlite_autoindex_{table}_1 ORDER BY id")
}

/// Makes every record again out of its changes and compares it with its row; `found` is told what does not fit, record
/// by record in the order of their ids, and `reached` how many changes have been read.
///
/// Fields that are computed from others have no place in the journal and are left out; so are values of attributes
/// whose definition was erased.
pub fn replay(
    db: &Db<'_>,
    reached: &mut dyn FnMut(u64) -> Result<(), StoreError>,
    found: &mut dyn FnMut(Discrepancy) -> Result<(), StoreError>,
) -> Result<Replayed, StoreError> {
    let mut tables = RecordKind::ALL.into_iter().map(|kind| Rows::open(db, kind)).collect::<Result<Vec<_>, _>>()?;
    let mut replayed = Replayed::default();
    let mut changes = db.prepare(CHANGES)?;
    let mut base = Base::open(db)?;
    let order = Order::read(db, base.is_some())?;
    let mut told: Vec<Told> = Vec::new();
    while changes.step()? {
        replayed.changes += 1;
        reached(replayed.changes)?;
        let record = changes.id(0)?;
        // Records of a kind that only a newer version knows have no table here.
        let kind = u8::try_from(changes.int(1)).ok().and_then(RecordKind::from_number);
        let Some(kind) = kind else { continue };
        if told.first().is_some_and(|told| told.record.id != record) {
            settle(db, &order, base.as_mut(), &mut tables, &mut told, &mut replayed, found)?;
        }
        let at = match told.iter().position(|told| told.record.kind == kind) {
            Some(at) => at,
            None => {
                told.push(Told::nothing(kind, record));
                told.len() - 1
            }
        };
        let packed = (!changes.is_null(2)).then(|| changes.blob(2));
        if order.is_alone() {
            told[at].add(packed, changes.int(3));
        } else {
            told[at].kept_back.push((changes.int(3), packed.map(<[u8]>::to_vec)));
        }
    }
    settle(db, &order, base.as_mut(), &mut tables, &mut told, &mut replayed, found)?;
    for rows in &mut tables {
        rows.skip_to(db, base.as_mut(), None, &mut replayed, found)?;
    }
    Ok(replayed)
}

/// Compares the records of one id with their rows.
fn settle(
    db: &Db<'_>,
    order: &Order,
    mut base: Option<&mut Base<'_>>,
    tables: &mut [Rows<'_>],
    told: &mut Vec<Told>,
    replayed: &mut Replayed,
    found: &mut dyn FnMut(Discrepancy) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for mut told in told.drain(..) {
        told.begin(base.as_deref_mut())?;
        told.sort(order);
        let (kind, record) = (told.record.kind, told.record.id);
        let rows = &mut tables[kind as usize - 1];
        rows.skip_to(db, base.as_deref_mut(), Some(record), replayed, found)?;
        replayed.records += 1;
        let row = rows.take(record)?;
        for what in told.compare(db, row.as_ref())? {
            found(Discrepancy { kind, record, what })?;
        }
    }
    Ok(())
}

/// What counts between the changes of several devices.
#[derive(Default)]
struct Order {
    /// Of each operation with changes, by the number of its first change: that number, stamp, device, whether it counts.
    operations: Vec<(i64, i64, Id, bool)>,
    /// The journal does not have everything: this desk began with records.
    is_begun: bool,
}

impl Order {
    /// Reads the operations, unless all of them are of one device and count: then the order of changes is theirs.
    fn read(db: &Db<'_>, is_begun: bool) -> Result<Order, StoreError> {
        let mixed = "SELECT EXISTS(SELECT 1 FROM operation WHERE state<>0 OR hub IS NOT NULL)";
        if !is_begun && db.number(mixed, &[])? == 0 {
            return Ok(Order::default());
        }
        let sql = "SELECT first_change,stamp,device,state FROM operation WHERE changes>0 ORDER BY first_change";
        let operations =
            db.all(sql, &[], |row| Ok((row.int(0), row.int(1), row.id(2)?, row.int(3) != journal::REFUSED)))?;
        Ok(Order { operations, is_begun })
    }

    fn is_alone(&self) -> bool {
        self.operations.is_empty() && !self.is_begun
    }

    /// What the change with this number counts; `None` where its operation was refused.
    fn of(&self, change: i64) -> Option<(i64, Id, i64)> {
        let at = self.operations.partition_point(|(first, ..)| *first <= change);
        let (_, stamp, device, counts) = *self.operations.get(at.checked_sub(1)?)?;
        counts.then_some((stamp, device, change))
    }
}

/// What the journal tells of one record.
struct Told {
    record: Record,
    /// Changes that are added once all are there, in the order that counts: their numbers and packed forms.
    kept_back: Vec<(i64, Option<Vec<u8>>)>,
    /// What the record began with, where the journal does not have everything.
    begun: base::Told,
    /// This desk began with records, whether with this one or not.
    is_begun: bool,
    /// Several devices wrote: a change need not begin with what the one before it left.
    mixed: bool,
    created: bool,
    /// Changes that have their values.
    kept: u32,
    /// Changes whose values are gone.
    gone: u32,
    /// The change that ends an erased record, by its number; nothing comes after it.
    end: Option<i64>,
    after_end: bool,
    unreadable: bool,
    /// A newer version packed a change: what the row should be is not known here.
    newer: bool,
    /// The first field whose changes do not follow from each other.
    broken: Option<u16>,
}

impl Told {
    fn nothing(kind: RecordKind, record: Id) -> Told {
        Told {
            record: Record::blank(kind, record),
            kept_back: Vec::new(),
            begun: base::Told::default(),
            is_begun: false,
            mixed: false,
            created: false,
            kept: 0,
            gone: 0,
            end: None,
            after_end: false,
            unreadable: false,
            newer: false,
            broken: None,
        }
    }

    /// Begins with what this desk began with.
    fn begin(&mut self, base: Option<&mut Base<'_>>) -> Result<(), StoreError> {
        let Some(base) = base else { return Ok(()) };
        self.is_begun = true;
        if let Some(fields) = base.fields(self.record.kind as u8, self.record.id)? {
            self.created = true;
            let record = &mut self.record;
            self.begun = base::Told::begin(fields, |field, value| {
                record.set_numbered(field, stored(&value));
            });
        }
        Ok(())
    }

    /// Adds what was kept back, in the order that counts.
    fn sort(&mut self, order: &Order) {
        let mut changes: Vec<_> = std::mem::take(&mut self.kept_back)
            .into_iter()
            .filter_map(|(n, packed)| Some((order.of(n)?, packed)))
            .collect();
        self.mixed = !order.is_alone();
        changes.sort_by_key(|(counts, _)| *counts);
        for ((stamp, device, n), packed) in changes {
            self.add_counting(packed.as_deref(), n, Some(Stamp { time: Hlc(stamp as u64), device }));
        }
    }

    fn add(&mut self, packed: Option<&[u8]>, n: i64) {
        self.add_counting(packed, n, None);
    }

    fn add_counting(&mut self, packed: Option<&[u8]>, n: i64, stamp: Option<Stamp>) {
        let Some(packed) = packed else {
            self.gone += 1;
            self.after_end |= self.end.is_some() && !self.mixed;
            return;
        };
        self.after_end |= self.end.is_some();
        match unpack(packed) {
            Ok((false, fields)) if fields.is_empty() => self.end = Some(n),
            Ok((created, fields)) => {
                self.kept += 1;
                self.created |= created;
                for change in fields {
                    if stamp.is_none_or(|stamp| self.begun.counts(change.field, stamp)) {
                        self.change(change);
                    }
                }
            }
            Err(Unreadable::Newer) => self.newer = true,
            Err(Unreadable::Damaged) => self.unreadable = true,
        }
    }

    fn change(&mut self, change: FieldChange) {
        let before = self.record.numbered(change.field);
        // What was before a change whose values are gone is not known any more.
        if before.is_some_and(|before| *before != stored(&change.before))
            && self.gone == 0
            && !self.mixed
            && !self.unreadable
            && !self.newer
        {
            self.broken.get_or_insert(change.field);
        }
        self.record.set_numbered(change.field, stored(&change.after));
    }

    /// What does not fit between the changes and the row.
    fn compare(&self, db: &Db<'_>, row: Option<&Record>) -> Result<Vec<Mismatch>, StoreError> {
        if self.unreadable {
            return Ok(vec![Mismatch::Unreadable]);
        }
        if self.newer {
            return Ok(Vec::new());
        }
        if self.is_begun && fold::is_erased(db, self.record.id)? {
            // The change that erased it may be among those that are not here.
            return Ok(if row.is_some() || self.kept > 0 { vec![Mismatch::NotErased] } else { Vec::new() });
        }
        let erased = match self.end {
            // A newer version's kinds may erase, too.
            Some(n) => journal::operation_of(db, n)?
                .is_some_and(|entry| entry.operation.kind.known().is_none_or(OperationKind::erases)),
            None => false,
        };
        if erased {
            // What several devices did is not in the order of its happening: an edit may count less than the erasure it
            // came after, or the other way round. Its values are gone either way.
            let left = row.is_some() || self.kept > 0 || (self.after_end && !self.mixed);
            return Ok(if left { vec![Mismatch::NotErased] } else { Vec::new() });
        }
        let mut found: Vec<Mismatch> = self.broken.map(|field| Mismatch::Sequence { field }).into_iter().collect();
        found.extend(match row {
            // It is noted that they never came, or came back: what the row should be is not known here.
            // What is erased may be told later than what it was erased from; till then it is what it began with.
            Some(row) if self.begun.is_there() && *row == self.record => Vec::new(),
            _ if self.gone > 0 && noted(db, self.record.id)?.contains(&GONE) => Vec::new(),
            _ if self.gone > 0 => vec![Mismatch::ValuesGone { changes: self.gone }],
            None if !self.created && self.mixed => Vec::new(),
            _ if !self.created => vec![Mismatch::NoCreation],
            None => vec![Mismatch::NoRow],
            Some(row) if *row == self.record => Vec::new(),
            Some(row) => {
                let noted = if self.mixed { noted(db, row.id)? } else { Vec::new() };
                let kind = row.kind;
                let fields = kind.fields().iter().copied().chain(db.registry().stored_attributes(kind));
                fields
                    .filter(|field| row.get(field) != self.record.get(field))
                    .filter(|field| !noted.contains(&field.number))
                    .map(|field| Mismatch::Field {
                        field,
                        journal: self.record.get(field).clone(),
                        row: row.get(field).clone(),
                    })
                    .collect()
            }
        });
        Ok(found)
    }
}

/// The fields of a record whose values its row can't take; see [`crate::fold`].
fn noted(db: &Db<'_>, record: Id) -> Result<Vec<u16>, StoreError> {
    let sql = "SELECT field FROM dangling WHERE record=?1 UNION ALL SELECT field FROM unseen WHERE record=?1";
    db.all(sql, &[Sql::Blob(record.bytes())], |row| Ok(row.int(0) as u16))
}

/// A value as a row gives it back: nothing in it is nothing.
fn stored(value: &Value) -> Value {
    match value {
        Value::Text(text) if text.is_empty() => Value::Empty,
        Value::List(items) if items.is_empty() => Value::Empty,
        value => value.clone(),
    }
}

/// The rows of a kind in the order of ids.
struct Rows<'d> {
    kind: RecordKind,
    statement: Statement<'d>,
    /// The row the statement stands at; `None` at the end.
    at: Option<Id>,
}

impl<'d> Rows<'d> {
    fn open(db: &'d Db<'d>, kind: RecordKind) -> Result<Rows<'d>, StoreError> {
        let mut rows = Rows { kind, statement: db.prepare(&rows_in_order(db, kind))?, at: None };
        rows.step()?;
        Ok(rows)
    }

    fn step(&mut self) -> Result<(), StoreError> {
        self.at = if self.statement.step()? {
            Some(self.statement.id(0).map_err(|_| StoreError::Damaged(format!("the id of a {}", self.kind.key())))?)
        } else {
            None
        };
        Ok(())
    }

    /// Goes on to `record`, or to the end; the rows on the way are in no change, and may be in what the desk began with.
    fn skip_to(
        &mut self,
        db: &Db<'_>,
        mut base: Option<&mut Base<'_>>,
        record: Option<Id>,
        replayed: &mut Replayed,
        found: &mut dyn FnMut(Discrepancy) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        while let Some(at) = self.at.filter(|at| record.is_none_or(|record| *at < record)) {
            replayed.records += 1;
            let mut told = Told::nothing(self.kind, at);
            told.begin(base.as_deref_mut())?;
            told.mixed = told.is_begun;
            if told.created {
                let row = table::readable(&self.statement, 1, self.kind, at)?;
                for what in told.compare(db, Some(&row))? {
                    found(Discrepancy { kind: self.kind, record: at, what })?;
                }
            } else {
                found(Discrepancy { kind: self.kind, record: at, what: Mismatch::NoCreation })?;
            }
            self.step()?;
        }
        Ok(())
    }

    /// The row of this record, if the statement stands at it; then goes to the next one.
    fn take(&mut self, record: Id) -> Result<Option<Record>, StoreError> {
        if self.at != Some(record) {
            return Ok(None);
        }
        let row = table::readable(&self.statement, 1, self.kind, record)?;
        self.step()?;
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;

    /// Sorting a million changes would take their size in memory: every statement reads along an index.
    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_is_sorted_on_the_way() {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path(), None).await.expect("a database");
        let plans = database.read(|db| {
            let kinds = RecordKind::ALL.into_iter().map(|kind| rows_in_order(db, kind));
            let statements: Vec<String> = kinds.chain([CHANGES.to_owned()]).collect();
            let plan =
                |sql: &String| db.all(&format!("EXPLAIN QUERY PLAN {sql}"), &[], |row| Ok(row.text(3).to_owned()));
            statements.iter().map(plan).collect::<Result<Vec<_>, _>>()
        });
        let plans = plans.await.expect("plans");
        assert_eq!(plans.len(), RecordKind::ALL.len() + 1);
        for plan in plans {
            assert!(matches!(&plan[..], [scan] if scan.contains("USING INDEX")), "{plan:?}");
        }
    }
}
