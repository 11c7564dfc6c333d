//! Taking in what the hub's log has beyond what is here: other devices' operations, and the answers to this device's own.
//!
//! Operations go into the journal as they came, byte for byte; then the records they changed are folded. Nothing follows
//! by rule here: that was computed where an operation was made, and travels as changes.

use crate::base::{self, Begun};
use crate::chain::changes_of;
use crate::database::Database;
use crate::device;
use crate::erasure;
use crate::error::StoreError;
use crate::fold::{self, Fields, Fold, Values};
use crate::history;
use crate::journal::{Logged, REFUSED};
pub use crate::replica::Stop;
use crate::replica::{self, insert};
use crate::sqlite::{Db, Sql, Statement};
use crate::touched::ChangedRows;
use liaison_domain::contents::Contents;
use liaison_domain::replication::{Content, Entry, LinkedOperation, Placed, Restored, Stamp};
use liaison_domain::{Hlc, Id, Numbered, RecordKind};
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Absorbed {
    /// How far this database has come now: the greatest place it has received.
    pub cursor: u64,
    /// The rows that changed.
    pub rows: Vec<ChangedRows>,
    /// Why it went no further.
    pub stopped: Option<Stop>,
}

impl Database {
    /// Takes in entries of the hub's log, in the order of their places, in one transaction. Places that are here already
    /// are left out. Errors: those of SQLite; no content makes it fail.
    pub async fn absorb(&self, entries: &[Placed]) -> Result<Absorbed, StoreError> {
        let (mut absorbed, redefined) = self.write(|db| Ok((absorb(db, entries)?, db.is_redefined()))).await?;
        if redefined {
            // Attributes are known from here on, and their values may have come before.
            absorbed.rows.push(self.write(fold::settle_unseen).await?);
        }
        Ok(absorbed)
    }

    /// Writes what came from newer versions, and is known to this one.
    pub async fn settle_unseen(&self) -> Result<ChangedRows, StoreError> {
        self.write(fold::settle_unseen).await
    }
}

/// Takes in entries in the transaction that `db` is in; see [`Database::absorb`].
pub fn absorb(db: &Db<'_>, entries: &[Placed]) -> Result<Absorbed, StoreError> {
    let mut taking = Taking::begin(db, entries)?;
    let stopped = taking.take(entries)?;
    let cursor = taking.cursor;
    Ok(Absorbed { cursor, rows: vec![taking.fold()?], stopped })
}

/// What the batch does to one record.
#[derive(Default)]
struct Todo {
    /// Whether its fields must be compared with writes that are here, or with each other.
    contended: bool,
    created: bool,
    /// The fields of the only change there is; all of those that were named, where it is contended.
    fields: Values,
}

struct Taking<'d> {
    db: &'d Db<'d>,
    here: Id,
    cursor: u64,
    answered: u64,
    changes: Statement<'d>,
    next_change: i64,
    /// Records that operations with a later stamp changed, which were here before.
    later: HashSet<Id>,
    /// What the journal does not have: records that this desk began with.
    begun: Option<Begun>,
    fold: Fold<'d>,
    /// The records of the batch, in the order they came.
    order: Vec<(RecordKind, Id)>,
    todo: HashMap<(RecordKind, Id), Todo>,
    unknown: BTreeSet<(u8, Id)>,
}

