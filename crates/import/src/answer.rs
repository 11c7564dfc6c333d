//! What the import tells screens and scripts.

use liaison_domain::refusal::Problem;
use liaison_domain::{Id, RecordKind};
use liaison_duplicates::likeness::Likeness;
use liaison_engine::names::AuditField;
use liaison_exchange::Assumed;
use serde::{Deserialize, Serialize};
use specta::Type;

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
    /// What was assumed to read it, and what is doubtful about that.
    pub assumed: Assumed,
    /// The encodings that can be chosen instead.
    pub encodings: Vec<String>,
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

/// What becomes of a row. Every row of a file has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ImportOutcome {
    /// A new contact.
    Created,
    /// Changes of a contact that is there.
    Updated,
    /// The contact already has all of this.
    Unchanged,
    /// Its address is somebody's with another first and last name. Left out until somebody says who is meant.
    NameConflict,
    /// Very likely somebody who is there under another address. Left out until somebody says so.
    PossibleDuplicate,
    /// Left out on purpose.
    Skipped,
    /// A reason not to import it.
    Failed,
    /// There is nothing in it.
    Blank,
}

impl ImportOutcome {
    /// All of them, in the order of their numbers.
    pub const ALL: [ImportOutcome; 8] = [
        ImportOutcome::Created,
        ImportOutcome::Updated,
        ImportOutcome::Unchanged,
        ImportOutcome::NameConflict,
        ImportOutcome::PossibleDuplicate,
        ImportOutcome::Skipped,
        ImportOutcome::Failed,
        ImportOutcome::Blank,
    ];
}

/// Which rows are asked for: those with an outcome, or those that are imported without some of their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "all but the last are the outcomes")]
pub enum ImportFilter {
    Created,
    Updated,
    Unchanged,
    NameConflict,
    PossibleDuplicate,
    Skipped,
    Failed,
    Blank,
    LeftOutValues,
}

impl From<ImportOutcome> for ImportFilter {
    fn from(outcome: ImportOutcome) -> ImportFilter {
        match outcome {
            ImportOutcome::Created => ImportFilter::Created,
            ImportOutcome::Updated => ImportFilter::Updated,
            ImportOutcome::Unchanged => ImportFilter::Unchanged,
            ImportOutcome::NameConflict => ImportFilter::NameConflict,
            ImportOutcome::PossibleDuplicate => ImportFilter::PossibleDuplicate,
            ImportOutcome::Skipped => ImportFilter::Skipped,
            ImportOutcome::Failed => ImportFilter::Failed,
            ImportOutcome::Blank => ImportFilter::Blank,
        }
    }
}

/// What is done with a row that has a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportAnswer {
    /// It is the contact in question: update that contact.
    Update,
    /// It is somebody else: add another contact.
    Add,
    /// Leave it out.
    Skip,
}

/// How many rows come to what. The outcomes add up to the rows of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct DryRun {
    /// New contacts.
    pub created: u32,
    /// Contacts changed.
    pub updated: u32,
    /// Rows with nothing new.
    pub unchanged: u32,
    /// Rows whose address is somebody's with another name, unanswered.
    pub name_conflicts: u32,
    /// Rows that are very likely somebody under another address, unanswered.
    pub possible_duplicates: u32,
    /// Rows left out on purpose.
    pub skipped: u32,
    /// Rows that can't be imported as they are.
    pub failed: u32,
    /// Rows with nothing in them.
    pub blank: u32,
    /// New employers.
    pub employers_created: u32,
    /// Of the new, changed and unchanged contacts, those whose rows have values that can't be imported.
    pub left_out_values: u32,
}

impl DryRun {
    pub(super) fn count(&mut self, outcome: ImportOutcome) {
        *self.of(outcome) += 1;
    }

