//! What the columns of imported files were, remembered by this device for the next file with the same headers.

use liaison_store::{Db, Sql, StoreError};

/// The fields remembered for these headers, as they were given.
pub fn get(db: &Db<'_>, headers: &str) -> Result<Option<String>, StoreError> {
    db.first("SELECT fields FROM import_mapping WHERE headers=?", &[Sql::Text(headers)], |row| {
        Ok(row.text(0).to_owned())
    })
}

/// Remembers the fields for these headers, and forgets all but the newest `most` mappings.
pub fn remember(db: &Db<'_>, headers: &str, fields: &str, most: usize) -> Result<(), StoreError> {
    // Written anew, so that it is the newest.
    db.run("DELETE FROM import_mapping WHERE headers=?", &[Sql::Text(headers)])?;
    let insert = "INSERT INTO import_mapping(headers,fields) VALUES(?,?)";
    db.run(insert, &[Sql::Text(headers), Sql::Text(fields)])?;
    db.run(
        "DELETE FROM import_mapping
         WHERE rowid<=(SELECT rowid FROM import_mapping ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
        &[Sql::Int(most as i64)],
    )?;
    Ok(())
}
