//! Every row of every table as text, to tell whether anything at all has changed.

use liaison_store::{Db, Sql, StoreError};
use std::collections::BTreeMap;

/// The rows of each table, ordered by their row number; values quoted as SQL literals.
pub fn all(db: &Db<'_>) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let tables = db.all(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' AND name<>'_sqlx_migrations'",
        &[],
        |row| Ok(row.text(0).to_owned()),
    )?;
    let mut all = BTreeMap::new();
    for table in tables {
        let columns = db.all("SELECT name FROM pragma_table_info(?)", &[Sql::Text(&table)], |row| {
            Ok(format!("'{0}='||quote({0})", row.text(0)))
        })?;
        let sql = format!("SELECT {} FROM {table} ORDER BY rowid", columns.join("||' '||"));
        all.insert(table, db.all(&sql, &[], |row| Ok(row.text(0).to_owned()))?);
    }
    Ok(all)
}
