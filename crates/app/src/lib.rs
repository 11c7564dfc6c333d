//! The use cases of Liaison, shared by the desktop, the command line and the hub. No Tauri.
//!
//! A [`Desk`] is the open database with everything that is kept in memory. Each use case is a method of it, in the
//! module of its feature: it checks the actor's permission, calls the rule in `liaison-domain`, writes through one
//! [`liaison_store::Recorder`] and, after the commit, tells what changed.

pub mod activities;
pub mod archive;
pub mod attributes;
pub mod audit_file;
pub mod auto_sync;
pub mod backup;
pub mod bulk;
pub mod cache_tag;
pub mod clock;
pub mod contacts;
pub mod desk;
pub mod duplicates;
pub mod employers;
pub mod employments;
pub mod erasure;
pub mod error;
pub mod export;
pub mod files;
mod forms;
pub mod groups;
pub mod history;
pub mod import;
pub mod institution;
pub mod invitations;
pub mod labels;
pub mod likeness;
pub mod lists;
pub mod mail;
pub mod merge;
pub mod notes;
pub mod onboarding;
pub mod person_left;
pub mod process;
pub mod records;
pub mod recovery;
pub mod rehearsal;
pub mod rest;
pub mod results;
pub mod review;
pub mod roles;
pub mod sample;
mod sample_activities;
mod sample_students;
pub mod schema;
pub mod security;
pub mod staff;
pub mod staff_roles;
pub mod start;
mod storage_problem;
pub mod students;
pub mod trash;
pub mod undo;
pub mod users;
pub mod verify;
pub mod viewing;
pub mod views;

pub use cache_tag::CacheTag;
pub use desk::{Desk, Progress};
pub use error::CommandError;
pub use liaison_store::private_file;
