//! The fold: what the journal says of a record, over all devices, brought into its row.
//!
//! Of a field the write that counts most (stamp, device, place within the operation) wins, whatever came first; an erasure
//! beats everything. What the row can't take stays in the journal and is noted: references to what is not here
//! (`dangling`), values of what this version or database does not know (`unseen`). So nothing here has a way to fail but
//! a broken database.

use crate::attributes;
use crate::base::{self, Base};
use crate::erasure;
use crate::error::StoreError;
use crate::journal::{IN_ORDER, OF_CHANGE};
use crate::sqlite::{Db, Sql};
use crate::table::{Insert, RowNumbers, Shape, Update};
use crate::touched::ChangedRows;
use liaison_domain::field::FieldType;
use liaison_domain::replication::{Content, Stamp};
use liaison_domain::{Field, Hlc, Id, Numbered, OperationKind, Record, RecordKind, Value, attribute};
use std::collections::{BTreeMap, HashMap};

/// Most statements kept, each for one set of fields.
const STATEMENTS_KEPT: usize = 200;

/// Stands in `unseen` for fields of a change whose values nobody has: no field has this number.
pub(crate) const GONE: u16 = u16::MAX;

/// Values of fields, by their numbers.
pub(crate) type Values = BTreeMap<u16, Value>;

/// Which fields of a record are to be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fields {
    /// All of them.
    All,
    /// Those with these numbers.
    Some(Vec<u16>),
}

/// Where a value goes.
enum Fit<'v> {
    Column(&'static Field, &'v Value),
    Dangling(&'static Field, Id),
    /// Nowhere; a column of the field, where there is one, has nothing.
    Unseen(Option<&'static Field>),
}

/// Writes what the journal says into rows.
pub(crate) struct Fold<'d> {
    db: &'d Db<'d>,
    inserts: HashMap<(RecordKind, Shape), Insert<'d>>,
    updates: HashMap<(RecordKind, Vec<u16>), Update<'d>>,
    numbers: RowNumbers<'d>,
    columns: HashMap<RecordKind, HashMap<String, String>>,
    /// What the journal does not have of the records.
    base: Option<Base<'d>>,
    /// Whether anything dangles or is unseen: as a rule nothing is, and nothing has to be looked for.
    any_noted: bool,
    made: Vec<Id>,
    changed: ChangedRows,
}

