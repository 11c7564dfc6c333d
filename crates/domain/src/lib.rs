//! The records, fields, rules and journal of a career center's contact desk.
//!
//! This crate does no I/O and reads no clock: what happens *now* and what is *stored* comes in as arguments, what
//! should change comes out as [`journal::Change`]s or as a typed refusal. The desktop, the command line and the hub
//! call the same functions.

pub mod access;
pub mod activation;
pub mod archive;
pub mod arrival;
pub mod attribute;
pub mod auto_sync;
pub mod backup;
pub mod built_in_view;
pub mod bulk;
pub mod clock;
pub mod contact;
pub mod distinct_pair;
pub mod edit;
pub mod email;
pub mod employer;
pub mod employer_user;
pub mod employment;
pub mod entry;
pub mod event;
pub mod experience;
pub mod field;
pub mod filter;
pub mod id;
pub mod interview_schedule;
pub mod invitation;
pub mod job_listing;
pub mod journal;
pub mod kind;
pub mod label;
pub mod mail_template;
pub mod meeting;
pub mod merge;
pub mod moment;
pub mod name;
pub mod note;
pub mod onboarding_answer;
pub mod onboarding_question;
pub mod operation;
pub mod organization;
pub mod outbox;
pub mod parse;
pub mod participation;
pub mod passcode;
pub mod privacy;
pub mod record;
pub mod refusal;
pub mod registry;
pub mod reminder;
pub mod review;
pub mod role;
pub mod saved_view;
pub mod staff_role;
pub mod staleness;
pub mod student;
pub mod task;
pub mod trash;
pub mod undo;
pub mod user_group;
pub mod value;
pub mod viewer;

pub use access::{Actor, Permission, Permissions, StaffRole};
pub use clock::Hlc;
pub use field::{Audience, Field, FieldGroup, FieldType};
pub use id::Id;
pub use journal::{Change, FieldChange, Operation};
pub use kind::RecordKind;
pub use operation::OperationKind;
pub use record::Record;
pub use refusal::Refusal;
pub use registry::Registry;
pub use value::Value;
pub use viewer::Viewer;
