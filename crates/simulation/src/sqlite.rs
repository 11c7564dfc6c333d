//! A desk on the real store: SQLite, the recorder with all that follows by rule, the journal.

use crate::conflicts::Choices;
use crate::desk::{Desk, Progress};
use crate::records::Records;
use crate::work::Work;
use anyhow::{Context as _, Result, bail, ensure};
use liaison_domain::replication::{LinkedOperation, Placed};
use liaison_domain::snapshot::Manifest;
use liaison_domain::{FieldChange, Id, OperationKind, Record, RecordKind};
use liaison_queries::{conflicts, references};
use liaison_store::absorb::Stop;
use liaison_store::chain::check_chain;
use liaison_store::replay::replay;
use liaison_store::{Database, Db, Intent, Recorder, StoreError, device, history, replica, table};
use liaison_sync::conflict::Conflict;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The desk.
pub struct Sqlite {
    device: Id,
    runtime: Runtime,
    database: Database,
    _directory: TempDir,
}

impl Sqlite {
    /// A desk with nothing in it.
    pub fn new(device: Id) -> Result<Sqlite> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let directory = tempfile::tempdir()?;
        let database = runtime.block_on(async {
            let database = Database::open(directory.path(), None).await?;
            database.write(|db| device::set_here(db, device, "simulated")).await?;
            Ok::<_, StoreError>(database)
        })?;
        Ok(Sqlite { device, runtime, database, _directory: directory })
    }

    fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> Result<T> {
        Ok(self.runtime.block_on(self.database.read(work))?)
    }
}

/// Does a step with the recorder.
fn record(recorder: &mut Recorder<'_>, work: &Work) -> Result<(), StoreError> {
    match work {
        Work::Create(made) => made.iter().try_for_each(|(kind, id, fields)| {
            let mut record = Record::blank(*kind, *id);
            fields.iter().for_each(|(field, value)| record.set_numbered(*field, value.clone()));
            recorder.create(&record)
        }),
        Work::Edit(edits) => edits.iter().try_for_each(|(kind, id, fields)| {
            let Some(located) = table::find(recorder.db(), *kind, *id)? else { return Ok(()) };
            let changes: Vec<FieldChange> = fields
                .iter()
                .filter_map(|(field, after)| {
                    let before = located.record.numbered(*field)?.clone();
                    (before != *after).then(|| FieldChange { field: *field, before, after: after.clone() })
                })
                .collect();
            if changes.is_empty() { Ok(()) } else { recorder.update(*kind, located.n, *id, &changes) }
        }),
        Work::Settle(kind, id, field, after) => {
            let Some(located) = table::find(recorder.db(), *kind, *id)? else { return Ok(()) };
            let Some(before) = located.record.numbered(*field).cloned() else { return Ok(()) };
            if before == *after {
                recorder.with_consequences();
            }
            recorder.update(*kind, located.n, *id, &[FieldChange { field: *field, before, after: after.clone() }])
        }
        Work::Erase(kind, id) => {
            let db = recorder.db();
            let Some(located) = table::find(db, *kind, *id)? else { return Ok(()) };
            // As the use case does it: nothing refers to it any more.
            for (referring, field) in kind.referring() {
                for (n, other) in references::rows(db, referring, field, *id, true)? {
                    let before = liaison_domain::Value::Reference(*id);
                    let none = FieldChange { field: field.number, before, after: Default::default() };
                    recorder.update(referring, n, other, &[none])?;
                }
            }
            recorder.erase(*kind, located.n, *id)
        }
        Work::Event => Ok(()),
    }
}

impl Desk for Sqlite {
    fn device(&self) -> Id {
        self.device
    }

    fn work(&mut self, now: u64, id: Id, actor: Id, work: &Work) -> Result<bool> {
        let kind = match work {
            Work::Create(_) => OperationKind::ContactsCreate,
            Work::Edit(_) | Work::Settle(..) => OperationKind::ContactsEdit,
            Work::Erase(..) => OperationKind::RecordsErase,
            Work::Event => OperationKind::SecurityOpen,
        };
        let intent = Intent { id, now, actor, kind, detail: String::new(), undoes: None };
        let written = self.runtime.block_on(self.database.write(|db| {
            let mut recorder = Recorder::begin(db, intent)?;
            record(&mut recorder, work)?;
            recorder.finish()
        }));
        match written {
            Ok(recorded) => Ok(recorded.is_some()),
            // What a person would have been told.
            Err(StoreError::Refused(_)) => Ok(false),
            Err(error) => bail!(error),
        }
    }

    fn progress(&mut self) -> Result<Progress> {
        self.read(|db| {
            let answered = replica::answered(db)?;
            Ok(Progress { written: answered + replica::waiting(db)?, answered, cursor: replica::cursor(db)? })
        })
    }

    fn outgoing(&mut self, after: u64, most: usize) -> Result<Vec<LinkedOperation>> {
        self.read(|db| replica::outgoing(db, after, most, 5_000))
    }

    fn absorb(&mut self, entries: &[Placed]) -> Result<bool> {
        let absorbed = self.runtime.block_on(self.database.absorb(entries)).context("nothing stops the fold")?;
        Ok(match absorbed.stopped {
            // An answer that came late: what is between comes again.
            None | Some(Stop::Hole { .. }) => true,
            Some(stop) => bail!("stopped: {stop:?}"),
        })
    }

    fn begin_with(&mut self, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<()> {
        self.runtime.block_on(self.database.begin_with(manifest, parts)).context("a snapshot is taken in")
    }

    fn history(&mut self) -> Result<Option<u64>> {
        Ok(self.read(history::missing)?.map(|missing| missing.after))
    }

    fn take_history(&mut self, entries: &[Placed], last: u64) -> Result<bool> {
        match self.runtime.block_on(self.database.take_history(entries, last))? {
            None | Some(Stop::Hole { .. }) => Ok(true),
            Some(stop) => bail!("history stopped: {stop:?}"),
        }
    }

    fn records(&mut self) -> Result<Records> {
        self.read(|db| {
            let mut records = Records::new();
            for kind in RecordKind::ALL {
                for record in table::every(db, kind)? {
                    let values = record.filled().map(|(field, value)| (field, value.clone())).collect();
                    records.insert((kind as u8, record.id), values);
                }
            }
            Ok(records)
        })
    }

    fn conflicts(&mut self) -> Result<Choices> {
        while self.runtime.block_on(self.database.write(conflicts::notice))? {}
        self.read(|db| {
            let found = conflicts::all(db)?.into_iter().filter(|open| !open.field.is_attribute());
            let values = |conflict: Conflict| {
                std::iter::once(conflict.kept.after).chain(conflict.lost.into_iter().map(|lost| lost.after)).collect()
            };
            Ok(found.map(|open| ((open.kind as u8, open.record, open.field.number), values(open.conflict))).collect())
        })
    }

    fn check(&mut self) -> Result<()> {
        let chain = self.read(check_chain)?;
        ensure!(chain.problem.is_none(), "the chain: {:?}", chain.problem);
        let mut found = Vec::new();
        self.read(|db| {
            replay(db, &mut |_| Ok(()), &mut |discrepancy| {
                found.push(format!("{discrepancy:?}"));
                Ok(())
            })
        })?;
        ensure!(found.is_empty(), "rows are not what the journal says: {}", found.join("; "));
        Ok(())
    }
}
