//! The dry run, its rows, and fixing bad ones in place.

use super::answer::{
    DryRun, ImportFixed, ImportOutcome, ImportProblem, ImportRow, ImportRows, ImportTarget, PlacedProblem,
};
use super::decide::{Decided, Directory};
use super::open::further_fields;
use super::open_import;
use super::open_import::{OpenImport, State};
use super::records;
use super::row::{EmployerName, ReadRow, email_key_of, read_row};
use liaison_domain::name::person_name;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Record, RecordKind, Registry, Value, contact};
use liaison_engine::error::CommandError;
use liaison_engine::names::Cell;
use liaison_engine::names::{AuditField, Names};
use liaison_engine::progress::{OnProgress, report};
use liaison_engine::session::Session;
use liaison_exchange::{ErrorFile, template_csv_with};
use liaison_store::StoreError;
use std::io::Write;
use std::sync::atomic::Ordering;

/// Decides every row without writing anything.
pub async fn import_dry_run(
    session: &Session,
    import: u32,
    target: ImportTarget,
    progress: OnProgress<'_>,
) -> Result<DryRun, CommandError> {
    let import = open_import::find_import(session, import)?;
    import.cancel.store(false, Ordering::Relaxed);
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_dry_run(session, &import, progress).await;
    }
    let (columns, fixes) = {
        let state = import.state();
        (state.columns.clone(), state.fixes.clone())
    };
    let (actor, now) = (session.actor(), session.now() as i64);
    let total = import.sheet.rows() as u32;
    let found = session.read(|view| {
        let mut directory = Directory::read(view, target, actor, now)?;
        let mut found = State { columns, target, fixes, ..State::default() };
        found.outcomes.reserve(total as usize);
        for row in 0..total as usize {
            report(progress, &import.cancel, row as u32, total)?;
            let read = read_row(&import.sheet, &found.fixes, &found.columns, row);
            let earlier = found.seen.earlier(&read.email_key, import.sheet.row_number(row));
            let decided = directory.decide(read, earlier)?;
            found.outcomes.push(decided.outcome());
            found.add(decided.outcome(), decided.new_employer(&directory));
        }
        report(progress, &import.cancel, total, total)?;
        Ok(found)
    });
    let found = found.await?;
    let counts = found.counts;
    *import.state() = found;
    Ok(counts)
}

/// Some of the rows with what becomes of them, at most 200; only those with `outcome` where one is given.
pub async fn import_rows(
    session: &Session,
    import: u32,
    outcome: Option<ImportOutcome>,
    offset: u32,
    limit: u32,
) -> Result<ImportRows, CommandError> {
    let import = open_import::find_import(session, import)?;
    let (total, rows) = {
        let state = import.state();
        let matching =
            || (0..state.outcomes.len()).filter(|row| outcome.is_none_or(|outcome| state.outcomes[*row] == outcome));
        (matching().count() as u32, matching().skip(offset as usize).take(limit.min(200) as usize).collect::<Vec<_>>())
    };
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_rows(session, &import, total, rows).await;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let rows = session.read(|view| {
        let mut state = import.state();
        let reads: Vec<ReadRow> =
            rows.iter().map(|row| read_row(&import.sheet, &state.fixes, &state.columns, *row)).collect();
        let mut directory = Directory::read_for(view, state.target, actor, now, &reads)?;
        let mut names = Names::new(view);
        rows.into_iter().map(|row| describe(&import, &mut state, &mut directory, &mut names, row)).collect()
    });
    Ok(ImportRows { total, rows: rows.await? })
}

/// Corrects one cell of a row and decides the row again.
pub async fn import_fix(
    session: &Session,
    import: u32,
    row: u32,
    column: u32,
    text: &str,
) -> Result<ImportFixed, CommandError> {
    let import = open_import::find_import(session, import)?;
    let (row, column) = (row as usize, column as usize);
    if row >= import.sheet.rows() || column >= import.sheet.columns() {
        return Err(CommandError::not_found("row"));
    }
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_fix(session, &import, row, column, text).await;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let fixed = session.read(|view| {
        let mut state = import.state();
        let state = &mut *state;
        let before = read_row(&import.sheet, &state.fixes, &state.columns, row);
        state.fixes.insert((row, column), text.to_owned());
        let rows = affected(&import, state, row, &before);
        let mut reads: Vec<ReadRow> =
            rows.iter().map(|row| read_row(&import.sheet, &state.fixes, &state.columns, *row)).collect();
        reads.push(before.clone());
        let mut directory = Directory::read_for(view, state.target, actor, now, &reads)?;
        redecide(&import, state, &mut directory, &rows, (row, before))?;
        let described = describe(&import, state, &mut directory, &mut Names::new(view), row)?;
        Ok(ImportFixed { row: described, counts: state.counts })
    });
    Ok(fixed.await?)
}

