//! Messages through a real SMTP server on loopback, and what arrives there.

mod messages;
mod sending;
#[path = "server.rs"]
mod server;
