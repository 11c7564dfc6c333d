//! The dry run, and its rows as they are shown.

use super::answer::{DryRun, ImportFilter, ImportQuestion, ImportRow, ImportRows, ImportTarget, PlacedProblem};
use super::decide::{Decided, Question, Verdict, decide};
use super::directory::Directory;
use super::likely::{find_likely, newcomer};
use super::open::further_fields;
use super::open_import;
use super::open_import::{Fate, OpenImport, State};
use super::records;
use super::row::{EmployerName, ReadRow, address_keys};
use liaison_domain::name::person_name;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Actor, FieldChange, Record, RecordKind, Value, contact};
use liaison_duplicates::duplicates::described;
use liaison_duplicates::likeness::Likeness;
use liaison_engine::error::CommandError;
use liaison_engine::names::{AuditField, Cell, Names};
use liaison_engine::progress::{OnProgress, report};
use liaison_engine::session::Session;
use liaison_exchange::template_csv_with;
use liaison_queries::View;
use liaison_store::StoreError;
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
    let mut found = {
        let state = import.state();
        let (columns, fixes, answers) = (state.columns.clone(), state.fixes.clone(), state.answers.clone());
        State { columns, target, fixes, answers, ..State::default() }
    };
    let likely = find_likely(session, &import, &found.rows(&import), progress).await?;
    (found.likely, found.likely_as_of) = (likely.by_row, Some(likely.as_of));
    let (actor, now) = (session.actor(), session.now() as i64);
    let decided = session.read(|view| {
        let mut directory = Directory::read(view)?;
        decide_all(&import, &mut found, &mut directory, actor, now, progress)
    });
    decided.await?;
    let counts = found.counts;
    *import.state() = found;
    Ok(counts)
}

/// Decides all rows in their order.
pub(super) fn decide_all(
    import: &OpenImport,
    state: &mut State,
    directory: &mut Directory<'_>,
    actor: Actor,
    now: i64,
    progress: OnProgress<'_>,
) -> Result<(), StoreError> {
    let total = import.sheet.rows() as u32;
    state.fates.reserve(total as usize);
    for row in 0..total {
        report(progress, &import.cancel, row, total)?;
        let read = state.rows(import).read(row);
        state.in_file.note(&address_keys(&read.contact), row);
        let (fate, new_employer) = decide_row(import, state, directory, actor, now, row, read)?;
        state.fates.push(fate);
        state.add(fate, new_employer);
    }
    report(progress, &import.cancel, total, total)
}

/// Decides a row whose addresses are noted, and notes what it is about.
pub(super) fn decide_row(
    import: &OpenImport,
    state: &mut State,
    directory: &mut Directory<'_>,
    actor: Actor,
    now: i64,
    row: u32,
    read: ReadRow,
) -> Result<(Fate, Option<String>), StoreError> {
    let verdict = decide(directory, &state.rules(actor, now), &state.rows(import), &state.in_file, row, read)?;
    let fate = Fate { outcome: verdict.decided.outcome(), leaves_out_values: verdict.leaves_out_values() };
    let new_employer = verdict.decided.new_employer(directory);
    if let Some((n, name)) = verdict.claim {
        state.in_file.claim(n, row, name);
    }
    Ok((fate, new_employer))
}

