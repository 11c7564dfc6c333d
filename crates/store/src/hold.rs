//! Taking hold of a directory: one process for one database.

use crate::error::StoreError;
use crate::files;
use crate::leftovers;
use crate::private_file;
use liaison_vault::lock::{self, DatabaseLock};
use std::fs::File;
use std::path::Path;

/// A directory held by this process: nobody else opens, or sets up, the database in it, nor reaches that by another way.
pub struct Hold {
    pub(crate) database: Option<DatabaseLock>,
    _directory: File,
}

/// Takes hold of a directory, which is made where there is none. Errors: `Busy` where another process holds it.
pub fn hold(directory: &Path) -> Result<Hold, StoreError> {
    private_file::make_folder(directory)?;
    let lock = lock::lock_directory(directory)?;
    let path = directory.join(files::DATABASE);
    let database = if path.exists() { Some(DatabaseLock::take(&path)?) } else { None };
    private_file::sweep(directory)?;
    private_file::repair(directory);
    leftovers::sweep_making(&files::backups(directory))?;
    leftovers::sweep_looks(directory)?;
    Ok(Hold { database, _directory: lock })
}
