//! What the window's commands share: the desk, once it is open.

use liaison_app::{CacheTag, CommandError, Desk, Progress};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use tauri::AppHandle;
use tauri::ipc::Channel;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Told to the window after each commit: what it shows may have changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct RecordsChanged(pub Vec<CacheTag>);

/// The state of the shell.
pub struct Shell {
    directory: PathBuf,
    open_file: Mutex<Option<PathBuf>>,
    desk: Mutex<Option<Arc<Desk>>>,
}

impl Shell {
    /// A shell whose desk is not open yet.
    pub fn new(directory: PathBuf, open_file: Option<PathBuf>) -> Shell {
        Shell { directory, open_file: Mutex::new(open_file), desk: Mutex::new(None) }
    }

    /// The directory of the database.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The file the app was opened with; given once.
    pub fn take_open_file(&self) -> Option<PathBuf> {
        self.open_file.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Desk>>> {
        // The slot is set in one step; a panic can't leave it half set.
        self.desk.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The desk; `Locked` before it is open.
    pub fn desk(&self) -> Result<Arc<Desk>, CommandError> {
        self.slot().clone().ok_or(CommandError::Locked)
    }

    /// Takes over an opened desk: builds its search index and passes its changes on to the window.
    pub fn open(&self, app: &AppHandle, desk: Arc<Desk>) {
        desk.start_searching();
        let (mut changes, app) = (desk.changes(), app.clone());
        *self.slot() = Some(desk);
        tauri::async_runtime::spawn(async move {
            loop {
                let tags = match changes.recv().await {
                    Ok(tags) => tags,
                    // Too many to follow: everything may have changed.
                    Err(RecvError::Lagged(_)) => CacheTag::ALL.to_vec(),
                    Err(RecvError::Closed) => return,
                };
                if let Err(error) = RecordsChanged(tags).emit(&app) {
                    tracing::warn!("telling the window about changes: {error}");
                }
            }
        });
    }

    /// Closes the desk.
    pub async fn close(&self) {
        let desk = self.slot().take();
        if let Some(desk) = desk
            && let Err(error) = desk.close().await
        {
            tracing::warn!("closing the database: {error}");
        }
    }
}

/// Passes progress on to the window. A window that is gone does not stop the work.
pub fn watch(channel: Channel<Progress>) -> impl FnMut(Progress) -> ControlFlow<()> + Send {
    move |progress| {
        let _ = channel.send(progress);
        ControlFlow::Continue(())
    }
}
