//! What lies in the folder of a desk, by name.

use std::path::{Path, PathBuf};

/// The database.
pub const DATABASE: &str = "liaison.db";

/// How the key of the database is kept.
pub const KEY: &str = "key.json";

/// The head of the journal.
pub const JOURNAL_HEAD: &str = "journal.head";

/// How the names of backup files end.
pub const BACKUP_EXTENSION: &str = "liaison-backup";

/// Where backups of the database in `directory` lie where nobody has chosen another folder.
pub fn backups(directory: &Path) -> PathBuf {
    directory.join("backups")
}
