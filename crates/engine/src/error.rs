//! The closed list of errors that screens and scripts see. Their words are in the UI's catalogue.

pub use crate::file_problem::{FileProblem, WriteProblem};
pub use crate::hub_problem::HubProblem;
pub use crate::storage_problem::StorageProblem;

use liaison_domain::backup::BackupProblem;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Collision, FieldProblem, Problem, Refusal};
use liaison_domain::{Id, RecordKind};
use liaison_exchange::{ReadError, WriteError};
use liaison_store::StoreError;
use liaison_store::damage::Damage;
use liaison_store::files;
use serde::Serialize;
use specta::Type;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicU32, Ordering};

/// What went wrong, for whoever asked. A code exists only where somebody acts on it.
#[derive(Clone, Debug, PartialEq, Serialize, Type, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CommandError {
    /// Some values are not acceptable; nothing was changed.
    #[error("check these values: {}", .fields.iter().map(|f| format!("{}: {}", f.field, f.problem)).collect::<Vec<_>>().join("; "))]
    Validation {
        /// Every problem at once.
        fields: Vec<FieldProblem>,
    },
    /// There is no such thing.
    #[error("there is no such {}", .what.replace('_', " "))]
    NotFound {
        /// What was looked for.
        what: String,
    },
    /// Somebody changed these fields since the form was opened; nothing was changed.
    #[error("someone changed {} in the meantime", .fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>().join(", "))]
    Conflict {
        /// The three values of each.
        fields: Vec<FieldConflict>,
    },
    /// The actor lacks a permission.
    #[error("your role doesn’t include the permission {permission}")]
    Denied {
        /// Its key.
        permission: String,
    },
    /// The contact is rejected and its data frozen until it is approved again (M27).
    #[error("the contact is rejected; its data is frozen until it is approved again")]
    Frozen,
    /// Other records stand in the way; nothing was changed (M20, B9).
    #[error("other records are linked to this: {}", .blockers.iter().map(|b| format!("{} {}", b.count, b.kind.key().replace('_', " "))).collect::<Vec<_>>().join(", "))]
    Blocked {
        /// What stands in the way, by kind of record and field.
        blockers: Vec<Blocker>,
    },
    /// A file could not be read.
    #[error("the file could not be read: {detail}")]
    UnreadableFile {
        /// What kind of trouble.
        problem: FileProblem,
        /// Details in English: a limit, a place, a library's words.
        detail: String,
    },
    /// A file could not be written; what was there before is still there.
    #[error("the file could not be written: {detail}")]
    UnwritableFile {
        /// What kind of trouble.
        problem: WriteProblem,
        /// Details in English: a limit, a place, the system's words.
        detail: String,
    },
    /// The organization that manages this computer has set this; nobody else can change it.
    #[error("your organization has set this on this computer: {setting}")]
    SetByOrganization {
        /// The setting, as a policy names it.
        setting: String,
    },
    /// The database is locked: a passcode is needed.
    #[error("the database is locked: a passcode is needed")]
    Locked,
    /// The passcode is wrong.
    #[error("the passcode is wrong")]
    WrongPasscode,
    /// After several wrong passcodes the next one has to wait; it was not tried.
    #[error("after several wrong passcodes, the next one can be entered in {seconds} seconds")]
    TooSoon {
        /// How long, in seconds.
        seconds: u32,
    },
    /// The staff member was deactivated; somebody who manages staff can change that.
    #[error("this person no longer works here: they were deactivated")]
    NoLongerStaff,
    /// It is the recovery key, which opens nothing by itself: it sets a new passcode.
    #[error("this is the recovery key: it only sets a new passcode for an administrator (liaison-cli recover)")]
    RecoveryKey,
    /// The desk's own files can't be read or written, or are damaged; nothing was changed.
    #[error("Liaison’s files: {detail}")]
    Storage {
        /// What kind of trouble.
        problem: StorageProblem,
        /// Details in English: the system's or the database's words.
        detail: String,
    },
    /// The hub, or what it says about this desk, stands in the way.
    #[error("{problem}{}", in_brackets(detail))]
    Hub {
        /// What kind of trouble.
        problem: HubProblem,
        /// Details in English: the network's words, a place in the log; often none.
        detail: String,
    },
    /// A backup file is not as it should be; nothing was changed.
    #[error("{problem}")]
    Backup {
        /// What is wrong with it.
        problem: BackupProblem,
    },
    /// There is nothing here yet: set up first.
    #[error("there is no database here yet; set up first")]
    NotSetUp,
    /// The keychain does not give the key; nothing was changed.
    #[error("the keychain of the system can't be used: {detail}")]
    Keychain {
        /// The keychain's words.
        detail: String,
    },
    /// Another process holds the database.
    #[error("another process holds the database; close it first")]
    Busy,
    /// The computer's clock stands where it can hardly be right; nothing was changed.
    #[error("{}", clock_words(*.now, *.last))]
    ClockInDoubt {
        /// What it shows, in milliseconds since 1970.
        now: i64,
        /// The last moment that was believed on this computer, in milliseconds since 1970; none before the set-up.
        last: Option<i64>,
    },
    /// The database was written by a newer version.
    #[error("the database was written by a newer version of Liaison")]
    TooNew,
    /// The person stopped it; nothing was written.
    #[error("stopped; nothing was written")]
    Cancelled,
    /// Something failed that should not; the log has the details under the incident.
    #[error("something went wrong (incident {incident})")]
    Internal {
        /// The number to look for in the log.
        incident: String,
    },
}

