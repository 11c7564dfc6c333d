//! Import (B6), of contacts and of what happens with them ([`records`]): file, mapping, dry run, commit, result.
//!
//! An [`OpenImport`] holds the file in memory. The dry run and the commit read and decide every row with the same two
//! functions ([`row::read_row`] and [`decide::decide`]); the commit only adds the writing.

mod addresses;
mod answer;
mod commit;
mod decide;
mod directory;
mod errors;
mod fix;
mod in_file;
mod likely;
mod open;
mod open_import;
mod person;
mod preview;
pub mod records;
mod row;
pub use commit::import_commit;
pub use errors::import_errors;
pub use fix::{import_answer, import_fix};
pub use open::{
    import_cancel, import_close, import_map, import_open, import_open_again, import_open_as, import_open_with,
    import_target, import_welcome,
};
pub use preview::{import_dry_run, import_rows, import_template, records_template};

pub use answer::{
    Confidence, DryRun, ImportAnswer, ImportColumn, ImportDone, ImportFilter, ImportFixed, ImportOpened, ImportOutcome,
    ImportProblem, ImportQuestion, ImportRow, ImportRows, ImportTarget, LeftOutColumn, PlacedProblem,
};
pub use liaison_exchange::{Assumed, DateOrder, Decided, Doubt, Format, OtherSheet, ReadOptions};
pub use open::unwatched;
pub use open_import::{Imports, OpenImport};
