//! Writing an import: one transaction, one operation, all of it or nothing.

use super::answer::{DryRun, ImportDone};
use super::decide::{Decided, Directory, SeenInFile};
use super::open_import;
use super::open_import::OpenImport;
use super::row::{EmployerName, ReadRow, read_row};
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
use liaison_store::{Recorder, StoreError};
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
    let (columns, fixes, target) = {
        let state = import.state();
        (state.columns.clone(), state.fixes.clone(), state.target)
    };
    let now = session.now();
    let mut ids = ids(now);
    let (counts, operation) = session
        .commit(Step::new(OperationKind::ContactsImport).detail(import.file.clone()), |recorder| {
            let mut directory = Directory::read(&session.view(recorder.db()), target, session.actor(), now as i64)?;
            let aside =
                IndexesAside::when_worth_it(recorder.db(), RecordKind::Contact, import.sheet.rows(), directory.len())?;
            let counts = std::thread::scope(|threads| {
                let (sender, receiver) = sync_channel(CHUNKS_AHEAD);
                let (import, columns, fixes) = (&import, &columns, &fixes);
                threads.spawn(move || {
                    for start in (0..import.sheet.rows()).step_by(CHUNK) {
                        let end = (start + CHUNK).min(import.sheet.rows());
                        let chunk: Vec<ReadRow> =
                            (start..end).map(|row| read_row(&import.sheet, fixes, columns, row)).collect();
                        // The other end hangs up when writing fails or is stopped.
                        if sender.send(chunk).is_err() {
                            return;
                        }
                    }
                });
                write_rows(recorder, import, &mut directory, &mut ids, receiver, progress)
            })?;
            aside.put_back(recorder.db())?;
            Ok(counts)
        })
        .await?;
    Ok(ImportDone {
        operation,
        created: counts.created,
        updated: counts.updated,
        skipped: counts.skipped,
        failed: counts.failed,
        invited: 0,
    })
}

fn write_rows(
    recorder: &mut Recorder<'_>,
    import: &OpenImport,
    directory: &mut Directory<'_>,
    ids: &mut IdSequence,
    chunks: Receiver<Vec<ReadRow>>,
    progress: OnProgress<'_>,
) -> Result<DryRun, StoreError> {
    let total = import.sheet.rows() as u32;
    let (mut counts, mut seen, mut row) = (DryRun::default(), SeenInFile::default(), 0);
    for read in chunks.into_iter().flatten() {
        report(progress, &import.cancel, row as u32, total)?;
        let earlier = seen.earlier(&read.email_key, import.sheet.row_number(row));
        let decided = directory.decide(read, earlier)?;
        counts.count(decided.outcome());
        match decided {
            Decided::Create { mut record, employer } => {
                if let Some(name) = employer {
                    let created_at = record.get(&CREATED_AT).clone();
                    record.set(
                        &contact::EMPLOYER,
                        find_or_create(recorder, directory, ids, name, created_at, &mut counts)?,
                    );
                }
                record.id = ids.next_id();
                recorder.create(&record)?;
            }
            Decided::Update { n, current, mut changes, employer } => {
                if let Some(name) = employer {
                    let before = current.get(&contact::EMPLOYER).clone();
                    let now = Value::Moment(directory.now());
                    let after = Value::Reference(find_or_create(recorder, directory, ids, name, now, &mut counts)?);
                    changes.push(FieldChange { field: contact::EMPLOYER.number, before, after });
                }
                recorder.update(RecordKind::Contact, n, current.id, &changes)?;
            }
            Decided::Skip(_) | Decided::Fail(_) => {}
        }
        row += 1;
    }
    report(progress, &import.cancel, total, total)?;
    Ok(counts)
}

/// The employer with this name, created where there is none.
fn find_or_create(
    recorder: &mut Recorder<'_>,
    directory: &mut Directory<'_>,
    ids: &mut IdSequence,
    name: EmployerName,
    created_at: Value,
    counts: &mut DryRun,
) -> Result<Id, StoreError> {
    if let Some(id) = directory.employer(&name.key) {
        return Ok(id);
    }
    let mut record = Record::blank(RecordKind::Employer, ids.next_id());
    record.set(&CREATED_AT, created_at);
    record.set(&employer::NAME, name.name.as_str());
    recorder.create(&record)?;
    counts.employers_created += 1;
    directory.add_employer(name.key, record.id);
    Ok(record.id)
}
