//! Import (B6), of contacts and of what happens with them ([`records`]): file, mapping, dry run, commit, result.
//!
//! An [`OpenImport`] holds the file in memory. The dry run and the commit read and decide every row with the same two
//! functions ([`row::read_row`] and [`decide::Directory::decide`]); the commit only adds the writing.

mod answer;
mod commit;
mod decide;
mod open;
mod open_import;
mod preview;
pub mod records;
mod row;
pub use commit::import_commit;
pub use open::{
    import_cancel, import_close, import_map, import_open, import_open_again, import_open_as, import_target,
    import_welcome,
};
pub use preview::{import_dry_run, import_errors, import_fix, import_rows, import_template, records_template};

pub use answer::{
    Confidence, DryRun, ImportColumn, ImportDone, ImportFixed, ImportFormat, ImportOpened, ImportOutcome,
    ImportProblem, ImportRow, ImportRows, ImportTarget, LeftOutColumn, PlacedProblem,
};
pub use open::unwatched;
pub use open_import::{Imports, OpenImport};
