//! Journeys through the real window. `cargo xtask test` builds the app, gives it a display and runs them.

mod access;
mod activities;
mod archive;
mod backups;
mod bulk;
mod clock;
mod confined;
mod damage;
mod desk;
mod directory;
mod duplicates;
mod files;
mod first_start;
mod import;
mod import_records;
mod integrity;
mod invitations;
mod links;
mod lock_screen;
mod mail;
mod mail_people;
#[path = "../../crates/mail/tests/smtp/server.rs"]
mod mail_server;
mod navigation;
mod newcomers;
mod profile;
mod trash;
mod triage;
mod two_looks;
mod users;
mod views;
