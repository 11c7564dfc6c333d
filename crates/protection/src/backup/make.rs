//! Making a backup, and letting old ones go.

use super::list::{BackupRow, heads_in};
use super::places;
use super::state::Backups;
use super::state::Newest;
use super::trouble::BackupPlace;
use liaison_domain::backup::{BackupReason, ERASED_DAYS, Erasure, Kept, file_name, to_remove};
use liaison_domain::seen_time::DAY;
use liaison_domain::{OperationKind, Permission};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::clock;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::backup::{self, Head, NewBackup};
use liaison_store::{Db, StoreError, operations};
use std::path::{Path, PathBuf};

/// Makes a backup because a person asked for it.
pub async fn backup_create(session: &Session) -> Result<BackupRow, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    // Before, so that the backup itself says so.
    session.record_event(OperationKind::BackupCreate, String::new()).await?;
    let (path, head) = back_up(session, BackupReason::Manual).await?;
    Ok(BackupRow::new(BackupPlace::Here, &path, &head))
}

/// Tells that there is no backup from before the migration that opening took, where there is none.
pub async fn tell_not_backed_up(session: &Session) {
    if let Some(error) = session.engine().database().not_backed_up().await {
        places::note_trouble(session, BackupPlace::Here, Some(&error));
    }
}

/// Makes a backup before something that changes a lot. It fails nothing but itself: why is told.
pub async fn back_up_before(session: &Session, reason: BackupReason) {
    match is_unsaved(session).await {
        Ok(false) => {}
        Ok(true) => {
            // What fails was noted.
            let _told = back_up(session, reason).await;
        }
        Err(error) => places::note_trouble(session, BackupPlace::Here, Some(&error)),
    }
}

/// Makes a backup: where it lies, and what it says about itself. A copy goes into the folder of one's choice; where
/// that fails, it is told, and done later.
pub(crate) async fn back_up(session: &Session, reason: BackupReason) -> Result<(PathBuf, Head), StoreError> {
    let made = {
        let state = session.engine().state::<Backups>();
        let _one_at_a_time = state.making.lock().await;
        make(session, reason).await
    };
    places::note_trouble(session, BackupPlace::Here, made.as_ref().err());
    let (path, head) = made?;
    session.engine().state::<Backups>().state().newest =
        Some(Some(Newest { path: path.clone(), made_at: head.made_at, operations: head.operations }));
    catch_up(session).await?;
    session.tell(vec![CacheTag::Backups]);
    Ok((path, head))
}

async fn make(session: &Session, reason: BackupReason) -> Result<(PathBuf, Head), StoreError> {
    let set = session.engine().database().read(backup::set_of).await?.unwrap_or_default();
    let institution = session.engine().database().read(backup::institution).await?;
    let made_at = session.now() as i64;
    let new = NewBackup {
        set,
        made_at,
        reason: reason.key().into(),
        name: file_name(&institution, made_at),
        keys: backup::wrappings(session.directory())?,
    };
    let folder = backup::folder(session.directory());
    let made = backup::create(session.engine().database(), &folder, new).await?;
    rotate(session, &folder).await?;
    Ok(made)
}

/// Sees to it that the newest backup is in the folder of one's choice, too. Why it is not is told.
pub(super) async fn catch_up(session: &Session) -> Result<(), StoreError> {
    let Some(folder) = places::backup_choices(session).await?.folder.map(PathBuf::from) else { return Ok(()) };
    let copied = copy_newest(session, &folder).await;
    places::note_trouble(session, BackupPlace::Folder, copied.as_ref().err());
    Ok(())
}

async fn copy_newest(session: &Session, folder: &Path) -> Result<(), StoreError> {
    let state = session.engine().state::<Backups>();
    let _one_at_a_time = state.making.lock().await;
    let set = session.engine().database().read(backup::set_of).await?;
    let here = backup::folder(session.directory());
    let copied = tokio::task::block_in_place(|| {
        // Not made anew: where a drive is not connected, its place must not fill up.
        if !folder.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::NotFound).into());
        }
        let newest = heads_in(&here, set.as_deref())?.into_iter().max_by_key(|(_, head)| head.made_at);
        let Some((path, _)) = newest else { return Ok(false) };
        if path.file_name().is_some_and(|name| folder.join(name).exists()) {
            return Ok(false);
        }
        backup::copy_into(&path, folder).map(|_| true)
    })?;
    if copied { rotate(session, folder).await } else { Ok(()) }
}

