//! The recovery key: for when passcodes, or the keychain, are lost. It says nothing about who uses it, so it opens no
//! desk. It sets a new passcode for an administrator, and then there is a new one.

use crate::staff;
use liaison_domain::{Actor, Id, OperationKind, Permission, RecordKind, organization};
use liaison_engine::active_staff;
use liaison_engine::error::CommandError;
use liaison_engine::names;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_store::key::{self, RawKey};
use liaison_store::{Database, StoreError, table};
use serde::Serialize;
use specta::Type;
use std::path::Path;

/// Somebody for whom the recovery key can set a new passcode: active, and may manage staff.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Administrator {
    /// The staff record.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// What using the recovery key gives back.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Recovered {
    /// The new recovery key. Shown once, to be printed; the one before opens nothing any more.
    pub recovery_key: String,
    /// The institution's name, for the sheet.
    pub institution: String,
}

/// For whom a new passcode can be set with this recovery key; the database must not be open.
///
/// Errors: `WrongPasscode` where it is not the recovery key, and as [`crate::start::open`].
pub async fn administrators(directory: &Path, recovery_key: &str) -> Result<Vec<Administrator>, CommandError> {
    let (session, _) = open(directory, recovery_key).await?;
    let found = list(&session).await;
    session.engine().close().await?;
    found
}

/// Sets a new passcode for an administrator, and makes a new recovery key. The database must not be open, and is closed
/// afterwards: the administrator opens it with their passcode.
///
/// Errors: `WrongPasscode` where it is not the recovery key; `Validation` of `passcode`; `NotFound` where the person is
/// no active administrator; and as [`crate::start::open`].
pub async fn recover(
    directory: &Path,
    recovery_key: &str,
    person: Id,
    passcode: &str,
) -> Result<Recovered, CommandError> {
    let (session, key) = open(directory, recovery_key).await?;
    let done = set(&session, &key, person, passcode).await;
    session.engine().close().await?;
    done
}

async fn open(directory: &Path, recovery_key: &str) -> Result<(Session, RawKey), CommandError> {
    let key = tokio::task::block_in_place(|| key::load_recovery(directory, recovery_key))?;
    let database = Database::open_existing(directory, Some(&key)).await?;
    let session = Session::new(database, directory.to_owned(), Actor::recovery_key());
    active_staff::settle_passcodes(session.engine().database(), session.directory()).await;
    Ok((session, key))
}

async fn list(session: &Session) -> Result<Vec<Administrator>, CommandError> {
    let found: Result<Vec<Administrator>, StoreError> = session
        .read(|view| {
            // Staff are hidden from nobody.
            let db = view.everything();
            let mut administrators = Vec::new();
            for id in active_staff::active(db)? {
                if active_staff::actor(db, id)?.is_some_and(|actor| actor.may(Permission::ManageStaff)) {
                    let record = table::get(db, RecordKind::Staff, id)?.record;
                    let name = table::name_of(db, RecordKind::Staff, id)?.unwrap_or_default();
                    administrators.push(Administrator {
                        id,
                        name,
                        email: record.text(&organization::STAFF_EMAIL).to_owned(),
                    });
                }
            }
            Ok(administrators)
        })
        .await;
    Ok(found?)
}

async fn set(session: &Session, key: &RawKey, person: Id, passcode: &str) -> Result<Recovered, CommandError> {
    if !list(session).await?.iter().any(|administrator| administrator.id == person) {
        return Err(CommandError::not_found("administrator"));
    }
    staff::check_passcode(session, person, Some(passcode)).await?;
    let institution = names::institution(session).await?;
    // Within the transaction: what is not in the journal did not happen.
    let (recovery_key, _) = session
        .commit(Step::new(OperationKind::SecurityRecover).detail(person.to_string()), |_| {
            key::set_personal(session.directory(), key, person, Some(passcode))?;
            key::renew_recovery(session.directory(), key)
        })
        .await?;
    Ok(Recovered { recovery_key, institution })
}
