//! What can stand in the way of backups, and where.

use liaison_engine::error::{StorageProblem, storage_problem};
use liaison_store::StoreError;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Where a backup lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupPlace {
    /// In the folder of the desk.
    Here,
    /// In the folder of one's choice.
    Folder,
}

/// Why a backup could not be made or copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// The folder is not there: a drive that is not connected.
    NoFolder,
    /// The folder may not be written to.
    NotAllowed,
    /// The disk is full.
    DiskFull,
    /// What was written did not come back as it was, or the database is damaged.
    Damaged,
    /// Something else the system says.
    Other,
}

/// What stands in the way of backups, until one succeeds.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BackupTrouble {
    /// Where.
    pub place: BackupPlace,
    /// What kind.
    pub kind: TroubleKind,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

impl TroubleKind {
    pub(super) fn of(error: &StoreError) -> TroubleKind {
        match error {
            StoreError::Backup(_) => TroubleKind::Damaged,
            error => match storage_problem(error) {
                Some(StorageProblem::NoFolder) => TroubleKind::NoFolder,
                Some(StorageProblem::NotAllowed) => TroubleKind::NotAllowed,
                Some(StorageProblem::DiskFull) => TroubleKind::DiskFull,
                Some(StorageProblem::TooManyFiles | StorageProblem::Device) | None => TroubleKind::Other,
                Some(_) => TroubleKind::Damaged,
            },
        }
    }
}
