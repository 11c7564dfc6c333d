//! Making a backup file of an open database.

use super::copy::{Copied, check_copy, copy};
use super::file::{self, Head};
use super::origin::{institution, set_of};
use crate::database::Database;
use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::files::{self, BACKUP_EXTENSION};
use crate::leftovers::MAKING;
use crate::sqlite::Db;
use crate::{key, private_file};
use liaison_domain::backup::{BackupReason, file_name};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What is known of a backup before it is made.
#[derive(Clone, Debug)]
pub struct NewBackup {
    /// See [`Head::set`].
    pub set: String,
    /// The moment, in milliseconds since 1970.
    pub made_at: i64,
    /// Why: a key of `liaison_domain::backup::BackupReason`.
    pub reason: String,
    /// The name of its file, without the ending.
    pub name: String,
    /// How the key is wrapped (see [`crate::key::wrappings`]).
    pub keys: String,
}

/// Makes a backup of an open database in `folder`: copied, checked, written, and read again from first byte to last. It
/// is there as a whole or not at all. Its path, and what it says about itself.
///
/// Errors: `Backup` where the copy is not whole, those of SQLite and of the system.
pub async fn create(database: &Database, folder: &Path, new: NewBackup) -> Result<(PathBuf, Head), StoreError> {
    private_file::make_folder(folder)?;
    let work = Work::begin(folder)?;
    let copied = database.copy_to(&work.copy()).await?;
    finish(&work, folder, new, copied)
}

/// Makes a backup of a database that is about to be migrated, whose only connection this is; `options` open it, too.
pub(crate) async fn before_migration(
    writer: &mut SqliteConnection,
    options: SqliteConnectOptions,
    directory: &Path,
) -> Result<(), StoreError> {
    let keys = wrappings(directory)?;
    let folder = files::backups(directory);
    private_file::make_folder(&folder)?;
    let work = Work::begin(&folder)?;
    let (set, institution) = {
        let mut handle = writer.lock_handle().await?;
        tokio::task::block_in_place(|| {
            let db = Db::new(&mut handle, Definitions::default());
            copy(&db, &work.copy())?;
            Ok::<_, StoreError>((set_of(&db)?.unwrap_or_default(), institution(&db)?))
        })?
    };
    let (copied, _) = check_copy(options, &work.copy()).await?;
    let made_at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as i64;
    let name = file_name(&institution, made_at);
    let reason = BackupReason::Migration.key().into();
    finish(&work, &folder, NewBackup { set, made_at, reason, name, keys }, copied)?;
    Ok(())
}

fn finish(work: &Work, folder: &Path, new: NewBackup, copied: Copied) -> Result<(PathBuf, Head), StoreError> {
    let copy = work.copy();
    let head = Head {
        set: new.set,
        made_at: new.made_at,
        reason: new.reason,
        schema: copied.schema,
        operations: copied.operations,
        size: fs::metadata(&copy)?.len(),
        keys: new.keys,
    };
    tokio::task::block_in_place(|| {
        let path = free_path(folder, &new.name);
        file::write(&path, &head, &copy)?;
        if let Err(error) = file::check(&path) {
            // What does not come back as it was written is no backup.
            private_file::remove(&path)?;
            return Err(error);
        }
        Ok((path, head))
    })
}

/// How the key of the database in `directory` is wrapped, as a backup has it.
///
/// Errors: those of [`key::wrappings`].
pub fn wrappings(directory: &Path) -> Result<String, StoreError> {
    String::from_utf8(key::wrappings(directory)?).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Copies a backup file into another folder, whole or not at all, and reads it there. Nothing is done where one of the
/// same name is there.
///
/// Errors: `Backup`, those of the system.
pub fn copy_into(backup: &Path, folder: &Path) -> Result<PathBuf, StoreError> {
    let name = backup.file_name().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidInput))?;
    let path = folder.join(name);
    if path.exists() {
        return Ok(path);
    }
    let mut source = fs::File::open(backup)?;
    private_file::write_with(&path, |file| std::io::copy(&mut source, file).map(drop))?;
    match file::check(&path) {
        Ok(_) => Ok(path),
        Err(error) => {
            private_file::remove(&path)?;
            Err(error)
        }
    }
}

/// The backup files of a folder, in no order.
///
/// Errors: those of the system.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == BACKUP_EXTENSION)
            && entry.file_type()?.is_file()
        {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// The folder of an unfinished copy; gone at the end.
struct Work(PathBuf);

impl Work {
    fn copy(&self) -> PathBuf {
        self.0.join("copy.db")
    }

    fn begin(folder: &Path) -> Result<Work, StoreError> {
        let path = folder.join(format!("{MAKING}{:08x}", rand::random::<u32>()));
        private_file::make_folder(&path)?;
        Ok(Work(path))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // What can't be removed now is removed at the next start.
        let _later = fs::remove_dir_all(&self.0);
    }
}

/// A path nothing has yet.
fn free_path(folder: &Path, name: &str) -> PathBuf {
    let path = |number: u32| match number {
        1 => folder.join(format!("{name}.{BACKUP_EXTENSION}")),
        number => folder.join(format!("{name}-{number}.{BACKUP_EXTENSION}")),
    };
    (1..).map(path).find(|path| !path.exists()).unwrap_or_else(|| path(1))
}
