//! Opening a database: who holds it, whether it is whole, what it has to become before it is read.

use crate::anchor::Anchor;
use crate::attributes;
use crate::backup;
use crate::database::{Database, Opened, WRITER_CACHE_KIB, options};
use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::files;
use crate::hold::{Hold, hold};
use crate::key::RawKey;
use crate::private_file;
use crate::schema;
use crate::sqlite::{Db, watch_log, watch_rows};
use liaison_vault::examination;
use liaison_vault::lock::DatabaseLock;
use sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// How many connections read at the same time.
const READERS: u32 = 4;

/// Page cache of a reader, in KiB (negative means KiB in SQLite): small, as lists and search are answered from memory of
/// their own.
const READER_CACHE: &str = "-2048";

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
        if std::fs::metadata(directory.join(files::DATABASE)).map_or(0, |file| file.len()) == 0 {
            return Err(StoreError::Missing(files::DATABASE));
        }
        Database::open_held(hold, directory, key).await
    }

    /// As [`Database::open_existing`], for what is a copy of something that stays: no backup is made before it is
    /// migrated.
    pub async fn open_copy(directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        Database::open_with(hold(directory)?, directory, key, false).await
    }

    /// As [`Database::open`], in a directory that is held already.
    pub async fn open_held(hold: Hold, directory: &Path, key: Option<&RawKey>) -> Result<Database, StoreError> {
        Database::open_with(hold, directory, key, true).await
    }

    async fn open_with(
        mut hold: Hold,
        directory: &Path,
        key: Option<&RawKey>,
        is_only_one: bool,
    ) -> Result<Database, StoreError> {
        let path = directory.join(files::DATABASE);
        if !path.exists() {
            // SQLite gives its other files the rights of this one.
            private_file::create(&path)?;
        }
        if !hold.database.as_ref().is_some_and(|lock| lock.is_for(&path)) {
            hold.database = Some(DatabaseLock::take(&path)?);
        }
        let damaged_pages = match key {
            Some(key) => examination::examine(&path, key)?,
            None => Vec::new(),
        };
        if !damaged_pages.is_empty() {
            tracing::error!("pages of the database are damaged: {damaged_pages:?}");
        }
        let explained = |error: sqlx::Error| match (wrong_key(error), key) {
            (error, _) if error.is_device() => examination::want_of_room(directory).map_or(error, StoreError::from),
            (error, _) if error.sqlite_code() == Some(libsqlite3_sys::SQLITE_CANTOPEN) => {
                // SQLite has one word for all that keeps a file from being opened. Whether too many are open the system
                // says again, when as many are to be opened once more as SQLite needs.
                let opened: Result<Vec<File>, _> = (0..4).map(|_| File::open(directory)).collect();
                opened.err().map_or(error, StoreError::from)
            }
            (error, Some(key)) => examination::explain(error, &path, key),
            (error, None) => error,
        };
        let mut writer = options(&path, key)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", format!("-{WRITER_CACHE_KIB}"))
            .pragma("temp_store", "MEMORY")
            // What is overwritten in a page is overwritten: the link of an invitation that was sent.
            .pragma("secure_delete", "FAST")
            .connect()
            .await
            .map_err(explained)?;
        // Opening with a wrong key succeeds; reading the first page is what fails.
        if let Err(error) = sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut writer).await {
            let _closed = writer.close().await;
            return Err(explained(error));
        }
        let mut backed_up = None;
        if is_only_one && is_old(&mut writer).await? {
            let made = backup::before_migration(&mut writer, options(&path, key), directory).await;
            if let Err(error) = &made {
                // Without it the desk must open all the same; it is told.
                tracing::error!("no backup before the migration: {error}");
            }
            backed_up = Some(made);
        }
        if let Err(error) = schema::migrate(&mut writer).await {
            // Closed before the hold on the directory ends: no second connection may meet this one. What failed first is
            // what is told.
            let _closed = writer.close().await;
            let room = if error.is_device() { examination::want_of_room(directory) } else { None };
            return Err(room.map_or(error, StoreError::from));
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
            .await
            .map_err(explained)?;
        let (log, watched) = (Arc::default(), Arc::default());
        let (definitions, anchor) = {
            let mut handle = writer.lock_handle().await?;
            watch_log(&mut handle, &log);
            watch_rows(&mut handle, &watched);
            let db = Db::new(&mut handle, Definitions::default());
            (attributes::definitions_now(&db)?, Anchor::open(&db, directory, key)?)
        };
        let not_backed_up = backed_up.and_then(Result::err);
        Ok(Database::new(Opened {
            writer,
            log,
            watched,
            readers,
            hold,
            path,
            anchor,
            damaged_pages,
            key: key.cloned(),
            not_backed_up,
            definitions,
        }))
    }
}

async fn is_old(writer: &mut SqliteConnection) -> Result<bool, StoreError> {
    let mut handle = writer.lock_handle().await?;
    schema::is_old(&Db::new(&mut handle, Definitions::default()))
}

/// SQLITE_NOTADB on the first read means that the key is not the one.
fn wrong_key(error: sqlx::Error) -> StoreError {
    let not_a_database = error
        .as_database_error()
        .and_then(|error| error.code())
        .is_some_and(|code| code.parse() == Ok(libsqlite3_sys::SQLITE_NOTADB));
    if not_a_database { StoreError::WrongKey } else { error.into() }
}
