//! Putting a backup in the place of the database.

use super::here::Here;
use super::make;
use super::opened::{Opened, Purpose};
use liaison_domain::backup::{BackupProblem, BackupReason, ERASED_DAYS};
use liaison_domain::{OperationKind, Permission, RecordKind};
use liaison_engine::clock;
use liaison_engine::error::CommandError;
use liaison_engine::moment::{new_id, now};
use liaison_engine::session::Session;
use liaison_queries::outbox;
use liaison_store::backup::{self, Aside, Staged};
use liaison_store::{Intent, Recorder, StoreError, chain, journal, operations, table};
use serde::Serialize;
use specta::Type;
use std::path::Path;

/// Why messages that waited when a backup was made are unclear after it was restored: a key.
const RESTORED: &str = "restored";

/// What a restore would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RestorePreview {
    /// When the backup was made, in milliseconds since 1970.
    pub made_at: i64,
    /// How many contacts it has, without those in the trash.
    pub contacts: u32,
    /// How many employers it has, without those in the trash.
    pub employers: u32,
    /// When something was last changed in it, in milliseconds since 1970.
    pub changed_at: Option<i64>,
    /// How many changes were made after it that would be lost; none where it is not known, because the database here
    /// can't be read or is another one.
    pub lost: Option<u32>,
    /// Messages that wait in it: afterwards nobody knows whether they were sent.
    pub messages: u32,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RestoreDone {
    /// When the backup was made, in milliseconds since 1970.
    pub made_at: i64,
    /// The backup that was made of what was there before.
    pub backup: Option<String>,
    /// Where the files of what was there before lie, where no backup could be made of it.
    pub aside: Option<String>,
    /// After how many days those are removed; none where nobody removes them.
    pub aside_days: Option<u32>,
    /// Messages that are unclear now.
    pub messages: u32,
}

/// What restoring a backup in `directory` would do, whose desk is not open. `secret` opens the backup: a passcode of the
/// time it was made, or the recovery key; none where its key is in the keychain.
///
/// Errors: `Backup`, `TooNew`, `WrongPasscode`, `TooSoon`, `Locked`, `Busy`, `Keychain`; `NoLongerStaff` and `Denied`
/// where those who work here now don't let whoever came do that. No database is changed.
pub async fn preview(directory: &Path, file: &Path, secret: Option<&str>) -> Result<RestorePreview, CommandError> {
    let (opened, here) = Opened::beside_files(directory, file, secret, Purpose::Restore).await?;
    let seen = preview_of(&opened, here.session()).await;
    here.close().await?;
    opened.close().await?;
    seen
}

/// Puts the backup in the place of the database in `directory`, which no other process may have open. What is there is
/// backed up first; where that can't be, because it is damaged or has another key, its files are moved aside. `secret`
/// as for [`preview`]. From then on the passcodes of the backup open the database.
///
/// Errors: as [`preview`], and `Storage`. What is there stays as it is then.
pub async fn restore(directory: &Path, file: &Path, secret: Option<&str>) -> Result<RestoreDone, CommandError> {
    backup::finish_restore(directory)?;
    let (opened, here) = Opened::beside_files(directory, file, secret, Purpose::Restore).await?;
    let ready = make_ready(opened).await;
    let kept = match (here.session(), &ready) {
        (Some(session), Ok(_)) => make::back_up(session, BackupReason::Restore).await.ok(),
        _ => None,
    };
    let aside = match &here {
        Here::Other => Aside::Other,
        Here::Whole(_) | Here::Nothing | Here::Damaged => Aside::Replaced,
    };
    here.close().await?;
    finish(directory, ready?, kept.map(|(path, _)| path.to_string_lossy().into_owned()), aside)
}

