//! Putting a backup in the place of the database.

use crate::clock;
use crate::desk::{Desk, new_id, now};
use crate::error::CommandError;
use crate::start;
use chrono::DateTime;
use liaison_domain::backup::{BackupProblem, BackupReason};
use liaison_domain::{Actor, OperationKind, Permission};
use liaison_store::backup::{self, Staged};
use liaison_store::key::{self, Holder, RawKey};
use liaison_store::{Database, Intent, Recorder, Sql, StoreError, chain, outbox};
use serde::Serialize;
use specta::Type;
use std::path::Path;
use std::sync::Arc;

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
    /// Messages that are unclear now.
    pub messages: u32,
}

/// What opens a backup.
pub(super) enum Opener<'a> {
    /// A passcode or the recovery key of the time it was made; none where its key is in the keychain.
    Secret(Option<&'a str>),
    /// The key of a database that is open.
    Of(&'a Desk),
}

impl Opener<'_> {
    /// The key, and what it was unwrapped with; nothing where it is that of an open desk.
    pub(super) fn key(&self, staged: &Staged) -> Result<(Option<RawKey>, Option<Holder>), StoreError> {
        match self {
            Opener::Secret(secret) => {
                let unlocked = key::load(staged.directory(), *secret)?;
                Ok((Some(unlocked.key), Some(unlocked.holder)))
            }
            Opener::Of(desk) => Ok((desk.database.key().cloned(), None)),
        }
    }

    /// Who opens it; `None` for who did not work there then.
    pub(super) async fn actor(&self, database: &Database, holder: Option<Holder>) -> Result<Option<Actor>, StoreError> {
        match (self, holder) {
            (Opener::Of(desk), _) => Ok(Some(desk.actor)),
            (Opener::Secret(_), Some(holder)) => database.read(|db| start::actor_of(db, holder)).await,
            (Opener::Secret(_), None) => Ok(None),
        }
    }
}

/// What restoring a backup in `directory` would do. `secret` opens the backup: a passcode of the time it was made, or the
/// recovery key; none where its key is in the keychain.
///
/// Errors: `Backup`, `TooNew`, `WrongPasscode`, `Locked`, `Busy`, `Keychain`. No database is changed.
pub async fn preview(directory: &Path, file: &Path, secret: Option<&str>) -> Result<RestorePreview, CommandError> {
    let here = open_to_save(directory, secret).await.ok();
    let seen = look(directory, file, &Opener::Secret(secret), here.as_deref()).await;
    if let Some(desk) = here {
        desk.close().await?;
    }
    seen
}

/// Puts the backup in the place of the database in `directory`, which no other process may have open. What is there is
/// backed up first; where that can't be, because it is damaged or `secret` does not open it, its files are moved aside.
/// `secret` as for [`preview`]. From then on the passcodes of the backup open the database.
///
/// Errors: as [`preview`], and `Storage`. What is there stays as it is then.
pub async fn restore(directory: &Path, file: &Path, secret: Option<&str>) -> Result<RestoreDone, CommandError> {
    backup::finish_restore(directory)?;
    let (staged, made_at, messages) = prepare(directory, file, &Opener::Secret(secret)).await?;
    let kept = match open_to_save(directory, secret).await {
        Ok(desk) => {
            let kept = desk.back_up(BackupReason::Restore).await;
            desk.close().await?;
            kept.ok()
        }
        Err(CommandError::Busy) => return Err(CommandError::Busy),
        Err(_) => None,
    };
    finish(directory, staged, made_at, messages, kept.map(|(path, _)| path.to_string_lossy().into_owned()))
}

/// As [`restore`], of a desk that is open; it is closed. Where `secret` is none, the key of the desk opens the backup.
pub async fn restore_open(desk: &Arc<Desk>, file: &Path, secret: Option<&str>) -> Result<RestoreDone, CommandError> {
    desk.actor.require(Permission::ManageSettings)?;
    let opener = secret.map_or(Opener::Of(desk), |secret| Opener::Secret(Some(secret)));
    let (staged, made_at, messages) = prepare(desk.directory(), file, &opener).await?;
    let (path, _) = desk.back_up(BackupReason::Restore).await?;
    desk.close().await?;
    finish(desk.directory(), staged, made_at, messages, Some(path.to_string_lossy().into_owned()))
}

