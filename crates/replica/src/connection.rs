//! Which hub this desk belongs to, and how it stands.

use crate::conflicts;
use crate::hub_client::{self, HubClient};
use crate::progress::{Exchange, SyncProgress};
use liaison_domain::{Id, Permission, RecordKind};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_engine::session::Session;
use liaison_queries::portal;
use liaison_store::{Database, Db, StoreError, device, replica, settings, table};
use serde::Serialize;
use specta::Type;

/// The settings of this computer: where the hub is, and what this device shows for itself. The database is encrypted.
const ADDRESS: &str = "hub_address";
const CREDENTIAL: &str = "hub_credential";

/// How this desk stands with its hub.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SyncStatus {
    /// The hub's address; none where the desk works alone.
    pub hub: Option<String>,
    /// The institution’s id, which the hub’s operator needs.
    pub institution: Option<Id>,
    /// This computer’s id.
    pub device: Id,
    /// Steps taken here that the hub has not answered.
    pub waiting: u32,
    /// The last place of the hub’s log that is here.
    pub place: u32,
    /// Steps taken here that the hub refused and nobody has dealt with.
    pub refused: u32,
    /// Fields that two people changed without knowing of each other's change, as far as whoever looks may edit them.
    pub conflicts: u32,
    /// How the exchange goes; none where the desk is not kept in step by itself.
    pub progress: Option<SyncProgress>,
}

fn status(db: &Db<'_>) -> Result<SyncStatus, StoreError> {
    Ok(SyncStatus {
        hub: settings::get(db, ADDRESS)?,
        institution: institution(db)?,
        device: device::here(db)?,
        waiting: u32::try_from(replica::waiting(db)?).unwrap_or(u32::MAX),
        place: u32::try_from(replica::cursor(db)?).unwrap_or(u32::MAX),
        refused: replica::refused(db)?,
        conflicts: 0,
        progress: None,
    })
}

/// The id of the institution's record.
fn institution(db: &Db<'_>) -> Result<Option<Id>, StoreError> {
    // There is one; should two desks have met that were set up apart, the first.
    Ok(table::every(db, RecordKind::Institution)?.iter().map(|record| record.id).min())
}

/// How this desk stands with its hub.
pub async fn sync_status(session: &Session) -> Result<SyncStatus, CommandError> {
    // About the device and the journal as a whole; no record is shown.
    let actor = session.actor();
    let status = session
        .read(|view| Ok(SyncStatus { conflicts: conflicts::count(view, &actor)?, ..status(view.everything())? }));
    let status = status.await?;
    Ok(SyncStatus { progress: session.engine().state::<Exchange>().now(), ..status })
}

/// Connects this desk to the hub at an address, with a one-time code of its operator. The desk's people and records are
/// what the hub begins with, unless another desk of the institution came first.
///
/// Errors: `Hub`.
pub async fn sync_connect(session: &Session, address: &str, code: &str) -> Result<SyncStatus, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let now = sync_status(session).await?;
    if now.hub.is_some() {
        return Err(HubProblem::Connected.into());
    }
    let of = code.trim().split_once('.').and_then(|(institution, _)| institution.parse().ok());
    if of.is_none() {
        return Err(HubProblem::WrongCode.into());
    }
    if of != now.institution {
        return Err(HubProblem::OtherInstitution.into());
    }
    let name = session.read(|view| device::name_of(view.everything(), now.device)).await?;
    let name = name.unwrap_or_default();
    let hub = hub_client::join(address, code, now.device, &name, u64::from(now.waiting)).await?;
    keep(session.engine().database(), &hub).await?;
    learn_portal(session.engine().database(), &hub).await?;
    session.tell(vec![CacheTag::Sync]);
    sync_status(session).await
}

/// Writes down which hub it is.
pub(crate) async fn keep(database: &Database, hub: &HubClient) -> Result<(), CommandError> {
    let kept = database.write(|db| {
        settings::set(db, ADDRESS, Some(hub.address()))?;
        settings::set(db, CREDENTIAL, Some(hub.credential()))
    });
    Ok(kept.await?)
}

/// Asks the hub for the institution's portal and keeps what it tells. A hub of an earlier version knows nothing of it, and
/// one that doesn't answer now is asked again: what was known stays.
pub(crate) async fn learn_portal(database: &Database, hub: &HubClient) -> Result<(), CommandError> {
    match hub.portal().await {
        Ok(told) => Ok(database.write(|db| portal::set(db, told.as_ref())).await.map(drop)?),
        Err(error) => {
            tracing::info!("the hub does not tell of a portal: {error}");
            Ok(())
        }
    }
}

/// The hub this desk is connected to. Errors: `Hub` where it is connected to none.
pub(crate) async fn hub_of(database: &Database) -> Result<HubClient, CommandError> {
    let kept = database.read(|db| Ok(settings::get(db, ADDRESS)?.zip(settings::get(db, CREDENTIAL)?))).await?;
    let (address, credential) = kept.ok_or(HubProblem::NotConnected)?;
    HubClient::new(address, credential)
}
