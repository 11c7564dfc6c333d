//! What is kept of an open import: the file, its mapping, and what the dry run found.

use super::answer::{DryRun, ImportOutcome, ImportTarget};
use super::decide::SeenInFile;
use super::row::{Fixes, Target};
use liaison_domain::RecordKind;
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

/// What changes while an import is open.
#[derive(Default)]
pub struct State {
    pub(super) columns: Vec<Option<Target>>,
    pub(super) target: ImportTarget,
    /// New students are not to get the welcome message.
    pub(super) unwelcomed: bool,
    pub(super) fixes: Fixes,
    /// What becomes of each row; empty before the dry run.
    pub(super) outcomes: Vec<ImportOutcome>,
    pub(super) counts: DryRun,
    pub(super) seen: SeenInFile,
    /// How many rows name each employer that there is not yet.
    pub(super) new_employers: HashMap<String, u32>,
}

impl State {
    /// Counts a row.
    pub(super) fn add(&mut self, outcome: ImportOutcome, new_employer: Option<String>) {
        *self.counts.of(outcome) += 1;
        if let Some(key) = new_employer {
            *self.new_employers.entry(key).or_default() += 1;
        }
        self.counts.employers_created = self.new_employers.len() as u32;
    }

    /// Takes a row out of the counts again; `new_employer` is the one it names, whether it would create it or not.
    pub(super) fn take(&mut self, outcome: ImportOutcome, new_employer: Option<String>) {
        *self.counts.of(outcome) -= 1;
        if matches!(outcome, ImportOutcome::Created | ImportOutcome::Updated)
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