impl<'d> Fold<'d> {
    pub fn new(db: &'d Db<'d>) -> Result<Fold<'d>, StoreError> {
        let noted = db.number("SELECT EXISTS(SELECT 1 FROM dangling) OR EXISTS(SELECT 1 FROM unseen)", &[])?;
        Ok(Fold {
            db,
            inserts: HashMap::new(),
            updates: HashMap::new(),
            numbers: RowNumbers::new(db),
            columns: HashMap::new(),
            base: Base::open(db)?,
            any_noted: noted == 1,
            made: Vec::new(),
            changed: ChangedRows::default(),
        })
    }

    /// Folds fields of a record anew, from the journal.
    pub fn refold(&mut self, kind: RecordKind, record: Id, fields: &Fields) -> Result<(), StoreError> {
        if is_erased(self.db, record)? {
            return self.remove(kind, record);
        }
        let told = told(self.db, self.base.as_mut(), kind, record)?;
        let Some(mut values) = told else { return self.remove(kind, record) };
        match (self.numbers.of(kind, record)?, fields) {
            (None, _) => self.insert(kind, record, &values),
            (Some(n), Fields::Some(named)) => {
                let folded: Values =
                    named.iter().map(|field| (*field, values.remove(field).unwrap_or_default())).collect();
                self.update(kind, n, record, &folded)
            }
            (Some(n), Fields::All) => {
                let stored = self.db.registry().stored_attributes(kind);
                for field in kind.fields().iter().copied().chain(stored) {
                    values.entry(field.number).or_default();
                }
                self.update(kind, n, record, &values)
            }
        }
    }

    /// Reads anew what the desk began with, which was changed.
    pub fn reread_base(&mut self) -> Result<(), StoreError> {
        self.base = Base::open(self.db)?;
        Ok(())
    }

    /// Whether the desk began with records that its journal does not have, and this one has a row.
    pub fn is_begun_with(&mut self, kind: RecordKind, record: Id) -> Result<bool, StoreError> {
        Ok(self.base.is_some() && self.numbers.of(kind, record)?.is_some())
    }

    /// Gives a record these values, which count most. False where it has no row.
    pub fn write(&mut self, kind: RecordKind, record: Id, values: &Values) -> Result<bool, StoreError> {
        match self.numbers.of(kind, record)? {
            Some(n) => self.update(kind, n, record, values).map(|()| true),
            None => Ok(false),
        }
    }

    /// Makes the row of a record that has none.
    pub fn insert(&mut self, kind: RecordKind, id: Id, values: &Values) -> Result<(), StoreError> {
        let mut record = Record::blank(kind, id);
        for (number, value) in values {
            match self.fit(kind, id, *number, value)? {
                Fit::Column(field, value) => record.set(field, value.clone()),
                Fit::Dangling(field, target) => self.note_dangling(kind, id, field, target)?,
                Fit::Unseen(_) => self.note_unseen(kind as u8, id, *number)?,
            }
        }
        if self.inserts.len() == STATEMENTS_KEPT {
            self.inserts.clear();
        }
        let key = (kind, Insert::shape(&record));
        if !self.inserts.contains_key(&key) {
            let prepared = Insert::prepare(self.db, kind, &key.1)?;
            self.inserts.insert(key.clone(), prepared);
        }
        if let Some(insert) = self.inserts.get_mut(&key) {
            insert.run(&record)?;
        }
        let n = self.db.last_insert();
        if kind == RecordKind::Attribute && attribute::field(&record).is_some() {
            attributes::add_column(self.db, &record)?;
            // Statements and columns are those of before.
            self.columns.clear();
        }
        self.made.push(id);
        self.touch(kind, n);
        Ok(())
    }

    fn update(&mut self, kind: RecordKind, n: i64, record: Id, values: &Values) -> Result<(), StoreError> {
        let (mut fields, mut set) = (Vec::new(), Vec::new());
        let nothing = Value::Empty;
        for (number, value) in values {
            match self.fit(kind, record, *number, value)? {
                Fit::Column(field, value) => {
                    self.forget(record, *number)?;
                    fields.push(field);
                    set.push(value);
                }
                Fit::Dangling(field, target) => {
                    self.note_dangling(kind, record, field, target)?;
                    fields.push(field);
                    set.push(&nothing);
                }
                Fit::Unseen(column) => {
                    self.note_unseen(kind as u8, record, *number)?;
                    fields.extend(column);
                    set.extend(column.map(|_| &nothing));
                }
            }
        }
        if fields.is_empty() {
            return Ok(());
        }
        if self.updates.len() == STATEMENTS_KEPT {
            self.updates.clear();
        }
        let key = (kind, fields.iter().map(|field| field.number).collect::<Vec<_>>());
        if !self.updates.contains_key(&key) {
            let prepared = Update::prepare(self.db, kind, &fields, false)?;
            self.updates.insert(key.clone(), prepared);
        }
        if let Some(update) = self.updates.get_mut(&key) {
            update.run(n, &set)?;
        }
        self.touch(kind, n);
        Ok(())
    }

    /// Takes a record's row away; what referred to it dangles.
    pub fn remove(&mut self, kind: RecordKind, record: Id) -> Result<(), StoreError> {
        let Some(n) = self.numbers.of(kind, record)? else { return Ok(()) };
        let target = Sql::Blob(record.bytes());
        for (referring, field) in kind.referring() {
            let (table, key) = (referring.key(), field.key);
            let rows = self.db.all(&format!("SELECT n,id FROM {table} WHERE {key}=?"), &[target], |row| {
                Ok((row.int(0), row.id(1)?))
            })?;
            for (n, id) in rows {
                self.note_dangling(referring, id, field, record)?;
                self.db.run(&format!("UPDATE {table} SET {key}=NULL WHERE n=?"), &[Sql::Int(n)])?;
                self.touch(referring, n);
            }
        }
        self.db.run("DELETE FROM dangling WHERE record=?", &[target])?;
        self.db.run("DELETE FROM unseen WHERE record=?", &[target])?;
        self.db.run("DELETE FROM trash_noticed WHERE record=?", &[target])?;
        self.db.run(&format!("DELETE FROM {} WHERE n=?", kind.key()), &[Sql::Int(n)])?;
        self.changed.touch(kind, n, Some(None));
        if matches!(kind, RecordKind::Attribute | RecordKind::Institution) {
            self.db.redefine();
        }
        Ok(())
    }

    /// Erases a record for good, with its values in the journal.
    pub fn erase(&mut self, kind: Numbered<RecordKind>, record: Id) -> Result<(), StoreError> {
        if !self.db.overwrites_freed() {
            erasure::begin(self.db)?;
        }
        erasure::blank(self.db, kind, record)?;
        match kind {
            Numbered::Known(kind) => self.remove(kind, record),
            Numbered::Other(_) => Ok(()),
        }
    }

    /// Notes that the whole record is of a kind this version does not know.
    pub fn note_unknown(&mut self, kind: u8, record: Id) -> Result<(), StoreError> {
        self.note_unseen(kind, record, 0)
    }

    /// Notes that a change of a record came without its values: whoever wrote it erased the record before it was sent, and
    /// the erasure was refused.
    pub fn note_gone(&mut self, kind: u8, record: Id) -> Result<(), StoreError> {
        self.note_unseen(kind, record, GONE)
    }

    /// Gives references their targets that have come meanwhile, and says which rows changed.
    pub fn finish(mut self) -> Result<ChangedRows, StoreError> {
        while self.any_noted && !self.made.is_empty() {
            for target in std::mem::take(&mut self.made) {
                let waiting = self.db.all(
                    "SELECT record,kind,field FROM dangling WHERE target=?",
                    &[Sql::Blob(target.bytes())],
                    |row| Ok((row.id(0)?, row.int(1), row.int(2) as u16)),
                )?;
                for (record, kind, field) in waiting {
                    let Some(kind) = known(kind) else { continue };
                    self.refold(kind, record, &Fields::Some(vec![field]))?;
                }
            }
        }
        Ok(self.changed)
    }

    fn touch(&mut self, kind: RecordKind, n: i64) {
        self.changed.touch(kind, n, None);
        if matches!(kind, RecordKind::Attribute | RecordKind::Institution) {
            self.db.redefine();
        }
    }

    fn fit<'v>(&mut self, kind: RecordKind, record: Id, number: u16, value: &'v Value) -> Result<Fit<'v>, StoreError> {
        let Some(field) = self.db.registry().numbered(kind, number) else { return Ok(Fit::Unseen(None)) };
        if field.is_attribute() {
            if !self.columns.contains_key(&kind) {
                self.columns.insert(kind, attributes::column_types(self.db, kind)?);
            }
            if !self.columns.get(&kind).is_some_and(|columns| attributes::fits(columns, field)) {
                return Ok(Fit::Unseen(None));
            }
        }
        Ok(match (field.field_type, value) {
            (FieldType::Reference { kind: referred }, Value::Reference(target)) => {
                if *target == record || self.numbers.of(referred, *target)?.is_some() {
                    Fit::Column(field, value)
                } else {
                    Fit::Dangling(field, *target)
                }
            }
            (of, value) if of.takes(value) => Fit::Column(field, value),
            _ => Fit::Unseen(Some(field)),
        })
    }

    fn note_dangling(&mut self, kind: RecordKind, record: Id, field: &Field, target: Id) -> Result<(), StoreError> {
        self.any_noted = true;
        self.db.run(
            "INSERT OR REPLACE INTO dangling(record,kind,field,target) VALUES(?,?,?,?)",
            &[
                Sql::Blob(record.bytes()),
                Sql::Int(kind as i64),
                Sql::Int(i64::from(field.number)),
                Sql::Blob(target.bytes()),
            ],
        )?;
        Ok(())
    }

    fn note_unseen(&mut self, kind: u8, record: Id, field: u16) -> Result<(), StoreError> {
        self.any_noted = true;
        self.db.run(
            "INSERT OR IGNORE INTO unseen(record,kind,field) VALUES(?,?,?)",
            &[Sql::Blob(record.bytes()), Sql::Int(i64::from(kind)), Sql::Int(i64::from(field))],
        )?;
        Ok(())
    }

    /// The column has the value: nothing is noted of it any more.
    fn forget(&self, record: Id, field: u16) -> Result<(), StoreError> {
        if self.any_noted {
            let of = [Sql::Blob(record.bytes()), Sql::Int(i64::from(field))];
            self.db.run("DELETE FROM dangling WHERE record=? AND field=?", &of)?;
            self.db.run("DELETE FROM unseen WHERE record=? AND field=?", &of)?;
        }
        Ok(())
    }
}

