//! What an erasure leaves behind in the file, and how it is taken away.
//!
//! Erasing rows takes them out of the tables at once, but pages keep copies of them: cells that were moved, free pages,
//! the write-ahead log. So the transaction that erases also notes that the file is to be written anew, and the note goes
//! only when that was done. A crash or a full disk in between loses nothing of it: it is tried again.

use crate::database::{BUSY_TIMEOUT, Database};
use crate::error::StoreError;
use crate::settings;
use crate::sqlite::Db;

/// The setting that says that the file must be written anew.
const PENDING: &str = "rewrite_pending";

/// Notes, in the transaction that erases, that the file is to be written anew. What the transaction frees from here on
/// is overwritten.
pub(crate) fn begin(db: &Db<'_>) -> Result<(), StoreError> {
    db.overwrite_freed()?;
    settings::set(db, PENDING, Some("1"))
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
