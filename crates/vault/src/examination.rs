//! A look at the files of a database before SQLite opens them: what is damaged is told as what it is, and what belongs
//! to another database is never mixed into this one.

use crate::damage::Damage;
use crate::error::StoreError;
use crate::key::RawKey;
use crate::page_cipher::{PAGE, PageCipher, SALT};
use crate::private_file;
use crate::write_ahead_log::{self, LogPages};
use rand::Rng as _;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// At each start so many pages are looked at from the beginning of the file, and so many more, others each time: the
/// same work however large the database is.
const FIRST: u32 = 16;
const OTHERS: u32 = 48;
/// SQLite keeps the page with the byte at 1 GiB free for locks; nothing is ever written to it.
const LOCK_PAGE: u32 = (1 << 30) / PAGE as u32 + 1;

/// Looks at the files before SQLite opens them; no connection of this process may be open. Returns the numbers of
/// damaged pages among those looked at, in a database that can be opened all the same.
///
/// Errors: `Damage`; `WrongKey` where no page at all was written with the key.
pub fn examine(path: &Path, key: &RawKey) -> Result<Vec<u32>, StoreError> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length == 0 {
        return Ok(Vec::new());
    }
    if length < PAGE as u64 {
        return Err(Damage::Truncated.into());
    }
    let mut salt = [0; SALT];
    file.read_exact(&mut salt)?;
    let cipher = PageCipher::new(key, &salt);
    let mut pages = Pages { file, cipher, count: u32::try_from(length / PAGE as u64).unwrap_or(u32::MAX) };
    let log = write_ahead_log::read(&log_path(path), &pages.cipher)?;
    if !log.numbers.contains(&1) && !pages.fits(1)? {
        let any = log.fitting > 0 || pages.any_fits()? || pages.fits_another_salt(key, salt)?;
        return Err(if any { Damage::FirstPage.into() } else { StoreError::WrongKey });
    }
    if log.strange > 0 {
        return Err(if log.fitting == 0 { Damage::OtherLog } else { Damage::Log }.into());
    }
    if log.is_broken {
        return Err(Damage::Log.into());
    }
    if log.numbers.is_empty() && !length.is_multiple_of(PAGE as u64) {
        return Err(Damage::Truncated.into());
    }
    pages.damaged(&log)
}

/// Why a database that was looked at can't be read after all. Every page that is there is whole, so the end of the file
/// is what is missing, or else what SQLite says stands.
pub fn explain(error: StoreError, path: &Path, key: &RawKey) -> StoreError {
    const SQLITE_CORRUPT: i32 = 11;
    if error.sqlite_code().is_none_or(|code| code & 0xff != SQLITE_CORRUPT) {
        return error;
    }
    match examine(path, key) {
        Ok(damaged) if damaged.is_empty() => Damage::Truncated.into(),
        _ => error,
    }
}

/// Why nothing more can be written into a folder, where that is so: a full disk, a quota. SQLite tells a quota from a
/// broken disk only by a number that is lost on the way.
pub fn want_of_room(directory: &Path) -> Option<std::io::Error> {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    const ENOUGH: usize = 1 << 20;
    let probe = directory.join("liaison.probe");
    let tried = private_file::create(&probe).and_then(|mut file| {
        file.write_all(&vec![0; ENOUGH])?;
        file.sync_all()
    });
    // It may never have come to be.
    let _removed = private_file::remove(&probe);
    tried.err().filter(|error| matches!(error.kind(), FileTooLarge | QuotaExceeded | StorageFull))
}

fn log_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The pages of a database file.
struct Pages {
    file: File,
    cipher: PageCipher,
    count: u32,
}

impl Pages {
    fn fits(&mut self, number: u32) -> Result<bool, StoreError> {
        let mut page = [0; PAGE];
        self.file.seek(SeekFrom::Start(u64::from(number - 1) * PAGE as u64))?;
        match self.file.read_exact(&mut page) {
            Ok(()) => Ok(self.cipher.fits(number, &page)),
            // A disk that can't give the page back has damaged it.
            Err(_) => Ok(false),
        }
    }

    /// Whether any page but the first was written with the key; stops at the first.
    fn any_fits(&mut self) -> Result<bool, StoreError> {
        for number in 2..=self.count {
            if self.fits(number)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a single byte of the salt is what is damaged: then every page looks as if it had another key.
    fn fits_another_salt(&mut self, key: &RawKey, mut salt: [u8; SALT]) -> Result<bool, StoreError> {
        if self.count < 2 {
            return Ok(false);
        }
        let mut second = [0; PAGE];
        self.file.seek(SeekFrom::Start(PAGE as u64))?;
        self.file.read_exact(&mut second)?;
        for at in 0..SALT {
            let there = salt[at];
            for byte in (0..=u8::MAX).filter(|byte| *byte != there) {
                salt[at] = byte;
                if PageCipher::new(key, &salt).fits(2, &second) {
                    return Ok(true);
                }
            }
            salt[at] = there;
        }
        Ok(false)
    }

    /// Looks at some pages. Those in the log count as they are there: in the file they may be half written.
    fn damaged(&mut self, log: &LogPages) -> Result<Vec<u32>, StoreError> {
        let mut numbers: Vec<u32> = (1..=self.count.min(FIRST)).collect();
        if self.count > FIRST {
            let mut random = rand::rng();
            numbers.extend((0..OTHERS).map(|_| random.random_range(FIRST + 1..=self.count)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut damaged = Vec::new();
        for number in numbers {
            if number != LOCK_PAGE && !log.numbers.contains(&number) && !self.fits(number)? {
                damaged.push(number);
            }
        }
        Ok(damaged)
    }
}
