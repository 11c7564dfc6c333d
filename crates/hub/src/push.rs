//! Operations of a device: decided about and written in one transaction, under the institution's lock.

use crate::kill_points;
use crate::ledger::Ledger;
use crate::packing::{id, pack, unpack, uuid};
use anyhow::{Context as _, Result};
use liaison_domain::replication::LinkedOperation;
use liaison_domain::{Head, Hlc, Id, RecordKind};
use liaison_portal::lookup;
use liaison_sync::decide::{self, Decided, Device, Known, Outcome, State, Stop, decide};
use liaison_sync::document::{Documents, Key};
use liaison_sync::engine::PushReply;
use liaison_sync::settle;
use sqlx::{Postgres, Row as _, Transaction};
use std::collections::{HashMap, HashSet};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// How often a transaction is tried that met another one.
const TRIES: u32 = 5;

impl Ledger {
    /// Takes operations of a device, and answers how far its chain is here.
    pub async fn push(&self, institution: Id, device: Id, batch: &[LinkedOperation]) -> Result<PushReply> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_push(institution, device, batch).await {
                Err(error) if tries < TRIES && is_passing(&error) => self.metrics.retry(),
                done => return done,
            }
        }
    }

    async fn try_push(&self, institution: Id, device: Id, batch: &[LinkedOperation]) -> Result<PushReply> {
        let mut transaction = self.begin(institution).await?;
        // The lock comes first: rules must see the state they decide about.
        lock(&mut transaction, institution).await?;
        let (outcome, state) = decide_and_write(&mut transaction, institution, device, batch).await?;
        if !outcome.decided.is_empty() {
            kill_points::pass("push_decided");
            transaction.commit().await?;
            kill_points::pass("push_committed");
            for decided in &outcome.decided {
                let reason = decided.refused.map(decide::Reason::name);
                self.metrics.operation(reason.as_deref());
            }
            self.wake(institution, state.last);
        }
        Ok(match outcome.stopped {
            Some(Stop::Forked { .. }) => PushReply::Forked,
            Some(Stop::Gap { .. }) | None => PushReply::Received { sequence: state.device.sequence },
        })
    }
}

/// Takes the institution's lock until the transaction ends. Returns the last place of its log and the greatest stamp.
pub(crate) async fn lock(open: &mut Open, institution: Id) -> Result<(u64, Hlc)> {
    let row = sqlx::query("SELECT last,greatest FROM institution WHERE id=$1 FOR UPDATE")
        .bind(uuid(institution))
        .fetch_one(&mut **open)
        .await?;
    Ok((row.try_get::<i64, _>(0)? as u64, Hlc(row.try_get::<i64, _>(1)? as u64)))
}

/// Decides about operations of a device and writes what was decided, in a transaction that has the institution's lock.
/// Returns the state as it then is.
pub(crate) async fn decide_and_write(
    open: &mut Open,
    institution: Id,
    device: Id,
    batch: &[LinkedOperation],
) -> Result<(Outcome, State)> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as u64);
    let (last, greatest) = lock(open, institution).await?;
    let (documents, needed) = load_documents(open, institution, batch).await?;
    let mut state = State {
        device: load_device(open, institution, device).await?,
        known: load_known(open, institution, device, batch).await?,
        hub: load_hub(open, institution).await?,
        documents,
        taken_back: load_taken_back(open, institution, batch).await?,
        attributes: load_attributes(open, institution, &needed).await?,
        last,
        greatest,
    };
    let written = state.hub.sequence;
    let (erased, attributes) = (state.documents.erased.clone(), state.attributes.clone());
    let outcome = decide(batch, &mut state, now);
    if outcome.decided.is_empty() {
        return Ok((outcome, state));
    }
    write_log(open, institution, &outcome.decided).await?;
    write_documents(open, institution, &outcome.changed, &state.documents).await?;
    for record in state.documents.erased.difference(&erased) {
        erase(open, institution, *record, state.last).await?;
    }
    lookup::write(open, uuid(institution), &outcome.changed, &state.documents).await?;
    for (number, record) in state.attributes.iter().filter(|(number, _)| !attributes.contains_key(number)) {
        sqlx::query("INSERT INTO attribute(institution,number,record) VALUES($1,$2,$3) ON CONFLICT DO NOTHING")
            .bind(uuid(institution))
            .bind(i32::from(*number))
            .bind(uuid(*record))
            .execute(&mut **open)
            .await?;
    }
    sqlx::query("UPDATE device SET sequence=$3,chain=$4,stamp=$5 WHERE institution=$1 AND id=$2")
        .bind(uuid(institution))
        .bind(uuid(device))
        .bind(state.device.sequence as i64)
        .bind(state.device.chain.as_slice())
        .bind(state.device.stamp.0 as i64)
        .execute(&mut **open)
        .await?;
    if state.hub.sequence > written {
        write_hub(open, institution, &state.hub).await?;
    }
    sqlx::query("UPDATE institution SET last=$2,greatest=$3 WHERE id=$1")
        .bind(uuid(institution))
        .bind(state.last as i64)
        .bind(state.greatest.0 as i64)
        .execute(&mut **open)
        .await?;
    sqlx::query("UPDATE pulse SET last=$2 WHERE institution=$1")
        .bind(uuid(institution))
        .bind(state.last as i64)
        .execute(&mut **open)
        .await?;
    Ok((outcome, state))
}

