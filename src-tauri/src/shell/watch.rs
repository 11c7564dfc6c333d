//! Whether somebody is there: the timer of the lock. It does not need the window: one that shows something else, or
//! nothing, is locked all the same.

use super::Shell;
use super::presence::Touched;
use crate::events::{Locked, News};
use liaison_app::CommandError;
use liaison_app::security;
use liaison_app::security::AUTO_LOCK_MINUTES;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How often it is looked whether somebody is still there.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl Shell {
    /// Somebody touched mouse or keys: the desk is neither left alone nor at rest. What the page asks for by itself says
    /// nothing about that.
    pub fn touch(&self) {
        if let Ok(session) = self.session() {
            session.engine().touch();
        }
        *self.presence.touched.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Touched::default();
    }

    fn left_for(&self) -> Duration {
        self.presence.touched.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).since()
    }

    /// Sees to it from now on that what was left alone is closed, and the window told.
    pub fn watch_over(&self) {
        let Some(outside) = self.outside() else { return };
        if self.presence.watched.swap(true, Ordering::AcqRel) {
            return;
        }
        tauri::async_runtime::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                match outside.shell().lock_if_left().await {
                    Ok(false) => {}
                    Ok(true) => outside.tell(News::Locked(Locked)),
                    Err(error) => tracing::warn!("the desk that nobody touched is still open: {error}"),
                }
            }
        });
    }

    /// Locks the desk where nobody has touched it for as long as was chosen; whether it did. A backup that somebody
    /// looks into before there is a desk is closed after as long.
    ///
    /// Errors: as [`Shell::lock`].
    async fn lock_if_left(&self) -> Result<bool, CommandError> {
        let left = self.left_for();
        let Ok(session) = self.session() else {
            if left >= minutes(AUTO_LOCK_MINUTES) {
                self.look_away().await;
            }
            return Ok(false);
        };
        let chosen = security::security(&session).await?.auto_lock_minutes;
        drop(session);
        if chosen == 0 || left < minutes(chosen) {
            return Ok(false);
        }
        self.lock().await.map(|()| true)
    }
}

fn minutes(minutes: u32) -> Duration {
    Duration::from_secs(u64::from(minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_app::Session;
    use liaison_app::start::{self, SetupInput};
    use liaison_app::{idle, names};
    use std::path::Path;
    use std::time::{Instant, SystemTime};

    const PASSCODE: &str = "twelve quiet owls";

    async fn opened(directory: &Path) -> (Shell, Session) {
        let input = SetupInput {
            institution: "Northfield University".into(),
            first_name: "Ada".into(),
            last_name: "Berg".into(),
            email: "ada@northfield.example".into(),
            time_zone: None,
            passcode: Some(PASSCODE.into()),
            sample_contacts: None,
        };
        let (session, _) = start::set_up(directory, &input).await.expect("a desk");
        let shell = Shell::opening(directory.to_owned(), None, None);
        *shell.slot() = Some(session.clone());
        (shell, session)
    }

    fn leave(shell: &Shell, seconds: u64) {
        let wall = SystemTime::now() - Duration::from_secs(seconds);
        *shell.presence.touched.lock().expect("a moment") = Touched { steady: Instant::now(), wall };
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_page_asks_for_by_itself_keeps_nobody_at_the_desk() {
        let directory = tempfile::tempdir().expect("a directory");
        let (shell, session) = opened(directory.path()).await;
        let begin = session.now();
        session.engine().set_clock(Some(begin));
        shell.touch();
        session.engine().set_clock(Some(begin + 6 * 60_000));
        // The page reads on, and the lock looks: neither is somebody.
        shell.session().expect("open");
        assert_eq!(shell.lock_if_left().await, Ok(false));
        assert!(idle::check_at_rest(&session, false).await.expect("looked").is_some(), "it was at rest");
        session.engine().set_clock(Some(begin + 8 * 24 * 60 * 60_000));
        shell.touch();
        assert_eq!(idle::check_at_rest(&session, false).await, Ok(None), "somebody is there");
        session.engine().close().await.expect("closed");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_desk_left_alone_is_closed_and_its_files_are_anybodys_again() {
        let directory = tempfile::tempdir().expect("a directory");
        let (shell, session) = opened(directory.path()).await;
        security::security_set(&session, 1).await.expect("a minute");
        leave(&shell, 55);
        assert_eq!(shell.lock_if_left().await, Ok(false));
        shell.choose_backup("somewhere.liaison-backup".into());
        leave(&shell, 61);
        assert_eq!(shell.lock_if_left().await, Ok(true));
        assert!(matches!(shell.session(), Err(CommandError::Locked)));
        assert_eq!(shell.chosen_backup(), None, "whoever comes next gets nothing that was chosen");
        shell.put_away().await.expect("closed");
        assert_eq!(names::institution(&session).await, Err(CommandError::Locked), "its connections are gone");
        let again = start::open(directory.path(), Some(PASSCODE)).await.expect("nobody holds it");
        again.engine().close().await.expect("closed");
    }
}
