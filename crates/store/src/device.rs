//! Which device this is, and what others are called.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::Id;

/// The device this database lives on. Errors: `NotSetUp` before there is one.
pub fn here(db: &Db<'_>) -> Result<Id, StoreError> {
    db.first("SELECT id FROM device WHERE here=1", &[], |row| row.id(0))?.ok_or(StoreError::NotSetUp)
}

/// The name of a device; `None` where it is not known.
pub fn name_of(db: &Db<'_>, id: Id) -> Result<Option<String>, StoreError> {
    db.first("SELECT name FROM device WHERE id=?", &[Sql::Blob(id.bytes())], |row| Ok(row.text(0).to_owned()))
}

/// Writes down that this database lives on the device `id`, whose people call it `name`.
pub fn set_here(db: &Db<'_>, id: Id, name: &str) -> Result<(), StoreError> {
    db.run("INSERT INTO device(id,name,here) VALUES(?,?,1)", &[Sql::Blob(id.bytes()), Sql::Text(name)])?;
    Ok(())
}
