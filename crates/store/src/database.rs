//! The database file: one process, one writer, several readers.
//!
//! The SQLite inside the SQLCipher that sqlx links (3.50.4) has the WAL-reset bug: two connections that write or
//! checkpoint the same file can lose a commit (sqlite.org/wal.html). Here it is kept out of reach: locks admit one
//! process (`crate::lock`), one connection writes and checkpoints (after the commit, when nobody waits), readers are
//! opened read-only with auto-checkpoint off and are closed first.

use crate::anchor::{self, Anchor, Difference};
use crate::attributes;
use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::hold::Hold;
use crate::key::RawKey;
use crate::memory;
use crate::row_log;
use crate::sqlite::Db;
use crate::time_zone;
use crate::watched::Watched;
use liaison_domain::Registry;
use liaison_domain::head::JournalHead;
use liaison_domain::moment::Zone;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;
use tokio::sync::Mutex;

/// Page caches, in KiB (negative means KiB in SQLite). Kept small while the desk is idle: lists and search are answered
/// from memory of their own.
pub(crate) const WRITER_CACHE_KIB: usize = 8192;
/// The writer's cache within a transaction: as much as 100,000 new contacts need with their journal and indexes. A page
/// that has no place in it is encrypted to make room, and decrypted when it is needed again.
const WRITING_CACHE: &str = "-131072";
/// From so many pages on the write-ahead log is written back into the database; SQLite's own number.
const LOG_PAGES: u32 = 1000;

/// How long a connection waits for another.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// An open, unlocked database.
pub struct Database {
    writer: Arc<Writer>,
    readers: SqlitePool,
    path: PathBuf,
    /// The head of the journal as it is kept beside the database.
    anchor: std::sync::Mutex<Anchor>,
    damaged_pages: Vec<u32>,
    /// Something that was read, or is to be written, is on a damaged page.
    met_damage: AtomicBool,
    key: Option<RawKey>,
    /// Why there is no backup from before the migration that opening it took.
    not_backed_up: Mutex<Option<StoreError>>,
    /// Read again after each commit that changes one of them.
    definitions: RwLock<Definitions>,
}

/// The one connection that writes and checkpoints.
struct Writer {
    connection: Mutex<Option<SqliteConnection>>,
    /// Pages in the write-ahead log after the last commit.
    log: Arc<AtomicU32>,
    /// The rows changed since the transaction began.
    watched: Arc<Watched>,
    // Held until the process lets go of the database.
    /// Let go of once the connections are closed.
    hold: Mutex<Option<Hold>>,
}

/// What [`Database`] is made of once it is open.
pub(crate) struct Opened {
    pub(crate) writer: SqliteConnection,
    /// Pages in the write-ahead log.
    pub(crate) log: Arc<AtomicU32>,
    /// The rows it changes.
    pub(crate) watched: Arc<Watched>,
    pub(crate) readers: SqlitePool,
    pub(crate) hold: Hold,
    pub(crate) path: PathBuf,
    pub(crate) anchor: Anchor,
    pub(crate) damaged_pages: Vec<u32>,
    pub(crate) key: Option<RawKey>,
    pub(crate) not_backed_up: Option<StoreError>,
    pub(crate) definitions: Definitions,
}

impl Database {
    /// A database whose connections are open.
    pub(crate) fn new(opened: Opened) -> Database {
        let connection = Mutex::new(Some(opened.writer));
        Database {
            writer: Arc::new(Writer {
                connection,
                log: opened.log,
                watched: opened.watched,
                hold: Mutex::new(Some(opened.hold)),
            }),
            readers: opened.readers,
            path: opened.path,
            anchor: std::sync::Mutex::new(opened.anchor),
            damaged_pages: opened.damaged_pages,
            met_damage: AtomicBool::new(false),
            key: opened.key,
            not_backed_up: Mutex::new(opened.not_backed_up),
            definitions: RwLock::new(opened.definitions),
        }
    }

