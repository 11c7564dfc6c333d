//! The hub over HTTP.

use liaison_domain::Id;
use liaison_domain::replication::LinkedOperation;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_sync::engine::{HELD, PushReply};
use liaison_sync::wire::{self, Pulled};
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use std::time::Duration;

/// Most bytes of an answer.
const LONGEST: u64 = 256 << 20;

/// A hub, as one desk reaches it.
#[derive(Clone)]
pub struct HubClient {
    http: Client,
    address: String,
    credential: String,
}

#[derive(Deserialize)]
struct Joined {
    credential: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Pushed {
    Received { received: u64 },
    Forked { forked: bool },
}

fn unreachable(detail: String) -> CommandError {
    CommandError::Hub { problem: HubProblem::Unreachable, detail }
}

fn http() -> Result<Client, CommandError> {
    let client = Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_millis(HELD + 60_000))
        .redirect(reqwest::redirect::Policy::none());
    client.build().map_err(|error| unreachable(words(&error)))
}

/// What went wrong, without the address: that is known, and may have what is nobody's business.
fn words(error: &reqwest::Error) -> String {
    let mut words = String::new();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(error) = cause {
        words = error.to_string();
        cause = error.source();
    }
    if words.is_empty() { "no answer".into() } else { words }
}

/// Joins a hub: a one-time code becomes this device's credential. `written` says how many operations the device has
/// written: what the first one brings is what the institution begins with.
pub async fn join(address: &str, code: &str, device: Id, name: &str, written: u64) -> Result<HubClient, CommandError> {
    let http = http()?;
    let body = serde_json::json!({ "code": code, "device": device, "name": name, "written": written }).to_string();
    let address = address.trim_end_matches('/').to_owned();
    let answer = http.post(format!("{address}/sync/v1/join")).body(body).send().await;
    let bytes = body_of(checked(answer)?).await?;
    let joined: Joined = serde_json::from_slice(&bytes).map_err(|_| HubProblem::NotAHub)?;
    Ok(HubClient { http, address, credential: joined.credential })
}

impl HubClient {
    /// A hub that was joined earlier.
    pub fn new(address: String, credential: String) -> Result<HubClient, CommandError> {
        Ok(HubClient { http: http()?, address, credential })
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What this device shows for itself.
    pub fn credential(&self) -> &str {
        &self.credential
    }

    /// Sends operations.
    pub async fn push(&self, operations: &[LinkedOperation]) -> Result<PushReply, CommandError> {
        let request = self.http.post(format!("{}/sync/v1/push", self.address)).body(wire::push(operations));
        let bytes = body_of(checked(request.bearer_auth(&self.credential).send().await)?).await?;
        match serde_json::from_slice(&bytes) {
            Ok(Pushed::Received { received }) => Ok(PushReply::Received { sequence: received }),
            Ok(Pushed::Forked { forked: true }) => Ok(PushReply::Forked),
            _ => Err(HubProblem::NotAHub.into()),
        }
    }

    /// Asks for the log after a place; `wait` lets the hub keep the question open until there is more.
    pub async fn pull(&self, after: u64, wait: bool) -> Result<Pulled, CommandError> {
        let request = self.http.get(format!("{}/sync/v1/pull?after={after}&wait={wait}", self.address));
        let bytes = body_of(checked(request.bearer_auth(&self.credential).send().await)?).await?;
        wire::read_pulled(&bytes).map_err(|_| HubProblem::NotAHub.into())
    }
}

fn checked(answer: Result<Response, reqwest::Error>) -> Result<Response, CommandError> {
    let answer = answer.map_err(|error| unreachable(words(&error)))?;
    match answer.status() {
        StatusCode::OK => Ok(answer),
        StatusCode::UNAUTHORIZED => Err(HubProblem::Ended.into()),
        StatusCode::FORBIDDEN => Err(HubProblem::WrongCode.into()),
        StatusCode::PAYLOAD_TOO_LARGE => Err(HubProblem::TooLarge.into()),
        status if status.is_server_error() => Err(unreachable(status.to_string())),
        _ => Err(HubProblem::NotAHub.into()),
    }
}

/// The body, as far as anybody needs so much.
async fn body_of(mut answer: Response) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreachable(words(&error)))? {
        if (bytes.len() + chunk.len()) as u64 > LONGEST {
            return Err(HubProblem::NotAHub.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
