//! Wrong passcodes: how many there were, and how long the next attempt has to wait.
//!
//! The count lies beside the database and survives a restart. The wait does not: it runs from the last wrong attempt of
//! this process, or from its start, by a clock that only goes forward. So neither starting anew nor setting the clock
//! shortens it. One attempt at a time derives a key, in all processes together: whoever comes with a hundred at once
//! waits a hundred times, and needs the memory for one.
//!
//! This slows down whoever sits at the keyboard. Whoever has copied the files guesses without it; against them stands
//! what a guess costs, and what passcodes have to be.

use super::file;
use crate::error::StoreError;
use crate::private_file;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Wrong attempts that nobody waits after: typing slips.
const FREE: u32 = 5;
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(300);

/// Wrong passcodes since the last right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the first of them was entered, in milliseconds since 1970, by the clock of the computer.
    pub since: i64,
}

/// What is kept beside the database.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Kept {
    /// Wrong ones that nobody has been told of yet.
    failed: u32,
    since: i64,
    /// Wrong ones that no right one made up for, for the wait.
    row: u32,
}

/// What this process knows, by directory: also where the file can't be written.
#[derive(Clone, Copy)]
struct Known {
    row: u32,
    last: Instant,
}

static ATTEMPT: Mutex<()> = Mutex::new(());
static KNOWN: LazyLock<Mutex<HashMap<PathBuf, Known>>> = LazyLock::new(Mutex::default);
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

fn known() -> MutexGuard<'static, HashMap<PathBuf, Known>> {
    // Each entry is set in one step.
    KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// From here on waits run, for attempts of a process before.
pub(super) fn begin() {
    LazyLock::force(&STARTED);
}

/// How long to wait after so many wrong attempts in a row: 2 seconds, then twice as long each time.
fn wait_after(row: u32) -> Duration {
    match row.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(more) => Duration::from_secs(2 << more.min(10)).min(LONGEST),
    }
}

/// Tries what was typed: `work` derives and compares, and answers `None` for what is wrong.
///
/// Errors: `WrongPasscode`; `TooSoon` where the wait is not over, without trying.
pub(super) fn attempt<T>(
    directory: &Path,
    work: impl FnOnce() -> Result<Option<T>, StoreError>,
) -> Result<T, StoreError> {
    begin();
    // Also where the folder can't be written to, and there is no file to lock.
    let _one_at_a_time = ATTEMPT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    // A folder that can't be written to can still be read; the process counts by itself then.
    let mut kept_file = open(directory).ok();
    let mut kept = kept_file.as_mut().and_then(|file| read(file).ok()).unwrap_or_default();
    let before = known().get(directory).copied();
    let row = kept.row.max(before.map_or(0, |known| known.row));
    let since = before.map_or(*STARTED, |known| known.last);
    if let Some(left) = wait_after(row).checked_sub(since.elapsed()).filter(|left| !left.is_zero()) {
        return Err(StoreError::TooSoon { seconds: left.as_secs() as u32 + 1 });
    }
    // Counted before it is tried: ending the process in the middle is no way round the wait.
    let untold = kept;
    kept = Kept { failed: kept.failed.saturating_add(1), row: row.saturating_add(1), ..kept };
    if untold.failed == 0 {
        kept.since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    }
    write(kept_file.as_mut(), kept);
    let tried = work();
    match tried {
        Ok(None) => {
            known().insert(directory.to_owned(), Known { row: kept.row, last: Instant::now() });
            tracing::warn!("a wrong passcode was entered, {} since the last right one", kept.failed);
            Err(StoreError::WrongPasscode)
        }
        tried => {
            // A right one makes up for one wrong one, not for all: whoever has a passcode of their own and tries others'
            // in between waits like anybody else.
            let row = if tried.is_ok() { row.saturating_sub(1) } else { row };
            write(kept_file.as_mut(), Kept { row, ..untold });
            if tried.is_ok()
                && let Some(known) = known().get_mut(directory)
            {
                known.row = row;
            }
            tried?.ok_or(StoreError::WrongPasscode)
        }
    }
}

/// Wrong passcodes that nobody has been told of; whoever asks tells.
pub fn failures(directory: &Path) -> Option<Failures> {
    let kept = read(&mut File::open(file::attempts_path(directory)).ok()?).ok()?;
    (kept.failed > 0).then_some(Failures { count: kept.failed, since: kept.since })
}