    /// A reader, without a transaction. Errors: `Locked`.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.readers.acquire().await.map_err(closed)
    }

    /// How readers are opened, with the key.
    pub(crate) fn reader_options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::clone(&self.readers.connect_options())
    }

    /// Runs `work` on a reader, in one read transaction: it sees one state of the database.
    pub async fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.reader().await?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle, self.definitions());
            let transaction = Transaction::begin(&db, "BEGIN")?;
            // Where it fails, that is what is told: on a damaged page SQLite has ended the transaction by itself.
            let result = work(&db).inspect_err(|error| self.note_damage(error))?;
            transaction.end("ROLLBACK")?;
            Ok(result)
        })
    }

    /// Runs `work` on the writer in one transaction; commits where it succeeds and leaves no trace where it fails.
    pub async fn write<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.connection.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        let done = tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle, self.definitions());
            let _wide = WideCache::new(&db)?;
            let transaction = Transaction::begin(&db, "BEGIN IMMEDIATE")?;
            self.writer.watched.begin();
            let done = work(&db).inspect_err(|error| self.note_damage(error))?;
            row_log::write(&db, &self.writer.watched)?;
            let head = self.anchor().next(&db)?;
            transaction.end("COMMIT")?;
            self.anchor().keep(head);
            if db.is_redefined() {
                // What is committed is done, whatever comes after: it must not be told that nothing was changed.
                match attributes::definitions_now(&db) {
                    Ok(definitions) => {
                        *self.definitions.write().unwrap_or_else(PoisonError::into_inner) = definitions;
                    }
                    Err(error) => tracing::error!("the definitions are read again at the next start: {error}"),
                }
            }
            Ok(done)
        });
        // What is committed is safe in the log: nobody waits for its way into the database.
        if self.writer.log.load(Ordering::Relaxed) >= LOG_PAGES {
            tokio::spawn(write_back(Arc::downgrade(&self.writer)));
        }
        done
    }

    /// Runs one statement outside of a transaction on the writer, for example VACUUM INTO.
    pub async fn maintain<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.connection.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| work(&Db::new(&mut handle, self.definitions())))
    }

    /// Gives back what idle readers keep of the pages they went through: after a whole table that is worth nothing,
    /// and several megabytes for each reader.
    pub async fn rest_readers(&self) -> Result<(), StoreError> {
        let idle: Vec<_> = std::iter::from_fn(|| self.readers.try_acquire()).collect();
        for mut reader in idle {
            let mut handle = reader.lock_handle().await?;
            Db::new(&mut handle, self.definitions()).execute("PRAGMA shrink_memory")?;
        }
        Ok(())
    }

    /// The fields there are in this database, declared and defined by staff.
    pub fn registry(&self) -> Arc<Registry> {
        self.definitions().registry
    }

    /// The time zone that days go by here: the institution's, or this computer's where it names none.
    pub fn zone(&self) -> Zone {
        self.definitions().zone.unwrap_or_else(time_zone::of_computer)
    }

    fn definitions(&self) -> Definitions {
        self.definitions.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn anchor(&self) -> MutexGuard<'_, Anchor> {
        // A write of the file that panics leaves one of its two places whole.
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the journal differs from the head kept beside it, as of when the database was opened, or of a commit since; the
    /// light check of each start. `None` where it does not.
    pub fn head_difference(&self) -> Option<Difference> {
        self.anchor().difference()
    }

    /// The head kept beside the database, for a check that begins after this. Errors: see [`Anchor::look`].
    pub fn kept_head(&self) -> Result<Option<JournalHead>, Difference> {
        self.anchor().look()
    }

    /// Takes the journal as it is for right and keeps its head: after a restore, or once somebody has accepted what is
    /// missing. Who calls writes that into the journal.
    pub async fn reset_head(&self) -> Result<(), StoreError> {
        self.maintain(|db| self.anchor().reset(anchor::head(db)?)).await
    }

    /// The numbers of pages that were damaged when the database was opened, among those that were looked at then.
    pub fn damaged_pages(&self) -> &[u32] {
        &self.damaged_pages
    }

    /// Whether a damaged page was found when the database was opened, or met since.
    pub fn is_damaged(&self) -> bool {
        !self.damaged_pages.is_empty() || self.met_damage.load(Ordering::Relaxed)
    }

    fn note_damage(&self, error: &StoreError) {
        if error.is_damage() {
            self.met_damage.store(true, Ordering::Relaxed);
        }
    }

    /// The key it was opened with; none where it is not encrypted.
    pub fn key(&self) -> Option<&RawKey> {
        self.key.as_ref()
    }

    /// Why there is no backup from before the migration that opening the database took; given once.
    pub async fn not_backed_up(&self) -> Option<StoreError> {
        self.not_backed_up.lock().await.take()
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the readers, then the writer, which checkpoints, and lets go of the directory. Afterwards every use fails
    /// with `Locked`.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.readers.close().await;
        if let Some(writer) = self.writer.connection.lock().await.take() {
            writer.close().await?;
            self.anchor().close();
        }
        self.writer.hold.lock().await.take();
        Ok(())
    }
}

