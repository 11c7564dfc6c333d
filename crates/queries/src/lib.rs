//! What use cases ask of the database, one file per kind of record.
//!
//! What returns data of people takes a [`View`] and leaves out what is hidden from whoever looks. What takes the
//! database itself is about nobody, or a rule that must hold whoever looks: from a view, both are asked of
//! [`View::everything`].

pub mod addresses;
pub mod conflicts;
pub mod contact_texts;
pub mod contacts;
pub mod distinct_pairs;
pub mod drafts;
pub mod employer_users;
pub mod employers;
pub mod employments;
pub mod import_mappings;
pub mod institution;
pub mod invitations;
pub mod labels;
pub mod lookup;
pub mod mail_templates;
pub mod meetings;
pub mod mentioned;
pub mod named;
pub mod notes;
pub mod onboarding;
pub mod outbox;
pub mod pages;
pub mod participations;
pub mod portal;
pub mod references;
pub mod roles;
pub mod rows;
pub mod saved_views;
pub mod staff;
pub mod staff_roles;
pub mod streams;
pub mod students;
pub mod tasks;
pub mod trash;
pub mod user_groups;
pub mod view;

pub use view::View;
