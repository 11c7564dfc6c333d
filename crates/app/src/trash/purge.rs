//! The trash empties itself by time that this device has seen pass (see [`liaison_domain::seen_time`]): a clock that
//! stands at a wrong date erases nothing.

use super::places::KINDS;
use super::time_left::{SEEN_TIME, seen_time};
use crate::error::CommandError;
use crate::session::Session;
use crate::{backup, clock, erasure};
use liaison_domain::Id;
use liaison_domain::backup::BackupReason;
use liaison_domain::seen_time::SeenTime;
use liaison_domain::trash::REST_MILLIS;
use liaison_queries::trash;
use liaison_store::{StoreError, settings};
use std::time::Duration;

/// How often the clock is looked at while the desk is open: often enough that a day doesn't pass between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);

/// Whether there is a backup that still has what was deleted at `since_millis` (milliseconds since 1970), so that
/// erasing it can be put right; one is made where there is none. Where that fails, it is told, and nothing is erased.
async fn backed_up(session: &Session, since_millis: i64) -> Result<bool, CommandError> {
    backup::back_up_before(session, BackupReason::Erasure).await;
    Ok(backup::newest_backup(session).await?.is_some_and(|newest| newest.made_at >= since_millis))
}

/// Erases what has rested in the trash for its time, now and hourly, in the background while the desk is open.
///
/// What an earlier erasure left in the file is taken away first.
pub fn start_purging(session: &Session) {
    erasure::start_cleaning_up(session);
    let session = session.downgrade();
    tokio::spawn(async move {
        while let Some(session) = session.upgrade() {
            match purge(&session).await {
                Ok(0) => {}
                Ok(erased) => tracing::info!("erased {erased} records from the trash"),
                Err(CommandError::Locked) => return,
                Err(error) => tracing::error!("emptying the trash: {error}"),
            }
            drop(session);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}

/// Looks at the clock and erases what was seen to rest in the trash for its time; nothing soon after the clock
/// jumped, and nothing while it is in doubt. Returns how many records.
pub async fn purge(session: &Session) -> Result<u32, CommandError> {
    let seen = count_time(session).await?;
    if clock::check_clock(session).await?.is_some() || seen.is_unsure() {
        return Ok(0);
    }
    let mut erased = 0;
    for kind in KINDS {
        let due =
            session.engine().database().read(|db| trash::noticed_until(db, *kind, seen.passed - REST_MILLIS)).await?;
        let Some(last) = due.iter().map(|(_, deleted_at)| *deleted_at).max() else { continue };
        if !backed_up(session, last).await? {
            continue;
        }
        let due: Vec<Id> = due.into_iter().map(|(id, _)| id).collect();
        erased += super::erase_now(session, *kind, &due, &mut |_| std::ops::ControlFlow::Continue(())).await?.changed;
    }
    Ok(erased)
}

/// Counts what time has passed, and notices what came into the trash or left it.
async fn count_time(session: &Session) -> Result<SeenTime, CommandError> {
    let now = session.now() as i64;
    let written = session.engine().database().write(|db| {
        let seen = seen_time(db)?.look(now);
        let kept = serde_json::to_string(&seen).map_err(|error| StoreError::Damaged(error.to_string()))?;
        settings::set(db, SEEN_TIME, Some(&kept))?;
        for kind in KINDS {
            trash::notice(db, *kind, seen.passed)?;
        }
        trash::forget_gone(db, KINDS)?;
        Ok(seen)
    });
    Ok(written.await?)
}
