//! What is kept of an open import: the file, its mapping, and what the dry run found.

use super::answer::{DryRun, ImportOutcome, ImportTarget};
use super::decide::{Answers, Rows, Rules};
use super::in_file::InFile;
use super::row::{Fixes, Target};
use liaison_domain::{Actor, RecordKind};
use liaison_duplicates::duplicates::LikelyContact;
use liaison_engine::error::CommandError;
use liaison_engine::features::FeatureState;
use liaison_engine::session::Session;
use liaison_exchange::Sheet;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard};

/// The imports that are open, by number.
#[derive(Default)]
pub struct Imports {
    open: Mutex<(u32, HashMap<u32, Arc<OpenImport>>)>,
}

impl FeatureState for Imports {}

impl Imports {
    pub(super) fn open(&self) -> MutexGuard<'_, (u32, HashMap<u32, Arc<OpenImport>>)> {
        self.open.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// One open import.
pub struct OpenImport {
    /// What its rows are.
    pub kind: RecordKind,
    /// Name of the file, without its folder.
    pub file: String,
    /// Where it lies, to be read anew as rows of another kind.
    pub(super) path: PathBuf,
    pub(super) sheet: Sheet,
    pub(super) cancel: AtomicBool,
    pub(super) state: Mutex<State>,
}

/// What becomes of a row, kept small: there may be millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    pub(super) outcome: ImportOutcome,
    /// Some of its values are left out.
    pub(super) leaves_out_values: bool,
}

impl Fate {
    /// Whether the row is for the file of problems: it stays out and somebody may want it in, or it comes in without
    /// some of its values.
    pub(super) fn is_for_error_file(self) -> bool {
        use ImportOutcome::{Failed, NameConflict, PossibleDuplicate};
        self.leaves_out_values || matches!(self.outcome, Failed | NameConflict | PossibleDuplicate)
    }
}

/// What changes while an import is open.
#[derive(Default)]
pub struct State {
    pub(super) columns: Vec<Option<Target>>,
    pub(super) target: ImportTarget,
    /// New students are not to get the welcome message.
    pub(super) unwelcomed: bool,
    pub(super) fixes: Fixes,
    pub(super) answers: Answers,
    /// What becomes of each row; empty before the dry run.
    pub(super) fates: Vec<Fate>,
    pub(super) counts: DryRun,
    pub(super) in_file: InFile,
    /// Whom rows are very likely about, by row, as of the journal's change of this number.
    pub(super) likely: hashbrown::HashMap<u32, LikelyContact>,
    pub(super) likely_as_of: Option<i64>,
    /// How many rows name each employer that there is not yet.
    pub(super) new_employers: HashMap<String, u32>,
}

impl State {
    /// Forgets what a dry run found.
    pub(super) fn forget_dry_run(&mut self) {
        self.fates.clear();
        self.likely_as_of = None;
    }

    /// Counts a row.
    pub(super) fn add(&mut self, fate: Fate, new_employer: Option<String>) {
        *self.counts.of(fate.outcome) += 1;
        self.counts.left_out_values += u32::from(fate.leaves_out_values);
        if let Some(key) = new_employer {
            *self.new_employers.entry(key).or_default() += 1;
        }
        self.counts.employers_created = self.new_employers.len() as u32;
    }

    /// Takes a row out of the counts again; `new_employer` is the one it names, whether it would create it or not.
    pub(super) fn take(&mut self, fate: Fate, new_employer: Option<String>) {
        *self.counts.of(fate.outcome) -= 1;
        self.counts.left_out_values -= u32::from(fate.leaves_out_values);
        if matches!(fate.outcome, ImportOutcome::Created | ImportOutcome::Updated)
            && let Some(key) = new_employer
            && let Some(rows) = self.new_employers.get_mut(&key)
        {
            *rows -= 1;
            if *rows == 0 {
                self.new_employers.remove(&key);
            }
        }
        self.counts.employers_created = self.new_employers.len() as u32;
    }

    /// The rows as they are read now.
    pub(super) fn rows<'f>(&'f self, import: &'f OpenImport) -> Rows<'f> {
        Rows { sheet: &import.sheet, fixes: &self.fixes, columns: &self.columns }
    }

    /// What decides about them.
    pub(super) fn rules(&self, actor: Actor, now: i64) -> Rules<'_> {
        Rules { target: self.target, actor, now, answers: &self.answers, likely: &self.likely }
    }
}

impl OpenImport {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A panic in between leaves at worst counts of an older dry run.
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

pub(super) fn find_import(session: &Session, import: u32) -> Result<Arc<OpenImport>, CommandError> {
    session.state::<Imports>().open().1.get(&import).cloned().ok_or_else(|| CommandError::not_found("import"))
}
