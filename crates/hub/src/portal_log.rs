//! The institution's log, as the portal reads and writes it: one more device, decided about like the others, in the
//! portal's own transaction.

use crate::ledger::Ledger;
use crate::packing::uuid;
use crate::push::{Open, decide_and_write, load_device, load_keys, lock};
use anyhow::{Context as _, Result};
use liaison_domain::id::IdSequence;
use liaison_domain::journal::{Link, SALT_LENGTH, pack};
use liaison_domain::replication::{LinkedChange, LinkedOperation};
use liaison_domain::{Change, Head, Hlc, Id, Operation};
use liaison_portal::log::{Answer, Log, Step, Written};
use liaison_sync::document::{Documents, Key};
use rand::RngCore as _;
use std::time::{SystemTime, UNIX_EPOCH};

impl Log for Ledger {
    fn begin(&self, institution: Id) -> Answer<'_, Open> {
        Box::pin(async move { Ok(Ledger::begin(self, institution).await?) })
    }

    fn lock<'a>(&'a self, open: &'a mut Open, institution: Id) -> Answer<'a, ()> {
        Box::pin(async move { lock(open, institution).await.map(drop) })
    }

    fn read<'a>(&'a self, open: &'a mut Open, institution: Id, keys: Vec<Key>) -> Answer<'a, Documents> {
        Box::pin(async move {
            let mut documents = Documents::default();
            load_keys(open, institution, &keys, &mut documents).await?;
            Ok(documents)
        })
    }

    fn write<'a>(&'a self, open: &'a mut Open, institution: Id, step: Step) -> Answer<'a, Written> {
        Box::pin(write(open, institution, step))
    }

    fn wake(&self, institution: Id, last: u64) {
        Ledger::wake(self, institution, last);
    }
}

async fn write(open: &mut Open, institution: Id, step: Step) -> Result<Written> {
    let (last, greatest) = lock(open, institution).await?;
    let portal: uuid::Uuid = sqlx::query_scalar("SELECT device FROM portal WHERE institution=$1")
        .bind(uuid(institution))
        .fetch_optional(&mut **open)
        .await?
        .context("the institution has no portal")?;
    let device = load_device(open, institution, crate::packing::id(portal)?).await?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as u64);
    let Step { actor, kind, changes } = step;
    let changes: Vec<LinkedChange> = changes.iter().map(packed).collect();
    // Nobody else writes in its name, and it has seen everything: later than whatever was given.
    let time = Hlc(now << 16).max(Hlc(greatest.0.max(device.stamp.0) + 1));
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    let operation = Operation {
        id: IdSequence::new(now, random).next_id(),
        time,
        actor,
        device: device.id,
        kind: kind.into(),
        detail: String::new(),
        undoes: None,
        head: Head::V2 { wall: now as i64, seen: last },
    };
    let mut link = Link::default();
    changes.iter().for_each(|change| link.add(&change.digest));
    let sequence = device.sequence + 1;
    let chain = link.close(&device.chain, sequence, &operation).ok().context("a head of this version")?;
    let batch = [LinkedOperation { operation, sequence, chain, changes }];
    let (outcome, state) = decide_and_write(open, institution, device.id, &batch).await?;
    let [decided] = &outcome.decided[..] else { anyhow::bail!("the portal's chain is broken: {:?}", outcome.stopped) };
    Ok(match decided.refused {
        // The caller ends the transaction without it: for the portal a refusal writes nothing.
        Some(reason) => Written::Refused(reason.name()),
        None => Written::At(state.last),
    })
}

fn packed(change: &Change) -> LinkedChange {
    let (mut salt, mut out) = ([0; SALT_LENGTH], Vec::new());
    rand::rng().fill_bytes(&mut salt);
    let fields = change.fields.iter().map(|field| (field.field, &field.before, &field.after));
    pack(&mut out, &salt, change.created, change.fields.len(), fields);
    LinkedChange::of(change.kind.into(), change.record, out)
}
