//! Where backups lie, how much room they may take, and what stands in their way.

use super::state::Backups;
use super::trouble::{BackupPlace, BackupTrouble, TroubleKind};
use liaison_domain::Permission;
use liaison_domain::backup::ROOM;
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::{StoreError, settings};
use serde::{Deserialize, Serialize};
use specta::Type;

pub(super) const FOLDER: &str = "backup_folder";
pub(super) const ROOM_SETTING: &str = "backup_room";
/// Least room that can be chosen, in bytes: a few backups of a small desk.
pub(super) const ROOM_LEAST: i64 = 100_000_000;

/// What a person chooses about backups on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupSettings {
    /// A folder that gets a copy of each backup: a network drive, a USB stick. None for none.
    pub folder: Option<String>,
    /// Whether the organization has set that folder.
    pub set_by_organization: bool,
    /// How much room the backups of each place may take, in bytes.
    pub room: i64,
}

/// How backups stand.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BackupStatus {
    /// When the last one was made, in milliseconds since 1970.
    pub last_at: Option<i64>,
    /// What stands in the way.
    pub troubles: Vec<BackupTrouble>,
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

/// What was chosen about backups on this computer.
pub async fn backup_settings(session: &Session) -> Result<BackupSettings, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    Ok(backup_choices(session).await?)
}

pub(super) async fn backup_choices(session: &Session) -> Result<BackupSettings, StoreError> {
    session
        .read(|view| {
            // Settings of this device.
            let db = view.everything();
            let room = settings::get(db, ROOM_SETTING)?.and_then(|room| room.parse().ok());
            let prescribed = liaison_policy::current().info().backup_folder;
            let set_by_organization = prescribed.is_some();
            let folder = if set_by_organization { prescribed } else { settings::get(db, FOLDER)? };
            Ok(BackupSettings { folder, set_by_organization, room: room.unwrap_or(ROOM as i64) })
        })
        .await
}
