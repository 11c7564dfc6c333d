//! The records of an institution at a place of its log, for a desk that joins: made when somebody asks and the last one is
//! too old, kept until something is erased.

use crate::kill_points;
use crate::ledger::Ledger;
use crate::packing::{id, uuid};
use crate::push::{Open, lock};
use anyhow::{Context as _, Result, bail};
use liaison_domain::Id;
use liaison_domain::journal::Digest;
use liaison_domain::snapshot::{self, Item, Manifest, Parts};
use sqlx::Row as _;
use uuid::Uuid;

/// Records that are read at once.
const AT_ONCE: i64 = 5_000;
/// So many changes behind it, a snapshot is always good enough.
const FEW: u64 = 2_000;
/// How often one is made anew because something was erased meanwhile.
const TRIES: u32 = 5;

impl Ledger {
    /// The head of a snapshot that is not too far behind the log; it is made where there is none.
    pub async fn snapshot(&self, institution: Id) -> Result<Manifest> {
        // Several desks that ask at once wait for one.
        let building = self.building(institution);
        let _alone = building.lock().await;
        if let Some(manifest) = self.newest(institution).await? {
            return Ok(manifest);
        }
        for _ in 0..TRIES {
            let (manifest, parts) = self.make(institution).await?;
            kill_points::pass("snapshot_made");
            if self.keep(institution, &manifest, &parts).await? {
                kill_points::pass("snapshot_kept");
                self.metrics.snapshot();
                return Ok(manifest);
            }
        }
        bail!("records are erased faster than a snapshot is made")
    }

    /// A part of a snapshot. `None` where that is gone: then another one is asked for.
    pub async fn snapshot_part(&self, institution: Id, place: u64, part: u32) -> Result<Option<Vec<u8>>> {
        let mut open = self.begin(institution).await?;
        let sql = "SELECT bytes FROM snapshot_part WHERE institution=$1 AND place=$2 AND part=$3";
        let query = sqlx::query_scalar(sql).bind(uuid(institution)).bind(place as i64).bind(part as i32);
        Ok(query.fetch_optional(&mut *open).await?)
    }

    async fn newest(&self, institution: Id) -> Result<Option<Manifest>> {
        let mut open = self.begin(institution).await?;
        let sql = "SELECT manifest FROM snapshot WHERE institution=$1 ORDER BY place DESC LIMIT 1";
        let found: Option<String> = sqlx::query_scalar(sql).bind(uuid(institution)).fetch_optional(&mut *open).await?;
        let Some(found) = found else { return Ok(None) };
        let manifest: Manifest = serde_json::from_str(&found).context("a snapshot can't be read")?;
        let sql = "SELECT coalesce(sum(changes),0)::bigint+count(*) FROM operation WHERE institution=$1 AND place>$2";
        let behind: i64 =
            sqlx::query_scalar(sql).bind(uuid(institution)).bind(manifest.place as i64).fetch_one(&mut *open).await?;
        // What is behind comes as the log: a fifth of the records is still quicker that way.
        Ok((behind as u64 <= FEW.max(manifest.records / 5)).then_some(manifest))
    }

