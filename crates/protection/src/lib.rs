//! Who gets in, and that nothing is lost or altered: passcodes and recovery, locking, backups, the full check, the audit
//! file.

pub mod audit_file;
pub mod backup;
pub mod data_folder;
pub mod idle;
pub mod phase;
pub mod recovery;
pub mod security;
pub mod staff;
pub mod staff_roles;
pub mod verify;
