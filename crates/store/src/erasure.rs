//! What an erasure leaves behind in the file, and how it is taken away.
//!
//! Erasing rows takes them out of the tables at once, but pages keep copies of them: cells that were moved, free pages,
//! the write-ahead log. So the transaction that erases also notes that the file is to be written anew, and the note goes
//! only when that was done. A crash or a full disk in between loses nothing of it: it is tried again.

use crate::base;
use crate::database::{BUSY_TIMEOUT, Database};
use crate::error::StoreError;
use crate::journal::OF_CHANGE;
use crate::kept_file;
use crate::settings;
use crate::sqlite::{Db, Sql};
use liaison_domain::journal::{change_digest, unpack};
use liaison_domain::replication::{Content, Restored};
use liaison_domain::snapshot::HeldField;
use liaison_domain::{FieldChange, Id, Numbered, OperationKind, RecordKind};

/// The setting that says that the file must be written anew.
const PENDING: &str = "rewrite_pending";

/// Notes, in the transaction that erases, that the file is to be written anew. What the transaction frees from here on
/// is overwritten.
pub(crate) fn begin(db: &Db<'_>) -> Result<(), StoreError> {
    db.overwrite_freed()?;
    kept_file::forget(db)?;
    settings::set(db, PENDING, Some("1"))
}

/// Takes a record's values out of the journal, whose digests stay, and notes that it was erased.
pub(crate) fn blank(db: &Db<'_>, kind: Numbered<RecordKind>, record: Id) -> Result<(), StoreError> {
    // What has no values, an earlier erasure, stays as it is: no flags and no fields behind the salt of 16 bytes.
    let changes = db.all(
        "SELECT n,kind,packed FROM change WHERE record=? AND packed IS NOT NULL AND hex(substr(packed,17))<>'0000'",
        &[Sql::Blob(record.bytes())],
        |row| {
            let kind = u8::try_from(row.int(1)).map_err(|_| StoreError::damaged_change(record))?;
            Ok((row.int(0), change_digest(Numbered::<RecordKind>::of(kind), record, row.blob(2))))
        },
    )?;
    let mut blank = db.prepare("UPDATE change SET packed=NULL,digest=? WHERE n=?")?;
    for (change, digest) in changes {
        blank.execute(&[Sql::Blob(&digest), Sql::Int(change)])?;
    }
    base::erase(db, kind.number(), record)?;
    let erased = [Sql::Blob(record.bytes()), Sql::Int(i64::from(kind.number()))];
    db.run("INSERT OR IGNORE INTO erased(record,kind) VALUES(?,?)", &erased)?;
    Ok(())
}

/// Takes an erasure of a record back that was refused: its changes have again what of their values is known. False where
/// another operation that counts erased it, too.
pub(crate) fn restore(
    db: &Db<'_>,
    kind: Numbered<RecordKind>,
    record: Id,
    values: &[Restored],
) -> Result<bool, StoreError> {
    let of = [Sql::Blob(record.bytes())];
    let sql = format!(
        "SELECT c.packed,o.kind FROM change c {OF_CHANGE} WHERE c.record=? AND o.state=0 AND c.packed IS NOT NULL"
    );
    let mut erased = false;
    db.all(&sql, &of, |row| {
        let kind = Numbered::<OperationKind>::of(row.int(1) as u8);
        erased |= Content::of(kind, Some(row.blob(0))) == Content::Erasure;
        Ok(())
    })?;
    if erased {
        return Ok(false);
    }
    db.run("DELETE FROM erased WHERE record=?", &of)?;
    let mut back =
        db.prepare("UPDATE change SET packed=?,digest=NULL WHERE record=? AND digest=? AND packed IS NULL")?;
    let begun = base::begun(db)?;
    let mut writes: Vec<HeldField> = Vec::new();
    let of_record = |known: &&Restored| known.change.record == record && known.change.is_sound();
    for Restored { change, stamp, place, counts } in values.iter().filter(of_record) {
        let Some(packed) = &change.packed else { continue };
        back.execute(&[Sql::Blob(packed), Sql::Blob(record.bytes()), Sql::Blob(&change.digest)])?;
        if *counts
            && begun.is_some_and(|begun| *place <= begun.place)
            && let Ok((_, fields)) = unpack(packed)
        {
            let held = |field: FieldChange| (field.field, field.after, stamp.time.0, stamp.device, *place);
            writes.extend(fields.into_iter().map(held));
        }
    }
    if !writes.is_empty() {
        base::put_back(db, kind.number(), record, writes)?;
    }
    Ok(true)
}

/// Whether a change of a record has no values.
pub(crate) fn lacks_values(db: &Db<'_>, record: Id) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS(SELECT 1 FROM change WHERE record=? AND packed IS NULL)";
    Ok(db.number(sql, &[Sql::Blob(record.bytes())])? == 1)
}

impl Database {
    /// Whether values that were erased may still be in free pages or in the write-ahead log.
    pub async fn is_erasure_pending(&self) -> Result<bool, StoreError> {
        Ok(self.read(|db| settings::get(db, PENDING)).await?.is_some())
    }

    /// Writes the write-ahead log back into the database and empties it. False where somebody reads an older state
    /// meanwhile: then it is to be tried again.
    pub async fn empty_log(&self) -> Result<bool, StoreError> {
        self.maintain(empty_log).await
    }

    /// Writes the whole file anew and empties the write-ahead log, where something was erased since that was done last.
    /// False where somebody reads an older state meanwhile: then it is to be tried again.
    ///
    /// Errors: those of SQLite, for example that the disk is full. Nothing is lost by them.
    pub async fn finish_erasure(&self) -> Result<bool, StoreError> {
        self.maintain(|db| {
            if settings::get(db, PENDING)?.is_none() {
                return Ok(true);
            }
            // Nobody can read it any more; nor need it lie there.
            self.remove_kept_files()?;
            // Nobody else writes meanwhile: whoever reads for long is not waited for.
            let _patience = Patience::short(db)?;
            // What is overwritten already leaves the log at once, and the log gives its room back for what follows.
            if !empty_log(db)? {
                return Ok(false);
            }
            let done = rewrite(db);
            if done.is_err() {
                // What was written so far must not keep the room that others need; how that ends changes nothing.
                let _as_far_as_it_goes = empty_log(db);
            }
            done
        })
        .await
    }
}

fn rewrite(db: &Db<'_>) -> Result<bool, StoreError> {
    // The copy that this makes is in memory, as large as the database: no temporary file is to have a value.
    db.execute("VACUUM")?;
    if !empty_log(db)? {
        return Ok(false);
    }
    settings::set(db, PENDING, None)?;
    Ok(true)
}

/// How long the connection waits for others, until this is dropped.
struct Patience<'d, 'c> {
    db: &'d Db<'c>,
}

impl<'d, 'c> Patience<'d, 'c> {
    fn short(db: &'d Db<'c>) -> Result<Patience<'d, 'c>, StoreError> {
        db.execute("PRAGMA busy_timeout=1000")?;
        Ok(Patience { db })
    }
}

impl Drop for Patience<'_, '_> {
    fn drop(&mut self) {
        // A number that is set; it has no way to fail.
        let _set = self.db.execute(&format!("PRAGMA busy_timeout={}", BUSY_TIMEOUT.as_millis()));
    }
}

/// Writes the log back into the database and cuts it to nothing. False where a reader still needs it.
fn empty_log(db: &Db<'_>) -> Result<bool, StoreError> {
    Ok(db.number("PRAGMA wal_checkpoint(TRUNCATE)", &[])? == 0)
}
