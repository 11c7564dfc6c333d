//! Search-as-you-type: a resident index of words, sorted by name, with exact counts.
//!
//! FTS5 sorted by name takes 100–150 ms at a million contacts, and encryption multiplies that. Here the words of all
//! records stand sorted in memory, each with the places (by name) of the records that have it; a typed prefix is a
//! range of words, and thereby one contiguous run of places. Setting their bits in a map of all places gives the
//! answer sorted and counted. About 110 bytes per contact.
//!
//! The index is loaded at start, in the background, from what was kept when it was last built, or else built from the
//! database. Small changes go to an overlay that each query looks at too; large ones, and large overlays, make the index
//! be built anew.

mod base;
mod changed;
mod overlay;
mod words;

use base::Base;
use liaison_domain::{Field, RecordKind};
use liaison_store::bits::Bits;
use liaison_store::database::Database;
use liaison_store::error::StoreError;
use liaison_store::group::Group;
use liaison_store::kept_file::{self, Built, FileKey};
use liaison_store::sqlite::Db;
use liaison_store::touched::Touched;
use overlay::Overlay;
use std::sync::{Arc, RwLock};
use tokio::sync::watch;
use words::Reader;

/// More changed rows than this make the index be built anew instead of going to the overlay.
const OVERLAY_MOST: usize = 4096;
/// What a kept index is about, with the version of its form: to be raised with whatever changes what is in it.
const KEPT: &str = "words 1";

struct Ready {
    base: Base,
    overlay: Overlay,
}

#[derive(Default)]
struct Inner {
    ready: Option<Ready>,
    building: bool,
    /// Rows that changed while the index is being built; they are read again when it is done.
    missed: Vec<u32>,
    /// Whether it was looked for what was kept.
    looked: bool,
}

/// The search index of one kind of record.
pub struct SearchIndex {
    kind: RecordKind,
    inner: RwLock<Inner>,
    ready: watch::Sender<bool>,
}

impl SearchIndex {
    /// An index that has yet to be built.
    pub fn new(kind: RecordKind) -> Arc<SearchIndex> {
        Arc::new(SearchIndex { kind, inner: RwLock::default(), ready: watch::Sender::new(false) })
    }

    /// Builds the index from the database, or builds it anew. What was kept of it is taken once, where it still fits.
    pub async fn build(&self, database: &Database) -> Result<Built, StoreError> {
        let looked = {
            let mut inner = self.write();
            if inner.building {
                return Ok(Built::Elsewhere);
            }
            inner.building = true;
            inner.missed.clear();
            std::mem::replace(&mut inner.looked, true)
        };
        // Where loading fails, reading will say why.
        let is_loaded = !looked && self.load(database).await.unwrap_or(false);
        let result = if is_loaded { Ok(None) } else { self.read_all(database).await };
        // With a failure here caches are larger, and nothing else is amiss.
        let _larger = database.rest_readers().await;
        liaison_store::memory::give_back();
        {
            let mut inner = self.write();
            inner.building = false;
            self.ready.send_replace(inner.ready.is_some());
        }
        if let Some(key) = result? {
            self.keep(database, &key);
        }
        Ok(if is_loaded { Built::Loaded } else { Built::Read })
    }

    /// Reads all records. Gives what the index may be kept with.
    async fn read_all(&self, database: &Database) -> Result<Option<FileKey>, StoreError> {
        if let Err(error) = database.prepare_kept_files().await {
            tracing::warn!("what is read won't be kept: {error}");
        }
        // The key of the state that is read: what somebody erases meanwhile takes it along.
        let (base, key) = database.read(|db| Ok((Base::build(db, self.kind)?, kept_file::key(db)?))).await?;
        database
            .read(|db| {
                let mut inner = self.write();
                let missed = std::mem::take(&mut inner.missed);
                inner.ready = Some(Ready::of(db, self.kind, base, missed)?);
                Ok(())
            })
            .await?;
        Ok(key)
    }

    /// Takes what was kept, and reads the rows that changed since. False where that can't be known, or are too many.
    async fn load(&self, database: &Database) -> Result<bool, StoreError> {
        let Some(key) = database.read(kept_file::key).await? else { return Ok(false) };
        let kept = tokio::task::block_in_place(|| {
            database.kept_file(&self.kept_name(), KEPT, &key, |file| kept_file::read_part::<Base>(file))
        });
        let Some(mut base) = kept else { return Ok(false) };
        // What is read grows as it comes, and keeps room for more.
        base.shrink();
        database
            .read(|db| {
                let Some(changed) = changed::since(db, self.kind, base.stamp(), OVERLAY_MOST)? else {
                    return Ok(false);
                };
                let mut inner = self.write();
                let mut missed = std::mem::take(&mut inner.missed);
                missed.extend(changed);
                inner.ready = Some(Ready::of(db, self.kind, base, missed)?);
                Ok(true)
            })
            .await
    }

