//! The database file: one process, one writer, several readers.
//!
//! The SQLite inside the SQLCipher that sqlx links (3.50.4) has the WAL-reset bug: two connections that write or
//! checkpoint the same file can lose a commit (sqlite.org/wal.html). Here it is kept out of reach: a lock file admits
//! one process, one connection writes and checkpoints, readers are opened read-only with auto-checkpoint off and are
//! closed first.

use crate::attributes;
use crate::error::StoreError;
use crate::key::RawKey;
use crate::schema;
use crate::sqlite::Db;
use liaison_domain::Registry;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;

/// How many connections read at the same time.
const READERS: u32 = 4;
/// Page caches, in KiB (negative means KiB in SQLite). Kept small while the desk is idle: lists and search are answered
/// from memory of their own, and importing a million contacts is no faster with 64 or 256 MiB.
const WRITER_CACHE: &str = "-8192";
const READER_CACHE: &str = "-2048";

/// An open, unlocked database.
pub struct Database {
    writer: Mutex<Option<SqliteConnection>>,
    readers: SqlitePool,
    path: PathBuf,
    /// Read again after each commit that changes a definition.
    registry: RwLock<Arc<Registry>>,
    // Held until the process lets go of the database.
    _hold: Hold,
}

/// Name of the database's file in its directory.
pub(crate) const FILE: &str = "liaison.db";

/// A directory held by this process: nobody else opens, or sets up, the database in it.
pub struct Hold {
    // The lock ends when the file is closed.
    _lock: File,
}

/// Takes hold of a directory, which is made where there is none. Errors: `Busy` where another process holds it.
pub fn hold(directory: &Path) -> Result<Hold, StoreError> {
    std::fs::create_dir_all(directory)?;
    let lock = File::options().create(true).truncate(false).write(true).open(directory.join("liaison.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Hold { _lock: lock }),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

impl Database {
    /// Opens the database `liaison.db` in `directory`, creating and migrating it as needed.
    ///
    /// `key` is `None` for a plain database, which only benchmarks and tests use. Errors: `Busy` where another process
    /// holds it, `WrongKey` where the key does not fit; neither changes the file.
    pub async fn open(directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        Database::open_held(hold(directory)?, directory, key).await
    }

    /// As [`Database::open`], but never makes a new database: a person whose file is gone must hear that, not begin
    /// with nothing. Errors: `Missing`.
    pub async fn open_existing(directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        let hold = hold(directory)?;
        if std::fs::metadata(directory.join(FILE)).map_or(0, |file| file.len()) == 0 {
            return Err(StoreError::Missing(FILE));
        }
        Database::open_held(hold, directory, key).await
    }

    /// As [`Database::open`], in a directory that is held already.
    pub async fn open_held(hold: Hold, directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        let path = directory.join(FILE);
        let mut writer = options(&path, key)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", WRITER_CACHE)
            .pragma("temp_store", "MEMORY")
            // What is overwritten in a page is overwritten: the link of an invitation that was sent.
            .pragma("secure_delete", "FAST")
            .connect()
            .await
            .map_err(wrong_key)?;
        // Opening with a wrong key succeeds; reading the first page is what fails.
        sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut writer).await.map_err(wrong_key)?;
        if let Err(error) = schema::migrate(&mut writer).await {
            // Closed before the hold on the directory ends: no second connection may meet this one.
            writer.close().await?;
            return Err(error);
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(
                options(&path, key)
                    .read_only(true)
                    .pragma("wal_autocheckpoint", "0")
                    .pragma("cache_size", READER_CACHE)
                    .pragma("temp_store", "MEMORY"),
            )
            .await?;
        let registry = {
            let mut handle = writer.lock_handle().await?;
            attributes::read(&Db::new(&mut handle, Arc::default()))?
        };
        let registry = RwLock::new(Arc::new(registry));
        Ok(Database { writer: Mutex::new(Some(writer)), readers, path, registry, _hold: hold })
    }

    /// Runs `work` on a reader, in one read transaction: it sees one state of the database.
    pub async fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(closed)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle, self.registry());
            let transaction = Transaction::begin(&db, "BEGIN")?;
            let result = work(&db);
            transaction.end("ROLLBACK")?;
            result
        })
    }

    /// Runs `work` on the writer in one transaction; commits where it succeeds and leaves no trace where it fails.
    pub async fn write<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle, self.registry());
            let transaction = Transaction::begin(&db, "BEGIN IMMEDIATE")?;
            let done = work(&db)?;
            transaction.end("COMMIT")?;
            if db.is_redefined() {
                let registry = Arc::new(attributes::read(&db)?);
                *self.registry.write().unwrap_or_else(PoisonError::into_inner) = registry;
            }
            Ok(done)
        })
    }

    /// Runs one statement outside of a transaction on the writer, for example VACUUM INTO.
    pub async fn maintain<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| work(&Db::new(&mut handle, self.registry())))
    }

    /// Writes the whole file anew and empties the write-ahead log: what was erased is then in no free page either.
    pub async fn rewrite(&self) -> Result<(), StoreError> {
        self.maintain(|db| {
            db.execute("VACUUM")?;
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        })
        .await
    }

    /// The fields there are in this database, declared and defined by staff.
    pub fn registry(&self) -> Arc<Registry> {
        Arc::clone(&self.registry.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the readers, then the writer, which checkpoints. Afterwards every use fails with `Locked`.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.readers.close().await;
        if let Some(writer) = self.writer.lock().await.take() {
            writer.close().await?;
        }
        Ok(())
    }
}

fn options(path: &Path, key: Option<&RawKey>) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    match key {
        Some(key) => options.pragma("key", key.pragma()),
        None => options,
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

/// SQLITE_NOTADB on the first read means that the key is not the one.
fn wrong_key(error: sqlx::Error) -> StoreError {
    let not_a_database = error
        .as_database_error()
        .and_then(|error| error.code())
        .is_some_and(|code| code.parse() == Ok(libsqlite3_sys::SQLITE_NOTADB));
    if not_a_database { StoreError::WrongKey } else { error.into() }
}