/// Whether PostgreSQL asks for the transaction to be tried again: 40001 and 40P01.
fn is_passing(error: &anyhow::Error) -> bool {
    let database = error.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
    database.and_then(|error| error.code()).is_some_and(|code| code == "40001" || code == "40P01")
}

pub(crate) type Open = Transaction<'static, Postgres>;

/// The device as which the hub writes itself, as far as it has written.
async fn load_hub(open: &mut Open, institution: Id) -> Result<Device> {
    let hub = settle::device(institution);
    let known = sqlx::query("SELECT 1 FROM device WHERE institution=$1 AND id=$2")
        .bind(uuid(institution))
        .bind(uuid(hub))
        .fetch_optional(&mut **open)
        .await?;
    if known.is_some() { load_device(open, institution, hub).await } else { Ok(Device::new(hub)) }
}

/// Notes how far it has written. Nobody comes in as it: no secret has an empty digest.
async fn write_hub(open: &mut Open, institution: Id, hub: &Device) -> Result<()> {
    sqlx::query(
        "INSERT INTO device(institution,id,name,credential,sequence,chain,stamp) VALUES($1,$2,'Hub','',$3,$4,$5)
         ON CONFLICT (institution,id) DO UPDATE SET sequence=excluded.sequence,chain=excluded.chain,
         stamp=excluded.stamp",
    )
    .bind(uuid(institution))
    .bind(uuid(hub.id))
    .bind(hub.sequence as i64)
    .bind(hub.chain.as_slice())
    .bind(hub.stamp.0 as i64)
    .execute(&mut **open)
    .await?;
    Ok(())
}

pub(crate) async fn load_device(open: &mut Open, institution: Id, device: Id) -> Result<Device> {
    let row = sqlx::query("SELECT sequence,chain,stamp,founding,portal FROM device WHERE institution=$1 AND id=$2")
        .bind(uuid(institution))
        .bind(uuid(device))
        .fetch_one(&mut **open)
        .await?;
    let chain: Vec<u8> = row.try_get(1)?;
    Ok(Device {
        id: device,
        sequence: row.try_get::<i64, _>(0)? as u64,
        chain: chain.try_into().ok().context("a link of 32 bytes")?,
        stamp: Hlc(row.try_get::<i64, _>(2)? as u64),
        founding: row.try_get::<i64, _>(3)? as u64,
        is_portal: row.try_get(4)?,
    })
}

async fn load_known(
    open: &mut Open,
    institution: Id,
    device: Id,
    batch: &[LinkedOperation],
) -> Result<HashMap<u64, Known>> {
    let sequences: Vec<i64> = batch.iter().map(|operation| operation.sequence as i64).collect();
    let rows = sqlx::query(
        "SELECT o.sequence,o.id,o.place FROM unnest($3::bigint[]) AS sent(sequence) JOIN operation o
         ON o.institution=$1 AND o.device=$2 AND o.sequence=sent.sequence",
    )
    .bind(uuid(institution))
    .bind(uuid(device))
    .bind(sequences)
    .fetch_all(&mut **open)
    .await?;
    rows.iter()
        .map(|row| {
            let known = Known { id: id(row.try_get(1)?)?, place: row.try_get::<i64, _>(2)? as u64 };
            Ok((row.try_get::<i64, _>(0)? as u64, known))
        })
        .collect()
}

