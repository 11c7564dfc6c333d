//! A backup that is unpacked and open: for looking into, and before it takes the place of the database.

use super::here::{Here, here};
use liaison_domain::{Actor, Permission};
use liaison_engine::active_staff;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::backup::{self, Staged};
use liaison_store::key::{self, Holder, Unlocked};
use liaison_store::{Database, StoreError};
use std::path::Path;

/// What it is unpacked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To look into it.
    Look,
    /// To take the place of the database, or to say what that would do.
    Restore,
}

impl Purpose {
    fn stage(self, directory: &Path, file: &Path) -> Result<Staged, StoreError> {
        tokio::task::block_in_place(|| match self {
            Purpose::Look => backup::stage_to_look(directory, file),
            Purpose::Restore => backup::stage(directory, file),
        })
    }

    fn permission(self) -> Permission {
        match self {
            Purpose::Look => Permission::ViewContacts,
            Purpose::Restore => Permission::ManageSettings,
        }
    }
}

/// An open backup. What was unpacked is gone when this is closed and dropped, or at the next start.
pub(super) struct Opened {
    pub(super) staged: Staged,
    pub(super) database: Database,
    /// Who opened it.
    pub(super) actor: Actor,
}

impl Opened {
    /// Opens a backup beside a desk that is open, which was asked already. Where `secret` is none, the key of the desk
    /// opens it.
    ///
    /// Errors: `Backup`, `TooNew`, `WrongPasscode`, `TooSoon`, `Storage` where the desk's key is not that of the backup,
    /// `NoLongerStaff` where whoever the secret is of did not work there then.
    pub(super) async fn beside_desk(
        session: &Session,
        file: &Path,
        secret: Option<&str>,
        purpose: Purpose,
    ) -> Result<Opened, CommandError> {
        let staged = purpose.stage(session.directory(), file)?;
        let Some(secret) = secret else {
            let database = Database::open_copy(staged.directory(), session.engine().database().key()).await?;
            return Ok(Opened { staged, database, actor: session.actor() });
        };
        let unlocked = unlock(&staged, Some(secret), session.directory())?;
        Opened::with(staged, &unlocked).await
    }

    /// Opens a backup beside what is in `directory`, whose desk is not open. `secret` is a passcode of the time it was
    /// made, or the recovery key; none where its key is in the keychain. Who may is for those to say who work there now;
    /// where that can't be known, for the backup.
    ///
    /// Errors: as [`Opened::beside_desk`], and `Locked`, `Keychain`, `Busy`, `Denied`.
    pub(super) async fn beside_files(
        directory: &Path,
        file: &Path,
        secret: Option<&str>,
        purpose: Purpose,
    ) -> Result<(Opened, Here), CommandError> {
        let staged = purpose.stage(directory, file)?;
        let unlocked = unlock(&staged, secret, directory)?;
        // Opened first: whoever opens what is here clears away what nobody has open.
        let opened = Opened::with(staged, &unlocked).await?;
        let permission = purpose.permission();
        let here = match here(directory, secret, (&unlocked.key, unlocked.holder), permission).await {
            Ok(here) => here,
            Err(error) => {
                opened.close().await?;
                return Err(error);
            }
        };
        // On a new computer there is nobody to protect anything from: whoever has a passcode has the file, too.
        let asked = match &here {
            Here::Whole(_) | Here::Nothing => None,
            Here::Damaged | Here::Other => Some(permission).filter(|_| unlocked.holder != Holder::Recovery),
        };
        match asked.map_or(Ok(()), |permission| opened.actor.require(permission)) {
            Ok(()) => Ok((opened, here)),
            Err(refused) => {
                here.close().await?;
                opened.close().await?;
                Err(refused.into())
            }
        }
    }

    async fn with(staged: Staged, unlocked: &Unlocked) -> Result<Opened, CommandError> {
        let database = Database::open_copy(staged.directory(), Some(&unlocked.key)).await?;
        let error = match database.read(|db| active_staff::actor_of(db, unlocked.holder)).await {
            Ok(Some(actor)) => return Ok(Opened { staged, database, actor }),
            Ok(None) => CommandError::NoLongerStaff,
            Err(error) => error.into(),
        };
        database.close().await?;
        Err(error)
    }

    /// Closes it; what was unpacked stays until the answer is dropped.
    pub(super) async fn close(self) -> Result<Staged, CommandError> {
        self.database.close().await?;
        Ok(self.staged)
    }
}

/// Wrong passcodes count as those of the desk in `directory`.
fn unlock(staged: &Staged, secret: Option<&str>, directory: &Path) -> Result<Unlocked, StoreError> {
    tokio::task::block_in_place(|| key::load_copy(staged.directory(), secret, directory))
}
