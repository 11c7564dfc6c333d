//! Where backups lie, how much room they may take, and what stands in their way.

use super::Backups;
use super::Newest;
use super::make;
use liaison_domain::Permission;
use liaison_domain::backup::ROOM;
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::{CommandError, StorageProblem, WriteProblem, storage_problem};
use liaison_engine::files::is_own;
use liaison_engine::session::Session;
use liaison_store::{StoreError, backup, settings};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::PathBuf;

const FOLDER: &str = "backup_folder";
const ROOM_SETTING: &str = "backup_room";
/// Least room that can be chosen, in bytes: a few backups of a small desk.
const ROOM_LEAST: i64 = 100_000_000;

/// Where a backup lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupPlace {
    /// In the folder of the desk.
    Here,
    /// In the folder of one's choice.
    Folder,
}

/// What a person chooses about backups on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupSettings {
    /// A folder that gets a copy of each backup: a network drive, a USB stick. None for none.
    pub folder: Option<String>,
    /// How much room the backups of each place may take, in bytes.
    pub room: i64,
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

/// How backups stand.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BackupStatus {
    /// When the last one was made, in milliseconds since 1970.
    pub last_at: Option<i64>,
    /// What stands in the way.
    pub troubles: Vec<BackupTrouble>,
}

impl TroubleKind {
    fn of(error: &StoreError) -> TroubleKind {
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

/// Notes that backups in a place fail, or no longer do.
pub(super) fn note_trouble(session: &Session, place: BackupPlace, error: Option<&StoreError>) {
    let kind = error.map(TroubleKind::of);
    let changed = {
        let backups = session.engine().state::<Backups>();
        let mut state = backups.state();
        let before = state.troubles.iter().position(|trouble| trouble.place == place);
        let since = before.map_or(session.now() as i64, |at| state.troubles[at].since);
        let was = before.map(|at| state.troubles.remove(at).kind);
        state.troubles.extend(kind.map(|kind| BackupTrouble { place, kind, since }));
        was != kind
    };
    if changed {
        if let Some(error) = error {
            tracing::error!("backups: {error}");
        }
        session.tell(vec![CacheTag::Backups]);
    }
}

/// How backups stand. Everybody may know that there are none.
pub async fn backup_status(session: &Session) -> Result<BackupStatus, CommandError> {
    let newest = newest_backup(session).await?;
    let troubles = session.engine().state::<Backups>().state().troubles.clone();
    Ok(BackupStatus { last_at: newest.map(|newest| newest.made_at), troubles })
}

/// What was chosen about backups on this computer.
pub async fn backup_settings(session: &Session) -> Result<BackupSettings, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    Ok(backup_choices(session).await?)
}

pub(super) async fn backup_choices(session: &Session) -> Result<BackupSettings, StoreError> {
    session
        .database()
        .read(|db| {
            let room = settings::get(db, ROOM_SETTING)?.and_then(|room| room.parse().ok());
            Ok(BackupSettings { folder: settings::get(db, FOLDER)?, room: room.unwrap_or(ROOM as i64) })
        })
        .await
}

/// Chooses how much room backups may take.
pub async fn backup_room_set(session: &Session, room: i64) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let room = room.max(ROOM_LEAST).to_string();
    session.database().write(|db| settings::set(db, ROOM_SETTING, Some(&room))).await?;
    session.tell(vec![CacheTag::Backups]);
    Ok(())
}

/// Chooses the folder that gets a copy of each backup, none for none, and puts the newest there.
///
/// Errors: `UnwritableFile` where it is no folder that can be written to. A folder that is not connected can't be
/// chosen; one that was chosen may be missing at times.
pub async fn backup_folder_set(session: &Session, folder: Option<PathBuf>) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
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
    session.database().write(|db| settings::set(db, FOLDER, path.as_deref())).await?;
    note_trouble(session, BackupPlace::Folder, None);
    make::catch_up(session).await?;
    session.tell(vec![CacheTag::Backups]);
    Ok(())
}

/// The newest backup of this database in the folder of the desk.
pub async fn newest_backup(session: &Session) -> Result<Option<Newest>, StoreError> {
    if let Some(newest) = session.engine().state::<Backups>().state().newest.clone()
        // Somebody may have removed the file.
        && newest.as_ref().is_none_or(|newest| newest.path.is_file())
    {
        return Ok(newest);
    }
    let set = session.database().read(backup::set_of).await?;
    let heads =
        tokio::task::block_in_place(|| super::list::heads_in(&backup::folder(session.directory()), set.as_deref()))?;
    let newest = heads.into_iter().max_by_key(|(_, head)| (head.operations, head.made_at));
    let newest = newest.map(|(path, head)| Newest { path, made_at: head.made_at, operations: head.operations });
    session.engine().state::<Backups>().state().newest = Some(newest.clone());
    Ok(newest)
}
