//! A desk in memory: a journal, and the records that all of it together gives, computed anew where it is asked for.

use crate::conflicts::{self, Choices, Counted};
use crate::desk::{Desk, Progress};
use crate::random::Random;
use crate::records::Records;
use crate::work::Work;
use anyhow::{Result, bail, ensure};
use liaison_domain::clock::HybridClock;
use liaison_domain::journal::{self, Digest, FieldChange, Link, SALT_LENGTH};
use liaison_domain::replication::{Content, Entry, LinkedChange, LinkedOperation, Placed, Restored, Stamp};
use liaison_domain::snapshot::{self, Item, Manifest};
use liaison_domain::{Head, Hlc, Id, Operation, OperationKind, Value};
use liaison_sync::document::{Clock, Document, Documents};
use std::collections::{BTreeMap, HashMap};

struct Entered {
    linked: LinkedOperation,
    stamp: Hlc,
    place: Option<u64>,
    refused: bool,
}

/// What a desk began with, while history up to there is missing.
struct Base {
    place: u64,
    greatest: Hlc,
    documents: Documents,
    /// How much of the history is here.
    after: u64,
    /// The last place of the log when it was read.
    read_at: u64,
    heads: HashMap<Id, (u64, Digest)>,
}

/// The desk.
pub struct Memory {
    device: Id,
    random: Random,
    journal: Vec<Entered>,
    /// The last link of each device's chain, with its place.
    heads: HashMap<Id, (u64, Digest)>,
    answered: u64,
    cursor: u64,
    documents: Documents,
    base: Option<Base>,
}

impl Memory {
    /// A desk with nothing in it.
    pub fn new(device: Id, seed: u64) -> Memory {
        Memory {
            device,
            random: Random::new(seed),
            journal: Vec::new(),
            heads: HashMap::new(),
            answered: 0,
            cursor: 0,
            documents: Documents::default(),
            base: None,
        }
    }

    fn own(&mut self, sequence: u64) -> Option<&mut Entered> {
        let device = self.device;
        self.journal
            .iter_mut()
            .find(|entered| entered.linked.operation.device == device && entered.linked.sequence == sequence)
    }

    /// Lets go of what it began with, once history and what erased a part of it are here.
    fn let_go(&mut self) {
        let cursor = self.cursor;
        self.base.take_if(|base| base.after == base.place && cursor >= base.read_at);
    }

    fn erase_values(&mut self, record: Id) {
        if let Some(base) = &mut self.base {
            base.documents.records.retain(|(_, id), _| *id != record);
        }
        for entered in &mut self.journal {
            let kind = entered.linked.operation.kind;
            for change in entered.linked.changes.iter_mut().filter(|change| change.record == record) {
                if change.content(kind) != Content::Erasure {
                    change.packed = None;
                }
            }
        }
    }

    /// What a refused operation erased is there again, with the values the hub has, unless another one erased it, too.
    fn restore(&mut self, refused: &LinkedOperation, values: &[Restored]) {
        let erases = |linked: &LinkedOperation, record: Id| {
            let mut changes = linked.changes.iter().filter(|change| change.record == record);
            changes.any(|change| change.content(linked.operation.kind) == Content::Erasure)
        };
        for record in refused.changes.iter().map(|change| change.record) {
            let others = self.journal.iter().filter(|entered| !entered.refused);
            if !erases(refused, record) || others.map(|entered| &entered.linked).any(|other| erases(other, record)) {
                continue;
            }
            self.documents.erased.remove(&record);
            if let Some(base) = &mut self.base {
                let known = values
                    .iter()
                    .filter(|known| known.counts && known.place <= base.place && known.change.record == record);
                for known in known {
                    let content = known.change.content(OperationKind::ContactsEdit.into());
                    if let Content::Fields { created, fields } = content {
                        let document = base.documents.records.entry((known.change.kind.number(), record)).or_default();
                        if created {
                            document.created.get_or_insert(known.place);
                        }
                        let clock = Clock { stamp: known.stamp, place: known.place };
                        fields.into_iter().for_each(|field| document.write(field.field, field.after, clock));
                    }
                }
            }
            let changes = self.journal.iter_mut().flat_map(|entered| &mut entered.linked.changes);
            for change in changes.filter(|change| change.record == record && change.packed.is_none()) {
                let known = values.iter().map(|known| &known.change).find(|known| known.digest == change.digest);
                change.packed = known.and_then(|known| known.packed.clone());
            }
        }
    }

