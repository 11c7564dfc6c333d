//! How desks and their hub agree. Pure functions and state machines: no I/O, no clock, no randomness of their own; so all
//! of it runs in a simulation as it runs between real desks.
//!
//! - [`wire`]: operations and entries of the hub's log as bytes;
//! - [`conflict`]: writes that nobody has decided between;
//! - [`document`]: the fold, as the hub keeps its result;
//! - [`decide`]: what the hub says to the operations a device sends;
//! - [`log`]: who writes the hub's log, and what stands at its places;
//! - [`permit`]: what an operation may do by the rights its author has;
//! - [`portal`]: what an operation of the portal may do, by the rights of employer users, students and alumni;
//! - [`settle`]: what the hub itself changes afterwards, so that rules hold;
//! - [`engine`]: when a desk sends, asks, waits and tries again.

pub mod conflict;
pub mod decide;
pub mod document;
pub mod engine;
pub mod log;
pub mod permit;
pub mod portal;
pub mod settle;
pub mod wire;