/// Whether the record was erased for good.
pub(crate) fn is_erased(db: &Db<'_>, record: Id) -> Result<bool, StoreError> {
    Ok(db.number("SELECT EXISTS(SELECT 1 FROM erased WHERE record=?)", &[Sql::Blob(record.bytes())])? == 1)
}

/// What the journal says of a record, with what this desk began with; `None` where nothing that counts brought it into
/// being.
fn told(db: &Db<'_>, base: Option<&mut Base<'_>>, kind: RecordKind, record: Id) -> Result<Option<Values>, StoreError> {
    let begun = match base {
        Some(base) => base.fields(kind as u8, record)?,
        None => None,
    };
    let (mut is_there, mut values) = (begun.is_some(), Values::new());
    let begun = base::Told::begin(begun.unwrap_or_default(), |field, value| {
        values.insert(field, value);
    });
    let sql = format!(
        "SELECT c.packed,o.kind,o.stamp,o.device FROM change c {OF_CHANGE} WHERE c.record=? AND c.kind=? AND o.state=0 AND c.packed IS NOT NULL
         {IN_ORDER}"
    );
    db.all(&sql, &[Sql::Blob(record.bytes()), Sql::Int(kind as i64)], |row| {
        let of = Numbered::<OperationKind>::of(row.int(1) as u8);
        if let Content::Fields { created, fields } = Content::of(of, Some(row.blob(0))) {
            is_there |= created;
            let stamp = Stamp { time: Hlc(row.int(2) as u64), device: row.id(3)? };
            let counting = fields.into_iter().filter(|change| begun.counts(change.field, stamp));
            values.extend(counting.map(|change| (change.field, change.after)));
        }
        Ok(())
    })?;
    Ok(is_there.then_some(values))
}