fn in_brackets(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}

impl From<HubProblem> for CommandError {
    fn from(problem: HubProblem) -> CommandError {
        CommandError::Hub { problem, detail: String::new() }
    }
}

/// A field that changed under somebody's hands.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FieldConflict {
    /// Key of the field.
    pub field: String,
    /// Its value when the form was opened.
    pub base: FieldValue,
    /// The value wanted.
    pub mine: FieldValue,
    /// The value it has now.
    pub theirs: FieldValue,
    /// Who changed it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: Option<i64>,
}

/// Records that stand in the way of something, for example of a delete.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Blocker {
    /// Their kind.
    pub kind: RecordKind,
    /// Key of the field by which they refer.
    pub field: String,
    /// How many there are.
    pub count: u32,
    /// The first few of them.
    pub records: Vec<BlockingRecord>,
}

/// One record that stands in the way.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BlockingRecord {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
}

fn clock_words(now: i64, last: Option<i64>) -> String {
    let now = crate::moment::utc_text(now);
    match last.map(crate::moment::utc_text) {
        Some(last) => format!(
            "this computer's clock says {now} UTC, but Liaison was last used on {last} UTC; set the clock, or if it is \
             right, run liaison-cli clock accept"
        ),
        None => format!("this computer's clock says {now} UTC, which is before Liaison was made; set the clock first"),
    }
}

static INCIDENTS: AtomicU32 = AtomicU32::new(0);

impl CommandError {
    /// What a policy has set.
    pub fn set_by_organization(setting: &str) -> CommandError {
        CommandError::SetByOrganization { setting: setting.into() }
    }

    /// An unexpected failure: logs its full chain under a new incident number.
    pub fn internal(error: impl std::error::Error) -> CommandError {
        let count = INCIDENTS.fetch_add(1, Ordering::Relaxed);
        let incident = format!("{:x}-{count}", crate::moment::now() / 1000);
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            source = cause.source();
        }
        tracing::error!(incident, "{chain}");
        CommandError::Internal { incident }
    }

    /// What the system refused the process itself before it came to anything: too many open files, no memory.
    pub fn of_start(error: std::io::Error) -> CommandError {
        StoreError::Io(error).into()
    }

    /// A passcode that is not acceptable.
    pub fn passcode(problem: Problem) -> CommandError {
        CommandError::Validation { fields: vec![FieldProblem { field: "passcode".into(), problem }] }
    }

    /// There is no such thing.
    pub fn not_found(what: &str) -> CommandError {
        CommandError::NotFound { what: what.into() }
    }
}

