//! Whether the database file itself is whole: its pages, its tables and indexes, its references.

use liaison_store::{Db, StoreError};
use std::sync::atomic::AtomicBool;

/// Most lines asked of SQLite: after the first few there is nothing new to learn.
const LINES_MOST: usize = 20;

/// How many pages the database has.
pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    Ok(db.number("PRAGMA page_count", &[])?.unsigned_abs())
}

/// Checks that every page decrypts to what was written, that tables and indexes hang together, and that every reference
/// has its record. Returns what is wrong, in the words of SQLite and SQLCipher; nothing where all is well.
///
/// Errors: `Cancelled` once `stop` is set.
pub fn check(db: &Db<'_>, stop: &AtomicBool) -> Result<Vec<String>, StoreError> {
    let _stoppable = db.stoppable(stop);
    // Where a page is being written while it is read, it is whole a moment later.
    let mut problems = lines(db, "PRAGMA cipher_integrity_check")?;
    if !problems.is_empty() {
        problems = lines(db, "PRAGMA cipher_integrity_check")?;
    }
    problems.extend(lines(db, &format!("PRAGMA integrity_check({LINES_MOST})"))?);
    if problems.is_empty() {
        let dangling = db.number("SELECT count(*) FROM pragma_foreign_key_check", &[])?;
        if dangling > 0 {
            problems.push(format!("{dangling} references have no record"));
        }
    }
    problems.truncate(LINES_MOST);
    Ok(problems)
}

fn lines(db: &Db<'_>, check: &str) -> Result<Vec<String>, StoreError> {
    match db.all(check, &[], |row| Ok(row.text(0).to_owned())) {
        Ok(lines) => Ok(lines.into_iter().filter(|line| line != "ok").collect()),
        // A page that can't be decrypted ends the check itself.
        Err(error @ StoreError::Sqlite { .. }) => Ok(vec![error.to_string()]),
        Err(error) => Err(error),
    }
}
