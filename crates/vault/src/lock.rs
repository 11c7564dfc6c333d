//! One process for one database, however it is reached: docs/decisions/one-process.md.
#![allow(unsafe_code)]

use crate::error::StoreError;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// The byte of the database file that is locked: far behind the bytes SQLite locks (from 1 GiB on), and behind all that
/// a file can hold.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const BYTE: i64 = 1 << 62;

/// The lock on a directory; it ends when the file is closed.
pub fn lock_directory(directory: &Path) -> Result<File, StoreError> {
    let lock = open_lock_file(&directory.join("liaison.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(not(windows))]
fn open_lock_file(path: &Path) -> io::Result<File> {
    crate::private_file::open_or_create(path)
}

/// Without the right to delete it while it is open: a lock that can be removed locks nobody out.
#[cfg(windows)]
fn open_lock_file(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const SHARE_READ_AND_WRITE: u32 = 3;
    File::options().create(true).truncate(false).read(true).write(true).share_mode(SHARE_READ_AND_WRITE).open(path)
}

/// A lock on the file of a database itself: whoever comes by another folder, a link, or after the lock file was removed
/// meets it. It must be taken before SQLite opens the file and let go after SQLite has closed it: closing any descriptor
/// of a file ends the locks that SQLite has on it in this process.
///
/// Windows has none: nobody can remove the lock file there, and a file that is open for a lock would be in the way of a
/// restore.
pub struct DatabaseLock {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    file: File,
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
impl DatabaseLock {
    /// Locks the database at `path`. Errors: `Busy`.
    pub fn take(path: &Path) -> Result<DatabaseLock, StoreError> {
        // One that may only be read can be locked against writers; that is all that could do harm.
        let (file, exclusive) = match File::options().read(true).write(true).open(path) {
            Err(error) if is_read_only(&error) => (File::open(path)?, false),
            opened => (opened?, true),
        };
        match lock_far_byte(&file, exclusive) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::PermissionDenied) => {
                return Err(StoreError::Busy);
            }
            // Some network drives have no locks; the lock file is left.
            Err(error) => tracing::warn!("the database file can't be locked: {error}"),
        }
        Ok(DatabaseLock { file })
    }

    /// Whether it is the file at `path` that is locked: a restore, or a set-up done again, may have put another there.
    pub fn is_for(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        match (self.file.metadata(), fs::metadata(path)) {
            (Ok(locked), Ok(there)) => place(locked) == place(there),
            _ => false,
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
impl DatabaseLock {
    /// Sees that there is a database at `path`. Errors: those of the system.
    pub fn take(path: &Path) -> Result<DatabaseLock, StoreError> {
        fs::metadata(path)?;
        Ok(DatabaseLock {})
    }

    /// Whether there is a file at `path`.
    pub fn is_for(&self, path: &Path) -> bool {
        path.is_file()
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// A lock of the open file, not of the process: it lasts until this descriptor is closed, and this process can't take it
/// twice either. It does not meet SQLite's own, which are on other bytes.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn lock_far_byte(file: &File, exclusive: bool) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;
    // SAFETY: a struct of numbers, for which zero is a value.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = if exclusive { libc::F_WRLCK as _ } else { libc::F_RDLCK as _ };
    lock.l_whence = libc::SEEK_SET as _;
    lock.l_start = BYTE;
    lock.l_len = 1;
    // SAFETY: the descriptor is open, and the struct lives until the call is over.
    match unsafe { libc::fcntl(file.as_raw_fd(), libc::F_OFD_SETLK, &raw const lock) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