/// The records that a batch needs, and which those are.
async fn load_documents(
    open: &mut Open,
    institution: Id,
    batch: &[LinkedOperation],
) -> Result<(Documents, HashSet<Key>)> {
    let (mut documents, mut loaded) = (Documents::default(), HashSet::new());
    loop {
        let missing = decide::needed(batch, &documents, &mut loaded);
        if missing.is_empty() {
            return Ok((documents, loaded));
        }
        load_keys(open, institution, &missing, &mut documents).await?;
    }
}

pub(crate) async fn load_keys(
    open: &mut Open,
    institution: Id,
    needed: &[Key],
    documents: &mut Documents,
) -> Result<()> {
    // By id, and joined: `id = ANY(…)` with many ids and a plan from before takes a thousand times as long.
    let (mut kinds, mut ids): (Vec<i16>, Vec<Uuid>) = (Vec::new(), Vec::new());
    for (kind, record) in needed {
        kinds.push(i16::from(*kind));
        ids.push(uuid(*record));
    }
    let rows = sqlx::query(
        "SELECT r.kind,r.id,r.created,r.packed FROM unnest($2::smallint[],$3::uuid[]) AS wanted(kind,id)
         JOIN record r ON r.institution=$1 AND r.kind=wanted.kind AND r.id=wanted.id",
    )
    .bind(uuid(institution))
    .bind(kinds)
    .bind(ids.clone())
    .fetch_all(&mut **open)
    .await?;
    for row in rows {
        let key = (u8::try_from(row.try_get::<i16, _>(0)?)?, id(row.try_get(1)?)?);
        let created = row.try_get::<Option<i64>, _>(2)?.map(|place| place as u64);
        documents.records.insert(key, unpack(created, &row.try_get::<Vec<u8>, _>(3)?)?);
    }
    let erased: Vec<Uuid> = sqlx::query_scalar(
        "SELECT e.record FROM unnest($2::uuid[]) AS wanted(id) JOIN erased e
         ON e.institution=$1 AND e.record=wanted.id",
    )
    .bind(uuid(institution))
    .bind(ids)
    .fetch_all(&mut **open)
    .await?;
    documents.erased.extend(erased.into_iter().map(id).collect::<Result<Vec<Id>>>()?);
    Ok(())
}

/// Of what the batch takes back, the place of the operation that is taken back in the end.
async fn load_taken_back(open: &mut Open, institution: Id, batch: &[LinkedOperation]) -> Result<HashMap<Id, u64>> {
    let undone: Vec<Uuid> = batch.iter().filter_map(|operation| operation.operation.undoes.map(uuid)).collect();
    if undone.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query(
        "WITH RECURSIVE taken(asked,undoes,place) AS (
           SELECT o.id,o.undoes,o.place FROM unnest($2::uuid[]) AS wanted(id)
             JOIN operation o ON o.institution=$1 AND o.id=wanted.id AND o.refused IS NULL
           UNION ALL
           SELECT taken.asked,o.undoes,o.place FROM taken
             JOIN operation o ON o.institution=$1 AND o.id=taken.undoes AND o.refused IS NULL)
         SELECT asked,place FROM taken WHERE undoes IS NULL",
    )
    .bind(uuid(institution))
    .bind(undone)
    .fetch_all(&mut **open)
    .await?;
    rows.iter().map(|row| Ok((id(row.try_get(0)?)?, row.try_get::<i64, _>(1)? as u64))).collect()
}

