//! What is known of the computer's clock while a database is open.

use crate::error::CommandError;
use liaison_domain::clock::ClockDoubt;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard};

/// What is known of the clock while a desk is open.
#[derive(Default)]
pub(crate) struct ClockWatch {
    doubt: Mutex<Option<ClockDoubt>>,
    /// That somebody opened the desk is not in the journal yet.
    pub(crate) opening_waits: AtomicBool,
}

impl ClockWatch {
    pub(crate) fn doubt(&self) -> MutexGuard<'_, Option<ClockDoubt>> {
        // It is set in one step; a panic can't leave it half set.
        self.doubt.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Refuses what may not go on by a clock in doubt.
    pub(crate) fn require(&self) -> Result<(), CommandError> {
        match *self.doubt() {
            Some(ClockDoubt { now, last }) => Err(CommandError::ClockInDoubt { now, last }),
            None => Ok(()),
        }
    }
}
