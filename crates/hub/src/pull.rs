//! The log of an institution, for one of its devices.

use crate::kill_points;
use crate::ledger::Ledger;
use crate::packing::{id, uuid};
use anyhow::{Context as _, Result};
use liaison_domain::replication::{Content, Entry, LinkedChange, LinkedOperation, Placed, Restored, Stamp};
use liaison_domain::{Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind};
use liaison_sync::engine::HELD;
use liaison_sync::wire::Pulled;
use prometheus_client::metrics::gauge::Gauge;
use sqlx::postgres::PgRow;
use sqlx::{Postgres, Row as _, Transaction};
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

/// Most operations in one answer.
const OPERATIONS: i64 = 500;
/// Most changes in one answer, unless its first operation has more.
const CHANGES: i64 = 5_000;
/// How often is looked at what other processes of the hub wrote.
const LOOK: Duration = Duration::from_millis(500);

/// A question that is kept open.
struct Waiting<'m>(&'m Gauge);

impl<'m> Waiting<'m> {
    fn begin(gauge: &'m Gauge) -> Waiting<'m> {
        gauge.inc();
        Waiting(gauge)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Ledger {
    /// The log after a place. Where there is nothing yet and `wait` says so, the question is kept open for a while.
    pub async fn pull(&self, institution: Id, device: Id, after: u64, wait: bool) -> Result<Pulled> {
        if wait && self.last(institution).await? <= after {
            // In two ways: this process's own pushes at once, those of others when it looks.
            let looking = async {
                loop {
                    tokio::time::sleep(LOOK).await;
                    match self.last(institution).await {
                        Ok(last) if last <= after => {}
                        _ => break,
                    }
                }
            };
            let more = async {
                tokio::select! {
                    () = self.woken(institution, after) => {}
                    () = looking => {}
                }
            };
            // Counted down also where whoever asked goes away.
            let _open = Waiting::begin(&self.metrics.waiting);
            let _in_time = tokio::time::timeout(Duration::from_millis(HELD), more).await;
        }
        self.log(institution, device, after).await
    }

    async fn log(&self, institution: Id, device: Id, after: u64) -> Result<Pulled> {
        let mut open = self.begin(institution).await?;
        let last: i64 = sqlx::query_scalar("SELECT last FROM institution WHERE id=$1")
            .bind(uuid(institution))
            .fetch_one(&mut *open)
            .await?;
        let rows = sqlx::query(
            "SELECT place,id,device,sequence,stamp,time,actor,kind,detail,undoes,head,wall,seen,link,changes,refused
             FROM operation WHERE institution=$1 AND place>$2 AND place<=$3 ORDER BY place LIMIT $4",
        )
        .bind(uuid(institution))
        .bind(after as i64)
        .bind(last)
        .bind(OPERATIONS)
        .fetch_all(&mut *open)
        .await?;
        let mut count = 0;
        let mut entries = Vec::new();
        for row in &rows {
            count += i64::from(row.try_get::<i32, _>(14)?);
            if !entries.is_empty() && count > CHANGES {
                break;
            }
            entries.push(entry(row, device)?);
        }
        let places: Vec<i64> = entries
            .iter()
            .filter(|placed| matches!(placed.entry, Entry::Operation { .. } | Entry::Refused { .. }))
            .map(|placed| placed.place as i64)
            .collect();
        let rows = sqlx::query(
            "SELECT c.place,c.record,c.kind,c.packed,c.digest FROM unnest($2::bigint[]) AS wanted(place)
             JOIN change c ON c.institution=$1 AND c.place=wanted.place ORDER BY c.place,c.ordinal",
        )
        .bind(uuid(institution))
        .bind(places)
        .fetch_all(&mut *open)
        .await?;
        let mut changes: HashMap<u64, Vec<LinkedChange>> = HashMap::new();
        for row in &rows {
            changes.entry(row.try_get::<i64, _>(0)? as u64).or_default().push(change(row)?);
        }
        for placed in &mut entries {
            let of_place = changes.remove(&placed.place).unwrap_or_default();
            match &mut placed.entry {
                Entry::Operation { operation, .. } => operation.changes = of_place,
                Entry::Refused { restored, .. } => {
                    *restored = erased_by(&mut open, institution, placed.place, &of_place).await?;
                }
                Entry::Accepted { .. } | Entry::Skipped { .. } => {}
            }
        }
        kill_points::pass("pull_read");
        Ok(Pulled { entries, last: last as u64 })
    }
}

/// What the log has up to a place of the records that a refused operation there erased.
async fn erased_by(
    open: &mut Transaction<'static, Postgres>,
    institution: Id,
    place: u64,
    refused: &[LinkedChange],
) -> Result<Vec<Restored>> {
    // Its kind is not asked for: only an erasure says nothing of a record that was there.
    let erases = |change: &&LinkedChange| change.content(OperationKind::RecordsErase.into()) == Content::Erasure;
    let records: Vec<Uuid> = refused.iter().filter(erases).map(|change| uuid(change.record)).collect();
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "SELECT c.place,c.record,c.kind,c.packed,c.digest,o.stamp,o.device,o.refused IS NULL
         FROM unnest($2::uuid[]) AS wanted(record)
         JOIN change c ON c.institution=$1 AND c.record=wanted.record AND c.place<$3 AND c.packed IS NOT NULL
         JOIN operation o ON o.institution=$1 AND o.place=c.place ORDER BY c.place,c.ordinal",
    )
    .bind(uuid(institution))
    .bind(records)
    .bind(place as i64)
    .fetch_all(&mut **open)
    .await?;
    let restored = |row: &PgRow| {
        let stamp = Stamp { time: Hlc(row.try_get::<i64, _>(5)? as u64), device: id(row.try_get(6)?)? };
        let (place, counts) = (row.try_get::<i64, _>(0)? as u64, row.try_get(7)?);
        Ok(Restored { change: change(row)?, stamp, place, counts })
    };
    rows.iter().map(restored).collect()
}

fn change(row: &PgRow) -> Result<LinkedChange> {
    let digest: Vec<u8> = row.try_get(4)?;
    Ok(LinkedChange {
        kind: Numbered::<RecordKind>::of(u8::try_from(row.try_get::<i16, _>(2)?)?),
        record: id(row.try_get(1)?)?,
        packed: row.try_get(3)?,
        digest: digest.try_into().ok().context("a digest of 32 bytes")?,
    })
}

/// The entry of the log as it goes to a device, yet without changes.
fn entry(row: &PgRow, to: Id) -> Result<Placed> {
    let place = row.try_get::<i64, _>(0)? as u64;
    let (own, device) = (id(row.try_get(1)?)?, id(row.try_get(2)?)?);
    let (sequence, stamp) = (row.try_get::<i64, _>(3)? as u64, Hlc(row.try_get::<i64, _>(4)? as u64));
    let link: Vec<u8> = row.try_get(13)?;
    let chain = link.try_into().ok().context("a link of 32 bytes")?;
    let refused: Option<String> = row.try_get(15)?;
    let entry = match refused {
        Some(reason) if device == to => Entry::Refused { sequence, id: own, reason, restored: Vec::new() },
        Some(_) => Entry::Skipped { device, sequence, chain },
        None if device == to => Entry::Accepted { sequence, id: own, stamp },
        None => {
            let head = match row.try_get::<i16, _>(10)? {
                1 => Head::V1,
                2 => Head::V2 { wall: row.try_get(11)?, seen: row.try_get::<i64, _>(12)? as u64 },
                newer => Head::Newer(u8::try_from(newer)?),
            };
            let operation = Operation {
                id: own,
                time: Hlc(row.try_get::<i64, _>(5)? as u64),
                actor: id(row.try_get(6)?)?,
                device,
                kind: Numbered::<OperationKind>::of(u8::try_from(row.try_get::<i16, _>(7)?)?),
                detail: row.try_get(8)?,
                undoes: row.try_get::<Option<Uuid>, _>(9)?.map(id).transpose()?,
                head,
            };
            let operation = Box::new(LinkedOperation { operation, sequence, chain, changes: Vec::new() });
            Entry::Operation { stamp, operation }
        }
    };
    Ok(Placed { place, entry })
}
