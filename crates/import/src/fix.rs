//! What somebody does to the rows of a dry run: corrects a cell, answers a question. What hangs on it is decided again.

use super::answer::{DryRun, ImportAnswer, ImportFixed, ImportOutcome};
use super::decide::Rows;
use super::directory::Directory;
use super::likely::likely_of;
use super::open_import;
use super::open_import::{OpenImport, State};
use super::preview::{Shown, decide_row};
use super::row::{ReadRow, address_columns, address_keys};
use liaison_domain::name::email_key;
use liaison_domain::{Actor, RecordKind, Value, contact};
use liaison_engine::error::CommandError;
use liaison_engine::names::Names;
use liaison_engine::session::Session;
use liaison_queries::View;
use liaison_store::StoreError;
use std::collections::BTreeSet;

/// Corrects one cell of a row and decides the row again, and those that it has to do with.
pub async fn import_fix(
    session: &Session,
    import: u32,
    row: u32,
    column: u32,
    text: &str,
) -> Result<ImportFixed, CommandError> {
    let import = open_import::find_import(session, import)?;
    if row as usize >= import.sheet.rows() || column as usize >= import.sheet.columns() {
        return Err(CommandError::not_found("row"));
    }
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_fix(session, &import, row as usize, column as usize, text).await;
    }
    let (keys, before) = {
        let mut state = import.state();
        let before = state.rows(&import).read(row);
        state.fixes.insert((row as usize, column as usize), text.to_owned());
        let after = state.rows(&import).read(row);
        if before.email_key != after.email_key {
            // Who was meant was said of another address.
            state.answers.of_rows.remove(&row);
        }
        let mut keys = address_keys(&before.contact);
        keys.extend(address_keys(&after.contact));
        (keys, before)
    };
    let was_likely = import.state().likely.get(&row).map(|likely| likely.n);
    find_likely_again(session, &import, row).await?;
    let affected = session.read(|view| affected(view, &import, row, &keys, was_likely)).await?;
    for other in affected.rows.iter().copied().filter(|other| *other != row) {
        find_likely_again(session, &import, other).await?;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let fixed = session.read(|view| {
        let mut state = import.state();
        state.in_file.forget_addresses(&keys);
        redecide(view, &import, &mut state, &affected, Some((row, &before)), actor, now)?;
        let reads = [state.rows(&import).read(row)];
        let mut shown = Shown { import: &import, state: &state, names: Names::new(view), actor, now };
        let row = shown.row(view, &mut Directory::read_for(view, &reads)?, row)?;
        Ok(ImportFixed { row, counts: state.counts })
    });
    Ok(fixed.await?)
}

async fn find_likely_again(session: &Session, import: &OpenImport, row: u32) -> Result<(), CommandError> {
    let read = import.state().rows(import).read(row);
    let likely = likely_of(session, &read).await?;
    let mut state = import.state();
    match likely {
        Some(likely) => state.likely.insert(row, likely),
        None => state.likely.remove(&row),
    };
    Ok(())
}

