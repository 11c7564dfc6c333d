//! The database file: one process, one writer, several readers.
//!
//! The SQLite inside the SQLCipher that sqlx links (3.50.4) has the WAL-reset bug: two connections that write or
//! checkpoint the same file can lose a commit (sqlite.org/wal.html). Here it is kept out of reach: a lock file admits
//! one process, one connection writes and checkpoints, readers are opened read-only with auto-checkpoint off and are
//! closed first.

use crate::error::StoreError;
use crate::key::RawKey;
use crate::schema;
use crate::sqlite::Db;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::Mutex;

/// How many connections read at the same time.
const READERS: u32 = 4;
/// Page caches, in KiB (negative means KiB in SQLite): large for bulk writes, small for reading pages of a list.
const WRITER_CACHE: &str = "-65536";
const READER_CACHE: &str = "-8192";

/// An open, unlocked database.
pub struct Database {
    writer: Mutex<Option<SqliteConnection>>,
    readers: SqlitePool,
    path: PathBuf,
    // Held until the process lets go of the database.
    _lock: File,
}

impl Database {
    /// Opens the database `liaison.db` in `directory`, creating and migrating it as needed.
    ///
    /// `key` is `None` for a plain database, which only the benchmarks use. Errors: `Busy` where another process
    /// holds it, `WrongKey` where the key does not fit; neither changes the file.
    pub async fn open(directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        let lock = hold(directory)?;
        let path = directory.join("liaison.db");
        let mut writer = options(&path, key)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", WRITER_CACHE)
            .pragma("temp_store", "MEMORY")
            .connect()
            .await
            .map_err(wrong_key)?;
        // Opening with a wrong key succeeds; reading the first page is what fails.
        sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut writer).await.map_err(wrong_key)?;
        schema::migrate(&mut writer).await?;
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
        Ok(Database { writer: Mutex::new(Some(writer)), readers, path, _lock: lock })
    }

    /// Runs `work` on a reader, in one read transaction: it sees one state of the database.
    pub async fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle);
            db.execute("BEGIN")?;
            let result = work(&db);
            db.execute("ROLLBACK")?;
            result
        })
    }

    /// Runs `work` on the writer in one transaction; commits where it succeeds and leaves no trace where it fails.
    pub async fn write<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle);
            db.execute("BEGIN IMMEDIATE")?;
            match work(&db).and_then(|done| db.execute("COMMIT").map(|()| done)) {
                Ok(done) => Ok(done),
                Err(error) => {
                    // SQLite may have rolled back by itself (disk full); then this fails, and there is nothing left to undo.
                    let _already_rolled_back = db.execute("ROLLBACK");
                    Err(error)
                }
            }
        })
    }

    /// Runs one statement outside of a transaction on the writer, for example VACUUM INTO.
    pub async fn maintain<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Locked)?;
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| work(&Db::new(&mut handle)))
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

/// Takes the lock file of the directory.
fn hold(directory: &Path) -> Result<File, StoreError> {
    std::fs::create_dir_all(directory)?;
    let lock = File::options().create(true).truncate(false).write(true).open(directory.join("liaison.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
        Err(TryLockError::Error(error)) => Err(error.into()),
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
