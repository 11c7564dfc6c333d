//! What the window's commands share: the desk, once it is open.

mod presence;
mod watch;

use crate::events::{FileDrag, FileGiven, FilesDragged, News, RecordsChanged};
use crate::files::{NamedFile, NamedFiles, Purpose};
use crate::outside::Outside;
use liaison_app::backup::Look;
use liaison_app::phase;
use liaison_app::phase::AppPhase;
use liaison_app::start;
use liaison_app::{CacheTag, CommandError, Progress, Session, background, backup, security};
use liaison_domain::Id;
use presence::Presence;
use serde::Serialize;
use specta::Type;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;
use tauri::DragDropEvent;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use zeroize::Zeroizing;

/// What is not on the first screen waits for the rows on it to be read, at most this long.
const FIRST_ROWS: Duration = Duration::from_secs(2);
/// And so long again for them to be drawn.
const DRAWN: Duration = Duration::from_millis(400);

/// The state of the shell.
pub struct Shell {
    /// The files somebody named for commands to come.
    pub files: NamedFiles,
    outside: OnceLock<Arc<dyn Outside<Shell>>>,
    directory: PathBuf,
    open_file: Mutex<Option<PathBuf>>,
    session: Mutex<Option<Session>>,
    /// The window shows nothing of the desk until somebody unlocks it.
    locked: AtomicBool,
    /// Held while a desk is closed behind the lock: it is opened anew after that.
    closing: Arc<tokio::sync::Mutex<()>>,
    presence: Presence,
    /// The passcode that the app was started with, until it has opened the desk.
    passcode: Arc<Mutex<Option<Zeroizing<String>>>>,
    /// What was begun before there was a window; whoever asks first takes it.
    opening: tokio::sync::Mutex<Option<JoinHandle<Result<Unasked, CommandError>>>>,
    rows_read: Arc<Notify>,
    /// The backup file somebody chose in a dialog; the page hears its name only.
    chosen_backup: Mutex<Option<PathBuf>>,
    /// A backup that somebody looks into.
    pub look: tokio::sync::Mutex<Option<Look>>,
}

