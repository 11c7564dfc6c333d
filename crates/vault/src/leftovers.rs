//! What was ended before it was done, by a crash or a power failure, and is removed at the next start.

use crate::error::StoreError;
use crate::files::BACKUP_EXTENSION;
use crate::lock::lock_directory;
use crate::private_file;
use std::fs;
use std::io;
use std::path::Path;

/// How the names of folders begin that a copy lies in until its backup is written.
pub const MAKING: &str = ".making-";

/// How the names of folders begin that backups lie in while somebody looks into them.
pub const LOOKING: &str = "looking-";

/// Removes what the making of backups in this folder left that was ended before it was done. Nobody else may be making
/// one there.
pub fn sweep_making(folder: &Path) -> Result<(), StoreError> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(MAKING) && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if name.contains(BACKUP_EXTENSION) && name.ends_with(private_file::UNFINISHED) {
            private_file::remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes what looking into backups left that was ended before it was done, and nothing that somebody looks into.
pub fn sweep_looks(directory: &Path) -> Result<(), StoreError> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(LOOKING) && entry.file_type()?.is_dir() {
            match lock_directory(&entry.path()) {
                Ok(_nobodys) => remove_folder(&entry.path())?,
                Err(StoreError::Busy) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it, where it is there.
pub fn remove_folder(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => Ok(removed?),
    }
}
