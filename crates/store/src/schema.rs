//! Migrations: additive only, each in one transaction with its bookkeeping (sqlx does both).

use crate::error::StoreError;
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
];

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
