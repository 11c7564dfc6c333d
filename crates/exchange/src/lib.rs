//! Files in and out: CSV, xlsx and vCard.
//!
//! [`read`] turns a file of any of the three formats into a [`Sheet`]: headers and rows of plain text, with a
//! [`RowProblem`] on each row that could not be read whole. [`guess_mapping`] proposes which contact field each
//! column holds. [`CsvWriter`], [`ErrorFile`] and [`write_xlsx`] write files that spreadsheets open safely.
//!
//! Contact fields are named by their keys (`"first_name"`, `"work_phone"`, …; see [`TEMPLATE`]). What a value means,
//! whether it is valid and what happens to a blank one is decided elsewhere; nothing here touches a database.

mod archive;
mod card;
mod content;
mod delimited;
mod encoding;
mod headers;
mod layout;
mod mapping;
mod names;
mod person;
mod preset;
mod read;
mod recognise;
mod sheet;
mod table;
mod template;
mod vcard;
mod workbook;
mod write;

pub use mapping::{ColumnGuess, Confidence, FULL_NAME, guess_mapping};
pub use names::{FullName, split_full_name};
pub use preset::Preset;
pub use read::{Limits, Progress, ReadError, read, read_bytes};
pub use sheet::{Format, LeftOut, LeftOutReason, RowProblem, Sheet};
pub use template::{PROBLEM_HEADER, TEMPLATE, template_csv};
pub use write::{CsvWriter, ErrorFile, WriteError, write_csv, write_xlsx};
