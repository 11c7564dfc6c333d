//! The steps of such an import: dry run, rows, fixes, commit, the file of what could not be imported.

use super::decide::Known;
use super::decided::{Decided, File};
use crate::answer::{
    DryRun, ImportDone, ImportFixed, ImportOutcome, ImportProblem, ImportRow, ImportRows, PlacedProblem,
};
use crate::open_import::{Fate, OpenImport, State};
use crate::row::{Fixes, Target};
use liaison_domain::field::{CREATED_AT, FieldType};
use liaison_domain::{Actor, Field, OperationKind, RecordKind, Value, mail_template};
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::names::Names;
use liaison_engine::progress::{OnProgress, report};
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_exchange::ErrorFile;
use liaison_mailing::invitations;
use liaison_mailing::mail;
use liaison_queries::View;
use liaison_store::{Recorder, StoreError};
use std::io::Write;

/// The fields of the columns.
fn fields(state: &State) -> Vec<Option<&'static Field>> {
    state
        .columns
        .iter()
        .map(|column| {
            column.and_then(|target| match target {
                Target::Field(field) => Some(field),
                Target::FullName => None,
            })
        })
        .collect()
}

fn file<'f>(import: &'f OpenImport, columns: &'f [Option<&'static Field>], actor: Actor, now: i64) -> File<'f> {
    File { sheet: &import.sheet, kind: import.kind, columns, actor, now }
}

/// Whether a record is or comes to be without some of its row's values.
fn leaves_out(outcome: ImportOutcome, left_out: &[PlacedProblem]) -> bool {
    use ImportOutcome::{Created, Unchanged, Updated};
    !left_out.is_empty() && matches!(outcome, Created | Updated | Unchanged)
}

/// Decides every row, in their order.
fn decide_all(
    view: &View<'_>,
    file: &File<'_>,
    fixes: &Fixes,
    mut each: impl FnMut(usize, Decided, bool) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut known = Known::read(view, file, fixes)?;
    for row in 0..file.sheet.rows() {
        let (decided, left_out) = known.decide(file, fixes, row)?;
        let leaves_out_values = leaves_out(decided.outcome(), &left_out);
        each(row, decided, leaves_out_values)?;
    }
    Ok(())
}

pub(crate) async fn records_dry_run(
    session: &Session,
    import: &OpenImport,
    progress: OnProgress<'_>,
) -> Result<DryRun, CommandError> {
    let (columns, fixes) = {
        let state = import.state();
        (fields(&state), state.fixes.clone())
    };
    let file = file(import, &columns, session.actor(), session.now() as i64);
    let total = import.sheet.rows() as u32;
    let found = session.read(|view| {
        let (mut counts, mut fates) = (DryRun::default(), Vec::with_capacity(total as usize));
        decide_all(view, &file, &fixes, |row, decided, leaves_out_values| {
            report(progress, &import.cancel, row as u32, total)?;
            counts.count(decided.outcome());
            counts.left_out_values += u32::from(leaves_out_values);
            fates.push(Fate { outcome: decided.outcome(), leaves_out_values });
            Ok(())
        })?;
        report(progress, &import.cancel, total, total)?;
        Ok((counts, fates))
    });
    let (counts, fates) = found.await?;
    let mut state = import.state();
    (state.counts, state.fates) = (counts, fates);
    Ok(counts)
}

pub(crate) async fn records_rows(
    session: &Session,
    import: &OpenImport,
    total: u32,
    rows: Vec<usize>,
) -> Result<ImportRows, CommandError> {
    let now = session.now() as i64;
    let rows = session.read(|view| {
        let state = import.state();
        let columns = fields(&state);
        let file = file(import, &columns, session.actor(), now);
        let (mut known, mut names) = (Known::new(view, &file, &state.fixes), Names::new(view));
        rows.into_iter().map(|row| describe(&file, &state, &mut known, &mut names, row)).collect()
    });
    Ok(ImportRows { total, rows: rows.await? })
}

pub(crate) async fn records_fix(
    session: &Session,
    import: &OpenImport,
    row: usize,
    column: usize,
    text: &str,
) -> Result<ImportFixed, CommandError> {
    let now = session.now() as i64;
    let fixed = session.read(|view| {
        let mut state = import.state();
        let state = &mut *state;
        state.fixes.insert((row, column), text.to_owned());
        let columns = fields(state);
        let file = file(import, &columns, session.actor(), now);
        let (decided, left_out) = Known::read(view, &file, &state.fixes)?.decide(&file, &state.fixes, row)?;
        let outcome = decided.outcome();
        let fate = Fate { outcome, leaves_out_values: leaves_out(outcome, &left_out) };
        if let Some(was) = state.fates.get(row).copied() {
            state.take(was, None);
            state.add(fate, None);
            state.fates[row] = fate;
        }
        let described = describe(&file, state, &mut Known::new(view, &file, &state.fixes), &mut Names::new(view), row)?;
        Ok(ImportFixed { row: described, counts: state.counts })
    });
    Ok(fixed.await?)
}

