//! What the journeys share: the real window, opened and driven as a person would.

pub mod harness;
