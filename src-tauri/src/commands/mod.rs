//! The commands of the window, one file per feature. Each takes what the window gives, calls one use case and hands
//! its answer back; build.rs finds them here and registers them.

pub mod activities;
pub mod archive;
pub mod backup;
pub mod bulk;
pub mod contacts;
pub mod duplicates;
pub mod employers;
pub mod export;
pub mod fields;
pub mod history;
pub mod import;
pub mod institution;
pub mod integrity;
pub mod invitations;
pub mod links;
pub mod lists;
pub mod mail;
pub mod merge;
pub mod notes;
pub mod records;
pub mod staff;
pub mod start;
pub mod students;
pub mod trash;
pub mod users;
pub mod views;
