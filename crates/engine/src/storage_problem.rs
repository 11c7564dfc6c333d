//! What can be wrong with the desk's own files.

use serde::Serialize;
use specta::Type;

/// What is wrong with the desk's own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StorageProblem {
    /// The folder, or a file in it, may not be read or written.
    NotAllowed,
    /// The folder can't be made, or is no folder.
    NoFolder,
    /// The disk is full.
    DiskFull,
    /// The account or the computer has too many files open.
    TooManyFiles,
    /// The disk, or the network drive, reports an error of its own.
    Device,
    /// What is stored is not as it was written.
    Damaged,
    /// The beginning of the database is damaged.
    DamagedStart,
    /// The end of the database is missing.
    Truncated,
    /// The write-ahead log is of another database.
    OtherLog,
    /// The write-ahead log is damaged, and with it the latest changes.
    DamagedLog,
    /// The key is not that of this database, or all of it is damaged.
    OtherKey,
    /// There is a database without its `key.json`.
    KeyMissing,
    /// There is a `key.json` without its database.
    DatabaseMissing,
    /// The database was made by a program that is no version of this one.
    OtherProgram,
}

impl StorageProblem {
    /// Whether the files are there and can be read, and what is in them is wrong.
    pub fn is_damage(self) -> bool {
        match self {
            StorageProblem::Damaged
            | StorageProblem::DamagedStart
            | StorageProblem::Truncated
            | StorageProblem::OtherLog
            | StorageProblem::DamagedLog
            | StorageProblem::OtherKey
            | StorageProblem::OtherProgram => true,
            StorageProblem::NotAllowed
            | StorageProblem::NoFolder
            | StorageProblem::DiskFull
            | StorageProblem::TooManyFiles
            | StorageProblem::Device
            | StorageProblem::KeyMissing
            | StorageProblem::DatabaseMissing => false,
        }
    }
}
