//! How backups stand, where copies go, and how much room they may take.

use super::make;
use super::places::{BackupStatus, FOLDER, ROOM_LEAST, ROOM_SETTING, note_trouble};
use super::state::Backups;
use super::trouble::BackupPlace;
use liaison_domain::Permission;
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::{CommandError, WriteProblem};
use liaison_engine::files::is_own;
use liaison_engine::session::Session;
use liaison_store::settings;
use std::path::PathBuf;

/// Chooses the folder that gets a copy of each backup, none for none, and puts the newest there.
///
/// Errors: `UnwritableFile` where it is no folder that can be written to. A folder that is not connected can't be
/// chosen; one that was chosen may be missing at times.
pub async fn backup_folder_set(session: &Session, folder: Option<PathBuf>) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    if liaison_policy::current().backup_folder.is_some() {
        return Err(CommandError::set_by_organization("backup_folder"));
    }
    if let Some(folder) = &folder {
        let real = std::fs::canonicalize(folder)?;
        if is_own(session.directory(), &real) {
            let detail = format!("{} is in the folder Liaison keeps its own data in", folder.display());
            return Err(CommandError::UnwritableFile { problem: WriteProblem::OwnFolder, detail });
        }
        let probe = folder.join(format!(".liaison-{:08x}", rand::random::<u32>()));
        std::fs::File::create_new(&probe)?;
        std::fs::remove_file(&probe)?;
    }
    let path = folder.map(|folder| folder.to_string_lossy().into_owned());
    session.engine().database().write(|db| settings::set(db, FOLDER, path.as_deref())).await?;
    note_trouble(session, BackupPlace::Folder, None);
    make::catch_up(session).await?;
    session.tell(vec![CacheTag::Backups]);
    Ok(())
}

/// Chooses how much room backups may take.
pub async fn backup_room_set(session: &Session, room: i64) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let room = room.max(ROOM_LEAST).to_string();
    session.engine().database().write(|db| settings::set(db, ROOM_SETTING, Some(&room))).await?;
    session.tell(vec![CacheTag::Backups]);
    Ok(())
}

/// How backups stand. Everybody may know that there are none.
pub async fn backup_status(session: &Session) -> Result<BackupStatus, CommandError> {
    let newest = make::newest_backup(session).await?;
    let troubles = session.engine().state::<Backups>().state().troubles.clone();
    Ok(BackupStatus { last_at: newest.map(|newest| newest.made_at), troubles })
}