/// As [`restore`], of a desk that is open; it is closed. Where `secret` is none, the key of the desk opens the backup.
pub async fn restore_open(session: &Session, file: &Path, secret: Option<&str>) -> Result<RestoreDone, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let ready = make_ready(Opened::beside_desk(session, file, secret, Purpose::Restore).await?).await?;
    let (path, _) = make::back_up(session, BackupReason::Restore).await?;
    session.engine().close().await?;
    finish(session.directory(), ready, Some(path.to_string_lossy().into_owned()), Aside::Replaced)
}

/// A backup that is ready to take the place of the database.
struct Ready {
    staged: Staged,
    /// Messages that are unclear now.
    messages: u32,
}

/// Checks the backup and makes it ready to take the place of the database.
async fn make_ready(opened: Opened) -> Result<Ready, CommandError> {
    let mut ready = change(&opened).await;
    if ready.is_ok()
        && let Err(error) = opened.database.reset_head().await
    {
        ready = Err(error.into());
    }
    // Writes the log back: the file is whole without it.
    let staged = opened.close().await?;
    Ok(Ready { staged, messages: ready? })
}

/// How many messages are unclear now.
async fn change(Opened { staged, database, actor }: &Opened) -> Result<u32, CommandError> {
    if let Some(problem) = database.read(chain::check_chain).await?.problem {
        tracing::error!("a backup: {problem}");
        return Err(StoreError::from(BackupProblem::NotWhole).into());
    }
    let now = now();
    let intent = Intent {
        id: new_id(now),
        now,
        actor: actor.staff,
        kind: OperationKind::BackupRestore,
        detail: staged.head.made_at.to_string(),
        undoes: None,
    };
    let messages = database
        .write(|db| {
            Recorder::begin(db, intent)?.finish()?;
            clock::forget_believed(db)?;
            outbox::restored(db, now as i64, RESTORED)
        })
        .await?;
    Ok(messages as u32)
}

fn finish(
    directory: &Path,
    Ready { staged, messages }: Ready,
    kept: Option<String>,
    aside: Aside,
) -> Result<RestoreDone, CommandError> {
    let made_at = staged.head.made_at;
    let days = match aside {
        Aside::Replaced => Some(ERASED_DAYS as u32),
        Aside::Other => None,
    };
    let aside = backup::aside_name(aside, now() as i64);
    tokio::task::block_in_place(|| backup::replace(directory, staged, &aside))?;
    let aside = directory.join(aside);
    if kept.is_some() {
        // All of it is in a backup that was checked.
        std::fs::remove_dir_all(&aside).map_err(StoreError::from)?;
    }
    let aside = aside.exists().then(|| aside.to_string_lossy().into_owned());
    let aside_days = days.filter(|_| aside.is_some());
    Ok(RestoreDone { made_at, backup: kept, aside, aside_days, messages })
}

async fn preview_of(opened: &Opened, here: Option<&Session>) -> Result<RestorePreview, CommandError> {
    let seen = opened.database.read(|db| {
        let last = operations::last(db)?;
        let preview = RestorePreview {
            made_at: opened.staged.head.made_at,
            contacts: table::count(db, RecordKind::Contact)?,
            employers: table::count(db, RecordKind::Employer)?,
            changed_at: journal::last_told(db)?,
            lost: None,
            messages: outbox::unsent(db)?,
        };
        Ok((preview, last))
    });
    let (mut preview, last) = seen.await?;
    if let (Some(session), Some((n, chain))) = (here, last) {
        let lost = session.engine().database().read(|db| {
            let same = operations::link(db, n)?.is_some_and(|link| link == chain);
            let later = operations::count_changing_after(db, n)?;
            Ok(same.then_some(later))
        });
        preview.lost = lost.await?;
    }
    Ok(preview)
}

/// What restoring a backup would do. Where `secret` is none, the key of this desk opens it.
///
/// Errors: as [`preview`].
pub async fn backup_preview(
    session: &Session,
    file: &Path,
    secret: Option<&str>,
) -> Result<RestorePreview, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let opened = Opened::beside_desk(session, file, secret, Purpose::Restore).await?;
    let seen = preview_of(&opened, Some(session)).await;
    opened.close().await?;
    seen
}