/// They were told.
pub fn forget_failures(directory: &Path) {
    if let Ok(mut file) = open(directory) {
        let row = read(&mut file).map_or(0, |kept| kept.row);
        write(Some(&mut file), Kept { row, ..Kept::default() });
    }
}

/// The file, for this attempt alone.
fn open(directory: &Path) -> std::io::Result<File> {
    let path = file::attempts_path(directory);
    let file = private_file::open_or_create(&path)?;
    file.lock()?;
    Ok(file)
}

fn read(file: &mut File) -> std::io::Result<Kept> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(1024).read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn write(file: Option<&mut File>, kept: Kept) {
    // Always as long, and in one piece over the old: there is no moment with half of it.
    let Kept { failed, since, row } = kept;
    let text = format!("{{\"failed\":{failed:>10},\"since\":{since:>20},\"row\":{row:>10}}}\n");
    let written = file.map_or(Ok(()), |file| {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())
    });
    if let Err(error) = written {
        tracing::warn!("wrong passcodes can't be counted: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let seconds = |row| wait_after(row).as_secs();
        assert_eq!(
            [0, 1, 4, 5, 6, 7, 11, 12, 13, 1000, u32::MAX].map(seconds),
            [0, 0, 0, 2, 4, 8, 128, 256, 300, 300, 300]
        );
    }

    #[test]
    fn wrong_ones_are_counted_and_a_wait_is_kept_in_the_file() {
        let directory = tempfile::tempdir().expect("a directory");
        let wrong = || attempt(directory.path(), || Ok(None::<()>));
        for n in 1..=FREE {
            assert!(matches!(wrong(), Err(StoreError::WrongPasscode)), "{n}");
            assert_eq!(failures(directory.path()).map(|failures| failures.count), Some(n));
        }
        let tried = attempt(directory.path(), || -> Result<Option<()>, _> { panic!("tried within the wait") });
        assert!(matches!(tried, Err(StoreError::TooSoon { seconds: 1..=2 })), "{tried:?}");
        // A process that starts now knows of nothing but the file, and waits from its start.
        known().remove(directory.path());
        let kept = read(&mut open(directory.path()).expect("the file")).expect("read");
        assert_eq!((kept.failed, kept.row), (FREE, FREE));
        write(open(directory.path()).ok().as_mut(), Kept { row: 1000, ..kept });
        let tried = attempt(directory.path(), || -> Result<Option<()>, _> { panic!("tried within the wait") });
        assert!(matches!(tried, Err(StoreError::TooSoon { seconds: 200..=300 })), "{tried:?}");
        write(open(directory.path()).ok().as_mut(), kept);
        std::thread::sleep(Duration::from_millis(2_100));
        attempt(directory.path(), || Ok(Some(()))).expect("the right one");
        assert_eq!(failures(directory.path()).map(|failures| failures.count), Some(FREE), "until somebody is told");
        assert!(matches!(wrong(), Err(StoreError::WrongPasscode)), "one was made up for");
        assert!(matches!(wrong(), Err(StoreError::TooSoon { .. })), "the others were not");
        forget_failures(directory.path());
        assert_eq!(failures(directory.path()), None);
    }

    #[test]
    fn one_attempt_at_a_time() {
        let directory = tempfile::tempdir().expect("a directory");
        let (running, most) = (Mutex::new(0), Mutex::new(0));
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    let _ = attempt(directory.path(), || {
                        let now = {
                            let mut running = running.lock().expect("a number");
                            *running += 1;
                            *running
                        };
                        std::thread::sleep(Duration::from_millis(20));
                        let mut most = most.lock().expect("a number");
                        *most = now.max(*most);
                        *running.lock().expect("a number") -= 1;
                        Ok(Some(()))
                    });
                });
            }
        });
        assert_eq!(*most.lock().expect("a number"), 1);
    }

    #[test]
    fn what_fails_without_trying_is_no_wrong_passcode() {
        let directory = tempfile::tempdir().expect("a directory");
        let failed = attempt(directory.path(), || Err::<Option<()>, _>(StoreError::TooNew));
        assert!(matches!(failed, Err(StoreError::TooNew)));
        assert_eq!(failures(directory.path()), None);
    }
}
