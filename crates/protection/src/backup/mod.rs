//! Backups: made by hand and by themselves, listed, checked, rotated, restored.

mod here;
mod list;
mod look;
mod make;
mod opened;
mod places;
mod restore;
mod schedule;
mod settings;
mod state;
mod trouble;
pub use list::{backup_list, backup_path};
pub use look::backup_look;
pub use make::{back_up_before, newest_backup, tell_not_backed_up};
pub use make::{backup_create, rotate_backups};
pub use places::backup_settings;
pub use restore::backup_preview;
pub use schedule::{back_up_before_closing, back_up_if_due, start_backing_up};
pub use settings::{backup_folder_set, backup_room_set, backup_status};

pub use list::{BackupChecked, BackupRow, backups_here, backups_in, check, listed};
pub use look::{Look, LookInfo, LookRow};
pub use places::{BackupSettings, BackupStatus};
pub use restore::{RestoreDone, RestorePreview, preview, restore, restore_open};
pub use state::Newest;
pub use trouble::{BackupPlace, BackupTrouble, TroubleKind};