    pub(super) fn of(&mut self, outcome: ImportOutcome) -> &mut u32 {
        match outcome {
            ImportOutcome::Created => &mut self.created,
            ImportOutcome::Updated => &mut self.updated,
            ImportOutcome::Unchanged => &mut self.unchanged,
            ImportOutcome::NameConflict => &mut self.name_conflicts,
            ImportOutcome::PossibleDuplicate => &mut self.possible_duplicates,
            ImportOutcome::Skipped => &mut self.skipped,
            ImportOutcome::Failed => &mut self.failed,
            ImportOutcome::Blank => &mut self.blank,
        }
    }

    /// How many rows were counted.
    pub fn rows(mut self) -> u32 {
        ImportOutcome::ALL.into_iter().map(|outcome| *self.of(outcome)).sum()
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
    /// Another row of the file is about the same contact.
    SameContact {
        /// The line of that row, as a person counts.
        row: u32,
    },
    /// The address is that of a contact with another first and last name.
    NameConflict {
        /// The contact's name.
        name: String,
    },
    /// Another row of the file has the same address, under another first and last name.
    NameConflictInFile {
        /// The name in that row.
        name: String,
        /// The line of that row, as a person counts.
        row: u32,
    },
    /// Very likely somebody who is there under another address.
    PossibleDuplicate {
        /// The contact's name.
        name: String,
        /// The contact's address.
        email: String,
    },
    /// Somebody said to leave the row out.
    ChosenToSkip,
    /// The contact has no room for a further address.
    NoRoomForAddress,
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
    /// Why it is left out.
    pub problems: Vec<PlacedProblem>,
    /// Values that it is imported without, and why.
    pub left_out: Vec<PlacedProblem>,
    /// What somebody has to say about it, or has said.
    pub question: Option<ImportQuestion>,
    /// Its cells, with what was fixed.
    pub cells: Vec<String>,
}

/// Who a row is about, where the file doesn't tell.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ImportQuestion {
    /// What is in question: a name conflict or a possible duplicate.
    pub about: ImportOutcome,
    /// What was answered, for this row or for all of its kind.
    pub answer: Option<ImportAnswer>,
    /// The contact in question with what speaks for it; none where it is another row of the file.
    pub contact: Option<Likeness>,
    /// The line of the other row, where the question is about one.
    pub line: Option<u32>,
    /// What an update would change.
    pub update: Vec<AuditField>,
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

/// What came of an import. The outcomes add up to the rows of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ImportDone {
    /// The operation that takes it back; none where nothing changed.
    pub operation: Option<Id>,
    /// New contacts.
    pub created: u32,
    /// Contacts changed.
    pub updated: u32,
    /// Rows with nothing new.
    pub unchanged: u32,
    /// Rows whose address is somebody's with another name, left out.
    pub name_conflicts: u32,
    /// Rows that are very likely somebody under another address, left out.
    pub possible_duplicates: u32,
    /// Rows left out on purpose.
    pub skipped: u32,
    /// Rows that were not imported.
    pub failed: u32,
    /// Rows with nothing in them.
    pub blank: u32,
    /// New employers.
    pub employers_created: u32,
    /// Of the new, changed and unchanged contacts, those whose rows have values that weren't imported.
    pub left_out_values: u32,
    /// Welcome messages put into the outbox.
    pub invited: u32,
}

impl ImportDone {
    pub(super) fn new(operation: Option<Id>, counts: DryRun, invited: u32) -> ImportDone {
        ImportDone {
            operation,
            created: counts.created,
            updated: counts.updated,
            unchanged: counts.unchanged,
            name_conflicts: counts.name_conflicts,
            possible_duplicates: counts.possible_duplicates,
            skipped: counts.skipped,
            failed: counts.failed,
            blank: counts.blank,
            employers_created: counts.employers_created,
            left_out_values: counts.left_out_values,
            invited,
        }
    }

    /// The rows by what became of them, to be held against the dry run.
    pub fn counts(&self) -> DryRun {
        DryRun {
            created: self.created,
            updated: self.updated,
            unchanged: self.unchanged,
            name_conflicts: self.name_conflicts,
            possible_duplicates: self.possible_duplicates,
            skipped: self.skipped,
            failed: self.failed,
            blank: self.blank,
            employers_created: self.employers_created,
            left_out_values: self.left_out_values,
        }
    }
}
