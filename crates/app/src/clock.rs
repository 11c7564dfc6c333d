//! The question whether the computer's clock is right. A clock that stands far from the last moment that was believed is
//! asked about; until somebody answers, or it is set right, nothing is written into the journal, sent or erased by it.

use crate::cache_tag::CacheTag;
use crate::desk::Desk;
use crate::error::CommandError;
use crate::start;
use liaison_domain::OperationKind;
use liaison_domain::clock::ClockDoubt;
use liaison_store::{Db, StoreError, journal, settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

/// The setting of this device: the last moment that was believed, in milliseconds since 1970.
const BELIEVED: &str = "clock_believed";
/// It is written down again after so long, in milliseconds: less than a clock may go back.
const WRITE_AGAIN: i64 = 60 * 60 * 1000;

/// What is known of the clock while a desk is open.
#[derive(Default)]
pub(crate) struct Clock {
    doubt: Mutex<Option<ClockDoubt>>,
    /// That somebody opened the desk is not in the journal yet.
    pub(crate) opening_waits: AtomicBool,
}

impl Clock {
    fn doubt(&self) -> MutexGuard<'_, Option<ClockDoubt>> {
        // It is set in one step; a panic can't leave it half set.
        self.doubt.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

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
pub(crate) fn forget_believed(db: &Db<'_>) -> Result<(), StoreError> {
    settings::set(db, BELIEVED, None)
}

impl Desk {
    /// Why the clock is not believed at present; `None` where it is.
    pub fn clock_doubt(&self) -> Option<ClockDoubt> {
        *self.clock_watch.doubt()
    }

    /// Looks at the clock: whether it can be believed, as far as is known here. Screens are told where that changed.
    pub async fn check_clock(&self) -> Result<Option<ClockDoubt>, CommandError> {
        let now = self.now() as i64;
        let last = self.database.read(last_believed).await?;
        let doubt = ClockDoubt::of(now, last);
        if doubt.is_none() && last.is_none_or(|last| now.abs_diff(last) > WRITE_AGAIN as u64) {
            self.believe(now).await;
        }
        let before = std::mem::replace(&mut *self.clock_watch.doubt(), doubt);
        if before.is_some() != doubt.is_some() {
            self.tell(vec![CacheTag::Institution]);
        }
        Ok(doubt)
    }

    async fn believe(&self, now: i64) {
        let now = now.to_string();
        if let Err(error) = self.database.write(|db| settings::set(db, BELIEVED, Some(&now))).await {
            // A folder that can't be written to can still be read.
            tracing::warn!("the time was not written down: {error}");
        }
    }

    /// Refuses what may not go on by a clock in doubt.
    pub(crate) fn require_clock(&self) -> Result<(), CommandError> {
        match self.clock_doubt() {
            Some(ClockDoubt { now, last }) => Err(CommandError::ClockInDoubt { now, last }),
            None => Ok(()),
        }
    }

    /// Takes the clock for right: somebody looked. That stands in the journal. Does nothing where it is not in doubt.
    ///
    /// Errors: those of writing; the clock is in doubt as before then.
    pub async fn clock_accept(self: &Arc<Self>) -> Result<(), CommandError> {
        let Some(doubt) = self.clock_watch.doubt().take() else { return Ok(()) };
        let last = doubt.last.unwrap_or_default().to_string();
        if let Err(error) = self.record_event(OperationKind::ClockAccept, last).await {
            *self.clock_watch.doubt() = Some(doubt);
            return Err(error);
        }
        self.believe(self.now() as i64).await;
        if self.clock_watch.opening_waits.swap(false, Ordering::Relaxed) {
            start::write_down_opening(self).await;
        }
        self.tell(vec![CacheTag::Institution]);
        Ok(())
    }
}
