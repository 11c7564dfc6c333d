//! Erasing for good: what is told of it, and cleaning the file up afterwards, however long that takes.

use crate::error::{StorageProblem, storage_problem};
use crate::session::Session;
use liaison_domain::Id;
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;
use std::time::Duration;

/// After so long a clean-up that could not be done is tried again.
const AGAIN: Duration = Duration::from_secs(10 * 60);

/// What came of erasing records for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ErasureDone {
    /// The operation; none where nothing was erased.
    pub operation: Option<Id>,
    /// Records erased, those aside that belonged to them.
    pub changed: u32,
    /// Records left as they were.
    pub skipped: u32,
    /// Why the database file still has traces of them, where it has.
    pub traces: Option<Traces>,
}

/// Why values that were erased from every table are still in unused parts of the database file. They are taken away as
/// soon as it can be done: tried again every few minutes while the desk is open, and at each start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Traces {
    /// Writing the file anew needs as much room again, and the disk is full.
    NoRoom,
    /// Something else is in the way for now, such as a long export.
    Later,
}

impl Traces {
    /// The sentence for terminals.
    pub fn words(self) -> &'static str {
        match self {
            Traces::NoRoom => {
                "The disk is full. Traces stay in unused parts of the database file until there is room to write it \
                 anew; that is tried at each start."
            }
            Traces::Later => {
                "Traces stay in unused parts of the database file until it can be written anew; that is tried at each \
                 start."
            }
        }
    }
}

/// Takes away what is left of erased records in unused parts of the file, where there is anything. A failure is
/// logged and tried again another time: the erasure itself is done. `None` where no trace is left.
pub async fn clean_up(session: &Session) -> Option<Traces> {
    match session.engine().database().finish_erasure().await {
        Ok(true) => None,
        Ok(false) => Some(Traces::Later),
        // Whoever opens the desk next does it.
        Err(StoreError::Locked) => Some(Traces::Later),
        Err(error) => {
            tracing::warn!("traces of erased records are left in the database file: {error}");
            let full = storage_problem(&error) == Some(StorageProblem::DiskFull);
            Some(if full { Traces::NoRoom } else { Traces::Later })
        }
    }
}

/// After an erasure: cleans up now, or else in the background.
pub(crate) async fn after_erasure(session: &Session) -> Option<Traces> {
    // Row numbers of erased records may be given to new ones: no open list may name them.
    session.results().clear();
    let traces = clean_up(session).await;
    if traces.is_some() {
        start_cleaning_up(session);
    }
    traces
}

/// Cleans up in the background, until no trace is left or the desk is closed.
pub(crate) fn start_cleaning_up(session: &Session) {
    let session = session.downgrade();
    tokio::spawn(async move {
        while let Some(session) = session.upgrade() {
            if matches!(session.engine().database().is_erasure_pending().await, Ok(false) | Err(StoreError::Locked))
                || clean_up(&session).await.is_none()
            {
                return;
            }
            drop(session);
            tokio::time::sleep(AGAIN).await;
        }
    });
}
