//! What whoever runs the hub watches: counts and times, by route and by verdict. No institution, no person, no address.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The upper ends of what times are counted in, in seconds.
const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0, 30.0, 60.0];

/// Of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
    status: u16,
}

/// Of how long requests take.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TimeLabels {
    route: String,
}

/// Of an operation that was decided about; without a reason where it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct VerdictLabels {
    verdict: &'static str,
    reason: String,
}

/// The counts of one process.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RouteLabels, Counter>,
    seconds: Family<TimeLabels, Histogram>,
    operations: Family<VerdictLabels, Counter>,
    snapshots: Counter,
    retries: Counter,
    /// Questions that are kept open.
    pub waiting: Gauge,
    institutions: Gauge,
    places: Gauge,
    job: Gauge<f64, AtomicU64>,
    connections: Gauge,
    memory: Gauge,
}

/// What is asked of the database when somebody looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looked {
    /// Institutions.
    pub institutions: i64,
    /// Places of all their logs.
    pub places: i64,
    /// For how long the oldest job has been due, in seconds.
    pub oldest_job: f64,
    /// Connections to PostgreSQL of this process.
    pub connections: i64,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("liaison_hub");
        let seconds: Family<TimeLabels, Histogram> = Family::new_with_constructor(|| Histogram::new(SECONDS));
        let metrics = Metrics {
            requests: Family::default(),
            seconds,
            operations: Family::default(),
            snapshots: Counter::default(),
            retries: Counter::default(),
            waiting: Gauge::default(),
            institutions: Gauge::default(),
            places: Gauge::default(),
            job: Gauge::default(),
            connections: Gauge::default(),
            memory: Gauge::default(),
            registry: Arc::default(),
        };
        registry.register("requests", "Requests by route and status", metrics.requests.clone());
        registry.register("request_seconds", "How long answers take", metrics.seconds.clone());
        registry.register("operations", "Operations by verdict and reason", metrics.operations.clone());
        registry.register("snapshots", "Snapshots made for computers that join", metrics.snapshots.clone());
        registry.register("retries", "Transactions that PostgreSQL asked to try again", metrics.retries.clone());
        registry.register("waiting", "Questions that are kept open", metrics.waiting.clone());
        registry.register("institutions", "Institutions", metrics.institutions.clone());
        registry.register("places", "Places of all logs", metrics.places.clone());
        registry.register("oldest_job_seconds", "For how long the oldest job has been due", metrics.job.clone());
        registry.register("connections", "Connections to PostgreSQL", metrics.connections.clone());
        registry.register("resident_bytes", "Memory of this process", metrics.memory.clone());
        Metrics { registry: Arc::new(registry), ..metrics }
    }
}

impl Metrics {
    /// Counts a request that was answered. `route` is what routes are matched by, never what was asked.
    pub fn request(&self, route: &str, status: u16, seconds: f64) {
        self.requests.get_or_create(&RouteLabels { route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&TimeLabels { route: route.to_owned() }).observe(seconds);
    }

    /// Counts an operation that was decided about; `refused` is the key of the reason.
    pub fn operation(&self, refused: Option<&str>) {
        let verdict = if refused.is_some() { "refused" } else { "accepted" };
        let reason = refused.unwrap_or_default().to_owned();
        self.operations.get_or_create(&VerdictLabels { verdict, reason }).inc();
    }

    /// Counts a snapshot that was made.
    pub fn snapshot(&self) {
        self.snapshots.inc();
    }

    /// Counts a transaction that is tried again.
    pub fn retry(&self) {
        self.retries.inc();
    }

    /// All of it, as Prometheus reads it.
    pub fn text(&self, looked: Looked) -> String {
        self.institutions.set(looked.institutions);
        self.places.set(looked.places);
        self.job.set(looked.oldest_job);
        self.connections.set(looked.connections);
        self.memory.set(resident_bytes().unwrap_or(0));
        let mut text = String::new();
        // Writing into a string has no way to fail.
        let _written = encode(&mut text, &self.registry);
        text
    }
}

fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<i64>().ok().map(|kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_can_be_read() {
        let metrics = Metrics::default();
        metrics.request("/sync/v1/push", 200, 0.004);
        metrics.request("/sync/v1/push", 200, 0.4);
        metrics.operation(None);
        metrics.operation(Some("missing"));
        let text = metrics.text(Looked { institutions: 2, places: 9, oldest_job: 1.5, connections: 3 });
        for line in [
            r#"liaison_hub_requests_total{route="/sync/v1/push",status="200"} 2"#,
            r#"liaison_hub_request_seconds_bucket{le="0.005",route="/sync/v1/push"} 1"#,
            r#"liaison_hub_operations_total{verdict="refused",reason="missing"} 1"#,
            "liaison_hub_institutions 2",
            "liaison_hub_oldest_job_seconds 1.5",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }
}
