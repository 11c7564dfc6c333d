//! How desks and their hub agree. Pure functions and state machines: no I/O, no clock, no randomness of their own; so all
//! of it runs in a simulation as it runs between real desks.
//!
//! - [`wire`]: operations and entries of the hub's log as bytes;
//! - [`document`]: the fold, as the hub keeps its result;
//! - [`decide`]: what the hub says to the operations a device sends;
//! - [`permit`]: what an operation may do by the rights its author has;
//! - [`portal`]: what an operation of the portal may do, by the rights of employer users, students and alumni;
//! - [`engine`]: when a desk sends, asks, waits and tries again.

pub mod decide;
pub mod document;
pub mod engine;
pub mod permit;
pub mod portal;
pub mod wire;
