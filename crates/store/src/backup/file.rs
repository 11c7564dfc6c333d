//! The backup file: a head that can be read without a key, the encrypted database, a digest.

use crate::error::StoreError;
use crate::private_file;
use liaison_domain::backup::BackupProblem;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// The first bytes. The line end shows where a transfer changed those of a text file.
const MAGIC: &[u8; 16] = b"LIAISON BACKUP\r\n";
/// The version of the format that this program writes, and the newest it reads.
const VERSION: u32 = 1;
/// Magic, version, length of the head.
const PREFIX: u64 = 24;
/// Longest head that is read: a file is no place to be asked for all the memory there is.
const HEAD_MOST: u32 = 1 << 20;
const DIGEST: u64 = 32;

/// What can be read of a backup without a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Which database it is one of: the id of the device that it is on, the same in all its backups.
    pub set: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// Why it was made: a key of `liaison_domain::backup::BackupReason`.
    pub reason: String,
    /// The last migration of the database in it.
    pub schema: i64,
    /// The number of the last operation in its journal.
    pub operations: i64,
    /// Length of the database in bytes.
    pub size: u64,
    /// The key file as it was: how the key of the database is wrapped by passcodes and the recovery key.
    pub keys: String,
}

/// Reads the head of a backup, and sees whether the file has the length that it says.
///
/// Errors: `Backup` where the file is no backup, was cut short, or a newer version made it.
pub fn read_head(path: &Path) -> Result<Head, StoreError> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let (head, at) = head_of(&mut file, &mut Sha256::new())?;
    // The size is what a file says: it may be any number.
    match length.checked_sub(at + DIGEST) {
        Some(database) if database == head.size => Ok(head),
        Some(database) if database > head.size => Err(BackupProblem::Altered.into()),
        _ => Err(BackupProblem::CutShort.into()),
    }
}

/// The head, and where the database begins.
fn head_of(file: &mut impl Read, digest: &mut Sha256) -> Result<(Head, u64), StoreError> {
    let mut prefix = [0; PREFIX as usize];
    file.read_exact(&mut prefix).map_err(|error| short(error, BackupProblem::NotABackup))?;
    if prefix[..16] != *MAGIC {
        return Err(BackupProblem::NotABackup.into());
    }
    let number = |at: usize| u32::from_be_bytes([prefix[at], prefix[at + 1], prefix[at + 2], prefix[at + 3]]);
    if number(16) > VERSION {
        return Err(BackupProblem::TooNew.into());
    }
    if number(20) > HEAD_MOST {
        return Err(BackupProblem::Altered.into());
    }
    let mut head = vec![0; number(20) as usize];
    file.read_exact(&mut head).map_err(|error| short(error, BackupProblem::CutShort))?;
    digest.update(prefix);
    digest.update(&head);
    let at = PREFIX + head.len() as u64;
    Ok((serde_json::from_slice(&head).map_err(|_| BackupProblem::Altered)?, at))
}

/// A file that ends where there should be more.
fn short(error: io::Error, problem: BackupProblem) -> StoreError {
    if error.kind() == io::ErrorKind::UnexpectedEof { problem.into() } else { error.into() }
}

/// Writes a backup of the database file `database` to `path`: all of it or nothing. Nobody else may read it.
///
/// Errors: those of the system.
pub(super) fn write(path: &Path, head: &Head, database: &Path) -> Result<(), StoreError> {
    let text = serde_json::to_vec(head).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let mut source = File::open(database)?;
    private_file::write_with(path, |file| {
        let mut out = Hashing { digest: Sha256::new(), file };
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_be_bytes())?;
        out.write_all(&(text.len() as u32).to_be_bytes())?;
        out.write_all(&text)?;
        if io::copy(&mut (&mut source).take(head.size), &mut out)? != head.size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let digest = out.digest.finalize();
        out.file.write_all(&digest)
    })?;
    Ok(())
}

struct Hashing<'f> {
    digest: Sha256,
    file: &'f mut File,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Reads a backup from its first byte to its last and compares the digest.
///
/// Errors: `Backup`, those of the system.
pub fn check(path: &Path) -> Result<Head, StoreError> {
    read_through(path, &mut io::sink())
}

/// Writes the database in a backup to `to`, and compares the digest. What was written is worth nothing where this fails.
///
/// Errors: `Backup`, those of the system.
pub(super) fn unpack(path: &Path, to: &Path) -> Result<Head, StoreError> {
    let mut out = private_file::create(to)?;
    let head = read_through(path, &mut out)?;
    out.sync_all()?;
    Ok(head)
}

fn read_through(path: &Path, to: &mut impl Write) -> Result<Head, StoreError> {
    read_head(path)?;
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut digest = Sha256::new();
    let (head, _) = head_of(&mut file, &mut digest)?;
    let (mut left, mut buffer) = (head.size, vec![0; 1 << 18]);
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(BackupProblem::CutShort.into());
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        left -= read as u64;
    }
    let mut written = [0; DIGEST as usize];
    file.read_exact(&mut written).map_err(|error| short(error, BackupProblem::CutShort))?;
    if digest.finalize()[..] == written { Ok(head) } else { Err(BackupProblem::Altered.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(size: u64) -> Head {
        Head {
            set: "a1".into(),
            made_at: 1_764_353_000_000,
            reason: "manual".into(),
            schema: 3,
            operations: 12,
            size,
            keys: "{}".into(),
        }
    }

    #[test]
    fn every_changed_byte_and_every_missing_end_shows() {
        let folder = tempfile::tempdir().expect("a folder");
        let (database, backup) = (folder.path().join("db"), folder.path().join("b.liaison-backup"));
        let bytes: Vec<u8> = (0..700u32).map(|n| (n * 7 % 251) as u8).collect();
        std::fs::write(&database, &bytes).expect("a database");
        write(&backup, &head(700), &database).expect("a backup");
        assert_eq!(check(&backup).expect("whole"), head(700));
        let to = folder.path().join("again");
        unpack(&backup, &to).expect("unpacked");
        assert_eq!(std::fs::read(&to).expect("the database"), bytes);

        let whole = std::fs::read(&backup).expect("the backup");
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&backup, &changed).expect("changed");
            assert!(check(&backup).is_err(), "byte {at}");
        }
        for length in 0..whole.len() {
            std::fs::write(&backup, &whole[..length]).expect("cut");
            let problem = if length < 24 { BackupProblem::NotABackup } else { BackupProblem::CutShort };
            let said = check(&backup);
            assert!(matches!(said, Err(StoreError::Backup(found)) if found == problem), "{length}: {said:?}");
        }
        for size in [701, u64::MAX - 100, u64::MAX] {
            let text = serde_json::to_vec(&head(size)).expect("a head");
            let lying =
                [&MAGIC[..], &VERSION.to_be_bytes()[..], &(text.len() as u32).to_be_bytes(), &text, &whole].concat();
            std::fs::write(&backup, lying).expect("another head");
            let said = read_head(&backup);
            let problem = if size == 701 { BackupProblem::Altered } else { BackupProblem::CutShort };
            assert!(matches!(said, Err(StoreError::Backup(found)) if found == problem), "{size}: {said:?}");
        }
        let longer = [&whole[..], b"x"].concat();
        std::fs::write(&backup, longer).expect("longer");
        assert!(matches!(check(&backup), Err(StoreError::Backup(BackupProblem::Altered))));
        let mut newer = whole;
        newer[19] = 2;
        std::fs::write(&backup, newer).expect("newer");
        assert!(matches!(read_head(&backup), Err(StoreError::Backup(BackupProblem::TooNew))));
    }
}
