//! Import (B6), of contacts and of what happens with them ([`records`]): file, mapping, dry run, commit, result.
//!
//! A [`Session`] holds the file in memory. The dry run and the commit read and decide every row with the same two
//! functions ([`row::read_row`] and [`decide::Directory::decide`]); the commit only adds the writing.

mod answer;
mod commit;
mod decide;
mod preview;
pub mod records;
mod row;
mod session;

pub use answer::{
    Confidence, DryRun, ImportColumn, ImportDone, ImportFixed, ImportFormat, ImportOpened, ImportOutcome,
    ImportProblem, ImportRow, ImportRows, ImportTarget, LeftOutColumn, PlacedProblem,
};
pub use session::{Imports, Session, unwatched};
