//! What the import tells screens and scripts.

use liaison_domain::refusal::Problem;
use liaison_domain::{Id, RecordKind};
use liaison_engine::names::AuditField;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// Separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// vCards.
    Vcard,
}

/// Where new contacts go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportTarget {
    /// Straight into the directory, approved.
    #[default]
    Directory,
    /// Into the pending queue.
    Queue,
}

/// How sure the guess of a column's field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The file's program is known, or the header is our own, or it was mapped so before.
    Certain,
    /// The header is a usual one.
    Likely,
    /// The content speaks for it.
    Guess,
    /// Nothing speaks for any field.
    None,
}

/// A file that was opened for import.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportOpened {
    /// Number of the session.
    pub session: u32,
    /// What its rows are.
    pub kind: RecordKind,
    /// Name of the file, without its folder.
    pub file: String,
    /// Its format.
    pub format: ImportFormat,
    /// Encoding of a text file.
    pub encoding: Option<String>,
    /// Separator of a CSV file.
    pub separator: Option<String>,
    /// Name of the sheet of a workbook.
    pub sheet_name: Option<String>,
    /// How many rows it has, the header not counted.
    pub rows: u32,
    /// The program it was exported from, if its headers tell.
    pub preset: Option<String>,
    /// Its columns with the fields guessed for them.
    pub columns: Vec<ImportColumn>,
    /// The mapping is the one used the last time for these headers.
    pub remembered: bool,
    /// What the file says about people that no column holds.
    pub left_out: Vec<LeftOutColumn>,
}

/// Something in the file that has no place in a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct LeftOutColumn {
    /// Its name in the file.
    pub name: String,
    /// How many rows have it.
    pub rows: u32,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportColumn {
    /// Its place, from 0.
    pub index: u32,
    /// Its header.
    pub header: String,
    /// Some of its values.
    pub samples: Vec<String>,
    /// Key of the field, "full_name" for a whole name, or none to leave the column out.
    pub field: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ImportOutcome {
    /// A new contact.
    Created,
    /// Changes of a contact with the same address.
    Updated,
    /// Nothing to do.
    Skipped,
    /// A reason not to import it.
    Failed,
}

/// How many rows come to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct DryRun {
    /// New contacts.
    pub created: u32,
    /// Contacts changed.
    pub updated: u32,
    /// Rows with nothing to do.
    pub skipped: u32,
    /// Rows that can't be imported as they are.
    pub failed: u32,
    /// New employers.
    pub employers_created: u32,
}

impl DryRun {
    pub(super) fn count(&mut self, outcome: ImportOutcome) {
        *self.of(outcome) += 1;
    }

    pub(super) fn of(&mut self, outcome: ImportOutcome) -> &mut u32 {
        match outcome {
            ImportOutcome::Created => &mut self.created,
            ImportOutcome::Updated => &mut self.updated,
            ImportOutcome::Skipped => &mut self.skipped,
            ImportOutcome::Failed => &mut self.failed,
        }
    }
}

/// Why a row is skipped or can't be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ImportProblem {
    /// A value is not acceptable.
    Value {
        /// What is wrong with it.
        problem: Problem,
    },
    /// Another row of the file has the same address.
    DuplicateInFile {
        /// The line of that row, as a person counts.
        row: u32,
    },
    /// The contact with this address is rejected; its data is frozen.
    Frozen,
    /// The contact already has all these values.
    NothingToChange,
    /// Several contacts have this address.
    AmbiguousEmail,
    /// A contact of this name had this address before: the file is older than what the directory knows.
    FormerAddress {
        /// The contact's name.
        name: String,
    },
    /// Several records have this name.
    AmbiguousName,
    /// The row is blank.
    BlankRow,
    /// The row could not be read whole.
    Unreadable {
        /// The reason's key.
        reason: String,
        /// Details in English.
        detail: String,
    },
}

/// A problem, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlacedProblem {
    /// Key of the field, if it is about one.
    pub field: Option<String>,
    /// The column, from 0, if it is about one.
    pub column: Option<u32>,
    /// What is wrong.
    pub problem: ImportProblem,
}

/// A row with what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportRow {
    /// Its place in the file, from 0; names the row when it is fixed.
    pub index: u32,
    /// Where a person finds it: line, row or card number.
    pub row: u32,
    /// What becomes of it.
    pub outcome: ImportOutcome,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// Old and new values.
    pub changes: Vec<AuditField>,
    /// Why it is skipped or can't be imported.
    pub problems: Vec<PlacedProblem>,
    /// Its cells, with what was fixed.
    pub cells: Vec<String>,
}

/// A part of the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportRows {
    /// How many there are in all.
    pub total: u32,
    /// The rows.
    pub rows: Vec<ImportRow>,
}

/// A row after it was fixed.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportFixed {
    /// The row.
    pub row: ImportRow,
    /// The counts of the whole file now.
    pub counts: DryRun,
}

/// What came of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ImportDone {
    /// The operation that takes it back; none where nothing changed.
    pub operation: Option<Id>,
    /// New contacts.
    pub created: u32,
    /// Contacts changed.
    pub updated: u32,
    /// Rows with nothing to do.
    pub skipped: u32,
    /// Rows that were not imported.
    pub failed: u32,
    /// Welcome messages put into the outbox.
    pub invited: u32,
}
