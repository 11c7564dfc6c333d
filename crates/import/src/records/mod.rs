//! Import of what happens with contacts: notes, tasks, meetings, events, participations and so on.
//!
//! A row becomes a new record. Contacts are named by their address, also by a former one; employers and staff by name,
//! what somebody takes part in by its title. What is there already, value for value, is skipped, so that a file can
//! come twice. Students and alumni are told apart by their address: a row with one that is known changes that record.

mod columns;
mod decide;
mod decided;
pub(super) mod steps;
mod students;

pub use columns::kinds;
pub(super) use columns::{guess, targets, template};
