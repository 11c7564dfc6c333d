//! Whose database it is that is backed up.

use crate::device;
use crate::error::StoreError;
use crate::sqlite::Db;

/// The set of a database: the id of the device it is on, which all its backups have in common, and the restored database,
/// too. None before the set-up.
pub fn set_of(db: &Db<'_>) -> Result<Option<String>, StoreError> {
    match device::here(db) {
        Ok(device) => Ok(Some(device.to_string())),
        Err(StoreError::NotSetUp) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The institution's name; "" before it has one.
pub fn institution(db: &Db<'_>) -> Result<String, StoreError> {
    let name = db.first("SELECT name FROM institution ORDER BY n LIMIT 1", &[], |row| Ok(row.text(0).to_owned()))?;
    Ok(name.unwrap_or_default())
}
