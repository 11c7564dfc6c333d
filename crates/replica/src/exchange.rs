//! Sending what was done here and taking in what was done elsewhere.

use crate::connection::{hub_of, learn_portal, sync_status};
use crate::hub_client::HubClient;
use crate::progress::Exchange;
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::engine::Engine;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_engine::session::Session;
use liaison_queries::conflicts;
use liaison_store::absorb::Stop;
use liaison_store::history::{self, Missing};
use liaison_store::{Database, Db, replica};
use liaison_sync::engine::PushReply;
use serde::Serialize;
use specta::Type;
use std::sync::Arc;

/// Most operations of one message.
const OPERATIONS: usize = 500;
/// Most changes of one message, unless its first operation has more.
const CHANGES: u64 = 5_000;
/// Entries of the log that are taken in at once: nobody's typing waits for more.
const AT_ONCE: usize = 50;

/// The hub's log does not fit what is here.
pub(crate) fn broken(place: u64) -> CommandError {
    CommandError::Hub { problem: HubProblem::Broken, detail: format!("at place {place}") }
}

/// What an exchange did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct SyncDone {
    /// Steps that the hub answered.
    pub sent: u32,
    /// Of these, refused ones.
    pub refused: u32,
    /// Steps of others that came.
    pub received: u32,
}

/// Sends operations after a place of this device's chain. `None` where there are none.
pub(crate) async fn push(engine: &Engine, hub: &HubClient, after: u64) -> Result<Option<PushReply>, CommandError> {
    let operations = engine.database().read(|db| replica::outgoing(db, after, OPERATIONS, CHANGES)).await?;
    if operations.is_empty() {
        return Ok(None);
    }
    Ok(Some(hub.push(&operations).await?))
}

/// Asks for the log and takes in what comes, and some of the history that a snapshot left out. Returns how many places came,
/// and whether there is more.
pub(crate) async fn pull(engine: &Arc<Engine>, hub: &HubClient, wait: bool) -> Result<(u64, bool), CommandError> {
    let (after, missing) = engine.database().read(|db| Ok((replica::cursor(db)?, history::missing(db)?))).await?;
    let pulled = hub.pull(after, wait && missing.is_none()).await?;
    if pulled.last < after {
        // It had more: it was restored from an earlier state, and nobody knows what stands at those places next.
        return Err(broken(after));
    }
    let mut cursor = after;
    for entries in pulled.entries.chunks(AT_ONCE) {
        let absorbed = engine.absorb(entries).await?;
        cursor = absorbed.cursor;
        match absorbed.stopped {
            None => {}
            // Another question was answered meanwhile; what is between comes with the next.
            Some(Stop::Hole { .. }) => break,
            Some(Stop::Forked { .. }) => return Err(HubProblem::Forked.into()),
            Some(Stop::Broken { place }) => return Err(broken(place)),
        }
    }
    let mut came = cursor - after;
    if let Some(missing) = missing.filter(|missing| missing.after < missing.until && cursor == pulled.last) {
        came += take_history(engine, hub, missing).await?;
    }
    notice(engine.database()).await?;
    let is_whole = missing.is_none() || engine.database().read(history::missing).await?.is_none();
    if missing.is_some() && is_whole {
        engine.tell(vec![CacheTag::History]);
    }
    Ok((came, cursor < pulled.last || !is_whole))
}

/// Asks for history that is missing, and takes in what comes. Returns how many places came.
async fn take_history(engine: &Engine, hub: &HubClient, missing: Missing) -> Result<u64, CommandError> {
    let pulled = hub.pull(missing.after, false).await?;
    for entries in pulled.entries.chunks(AT_ONCE) {
        match engine.database().take_history(entries, pulled.last).await? {
            None | Some(Stop::Hole { .. }) => {}
            Some(Stop::Forked { .. }) => return Err(HubProblem::Forked.into()),
            Some(Stop::Broken { place }) => return Err(broken(place)),
        }
    }
    Ok(pulled.entries.len() as u64)
}

/// Looks through what came for conflicts, so much at once that nobody's typing waits for it.
pub(crate) async fn notice(database: &Database) -> Result<(), CommandError> {
    while database.read(conflicts::is_behind).await? {
        database.write(conflicts::notice).await?;
    }
    Ok(())
}

/// Sends and asks until nothing waits: “Sync now”.
///
/// Errors: `Hub`. What was done until then stays.
pub async fn sync_now(session: &Session) -> Result<SyncDone, CommandError> {
    let (engine, before) = (session.engine(), sync_status(session).await?);
    let hub = hub_of(engine.database()).await?;
    learn_portal(engine.database(), &hub).await?;
    let far = |db: &Db<'_>| Ok((replica::answered(db)?, replica::cursor(db)?));
    let (answered, place) = engine.database().read(far).await?;
    let mut after = answered;
    loop {
        match push(engine, &hub, after).await? {
            None => break,
            Some(PushReply::Received { sequence }) if sequence > after => after = sequence,
            // Less than was said before: from there on once more, but not for ever.
            Some(PushReply::Received { sequence }) if sequence < after && after == answered => after = sequence,
            Some(PushReply::Received { .. }) => break,
            Some(PushReply::Forked) => return Err(HubProblem::Forked.into()),
        }
    }
    loop {
        let (came, more) = pull(engine, &hub, false).await?;
        if !more || came == 0 {
            break;
        }
    }
    // Also what came meanwhile because the desk keeps itself in step. Each step sent has its answer among the places.
    let (now_answered, now_place) = engine.database().read(far).await?;
    let count = |steps: u64| u32::try_from(steps).unwrap_or(u32::MAX);
    let sent = now_answered.saturating_sub(answered);
    let done = SyncDone {
        sent: count(sent),
        refused: sync_status(session).await?.refused.saturating_sub(before.refused),
        received: count(now_place.saturating_sub(place).saturating_sub(sent)),
    };
    session.tell(vec![CacheTag::Sync]);
    // What waited for its moment has come.
    engine.state::<Exchange>().hurry();
    Ok(done)
}
