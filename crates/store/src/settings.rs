//! What this device remembers for itself. Settings of the institution are fields of its record.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};

/// The setting with this key.
pub fn get(db: &Db<'_>, key: &str) -> Result<Option<String>, StoreError> {
    db.first("SELECT value FROM setting WHERE key=?", &[Sql::Text(key)], |row| Ok(row.text(0).to_owned()))
}

/// Sets, or with `None` forgets, a setting.
pub fn set(db: &Db<'_>, key: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            let upsert = "INSERT INTO setting(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=?2";
            db.run(upsert, &[Sql::Text(key), Sql::Text(value)])?;
        }
        None => {
            db.run("DELETE FROM setting WHERE key=?", &[Sql::Text(key)])?;
        }
    }
    Ok(())
}
