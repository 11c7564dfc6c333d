//! The hub over HTTP.

use liaison_domain::Id;
use liaison_domain::replication::LinkedOperation;
use liaison_domain::snapshot::{self, Manifest};
use liaison_engine::error::{CommandError, HubProblem};
use liaison_queries::portal::Portal;
use liaison_sync::engine::{HELD, PushReply};
use liaison_sync::wire::{self, Pulled};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use serde::Deserialize;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Most bytes of an answer: the longest frame, and what goes with it.
const LONGEST: u64 = wire::LONGEST_FRAME as u64 + (1 << 20);
/// How long the answer to a message of many parts is waited for.
const LONG: Duration = Duration::from_secs(600);

/// How often a part of a snapshot is asked for again, with longer and longer waits.
const TRIES: u32 = 6;
/// Half of the first of these waits.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// A hub, as one desk reaches it.
#[derive(Clone)]
pub struct HubClient {
    http: Client,
    address: String,
    credential: String,
    /// The parts of a long answer that came so far, with what names it.
    fetched: Arc<Mutex<(String, Vec<Vec<u8>>)>>,
}

#[derive(Deserialize)]
struct Joined {
    credential: String,
}

/// What the hub tells of the institution's portal.
#[derive(Deserialize)]
struct Told {
    portal: Option<ToldPortal>,
}

#[derive(Deserialize)]
struct ToldPortal {
    address: String,
    unsubscribe: String,
}

/// An answer that is fetched in parts.
#[derive(Deserialize)]
struct InParts {
    message: String,
    parts: usize,
}

/// The parts of a message that are there.
#[derive(Deserialize)]
struct Staged {
    parts: Vec<usize>,
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
    check_address(address, liaison_policy::current().hub_address.as_deref())?;
    let http = http()?;
    let body = serde_json::json!({ "code": code, "device": device, "name": name, "written": written }).to_string();
    let address = address.trim_end_matches('/').to_owned();
    let answer = http.post(format!("{address}/sync/v1/join")).body(body).send().await;
    let bytes = body_of(checked(answer)?).await?;
    let joined: Joined = serde_json::from_slice(&bytes).map_err(|_| HubProblem::NotAHub)?;
    Ok(HubClient { http, address, credential: joined.credential, fetched: Arc::default() })
}

/// Refuses another hub than the one that the organization prescribes, and one elsewhere that isn't reached by https: with
/// the credential everything the institution has could be read on the way.
fn check_address(address: &str, prescribed: Option<&str>) -> Result<(), CommandError> {
    let bare = |address: &str| address.trim().trim_end_matches('/').to_ascii_lowercase();
    match prescribed {
        Some(prescribed) if bare(prescribed) != bare(address) => Err(CommandError::set_by_organization("hub_address")),
        _ if is_secured(address) => Ok(()),
        _ => Err(HubProblem::Unsecured.into()),
    }
}

/// Whether nobody on the way reads what is sent to an address. What is no address at all is told otherwise.
fn is_secured(address: &str) -> bool {
    let Ok(address) = Url::parse(address.trim()) else { return true };
    let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback());
    address.scheme() == "https" || is_here
}

