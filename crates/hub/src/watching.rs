//! What watches the hub, at an address of its own: whether it lives, whether it is ready, and its counts. And a line in the
//! log for each request, without anything that was asked.

use crate::ledger::Ledger;
use crate::metrics::Looked;
use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use clap::{Args, ValueEnum};
use sqlx::Row as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::net::TcpListener;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Begins the log, to standard error.
pub fn begin_log(format: LogFormat) {
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
    }
}

/// Where the hub is watched.
#[derive(Args, Clone, Debug, Default)]
pub struct Watch {
    /// Answer /health, /ready and /metrics here: for Prometheus and whatever restarts the hub, not for the world
    #[arg(long = "watch", env = "LIAISON_HUB_WATCH")]
    address: Option<SocketAddr>,
}

impl Watch {
    /// Answers at its address, beside everything else, until the process ends.
    ///
    /// # Errors
    /// Where the address can't be listened at.
    pub async fn begin(&self, ledger: &Arc<Ledger>) -> Result<()> {
        let Some(address) = self.address else { return Ok(()) };
        let listener = TcpListener::bind(address).await.with_context(|| format!("{address} can't be listened at"))?;
        println!("watched at http://{}", listener.local_addr()?);
        let router = router(Arc::clone(ledger));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!("nobody can watch any more: {error}");
            }
        });
        Ok(())
    }
}

/// The routes for whoever watches.
pub fn router(ledger: Arc<Ledger>) -> Router {
    Router::new()
        .route("/health", get(|| async { "alive" }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(ledger)
}

async fn ready(State(ledger): State<Arc<Ledger>>) -> Response {
    match ledger.is_ready().await {
        Ok(true) => "ready".into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the tables are of another version").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "PostgreSQL does not answer").into_response(),
    }
}

async fn metrics(State(ledger): State<Arc<Ledger>>) -> Response {
    // Without PostgreSQL the counts of this process are still worth reading.
    let looked = look(&ledger).await.unwrap_or_default();
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], ledger.metrics.text(looked)).into_response()
}

async fn look(ledger: &Ledger) -> Result<Looked> {
    let logs = sqlx::query("SELECT count(*),coalesce(sum(last),0)::bigint FROM pulse").fetch_one(&ledger.pool).await?;
    Ok(Looked {
        institutions: logs.try_get(0)?,
        places: logs.try_get(1)?,
        oldest_job: oldest_job(ledger).await?,
        connections: i64::from(ledger.pool.size()),
    })
}

/// For how long the oldest job has been due, in seconds.
pub(crate) async fn oldest_job(ledger: &Ledger) -> Result<f64> {
    let sql = "SELECT coalesce(extract(epoch FROM now()-min(due)),0)::float8 FROM work WHERE due<=now()";
    Ok(sqlx::query_scalar(sql).fetch_one(&ledger.pool).await?)
}

/// Numbers the requests of this process.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// Counts a request and writes its line into the log: what route, how it was answered, how long it took.
pub async fn note(State(ledger): State<Arc<Ledger>>, request: Request, next: Next) -> Response {
    let (number, begun) = (NUMBER.fetch_add(1, Ordering::Relaxed), Instant::now());
    let method = request.method().clone();
    // What routes are matched by: no token, no name of a file, no query. The portal's pages are one route.
    let route = request.extensions().get::<MatchedPath>().map_or("portal", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    ledger.metrics.request(&route, status, took.as_secs_f64());
    tracing::info!(request = number, %method, route, status, milliseconds = took.as_millis() as u64, "answered");
    response
}
