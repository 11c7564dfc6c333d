//! The command line as scripts see it: the real binary, its answers, its exit codes.

mod answers;
mod archive;
mod audit_file;
mod backup;
mod bulk;
mod clock;
mod desk;
#[cfg(unix)]
mod full_disk;
mod identity;
mod invitations;
mod killed;
mod lost_log;
mod mail;
#[path = "../../../mail/tests/smtp/server.rs"]
mod mail_server;
mod merge;
#[cfg(target_os = "linux")]
mod one_process;
mod policy;
#[cfg(unix)]
mod private;
mod records;
mod refusals;
mod students;
mod users;
mod views;
