//! Messages longer than one request, of a device and for it: their parts, until all of them have arrived. What came stays
//! through a cut, and through an end of the hub, so that only what is missing is sent again.

use crate::kill_points;
use crate::ledger::Ledger;
use crate::packing::uuid;
use anyhow::Result;
use liaison_domain::Id;
use liaison_sync::wire::{self, MOST_PARTS};
use sqlx::Row as _;

impl Ledger {
    /// Keeps a part of a message of a device or for it, which is named by its digest. Parts of what a device never finished go after a
    /// week.
    pub async fn stage(&self, institution: Id, device: Id, message: &str, part: u32, bytes: &[u8]) -> Result<()> {
        let mut open = self.begin(institution).await?;
        sqlx::query("DELETE FROM staged WHERE institution=$1 AND device=$2 AND received<now()-interval '7 days'")
            .bind(uuid(institution))
            .bind(uuid(device))
            .execute(&mut *open)
            .await?;
        sqlx::query(
            "INSERT INTO staged(institution,device,message,part,bytes) VALUES($1,$2,$3,$4,$5)
             ON CONFLICT (institution,device,message,part) DO UPDATE SET bytes=excluded.bytes,received=now()",
        )
        .bind(uuid(institution))
        .bind(uuid(device))
        .bind(message)
        .bind(part.min(MOST_PARTS) as i32)
        .bind(bytes)
        .execute(&mut *open)
        .await?;
        open.commit().await?;
        kill_points::pass("part_staged");
        Ok(())
    }

    /// Which parts of a device's message are here, in their order.
    pub async fn staged_parts(&self, institution: Id, device: Id, message: &str) -> Result<Vec<u32>> {
        let mut open = self.begin(institution).await?;
        let rows =
            sqlx::query("SELECT part FROM staged WHERE institution=$1 AND device=$2 AND message=$3 ORDER BY part")
                .bind(uuid(institution))
                .bind(uuid(device))
                .bind(message)
                .fetch_all(&mut *open)
                .await?;
        rows.iter().map(|row| Ok(row.try_get::<i32, _>(0)? as u32)).collect()
    }

    /// A part of a message, where it is here.
    pub async fn staged_part(&self, institution: Id, device: Id, message: &str, part: u32) -> Result<Option<Vec<u8>>> {
        let mut open = self.begin(institution).await?;
        let sql = "SELECT bytes FROM staged WHERE institution=$1 AND device=$2 AND message=$3 AND part=$4";
        let found = sqlx::query_scalar(sql)
            .bind(uuid(institution))
            .bind(uuid(device))
            .bind(message)
            .bind(part.min(MOST_PARTS) as i32)
            .fetch_optional(&mut *open)
            .await?;
        Ok(found)
    }

    /// A device's message of so many parts, put together. `None` where a part is missing, or they are not what the digest
    /// says: then what is here of it is let go.
    pub async fn staged_message(
        &self,
        institution: Id,
        device: Id,
        message: &str,
        parts: u32,
    ) -> Result<Option<Vec<u8>>> {
        let mut open = self.begin(institution).await?;
        let rows = sqlx::query(
            "SELECT part,bytes FROM staged WHERE institution=$1 AND device=$2 AND message=$3 ORDER BY part",
        )
        .bind(uuid(institution))
        .bind(uuid(device))
        .bind(message)
        .fetch_all(&mut *open)
        .await?;
        drop(open);
        let mut whole = Vec::new();
        for row in &rows {
            whole.extend_from_slice(row.try_get(1)?);
        }
        if rows.len() == parts as usize && wire::digest(&whole) == message {
            return Ok(Some(whole));
        }
        self.unstage(institution, device, message).await?;
        Ok(None)
    }

    /// Lets a message go that was dealt with.
    pub async fn unstage(&self, institution: Id, device: Id, message: &str) -> Result<()> {
        let mut open = self.begin(institution).await?;
        sqlx::query("DELETE FROM staged WHERE institution=$1 AND device=$2 AND message=$3")
            .bind(uuid(institution))
            .bind(uuid(device))
            .bind(message)
            .execute(&mut *open)
            .await?;
        Ok(open.commit().await?)
    }
}
