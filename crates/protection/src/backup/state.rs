//! What everybody at one database shares about backups.

use super::trouble::BackupTrouble;
use liaison_engine::features::FeatureState;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

/// What the desks of one database share about backups.
#[derive(Default)]
pub(crate) struct Backups {
    /// One at a time.
    pub(super) making: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

impl FeatureState for Backups {}

#[derive(Default)]
pub(super) struct State {
    /// The newest backup in the folder of the desk, once it was looked for.
    pub(super) newest: Option<Option<Newest>>,
    /// What stands in the way of backups here, and in the folder of one's choice.
    pub(super) troubles: Vec<BackupTrouble>,
}

/// The newest backup.
#[derive(Clone)]
pub struct Newest {
    pub(super) path: PathBuf,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// The last operation in it.
    pub(super) operations: i64,
}

impl Backups {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // Each change of it is one step; a panic can't leave it half made.
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
