//! Points at which a test lets the hub die, each between two things that must not depend on each other. A build for people
//! has none.

/// Names a point, and how often it is passed before: `push_committed`, or `push_committed:2`.
#[cfg(debug_assertions)]
const VARIABLE: &str = "LIAISON_HUB_KILL_POINT";

/// All points, in the order a test goes through them.
pub const ALL: [&str; 6] =
    ["push_decided", "push_committed", "pull_read", "snapshot_made", "snapshot_kept", "part_staged"];

/// Ends the process here, at once and without a word, where the environment says so.
pub fn pass(point: &str) {
    #[cfg(debug_assertions)]
    die_at(point);
    #[cfg(not(debug_assertions))]
    let _ = point;
}

#[cfg(debug_assertions)]
fn die_at(point: &str) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static PASSED: AtomicU64 = AtomicU64::new(0);
    let Ok(wanted) = std::env::var(VARIABLE) else { return };
    let (name, times) = wanted.split_once(':').unwrap_or((&wanted, "0"));
    if name == point && PASSED.fetch_add(1, Ordering::Relaxed) == times.parse().unwrap_or(0) {
        std::process::abort();
    }
}
