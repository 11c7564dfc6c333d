//! What can be wrong with the files of a database.

/// What is wrong with the files of a database, in a way that keeps it from being opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The first page is not what was written; others are.
    #[error(
        "the beginning of liaison.db is damaged, and the key is the right one; copy the folder to a safe place, then \
         restore a backup"
    )]
    FirstPage,
    /// The file is shorter than it should be.
    #[error("the end of liaison.db is missing; copy the folder to a safe place, then restore a backup")]
    Truncated,
    /// The write-ahead log is of another database, or written with another key.
    #[error(
        "liaison.db-wal, which holds the latest changes, does not belong to this database; move that file out of the \
         folder and keep it, then start again"
    )]
    OtherLog,
    /// The write-ahead log is damaged before its end: what comes after is lost with it.
    #[error(
        "liaison.db-wal, which holds the latest changes, is damaged; copy the folder to a safe place, then restore a \
         backup, or move that file out of the folder to go on without the latest changes"
    )]
    Log,
}
