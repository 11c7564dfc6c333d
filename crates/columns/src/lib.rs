//! What lists filter and sort by, kept in memory: a column of small numbers for each field, so that a filter goes over a
//! million records in a few milliseconds.
//!
//! `store::list` says in SQL what a list is, and answers wherever memory doesn't know. What is here is as old as the last
//! transaction it has seen; whoever reads takes in what came since, in the same transaction (see `store::row_log`), so that
//! an answer is never older, or newer, than what is read beside it.

mod answer;
mod codes;
mod column;
mod conditions;
mod kept;
mod order;
mod sorting;
mod table;
mod texts;

use answer::Found;
use liaison_domain::RecordKind;
use liaison_domain::filter::ListQuery;
use liaison_store::kept_file::{self, Built, FileKey};
use liaison_store::list::meaning;
use liaison_store::{Database, Db, StoreError, memory, row_log};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use table::Table;

/// The columns of one kind of record.
pub struct Columns {
    kind: RecordKind,
    table: RwLock<Option<Table>>,
    building: AtomicBool,
    /// Whether it was looked for what was kept.
    looked: AtomicBool,
}

/// What memory says about a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its rows, in its order.
    Rows(Vec<u32>),
    /// The list asks for what memory doesn't know.
    Unknown,
    /// Nothing is in memory, or too much has changed: it is to be [built](Columns::build).
    NotBuilt,
    /// Somebody who reads a newer state was faster; a new transaction will do.
    Newer,
}

impl Columns {
    /// Columns that have yet to be built.
    pub fn new(kind: RecordKind) -> Arc<Columns> {
        Arc::new(Columns {
            kind,
            table: RwLock::default(),
            building: AtomicBool::new(false),
            looked: AtomicBool::new(false),
        })
    }

    /// Reads all records, unless that is under way already. What was kept of them is taken once, where it still fits.
    pub async fn build(&self, database: &Database) -> Result<Built, StoreError> {
        if self.building.swap(true, Ordering::AcqRel) {
            return Ok(Built::Elsewhere);
        }
        let _ends = Ends(&self.building);
        if !self.looked.swap(true, Ordering::AcqRel)
            && let Some(table) = kept::load(database, self.kind).await?
        {
            self.put(Some(table));
            return Ok(Built::Loaded);
        }
        if let Err(error) = database.prepare_kept_files().await {
            tracing::warn!("what is read won't be kept: {error}");
        }
        // The key of the state that is read: what somebody erases meanwhile takes it along.
        let read = database.read(|db| Ok((Table::build(db, self.kind)?, kept_file::key(db)?))).await;
        // With a failure here caches are larger, and nothing else is amiss.
        let _larger = database.rest_readers().await;
        memory::give_back();
        let (table, key) = read?;
        self.put(Some(table));
        if let Some(key) = key {
            self.keep(database, &key);
        }
        Ok(Built::Read)
    }

    fn keep(&self, database: &Database, key: &FileKey) {
        tokio::task::block_in_place(|| {
            let Ok(table) = self.table.read() else { return };
            let Some(written) = table.as_ref().map(kept::write) else { return };
            drop(table);
            kept::save(database, self.kind, key, written);
        });
        memory::give_back();
    }

    /// Whether there is anything in memory.
    pub fn is_built(&self) -> bool {
        self.table.read().is_ok_and(|table| table.is_some())
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.table.read().map_or(0, |table| table.as_ref().map_or(0, Table::bytes))
    }

    /// The rows of a list in the state that is read, as `store::list` would give them. Its search text is not looked at.
    pub fn rows(&self, db: &Db<'_>, query: &ListQuery) -> Result<Answer, StoreError> {
        let now = row_log::stamp(db)?;
        // What only the tables know: asked while nobody has to wait for it.
        let mut others: Option<Vec<u32>> = None;
        loop {
            // Who panicked while taking in changes has left a table that nobody may read.
            let Ok(table) = self.table.read() else { return Ok(Answer::NotBuilt) };
            let Some(here) = table.as_ref() else { return Ok(Answer::NotBuilt) };
            if here.stamp.number > now.number {
                return Ok(Answer::Newer);
            }
            if here.stamp == now && here.fits(db.registry()) {
                match here.rows(db, query, others.as_deref())? {
                    Found::Rows(rows) => return Ok(Answer::Rows(rows)),
                    Found::NoOrder => return Ok(Answer::Unknown),
                    Found::Without(conditions) => {
                        drop(table);
                        others = Some(meaning::matching(db, self.kind, conditions)?);
                        continue;
                    }
                }
            }
            drop(table);
            if !self.follow(db, now)? {
                return Ok(Answer::NotBuilt);
            }
        }
    }

    /// Takes in what changed up to the state that is read. False where all is to be read anew; then nothing is in memory.
    fn follow(&self, db: &Db<'_>, now: row_log::Stamp) -> Result<bool, StoreError> {
        let Ok(mut place) = self.table.write() else { return Ok(false) };
        let Some(here) = place.as_ref().map(|table| table.stamp) else { return Ok(false) };
        if here.number >= now.number && here != now {
            // Somebody was faster, or it is another history.
            if here.number == now.number {
                *place = None;
            }
            return Ok(here.number > now.number);
        }
        // Where it fails in between, nothing is left of it.
        let Some(mut table) = place.take().filter(|table| table.fits(db.registry())) else { return Ok(false) };
        if table.stamp != now {
            let Some(changed) = row_log::since(db, table.stamp)? else { return Ok(false) };
            if !table.follow(db, now, &changed)? {
                return Ok(false);
            }
        }
        *place = Some(table);
        Ok(true)
    }

    fn put(&self, table: Option<Table>) {
        self.table.clear_poison();
        *self.table.write().unwrap_or_else(PoisonError::into_inner) = table;
    }
}

/// Ends the building, however it ends.
struct Ends<'c>(&'c AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}
