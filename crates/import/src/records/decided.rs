//! What became of a row, and what every row of one file has in common.

use crate::answer::{ImportOutcome, ImportProblem, PlacedProblem};
use liaison_domain::{Actor, Field, FieldChange, Record, RecordKind};
use liaison_exchange::Sheet;

/// What becomes of a row.
pub(super) enum Decided {
    /// A new record; its id is set by whoever writes it.
    Create(Record),
    /// Changes of a record that is there: its row, and the record as it is.
    Update(i64, Record, Vec<FieldChange>),
    /// Nothing to do.
    Skip(ImportProblem),
    /// A reason not to import it.
    Fail(Vec<PlacedProblem>),
}

impl Decided {
    pub(super) fn outcome(&self) -> ImportOutcome {
        match self {
            Decided::Create(_) => ImportOutcome::Created,
            Decided::Update(..) => ImportOutcome::Updated,
            Decided::Skip(ImportProblem::BlankRow) => ImportOutcome::Blank,
            Decided::Skip(ImportProblem::NothingToChange) => ImportOutcome::Unchanged,
            Decided::Skip(_) => ImportOutcome::Skipped,
            Decided::Fail(_) => ImportOutcome::Failed,
        }
    }
}

/// What every row of one file has in common.
#[derive(Clone, Copy)]
pub(super) struct File<'f> {
    pub sheet: &'f Sheet,
    pub kind: RecordKind,
    pub columns: &'f [Option<&'static Field>],
    pub actor: Actor,
    pub now: i64,
}

pub(super) fn placed(file: &File<'_>, field: &str, problem: ImportProblem) -> PlacedProblem {
    let column = file.columns.iter().position(|target| target.is_some_and(|target| target.key == field));
    PlacedProblem { field: Some(field.to_owned()), column: column.map(|column| column as u32), problem }
}