pub(crate) async fn records_errors(
    session: &Session,
    import: &OpenImport,
    to: impl Write,
) -> Result<u32, CommandError> {
    let now = session.now() as i64;
    let written = session.read(|view| {
        let state = import.state();
        let columns = fields(&state);
        let file = file(import, &columns, session.actor(), now);
        let (mut known, mut names) = (Known::new(view, &file, &state.fixes), Names::new(view));
        let mut errors = ErrorFile::new(&import.sheet, to)?;
        let failed: Vec<usize> = (0..state.fates.len()).filter(|row| state.fates[*row].is_for_error_file()).collect();
        for row in &failed {
            let described = describe(&file, &state, &mut known, &mut names, *row)?;
            let label = |key: &str| view.registry().field(import.kind, key).map(|field| field.label);
            let left_out = described.left_out.iter().map(|problem| format!("not imported: {}", problem.told(label)));
            let reasons: Vec<String> =
                described.problems.iter().map(|problem| problem.told(label)).chain(left_out).collect();
            let edits: Vec<(usize, &str)> = state
                .fixes
                .iter()
                .filter(|((fixed, _), _)| fixed == row)
                .map(|((_, column), text)| (*column, text.as_str()))
                .collect();
            errors.row(*row, &edits, &reasons.join("; "))?;
        }
        errors.finish()?;
        Ok(failed.len() as u32)
    });
    Ok(written.await?)
}

pub(crate) async fn records_commit(
    session: &Session,
    import: &OpenImport,
    progress: OnProgress<'_>,
) -> Result<ImportDone, CommandError> {
    let (columns, fixes, unwelcomed) = {
        let state = import.state();
        (fields(&state), state.fixes.clone(), state.unwelcomed)
    };
    let now = session.now();
    let inviting = match import.kind {
        RecordKind::Student if !unwelcomed => invitations::inviting(session, mail_template::WELCOME, now).await?,
        _ => None,
    };
    let mut ids = ids(now);
    let file = file(import, &columns, session.actor(), now as i64);
    let total = import.sheet.rows() as u32;
    let work = |recorder: &mut Recorder<'_>| {
        let (mut counts, mut invited) = (DryRun::default(), 0);
        let mut begun = inviting.as_ref().map(|inviting| inviting.begin(recorder.db())).transpose()?;
        decide_all(&session.view(recorder.db()), &file, &fixes, |row, decided, leaves_out_values| {
            report(progress, &import.cancel, row as u32, total)?;
            counts.count(decided.outcome());
            counts.left_out_values += u32::from(leaves_out_values);
            match decided {
                Decided::Create(mut record) => {
                    record.id = ids.next_id();
                    match &mut begun {
                        Some(begun) => invited += u32::from(begun.create(recorder, &record)?),
                        None => recorder.create(&record)?,
                    }
                    Ok(())
                }
                Decided::Update(n, before, changes) => recorder.update(file.kind, n, before.id, &changes),
                Decided::Skip(_) | Decided::Fail(_) => Ok(()),
            }
        })?;
        report(progress, &import.cancel, total, total)?;
        Ok((counts, invited))
    };
    let ((counts, invited), operation) =
        session.commit(Step::new(OperationKind::RecordsImport).detail(import.file.clone()), work).await?;
    if invited > 0 {
        mail::outbox_filled(session);
    }
    Ok(ImportDone::new(operation, counts, invited))
}

/// A row with what becomes of it, put into words and values for the screen.
fn describe(
    file: &File<'_>,
    state: &State,
    known: &mut Known<'_>,
    names: &mut Names<'_>,
    row: usize,
) -> Result<ImportRow, StoreError> {
    let (decided, left_out) = known.decide(file, &state.fixes, row)?;
    let skipped = state.fates.get(row).is_some_and(|fate| fate.outcome == ImportOutcome::Unchanged);
    let decided = match decided {
        // The dry run found one that says the same.
        Decided::Create(_) if skipped => Decided::Skip(ImportProblem::NothingToChange),
        decided => decided,
    };
    let mut cells: Vec<String> = file.sheet.row(row).map(str::to_owned).collect();
    for ((fixed, column), text) in &state.fixes {
        if *fixed == row {
            cells[*column] = text.clone();
        }
    }
    let named = |wanted: &dyn Fn(&Field) -> bool| {
        let column = file.columns.iter().position(|field| field.is_some_and(wanted));
        column.map(|column| cells[column].clone()).unwrap_or_default()
    };
    let title = |field: &Field| matches!(field.key, "title" | "subject" | "text" | "event" | "meeting");
    let person = |field: &Field| field.field_type == FieldType::Reference { kind: RecordKind::Contact };
    let (name, email) = if file.kind == RecordKind::Student {
        let part = |key: &'static str| named(&move |field: &Field| field.key == key);
        let name = format!("{} {}", part("first_name"), part("last_name"));
        (name.trim().to_owned(), part("email"))
    } else {
        (named(&title), named(&person))
    };
    let outcome = decided.outcome();
    let (mut changes, mut problems) = (Vec::new(), Vec::new());
    match decided {
        Decided::Create(mut record) => {
            record.set(&CREATED_AT, Value::Empty);
            for change in record.creation() {
                changes.push(names.field(file.kind, &change)?);
            }
        }
        Decided::Update(_, _, updates) => {
            for change in updates {
                changes.push(names.field(file.kind, &change)?);
            }
        }
        Decided::Skip(problem) => {
            problems.push(PlacedProblem { field: None, column: None, problem });
        }
        Decided::Fail(found) => problems = found,
    }
    Ok(ImportRow {
        index: row as u32,
        row: file.sheet.row_number(row),
        outcome,
        name: name.chars().take(80).collect(),
        email,
        changes,
        problems,
        left_out,
        question: None,
        cells,
    })
}
