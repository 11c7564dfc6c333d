//! The routes. Bodies of operations are frames of `liaison_sync::wire`; small answers and errors are JSON.

use crate::ledger::Ledger;
use crate::secrets::{Code, Credential};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use liaison_domain::Id;
use liaison_sync::engine::PushReply;
use liaison_sync::wire;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Most bytes of one request: the longest frame, and what goes with it.
const LONGEST: usize = wire::LONGEST_FRAME + (1 << 20);

/// Why a request came to nothing, for programs: `{"code": …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// No credential, or none that is good.
    Unauthorized,
    /// Not a message of this protocol.
    Malformed,
    /// A code that nobody gave, or that was used.
    Code,
    /// Something that should not happen; the log has it.
    Internal,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Failure::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Failure::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Failure::Code => (StatusCode::FORBIDDEN, "code"),
            Failure::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        (status, [(header::CONTENT_TYPE, "application/json")], json!({ "code": code }).to_string()).into_response()
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        tracing::error!("{error:#}");
        Failure::Internal
    }
}

/// All routes over a database.
pub fn router(ledger: Arc<Ledger>) -> Router {
    Router::new()
        .route("/sync/v1/join", post(join))
        .route("/sync/v1/push", post(push))
        .route("/sync/v1/pull", get(pull))
        .route("/health/live", get(|| async { "alive" }))
        .route("/health/ready", get(ready))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(ledger)
}

async fn known(ledger: &Ledger, headers: &HeaderMap) -> Result<Credential, Failure> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let credential = header.and_then(|text| Credential::parse(text.strip_prefix("Bearer ")?));
    let credential = credential.ok_or(Failure::Unauthorized)?;
    if ledger.knows(&credential).await? { Ok(credential) } else { Err(Failure::Unauthorized) }
}

fn frames(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
}

fn json(value: serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

#[derive(Deserialize)]
struct Joining {
    code: String,
    device: Id,
    name: String,
    /// How many operations the device has written.
    #[serde(default)]
    written: u64,
}

async fn join(State(ledger): State<Arc<Ledger>>, body: Bytes) -> Result<Response, Failure> {
    let joining: Joining = serde_json::from_slice(&body).map_err(|_| Failure::Malformed)?;
    let code = Code::parse(&joining.code).ok_or(Failure::Code)?;
    let name: String = joining.name.chars().take(200).collect();
    let credential = ledger.join(&code, joining.device, &name, joining.written).await?.ok_or(Failure::Code)?;
    Ok(json(json!({ "credential": credential.text() })))
}

async fn push(State(ledger): State<Arc<Ledger>>, headers: HeaderMap, body: Bytes) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let operations = wire::read_push(&body).map_err(|_| Failure::Malformed)?;
    Ok(json(match ledger.push(who.institution, who.device, &operations).await? {
        PushReply::Received { sequence } => json!({ "received": sequence }),
        PushReply::Forked => json!({ "forked": true }),
    }))
}

#[derive(Deserialize)]
struct Asking {
    after: u64,
    #[serde(default)]
    wait: bool,
}

async fn pull(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Query(asking): Query<Asking>,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let after = asking.after.min(i64::MAX as u64);
    let pulled = ledger.pull(who.institution, who.device, after, asking.wait).await?;
    Ok(frames(wire::pulled(&pulled)))
}

async fn ready(State(ledger): State<Arc<Ledger>>) -> Result<Response, Failure> {
    if ledger.is_ready().await? { Ok("ready".into_response()) } else { Err(Failure::Internal) }
}