/// Opens what is in `directory` to look at it and to back it up, whatever opens it: also the recovery key.
async fn open_to_save(directory: &Path, secret: Option<&str>) -> Result<Arc<Desk>, CommandError> {
    let unlocked = tokio::task::block_in_place(|| key::load(directory, secret))?;
    let database = Database::open_existing(directory, Some(&unlocked.key)).await?;
    Ok(Arc::new(Desk::new(database, directory.to_owned(), Actor::recovery_key())))
}

/// Unpacks the backup, checks it and makes it ready to take the place of the database.
async fn prepare(directory: &Path, file: &Path, opener: &Opener<'_>) -> Result<(Staged, i64, u32), CommandError> {
    let staged = tokio::task::block_in_place(|| backup::stage(directory, file))?;
    let (key, holder) = tokio::task::block_in_place(|| opener.key(&staged))?;
    let database = Database::open_copy(staged.directory(), key.as_ref()).await?;
    let made_at = staged.head.made_at;
    let mut ready = match opener.actor(&database, holder).await {
        Ok(Some(actor)) => ready(&database, actor, made_at).await,
        Ok(None) => Err(CommandError::NoLongerStaff),
        Err(error) => Err(error.into()),
    };
    if ready.is_ok()
        && let Err(error) = database.reset_head().await
    {
        ready = Err(error.into());
    }
    // Writes the log back: the file is whole without it.
    database.close().await?;
    Ok((staged, made_at, ready?))
}

/// How many messages are unclear now.
async fn ready(database: &Database, actor: Actor, made_at: i64) -> Result<u32, CommandError> {
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
        detail: made_at.to_string(),
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
    staged: Staged,
    made_at: i64,
    messages: u32,
    kept: Option<String>,
) -> Result<RestoreDone, CommandError> {
    let at = DateTime::from_timestamp_millis(now() as i64).unwrap_or_default();
    let aside = format!("replaced-{}", at.format("%Y%m%dT%H%M%SZ"));
    tokio::task::block_in_place(|| backup::replace(directory, staged, &aside))?;
    let aside = directory.join(aside);
    if kept.is_some() {
        // All of it is in a backup that was checked.
        std::fs::remove_dir_all(&aside).map_err(StoreError::from)?;
    }
    let aside = aside.exists().then(|| aside.to_string_lossy().into_owned());
    Ok(RestoreDone { made_at, backup: kept, aside, messages })
}

async fn look(
    directory: &Path,
    file: &Path,
    opener: &Opener<'_>,
    here: Option<&Desk>,
) -> Result<RestorePreview, CommandError> {
    let staged = tokio::task::block_in_place(|| backup::stage(directory, file))?;
    let (key, _) = tokio::task::block_in_place(|| opener.key(&staged))?;
    let database = Database::open_copy(staged.directory(), key.as_ref()).await?;
    let seen = database
        .read(|db| {
            let count = |sql| Ok::<u32, StoreError>(db.number(sql, &[])? as u32);
            let last = db.first("SELECT n,chain,time FROM operation ORDER BY n DESC LIMIT 1", &[], |row| {
                Ok((row.int(0), row.blob(1).to_owned(), liaison_domain::Hlc(row.int(2) as u64).millis() as i64))
            })?;
            let preview = RestorePreview {
                made_at: staged.head.made_at,
                contacts: count("SELECT count(*) FROM contact WHERE deleted_at IS NULL")?,
                employers: count("SELECT count(*) FROM employer WHERE deleted_at IS NULL")?,
                changed_at: last.as_ref().map(|(.., at)| *at),
                lost: None,
                messages: count("SELECT count(*) FROM outbox WHERE state IN('waiting','sending')")?,
            };
            Ok((preview, last))
        })
        .await;
    database.close().await?;
    let (mut preview, last) = seen?;
    if let (Some(desk), Some((n, chain, _))) = (here, last) {
        let lost = desk.database.read(|db| {
            let same =
                db.first("SELECT chain FROM operation WHERE n=?", &[Sql::Int(n)], |row| Ok(row.blob(0) == chain))?;
            let later = db.number("SELECT count(*) FROM operation WHERE n>? AND changes>0", &[Sql::Int(n)])?;
            Ok((same == Some(true)).then_some(later as u32))
        });
        preview.lost = lost.await?;
    }
    Ok(preview)
}

impl Desk {
    /// What restoring a backup would do. Where `secret` is none, the key of this desk opens it.
    ///
    /// Errors: as [`preview`].
    pub async fn backup_preview(&self, file: &Path, secret: Option<&str>) -> Result<RestorePreview, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        let opener = secret.map_or(Opener::Of(self), |secret| Opener::Secret(Some(secret)));
        look(self.directory(), file, &opener, Some(self)).await
    }
}
