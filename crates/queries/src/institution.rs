//! The institution's record: there is one.

use liaison_domain::{Record, RecordKind};
use liaison_store::{Db, StoreError, table};

/// The record. Errors: `NotFound` before it was made.
pub fn get(db: &Db<'_>) -> Result<Record, StoreError> {
    let id = db.first("SELECT id FROM institution ORDER BY n LIMIT 1", &[], |row| row.id(0))?;
    let id = id.ok_or(StoreError::NotFound("institution"))?;
    Ok(table::get(db, RecordKind::Institution, id)?.record)
}

/// Its name, "" where it has none; `None` before the record was made.
pub fn name(db: &Db<'_>) -> Result<Option<String>, StoreError> {
    db.first("SELECT name FROM institution ORDER BY n LIMIT 1", &[], |row| Ok(row.text(0).to_owned()))
}
