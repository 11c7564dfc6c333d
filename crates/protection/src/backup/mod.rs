//! Backups: made by hand and by themselves, listed, checked, rotated, restored.

mod here;
mod list;
mod look;
mod make;
mod opened;
mod places;
mod restore;
mod schedule;
pub use list::{backup_list, backup_path};
pub use look::backup_look;
pub use make::{back_up_before, tell_not_backed_up};
pub use make::{backup_create, rotate_backups};
pub use places::newest_backup;
pub use places::{backup_folder_set, backup_room_set, backup_settings, backup_status};
pub use restore::backup_preview;
pub use schedule::{back_up_before_closing, back_up_if_due, start_backing_up};

pub use list::{BackupChecked, BackupRow, backups_here, backups_in, check, listed};
pub use look::{Look, LookInfo, LookRow};
pub use places::{BackupPlace, BackupSettings, BackupStatus, BackupTrouble, TroubleKind};
pub use restore::{RestoreDone, RestorePreview, preview, restore, restore_open};

use liaison_engine::features::FeatureState;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

/// What the desks of one database share about backups.
#[derive(Default)]
pub(crate) struct Backups {
    /// One at a time.
    making: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The newest backup in the folder of the desk, once it was looked for.
    newest: Option<Option<Newest>>,
    /// What stands in the way of backups here, and in the folder of one's choice.
    troubles: Vec<BackupTrouble>,
}

/// The newest backup.
#[derive(Clone)]
pub struct Newest {
    path: PathBuf,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// The last operation in it.
    operations: i64,
}

impl FeatureState for Backups {}

impl Backups {
    fn state(&self) -> MutexGuard<'_, State> {
        // Each change of it is one step; a panic can't leave it half made.
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
