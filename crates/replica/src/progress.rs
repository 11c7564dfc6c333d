//! How the exchange with the hub goes, kept in memory while a database is open.

use liaison_engine::error::CommandError;
use liaison_engine::features::{FeatureState, Waited};
use liaison_engine::moment::now;
use liaison_sync::engine::Standing;
use serde::Serialize;
use specta::Type;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use tokio::sync::Notify;

/// How the exchange goes while the desk is open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct SyncProgress {
    /// When the hub last answered, in milliseconds since 1970; none since the desk was opened.
    pub reached_at: Option<i64>,
    /// Why the last attempt came to nothing; none where it didn't.
    pub trouble: Option<CommandError>,
    /// When it is tried again after a trouble, in milliseconds since 1970.
    pub again_at: Option<i64>,
}

/// The exchange of one open database.
#[derive(Default)]
pub(crate) struct Exchange {
    pub(crate) is_running: AtomicBool,
    progress: Mutex<SyncProgress>,
    /// Somebody doesn't want to wait.
    pub(crate) asked: Notify,
    /// The desk is being closed.
    pub(crate) is_closing: AtomicBool,
}

impl FeatureState for Exchange {
    fn closing(&self) -> Waited<'_> {
        self.is_closing.store(true, Ordering::Release);
        self.asked.notify_one();
        Box::pin(async {})
    }
}

impl Exchange {
    fn progress(&self) -> MutexGuard<'_, SyncProgress> {
        // It is set in one step; a panic can't leave it half set.
        self.progress.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// How it goes; none where nothing runs.
    pub(crate) fn now(&self) -> Option<SyncProgress> {
        self.is_running.load(Ordering::Acquire).then(|| self.progress().clone())
    }

    /// A request ended, after which the exchange stands so.
    pub(crate) fn note(&self, outcome: Result<(), CommandError>, standing: Standing) {
        let mut progress = self.progress();
        if outcome.is_ok() {
            progress.reached_at = Some(now() as i64);
        }
        progress.again_at = match standing {
            Standing::Online | Standing::Stopped => None,
            Standing::Offline { again_at } => Some(again_at as i64),
        };
        // Sending may go well while asking does not: that trouble stays until both do.
        match outcome {
            Err(trouble) => progress.trouble = Some(trouble),
            Ok(()) if standing == Standing::Online => progress.trouble = None,
            Ok(()) => {}
        }
    }

    /// What waits for its moment is tried now.
    pub(crate) fn hurry(&self) {
        self.asked.notify_one();
    }
}
