//! Desks and a hub in one process, one thread, one generator of random numbers: a seed gives the same run each time.
//!
//! A run has two phases. In the first everything fails that can: messages are lost, late and double, desks crash and go
//! offline, clocks are wrong. In the second everything is healed, and within a bounded time nothing may wait any more; a
//! simulation with random faults alone never finds a stall that heals by luck. Then all must be equal: the desks among
//! each other, with the hub, and with the fold of the hub's log written a second time.
//!
//! Desks are in memory, for thousands of seeds, or the real store on SQLite. What decides and when something is asked is
//! always the real thing: `liaison_sync`.

pub mod checks;
pub mod conflicts;
pub mod desk;
pub mod hub;
pub mod memory;
pub mod options;
pub mod random;
pub mod records;
pub mod sqlite;
pub mod work;
pub mod world;

pub use options::Options;
pub use world::{Report, run};
