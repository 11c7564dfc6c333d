//! What can go wrong below the use cases.

use crate::damage::Damage;
use liaison_domain::backup::BackupProblem;
use liaison_domain::{Id, Refusal};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule said no; nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such record, operation or result set.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Another process holds the database.
    #[error("another process holds the database")]
    Busy,
    /// The database needs its passcode.
    #[error("the database is locked: a passcode is needed")]
    Locked,
    /// The passcode, or recovery key, is not the one.
    #[error("the passcode is wrong")]
    WrongPasscode,
    /// After several wrong passcodes the next one has to wait; it was not tried.
    #[error("after several wrong passcodes, the next one can be entered in {seconds} seconds")]
    TooSoon {
        /// How long, in seconds.
        seconds: u32,
    },
    /// Another person's passcode: it would not say who came.
    #[error("this passcode can't be taken; choose another")]
    PasscodeTaken,
    /// The only passcode there is: without it nobody could open the desk.
    #[error("this is the only passcode; without it nobody could open the desk")]
    LastPasscode,
    /// There is no keychain here, or it does not give the key. Nothing was changed.
    #[error("the keychain does not give the key: {0}")]
    Keychain(String),
    /// No page of the database was written with the key. Nothing was changed.
    #[error(
        "key.json and liaison.db do not belong together, or liaison.db is damaged from beginning to end; look for the \
         files of the same desk, or restore a backup"
    )]
    WrongKey,
    /// The files of the database are damaged, or do not belong together. Nothing was changed.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// There is no database here yet.
    #[error("there is no database here yet")]
    NotSetUp,
    /// One of the two files that belong together, `liaison.db` and `key.json`, is there without the other.
    #[error(
        "{0} is missing; nothing was changed; put it back from a backup or a copy, or move what else is in the folder \
         away to begin anew"
    )]
    Missing(&'static str),
    /// The database was written by a newer version of the program.
    #[error("the database was written by a newer version of the program")]
    TooNew,
    /// A backup file is not as it should be.
    #[error(transparent)]
    Backup(#[from] BackupProblem),
    /// The person stopped it; nothing was written.
    #[error("stopped; nothing was written")]
    Cancelled,
    /// SQLite failed.
    #[error("SQLite: {message} (code {code})")]
    Sqlite {
        /// SQLite's result code.
        code: i32,
        /// SQLite's words.
        message: String,
    },
    /// sqlx failed to open, pool or migrate.
    #[error("database: {0}")]
    Sqlx(#[from] sqlx::Error),
    /// A migration failed; it was rolled back.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// What the database says about how its tables were made is not what any version of the program has done.
    #[error("the tables of the database were made by another program: {0}")]
    OtherTables(String),
    /// A file could not be read or written.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// Something stored is not as it should be.
    #[error("damaged: {0}")]
    Damaged(String),
}

impl StoreError {
    /// SQLite's result code, extended where it has that; `None` where SQLite is not what failed.
    pub fn sqlite_code(&self) -> Option<i32> {
        use sqlx::migrate::MigrateError;
        match self {
            StoreError::Sqlite { code, .. } => Some(*code),
            StoreError::Sqlx(sqlx::Error::Database(error))
            | StoreError::Migrate(
                MigrateError::Execute(sqlx::Error::Database(error))
                | MigrateError::ExecuteMigration(sqlx::Error::Database(error), _),
            ) => error.code()?.parse().ok(),
            _ => None,
        }
    }

    /// Whether the system failed to read or write, for a reason that SQLite doesn't say.
    pub fn is_device(&self) -> bool {
        const IO_ERROR: i32 = 10;
        self.sqlite_code().is_some_and(|code| code & 0xff == IO_ERROR)
    }

    /// Whether SQLite met a page that is not as it was written. SQLCipher says of one it can't decrypt that there is no
    /// memory.
    pub fn is_damage(&self) -> bool {
        const NO_MEMORY: i32 = 7;
        const CORRUPT: i32 = 11;
        const NOT_A_DATABASE: i32 = 26;
        self.sqlite_code().is_some_and(|code| matches!(code & 0xff, NO_MEMORY | CORRUPT | NOT_A_DATABASE))
    }

    /// A damaged change of this operation.
    pub fn damaged_change(record: Id) -> StoreError {
        StoreError::Damaged(format!("a journal entry of record {record}"))
    }
}
