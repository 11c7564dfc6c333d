//! The hub, in memory: the real decisions, and a log.

use anyhow::{Result, ensure};
use liaison_domain::replication::{Content, Entry, LinkedChange, LinkedOperation, Restored, Stamp};
use liaison_domain::snapshot::{self, HeldField, Item, Manifest, Parts};
use liaison_domain::{Hlc, Id};
use liaison_sync::decide::{self, Decided, Device, Known, State, Stop, decide};
use liaison_sync::document::Documents;
use liaison_sync::engine::PushReply;
use liaison_sync::settle;
use liaison_sync::wire::Pulled;
use std::collections::{HashMap, HashSet};

/// Most entries in one answer.
const AT_ONCE: usize = 20;

/// The hub of one institution.
#[derive(Default)]
pub struct Hub {
    devices: HashMap<Id, (Device, HashMap<u64, Known>)>,
    /// The records as all accepted operations together leave them.
    pub documents: Documents,
    attributes: HashMap<u16, Id>,
    taken_back: HashMap<Id, u64>,
    greatest: Hlc,
    /// As which it writes itself; none before the first time.
    own: Option<Device>,
    /// The log.
    pub log: Vec<Decided>,
}

impl Hub {
    /// Lets a device found the institution with the operations it has written.
    pub fn found(&mut self, device: Id, written: u64) {
        self.devices.insert(device, (Device { founding: written, ..Device::new(device) }, HashMap::new()));
    }

    /// Takes operations of a device.
    pub fn push(&mut self, device: Id, batch: &[LinkedOperation], now: u64) -> Result<PushReply> {
        let (known_device, known) =
            self.devices.remove(&device).unwrap_or_else(|| (Device::new(device), HashMap::new()));
        // Only what the batch needs is handed over, as a hub on a database does it.
        let (mut documents, mut needed) = (Documents::default(), HashSet::new());
        loop {
            let missing = decide::needed(batch, &documents, &mut needed);
            if missing.is_empty() {
                break;
            }
            for key in missing {
                if let Some(document) = self.documents.records.get(&key) {
                    documents.records.insert(key, document.clone());
                }
                if self.documents.erased.contains(&key.1) {
                    documents.erased.insert(key.1);
                }
            }
        }
        let last = self.log.len() as u64;
        let mut state = State {
            device: known_device,
            known,
            documents,
            attributes: std::mem::take(&mut self.attributes),
            taken_back: std::mem::take(&mut self.taken_back),
            hub: self.own.take().unwrap_or_else(|| Device::new(self.device())),
            last,
            greatest: self.greatest,
        };
        let outcome = decide(batch, &mut state, now);
        for key in &outcome.changed {
            ensure!(needed.contains(key), "a record changed that was not loaded");
            match state.documents.records.remove(key) {
                Some(document) => self.documents.records.insert(*key, document),
                None => self.documents.records.remove(key),
            };
        }
        self.documents.erased.extend(state.documents.erased);
        self.attributes = state.attributes;
        self.taken_back = state.taken_back;
        self.greatest = state.greatest;
        self.own = Some(state.hub);
        self.log.extend(outcome.decided);
        let sequence = state.device.sequence;
        self.devices.insert(device, (state.device, state.known));
        Ok(match outcome.stopped {
            Some(Stop::Forked { .. }) => PushReply::Forked,
            Some(Stop::Gap { .. }) | None => PushReply::Received { sequence },
        })
    }

    /// The log after a place, for a device.
    pub fn pull(&self, device: Id, after: u64) -> Pulled {
        let entries = self.log.iter().skip(after as usize).take(AT_ONCE);
        let mut entries: Vec<_> = entries.map(|decided| decided.entry_for(device)).collect();
        for placed in &mut entries {
            self.take_values_away(&mut placed.entry);
            let place = placed.place;
            if let Entry::Refused { restored, .. } = &mut placed.entry {
                *restored = self.erased_by(place);
            }
        }
        Pulled { entries, last: self.last() }
    }

    /// What the log has up to a place of the records that the refused operation there erased.
    fn erased_by(&self, place: u64) -> Vec<Restored> {
        let before = &self.log[..place as usize];
        let Some((refused, before)) = before.split_last() else { return Vec::new() };
        let refused = &refused.operation;
        let erases = |change: &&LinkedChange| change.content(refused.operation.kind) == Content::Erasure;
        let erased: HashSet<Id> = refused.changes.iter().filter(erases).map(|change| change.record).collect();
        let restored = before.iter().flat_map(|decided| {
            let stamp = Stamp { time: decided.stamp, device: decided.operation.operation.device };
            let (place, counts) = (decided.place, decided.refused.is_none());
            let changes = decided.operation.changes.iter().cloned();
            changes.map(move |change| Restored { change, stamp, place, counts })
        });
        restored
            .filter(|Restored { change, .. }| {
                erased.contains(&change.record) && !self.documents.erased.contains(&change.record)
            })
            .collect()
    }

    /// Values of what was erased since go to nobody.
    fn take_values_away(&self, entry: &mut Entry) {
        if let Entry::Operation { operation, .. } = entry {
            let kind = operation.operation.kind;
            for change in &mut operation.changes {
                let erases = change.content(kind) == Content::Erasure;
                if !erases && self.documents.erased.contains(&change.record) {
                    *change = change.clone().without_values();
                }
            }
        }
    }

    /// Its records as they are now, for a desk that joins.
    pub fn snapshot(&self) -> Result<(Manifest, Vec<Vec<u8>>)> {
        let mut parts = Parts::default();
        let mut records: Vec<_> = self.documents.records.iter().collect();
        records.sort_by_key(|((kind, id), _)| (snapshot::order(*kind), *id));
        for ((kind, id), document) in &records {
            let held: Vec<HeldField> = document.held().collect();
            parts.add(&Item::Record { kind: *kind, id: *id, packed: snapshot::pack(&held)? })?;
        }
        for record in &self.documents.erased {
            parts.add(&Item::Erased { record: *record, kind: 0 })?;
        }
        for device in self.devices.values().map(|(device, _)| device).chain(&self.own).filter(|one| one.sequence > 0) {
            parts.add(&Item::Link { device: device.id, sequence: device.sequence, chain: device.chain })?;
        }
        let accepted: Vec<_> = self.log.iter().filter(|decided| decided.refused.is_none()).collect();
        let parts = parts.finish()?;
        let manifest = Manifest {
            place: self.last(),
            greatest: self.greatest.0,
            operations: accepted.len() as u64,
            changes: accepted.iter().map(|decided| decided.operation.changes.len() as u64).sum(),
            records: records.len() as u64,
            parts: parts.iter().map(|part| snapshot::name(part)).collect(),
        };
        Ok((manifest, parts))
    }

    /// How many records were erased so far.
    pub fn erased(&self) -> usize {
        self.documents.erased.len()
    }

    /// The device as which it writes what settles things.
    pub fn device(&self) -> Id {
        settle::device(Id::constant(1))
    }

    /// The last place of the log.
    pub fn last(&self) -> u64 {
        self.log.len() as u64
    }
}
