//! The portal: the pages of an institution for employers, students and alumni, which its hub serves.
//!
//! It is one more device of the institution, with a chain of its own: what people do here is an operation that is decided
//! about under the institution's lock, as those of desks are, and that desks then take in. Pages work without scripts.
//!
//! - [`site`]: which institution a host is; [`visit`]: a request, and who is logged in;
//! - [`employers`]: which employers the owner of an address works at;
//! - `named`: whom forms name; what comes of it, `liaison_intake` says;
//! - [`asked`], [`outbox`], [`letters`], [`tickets`]: letters with links; [`bounces`]: those that come back;
//! - [`accounts`], [`passwords`], [`throttle`]: logging in;
//! - `pages`: what people see;
//! - [`log`], [`lookup`]: the institution's log and records, which the hub has.

#![allow(clippy::result_large_err, reason = "an answer may take the way of an error; it is made once for a request")]

pub mod accounts;
mod act;
mod answer;
pub mod asked;
mod assets;
pub mod bounces;
pub mod cards;
pub mod employers;
pub mod form;
mod ids;
pub mod letters;
pub mod log;
pub mod lookup;
mod moment;
pub(crate) mod named;
pub mod outbox;
mod page;
mod pages;
pub mod passwords;
pub mod portal;
mod posting;
pub mod router;
pub mod secrets;
mod seen;
pub mod site;
pub mod throttle;
pub mod tickets;
mod visit;
