//! What stands between a person and the database.

use liaison_engine::error::CommandError;
use liaison_store::StoreError;
use liaison_store::files;
use liaison_store::key::is_key_missing;
use liaison_store::key::{self, Protection};
use serde::Serialize;
use specta::Type;
use std::path::Path;

/// What stands between the person and the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AppPhase {
    /// There is no database yet.
    Setup,
    /// A passcode is needed.
    Locked,
    /// The key lies in the keychain.
    Ready,
}

/// What stands between the person and the database in `directory`.
///
/// Errors: `Storage` where the key of a database is gone: nobody is to set up anew over it.
pub fn phase(directory: &Path) -> Result<AppPhase, CommandError> {
    match liaison_store::backup::finish_restore(directory) {
        // Whoever has it open sees to it.
        Ok(()) | Err(StoreError::Busy) => {}
        Err(error) => return Err(error.into()),
    }
    if is_key_missing(directory) {
        return Err(StoreError::Missing(files::KEY).into());
    }
    Ok(match key::protection(directory)? {
        None => AppPhase::Setup,
        Some(Protection::Passcode) => AppPhase::Locked,
        Some(Protection::Keychain) => AppPhase::Ready,
    })
}

/// Whether this system has a keychain that works.
pub fn keychain_works() -> bool {
    tokio::task::block_in_place(key::keychain_works)
}
