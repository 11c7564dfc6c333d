//! Which device this is.

use crate::error::StoreError;
use crate::sqlite::Db;
use liaison_domain::Id;

/// The device this database lives on. Errors: `NotSetUp` before there is one.
pub fn here(db: &Db<'_>) -> Result<Id, StoreError> {
    db.first("SELECT id FROM device WHERE here=1", &[], |row| row.id(0))?.ok_or(StoreError::NotSetUp)
}
