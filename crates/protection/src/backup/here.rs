//! What is in the folder before a backup takes its place, and whether whoever came may do that: those who work here now
//! decide, not those who did when the backup was made.

use liaison_domain::{Actor, Permission};
use liaison_engine::active_staff;
use liaison_engine::error::{CommandError, StorageProblem, storage_problem};
use liaison_engine::session::Session;
use liaison_store::files::DATABASE;
use liaison_store::key::{self, Holder, RawKey};
use liaison_store::{Database, StoreError};
use std::path::Path;

/// What is in the folder of the desk.
pub(super) enum Here {
    /// A database that opens, to somebody who may.
    Whole(Session),
    /// Nothing.
    Nothing,
    /// A database that the backup's own key doesn't open any more: it is damaged.
    Damaged,
    /// A database that has another key, or is damaged throughout.
    Other,
}

impl Here {
    /// The desk that is there, to look at and to save.
    pub(super) fn session(&self) -> Option<&Session> {
        match self {
            Here::Whole(session) => Some(session),
            Here::Nothing | Here::Damaged | Here::Other => None,
        }
    }

    /// Closes it again.
    pub(super) async fn close(self) -> Result<(), CommandError> {
        match self {
            Here::Whole(session) => session.engine().close().await,
            Here::Nothing | Here::Damaged | Here::Other => Ok(()),
        }
    }
}

/// Opens what is in `directory` to whoever opened a backup with `secret`, which gave `key` and `holder`.
///
/// Errors: `NoLongerStaff` and `Denied` where somebody works there who may not do what needs `permission`; `Busy`,
/// `TooSoon`, those of the system.
pub(super) async fn here(
    directory: &Path,
    secret: Option<&str>,
    (key, holder): (&RawKey, Holder),
    permission: Permission,
) -> Result<Here, CommandError> {
    if !std::fs::metadata(directory.join(DATABASE)).is_ok_and(|file| file.len() > 0) {
        return Ok(Here::Nothing);
    }
    let own = match tokio::task::block_in_place(|| key::load(directory, secret)) {
        Ok(unlocked) => Some(unlocked),
        Err(error @ (StoreError::TooSoon { .. } | StoreError::Busy)) => return Err(error.into()),
        // A passcode of then that is none today, or a key file that is gone: the key itself may still be the same.
        Err(_) => None,
    };
    let (key, holder) = own.as_ref().map_or((key, holder), |unlocked| (&unlocked.key, unlocked.holder));
    match Database::open_existing(directory, Some(key)).await {
        Ok(database) => {
            let permitted = match holder {
                Holder::Recovery => Ok(()),
                holder => match database.read(|db| active_staff::actor_of(db, holder)).await? {
                    None => Err(CommandError::NoLongerStaff),
                    Some(actor) => actor.require(permission).map_err(CommandError::from),
                },
            };
            match permitted {
                Ok(()) => {
                    let session = Session::new(database, directory.to_owned(), Actor::recovery_key());
                    Ok(Here::Whole(session))
                }
                Err(error) => {
                    database.close().await?;
                    Err(error)
                }
            }
        }
        Err(StoreError::WrongKey) if own.is_none() => Ok(Here::Other),
        Err(error) if storage_problem(&error).is_some_and(StorageProblem::is_damage) => Ok(Here::Damaged),
        Err(error) => Err(error.into()),
    }
}
