//! What this device remembers for itself. Settings of the institution are fields of its record.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};

/// The setting with this key.
pub fn get(db: &Db<'_>, key: &str) -> Result<Option<String>, StoreError> {
    db.first("SELECT value FROM setting WHERE key=?", &[Sql::Text(key)], |row| Ok(row.text(0).to_owned()))
}

/// The settings whose keys begin with `prefix`, which ends in ASCII, in the order of their keys.
pub fn beginning_with(db: &Db<'_>, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT key,value FROM setting WHERE key>=? AND key<? ORDER BY key";
    db.all(sql, &[Sql::Text(prefix), Sql::Text(&behind(prefix))], |row| {
        Ok((row.text(0).to_owned(), row.text(1).to_owned()))
    })
}

/// Forgets the settings whose keys begin with `prefix`, which ends in ASCII.
pub fn forget_beginning_with(db: &Db<'_>, prefix: &str) -> Result<(), StoreError> {
    db.run("DELETE FROM setting WHERE key>=? AND key<?", &[Sql::Text(prefix), Sql::Text(&behind(prefix))])?;
    Ok(())
}

/// The first key behind all that begin with `prefix`.
fn behind(prefix: &str) -> String {
    let mut behind = prefix.to_owned();
    let last = behind.pop().map_or('\u{1}', |last| char::from_u32(u32::from(last) + 1).unwrap_or(char::MAX));
    behind.push(last);
    behind
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
