//! The engine of an open database, and what every use case stands on.
//!
//! An [`Engine`] is what everybody at one database shares; a [`Session`] is one person at it. A use case is a free
//! function in the module of its feature, here or in a crate above: it checks what the person may, asks a rule of
//! `liaison-domain`, writes one [`Step`] and tells what changed.

mod absorb;
pub mod active_staff;
pub mod aliases;
pub mod cache_tag;
pub mod caseload;
pub mod clock;
pub mod clock_watch;
pub mod engine;
pub mod error;
pub mod features;
mod file_problem;
pub mod files;
pub mod forms;
pub mod hidden_rows;
mod hub_problem;
mod list_rows;
pub mod lists;
pub mod moment;
pub mod names;
pub mod opening;
pub mod progress;
pub mod records;
pub mod results;
pub mod session;
pub mod step;
mod storage_problem;
pub mod viewing;
pub mod views;

pub use cache_tag::CacheTag;
pub use engine::Engine;
pub use error::CommandError;
pub use progress::{OnProgress, Progress};
pub use session::{Session, WeakSession};
pub use step::Step;