/// Lets go of the backups that the rule says go, in both places: also where none is made any more, what was erased
/// leaves them in time.
pub async fn rotate_backups(session: &Session) -> Result<(), StoreError> {
    let state = session.engine().state::<Backups>();
    let _one_at_a_time = state.making.lock().await;
    rotate(session, &backup::folder(session.directory())).await?;
    match places::backup_choices(session).await?.folder {
        Some(folder) => rotate(session, Path::new(&folder)).await,
        None => Ok(()),
    }
}

/// Lets go of the backups in a folder that the rule says go; of none by a clock in doubt.
async fn rotate(session: &Session, folder: &Path) -> Result<(), StoreError> {
    if clock::clock_doubt(session).is_some() {
        return Ok(());
    }
    let (set, erasures) = session.engine().database().read(|db| Ok((backup::set_of(db)?, erasures(db)?))).await?;
    let room = places::backup_choices(session).await?.room.max(0) as u64;
    let now = session.now() as i64;
    tokio::task::block_in_place(|| {
        let heads = heads_in(folder, set.as_deref())?;
        let kept: Vec<Kept> = heads
            .iter()
            .map(|(path, head)| Kept {
                made_at: head.made_at,
                reason: BackupReason::from_key(&head.reason).unwrap_or(BackupReason::Idle),
                size: std::fs::metadata(path).map_or(0, |file| file.len()),
                // Each was checked when it was made; one of which only a part is left has no head.
                whole: true,
            })
            .collect();
        for at in to_remove(&kept, now, room, &erasures) {
            std::fs::remove_file(&heads[at].0)?;
        }
        // What a restore moved aside may hold what was erased, too.
        backup::remove_replaced(session.directory(), now - ERASED_DAYS * DAY)
    })
}

/// Whether something was changed that is in no backup. What was there after the set-up is not worth one.
pub(super) async fn is_unsaved(session: &Session) -> Result<bool, StoreError> {
    let (last, count) = last_change(session).await?;
    let newest = newest_backup(session).await?;
    Ok(count > 1 && newest.is_none_or(|newest| newest.operations < last))
}

/// The number of the last operation that changed something, and how many there are, at most two.
pub(super) async fn last_change(session: &Session) -> Result<(i64, i64), StoreError> {
    session.engine().database().read(operations::last_changing).await
}

/// What was erased for good, with the age of the oldest record in each.
fn erasures(db: &Db<'_>) -> Result<Vec<Erasure>, StoreError> {
    let kinds = [OperationKind::ContactsErase, OperationKind::RecordsErase, OperationKind::UsersErase];
    let erasures = operations::oldest_records(db, &kinds)?.into_iter();
    Ok(erasures.map(|(at, oldest)| Erasure { at, since: oldest.map_or(0, |id| id.millis() as i64) }).collect())
}

/// The newest backup of this database in the folder of the desk.
pub async fn newest_backup(session: &Session) -> Result<Option<Newest>, StoreError> {
    if let Some(newest) = session.engine().state::<Backups>().state().newest.clone()
        // Somebody may have removed the file.
        && newest.as_ref().is_none_or(|newest| newest.path.is_file())
    {
        return Ok(newest);
    }
    let set = session.engine().database().read(backup::set_of).await?;
    let heads = tokio::task::block_in_place(|| heads_in(&backup::folder(session.directory()), set.as_deref()))?;
    let newest = heads.into_iter().max_by_key(|(_, head)| (head.operations, head.made_at));
    let newest = newest.map(|(path, head)| Newest { path, made_at: head.made_at, operations: head.operations });
    session.engine().state::<Backups>().state().newest = Some(newest.clone());
    Ok(newest)
}
