//! Loading very many rows at once.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::RecordKind;

/// Fewer new rows than this are not worth rebuilding indexes for.
const WORTH_IT: usize = 20_000;

/// Indexes dropped for the time of a bulk load, within its transaction. Building an index by sorting takes a third of
/// the time of inserting a million keys in random order.
pub struct IndexesAside {
    definitions: Vec<String>,
}

impl IndexesAside {
    /// Drops the indexes of a kind's table where `new_rows` are many compared with the rows `there` already.
    pub fn when_worth_it(
        db: &Db<'_>,
        kind: RecordKind,
        new_rows: usize,
        there: usize,
    ) -> Result<IndexesAside, StoreError> {
        if new_rows < WORTH_IT || new_rows < there / 2 {
            return Ok(IndexesAside { definitions: Vec::new() });
        }
        let indexes = db.all(
            // Indexes of what few rows have stay: each that is built reads the whole table.
            "SELECT name,sql FROM sqlite_master WHERE type='index' AND tbl_name=?
                AND (sql NOT LIKE '% WHERE %' OR sql LIKE '% WHERE deleted_at IS NULL')",
            &[Sql::Text(kind.key())],
            |row| Ok((row.text(0).to_owned(), row.text(1).to_owned())),
        )?;
        for (name, _) in &indexes {
            db.execute(&format!("DROP INDEX {name}"))?;
        }
        Ok(IndexesAside { definitions: indexes.into_iter().map(|(_, sql)| sql).collect() })
    }

    /// Builds them again. If the transaction fails before, they are back anyway.
    pub fn put_back(self, db: &Db<'_>) -> Result<(), StoreError> {
        for sql in &self.definitions {
            db.execute(sql)?;
        }
        Ok(())
    }
}
