//! When somebody was last there, by two clocks.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime};

/// When somebody was last there.
#[derive(Default)]
pub(super) struct Presence {
    /// It is looked at from time to time.
    pub(super) watched: AtomicBool,
    pub(super) touched: Mutex<Touched>,
}

/// When somebody last touched mouse or keys, by two clocks: one goes on while the computer sleeps, the other can't be set
/// back.
#[derive(Clone, Copy)]
pub(super) struct Touched {
    pub(super) steady: Instant,
    pub(super) wall: SystemTime,
}

impl Default for Touched {
    fn default() -> Touched {
        Touched { steady: Instant::now(), wall: SystemTime::now() }
    }
}

impl Touched {
    pub(super) fn since(self) -> Duration {
        self.steady.elapsed().max(self.wall.elapsed().unwrap_or_default())
    }
}