async fn load_attributes(open: &mut Open, institution: Id, needed: &HashSet<Key>) -> Result<HashMap<u16, Id>> {
    if !needed.iter().any(|(kind, _)| *kind == RecordKind::Attribute as u8) {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query("SELECT number,record FROM attribute WHERE institution=$1")
        .bind(uuid(institution))
        .fetch_all(&mut **open)
        .await?;
    rows.iter().map(|row| Ok((u16::try_from(row.try_get::<i32, _>(0)?)?, id(row.try_get(1)?)?))).collect()
}

async fn write_log(open: &mut Open, institution: Id, decided: &[Decided]) -> Result<()> {
    let (mut places, mut ordinals, mut records) = (Vec::<i64>::new(), Vec::<i32>::new(), Vec::<Uuid>::new());
    let (mut kinds, mut packed, mut digests) =
        (Vec::<i16>::new(), Vec::<Option<Vec<u8>>>::new(), Vec::<Vec<u8>>::new());
    for Decided { place, stamp, operation: linked, refused } in decided {
        let operation = &linked.operation;
        let (wall, seen) = match operation.head {
            Head::V2 { wall, seen } => (wall, seen),
            Head::V1 | Head::Newer(_) => (0, 0),
        };
        sqlx::query(
            "INSERT INTO operation(institution,place,id,device,sequence,stamp,time,actor,kind,detail,undoes,head,wall,
             seen,link,changes,refused) VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
        )
        .bind(uuid(institution))
        .bind(*place as i64)
        .bind(uuid(operation.id))
        .bind(uuid(operation.device))
        .bind(linked.sequence as i64)
        .bind(stamp.0 as i64)
        .bind(operation.time.0 as i64)
        .bind(uuid(operation.actor))
        .bind(i16::from(operation.kind.number()))
        .bind(&operation.detail)
        .bind(operation.undoes.map(uuid))
        .bind(i16::from(operation.head.version()))
        .bind(wall)
        .bind(seen as i64)
        .bind(linked.chain.as_slice())
        .bind(linked.changes.len() as i32)
        .bind(refused.map(decide::Reason::name))
        .execute(&mut **open)
        .await?;
        for (ordinal, change) in linked.changes.iter().enumerate() {
            places.push(*place as i64);
            ordinals.push(ordinal as i32);
            records.push(uuid(change.record));
            kinds.push(i16::from(change.kind.number()));
            packed.push(change.packed.clone());
            digests.push(change.digest.to_vec());
        }
    }
    sqlx::query(
        "INSERT INTO change(institution,place,ordinal,record,kind,packed,digest)
         SELECT $1,* FROM unnest($2::bigint[],$3::integer[],$4::uuid[],$5::smallint[],$6::bytea[],$7::bytea[])",
    )
    .bind(uuid(institution))
    .bind(places)
    .bind(ordinals)
    .bind(records)
    .bind(kinds)
    .bind(packed)
    .bind(digests)
    .execute(&mut **open)
    .await?;
    Ok(())
}

async fn write_documents(open: &mut Open, institution: Id, changed: &[Key], documents: &Documents) -> Result<()> {
    let (mut kinds, mut ids, mut created, mut packed) = (Vec::<i16>::new(), Vec::new(), Vec::new(), Vec::new());
    // In the order of ids, so that two transactions meet in one order.
    let mut sorted: Vec<&Key> = changed.iter().collect();
    sorted.sort_unstable();
    for key in sorted {
        let Some(document) = documents.records.get(key) else { continue };
        kinds.push(i16::from(key.0));
        ids.push(uuid(key.1));
        created.push(document.created.map(|place| place as i64));
        packed.push(pack(document)?);
    }
    sqlx::query(
        "INSERT INTO record(institution,kind,id,created,packed)
         SELECT $1,* FROM unnest($2::smallint[],$3::uuid[],$4::bigint[],$5::bytea[])
         ON CONFLICT (institution,kind,id) DO UPDATE SET created=excluded.created,packed=excluded.packed",
    )
    .bind(uuid(institution))
    .bind(kinds)
    .bind(ids)
    .bind(created)
    .bind(packed)
    .execute(&mut **open)
    .await?;
    Ok(())
}

/// Takes a record and all of its values away, also from what is on its way in parts and from
/// snapshots: those are made anew; what an erasure itself says stays: no flags and no fields behind a salt.
async fn erase(open: &mut Open, institution: Id, record: Id, place: u64) -> Result<()> {
    let kind: Option<i16> = sqlx::query_scalar("SELECT kind FROM change WHERE institution=$1 AND record=$2 LIMIT 1")
        .bind(uuid(institution))
        .bind(uuid(record))
        .fetch_optional(&mut **open)
        .await?;
    sqlx::query("INSERT INTO erased(institution,record,kind,place) VALUES($1,$2,$3,$4) ON CONFLICT DO NOTHING")
        .bind(uuid(institution))
        .bind(uuid(record))
        .bind(kind.unwrap_or(0))
        .bind(place as i64)
        .execute(&mut **open)
        .await?;
    for table in ["staged", "snapshot", "snapshot_part"] {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE institution=$1"));
        sqlx::query(sql).bind(uuid(institution)).execute(&mut **open).await?;
    }
    sqlx::query("DELETE FROM record WHERE institution=$1 AND id=$2")
        .bind(uuid(institution))
        .bind(uuid(record))
        .execute(&mut **open)
        .await?;
    sqlx::query(
        "UPDATE change SET packed=NULL WHERE institution=$1 AND record=$2 AND packed IS NOT NULL
         AND substr(packed,17)<>'\\x0000'::bytea",
    )
    .bind(uuid(institution))
    .bind(uuid(record))
    .execute(&mut **open)
    .await?;
    Ok(())
}
