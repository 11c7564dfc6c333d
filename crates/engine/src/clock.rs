//! The question whether the computer's clock is right. A clock that stands far from the last moment that was believed is
//! asked about; until somebody answers, or it is set right, nothing is written into the journal, sent or erased by it.

use crate::cache_tag::CacheTag;
use crate::error::CommandError;
use crate::opening;
use crate::session::Session;
use liaison_domain::OperationKind;
use liaison_domain::clock::ClockDoubt;
use liaison_store::{Db, StoreError, journal, settings};
use std::sync::atomic::Ordering;

/// The setting of this device: the last moment that was believed, in milliseconds since 1970.
const BELIEVED: &str = "clock_believed";
/// It is written down again after so long, in milliseconds: less than a clock may go back.
const WRITE_AGAIN: i64 = 60 * 60 * 1000;

/// The last moment that was believed on this device: one that was looked at or, in a database of before that was kept,
/// that of the last operation.
fn last_believed(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    match settings::get(db, BELIEVED)?.and_then(|at| at.parse().ok()) {
        Some(at) => Ok(Some(at)),
        None => journal::last_told(db),
    }
}

/// Lets the last operation say what is believed: after a restore, what was believed when the backup was made says
/// nothing.
pub fn forget_believed(db: &Db<'_>) -> Result<(), StoreError> {
    settings::set(db, BELIEVED, None)
}

/// Why the clock is not believed at present; `None` where it is.
pub fn clock_doubt(session: &Session) -> Option<ClockDoubt> {
    *session.engine().clock_watch.doubt()
}

/// Looks at the clock: whether it can be believed, as far as is known here. Screens are told where that changed.
pub async fn check_clock(session: &Session) -> Result<Option<ClockDoubt>, CommandError> {
    let now = session.now() as i64;
    let last = session.read(|view| last_believed(view.everything())).await?;
    let doubt = ClockDoubt::of(now, last);
    if doubt.is_none() && last.is_none_or(|last| now.abs_diff(last) > WRITE_AGAIN as u64) {
        believe(session, now).await;
    }
    let before = std::mem::replace(&mut *session.engine().clock_watch.doubt(), doubt);
    if before.is_some() != doubt.is_some() {
        session.tell(vec![CacheTag::Institution]);
    }
    Ok(doubt)
}

async fn believe(session: &Session, now: i64) {
    let now = now.to_string();
    if let Err(error) = session.engine().database().write(|db| settings::set(db, BELIEVED, Some(&now))).await {
        // A folder that can't be written to can still be read.
        tracing::warn!("the time was not written down: {error}");
    }
}

/// Takes the clock for right: somebody looked. That stands in the journal. Does nothing where it is not in doubt.
///
/// Errors: those of writing; the clock is in doubt as before then.
pub async fn clock_accept(session: &Session) -> Result<(), CommandError> {
    let Some(doubt) = session.engine().clock_watch.doubt().take() else { return Ok(()) };
    let last = doubt.last.unwrap_or_default().to_string();
    if let Err(error) = session.record_event(OperationKind::ClockAccept, last).await {
        *session.engine().clock_watch.doubt() = Some(doubt);
        return Err(error);
    }
    believe(session, session.now() as i64).await;
    if session.engine().clock_watch.opening_waits.swap(false, Ordering::Relaxed) {
        opening::write_down_opening(session).await;
    }
    session.tell(vec![CacheTag::Institution]);
    Ok(())
}

/// By a clock in doubt it can't be written down that somebody came; it is once the clock was accepted.
pub fn write_opening_once_accepted(session: &Session) {
    session.engine().clock_watch.opening_waits.store(true, Ordering::Relaxed);
}