/// A desk that nobody had to type for, where there is one.
type Unasked = (Opening, Option<Session>);

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
    pub fn opening(directory: PathBuf, open_file: Option<PathBuf>, passcode: Option<Zeroizing<String>>) -> Shell {
        let passcode = Arc::new(Mutex::new(passcode));
        let begun = {
            let (directory, passcode) = (directory.clone(), Arc::clone(&passcode));
            tauri::async_runtime::spawn(async move { unasked(&directory, &passcode).await })
        };
        Shell {
            files: NamedFiles::default(),
            outside: OnceLock::new(),
            directory,
            open_file: Mutex::new(open_file),
            session: Mutex::new(None),
            locked: AtomicBool::new(false),
            closing: Arc::default(),
            presence: Presence::default(),
            passcode,
            opening: tokio::sync::Mutex::new(Some(begun)),
            rows_read: Arc::default(),
            chosen_backup: Mutex::default(),
            look: tokio::sync::Mutex::default(),
        }
    }

    /// Says what is around the shell, once there is an app.
    pub fn stand_in(&self, outside: impl Outside<Shell> + 'static) {
        // The first one stays: an app has one shell, and a shell one app.
        let _ = self.outside.set(Arc::new(outside));
    }

    /// What is around the shell; none before there is an app.
    pub fn outside(&self) -> Option<Arc<dyn Outside<Shell>>> {
        self.outside.get().map(Arc::clone)
    }

    fn tell(&self, news: News) {
        if let Some(outside) = self.outside() {
            outside.tell(news);
        }
    }

    /// The directory of the database.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The file the app was opened with; given once.
    pub fn take_open_file(&self) -> Option<NamedFile> {
        let file = self.open_file.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()?;
        Some(self.files.name(Purpose::Reading, file))
    }

    /// Tells the window about files dragged over it; once they are dropped, it may read the first. While the desk is
    /// locked they are nothing to it.
    pub fn drag(&self, event: &DragDropEvent) {
        if self.session().is_ok()
            && let Some(drag) = self.dragged(event)
        {
            self.tell(News::Dragged(FilesDragged(drag)));
        }
    }

    fn dragged(&self, event: &DragDropEvent) -> Option<FileDrag> {
        match event {
            // Text and pictures dragged within the page have no paths.
            DragDropEvent::Enter { paths, .. } if paths.is_empty() => None,
            DragDropEvent::Enter { .. } | DragDropEvent::Over { .. } => Some(FileDrag::Over),
            DragDropEvent::Drop { paths, .. } => {
                let file = self.files.name(Purpose::Reading, paths.first()?.clone());
                Some(FileDrag::Dropped { file, several: paths.len() > 1 })
            }
            DragDropEvent::Leave => Some(FileDrag::Left),
            _ => None,
        }
    }

    /// Takes a file that came while the app runs: the window is told, or, while it shows nothing of the desk, finds the
    /// file once it does.
    pub fn give_file(&self, file: PathBuf) {
        if self.session().is_err() {
            *self.open_file.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(file);
        } else {
            self.tell(News::FileGiven(FileGiven(self.files.name(Purpose::Reading, file))));
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Session>> {
        // The slot is set in one step; a panic can't leave it half set.
        self.session.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The desk; `Locked` before it is open, and while it is locked.
    pub fn session(&self) -> Result<Session, CommandError> {
        let session = if self.locked.load(Ordering::Acquire) { None } else { self.present() };
        session.ok_or(CommandError::Locked)
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
    pub fn present(&self) -> Option<Session> {
        self.slot().clone()
    }

    /// Locks the desk: connections, search indexes and the key go with it, and unlocking opens it anew. What is being
    /// written is written to its end first, behind the lock.
    ///
    /// Errors: as [`Desk::lock`].
    pub async fn lock(&self) -> Result<(), CommandError> {
        match security::lock(&self.session()?).await {
            Err(error @ CommandError::NotFound { .. }) => return Err(error),
            // What can't be written down must not keep the desk open.
            Err(error) => tracing::warn!("the lock is not in the journal: {error}"),
            Ok(()) => {}
        }
        // From here on, whoever unlocks it waits until it is closed.
        let closing = Arc::clone(&self.closing).lock_owned().await;
        self.locked.store(true, Ordering::Release);
        self.forget_chosen();
        let session = self.slot().take();
        self.look_away().await;
        tauri::async_runtime::spawn(async move {
            if let Some(session) = session {
                back_up_and_close(&session).await;
            }
            drop(closing);
        });
        Ok(())
    }

    /// Closes the backup that somebody looks into.
    async fn look_away(&self) {
        if let Some(look) = self.look.lock().await.take()
            && let Err(error) = look.close().await
        {
            tracing::warn!("closing a backup: {error}");
        }
    }

    /// Waits until the desk that was locked is closed: only then can it be opened anew, or its files be replaced.
    ///
    /// Errors: `RecoveryKey` where the desk is open.
    pub async fn put_away(&self) -> Result<(), CommandError> {
        if self.session().is_ok() {
            return Err(CommandError::RecoveryKey);
        }
        drop(self.closing.lock().await);
        Ok(())
    }

    /// Opens the desk to whoever's passcode it is, or hands over the one that is open.
    pub async fn unlock(&self, passcode: &str) -> Result<(), CommandError> {
        match self.session() {
            Ok(session) => {
                let theirs = start::switch(&session, passcode).await?;
                self.look_away().await;
                self.hand_over(theirs);
            }
            Err(_) => {
                self.put_away().await?;
                self.open(start::open(&self.directory, Some(passcode)).await?);
            }
        }
        Ok(())
    }

    /// Hands the open desk to somebody chosen by name, with their passcode.
    pub async fn switch_to(&self, person: Id, passcode: &str) -> Result<(), CommandError> {
        let theirs = start::person_switch(&self.session()?, person, passcode).await?;
        self.look_away().await;
        self.hand_over(theirs);
        Ok(())
    }

    /// Whoever comes next gets nothing that somebody else chose.
    fn forget_chosen(&self) {
        self.files.clear();
        self.chosen_backup.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
    }

    /// The desk with another person at it, unlocked.
    pub fn hand_over(&self, session: Session) {
        background::start_background_work(&session);
        self.forget_chosen();
        *self.slot() = Some(session);
        self.locked.store(false, Ordering::Release);
    }

    /// Opens the desk where that needs nobody to type. Whoever asks while it is being opened waits for the answer.
    pub async fn open_unasked(&self) -> Result<Opening, CommandError> {
        let mut begun = self.opening.lock().await;
        if self.locked.load(Ordering::Acquire) {
            return Ok(Opening { phase: AppPhase::Locked, problem: None });
        }
        if self.session().is_ok() {
            return Ok(Opening { phase: AppPhase::Ready, problem: None });
        }
        let (opening, session) = match begun.take() {
            Some(begun) => match begun.await {
                Ok(Ok(opened)) => opened,
                // The app that was closed a moment ago may have been writing still. What goes wrong now is told.
                _ => unasked(&self.directory, &self.passcode).await?,
            },
            None => unasked(&self.directory, &self.passcode).await?,
        };
        if let Some(session) = session {
            self.open(session);
        }
        Ok(opening)
    }

    /// Rows of a list were read for the window.
    pub fn rows_were_read(&self) {
        self.rows_read.notify_waiters();
    }

    /// Takes over an opened desk: passes its changes on to the window and, once the first screen is there, builds its
    /// search index, empties the trash and sends mail. Whoever searches before has the index built at once.
    pub fn open(&self, session: Session) {
        let (mut changes, outside) = (session.engine().changes(), self.outside());
        let (later, rows_read) = (session.downgrade(), Arc::clone(&self.rows_read));
        self.watch_over();
        *self.slot() = Some(session);
        self.touch();
        self.locked.store(false, Ordering::Release);
        tauri::async_runtime::spawn(async move {
            if tokio::time::timeout(FIRST_ROWS, rows_read.notified()).await.is_ok() {
                tokio::time::sleep(DRAWN).await;
            }
            // It may have been locked meanwhile.
            let Some(later) = later.upgrade() else { return };
            later.engine().start_searching();
            background::start_background_work(&later);
        });
        tauri::async_runtime::spawn(async move {
            loop {
                let tags = match changes.recv().await {
                    Ok(tags) => tags,
                    // Too many to follow: everything may have changed.
                    Err(RecvError::Lagged(_)) => CacheTag::ALL.to_vec(),
                    Err(RecvError::Closed) => return,
                };
                if let Some(outside) = &outside {
                    outside.tell(News::Changed(RecordsChanged(tags)));
                }
            }
        });
    }

    /// Closes the desk.
    pub async fn close(&self) {
        let begun = self.opening.lock().await.take();
        let unasked = match begun {
            Some(begun) => begun.await.ok().and_then(Result::ok).and_then(|(_, session)| session),
            None => None,
        };
        drop(self.closing.lock().await);
        let session = self.slot().take().or(unasked);
        if let Some(session) = session {
            back_up_and_close(&session).await;
        }
    }
}

/// Closes a desk; what was changed since the last backup is backed up first.
async fn back_up_and_close(session: &Session) {
    if let Err(error) = backup::back_up_before_closing(session).await {
        tracing::warn!("backing up before closing: {error}");
    }
    if let Err(error) = session.engine().close().await {
        tracing::warn!("closing the database: {error}");
    }
}

/// Opens the desk in `directory` where its key is in the keychain, or the environment has the passcode.
async fn unasked(directory: &Path, given: &Mutex<Option<Zeroizing<String>>>) -> Result<Unasked, CommandError> {
    let mut opening = Opening { phase: phase::phase(directory)?, problem: None };
    let passcode = match opening.phase {
        AppPhase::Setup => return Ok((opening, None)),
        AppPhase::Locked => match given.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone() {
            Some(passcode) => Some(passcode),
            None => return Ok((opening, None)),
        },
        AppPhase::Ready => None,
    };
    match start::open(directory, passcode.as_deref().map(String::as_str)).await {
        Ok(session) => {
            *given.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = None;
            opening.phase = AppPhase::Ready;
            Ok((opening, Some(session)))
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
