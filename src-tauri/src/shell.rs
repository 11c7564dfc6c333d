//! What the window's commands share: the desk, once it is open.

use liaison_app::backup::Look;
use liaison_app::start::{self, AppPhase};
use liaison_app::{CacheTag, CommandError, Desk, Progress};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tauri::AppHandle;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tauri_specta::Event;
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;

/// What is not on the first screen waits for the rows on it to be read, at most this long.
const FIRST_ROWS: Duration = Duration::from_secs(2);
/// And so long again for them to be drawn.
const DRAWN: Duration = Duration::from_millis(400);

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
    /// What was begun before there was a window; whoever asks first takes it.
    opening: tokio::sync::Mutex<Option<JoinHandle<Result<Unasked, CommandError>>>>,
    rows_read: Arc<Notify>,
    /// The backup file somebody chose in a dialog; the page hears its name only.
    chosen_backup: Mutex<Option<PathBuf>>,
    /// A backup that somebody looks into.
    pub look: tokio::sync::Mutex<Option<Look>>,
}

/// A desk that nobody had to type for, where there is one.
type Unasked = (Opening, Option<Arc<Desk>>);

/// What stands between the person and the desk.
pub struct Opening {
    /// Set up first, unlock, or nothing.
    pub phase: AppPhase,
    /// Why it did not open by itself.
    pub problem: Option<OpeningProblem>,
}

/// Why the desk did not open by itself, where it should have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OpeningProblem {
    /// The keychain did not give the key.
    Keychain {
        /// The keychain's words.
        detail: String,
    },
    /// Whoever works on this computer is deactivated, and nobody has a passcode.
    NoLongerStaff,
}

impl Shell {
    /// A shell that begins at once to open its desk, where that needs nobody to type: deriving a key takes as long as
    /// making a window.
    pub fn opening(directory: PathBuf, open_file: Option<PathBuf>) -> Shell {
        let begun = {
            let directory = directory.clone();
            tauri::async_runtime::spawn(async move { unasked(&directory).await })
        };
        Shell {
            directory,
            open_file: Mutex::new(open_file),
            desk: Mutex::new(None),
            locked: AtomicBool::new(false),
            opening: tokio::sync::Mutex::new(Some(begun)),
            rows_read: Arc::default(),
            chosen_backup: Mutex::default(),
            look: tokio::sync::Mutex::default(),
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

    /// The backup file that was chosen last.
    pub fn chosen_backup(&self) -> Option<PathBuf> {
        self.chosen_backup.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Keeps the backup file that somebody chose.
    pub fn choose_backup(&self, file: PathBuf) {
        *self.chosen_backup.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(file);
    }

    /// Lets go of a desk that was closed: whoever asks next opens what is there now.
    pub fn let_go(&self) {
        self.slot().take();
        self.locked.store(false, Ordering::Release);
    }

    /// The desk, locked or not.
    pub fn present(&self) -> Option<Arc<Desk>> {
        self.slot().clone()
    }

    /// Locks the desk. Its search index stays in memory and what is under way goes on, so that unlocking takes no time.
    ///
    /// Errors: as [`Desk::lock`].
    pub async fn lock(&self) -> Result<(), CommandError> {
        match self.desk()?.lock().await {
            Err(error @ CommandError::NotFound { .. }) => return Err(error),
            // What can't be written down must not keep the desk open.
            Err(error) => tracing::warn!("the lock is not in the journal: {error}"),
            Ok(()) => {}
        }
        self.locked.store(true, Ordering::Release);
        Ok(())
    }

    /// Closes the desk behind its lock: the recovery key works on one that nobody has open.
    ///
    /// Errors: `RecoveryKey` where the desk is not locked.
    pub async fn put_away(&self) -> Result<(), CommandError> {
        if self.desk().is_ok() {
            return Err(CommandError::RecoveryKey);
        }
        let desk = self.slot().take();
        match desk {
            Some(desk) => desk.close().await,
            None => Ok(()),
        }
    }

    /// The desk with another person at it, unlocked.
    pub fn hand_over(&self, desk: Arc<Desk>) {
        // What sends mail goes with the desk it was started on.
        desk.start_sending();
        *self.slot() = Some(desk);
        self.locked.store(false, Ordering::Release);
    }

    /// Opens the desk where that needs nobody to type. Whoever asks while it is being opened waits for the answer.
    pub async fn open_unasked(&self, app: &AppHandle) -> Result<Opening, CommandError> {
        let mut begun = self.opening.lock().await;
        if self.locked.load(Ordering::Acquire) {
            return Ok(Opening { phase: AppPhase::Locked, problem: None });
        }
        if self.desk().is_ok() {
            return Ok(Opening { phase: AppPhase::Ready, problem: None });
        }
        let (opening, desk) = match begun.take() {
            Some(begun) => match begun.await {
                Ok(Ok(opened)) => opened,
                // The app that was closed a moment ago may have been writing still. What goes wrong now is told.
                _ => unasked(&self.directory).await?,
            },
            None => unasked(&self.directory).await?,
        };
        if let Some(desk) = desk {
            self.open(app, desk);
        }
        Ok(opening)
    }

    /// Rows of a list were read for the window.
    pub fn rows_were_read(&self) {
        self.rows_read.notify_waiters();
    }

    /// Takes over an opened desk: passes its changes on to the window and, once the first screen is there, builds its
    /// search index, empties the trash and sends mail. Whoever searches before has the index built at once.
    pub fn open(&self, app: &AppHandle, desk: Arc<Desk>) {
        let (mut changes, app) = (desk.changes(), app.clone());
        let (later, rows_read) = (Arc::clone(&desk), Arc::clone(&self.rows_read));
        *self.slot() = Some(desk);
        self.locked.store(false, Ordering::Release);
        tauri::async_runtime::spawn(async move {
            if tokio::time::timeout(FIRST_ROWS, rows_read.notified()).await.is_ok() {
                tokio::time::sleep(DRAWN).await;
            }
            later.start_searching();
            later.start_purging();
            later.start_sending();
            later.start_backing_up();
        });
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
        let begun = self.opening.lock().await.take();
        let unasked = match begun {
            Some(begun) => begun.await.ok().and_then(Result::ok).and_then(|(_, desk)| desk),
            None => None,
        };
        let desk = self.slot().take().or(unasked);
        let Some(desk) = desk else { return };
        if let Err(error) = desk.back_up_before_closing().await {
            tracing::warn!("backing up before closing: {error}");
        }
        if let Err(error) = desk.close().await {
            tracing::warn!("closing the database: {error}");
        }
    }
}

/// Opens the desk in `directory` where its key is in the keychain, or the environment has the passcode.
async fn unasked(directory: &Path) -> Result<Unasked, CommandError> {
    let mut opening = Opening { phase: start::phase(directory)?, problem: None };
    let passcode = match opening.phase {
        AppPhase::Setup => return Ok((opening, None)),
        AppPhase::Locked => match passcode_from_environment() {
            Some(passcode) => Some(passcode),
            None => return Ok((opening, None)),
        },
        AppPhase::Ready => None,
    };
    match start::open(directory, passcode.as_deref()).await {
        Ok(desk) => {
            opening.phase = AppPhase::Ready;
            Ok((opening, Some(desk)))
        }
        Err(CommandError::Keychain { detail }) => {
            Ok((Opening { phase: AppPhase::Locked, problem: Some(OpeningProblem::Keychain { detail }) }, None))
        }
        Err(CommandError::NoLongerStaff) => {
            Ok((Opening { phase: AppPhase::Locked, problem: Some(OpeningProblem::NoLongerStaff) }, None))
        }
        Err(error) => Err(error),
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
