//! What search-as-you-type is measured against: FTS5 in an encrypted database with the same contacts.

use crate::desks;
use anyhow::Result;
use liaison_domain::RecordKind;
use liaison_domain::field::FieldType;
use liaison_domain::name::{Words, fold};
use liaison_store::{Database, Sql};
use std::path::Path;
use std::time::{Duration, Instant};

/// A cache for statements that we are measured against; the readers' own is made for reading a page of a list.
pub const LARGE_CACHE: &str = "PRAGMA cache_size=-65536";

/// An FTS5 index of the contacts in the directory, with prefixes of one to three characters kept ready.
pub struct FullText {
    database: Database,
}

impl FullText {
    /// Builds the index in a copy of a desk. It has the fields Liaison's has and no copy of their texts; the sort keys
    /// stand in a small table beside it, for sorting by those in the contacts themselves would cost it a page for each
    /// hit. Also returns how long building took.
    pub async fn build(directory: &Path) -> Result<(FullText, Duration)> {
        let database = desks::open_database(directory).await?;
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        for field in RecordKind::Contact.fields().iter().filter(|field| field.searchable) {
            columns.push(field.key);
            values.push(match field.field_type {
                FieldType::Reference { .. } => format!("(SELECT name FROM employer e WHERE e.id=t.{})", field.key),
                _ => format!("t.{}", field.key),
            });
        }
        let (columns, values) = (columns.join(","), values.join(","));
        let start = Instant::now();
        database
            .write(|db| {
                db.execute(&format!(
                    "CREATE VIRTUAL TABLE search USING fts5({columns},content='',prefix='1 2 3',
                        tokenize='unicode61 remove_diacritics 2')"
                ))?;
                db.execute(&format!(
                    "INSERT INTO search(rowid,{columns}) SELECT n,{values} FROM contact t
                     WHERE approval='approved' AND deleted_at IS NULL"
                ))?;
                db.execute("INSERT INTO search(search) VALUES('optimize')")?;
                db.execute("CREATE TABLE by_name(n INTEGER PRIMARY KEY,sort_name TEXT NOT NULL)")?;
                db.execute("INSERT INTO by_name SELECT n,sort_name FROM contact ORDER BY n")
            })
            .await?;
        let took = start.elapsed();
        Ok((FullText { database }, took))
    }

    /// The first 50 rows by name that have all the words, each as a prefix, and how many there are in all.
    pub async fn search(&self, typed: &str) -> Result<(Vec<i64>, usize)> {
        let folded = fold(typed);
        let query = Words::new(&folded).map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ");
        let found = self.database.read(|db| {
            db.execute(LARGE_CACHE)?;
            let rows = db.all(
                "SELECT b.n FROM search JOIN by_name b ON b.n=search.rowid
                 WHERE search MATCH ? ORDER BY b.sort_name LIMIT 50",
                &[Sql::Text(&query)],
                |row| Ok(row.int(0)),
            )?;
            let total = db.number("SELECT count(*) FROM search WHERE search MATCH ?", &[Sql::Text(&query)])?;
            Ok((rows, total as usize))
        });
        Ok(found.await?)
    }

    /// Closes the database.
    pub async fn close(self) -> Result<()> {
        Ok(self.database.close().await?)
    }
}
