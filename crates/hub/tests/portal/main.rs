//! The portal, as its visitors, their mail server and a desk find it: the real hub on a real PostgreSQL, letters through a
//! real SMTP server, and a desk that syncs.
#![cfg(target_os = "linux")]

mod activation;
mod address;
mod attacks;
mod letters;
mod log_in;
mod sign_up;
mod site;
#[path = "../../../mail/tests/smtp/server.rs"]
mod smtp;
mod unsubscribe;
