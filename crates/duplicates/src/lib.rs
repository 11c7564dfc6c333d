//! Contacts that may be one person, and merging.

pub mod duplicates;
pub mod likeness;
pub mod merge;
pub mod queue;
