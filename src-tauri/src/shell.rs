//! What the window's commands share: the desk, once it is open.

use liaison_app::start::{self, AppPhase};
use liaison_app::{CacheTag, CommandError, Desk, Progress};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tauri::AppHandle;
use tauri::ipc::Channel;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Told to the window after each commit: what it shows may have changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct RecordsChanged(pub Vec<CacheTag>);

/// Told to the window when the app is started once more, with a file: its import begins here.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct FileGiven(pub String);

/// The state of the shell.
pub struct Shell {
    directory: PathBuf,
    open_file: Mutex<Option<PathBuf>>,
    desk: Mutex<Option<Arc<Desk>>>,
    /// The window shows nothing of the desk until somebody unlocks it.
    locked: AtomicBool,
    opening: tokio::sync::Mutex<()>,
}

/// What stands between the person and the desk.
pub struct Opening {
    /// Set up first, unlock, or nothing.
    pub phase: AppPhase,
    /// Why the keychain did not give the key.
    pub keychain_problem: Option<String>,
}

impl Shell {
    /// A shell whose desk is not open yet.
    pub fn new(directory: PathBuf, open_file: Option<PathBuf>) -> Shell {
        Shell {
            directory,
            open_file: Mutex::new(open_file),
            desk: Mutex::new(None),
            locked: AtomicBool::new(false),
            opening: tokio::sync::Mutex::default(),
        }
    }

    /// The directory of the database.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The file the app was opened with; given once.
    pub fn take_open_file(&self) -> Option<PathBuf> {
        self.open_file.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()
    }

    /// Takes a file that came while the app runs: the window is told, or, while it shows nothing of the desk, finds the
    /// file once it does.
    pub fn give_file(&self, app: &AppHandle, file: PathBuf) {
        if self.desk().is_err() {
            *self.open_file.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(file);
        } else if let Err(error) = FileGiven(file.to_string_lossy().into_owned()).emit(app) {
            tracing::warn!("telling the window about a file: {error}");
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Desk>>> {
        // The slot is set in one step; a panic can't leave it half set.
        self.desk.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The desk; `Locked` before it is open, and while it is locked.
    pub fn desk(&self) -> Result<Arc<Desk>, CommandError> {
        if self.locked.load(Ordering::Acquire) { None } else { self.present() }.ok_or(CommandError::Locked)
    }

    /// The desk, locked or not.
    pub fn present(&self) -> Option<Arc<Desk>> {
        self.slot().clone()
    }

    /// Locks the desk. Its search index stays in memory and what is under way goes on, so that unlocking takes no time.
    ///
    /// Errors: `NotFound` where nobody has a passcode: whoever locked it could not be told from anybody else.
    pub fn lock(&self) -> Result<(), CommandError> {
        if start::phase(&self.directory)? != AppPhase::Locked {
            return Err(CommandError::not_found("passcode on this computer"));
        }
        self.locked.store(true, Ordering::Release);
        Ok(())
    }

    /// The desk with another person at it, unlocked.
    pub fn hand_over(&self, desk: Arc<Desk>) {
        // What sends mail goes with the desk it was started on.
        desk.start_sending();
        *self.slot() = Some(desk);
        self.locked.store(false, Ordering::Release);
    }

    /// Opens the desk where that needs nobody to type: its key is in the keychain, or the environment has the
    /// passcode. The shell does so while the window is still being made; whoever asks meanwhile waits for the answer.
    pub async fn open_unasked(&self, app: &AppHandle) -> Result<Opening, CommandError> {
        let _one_at_a_time = self.opening.lock().await;
        let mut opening = Opening { phase: AppPhase::Ready, keychain_problem: None };
        if self.locked.load(Ordering::Acquire) {
            opening.phase = AppPhase::Locked;
            return Ok(opening);
        }
        if self.desk().is_ok() {
            return Ok(opening);
        }
        opening.phase = start::phase(&self.directory)?;
        let passcode = match opening.phase {
            AppPhase::Setup => return Ok(opening),
            AppPhase::Locked => match passcode_from_environment() {
                Some(passcode) => Some(passcode),
                None => return Ok(opening),
            },
            AppPhase::Ready => None,
        };
        match start::open(&self.directory, passcode.as_deref()).await {
            Ok(desk) => {
                opening.phase = AppPhase::Ready;
                self.open(app, desk);
            }
            Err(CommandError::Keychain { detail }) => {
                opening.phase = AppPhase::Locked;
                opening.keychain_problem = Some(detail);
            }
            Err(error) => return Err(error),
        }
        Ok(opening)
    }

    /// Takes over an opened desk: builds its search index and passes its changes on to the window.
    pub fn open(&self, app: &AppHandle, desk: Arc<Desk>) {
        desk.start_searching();
        desk.start_purging();
        desk.start_sending();
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

/// The passcode, where whoever starts the app gives it with the environment, as they do for the command line: kiosks,
/// scripts and tests.
fn passcode_from_environment() -> Option<String> {
    std::env::var("LIAISON_PASSCODE").ok().filter(|passcode| !passcode.is_empty())
}
