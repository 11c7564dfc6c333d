//! Messages through a real SMTP server on loopback, and what arrives there.

mod hostile;
mod messages;
mod sending;
#[path = "server.rs"]
mod server;
