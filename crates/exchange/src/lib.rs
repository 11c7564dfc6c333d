//! Files in and out: CSV, xlsx, vCard and iCalendar.
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
mod card;
mod card_file;
mod content;
mod content_line;
mod delimited;
mod encoding;
mod headers;
mod layout;
mod limits;
mod mapping;
mod meeting;
mod names;
mod person;
mod preset;
mod read;
mod reading;
mod recognise;
mod sheet;
mod table;
mod template;
mod template_file;
mod time_zone;
mod vcard;
mod workbook;
mod workbook_file;
mod write;

pub use card_file::{VcardVersion, VcardWriter};
pub use limits::Limits;
pub use mapping::{ColumnGuess, Confidence, FULL_NAME, guess_mapping, guess_mapping_among};
pub use meeting::{Meeting, MeetingError, Participant, write_meeting};
pub use names::{FullName, split_full_name};
pub use preset::Preset;
pub use read::{read, read_bytes};
pub use reading::{Progress, ReadError};
pub use sheet::{Format, LeftOut, LeftOutReason, RowProblem, Sheet};
pub use template::{PROBLEM_HEADER, TEMPLATE};
pub use template_file::{template_csv, template_csv_with};
pub use workbook_file::{WORKSHEET_ROWS, XlsxWriter, write_xlsx};
pub use write::{Cell, CsvWriter, ErrorFile, RowWriter, WriteError, write_csv};
