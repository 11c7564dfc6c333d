//! The use cases, on real encrypted databases.

mod activities;
mod archive;
mod attributes;
mod bulk;
mod bulk_chains;
mod common;
mod duplicates;
mod edit;
mod every_command;
mod exports;
mod frozen;
mod import_files;
mod import_presets;
mod import_records;
mod import_rules;
mod imports;
mod institution;
mod invitations;
mod keys;
mod labels;
mod linking;
mod list_answers;
mod list_model;
mod lists;
mod mail;
mod mail_once;
mod mail_permissions;
#[path = "../../../mail/tests/smtp/server.rs"]
mod mail_server;
mod merge;
mod merge_chains;
mod permissions;
mod person_left;
mod review;
#[path = "../../../store/tests/store/rows.rs"]
mod rows;
mod staff;
mod staleness;
mod students;
mod trash;
mod undo;
mod undo_chains;
mod users;
mod viewing;
mod views;
mod writing;