    /// Reads all records in one state of the database.
    async fn make(&self, institution: Id) -> Result<(Manifest, Vec<Vec<u8>>)> {
        let mut open = self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        sqlx::query("SELECT set_config('liaison.institution',$1,true)")
            .bind(institution.to_string())
            .execute(&mut *open)
            .await?;
        let of = uuid(institution);
        let head =
            sqlx::query("SELECT last,greatest FROM institution WHERE id=$1").bind(of).fetch_one(&mut *open).await?;
        let counts =
            "SELECT count(*),coalesce(sum(changes),0)::bigint FROM operation WHERE institution=$1 AND refused IS NULL";
        let counts = sqlx::query(counts).bind(of).fetch_one(&mut *open).await?;
        let mut manifest = Manifest {
            place: head.try_get::<i64, _>(0)? as u64,
            greatest: head.try_get::<i64, _>(1)? as u64,
            operations: counts.try_get::<i64, _>(0)? as u64,
            changes: counts.try_get::<i64, _>(1)? as u64,
            ..Manifest::default()
        };
        let mut parts = Parts::default();
        let kinds: Vec<i16> = sqlx::query_scalar("SELECT DISTINCT kind FROM record WHERE institution=$1")
            .bind(of)
            .fetch_all(&mut *open)
            .await?;
        let mut kinds = kinds.into_iter().map(u8::try_from).collect::<Result<Vec<u8>, _>>()?;
        kinds.sort_by_key(|kind| snapshot::order(*kind));
        for kind in kinds {
            manifest.records += add_records(&mut open, institution, kind, &mut parts).await?;
        }
        for row in
            sqlx::query("SELECT record,kind FROM erased WHERE institution=$1").bind(of).fetch_all(&mut *open).await?
        {
            let kind = u8::try_from(row.try_get::<i16, _>(1)?)?;
            parts.add(&Item::Erased { record: id(row.try_get(0)?)?, kind })?;
        }
        let devices = "SELECT id,sequence,chain FROM device WHERE institution=$1 AND sequence>0";
        for row in sqlx::query(devices).bind(of).fetch_all(&mut *open).await? {
            let chain: Vec<u8> = row.try_get(2)?;
            let chain: Digest = chain.try_into().ok().context("a link of 32 bytes")?;
            let (device, sequence) = (id(row.try_get(0)?)?, row.try_get::<i64, _>(1)? as u64);
            parts.add(&Item::Link { device, sequence, chain })?;
        }
        let parts = parts.finish()?;
        manifest.parts = parts.iter().map(|part| snapshot::name(part)).collect();
        Ok((manifest, parts))
    }

    /// Writes it down. False where something was erased since it was read: it may have that.
    async fn keep(&self, institution: Id, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<bool> {
        let mut open = self.begin(institution).await?;
        // Whoever erases has this lock, too.
        lock(&mut open, institution).await?;
        let of = uuid(institution);
        let erased: bool = sqlx::query_scalar("SELECT EXISTS(SELECT 1 FROM erased WHERE institution=$1 AND place>$2)")
            .bind(of)
            .bind(manifest.place as i64)
            .fetch_one(&mut *open)
            .await?;
        if erased {
            return Ok(false);
        }
        // Those that somebody may just be reading stay for a day.
        for table in ["snapshot_part", "snapshot"] {
            let sql = format!(
                "DELETE FROM {table} WHERE institution=$1 AND place IN
                 (SELECT place FROM snapshot WHERE institution=$1 AND made<now()-interval '1 day')"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(of).execute(&mut *open).await?;
        }
        let json = serde_json::to_string(manifest)?;
        let sql = "INSERT INTO snapshot(institution,place,manifest) VALUES($1,$2,$3)
             ON CONFLICT (institution,place) DO UPDATE SET manifest=excluded.manifest,made=now()";
        sqlx::query(sql).bind(of).bind(manifest.place as i64).bind(json).execute(&mut *open).await?;
        for (number, part) in (0i32..).zip(parts) {
            let sql = "INSERT INTO snapshot_part(institution,place,part,bytes) VALUES($1,$2,$3,$4)
                 ON CONFLICT (institution,place,part) DO UPDATE SET bytes=excluded.bytes";
            let row = sqlx::query(sql).bind(of).bind(manifest.place as i64).bind(number).bind(part);
            row.execute(&mut *open).await?;
        }
        open.commit().await?;
        Ok(true)
    }
}

/// Adds the records of a kind in the order of their ids. Returns how many they are.
async fn add_records(open: &mut Open, institution: Id, kind: u8, parts: &mut Parts) -> Result<u64> {
    let (mut after, mut count) = (Uuid::nil(), 0);
    loop {
        let sql = "SELECT id,packed FROM record WHERE institution=$1 AND kind=$2 AND id>$3 AND created IS NOT NULL
             ORDER BY id LIMIT $4";
        let query = sqlx::query(sql).bind(uuid(institution)).bind(i16::from(kind)).bind(after).bind(AT_ONCE);
        let rows = query.fetch_all(&mut **open).await?;
        for row in &rows {
            after = row.try_get(0)?;
            parts.add(&Item::Record { kind, id: id(after)?, packed: row.try_get(1)? })?;
        }
        count += rows.len() as u64;
        if (rows.len() as i64) < AT_ONCE {
            return Ok(count);
        }
    }
}