    /// Takes an operation that counts into the records.
    fn take(&mut self, linked: &LinkedOperation, stamp: Hlc) {
        let clock = Clock { stamp: Stamp { time: stamp, device: linked.operation.device }, place: 0 };
        self.documents.take(linked, clock);
        for change in &linked.changes {
            if change.content(linked.operation.kind) == Content::Erasure {
                self.erase_values(change.record);
            }
        }
    }

    /// Computes the records anew, after an operation lost its place in the order or was refused.
    fn refold(&mut self) {
        // What is erased stays so: its values are gone.
        let erased = std::mem::take(&mut self.documents).erased;
        if let Some(base) = &self.base {
            self.documents = base.documents.clone();
        }
        self.documents.erased = erased;
        let all: Vec<_> = self
            .journal
            .iter()
            .filter(|entered| !entered.refused)
            .map(|entered| (entered.linked.clone(), entered.stamp))
            .collect();
        for (linked, stamp) in &all {
            let clock = Clock { stamp: Stamp { time: *stamp, device: linked.operation.device }, place: 0 };
            self.documents.take(linked, clock);
        }
    }

    fn change(
        &mut self,
        kind: liaison_domain::RecordKind,
        record: Id,
        created: bool,
        fields: &[FieldChange],
    ) -> LinkedChange {
        let mut salt = [0; SALT_LENGTH];
        salt[..8].copy_from_slice(&self.random.number().to_be_bytes());
        let mut packed = Vec::new();
        let each = fields.iter().map(|field| (field.field, &field.before, &field.after));
        journal::pack(&mut packed, &salt, created, fields.len(), each);
        LinkedChange::of(kind.into(), record, packed)
    }
}

impl Desk for Memory {
    fn device(&self) -> Id {
        self.device
    }

    fn work(&mut self, now: u64, id: Id, actor: Id, work: &Work) -> Result<bool> {
        let records = self.records()?;
        let before = |kind: u8, id: Id, field: u16| -> Value {
            records.get(&(kind, id)).and_then(|fields| fields.get(&field)).cloned().unwrap_or_default()
        };
        let mut changes = Vec::new();
        let kind = match work {
            Work::Create(made) => {
                for (kind, id, fields) in made {
                    let fields: Vec<_> = fields
                        .iter()
                        .map(|(field, after)| FieldChange { field: *field, before: Value::Empty, after: after.clone() })
                        .collect();
                    changes.push(self.change(*kind, *id, true, &fields));
                }
                OperationKind::ContactsCreate
            }
            Work::Edit(edits) => {
                for (kind, id, fields) in edits {
                    if !records.contains_key(&(*kind as u8, *id)) {
                        continue;
                    }
                    let fields: Vec<_> = fields
                        .iter()
                        .map(|(field, after)| FieldChange {
                            field: *field,
                            before: before(*kind as u8, *id, *field),
                            after: after.clone(),
                        })
                        .filter(|change| change.before != change.after)
                        .collect();
                    if !fields.is_empty() {
                        changes.push(self.change(*kind, *id, false, &fields));
                    }
                }
                OperationKind::ContactsEdit
            }
            Work::Settle(kind, id, field, after) => {
                if !records.contains_key(&(*kind as u8, *id)) {
                    return Ok(false);
                }
                let before = before(*kind as u8, *id, *field);
                changes.push(self.change(
                    *kind,
                    *id,
                    false,
                    &[FieldChange { field: *field, before, after: after.clone() }],
                ));
                OperationKind::ContactsEdit
            }
            Work::Erase(kind, id) => {
                if !records.contains_key(&(*kind as u8, *id)) {
                    return Ok(false);
                }
                changes.push(self.change(*kind, *id, false, &[]));
                OperationKind::RecordsErase
            }
            Work::Event => OperationKind::SecurityOpen,
        };
        if changes.is_empty() && !kind.is_event() {
            return Ok(false);
        }
        let last = self.journal.iter().map(|entered| entered.stamp).max().unwrap_or_default();
        let last = last.max(self.base.as_ref().map_or(Hlc(0), |base| base.greatest));
        let operation = Operation {
            id,
            time: HybridClock::resume(last).tick(now),
            actor,
            device: self.device,
            kind: kind.into(),
            detail: String::new(),
            undoes: None,
            head: Head::V2 { wall: now as i64, seen: self.cursor },
        };
        let (sequence, previous) = self.heads.get(&self.device).copied().unwrap_or((0, [0; 32]));
        let mut link = Link::default();
        changes.iter().for_each(|change| link.add(&change.digest));
        let Ok(chain) = link.close(&previous, sequence + 1, &operation) else { bail!("a head of today") };
        self.heads.insert(self.device, (sequence + 1, chain));
        let stamp = operation.time;
        let linked = LinkedOperation { operation, sequence: sequence + 1, chain, changes };
        self.take(&linked, stamp);
        self.journal.push(Entered { linked, stamp, place: None, refused: false });
        Ok(true)
    }

