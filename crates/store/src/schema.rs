//! Migrations: additive only, each in one transaction with its bookkeeping (sqlx does both).

use crate::error::StoreError;
use crate::sqlite::Db;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnection;
use sqlx::{SqlSafeStr as _, SqlStr};

/// Every migration there ever was, in order. Never edit one that has been released; a test compares the result with
/// `migrations/sqlite/schema.snapshot.sql`.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "foundation", include_str!("../../../migrations/sqlite/0001_foundation.sql")),
    (2, "contact desk", include_str!("../../../migrations/sqlite/0002_contact_desk.sql")),
    (3, "users", include_str!("../../../migrations/sqlite/0003_users.sql")),
    (4, "operation head", include_str!("../../../migrations/sqlite/0004_operation_head.sql")),
    (5, "time in trash", include_str!("../../../migrations/sqlite/0005_time_in_trash.sql")),
    (6, "student activities", include_str!("../../../migrations/sqlite/0006_student_activities.sql")),
    (7, "replica", include_str!("../../../migrations/sqlite/0007_replica.sql")),
    (8, "time zone and activation", include_str!("../../../migrations/sqlite/0008_time_zone_and_activation.sql")),
    (9, "row change", include_str!("../../../migrations/sqlite/0009_row_change.sql")),
    (10, "conflict", include_str!("../../../migrations/sqlite/0010_conflict.sql")),
    (11, "portal and base", include_str!("../../../migrations/sqlite/0011_portal_and_base.sql")),
];

/// The newest of them.
pub(crate) const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Those before it.
#[cfg(test)]
pub(crate) fn before_newest() -> impl Iterator<Item = i64> {
    MIGRATIONS.iter().map(|(version, ..)| *version).filter(|version| *version < NEWEST)
}

/// Whether a database with something in it would be changed by [`migrate`].
pub(crate) fn is_old(db: &Db<'_>) -> Result<bool, StoreError> {
    Ok((1..NEWEST).contains(&version(db)?))
}

/// The last migration a database has; 0 where it has none.
pub(crate) fn version(db: &Db<'_>) -> Result<i64, StoreError> {
    let known = db.number("SELECT count(*) FROM sqlite_master WHERE name='_sqlx_migrations'", &[])?;
    if known == 0 { Ok(0) } else { db.number("SELECT max(version) FROM _sqlx_migrations", &[]) }
}

/// Brings the schema up to date. Refuses a database of a newer version with `TooNew` and leaves it alone.
pub async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
        let sql: SqlStr = (*sql).into_sql_str();
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
    });
    match Migrator::with_migrations(migrations.collect()).run_direct(None, connection, false).await {
        Err(MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..)) => Err(StoreError::TooNew),
        Err(error @ (MigrateError::VersionMismatch(_) | MigrateError::Dirty(_))) => {
            Err(StoreError::OtherTables(error.to_string()))
        }
        other => Ok(other?),
    }
}
