//! The rules of a career center's contact desk.
//!
//! What there is, records, fields, values and the journal, is in `liaison-records`; its modules are handed on here, so
//! that `liaison_domain::…` is the one path to them. Where a kind has rules of its own, its module has them beside its
//! fields.
//!
//! This crate does no I/O and reads no clock: what happens *now* and what is *stored* comes in as arguments, what
//! should change comes out as [`journal::Change`]s or as a typed refusal. The desktop, the command line and the hub
//! call the same functions.

pub mod access;
pub mod activation;
pub mod archive;
pub mod arrival;
pub mod attribute;
pub mod audit;
pub mod auto_sync;
pub mod backup;
pub mod built_in_view;
pub mod bulk;
pub mod caseload;
pub mod contact;
pub mod disclosure;
pub mod edit;
pub mod elsewhere;
pub mod employer_match;
pub mod employer_user;
pub mod employment;
pub mod entry;
pub mod filter;
pub mod full_check;
pub mod head;
pub mod home;
pub mod label;
pub mod onboarding_question;
pub mod outbox;
pub mod passcode;
pub mod privacy;
pub mod publication;
pub mod reminder;
pub mod review;
pub mod role;
pub mod saved_view;
pub mod seen_time;
pub mod staff_role;
pub mod staleness;
pub mod task;
pub mod time_zone;
pub mod timeline;
pub mod trash;
pub mod undo;
pub mod viewer;

pub use liaison_records::{
    clock, contents, distinct_pair, email, email_domain, employer, employer_name, event, experience, field, id,
    interview_schedule, invitation, job_listing, journal, kind, limits, mail_template, meeting, moment, name, note,
    onboarding_answer, operation, organization, parse, participation, permission, record, refusal, registry,
    replication, snapshot, student, user_group, value,
};

pub use access::Actor;
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
pub use viewer::Viewer;
