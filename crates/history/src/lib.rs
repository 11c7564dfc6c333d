//! What was done, and undoing it.

pub mod history;
pub mod undo;
