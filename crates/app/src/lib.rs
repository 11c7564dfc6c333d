//! The use cases of Liaison, shared by the window and the command line. No Tauri.
//!
//! Each is a free function in the module of its feature, named as the command that calls it. The crates below hold what
//! others build on; here they are handed on, so that `liaison_app::feature::use_case` is the one path.

pub mod activities;
pub mod archive;
pub mod attributes;
pub mod auto_sync;
pub mod background;
pub mod bulk;
pub mod contact_choices;
pub mod contacts;
pub mod employers;
pub mod employments;
pub mod entries;
pub mod erasure;
pub mod export;
pub mod groups;
pub mod home;
pub mod labels;
pub mod note_drafts;
pub mod notes;
pub mod onboarding;
pub mod person_left;
pub mod process;
mod regained_access;
pub mod rehearsal;
pub mod review;
pub mod roles;
pub mod sample;
mod sample_activities;
mod sample_bounces;
mod sample_claims;
mod sample_colleagues;
mod sample_students;
pub mod schema;
pub mod start;
pub mod students;
pub mod trash;
pub mod users;
pub mod view_as;

pub use liaison_duplicates::{claims, duplicates, likeness, merge, queue};
pub use liaison_engine::{CacheTag, CommandError, Engine, OnProgress, Progress, Session, Step, WeakSession};
pub use liaison_engine::{
    active_staff, aliases, cache_tag, caseload, clock, clock_watch, engine, error, features, files, forms, hidden_rows,
    lists, moment, names, opening, progress, records, results, session, step, viewing, views,
};
pub use liaison_history::{history, undo};
pub use liaison_import as import;
pub use liaison_mailing::{do_not_email, institution, invitations, invitees, mail, new_users};
pub use liaison_policy as policy;
pub use liaison_protection::{
    audit_file, backup, data_folder, idle, phase, recovery, security, staff, staff_roles, verify,
};
pub use liaison_replica as sync;
pub use liaison_store::private_file;