    /// Keeps the index as it was read. What came since is in the overlay, and in the log of changed rows.
    fn keep(&self, database: &Database, key: &FileKey) {
        tokio::task::block_in_place(|| {
            let mut part = Vec::new();
            let inner = self.inner.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            let Some(ready) = &inner.ready else { return };
            let written = kept_file::write_part(&mut part, &ready.base);
            drop(inner);
            database.keep_file(&self.kept_name(), KEPT, key, |file| written.and_then(|()| file.write_all(&part)));
        });
        liaison_store::memory::give_back();
    }

    fn kept_name(&self) -> String {
        format!("{}.words", self.kind.key())
    }

    /// Whether queries can be answered now.
    pub fn is_ready(&self) -> bool {
        *self.ready.borrow()
    }

    /// Waits until queries can be answered.
    pub async fn wait(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.ready.subscribe().wait_for(|ready| *ready).await;
    }

    /// Takes note of rows that a committed operation changed. Returns true where the index should be built anew.
    pub async fn apply(&self, database: &Database, touched: &Touched) -> Result<bool, StoreError> {
        if touched.is_empty() {
            return Ok(false);
        }
        let large = touched.rows.len() > OVERLAY_MOST;
        {
            let mut inner = self.write();
            if inner.building {
                inner.missed.extend_from_slice(&touched.rows);
                inner.missed.extend(touched.moved.iter().map(|(row, _)| *row));
            }
            if large {
                inner.ready = None;
                self.ready.send_replace(false);
                return Ok(true);
            }
            if inner.ready.is_none() {
                return Ok(false);
            }
        }
        database
            .read(|db| {
                let mut inner = self.write();
                let Some(ready) = &mut inner.ready else { return Ok(false) };
                ready.regroup(db, self.kind, &touched.moved)?;
                ready.reread(db, self.kind, &touched.rows)?;
                Ok(ready.overlay.len() > OVERLAY_MOST)
            })
            .await
    }

    /// The rows in `groups` that have all the words of `text`, each as a prefix, sorted by name. `None` while the
    /// index is being built.
    pub fn search(&self, text: &str, groups: &[Group]) -> Option<Vec<u32>> {
        let inner = self.inner.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let ready = inner.ready.as_ref()?;
        let words = words::of_query(text);
        let places = ready.base.places(&words, groups, ready.overlay.superseded());
        Some(ready.overlay.merge(&ready.base, &places, &words, groups))
    }

    /// The rows that have all the words of `text`, as a set by row number. `None` while the index is being built.
    pub fn matching(&self, text: &str) -> Option<Bits> {
        let rows = self.search(text, &[Group::Pending, Group::Approved, Group::Rejected])?;
        let mut set = Bits::new(rows.iter().max().map_or(0, |most| *most as usize + 1));
        for row in rows {
            set.set(row as usize);
        }
        Some(set)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Inner> {
        // A panic while writing leaves at worst an index that lacks rows; the next build mends it.
        self.inner.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Those of the rows that have all the words of `text` in the fields to be `seen`: for whoever does not see all fields
/// that the index knows, and must not learn from a hit what is in them.
pub fn confirm(
    db: &Db<'_>,
    kind: RecordKind,
    rows: &[u32],
    text: &str,
    seen: impl Fn(&Field) -> bool,
) -> Result<Vec<u32>, StoreError> {
    let wanted = words::of_query(text);
    let mut reader = Reader::of_rows(db, kind)?.only(seen);
    let mut confirmed = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(entry) = reader.read(*row)? else { continue };
        if wanted.iter().all(|prefix| entry.words.iter().any(|word| word.starts_with(prefix.as_str()))) {
            confirmed.push(*row);
        }
    }
    Ok(confirmed)
}

/// True where a text has words to search for.
pub fn has_words(text: &str) -> bool {
    !words::of_query(text).is_empty()
}

impl Ready {
    /// What was read of all records, with those read anew that changed since or may have.
    fn of(db: &Db<'_>, kind: RecordKind, base: Base, mut missed: Vec<u32>) -> Result<Ready, StoreError> {
        missed.sort_unstable();
        missed.dedup();
        let mut ready = Ready { overlay: Overlay::new(base.len()), base };
        ready.reread(db, kind, &missed)?;
        Ok(ready)
    }

    /// Reads rows again and puts them into the overlay.
    fn reread(&mut self, db: &Db<'_>, kind: RecordKind, rows: &[u32]) -> Result<(), StoreError> {
        let mut reader = Reader::of_rows(db, kind)?;
        for row in rows {
            self.overlay.supersede(&self.base, *row);
            if let Some(entry) = reader.read(*row)? {
                self.overlay.insert(entry);
            }
        }
        Ok(())
    }

    /// Moves rows whose words are the same to another group, or out of all of them.
    fn regroup(&mut self, db: &Db<'_>, kind: RecordKind, moved: &[(u32, Option<Group>)]) -> Result<(), StoreError> {
        let mut unknown = Vec::new();
        for (row, group) in moved {
            let known =
                self.overlay.regroup(*row, *group) || self.base.regroup(*row, *group, self.overlay.superseded());
            if !known && group.is_some() {
                unknown.push(*row);
            }
        }
        self.reread(db, kind, &unknown)
    }
}
