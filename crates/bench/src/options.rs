//! What the program can be asked.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Measures Liaison, each figure beside its limit in the same run.
#[derive(Clone, Debug, Parser)]
#[command(name = "liaison-bench", version)]
pub struct Options {
    /// Numbers of contacts to measure with
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000, 1_000_000])]
    pub sizes: Vec<usize>,
    /// Only these measures
    #[arg(long, value_delimiter = ',', value_enum)]
    pub only: Vec<Measure>,
    /// How often each is done; the figure is the median [default: 3, and 1 from 1,000,000 contacts on]
    #[arg(long)]
    pub runs: Option<usize>,
    /// Where the databases go while it runs [default: the system's place for temporary files]
    #[arg(long)]
    pub dir: Option<PathBuf>,
    /// Writes all figures to this file as JSON
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Seed of the invented contacts
    #[arg(long, default_value_t = 20)]
    pub seed: u64,
    /// Puts pictures of the windows at the measured moments here (PPM)
    #[arg(long)]
    pub pictures: Option<PathBuf>,
    /// Builds the search index of this desk and says what that took: its own process, so that memory shows
    #[arg(long, hide = true)]
    pub index_of: Option<PathBuf>,
    /// Finds the duplicates among this many invented people and says what that took: its own process as well
    #[arg(long, hide = true)]
    pub duplicates_of: Option<usize>,
}

/// A thing to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Measure {
    /// CSV into the directory, against the sqlite3 shell
    Import,
    /// CSV of students and alumni, against the sqlite3 shell
    Users,
    /// Search-as-you-type, against FTS5
    Search,
    /// Filtering and sorting the directory, against SQL on the same database
    Filters,
    /// Opening the directory and jumping in it, against OFFSET
    Window,
    /// Opening a profile with 5,000 activities, against one with five
    Profile,
    /// Approving a queue, against the bare UPDATE; undo
    Review,
    /// Setting a field of the whole directory, against the bare UPDATE; undo
    Bulk,
    /// Cold start of the window, against an empty one
    Start,
    /// Memory of the app, against an empty window
    Memory,
    /// Encrypted against plain
    Encryption,
    /// The full check, the audit file and backups, against SQLite's check and copying the file
    Check,
    /// Finding duplicates, against splink and recordlinkage
    Duplicates,
}

impl Options {
    /// Whether this is to be measured.
    pub fn wants(&self, measure: Measure) -> bool {
        self.only.is_empty() || self.only.contains(&measure)
    }

    /// How often to measure with this many contacts.
    pub fn runs(&self, contacts: usize) -> usize {
        self.runs.unwrap_or(if contacts >= 1_000_000 { 1 } else { 3 }).max(1)
    }
}
