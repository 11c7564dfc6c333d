//! The portal, as its visitors, their mail server and a desk find it: the real hub on a real PostgreSQL, letters through a
//! real SMTP server, and a desk that syncs.
#![cfg(target_os = "linux")]

mod activation;
mod address;
mod attacks;
mod claims;
mod colleagues;
mod events;
mod interviews;
mod letters;
mod listings;
mod log_in;
mod roles;
mod sign_up;
mod site;
#[path = "../../../mail/tests/smtp/server.rs"]
mod smtp;
mod unsubscribe;