    fn progress(&mut self) -> Result<Progress> {
        let written = self.heads.get(&self.device).map_or(0, |(sequence, _)| *sequence);
        Ok(Progress { written, answered: self.answered, cursor: self.cursor })
    }

    fn outgoing(&mut self, after: u64, most: usize) -> Result<Vec<LinkedOperation>> {
        let device = self.device;
        let own = self.journal.iter().filter(|entered| entered.linked.operation.device == device);
        Ok(own
            .filter(|entered| entered.linked.sequence > after)
            .take(most)
            .map(|entered| entered.linked.clone())
            .collect())
    }

    fn absorb(&mut self, entries: &[Placed]) -> Result<bool> {
        let mut again = false;
        for Placed { place, entry } in entries {
            if *place <= self.cursor {
                continue;
            }
            if *place != self.cursor + 1 {
                break;
            }
            match entry {
                Entry::Operation { stamp, operation } => {
                    let device = operation.operation.device;
                    let (sequence, chain) = self.heads.get(&device).copied().unwrap_or((0, [0; 32]));
                    ensure!(operation.sequence == sequence + 1, "operations of a device are missing");
                    ensure!(operation.follows(&chain) == Ok(true), "a link does not follow");
                    self.heads.insert(device, (operation.sequence, operation.chain));
                    let mut linked = LinkedOperation::clone(operation);
                    for change in &mut linked.changes {
                        let erases = change.content(linked.operation.kind) == Content::Erasure;
                        if !erases && self.documents.erased.contains(&change.record) {
                            change.packed = None;
                        }
                    }
                    self.take(&linked, *stamp);
                    self.journal.push(Entered { linked, stamp: *stamp, place: Some(*place), refused: false });
                }
                Entry::Accepted { sequence, id, stamp } => {
                    let Some(own) = self.own(*sequence).filter(|own| own.linked.operation.id == *id) else {
                        return Ok(false);
                    };
                    again |= own.stamp != *stamp;
                    (own.stamp, own.place) = (*stamp, Some(*place));
                    self.answered = *sequence;
                }
                Entry::Refused { sequence, id, restored, .. } => {
                    let Some(own) = self.own(*sequence).filter(|own| own.linked.operation.id == *id) else {
                        return Ok(false);
                    };
                    own.refused = true;
                    let refused = own.linked.clone();
                    self.restore(&refused, restored);
                    again = true;
                    self.answered = *sequence;
                }
                Entry::Skipped { device, sequence, chain } => {
                    self.heads.insert(*device, (*sequence, *chain));
                }
            }
            self.cursor = *place;
        }
        self.let_go();
        if again {
            self.refold();
        }
        Ok(true)
    }

