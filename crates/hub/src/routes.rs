//! The routes. Bodies of operations are frames of `liaison_sync::wire`; small answers and errors are JSON.

use crate::ledger::Ledger;
use crate::secrets::{Code, Credential};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use liaison_domain::Id;
use liaison_portal::site;
use liaison_sync::engine::PushReply;
use liaison_sync::wire;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Most bytes of one request.
const LONGEST: usize = wire::PART + (1 << 16);

/// Why a request came to nothing, for programs: `{"code": …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// No credential, or none that is good.
    Unauthorized,
    /// Not a message of this protocol.
    Malformed,
    /// Parts of a message are missing, or are not those of it: they are sent anew.
    Parts,
    /// A snapshot that is not kept any more: another one is asked for.
    Gone,
    /// The institution is suspended: its desks come back later.
    Suspended,
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
            Failure::Parts => (StatusCode::CONFLICT, "parts"),
            Failure::Suspended => (StatusCode::SERVICE_UNAVAILABLE, "suspended"),
            Failure::Gone => (StatusCode::GONE, "gone"),
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
        .route("/sync/v1/staged/{message}", get(staged))
        .route("/sync/v1/staged/{message}/{part}", get(part).put(stage))
        .route("/sync/v1/pull", get(pull))
        .route("/sync/v1/snapshot", get(snapshot))
        .route("/sync/v1/snapshot/{place}/{part}", get(snapshot_part))
        .route("/sync/v1/portal", get(portal))
        .route("/health/live", get(|| async { "alive" }))
        .route("/health/ready", get(ready))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(ledger)
}

async fn known(ledger: &Ledger, headers: &HeaderMap) -> Result<Credential, Failure> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let credential = header.and_then(|text| Credential::parse(text.strip_prefix("Bearer ")?));
    let credential = credential.ok_or(Failure::Unauthorized)?;
    if !ledger.knows(&credential).await? {
        return Err(Failure::Unauthorized);
    }
    if ledger.is_suspended(credential.institution).await? { Err(Failure::Suspended) } else { Ok(credential) }
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
    if ledger.is_suspended(code.institution).await? {
        return Err(Failure::Suspended);
    }
    let name: String = joining.name.chars().take(200).collect();
    let credential = ledger.join(&code, joining.device, &name, joining.written).await?.ok_or(Failure::Code)?;
    Ok(json(json!({ "credential": credential.text() })))
}

/// Names a message that was sent in parts; none where it is the body.
#[derive(Deserialize)]
struct Pushing {
    message: Option<String>,
    #[serde(default)]
    parts: u32,
}

async fn push(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Query(pushing): Query<Pushing>,
    body: Bytes,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let whole = match &pushing.message {
        Some(message) => {
            let whole = ledger.staged_message(who.institution, who.device, message, pushing.parts).await?;
            Bytes::from(whole.ok_or(Failure::Parts)?)
        }
        None => body,
    };
    let operations = wire::read_push(&whole).map_err(|_| Failure::Malformed)?;
    let reply = ledger.push(who.institution, who.device, &operations).await?;
    if let Some(message) = &pushing.message {
        ledger.unstage(who.institution, who.device, message).await?;
    }
    Ok(json(match reply {
        PushReply::Received { sequence } => json!({ "received": sequence }),
        PushReply::Forked => json!({ "forked": true }),
    }))
}

async fn staged(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Path(message): Path<String>,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let parts = ledger.staged_parts(who.institution, who.device, &message).await?;
    Ok(json(json!({ "parts": parts })))
}

async fn part(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Path((message, part)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let bytes = ledger.staged_part(who.institution, who.device, &message, part).await?;
    Ok(frames(bytes.ok_or(Failure::Parts)?))
}

async fn stage(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Path((message, part)): Path<(String, u32)>,
    body: Bytes,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    if part >= wire::MOST_PARTS || message.len() != 64 || body.len() > wire::PART {
        return Err(Failure::Malformed);
    }
    ledger.stage(who.institution, who.device, &message, part, &body).await?;
    Ok(json(json!({ "part": part })))
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
    let answer = wire::pulled(&pulled);
    if answer.len() <= wire::PART {
        return Ok(frames(answer));
    }
    // Too long for one answer: it is fetched in parts, each of which may be asked for again.
    let message = wire::digest(&answer);
    let there = ledger.staged_parts(who.institution, who.device, &message).await?;
    let parts = answer.chunks(wire::PART);
    let count = parts.len();
    for (number, part) in (0u32..).zip(parts).filter(|(number, _)| !there.contains(number)) {
        ledger.stage(who.institution, who.device, &message, number, part).await?;
    }
    Ok((StatusCode::PARTIAL_CONTENT, json(json!({ "message": message, "parts": count }))).into_response())
}

async fn snapshot(State(ledger): State<Arc<Ledger>>, headers: HeaderMap) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    Ok(json(serde_json::to_value(ledger.snapshot(who.institution).await?).map_err(anyhow::Error::from)?))
}

async fn snapshot_part(
    State(ledger): State<Arc<Ledger>>,
    headers: HeaderMap,
    Path((place, part)): Path<(u64, u32)>,
) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    if i64::try_from(place).is_err() || i32::try_from(part).is_err() {
        return Err(Failure::Malformed);
    }
    let bytes = ledger.snapshot_part(who.institution, place, part).await?;
    Ok(frames(bytes.ok_or(Failure::Gone)?))
}

/// What desks know of their institution's portal.
async fn portal(State(ledger): State<Arc<Ledger>>, headers: HeaderMap) -> Result<Response, Failure> {
    let who = known(&ledger, &headers).await?;
    let told = site::told(&*ledger, &ledger.pool, who.institution).await?;
    let portal = told.map(|(address, key)| json!({ "address": address, "unsubscribe": key.text() }));
    Ok(json(json!({ "portal": portal })))
}

async fn ready(State(ledger): State<Arc<Ledger>>) -> Result<Response, Failure> {
    if ledger.is_ready().await? { Ok("ready".into_response()) } else { Err(Failure::Internal) }
}