/// Writes what has become known since it came: values of fields, attributes and kinds that were not. Values that are no
/// longer of their attribute's type go.
pub(crate) fn settle_unseen(db: &Db<'_>) -> Result<ChangedRows, StoreError> {
    let mut fold = Fold::new(db)?;
    for (kind, field, record) in attributes::of_other_types(db)? {
        fold.refold(kind, record, &Fields::Some(vec![field]))?;
    }
    let noted = db.all("SELECT DISTINCT kind,field FROM unseen", &[], |row| Ok((row.int(0), row.int(1))))?;
    for (number, field) in noted {
        let Some(kind) = known(number) else { continue };
        let as_number = field as u16;
        if field != 0 && db.registry().numbered(kind, as_number).is_none() {
            continue;
        }
        let of = [Sql::Int(number), Sql::Int(field)];
        let records = db.all("SELECT record FROM unseen WHERE kind=? AND field=?", &of, |row| row.id(0))?;
        if field == 0 {
            db.run("DELETE FROM unseen WHERE kind=? AND field=?", &of)?;
        }
        let fields = if field == 0 { Fields::All } else { Fields::Some(vec![as_number]) };
        for record in records {
            fold.refold(kind, record, &fields)?;
        }
    }
    fold.finish()
}

pub(crate) fn known(kind: i64) -> Option<RecordKind> {
    u8::try_from(kind).ok().and_then(RecordKind::from_number)
}