impl<'d> Taking<'d> {
    fn begin(db: &'d Db<'d>, entries: &[Placed]) -> Result<Taking<'d>, StoreError> {
        let least = entries.iter().filter_map(|placed| match &placed.entry {
            Entry::Operation { stamp, operation } => Some(Stamp { time: *stamp, device: operation.operation.device }),
            _ => None,
        });
        let later = match least.min() {
            Some(least) => later_than(db, least)?,
            None => HashSet::new(),
        };
        Ok(Taking {
            db,
            here: device::here(db)?,
            cursor: replica::cursor(db)?,
            answered: replica::answered(db)?,
            changes: db.prepare("INSERT INTO change(n,record,kind,packed,digest) VALUES(?,?,?,?,?)")?,
            next_change: base::next_change(db)?,
            later,
            begun: base::begun(db)?,
            fold: Fold::new(db)?,
            order: Vec::new(),
            todo: HashMap::new(),
            unknown: BTreeSet::new(),
        })
    }

    fn take(&mut self, entries: &[Placed]) -> Result<Option<Stop>, StoreError> {
        let (cursor, answered) = (self.cursor, self.answered);
        let mut stopped = None;
        for Placed { place, entry } in entries {
            if *place <= self.cursor {
                continue;
            }
            if *place != self.cursor + 1 {
                stopped = Some(Stop::Hole { expected: self.cursor + 1 });
                break;
            }
            stopped = match entry {
                Entry::Operation { stamp, operation } => self.foreign(*place, *stamp, operation)?,
                Entry::Accepted { sequence, id, stamp } => self.accepted(*place, *sequence, *id, *stamp)?,
                Entry::Refused { sequence, id, reason, restored } => {
                    self.refused(*place, *sequence, *id, reason, restored)?
                }
                Entry::Skipped { device, sequence, chain } => {
                    let link = [Sql::Blob(device.bytes()), Sql::Int(*sequence as i64), Sql::Blob(chain)];
                    self.db.run("INSERT OR IGNORE INTO link(device,sequence,chain) VALUES(?,?,?)", &link)?;
                    None
                }
            };
            if stopped.is_some() {
                break;
            }
            self.cursor = *place;
        }
        if self.cursor != cursor {
            replica::set_cursor(self.db, self.cursor)?;
            history::settle(self.db)?;
        }
        if self.answered != answered {
            replica::set_answered(self.db, self.answered)?;
        }
        Ok(stopped)
    }

    fn foreign(&mut self, place: u64, stamp: Hlc, linked: &LinkedOperation) -> Result<Option<Stop>, StoreError> {
        let device = linked.operation.device;
        if device == self.here {
            return Ok(Some(Stop::Forked { sequence: linked.sequence }));
        }
        let previous = replica::link_before(self.db, device, linked.sequence)?;
        // What only a newer version can check is taken over; the check of the chain says so.
        let follows = previous.is_some_and(|previous| linked.follows(&previous).unwrap_or(true));
        let id = [Sql::Blob(linked.operation.id.bytes())];
        let known = self.db.number("SELECT EXISTS(SELECT 1 FROM operation WHERE id=?)", &id)? == 1;
        if !follows || known || replica::own(self.db, device, linked.sequence)?.is_some() {
            return Ok(Some(Stop::Broken { place }));
        }
        let (first, mut contents) = (self.next_change, Contents::default());
        for change in &linked.changes {
            if let Some(kind) = change.kind.known() {
                contents.add(kind, change.record);
            }
            let content = change.content(linked.operation.kind);
            if content == Content::Erasure {
                self.fold.erase(change.kind, change.record)?;
            }
            let erased = content != Content::Erasure && fold::is_erased(self.db, change.record)?;
            let packed = change.packed.as_deref().filter(|_| !erased);
            self.changes.execute(&[
                Sql::Int(self.next_change),
                Sql::Blob(change.record.bytes()),
                Sql::Int(i64::from(change.kind.number())),
                packed.map_or(Sql::Null, Sql::Blob),
                if packed.is_some() { Sql::Null } else { Sql::Blob(&change.digest) },
            ])?;
            self.next_change += 1;
            if !erased {
                if content == Content::Gone {
                    self.fold.note_gone(change.kind.number(), change.record)?;
                }
                self.note(change.kind, change.record, content, stamp)?;
            }
        }
        insert(self.db, base::next_operation(self.db)?, place, stamp, linked, first, &contents)?;
        Ok(None)
    }

    /// Notes what a change that counts does to its record.
    fn note(&mut self, kind: Numbered<RecordKind>, record: Id, content: Content, stamp: Hlc) -> Result<(), StoreError> {
        let Some(kind) = kind.known() else {
            self.unknown.insert((kind.number(), record));
            return Ok(());
        };
        let (created, fields) = match content {
            Content::Fields { created, fields } => (created, fields),
            // Done before it came into the journal. What comes behind it stays outside.
            Content::Erasure => return Ok(()),
            Content::Gone | Content::Unreadable(_) => return Ok(()),
        };
        let is_later = self.later.contains(&record) || self.begun.is_some_and(|begun| stamp <= begun.greatest);
        let todo = self.pending(kind, record);
        todo.contended |= is_later;
        todo.created |= created;
        todo.fields.extend(fields.into_iter().map(|change| (change.field, change.after)));
        Ok(())
    }

    fn pending(&mut self, kind: RecordKind, record: Id) -> &mut Todo {
        match self.todo.entry((kind, record)) {
            Slot::Occupied(known) => {
                let todo = known.into_mut();
                todo.contended = true;
                todo
            }
            Slot::Vacant(new) => {
                self.order.push((kind, record));
                new.insert(Todo::default())
            }
        }
    }

    fn own(&mut self, sequence: u64, id: Id) -> Result<Result<Logged, Stop>, StoreError> {
        let found = replica::own(self.db, self.here, sequence)?.filter(|found| found.operation.id == id);
        Ok(found.ok_or(Stop::Forked { sequence }))
    }

    fn accepted(&mut self, place: u64, sequence: u64, id: Id, stamp: Hlc) -> Result<Option<Stop>, StoreError> {
        let found = match self.own(sequence, id)? {
            Ok(found) => found,
            Err(stop) => return Ok(Some(stop)),
        };
        let set = [Sql::Int(place as i64), Sql::Int(stamp.0 as i64), Sql::Int(found.n)];
        self.db.run("UPDATE operation SET hub=?,stamp=? WHERE n=?", &set)?;
        self.answered = self.answered.max(sequence);
        if stamp != found.stamp {
            self.again(&found)?;
        }
        Ok(None)
    }

    fn refused(
        &mut self,
        place: u64,
        sequence: u64,
        id: Id,
        reason: &str,
        restored: &[Restored],
    ) -> Result<Option<Stop>, StoreError> {
        let found = match self.own(sequence, id)? {
            Ok(found) => found,
            Err(stop) => return Ok(Some(stop)),
        };
        let set = [Sql::Int(place as i64), Sql::Int(REFUSED), Sql::Int(found.n)];
        self.db.run("UPDATE operation SET hub=?,state=? WHERE n=?", &set)?;
        let why = [Sql::Blob(id.bytes()), Sql::Text(reason)];
        self.db.run("INSERT OR IGNORE INTO refused(operation,reason) VALUES(?,?)", &why)?;
        self.answered = self.answered.max(sequence);
        self.again(&found)?;
        for change in changes_of(self.db, &found)? {
            if change.content(found.operation.kind) == Content::Erasure {
                self.restore(change.kind, change.record, restored)?;
            }
        }
        Ok(None)
    }

    /// What a refused operation erased is there again, with the values the hub has.
    fn restore(&mut self, kind: Numbered<RecordKind>, record: Id, values: &[Restored]) -> Result<(), StoreError> {
        if !erasure::restore(self.db, kind, record, values)? {
            return Ok(());
        }
        self.fold.reread_base()?;
        if erasure::lacks_values(self.db, record)? {
            self.fold.note_gone(kind.number(), record)?;
        }
        if let Some(kind) = kind.known() {
            let todo = self.pending(kind, record);
            (todo.contended, todo.created) = (true, true);
        }
        Ok(())
    }

    /// Whatever an operation of this device changed is folded anew.
    fn again(&mut self, operation: &Logged) -> Result<(), StoreError> {
        for change in changes_of(self.db, operation)? {
            let Some(kind) = change.kind.known() else { continue };
            let content = change.content(operation.operation.kind);
            let todo = self.pending(kind, change.record);
            todo.contended = true;
            if let Content::Fields { created, fields } = content {
                todo.created |= created;
                todo.fields.extend(fields.into_iter().map(|change| (change.field, change.after)));
            }
        }
        Ok(())
    }

    /// Brings the records of the batch into their rows.
    fn fold(mut self) -> Result<ChangedRows, StoreError> {
        let mut fold = self.fold;
        for (kind, record) in &self.unknown {
            fold.note_unknown(*kind, *record)?;
        }
        for key in std::mem::take(&mut self.order) {
            let Some(todo) = self.todo.remove(&key) else { continue };
            let (kind, record) = key;
            if todo.created && todo.contended {
                fold.refold(kind, record, &Fields::All)?;
            } else if todo.contended {
                fold.refold(kind, record, &Fields::Some(todo.fields.into_keys().collect()))?;
            } else if todo.created {
                // Whether the record, or a change of it, came before its creation shows in the journal alone.
                let known = "SELECT count(*) FROM (SELECT 1 FROM change WHERE record=? LIMIT 2)";
                if self.db.number(known, &[Sql::Blob(record.bytes())])? > 1 || fold.is_begun_with(kind, record)? {
                    fold.refold(kind, record, &Fields::All)?;
                } else {
                    fold.insert(kind, record, &todo.fields)?;
                }
            } else {
                fold.write(kind, record, &todo.fields)?;
            }
        }
        fold.finish()
    }
}

/// The records that operations changed which count more than this.
fn later_than(db: &Db<'_>, least: Stamp) -> Result<HashSet<Id>, StoreError> {
    let sql = "SELECT c.record FROM operation o JOIN change c ON c.n>=o.first_change AND c.n<o.first_change+o.changes
        WHERE (o.stamp,o.device)>(?,?) AND o.state=0";
    let least = [Sql::Int(least.time.0 as i64), Sql::Blob(least.device.bytes())];
    let mut found = HashSet::new();
    db.all(sql, &least, |row| {
        found.insert(row.id(0)?);
        Ok(())
    })?;
    Ok(found)
}