pub(crate) fn options(path: &Path, key: Option<&RawKey>) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    match key {
        // sqlx keeps a copy of its own, as long as there are connections.
        Some(key) => options.pragma("key", key.pragma().to_string()),
        None => options,
    }
}

/// Writes the log back into the database, as far as readers allow. Where that fails, the next commit tries again.
async fn write_back(writer: Weak<Writer>) {
    let Some(writer) = writer.upgrade() else { return };
    let mut connection = writer.connection.lock().await;
    let Some(connection) = connection.as_mut() else { return };
    if let Ok(mut handle) = connection.lock_handle().await {
        let checkpoint = || Db::new(&mut handle, Definitions::default()).execute("PRAGMA wal_checkpoint(PASSIVE)");
        // As SQLite's own automatic checkpoint: without a word.
        let _tried = tokio::task::block_in_place(checkpoint);
    }
}

/// The writer's large cache, for one transaction; sets back what else was set for it.
struct WideCache<'d, 'c> {
    db: &'d Db<'c>,
}

impl<'d, 'c> WideCache<'d, 'c> {
    fn new(db: &'d Db<'c>) -> Result<WideCache<'d, 'c>, StoreError> {
        db.execute(&format!("PRAGMA cache_size={WRITING_CACHE}"))?;
        Ok(WideCache { db })
    }
}

impl Drop for WideCache<'_, '_> {
    fn drop(&mut self) {
        // Numbers set and memory freed; neither has a way to fail but by a broken connection, which shows by itself.
        let _set = self.db.execute(&format!("PRAGMA cache_size=-{WRITER_CACHE_KIB}"));
        if self.db.overwrites_freed() {
            let _set = self.db.execute("PRAGMA secure_delete=FAST");
        }
        // The caches of all connections have one common limit. What the writer kept beyond its share would be taken
        // from the readers: they would decrypt a page for each row they read.
        if self.db.cached() > WRITER_CACHE_KIB << 10 {
            let _freed = self.db.execute("PRAGMA shrink_memory");
            memory::give_back();
        }
    }
}

/// A transaction that is rolled back where it is not ended, also when the work in it panics: the connection goes on.
struct Transaction<'d, 'c> {
    db: &'d Db<'c>,
}

impl<'d, 'c> Transaction<'d, 'c> {
    fn begin(db: &'d Db<'c>, how: &str) -> Result<Transaction<'d, 'c>, StoreError> {
        db.execute(how)?;
        Ok(Transaction { db })
    }

    fn end(self, how: &str) -> Result<(), StoreError> {
        self.db.execute(how)?;
        std::mem::forget(self);
        Ok(())
    }
}

impl Drop for Transaction<'_, '_> {
    fn drop(&mut self) {
        // SQLite may have rolled back by itself (disk full); then this fails, and there is nothing left to undo.
        let _already_rolled_back = self.db.execute("ROLLBACK");
    }
}

/// A closed pool means that the desk is locked.
fn closed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolClosed => StoreError::Locked,
        error => error.into(),
    }
}
