//! Writing an import: one transaction, one operation, all of it or nothing.

use super::answer::{DryRun, ImportDone};
use super::decide::{Decided, Rows, Rules, decide};
use super::directory::Directory;
use super::in_file::InFile;
use super::likely::{Likely, find_likely};
use super::open_import;
use super::open_import::OpenImport;
use super::row::{EmployerName, ReadRow, address_keys};
use liaison_domain::backup::BackupReason;
use liaison_domain::field::CREATED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::{FieldChange, Id, OperationKind, Permission, Record, RecordKind, Value, contact, employer};
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::progress::{OnProgress, report};
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_protection::backup;
use liaison_store::bulk_load::IndexesAside;
use liaison_store::{Recorder, StoreError, changes};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, sync_channel};

/// Rows that one thread reads ahead while the other writes.
const CHUNK: usize = 512;
const CHUNKS_AHEAD: usize = 8;

/// Writes the rows as the dry run showed them, but decided anew: the directory may have changed since. Rows that
/// can't be imported are left out and counted.
pub async fn import_commit(
    session: &Session,
    import: u32,
    progress: OnProgress<'_>,
) -> Result<ImportDone, CommandError> {
    session.actor().require(Permission::ImportContacts)?;
    let import = open_import::find_import(session, import)?;
    import.cancel.store(false, Ordering::Relaxed);
    backup::back_up_before(session, BackupReason::Import).await;
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_commit(session, &import, progress).await;
    }
    let (columns, fixes, target, answers, known) = {
        let state = import.state();
        let known = state.likely_as_of.map(|as_of| Likely { by_row: state.likely.clone(), as_of });
        (state.columns.clone(), state.fixes.clone(), state.target, state.answers.clone(), known)
    };
    let rows = Rows { sheet: &import.sheet, fixes: &fixes, columns: &columns };
    let likely = still_likely(session, &import, &rows, known, progress).await?;
    let now = session.now();
    let rules = Rules { target, actor: session.actor(), now: now as i64, answers: &answers, likely: &likely.by_row };
    let mut ids = ids(now);
    let (counts, operation) = session
        .commit(Step::new(OperationKind::ContactsImport).detail(import.file.clone()), |recorder| {
            let mut directory = Directory::read(&session.view(recorder.db()))?;
            let aside =
                IndexesAside::when_worth_it(recorder.db(), RecordKind::Contact, import.sheet.rows(), directory.len())?;
            let counts = std::thread::scope(|threads| {
                let (sender, receiver) = sync_channel(CHUNKS_AHEAD);
                let (rows, total) = (&rows, import.sheet.rows());
                threads.spawn(move || {
                    for start in (0..total).step_by(CHUNK) {
                        let end = (start + CHUNK).min(total);
                        let chunk: Vec<ReadRow> = (start..end).map(|row| rows.read(row as u32)).collect();
                        // The other end hangs up when writing fails or is stopped.
                        if sender.send(chunk).is_err() {
                            return;
                        }
                    }
                });
                let mut writing = Writing { recorder, directory: &mut directory, ids: &mut ids, rules: &rules };
                writing.rows(&import, rows, receiver, progress)
            })?;
            aside.put_back(recorder.db())?;
            Ok(counts)
        })
        .await?;
    Ok(ImportDone::new(operation, counts, 0))
}

/// Whom rows are very likely about: as the dry run found it, unless something was changed since.
async fn still_likely(
    session: &Session,
    import: &OpenImport,
    rows: &Rows<'_>,
    known: Option<Likely>,
    progress: OnProgress<'_>,
) -> Result<Likely, CommandError> {
    let last = session.read(|view| changes::last(view.everything())).await?;
    match known {
        Some(known) if known.as_of == last => Ok(known),
        _ => find_likely(session, import, rows, progress).await,
    }
}

/// What writing the rows works with.
struct Writing<'w, 'r, 'd> {
    recorder: &'w mut Recorder<'r>,
    directory: &'w mut Directory<'d>,
    ids: &'w mut IdSequence,
    rules: &'w Rules<'w>,
}

impl Writing<'_, '_, '_> {
    fn rows(
        &mut self,
        import: &OpenImport,
        rows: &Rows<'_>,
        chunks: Receiver<Vec<ReadRow>>,
        progress: OnProgress<'_>,
    ) -> Result<DryRun, StoreError> {
        let total = import.sheet.rows() as u32;
        let (mut counts, mut in_file, mut row) = (DryRun::default(), InFile::default(), 0);
        for read in chunks.into_iter().flatten() {
            report(progress, &import.cancel, row, total)?;
            in_file.note(&address_keys(&read.contact), row);
            let verdict = decide(self.directory, self.rules, rows, &in_file, row, read)?;
            counts.count(verdict.decided.outcome());
            counts.left_out_values += u32::from(verdict.leaves_out_values());
            if let Some((n, name)) = verdict.claim {
                in_file.claim(n, row, name);
            }
            self.write(verdict.decided, &mut counts)?;
            row += 1;
        }
        report(progress, &import.cancel, total, total)?;
        Ok(counts)
    }

    fn write(&mut self, decided: Decided, counts: &mut DryRun) -> Result<(), StoreError> {
        match decided {
            Decided::Create { mut record, employer } => {
                if let Some(name) = employer {
                    let created_at = record.get(&CREATED_AT).clone();
                    record.set(&contact::EMPLOYER, self.find_or_create(name, created_at, counts)?);
                }
                record.id = self.ids.next_id();
                self.recorder.create(&record)
            }
            Decided::Update { n, current, mut changes, employer } => {
                if let Some(name) = employer {
                    let before = current.get(&contact::EMPLOYER).clone();
                    let now = Value::Moment(self.rules.now);
                    let after = Value::Reference(self.find_or_create(name, now, counts)?);
                    changes.push(FieldChange { field: contact::EMPLOYER.number, before, after });
                }
                self.recorder.update(RecordKind::Contact, n, current.id, &changes)
            }
            Decided::Skip(_) | Decided::Ask(_) | Decided::Fail(_) => Ok(()),
        }
    }

    /// The employer with this name, created where there is none.
    fn find_or_create(&mut self, name: EmployerName, created_at: Value, counts: &mut DryRun) -> Result<Id, StoreError> {
        if let Some(id) = self.directory.employer(&name.key) {
            return Ok(id);
        }
        let mut record = Record::blank(RecordKind::Employer, self.ids.next_id());
        record.set(&CREATED_AT, created_at);
        record.set(&employer::NAME, name.name.as_str());
        self.recorder.create(&record)?;
        counts.employers_created += 1;
        self.directory.add_employer(name.key, record.id);
        Ok(record.id)
    }
}