/// Some of the rows with what becomes of them, at most 200; only those asked for where a filter is given.
pub async fn import_rows(
    session: &Session,
    import: u32,
    filter: Option<ImportFilter>,
    offset: u32,
    limit: u32,
) -> Result<ImportRows, CommandError> {
    let import = open_import::find_import(session, import)?;
    let (total, rows) = {
        let state = import.state();
        let fits = |fate: &Fate| match filter {
            None => true,
            Some(ImportFilter::LeftOutValues) => fate.leaves_out_values,
            Some(filter) => ImportFilter::from(fate.outcome) == filter,
        };
        let matching = || (0..state.fates.len()).filter(|row| fits(&state.fates[*row]));
        (matching().count() as u32, matching().skip(offset as usize).take(limit.min(200) as usize).collect::<Vec<_>>())
    };
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_rows(session, &import, total, rows).await;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let rows = session.read(|view| {
        let state = import.state();
        let reads: Vec<ReadRow> = rows.iter().map(|row| state.rows(&import).read(*row as u32)).collect();
        let mut shown = Shown { import: &import, state: &state, names: Names::new(view), actor, now };
        let mut directory = Directory::read_for(view, &reads)?;
        rows.iter().map(|row| shown.row(view, &mut directory, *row as u32)).collect()
    });
    Ok(ImportRows { total, rows: rows.await? })
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

/// What rows are put into words and values with.
pub(super) struct Shown<'s, 'v> {
    pub import: &'s OpenImport,
    pub state: &'s State,
    pub names: Names<'v>,
    pub actor: Actor,
    pub now: i64,
}

impl Shown<'_, '_> {
    /// A row with what becomes of it.
    pub fn row(&mut self, view: &View<'_>, directory: &mut Directory<'_>, row: u32) -> Result<ImportRow, StoreError> {
        let rows = self.state.rows(self.import);
        let read = rows.read(row);
        let text = |field: &liaison_domain::Field| read.contact.text(field).to_owned();
        let (mut name, email) =
            (person_name(&text(&contact::FIRST_NAME), "", &text(&contact::LAST_NAME)), text(&contact::EMAIL));
        let as_read = read.clone();
        let rules = self.state.rules(self.actor, self.now);
        let Verdict { decided, question, left_out, .. } =
            decide(directory, &rules, &rows, &self.state.in_file, row, read)?;
        let outcome = decided.outcome();
        let (mut changes, mut problems) = (Vec::new(), Vec::new());
        match decided {
            Decided::Create { record, employer } => {
                for change in shown(&record).creation() {
                    changes.push(self.names.field(RecordKind::Contact, &change)?);
                }
                let employer = employer.map(|employer| employer_change(&mut self.names, &Value::Empty, employer));
                changes.extend(employer.transpose()?);
            }
            Decided::Update { current, changes: fields, employer, .. } => {
                if name.is_empty() {
                    name = person_name(current.text(&contact::FIRST_NAME), "", current.text(&contact::LAST_NAME));
                }
                changes = self.changes(&current, &fields, employer)?;
            }
            Decided::Skip(problem) | Decided::Ask(problem) => {
                problems.push(PlacedProblem { field: None, column: None, problem });
            }
            Decided::Fail(found) => problems = found,
        }
        let question = question.map(|question| self.question(view, question, row, &as_read)).transpose()?;
        let mut cells: Vec<String> = self.import.sheet.row(row as usize).map(str::to_owned).collect();
        for ((fixed, column), text) in &self.state.fixes {
            if *fixed == row as usize {
                cells[*column] = text.clone();
            }
        }
        let line = rows.line(row);
        Ok(ImportRow { index: row, row: line, outcome, name, email, changes, problems, left_out, question, cells })
    }

    fn changes(
        &mut self,
        current: &Record,
        fields: &[FieldChange],
        employer: Option<EmployerName>,
    ) -> Result<Vec<AuditField>, StoreError> {
        let mut changes = Vec::new();
        for change in fields {
            changes.push(self.names.field(RecordKind::Contact, change)?);
        }
        let before = current.get(&contact::EMPLOYER);
        changes.extend(employer.map(|to| employer_change(&mut self.names, before, to)).transpose()?);
        Ok(changes)
    }

    fn question(
        &mut self,
        view: &View<'_>,
        question: Question,
        row: u32,
        read: &ReadRow,
    ) -> Result<ImportQuestion, StoreError> {
        let Question { about, answer, contact, row: before, update: (fields, employer) } = question;
        let line = before.map(|before| self.state.rows(self.import).line(before));
        let Some(record) = contact else {
            return Ok(ImportQuestion { about, answer, contact: None, line, update: Vec::new() });
        };
        let update = self.changes(&record, &fields, employer)?;
        let likely = self.state.likely.get(&row).filter(|likely| likely.id == record.id);
        let likeness = match (likely, newcomer(read)) {
            (Some(likely), Some(newcomer)) => likely.told(view, &newcomer)?,
            _ => None,
        };
        let contact = match likeness {
            Some(likeness) => likeness,
            // One address is no evidence that says how likely it is.
            None => Likeness { person: described(view, &record)?, score: 0.0, reasons: Vec::new() },
        };
        Ok(ImportQuestion { about, answer, contact: Some(contact), line, update })
    }
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