/// Answers the question about a row, or that of all rows with a question of this kind: name conflicts or possible
/// duplicates. `None` takes an answer back. An answer for all takes the place of those for single rows.
pub async fn import_answer(
    session: &Session,
    import: u32,
    about: ImportOutcome,
    row: Option<u32>,
    answer: Option<ImportAnswer>,
) -> Result<DryRun, CommandError> {
    let import = open_import::find_import(session, import)?;
    let all_rows = import.sheet.rows() as u32;
    let is_question = matches!(about, ImportOutcome::NameConflict | ImportOutcome::PossibleDuplicate);
    if import.kind != RecordKind::Contact || !is_question || row.is_some_and(|row| row >= all_rows) {
        return Err(CommandError::not_found("row"));
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let counts = session.read(|view| {
        let mut state = import.state();
        if let Some(row) = row {
            match answer {
                Some(answer) => state.answers.of_rows.insert(row, answer),
                None => state.answers.of_rows.remove(&row),
            };
            if !state.fates.is_empty() {
                let keys = address_keys(&state.rows(&import).read(row).contact);
                drop(state);
                let affected = affected(view, &import, row, &keys, None)?;
                state = import.state();
                redecide(view, &import, &mut state, &affected, None, actor, now)?;
            }
            return Ok(state.counts);
        }
        let State { answers, fates, likely, .. } = &mut *state;
        match about {
            ImportOutcome::NameConflict => answers.of_name_conflicts = answer,
            _ => answers.of_possible_duplicates = answer,
        }
        answers.of_rows.retain(|row, _| likely.contains_key(row) != (about == ImportOutcome::PossibleDuplicate));
        if !fates.is_empty() {
            let all = Affected { rows: (0..all_rows).collect(), contacts: state.in_file.all_claimed() };
            redecide(view, &import, &mut state, &all, None, actor, now)?;
        }
        Ok(state.counts)
    });
    Ok(counts.await?)
}

/// With more rows to decide again, reading the whole directory is quicker than asking for each of them.
const FEW: usize = 500;

/// What has to do with a row: rows to decide again, and the contacts that these may be about.
struct Affected {
    rows: Vec<u32>,
    contacts: Vec<i64>,
}

/// The rows to decide again once a row with these addresses, before and after, is another: itself, those with one of
/// them, and those about the same contacts, by whichever of their addresses.
fn affected(
    view: &View<'_>,
    import: &OpenImport,
    row: u32,
    keys: &[String],
    was_likely: Option<i64>,
) -> Result<Affected, StoreError> {
    let state = import.state();
    if state.fates.is_empty() {
        return Ok(Affected { rows: vec![row], contacts: Vec::new() });
    }
    let mut directory = Directory::read_some(view, keys.iter().map(String::as_str), [])?;
    let mut contacts = directory.contacts_with(keys);
    contacts.extend(state.in_file.claim_of(row));
    contacts.extend(state.likely.get(&row).map(|likely| likely.n).into_iter().chain(was_likely));
    let mut all: BTreeSet<String> = keys.iter().cloned().collect();
    for n in &contacts {
        let Some(record) = directory.contact(*n)? else { continue };
        all.extend(address_keys(&record));
        if let Value::List(former) = record.get(&contact::FORMER_EMAILS) {
            all.extend(former.iter().map(|address| email_key(address)));
        }
    }
    let columns = address_columns(&state.columns);
    let addresses = Rows { sheet: &import.sheet, fixes: &state.fixes, columns: &columns };
    let shares = |at: &u32| {
        *at == row
            || state.likely.get(at).is_some_and(|likely| contacts.contains(&likely.n))
            || address_keys(&addresses.read(*at).contact).iter().any(|key| all.contains(key))
    };
    Ok(Affected { rows: (0..import.sheet.rows() as u32).filter(shares).collect(), contacts })
}

/// Decides rows again, in their order. `fixed` is the row that says something else now, with what it said before.
fn redecide(
    view: &View<'_>,
    import: &OpenImport,
    state: &mut State,
    affected: &Affected,
    fixed: Option<(u32, &ReadRow)>,
    actor: Actor,
    now: i64,
) -> Result<(), StoreError> {
    if state.fates.is_empty() {
        return Ok(());
    }
    let mut directory = if affected.rows.len() <= FEW {
        let mut reads: Vec<ReadRow> = affected.rows.iter().map(|row| state.rows(import).read(*row)).collect();
        reads.extend(fixed.map(|(_, before)| before.clone()));
        Directory::read_for(view, &reads)?
    } else {
        Directory::read(view)?
    };
    state.in_file.forget_claims(&affected.contacts);
    for row in affected.rows.iter().copied() {
        let read = state.rows(import).read(row);
        let named = || read.employer.as_ref().map(|name| name.key.clone());
        let was = match &fixed {
            Some((fixed, before)) if *fixed == row => before.employer.as_ref().map(|name| name.key.clone()),
            _ => named(),
        };
        let was = was.filter(|key| directory.employer(key).is_none());
        state.take(state.fates[row as usize], was);
        state.in_file.note(&address_keys(&read.contact), row);
        let (fate, new_employer) = decide_row(import, state, &mut directory, actor, now, row, read)?;
        state.fates[row as usize] = fate;
        state.add(fate, new_employer);
    }
    Ok(())
}