impl HubClient {
    /// A hub that was joined earlier.
    pub fn new(address: String, credential: String) -> Result<HubClient, CommandError> {
        Ok(HubClient { http: http()?, address, credential, fetched: Arc::default() })
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What this device shows for itself.
    pub fn credential(&self) -> &str {
        &self.credential
    }

    /// Sends operations; what is longer than one request in parts, of which those that are there already are left out.
    pub async fn push(&self, operations: &[LinkedOperation]) -> Result<PushReply, CommandError> {
        let message = wire::push(operations);
        let bytes = if message.len() <= wire::PART {
            let request = self.http.post(format!("{}/sync/v1/push", self.address)).body(message);
            self.answer(request).await?
        } else {
            let name = wire::digest(&message);
            let parts = self.stage(&name, &message).await?;
            let url = format!("{}/sync/v1/push?message={name}&parts={parts}", self.address);
            // It may have to decide about a hundred thousand changes.
            self.answer(self.http.post(url).timeout(LONG)).await?
        };
        match serde_json::from_slice(&bytes) {
            Ok(Pushed::Received { received }) => Ok(PushReply::Received { sequence: received }),
            Ok(Pushed::Forked { forked: true }) => Ok(PushReply::Forked),
            _ => Err(HubProblem::NotAHub.into()),
        }
    }

    /// Sends the parts of a message that are not there; returns how many it has.
    async fn stage(&self, name: &str, message: &[u8]) -> Result<usize, CommandError> {
        let url = format!("{}/sync/v1/staged/{name}", self.address);
        let there = self.answer(self.http.get(&url)).await?;
        let Staged { parts: there } = serde_json::from_slice(&there).map_err(|_| HubProblem::NotAHub)?;
        let parts = message.chunks(wire::PART);
        if parts.len() > wire::MOST_PARTS as usize {
            return Err(HubProblem::TooLarge.into());
        }
        let count = parts.len();
        for (number, part) in parts.enumerate().filter(|(number, _)| !there.contains(number)) {
            self.answer(self.http.put(format!("{url}/{number}")).body(part.to_vec())).await?;
        }
        Ok(count)
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Vec<u8>, CommandError> {
        body_of(checked(request.bearer_auth(&self.credential).send().await)?).await
    }

    /// The institution's portal; `None` where it has none.
    pub async fn portal(&self) -> Result<Option<Portal>, CommandError> {
        let bytes = self.answer(self.http.get(format!("{}/sync/v1/portal", self.address))).await?;
        let told: Told = serde_json::from_slice(&bytes).map_err(|_| HubProblem::NotAHub)?;
        Ok(told.portal.map(|ToldPortal { address, unsubscribe }| Portal { address, unsubscribe }))
    }

    /// Asks for the log after a place; `wait` lets the hub keep the question open until there is more.
    pub async fn pull(&self, after: u64, wait: bool) -> Result<Pulled, CommandError> {
        let request = self.http.get(format!("{}/sync/v1/pull?after={after}&wait={wait}", self.address));
        let answer = checked(request.bearer_auth(&self.credential).send().await)?;
        let is_whole = answer.status() != StatusCode::PARTIAL_CONTENT;
        let mut bytes = body_of(answer).await?;
        if !is_whole {
            bytes = self.fetch(&bytes).await?;
        }
        wire::read_pulled(&bytes).map_err(|_| HubProblem::NotAHub.into())
    }

    /// Fetches an answer that goes in parts, as the hub names it; what came before a cut is not asked for again.
    async fn fetch(&self, named: &[u8]) -> Result<Vec<u8>, CommandError> {
        let InParts { message, parts } = serde_json::from_slice(named).map_err(|_| HubProblem::NotAHub)?;
        if parts > wire::MOST_PARTS as usize + 1 {
            return Err(HubProblem::NotAHub.into());
        }
        let mut fetched = self.fetched.lock().await;
        if fetched.0 != message {
            *fetched = (message.clone(), Vec::new());
        }
        while fetched.1.len() < parts {
            let url = format!("{}/sync/v1/staged/{message}/{}", self.address, fetched.1.len());
            let part = self.answer(self.http.get(url)).await?;
            if part.len() > wire::PART {
                return Err(HubProblem::NotAHub.into());
            }
            fetched.1.push(part);
        }
        let (_, parts) = std::mem::take(&mut *fetched);
        let whole = parts.concat();
        if wire::digest(&whole) == message { Ok(whole) } else { Err(HubProblem::NotAHub.into()) }
    }
}

impl HubClient {
    /// The records of the institution at a place of the log, for a computer that joins: the head, and the parts. A part
    /// that a cut kept away is asked for again, and no other; `came` is told how many of how many are here.
    pub async fn snapshot(
        &self,
        came: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(Manifest, Vec<Vec<u8>>), CommandError> {
        let mut tries = 0;
        'anew: loop {
            let request = self.http.get(format!("{}/sync/v1/snapshot", self.address)).timeout(LONG);
            let head = self.answer(request).await?;
            let manifest: Manifest = serde_json::from_slice(&head).map_err(|_| HubProblem::NotAHub)?;
            let mut parts: Vec<Vec<u8>> = Vec::new();
            while let Some(name) = manifest.parts.get(parts.len()) {
                came(parts.len(), manifest.parts.len());
                match self.snapshot_part(manifest.place, parts.len(), name).await {
                    Ok(Some(part)) => {
                        tries = 0;
                        parts.push(part);
                    }
                    // Something in it was erased meanwhile: there is another one.
                    Ok(None) if tries < TRIES => {
                        tries += 1;
                        continue 'anew;
                    }
                    Ok(None) => return Err(unreachable("the snapshot was replaced again and again".into())),
                    Err(CommandError::Hub { problem: HubProblem::Unreachable, .. }) if tries < TRIES => {
                        tries += 1;
                        tokio::time::sleep(FIRST_WAIT * 2u32.pow(tries)).await;
                    }
                    Err(error) => return Err(error),
                }
            }
            came(parts.len(), parts.len());
            return Ok((manifest, parts));
        }
    }

    /// A part of a snapshot; `None` where that is gone.
    async fn snapshot_part(&self, place: u64, part: usize, name: &str) -> Result<Option<Vec<u8>>, CommandError> {
        let request = self.http.get(format!("{}/sync/v1/snapshot/{place}/{part}", self.address));
        let answer = request.bearer_auth(&self.credential).send().await;
        if answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::GONE) {
            return Ok(None);
        }
        let part = body_of(checked(answer)?).await?;
        if snapshot::name(&part) == name { Ok(Some(part)) } else { Err(unreachable("a part came damaged".into())) }
    }
}

fn checked(answer: Result<Response, reqwest::Error>) -> Result<Response, CommandError> {
    let answer = answer.map_err(|error| unreachable(words(&error)))?;
    match answer.status() {
        StatusCode::OK | StatusCode::PARTIAL_CONTENT => Ok(answer),
        StatusCode::UNAUTHORIZED => Err(HubProblem::Ended.into()),
        StatusCode::FORBIDDEN => Err(HubProblem::WrongCode.into()),
        StatusCode::CONFLICT => Err(unreachable("parts of what was sent are missing".into())),
        StatusCode::PAYLOAD_TOO_LARGE => Err(HubProblem::TooLarge.into()),
        status if status.is_server_error() => Err(unreachable(status.to_string())),
        _ => Err(HubProblem::NotAHub.into()),
    }
}

/// The body, as far as anybody needs so much.
async fn body_of(mut answer: Response) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    if answer.content_length().is_some_and(|length| length > LONGEST) {
        return Err(HubProblem::NotAHub.into());
    }
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreachable(words(&error)))? {
        if (bytes.len() + chunk.len()) as u64 > LONGEST {
            return Err(HubProblem::NotAHub.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[test]
    fn only_the_prescribed_hub_is_joined_where_one_is() {
        let prescribed = Some("https://hub.northfield.example");
        for address in
            ["https://hub.northfield.example", "https://Hub.Northfield.example/", " https://hub.northfield.example "]
        {
            assert_eq!(check_address(address, prescribed), Ok(()), "{address}");
        }
        let refused = Err(CommandError::set_by_organization("hub_address"));
        for address in ["https://hub.northfield.example.evil.example", "http://hub.northfield.example", ""] {
            assert_eq!(check_address(address, prescribed), refused, "{address}");
        }
    }

    #[test]
    fn a_hub_elsewhere_is_reached_by_https_only() {
        for address in [
            "https://hub.example",
            " HTTPS://hub.example:8443/ ",
            "http://127.0.0.1:7410",
            "http://[::1]:9",
            "http://localhost:7410",
        ] {
            assert_eq!(check_address(address, None), Ok(()), "{address}");
        }
        let unsecured = Err(HubProblem::Unsecured.into());
        for address in [
            "http://hub.example",
            "HTTP://hub.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://192.0.2.1",
            "ftp://hub.example",
        ] {
            assert_eq!(check_address(address, None), unsecured, "{address}");
        }
        assert_eq!(check_address("hub.example", None), Ok(()), "no address: it is not reached, and told so");
    }

    /// Answers each request with the same, and takes what it is asked.
    async fn answering(answer: Vec<u8>) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                // One read has a short question whole; whoever hung up hears nothing.
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(&answer).await;
            }
        });
        address
    }

    fn http_answer(status: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    #[tokio::test]
    async fn a_hub_that_answers_without_end_or_leads_elsewhere_is_none() {
        let asked = async |answer: Vec<u8>| {
            let hub = HubClient::new(answering(answer).await, "a.b.c".into()).expect("a client");
            hub.pull(0, false).await.map(|_| ()).map_err(|error| match error {
                CommandError::Hub { problem, .. } => problem,
                other => panic!("{other:?}"),
            })
        };
        let not_a_hub = Err(HubProblem::NotAHub);
        let many = br#"{"message":"m","parts":1000000}"#;
        assert_eq!(asked(http_answer("206 Partial Content", many)).await, not_a_hub, "more parts than there can be");
        let endless = "HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n".as_bytes();
        assert_eq!(asked(endless.to_vec()).await, not_a_hub, "more than anybody needs");
        let elsewhere = answering(http_answer("200 OK", &wire::pulled(&Pulled::default()))).await;
        let redirect = format!("HTTP/1.1 307 X\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
        assert_eq!(asked(redirect.into_bytes()).await, not_a_hub, "the credential goes nowhere else");
    }

    #[tokio::test]
    async fn a_part_longer_than_parts_are_is_not_kept() {
        let hub = HubClient::new(answering(http_answer("200 OK", &vec![0; wire::PART + 1])).await, "a.b.c".into());
        let fetched = hub.expect("a client").fetch(br#"{"message":"m","parts":2}"#).await;
        assert_eq!(fetched, Err(HubProblem::NotAHub.into()));
    }
}
