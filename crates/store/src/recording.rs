//! What is done while an operation is recorded: a change is applied and put in the journal, without what follows from
//! it by rule.

use crate::attributes;
use crate::base;
use crate::device;
use crate::erasure;
use crate::error::StoreError;
use crate::group::Group;
use crate::replica;
use crate::sqlite::{Db, Sql, Statement};
use crate::table::{Insert, Shape, Update};
use crate::touched::ChangedRows;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use liaison_domain::clock::HybridClock;
use liaison_domain::contents::Contents;
use liaison_domain::edit::touch_frozen_data;
use liaison_domain::field::DELETED_AT;
use liaison_domain::journal::{self, Digest, Link, SALT_LENGTH};
use liaison_domain::{Field, FieldChange, Head, Id, Operation, OperationKind, Record, RecordKind, Value, contact};
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};

/// Most prepared updates kept, each for one set of fields.
const STATEMENTS_KEPT: usize = 200;

/// Who does what, where and when: the head of an operation before it has changes.
#[derive(Clone, Debug)]
pub struct Intent {
    /// The operation's id.
    pub id: Id,
    /// The wall clock, in milliseconds since 1970.
    pub now: u64,
    /// The staff member.
    pub actor: Id,
    /// What kind of step.
    pub kind: OperationKind,
    /// A file's name, a role's name; never a person's data.
    pub detail: String,
    /// The operation it takes back.
    pub undoes: Option<Id>,
}

/// An operation as it was written.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its id.
    pub id: Id,
    /// Its number in the local journal.
    pub n: i64,
    /// The rows it changed.
    pub rows: ChangedRows,
}

/// Applies changes within a transaction and appends them to the journal as one operation.
pub(crate) struct Recording<'d> {
    pub(crate) db: &'d Db<'d>,
    pub(crate) intent: Intent,
    link: Link,
    salts: StdRng,
    packed: Vec<u8>,
    journal: Statement<'d>,
    /// By kind and shape (see [`Insert::shape`]).
    inserts: HashMap<(RecordKind, Shape), Insert<'d>>,
    updates: HashMap<(RecordKind, Vec<u16>), Update<'d>>,
    first_change: i64,
    next_change: i64,
    contents: Contents,
    rows: ChangedRows,
}

