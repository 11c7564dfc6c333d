//! Which device this is.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::Id;

/// The device this database lives on. Errors: `NotSetUp` before there is one.
pub fn here(db: &Db<'_>) -> Result<Id, StoreError> {
    db.first("SELECT id FROM device WHERE here=1", &[], |row| row.id(0))?.ok_or(StoreError::NotSetUp)
}

/// Writes down that this database lives on the device `id`, whose people call it `name`.
pub fn set_here(db: &Db<'_>, id: Id, name: &str) -> Result<(), StoreError> {
    db.run("INSERT INTO device(id,name,here) VALUES(?,?,1)", &[Sql::Blob(id.bytes()), Sql::Text(name)])?;
    Ok(())
}