/// Writes the rows that can't be imported, as they stand in the file, with the reason in a last column.
pub async fn import_errors(session: &Session, import: u32, to: impl Write) -> Result<u32, CommandError> {
    let import = open_import::find_import(session, import)?;
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_errors(session, &import, to).await;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let written = session.read(|view| {
        let mut state = import.state();
        let mut directory = Directory::read(view, state.target, actor, now)?;
        let mut names = Names::new(view);
        let mut file = ErrorFile::new(&import.sheet, to)?;
        let failed: Vec<usize> =
            (0..state.outcomes.len()).filter(|row| state.outcomes[*row] == ImportOutcome::Failed).collect();
        for row in &failed {
            let described = describe(&import, &mut state, &mut directory, &mut names, *row)?;
            let reasons: Vec<String> =
                described.problems.iter().map(|problem| problem.in_english(view.registry())).collect();
            let edits: Vec<(usize, &str)> = state
                .fixes
                .iter()
                .filter(|((fixed, _), _)| fixed == row)
                .map(|((_, column), text)| (*column, text.as_str()))
                .collect();
            file.row(*row, &edits, &reasons.join("; "))?;
        }
        file.finish()?;
        Ok(failed.len() as u32)
    });
    Ok(written.await?)
}

/// An empty file with a column for every field of a kind that can be imported.
pub fn records_template(session: &Session, kind: RecordKind) -> Result<Vec<u8>, CommandError> {
    if !records::kinds().any(|importable| importable == kind) {
        return Err(CommandError::not_found("import of this kind of record"));
    }
    records::template(&session.registry(), kind).map_err(CommandError::internal)
}

/// Our own template, as a file for spreadsheets: every field that can be imported, attributes among them.
pub fn import_template(session: &Session) -> Vec<u8> {
    let further: Vec<&str> = further_fields(&session.registry()).into_iter().map(|(_, label)| label).collect();
    template_csv_with(&further)
}

/// The rows to decide again once a row is fixed: itself, and where its address changed those that share the old one
/// or the new one. One of them may no longer be the second with its address, or be it now.
fn affected(import: &OpenImport, state: &State, row: usize, before: &ReadRow) -> Vec<usize> {
    let key_of = |row| email_key_of(&import.sheet, &state.fixes, &state.columns, row);
    let after = key_of(row);
    if state.outcomes.is_empty() || after == before.email_key {
        return vec![row];
    }
    let shares = |at: &usize| {
        let key = key_of(*at);
        *at == row || (!key.is_empty() && (key == after || key == before.email_key))
    };
    (0..import.sheet.rows()).filter(shares).collect()
}

/// Decides rows again, in their order, after one of them was `fixed`; it comes with what it said before.
fn redecide(
    import: &OpenImport,
    state: &mut State,
    directory: &mut Directory<'_>,
    rows: &[usize],
    (fixed, before): (usize, ReadRow),
) -> Result<(), StoreError> {
    if state.outcomes.is_empty() {
        return Ok(());
    }
    let read = |state: &State, row| read_row(&import.sheet, &state.fixes, &state.columns, row);
    let after = read(state, fixed).email_key;
    if after != before.email_key {
        state.seen.forget(&before.email_key);
        state.seen.forget(&after);
    }
    for row in rows {
        let now = read(state, *row);
        let was = if *row == fixed { &before.employer } else { &now.employer };
        let was = was.as_ref().map(|name| name.key.clone()).filter(|key| directory.employer(key).is_none());
        state.take(state.outcomes[*row], was);
        let earlier = state.seen.earlier(&now.email_key, import.sheet.row_number(*row));
        let decided = directory.decide(now, earlier)?;
        state.outcomes[*row] = decided.outcome();
        state.add(decided.outcome(), decided.new_employer(directory));
    }
    Ok(())
}

