//! What a career center's contact desk keeps: records, their kinds and fields, values, and the journal of what was done.
//!
//! A kind of record declares its fields in the module of its name; `schema.rs` puts them together. The rules on all of it
//! are in `liaison-domain`, which hands these modules on: everybody else names them by `liaison_domain::…`. No I/O and
//! no clock.

pub mod address;
pub mod attribute;
pub mod clock;
pub mod contact;
pub mod contents;
pub mod distinct_pair;
pub mod email;
pub mod email_domain;
pub mod employer;
pub mod employer_name;
pub mod employer_user;
pub mod employment;
pub mod event;
pub mod experience;
pub mod field;
pub mod id;
pub mod interview_schedule;
pub mod invitation;
pub mod job_listing;
pub mod journal;
pub mod kind;
pub mod label;
pub mod limits;
pub mod mail_template;
pub mod meeting;
pub mod moment;
pub mod name;
pub mod note;
pub mod onboarding_answer;
pub mod onboarding_question;
pub mod operation;
pub mod organization;
pub mod parse;
pub mod participation;
pub mod permission;
pub mod record;
pub mod refusal;
pub mod registry;
pub mod replication;
pub mod role;
pub mod saved_view;
mod schema;
pub mod snapshot;
pub mod staff_role;
pub mod student;
pub mod task;
pub mod user_group;
pub mod value;

pub use clock::Hlc;
pub use field::{Audience, Field, FieldGroup, FieldType};
pub use id::Id;
pub use journal::{Change, FieldChange, Head, Operation};
pub use kind::{Numbered, RecordKind};
pub use operation::OperationKind;
pub use permission::{Permission, Permissions, StaffRole};
pub use record::Record;
pub use refusal::Refusal;
pub use registry::Registry;
pub use value::Value;
