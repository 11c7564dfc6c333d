//! The rows that were not imported whole, as a file to correct and to import again.

use super::answer::{ImportProblem, PlacedProblem};
use super::directory::Directory;
use super::open_import;
use super::preview::Shown;
use liaison_domain::{RecordKind, Registry};
use liaison_engine::error::CommandError;
use liaison_engine::names::Names;
use liaison_engine::session::Session;
use liaison_exchange::ErrorFile;
use std::io::Write;

/// Writes the rows that can't be imported or are left out until somebody says who is meant, and those that come in
/// without some of their values, as they stand in the file, with the reason in a last column.
pub async fn import_errors(session: &Session, import: u32, to: impl Write) -> Result<u32, CommandError> {
    let import = open_import::find_import(session, import)?;
    if import.kind != RecordKind::Contact {
        return super::records::steps::records_errors(session, &import, to).await;
    }
    let (actor, now) = (session.actor(), session.now() as i64);
    let written = session.read(|view| {
        let state = import.state();
        let mut directory = Directory::read(view)?;
        let mut shown = Shown { import: &import, state: &state, names: Names::new(view), actor, now };
        let mut file = ErrorFile::new(&import.sheet, to)?;
        let rows: Vec<usize> = (0..state.fates.len()).filter(|row| state.fates[*row].is_for_error_file()).collect();
        for row in &rows {
            let described = shown.row(view, &mut directory, *row as u32)?;
            let english = |problem: &PlacedProblem| problem.in_english(view.registry());
            let left_out = described.left_out.iter().map(|problem| format!("not imported: {}", english(problem)));
            let reasons: Vec<String> = described.problems.iter().map(english).chain(left_out).collect();
            let edits: Vec<(usize, &str)> = state
                .fixes
                .iter()
                .filter(|((fixed, _), _)| fixed == row)
                .map(|((_, column), text)| (*column, text.as_str()))
                .collect();
            file.row(*row, &edits, &reasons.join("; "))?;
        }
        file.finish()?;
        Ok(rows.len() as u32)
    });
    Ok(written.await?)
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
            ImportProblem::SameContact { row } => format!("row {row} is about the same contact"),
            ImportProblem::NameConflict { name } => {
                format!("this is the address of {name}; say who is meant, or give another address")
            }
            ImportProblem::NameConflictInFile { name, row } => {
                format!("the same address as {name} in row {row}; say who is meant, or give another address")
            }
            ImportProblem::PossibleDuplicate { name, email } => {
                format!("very likely {name} ({email}), who is in the directory; say who is meant")
            }
            ImportProblem::ChosenToSkip => "left out as you chose".into(),
            ImportProblem::NoRoomForAddress => "the contact already has three addresses".into(),
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