/// A row with what becomes of it, put into words and values for the screen.
fn describe(
    import: &OpenImport,
    state: &mut State,
    directory: &mut Directory<'_>,
    names: &mut Names<'_>,
    row: usize,
) -> Result<ImportRow, StoreError> {
    let read = read_row(&import.sheet, &state.fixes, &state.columns, row);
    let line = import.sheet.row_number(row);
    let earlier = state.seen.earlier(&read.email_key, line);
    let text = |field: &liaison_domain::Field| read.contact.text(field).to_owned();
    let (mut name, email) =
        (person_name(&text(&contact::FIRST_NAME), "", &text(&contact::LAST_NAME)), text(&contact::EMAIL));
    let decided = directory.decide(read, earlier)?;
    let outcome = decided.outcome();
    let (mut changes, mut problems) = (Vec::new(), Vec::new());
    match decided {
        Decided::Create { record, employer } => {
            for change in shown(&record).creation() {
                changes.push(names.field(RecordKind::Contact, &change)?);
            }
            changes.extend(employer.map(|employer| employer_change(names, &Value::Empty, employer)).transpose()?);
        }
        Decided::Update { current, changes: fields, employer, .. } => {
            if name.is_empty() {
                name = person_name(current.text(&contact::FIRST_NAME), "", current.text(&contact::LAST_NAME));
            }
            for change in &fields {
                changes.push(names.field(RecordKind::Contact, change)?);
            }
            changes.extend(employer.map(|to| employer_change(names, current.get(&contact::EMPLOYER), to)).transpose()?);
        }
        Decided::Skip(problem) => problems.push(PlacedProblem { field: None, column: None, problem }),
        Decided::Fail(found) => problems = found,
    }
    let mut cells: Vec<String> = import.sheet.row(row).map(str::to_owned).collect();
    for ((fixed, column), text) in &state.fixes {
        if *fixed == row {
            cells[*column] = text.clone();
        }
    }
    Ok(ImportRow { index: row as u32, row: line, outcome, name, email, changes, problems, cells })
}

/// What the file brings: not what the desk fills in by itself.
fn shown(record: &Record) -> Record {
    let mut shown = record.clone();
    for field in [&contact::OWNER, &contact::AUTO_SYNC, &liaison_domain::field::CREATED_AT] {
        shown.values[field.index()] = Value::Empty;
    }
    shown
}

fn employer_change(names: &mut Names<'_>, before: &Value, after: EmployerName) -> Result<AuditField, StoreError> {
    Ok(AuditField {
        field: contact::EMPLOYER.key.to_owned(),
        before: names.cell(Some(&contact::EMPLOYER), before)?,
        after: Cell { value: FieldValue::Text(after.name.clone()), text: Some(after.name) },
    })
}

impl PlacedProblem {
    /// For the error file, which leaves the screen and its catalogue behind.
    pub fn in_english(&self, registry: &Registry) -> String {
        self.told(|key| registry.field(RecordKind::Contact, key).map(|field| field.label))
    }

    /// The same for fields of any kind, by their labels.
    pub(super) fn told(&self, label: impl Fn(&str) -> Option<&'static str>) -> String {
        let what = match &self.problem {
            ImportProblem::Value { problem } => problem.to_string(),
            ImportProblem::DuplicateInFile { row } => format!("the same address as row {row}"),
            ImportProblem::Frozen => {
                "the contact with this address is rejected and its data frozen; approve it first".into()
            }
            ImportProblem::NothingToChange => "nothing to change".into(),
            ImportProblem::AmbiguousEmail => "several contacts have this address; merge them first".into(),
            ImportProblem::FormerAddress { name } => {
                format!("{name} had this address before; give the present one, or take it out of the former ones")
            }
            ImportProblem::AmbiguousName => "several records have this name".into(),
            ImportProblem::BlankRow => "the row is blank".into(),
            ImportProblem::Unreadable { detail, .. } => detail.clone(),
        };
        match self.field.as_deref().and_then(label) {
            Some(label) => format!("{label}: {what}"),
            None => what,
        }
    }
}
