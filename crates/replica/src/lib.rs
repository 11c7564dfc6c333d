//! A desk as one of several: it joins a hub, sends what was done here, takes in what was done elsewhere. When something
//! is sent and asked is decided by `liaison_sync::engine`; here are the network, the database and the people.

mod conflicts;
mod connection;
mod exchange;
mod hub_client;
mod joining;
mod progress;
mod redo;
mod refused;
mod running;

pub use conflicts::{ConflictChoice, ConflictRow, ConflictVersion, sync_conflicts, sync_conflicts_of, sync_settle};
pub use connection::{SyncStatus, sync_connect, sync_status};
pub use exchange::{SyncDone, sync_now};
pub use joining::{JoinProgress, sync_join};
pub use progress::SyncProgress;
pub use refused::{RefusedStep, sync_refused, sync_refused_close, sync_refused_retry};
pub use running::{run, start_syncing};
