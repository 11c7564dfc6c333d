//! Backups that nobody has to think of.

use super::make;
use liaison_domain::backup::{BackupReason, is_due};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::StoreError;
use std::time::Duration;

/// Between two looks at whether a backup is due.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// So many looks lie between two at which backups are let go of: an hour.
const ROTATE_EVERY: u32 = 60;
/// Largest database that is backed up while the program closes, in bytes: a few seconds. A larger one is after the next
/// start.
const CLOSING_MOST: u64 = 256 << 20;

/// Makes backups by themselves for as long as the desk is open.
pub fn start_backing_up(session: &Session) {
    let session = session.downgrade();
    tokio::spawn(async move {
        let (mut seen, mut idle, mut rounds) = (None, 0, 0u32);
        while let Some(session) = session.upgrade() {
            if rounds.is_multiple_of(ROTATE_EVERY)
                && let Err(error) = make::rotate_backups(&session).await
            {
                tracing::error!("letting go of old backups: {error}");
            }
            rounds = rounds.wrapping_add(1);
            match back_up_if_due(&session, &mut seen, &mut idle).await {
                Ok(_) => {}
                Err(StoreError::Locked) => return,
                Err(error) => tracing::error!("backups: {error}"),
            }
            drop(session);
            tokio::time::sleep(LOOK_AGAIN).await;
            // Counted, not read from a clock: a clock may be set.
            idle += LOOK_AGAIN.as_millis() as i64;
        }
    });
}

/// Makes a backup where one is due. `seen` is the last change that was seen, `idle` how long ago that was, in
/// milliseconds. True where one was made.
pub async fn back_up_if_due(session: &Session, seen: &mut Option<i64>, idle: &mut i64) -> Result<bool, StoreError> {
    let (last, _) = make::last_change(session).await?;
    if seen.replace(last) != Some(last) {
        *idle = 0;
    }
    let newest = make::newest_backup(session).await?.map(|newest| newest.made_at);
    let unsaved = make::is_unsaved(session).await?;
    let is_due = is_due(session.now() as i64, unsaved.then_some(*idle), newest);
    if is_due {
        // What fails was noted, and is tried again.
        return Ok(make::back_up(session, BackupReason::Idle).await.is_ok());
    }
    make::catch_up(session).await?;
    Ok(false)
}

/// Makes a backup before the program ends, where something was changed since the last.
pub async fn back_up_before_closing(session: &Session) -> Result<(), CommandError> {
    let size = std::fs::metadata(session.engine().database().path()).map_err(StoreError::from)?.len();
    if size <= CLOSING_MOST && make::is_unsaved(session).await? {
        make::back_up(session, BackupReason::Closing).await?;
    }
    Ok(())
}
