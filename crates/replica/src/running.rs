//! In step all the time: what `liaison_sync::engine` says is done, while the desk is open.

use crate::connection::{hub_of, learn_portal};
use crate::exchange::{pull, push};
use crate::hub_client::HubClient;
use crate::progress::Exchange;
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::engine::Engine;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_engine::moment::now;
use liaison_engine::session::Session;
use liaison_store::replica;
use liaison_sync::engine::{Action, Engine as Timing, Event, Failure, PullReply, PushReply};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinSet;

/// Keeps the desk in step from now on, where it is connected to a hub and nobody does so already.
pub fn start_syncing(session: &Session) {
    let engine = Arc::clone(session.engine());
    tokio::spawn(async move {
        match keep_in_step(&engine).await {
            Ok(()) | Err(CommandError::Locked | CommandError::Hub { problem: HubProblem::NotConnected, .. }) => {}
            Err(error) => tracing::error!("the desk is not kept in step: {error}"),
        }
    });
}

/// Keeps the desk in step until its database is closed. Begins at once; ends at once where somebody does so already.
/// Errors: `Hub` where it is not connected.
pub async fn run(session: &Session) -> Result<(), CommandError> {
    keep_in_step(session.engine()).await
}

async fn keep_in_step(engine: &Arc<Engine>) -> Result<(), CommandError> {
    let hub = hub_of(engine.database()).await?;
    let exchange = engine.state::<Exchange>();
    if exchange.is_running.swap(true, Ordering::AcqRel) {
        return Ok(());
    }
    let ended = exchange_until_closed(engine, &exchange, &hub).await;
    exchange.is_running.store(false, Ordering::Release);
    ended
}

async fn exchange_until_closed(engine: &Arc<Engine>, exchange: &Exchange, hub: &HubClient) -> Result<(), CommandError> {
    learn_portal(engine.database(), hub).await?;
    let (written, answered) = progress(engine).await?;
    let mut timing = Timing::new(written, answered);
    let mut changes = engine.changes();
    let (ended, mut endings) = mpsc::channel(4);
    // What is under way ends with this function.
    let mut requests = JoinSet::new();
    let (mut event, mut outcome) = (Event::Woke, None);
    loop {
        let actions = timing.step(now(), event);
        if let Some(outcome) = outcome.take() {
            exchange.note(outcome, timing.standing());
            engine.tell(vec![CacheTag::Sync]);
        }
        for action in actions {
            let (engine, hub, ended) = (Arc::clone(engine), hub.clone(), ended.clone());
            requests.spawn(async move {
                // Nobody waits any more where the desk was closed.
                let _heard = ended.send(act(action, &engine, &hub).await).await;
            });
        }
        while requests.try_join_next().is_some() {}
        let sleep = Duration::from_millis(timing.next_wake().saturating_sub(now()).max(1));
        event = tokio::select! {
            Some((ended, came)) = endings.recv() => {
                if came == Err(CommandError::Locked) {
                    return Ok(());
                }
                outcome = Some(came);
                ended
            }
            changed = changes.recv() => match changed {
                // What is told just above.
                Ok(tags) if tags == [CacheTag::Sync] => Event::Woke,
                Err(broadcast::error::RecvError::Closed) => return Ok(()),
                _ => Event::Wrote { written: progress(engine).await?.0 },
            },
            () = exchange.asked.notified() => Event::Now,
            () = tokio::time::sleep(sleep) => Event::Woke,
        };
        if exchange.is_closing.load(Ordering::Acquire) {
            return Ok(());
        }
    }
}

/// Does what is to be done; returns what to report, and what came of it for people.
async fn act(action: Action, engine: &Arc<Engine>, hub: &HubClient) -> (Event, Result<(), CommandError>) {
    match action {
        Action::Push { request, after } => {
            let (reply, came) = match push(engine, hub, after).await {
                Ok(Some(PushReply::Forked)) => (Ok(PushReply::Forked), Err(HubProblem::Forked.into())),
                Ok(Some(reply)) => (Ok(reply), Ok(())),
                Ok(None) => (Ok(PushReply::Received { sequence: after }), Ok(())),
                Err(error) => (Err(failed(&error)), Err(error)),
            };
            (Event::Pushed { request, reply }, came)
        }
        Action::Pull { request } => {
            let (reply, came) = match pull(engine, hub, true).await {
                Ok(_) => (Ok(PullReply::Applied), Ok(())),
                Err(error @ CommandError::Hub { problem: HubProblem::Forked | HubProblem::Broken, .. }) => {
                    (Ok(PullReply::Stopped), Err(error))
                }
                Err(error) => (Err(failed(&error)), Err(error)),
            };
            (Event::Pulled { request, reply }, came)
        }
    }
}

fn failed(error: &CommandError) -> Failure {
    tracing::info!("sync is tried again: {error}");
    Failure { retry_after: None }
}

async fn progress(engine: &Engine) -> Result<(u64, u64), CommandError> {
    let read = engine.database().read(|db| {
        let answered = replica::answered(db)?;
        Ok((answered + replica::waiting(db)?, answered))
    });
    Ok(read.await?)
}
