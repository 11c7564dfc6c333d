//! What is known about duplicates while somebody is at the database.

use super::find::Sample;
use super::kept::Kept;
use liaison_engine::features::FeatureState;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard};

/// What the desk knows about duplicates.
#[derive(Default)]
pub(crate) struct Duplicates {
    kept: Mutex<Option<Kept>>,
    pub(super) finding: AtomicBool,
    pub(super) sample: tokio::sync::Mutex<Option<Arc<Sample>>>,
}

impl FeatureState for Duplicates {}

impl Duplicates {
    pub(super) fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        // A panic while it is exchanged leaves the old or the new one whole.
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
