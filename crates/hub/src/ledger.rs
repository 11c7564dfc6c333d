//! The tables of the hub: opening and migrating, institutions, devices.

use crate::metrics::Metrics;
use crate::packing::uuid;
use crate::secrets::{Code, Credential, digest, draw};
use anyhow::{Context as _, Result};
use liaison_domain::Id;
use liaison_sync::settle;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{Postgres, SqlSafeStr as _, SqlStr, Transaction};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Every migration, in order. Never edit one that has been released.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "hub", include_str!("../../../migrations/postgres/0001_hub.sql")),
    (2, "portal", include_str!("../../../migrations/postgres/0002_portal.sql")),
    (3, "claims", include_str!("../../../migrations/postgres/0003_claims.sql")),
    (4, "sources", include_str!("../../../migrations/postgres/0004_sources.sql")),
    (5, "scale", include_str!("../../../migrations/postgres/0005_scale.sql")),
    (6, "letters", include_str!("../../../migrations/postgres/0006_letters.sql")),
];

/// Most connections to PostgreSQL of one process.
const CONNECTIONS: u32 = 16;

/// The database of the hub.
pub struct Ledger {
    pub(crate) pool: PgPool,
    /// What is counted.
    pub metrics: Metrics,
    /// Wakes those who wait for an institution's log.
    pulses: Mutex<HashMap<Id, watch::Sender<u64>>>,
    /// Of each institution, who makes a snapshot.
    building: Mutex<HashMap<Id, Arc<tokio::sync::Mutex<()>>>>,
}

impl Ledger {
    /// Connects to a database; `url` as PostgreSQL has it. Nothing is migrated.
    pub async fn connect(url: &str) -> Result<Ledger> {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(url).await;
        Ok(Ledger {
            pool: pool.context("PostgreSQL does not answer")?,
            metrics: Metrics::default(),
            pulses: Mutex::default(),
            building: Mutex::default(),
        })
    }

