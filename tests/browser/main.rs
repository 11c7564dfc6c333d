//! Every page of the portal in Chromium, as employers, students and alumni see it: the real hub on a real PostgreSQL,
//! letters through a real SMTP server, and a desk. Everything here happens by keyboard or by pointer, without scripts.

#![cfg(target_os = "linux")]

mod employers;
mod offers;
mod pages;
#[allow(dead_code, reason = "shared with the tests of the hub, of which these use a part")]
#[path = "../../crates/hub/tests/portal/site.rs"]
mod site;
#[path = "../../crates/mail/tests/smtp/server.rs"]
mod smtp;
mod students;