impl FieldConflict {
    fn of(collision: &Collision) -> FieldConflict {
        FieldConflict {
            field: collision.field.into(),
            base: (&collision.base).into(),
            mine: (&collision.mine).into(),
            theirs: (&collision.theirs).into(),
            by: String::new(),
            at: None,
        }
    }
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> CommandError {
        match refusal {
            Refusal::Invalid(fields) => CommandError::Validation { fields },
            Refusal::Conflict(collisions) => {
                CommandError::Conflict { fields: collisions.iter().map(FieldConflict::of).collect() }
            }
            Refusal::Denied(permission) => CommandError::Denied { permission: permission.key().into() },
            Refusal::Frozen => CommandError::Frozen,
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> CommandError {
        match error {
            StoreError::Refused(refusal) => refusal.into(),
            StoreError::NotFound(what) => CommandError::not_found(what),
            StoreError::Busy => CommandError::Busy,
            StoreError::Locked => CommandError::Locked,
            StoreError::WrongPasscode => CommandError::WrongPasscode,
            StoreError::TooSoon { seconds } => CommandError::TooSoon { seconds },
            StoreError::PasscodeTaken => CommandError::passcode(Problem::NotFree),
            StoreError::LastPasscode => CommandError::passcode(Problem::LastPasscode),
            StoreError::NotSetUp => CommandError::NotSetUp,
            StoreError::TooNew => CommandError::TooNew,
            StoreError::Backup(problem) => CommandError::Backup { problem },
            StoreError::Cancelled => CommandError::Cancelled,
            StoreError::Keychain(detail) => CommandError::Keychain { detail },
            error => match storage_problem(&error) {
                Some(problem) => {
                    tracing::error!("the desk's files: {error}");
                    CommandError::Storage { problem, detail: error.to_string() }
                }
                None => CommandError::internal(error),
            },
        }
    }
}

/// What is wrong with the desk's own files, where that is why the store failed.
pub fn storage_problem(error: &StoreError) -> Option<StorageProblem> {
    match error {
        StoreError::Io(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::InvalidFilename => {
                Some(StorageProblem::NoFolder)
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(StorageProblem::NotAllowed),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Some(StorageProblem::DiskFull)
            }
            // A folder where a file should be.
            ErrorKind::IsADirectory => Some(StorageProblem::Damaged),
            _ if error.raw_os_error().is_some_and(|number| TOO_MANY_FILES.contains(&number)) => {
                Some(StorageProblem::TooManyFiles)
            }
            // What the system has no other word for, such as a broken disk.
            _ if error.raw_os_error().is_some() => Some(StorageProblem::Device),
            _ => None,
        },
        StoreError::Damaged(_) => Some(StorageProblem::Damaged),
        StoreError::Damage(damage) => Some(match damage {
            Damage::FirstPage => StorageProblem::DamagedStart,
            Damage::Truncated => StorageProblem::Truncated,
            Damage::OtherLog => StorageProblem::OtherLog,
            Damage::Log => StorageProblem::DamagedLog,
        }),
        StoreError::WrongKey => Some(StorageProblem::OtherKey),
        StoreError::Missing(files::KEY) => Some(StorageProblem::KeyMissing),
        StoreError::Missing(_) => Some(StorageProblem::DatabaseMissing),
        StoreError::OtherTables(_) => Some(StorageProblem::OtherProgram),
        error => {
            let code = error.sqlite_code()?;
            match code & 0xff {
                SQLITE_CANTOPEN if !opens_more_files() => Some(StorageProblem::TooManyFiles),
                SQLITE_READONLY | SQLITE_CANTOPEN | SQLITE_PERM => Some(StorageProblem::NotAllowed),
                SQLITE_FULL => Some(StorageProblem::DiskFull),
                _ if error.is_damage() => Some(StorageProblem::Damaged),
                // A disk without a free block has no room for the few kilobytes that processes share, either.
                _ if code == SQLITE_IOERR_SHMSIZE => Some(StorageProblem::DiskFull),
                SQLITE_IOERR => Some(StorageProblem::Device),
                _ => None,
            }
        }
    }
}

/// Whether this process may open about as many more files as a database needs: SQLite doesn't say that it couldn't open
/// one for want of that.
fn opens_more_files() -> bool {
    const DATABASE: usize = 16;
    let held: Vec<_> = (0..DATABASE).map_while(|_| std::fs::File::open(ANY_FILE).ok()).collect();
    held.len() == DATABASE || held.is_empty() && std::fs::metadata(ANY_FILE).is_err()
}

/// A file that is there and may be read, on any system of this kind.
#[cfg(unix)]
const ANY_FILE: &str = "/dev/null";
#[cfg(not(unix))]
const ANY_FILE: &str = "NUL";

// Result codes of SQLite; the last one is extended.
const SQLITE_PERM: i32 = 3;
const SQLITE_READONLY: i32 = 8;
const SQLITE_IOERR: i32 = 10;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_IOERR_SHMSIZE: i32 = 4874;
/// Of the process and of the whole system; Windows has another number for the first.
#[cfg(unix)]
const TOO_MANY_FILES: [i32; 2] = [24, 23];
#[cfg(not(unix))]
const TOO_MANY_FILES: [i32; 1] = [4];

impl From<std::io::Error> for CommandError {
    /// Of writing a file somebody asked for.
    fn from(error: std::io::Error) -> CommandError {
        let problem = WriteProblem::of_writing(&error, cfg!(windows));
        CommandError::UnwritableFile { problem, detail: error.to_string() }
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> CommandError {
        match error {
            // In the system's words alone.
            WriteError::Io(error) => error.into(),
            error => CommandError::UnwritableFile { problem: WriteProblem::of(&error), detail: error.to_string() },
        }
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> CommandError {
        match FileProblem::of(&error) {
            Some(problem) => CommandError::UnreadableFile { problem, detail: error.to_string() },
            None => CommandError::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_of_the_disk_are_told_apart() {
        let sqlite = |code| StoreError::Sqlite { code, message: "words".into() };
        for (code, problem) in [
            (SQLITE_FULL, Some(StorageProblem::DiskFull)),
            (SQLITE_IOERR_SHMSIZE, Some(StorageProblem::DiskFull)),
            (SQLITE_READONLY | 8 << 8, Some(StorageProblem::NotAllowed)),
            (11, Some(StorageProblem::Damaged)),
            (26, Some(StorageProblem::Damaged)),
            (SQLITE_IOERR | 3 << 8, Some(StorageProblem::Device)),
            (7, Some(StorageProblem::Damaged)),
            (1, None),
        ] {
            assert_eq!(storage_problem(&sqlite(code)), problem, "{code}");
        }
        for (error, problem) in [
            (ErrorKind::StorageFull.into(), StorageProblem::DiskFull),
            (ErrorKind::IsADirectory.into(), StorageProblem::Damaged),
            (ErrorKind::InvalidFilename.into(), StorageProblem::NoFolder),
            (std::io::Error::from_raw_os_error(TOO_MANY_FILES[0]), StorageProblem::TooManyFiles),
        ] {
            assert_eq!(storage_problem(&StoreError::Io(error)), Some(problem));
        }
        assert_eq!(storage_problem(&StoreError::Busy), None);
    }
}
