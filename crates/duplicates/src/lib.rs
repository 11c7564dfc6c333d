//! Contacts that may be one person, and merging; employers that somebody claimed, and what they may be.

pub mod claims;
pub mod duplicates;
pub mod likeness;
pub mod merge;
pub mod queue;