    /// The connections to the database.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Brings the tables up to date.
    pub async fn migrate(&self) -> Result<()> {
        let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
            let sql: SqlStr = (*sql).into_sql_str();
            Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
        });
        let migrator = Migrator::with_migrations(migrations.collect());
        migrator.run(&self.pool).await.context("the tables can't be brought up to date")
    }

    /// Whether PostgreSQL answers and the tables are those of this version.
    pub async fn is_ready(&self) -> Result<bool> {
        let (newest, ours) = self.versions().await?;
        Ok(newest == ours)
    }

    /// The version of the tables, and the one that this program needs.
    pub async fn versions(&self) -> Result<(i64, i64)> {
        let sql = "SELECT coalesce(max(version),0) FROM _sqlx_migrations WHERE success";
        let newest: i64 = sqlx::query_scalar(sql).fetch_one(&self.pool).await?;
        Ok((newest, MIGRATIONS[MIGRATIONS.len() - 1].0))
    }

    /// A transaction that sees one institution.
    pub(crate) async fn begin(&self, institution: Id) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("SELECT set_config('liaison.institution', $1, true)")
            .bind(institution.to_string())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction)
    }

    /// Takes an institution in; once it is there, nothing happens.
    pub async fn add_institution(&self, institution: Id, name: &str) -> Result<()> {
        let mut transaction = self.begin(institution).await?;
        sqlx::query("INSERT INTO institution(id,name) VALUES($1,$2) ON CONFLICT (id) DO NOTHING")
            .bind(uuid(institution))
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO pulse(institution,last) VALUES($1,0) ON CONFLICT (institution) DO NOTHING")
            .bind(uuid(institution))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// A code by which one device joins, within a day.
    pub async fn add_code(&self, institution: Id) -> Result<Code> {
        let code = Code { institution, secret: draw() };
        let mut transaction = self.begin(institution).await?;
        sqlx::query("INSERT INTO code(institution,hash,good_until) VALUES($1,$2,now()+interval '1 day')")
            .bind(uuid(institution))
            .bind(digest(&code.secret).as_slice())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(code)
    }

    /// Lets a device join, with a code that nobody used before. Joining again, after a reply that was lost, takes another
    /// code and gives another credential. `None` where the code is not good.
    ///
    /// The first desk of an institution founds it: the `written` operations it has by then are taken as they are. The
    /// portal may have been there before it.
    pub async fn join(&self, code: &Code, device: Id, name: &str, written: u64) -> Result<Option<Credential>> {
        // As the hub itself nobody else writes.
        if device == settle::device(code.institution) {
            return Ok(None);
        }
        let mut transaction = self.begin(code.institution).await?;
        let used = sqlx::query("DELETE FROM code WHERE institution=$1 AND hash=$2 AND good_until>now()")
            .bind(uuid(code.institution))
            .bind(digest(&code.secret).as_slice())
            .execute(&mut *transaction)
            .await?;
        if used.rows_affected() == 0 {
            return Ok(None);
        }
        let credential = Credential { institution: code.institution, device, secret: draw() };
        let joined = sqlx::query(
            "INSERT INTO device(institution,id,name,credential,founding) VALUES($1,$2,$3,$4,
               CASE WHEN EXISTS (SELECT FROM device WHERE institution=$1 AND NOT portal) THEN 0 ELSE $5 END)
             ON CONFLICT (institution,id) DO UPDATE SET name=excluded.name,credential=excluded.credential
               WHERE NOT device.portal",
        )
        .bind(uuid(code.institution))
        .bind(uuid(device))
        .bind(name)
        .bind(digest(&credential.secret).as_slice())
        .bind(written.min(i64::MAX as u64) as i64)
        .execute(&mut *transaction)
        .await?;
        // Nor does anybody write as the portal. The code stays good.
        if joined.rows_affected() == 0 {
            return Ok(None);
        }
        transaction.commit().await?;
        Ok(Some(credential))
    }

    /// Whether a credential is that of a device that may come in.
    pub async fn knows(&self, credential: &Credential) -> Result<bool> {
        let mut transaction = self.begin(credential.institution).await?;
        let kept: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT credential FROM device WHERE institution=$1 AND id=$2 AND revoked IS NULL")
                .bind(uuid(credential.institution))
                .bind(uuid(credential.device))
                .fetch_optional(&mut *transaction)
                .await?;
        // Digests of random secrets: how long comparing them takes tells nothing.
        Ok(kept.is_some_and(|kept| kept == digest(&credential.secret)))
    }

    /// Ends a device's credential at once.
    pub async fn revoke(&self, institution: Id, device: Id) -> Result<bool> {
        let mut transaction = self.begin(institution).await?;
        let revoked = sqlx::query("UPDATE device SET revoked=coalesce(revoked,now()) WHERE institution=$1 AND id=$2")
            .bind(uuid(institution))
            .bind(uuid(device))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(revoked.rows_affected() > 0)
    }

    /// Tells those who wait that the log has come to a place.
    pub(crate) fn wake(&self, institution: Id, last: u64) {
        self.pulse(institution).send_replace(last);
    }

    /// The lock under which this process makes snapshots of an institution.
    pub(crate) fn building(&self, institution: Id) -> Arc<tokio::sync::Mutex<()>> {
        let mut building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(building.entry(institution).or_default())
    }

    fn pulse(&self, institution: Id) -> watch::Sender<u64> {
        let mut pulses = self.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        pulses.entry(institution).or_insert_with(|| watch::Sender::new(0)).clone()
    }

    /// Waits until this process has heard that the log goes on after a place.
    pub(crate) async fn woken(&self, institution: Id, after: u64) {
        let mut pulse = self.pulse(institution).subscribe();
        // The sender lives as long as this.
        let _heard = pulse.wait_for(|last| *last > after).await;
    }

    /// The last place of an institution's log.
    pub async fn last(&self, institution: Id) -> Result<u64> {
        let last: Option<i64> = sqlx::query_scalar("SELECT last FROM pulse WHERE institution=$1")
            .bind(uuid(institution))
            .fetch_optional(&self.pool)
            .await?;
        Ok(last.unwrap_or(0) as u64)
    }
}