    fn records(&mut self) -> Result<Records> {
        Ok(crate::checks::seen(&self.documents))
    }

    fn begin_with(&mut self, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<()> {
        let mut documents = Documents::default();
        for part in parts {
            snapshot::each(part, |item| {
                match item {
                    Item::Record { kind, id, packed } => {
                        let document = Document::from_held(Some(0), snapshot::fields(&packed)?);
                        documents.records.insert((kind, id), document);
                    }
                    Item::Erased { record, .. } => {
                        documents.erased.insert(record);
                    }
                    Item::Link { device, sequence, chain } => {
                        self.heads.insert(device, (sequence, chain));
                    }
                }
                Ok::<_, anyhow::Error>(())
            })?;
        }
        self.documents = documents.clone();
        self.cursor = manifest.place;
        let (place, greatest) = (manifest.place, Hlc(manifest.greatest));
        self.base = Some(Base { place, greatest, documents, after: 0, read_at: 0, heads: HashMap::new() });
        Ok(())
    }

    fn history(&mut self) -> Result<Option<u64>> {
        Ok(self.base.as_ref().map(|base| base.after))
    }

    fn take_history(&mut self, entries: &[Placed], last: u64) -> Result<bool> {
        let Some(base) = &mut self.base else { return Ok(true) };
        let mut early = Vec::new();
        for Placed { place, entry } in entries {
            if *place <= base.after || *place > base.place {
                continue;
            }
            if *place != base.after + 1 {
                break;
            }
            match entry {
                Entry::Operation { stamp, operation } => {
                    let device = operation.operation.device;
                    let (sequence, chain) = base.heads.get(&device).copied().unwrap_or((0, [0; 32]));
                    ensure!(operation.sequence == sequence + 1, "operations of a device are missing in the history");
                    ensure!(operation.follows(&chain) == Ok(true), "a link of the history does not follow");
                    base.heads.insert(device, (operation.sequence, operation.chain));
                    let mut linked = LinkedOperation::clone(operation);
                    for change in &mut linked.changes {
                        let erases = change.content(linked.operation.kind) == Content::Erasure;
                        if !erases && self.documents.erased.contains(&change.record) {
                            change.packed = None;
                        }
                    }
                    early.push(Entered { linked, stamp: *stamp, place: Some(*place), refused: false });
                }
                Entry::Skipped { device, sequence, chain } => {
                    base.heads.insert(*device, (*sequence, *chain));
                }
                Entry::Accepted { .. } | Entry::Refused { .. } => bail!("the desk is younger than its snapshot"),
            }
            base.after = *place;
        }
        base.read_at = base.read_at.max(last);
        // Before everything that came since, as the whole log would have brought it.
        let place = base.place;
        let at = self.journal.iter().position(|entered| entered.place.is_none_or(|at| at > place));
        let at = at.unwrap_or(self.journal.len());
        self.journal.splice(at..at, early);
        self.let_go();
        Ok(true)
    }

    fn conflicts(&mut self) -> Result<Choices> {
        if self.base.is_some() {
            return Ok(Choices::new());
        }
        let counting = self.journal.iter().filter(|entered| !entered.refused);
        Ok(conflicts::in_journal(counting.map(|entered| Counted {
            linked: &entered.linked,
            stamp: entered.stamp,
            place: entered.place,
        })))
    }

    fn check(&mut self) -> Result<()> {
        let (mut whole, before) = (BTreeMap::new(), crate::checks::seen(&self.documents));
        self.refold();
        whole.extend(crate::checks::seen(&self.documents));
        let differs = || crate::checks::difference(&before, &whole);
        ensure!(whole == before, "what was folded one by one is not what all of it together gives: {}", differs());
        Ok(())
    }
}