impl<'d> Recording<'d> {
    /// Begins an operation in the transaction that `db` is in.
    pub fn begin(db: &'d Db<'d>, intent: Intent) -> Result<Recording<'d>, StoreError> {
        let first_change = base::next_change(db)?;
        Ok(Recording {
            journal: db.prepare("INSERT INTO change(n,record,kind,packed) VALUES(?,?,?,?)")?,
            db,
            intent,
            link: Link::default(),
            salts: StdRng::from_rng(&mut rand::rng()),
            packed: Vec::with_capacity(512),
            inserts: HashMap::new(),
            updates: HashMap::new(),
            first_change,
            next_change: first_change,
            contents: Contents::default(),
            rows: ChangedRows::default(),
        })
    }

    /// Whether nothing has changed so far.
    pub fn is_empty(&self) -> bool {
        self.next_change == self.first_change
    }

    /// Brings a record into being.
    pub fn create(&mut self, record: &Record) -> Result<(), StoreError> {
        let shape = Insert::shape(record);
        let count = record.filled().count();
        // A file may fill another set of fields in every row; statements must not pile up for it.
        if self.inserts.len() == STATEMENTS_KEPT {
            self.inserts.clear();
        }
        let insert = match self.inserts.entry((record.kind, shape)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let prepared = Insert::prepare(self.db, record.kind, &new.key().1)?;
                new.insert(prepared)
            }
        };
        insert.run(record)?;
        let n = self.db.last_insert();
        if record.kind == RecordKind::Attribute {
            attributes::add_column(self.db, record)?;
        }
        self.touch(record.kind, n, None);
        let fields = record.filled().map(|(number, value)| (number, &Value::Empty, value));
        self.append(record.kind, record.id, true, count, fields)
    }

    /// Changes fields of the record in row `n`, and nothing else. Fields this version does not know go to the journal only.
    /// Errors: `Frozen` for the data of a rejected contact (M27).
    pub(crate) fn write(
        &mut self,
        kind: RecordKind,
        n: i64,
        id: Id,
        changes: &[FieldChange],
    ) -> Result<(), StoreError> {
        let frozen_apart =
            kind == RecordKind::Contact && !self.intent.kind.may_touch_frozen() && touch_frozen_data(changes);
        let registry = self.db.registry();
        let known =
            || changes.iter().filter_map(|change| Some((registry.numbered(kind, change.field)?, &change.after)));
        if known().next().is_some() {
            // A file may change another set of fields in every row; statements must not pile up for it.
            if self.updates.len() == STATEMENTS_KEPT {
                self.updates.clear();
            }
            let update = match self.updates.entry((kind, changes.iter().map(|change| change.field).collect())) {
                Entry::Occupied(prepared) => prepared.into_mut(),
                Entry::Vacant(new) => {
                    let fields: Vec<_> = known().map(|(field, _)| field).collect();
                    new.insert(Update::prepare(self.db, kind, &fields, frozen_apart)?)
                }
            };
            let values: Vec<&Value> = known().map(|(_, value)| value).collect();
            update.run(n, &values)?;
            if finds(kind, known().map(|(field, _)| field)) {
                self.touch(kind, n, moves(kind, changes));
            } else {
                self.rows.note(kind);
            }
        }
        self.append(
            kind,
            id,
            false,
            changes.len(),
            changes.iter().map(|change| (change.field, &change.before, &change.after)),
        )
    }

    /// Erases the record in row `n` for good: its row, and its values in the journal, whose digests stay, so that the
    /// chain still holds. What refers to it must have been taken care of.
    ///
    /// The file keeps traces until [`Database::finish_erasure`](crate::Database::finish_erasure) is done.
    pub fn erase(&mut self, kind: RecordKind, n: i64, id: Id) -> Result<(), StoreError> {
        if !self.db.overwrites_freed() {
            erasure::begin(self.db)?;
        }
        erasure::blank(self.db, kind.into(), id)?;
        self.db.run(&format!("DELETE FROM {} WHERE n=?", kind.key()), &[Sql::Int(n)])?;
        self.touch(kind, n, Some(None));
        self.append(kind, id, false, 0, std::iter::empty())
    }

    fn touch(&mut self, kind: RecordKind, n: i64, moved: Option<Option<Group>>) {
        self.rows.touch(kind, n, moved);
        if matches!(kind, RecordKind::Attribute | RecordKind::Institution) {
            self.db.redefine();
        }
    }

    fn append<'v>(
        &mut self,
        kind: RecordKind,
        id: Id,
        created: bool,
        count: usize,
        fields: impl Iterator<Item = (u16, &'v Value, &'v Value)>,
    ) -> Result<(), StoreError> {
        let mut salt = [0; SALT_LENGTH];
        self.salts.fill_bytes(&mut salt);
        journal::pack(&mut self.packed, &salt, created, count, fields);
        self.link.add(&journal::change_digest(kind.into(), id, &self.packed));
        self.journal.execute(&[
            Sql::Int(self.next_change),
            Sql::Blob(id.bytes()),
            Sql::Int(kind as i64),
            Sql::Blob(&self.packed),
        ])?;
        self.next_change += 1;
        self.contents.add(kind, id);
        Ok(())
    }

    /// Closes the operation and links it into this device's chain. `None` where nothing changed: then nothing is
    /// written, for an operation without changes says nothing, unless it is an event.
    pub fn finish(self) -> Result<Option<Recorded>, StoreError> {
        if self.is_empty() && !self.intent.kind.is_event() {
            return Ok(None);
        }
        let (db, intent) = (self.db, self.intent);
        let device = device::here(db)?;
        let last: Option<(u64, Digest)> = db.first(
            "SELECT sequence,chain FROM operation WHERE device=? ORDER BY sequence DESC LIMIT 1",
            &[Sql::Blob(device.bytes())],
            |row| Ok((row.int(0) as u64, row.blob(1).try_into().unwrap_or([0; 32]))),
        )?;
        let (last_sequence, previous) = last.unwrap_or((0, [0; 32]));
        // Later than whatever is here, also from other devices: what a person does now counts now.
        let mut clock = HybridClock::resume(base::greatest(db)?);
        let (wall, seen) = (intent.now as i64, replica::cursor(db)?);
        let operation = Operation {
            id: intent.id,
            time: clock.tick(intent.now),
            actor: intent.actor,
            device,
            kind: intent.kind.into(),
            detail: intent.detail,
            undoes: intent.undoes,
            head: Head::V2 { wall, seen },
        };
        let chain = self.link.close(&previous, last_sequence + 1, &operation).map_err(|_| StoreError::TooNew)?;
        let (kind, subject, records) = self.contents.about(Some(intent.kind));
        let changes = self.next_change - self.first_change;
        db.run(
            "INSERT INTO operation(n,id,time,actor,device,sequence,kind,detail,undoes,subject,subject_kind,records,
             first_change,changes,chain,head,wall,seen,stamp) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,
             ?16,?17,?18,?3)",
            &[
                Sql::Int(base::next_operation(db)?),
                Sql::Blob(operation.id.bytes()),
                Sql::Int(operation.time.0 as i64),
                Sql::Blob(operation.actor.bytes()),
                Sql::Blob(operation.device.bytes()),
                Sql::Int(last_sequence as i64 + 1),
                Sql::Int(intent.kind as i64),
                Sql::Text(&operation.detail),
                operation.undoes.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
                subject.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
                kind.map_or(Sql::Null, |kind| Sql::Int(kind as i64)),
                Sql::Int(records as i64),
                Sql::Int(self.first_change),
                Sql::Int(changes),
                Sql::Blob(&chain),
                Sql::Int(i64::from(operation.head.version())),
                Sql::Int(wall),
                Sql::Int(seen as i64),
            ],
        )?;
        Ok(Some(Recorded { id: operation.id, n: db.last_insert(), rows: self.rows }))
    }
}

/// Whether a change of these fields can change where, or by what, the search index finds a record. Definitions of
/// attributes are always read again.
fn finds<'f>(kind: RecordKind, mut fields: impl Iterator<Item = &'f Field>) -> bool {
    let decides = [DELETED_AT.number, contact::APPROVAL.number];
    matches!(kind, RecordKind::Attribute | RecordKind::Institution)
        || fields.any(|field| field.searchable || decides.contains(&field.number))
}

/// The group that changes move a contact to, where they do nothing else: the approval decided, or the trash.
fn moves(kind: RecordKind, changes: &[FieldChange]) -> Option<Option<Group>> {
    match changes {
        [only] if only.field == DELETED_AT.number && !only.after.is_empty() => Some(None),
        [only] if kind == RecordKind::Contact && only.field == contact::APPROVAL.number => {
            Some(Some(Group::of(only.after.as_text())))
        }
        _ => None,
    }
}
