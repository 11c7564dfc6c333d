//! Putting a backup in the place of the database.
//!
//! The new state is made beside the old one, in a folder of its own, and is whole and on the disk before anything of
//! the old one moves. Then a file says that the restore is decided; from there on whoever opens the directory finishes
//! it. Whatever ends in between, the process or the power, leaves the old state or the new one.

use super::file::{Head, unpack};
use crate::error::StoreError;
use crate::files;
use crate::hold::hold;
use crate::key;
use crate::leftovers::{LOOKING, remove_folder};
use crate::private_file;
use chrono::{DateTime, NaiveDateTime};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the new state is made.
const FOLDER: &str = "restoring";
/// In there: the restore is decided. Holds the name of the folder that the old state goes to.
const DECIDED: &str = "decided";
/// How the names of folders begin that hold what a restore replaced, and the moment of it behind that.
const REPLACED: &str = "replaced-";
/// The same, of a database with another key.
const OTHER: &str = "other-";
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// What belongs to a database, the log before the database it belongs to.
const OLD: [&str; 3] = ["liaison.db-wal", "liaison.db-shm", files::DATABASE];

/// A backup unpacked beside the database it is to replace. Gone again unless it is [`replace`]d.
pub struct Staged {
    folder: PathBuf,
    /// What the backup says about itself.
    pub head: Head,
}

impl Staged {
    /// The directory the unpacked database lies in, with its key file: to be opened, changed and closed there.
    pub fn directory(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.folder.join(DECIDED).exists() {
            // What can't be removed now is removed at the next start.
            let _later = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Unpacks a backup beside the database in `directory`, whose desk may be open. The digest is compared; whether the
/// database in it is whole is for whoever opens it to see.
///
/// Errors: `Backup`, `TooNew`, those of the system. Nothing is changed then.
pub fn stage(directory: &Path, backup: &Path) -> Result<Staged, StoreError> {
    let folder = directory.join(FOLDER);
    remove_folder(&folder)?;
    unpacked(folder, backup)
}

/// Unpacks a backup for somebody to look into; as [`stage`], but nothing can be replaced with it.
///
/// Errors: as [`stage`].
pub fn stage_to_look(directory: &Path, backup: &Path) -> Result<Staged, StoreError> {
    unpacked(directory.join(format!("{LOOKING}{:08x}", rand::random::<u32>())), backup)
}

fn unpacked(folder: PathBuf, backup: &Path) -> Result<Staged, StoreError> {
    private_file::make_folder(&folder)?;
    let staged = Staged { head: unpack(backup, &folder.join(files::DATABASE))?, folder };
    key::restore_wrappings(&staged.folder, staged.head.keys.as_bytes())?;
    Ok(staged)
}

/// Puts what was staged in the place of the database in `directory`, which nobody may have open. The old files move
/// into the folder `aside` in there; nothing of them is deleted.
///
/// Errors: `Busy`, those of the system. Before it is decided nothing is changed; afterwards the next start goes on.
pub fn replace(directory: &Path, staged: Staged, aside: &str) -> Result<(), StoreError> {
    // The log has been written back when the staged database was closed.
    private_file::write(&staged.folder.join(DECIDED), aside.as_bytes())?;
    drop(staged);
    finish_restore(directory)
}

/// Finishes a restore that was decided, and clears away one that was not. To be called before a database is opened.
///
/// Errors: `Busy` where another process holds the directory, those of the system.
pub fn finish_restore(directory: &Path) -> Result<(), StoreError> {
    let folder = directory.join(FOLDER);
    if !folder.exists() {
        return Ok(());
    }
    let _hold = hold(directory)?;
    let aside = match fs::read_to_string(folder.join(DECIDED)) {
        Ok(aside) => directory.join(aside),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return remove_folder(&folder),
        Err(error) => return Err(error.into()),
    };
    private_file::make_folder(&aside)?;
    if folder.join(files::DATABASE).exists() {
        // The new database is not in its place yet: what is there is old.
        for name in OLD {
            put(&directory.join(name), &aside.join(name))?;
        }
        put(&folder.join(files::DATABASE), &directory.join(files::DATABASE))?;
    }
    for name in key::FILES.into_iter().chain([files::JOURNAL_HEAD]) {
        if folder.join(name).exists() {
            put(&directory.join(name), &aside.join(name))?;
            put(&folder.join(name), &directory.join(name))?;
        }
    }
    remove_folder(&folder)
}

/// What a restore moves aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// The database of the backup, as it was last: it is removed after the days that erased values may stay.
    Replaced,
    /// A database with another key: nobody but a person removes it.
    Other,
}

/// The name of the folder that what a restore at `at` (milliseconds since 1970) replaces goes to.
pub fn aside_name(aside: Aside, at: i64) -> String {
    let begins = match aside {
        Aside::Replaced => REPLACED,
        Aside::Other => OTHER,
    };
    format!("{begins}{}", DateTime::from_timestamp_millis(at).unwrap_or_default().format(STAMP))
}

/// Removes what restores before `before` (milliseconds since 1970) moved aside.
///
/// Errors: those of the system.
pub fn remove_replaced(directory: &Path, before: i64) -> Result<(), StoreError> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name();
        let stamp = name.to_str().and_then(|name| name.strip_prefix(REPLACED));
        let at = stamp.and_then(|stamp| NaiveDateTime::parse_from_str(stamp, STAMP).ok());
        if at.is_some_and(|at| at.and_utc().timestamp_millis() < before) && entry.file_type()?.is_dir() {
            remove_folder(&entry.path())?;
        }
    }
    Ok(())
}

/// Moves a file where it is there.
fn put(from: &Path, to: &Path) -> Result<(), StoreError> {
    match private_file::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        moved => Ok(moved?),
    }
}
