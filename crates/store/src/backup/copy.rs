//! A copy of the database while people work in it.

use crate::database::Database;
use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::operations;
use crate::schema;
use crate::sqlite::{Db, Sql};
use liaison_domain::backup::BackupProblem;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;

/// A copy of the database that was opened and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The last migration it has.
    pub schema: i64,
    /// The number of the last operation in its journal.
    pub operations: i64,
}

/// The last operation: its number and its link of the chain.
pub(super) type End = Option<(i64, Vec<u8>)>;

impl Database {
    /// Writes a copy of the database, encrypted with the same key, to `path`, where nothing is yet. It has the state
    /// of one moment; readers and the writer go on meanwhile. What is free in the pages is not copied.
    ///
    /// The copy counts once it has been opened and checked, as is done here: every page, every index, and that its chain
    /// ends where this database's did.
    ///
    /// Errors: `Backup` where the copy is not whole, and those of SQLite (no room, a folder that is gone).
    pub async fn copy_to(&self, path: &Path) -> Result<Copied, StoreError> {
        let before = self.read(operations::last).await?;
        {
            let mut connection = self.reader().await?;
            let mut handle = connection.lock_handle().await?;
            tokio::task::block_in_place(|| copy(&Db::new(&mut handle, Definitions::default()), path))?;
        }
        let (copied, last) = check_copy(self.reader_options(), path).await?;
        let same = match &last {
            None => before.is_none(),
            Some((n, link)) => {
                before.is_none_or(|(before, _)| before <= *n)
                    && self.read(|db| operations::link(db, *n)).await?.as_ref() == Some(link)
            }
        };
        if same { Ok(copied) } else { Err(BackupProblem::NotWhole.into()) }
    }
}

/// Writes a copy of the database that `db` is connected with, outside of a transaction.
pub(super) fn copy(db: &Db<'_>, path: &Path) -> Result<(), StoreError> {
    db.run("VACUUM INTO ?", &[Sql::Text(&path.to_string_lossy())])?;
    Ok(())
}

/// Opens a copy the way `options` open its database and checks all of it.
pub(super) async fn check_copy(options: SqliteConnectOptions, path: &Path) -> Result<(Copied, End), StoreError> {
    let mut connection = options.filename(path).read_only(true).immutable(true).connect().await?;
    let checked = {
        let mut handle = connection.lock_handle().await?;
        tokio::task::block_in_place(|| whole(&Db::new(&mut handle, Definitions::default())))
    };
    connection.close().await?;
    checked
}

fn whole(db: &Db<'_>) -> Result<(Copied, End), StoreError> {
    let found = db.first("PRAGMA integrity_check(1)", &[], |row| Ok(row.text(0).to_owned()))?;
    if found.as_deref() != Some("ok") {
        tracing::error!("a copy of the database: {}", found.unwrap_or_default());
        return Err(BackupProblem::NotWhole.into());
    }
    let last = operations::last(db)?;
    Ok((Copied { schema: schema::version(db)?, operations: last.as_ref().map_or(0, |(n, _)| *n) }, last))
}
