//! Writing: every change of a record goes through a [`Recorder`], which applies it with what follows from it by rule, and
//! puts both in the journal.

use crate::error::StoreError;
use crate::follow::Following;
use crate::recording::{Intent, Recorded, Recording};
use crate::sqlite::Db;
use liaison_domain::{FieldChange, Id, Record, RecordKind};

/// Applies changes within a transaction and appends them to the journal as one operation.
pub struct Recorder<'d> {
    recording: Recording<'d>,
    following: Following<'d>,
}

impl<'d> Recorder<'d> {
    /// Begins an operation in the transaction that `db` is in.
    pub fn begin(db: &'d Db<'d>, intent: Intent) -> Result<Recorder<'d>, StoreError> {
        let following = Following::new(intent.now, db.zone());
        Ok(Recorder { recording: Recording::begin(db, intent)?, following })
    }

    /// The connection the operation is written on.
    pub fn db(&self) -> &'d Db<'d> {
        self.recording.db
    }

    /// Whether nothing has changed so far.
    pub fn is_empty(&self) -> bool {
        self.recording.is_empty()
    }

    /// Brings a record into being.
    pub fn create(&mut self, record: &Record) -> Result<(), StoreError> {
        self.recording.create(record)
    }

    /// What follows by rule from the changes to come is among them: they are those of an operation that was written before.
    pub fn with_consequences(&mut self) {
        self.following.is_told();
    }

    /// Employment histories are written as of this day, `yyyy-mm-dd`, and not of today: when somebody left or moved.
    pub fn history_as_of(&mut self, day: &str) {
        self.following.as_of(day);
    }

    /// Changes fields of the record in row `n`, with what follows from that by rule (see [`crate::follow`]). Fields this
    /// version does not know go to the journal only. Errors: `Frozen` for the data of a rejected contact (M27).
    pub fn update(&mut self, kind: RecordKind, n: i64, id: Id, changes: &[FieldChange]) -> Result<(), StoreError> {
        self.following.update(&mut self.recording, kind, n, id, changes)
    }

    /// Erases the record in row `n` for good: its row, and its values in the journal, whose digests stay, so that the
    /// chain still holds. What refers to it must have been taken care of.
    ///
    /// The file keeps traces until [`Database::finish_erasure`](crate::Database::finish_erasure) is done.
    pub fn erase(&mut self, kind: RecordKind, n: i64, id: Id) -> Result<(), StoreError> {
        self.recording.erase(kind, n, id)
    }

    /// Closes the operation and links it into this device's chain. `None` where nothing changed: then nothing is
    /// written, for an operation without changes says nothing, unless it is an event.
    pub fn finish(mut self) -> Result<Option<Recorded>, StoreError> {
        self.following.settle_primaries(&mut self.recording)?;
        self.recording.finish()
    }
}
