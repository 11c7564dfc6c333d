//! Files in: CSV, workbooks and vCard; hands on `liaison_writers`, files out.
//!
//! [`read`] turns a file of any of the three formats into a [`Sheet`]: headers and rows of plain text, with a
//! [`RowProblem`] on each row that could not be read whole. [`guess_mapping`] proposes which contact field each
//! column holds. [`CsvWriter`] and [`XlsxWriter`] write tables that spreadsheets open safely, [`ErrorFile`] the rows that could
//! not be imported, [`VcardWriter`] address cards and [`write_meeting`] a meeting for a calendar. All of them write as
//! they go, so that a million rows need no more memory than one.
//!
//! Contact fields are named by their keys (`"first_name"`, `"work_phone"`, …; see [`TEMPLATE`]). What a value means,
//! whether it is valid and what happens to a blank one is decided elsewhere; nothing here touches a database.

mod archive;
mod assumed;
mod card;
mod dates;
mod delimited;
mod encoding;
mod error_file;
mod export_format;
mod header_row;
mod headers;
mod layout;
mod limits;
mod mapping;
mod person;
mod preset;
mod read;
mod reading;
mod recognise;
mod sheet;
mod table;
mod vcard;
mod workbook;
mod worksheet;

pub use assumed::{Assumed, DateOrder, Decided, Doubt, Format, OtherSheet, ReadOptions};
pub use encoding::encodings;
pub use error_file::ErrorFile;
pub use export_format::{ExportForm, ExportFormat};
pub use liaison_values::{FullName, WholeName, read_whole_name, split_full_name};
pub use liaison_writers::{
    ARCHIVED, Cell, CsvWriter, Meeting, MeetingError, PROBLEM_HEADER, Participant, Program, ProgramWriter,
    ProgramWritten, RowWriter, TEMPLATE, VcardVersion, VcardWriter, WORKSHEET_ROWS, WriteError, XlsxWriter,
    template_csv, template_csv_with, write_csv, write_meeting, write_xlsx,
};
pub use limits::Limits;
pub use mapping::{ColumnGuess, Confidence, FULL_NAME, guess_mapping, guess_mapping_among};
pub use preset::Preset;
pub use read::{read, read_bytes, read_bytes_with, read_with};
pub use reading::{Progress, ReadError};
pub use sheet::{LeftOut, LeftOutReason, RowProblem, Sheet};
