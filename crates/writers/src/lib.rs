//! Files out: CSV, xlsx, vCard and iCalendar, and the CSV files that other programs import.
//!
//! [`CsvWriter`] and [`XlsxWriter`] write tables that spreadsheets open safely, [`VcardWriter`] address cards,
//! [`ProgramWriter`] contacts for a [`Program`] in its own columns, and [`write_meeting`] a meeting for a calendar. All of
//! them write as they go, so that a million rows need no more memory than one. What is written here, `exchange` reads.
//!
//! Contact fields are named by their keys (`"first_name"`, `"work_phone"`, …; see [`TEMPLATE`]).

mod card_file;
mod content_line;
mod guard;
mod meeting;
mod program;
mod template;
mod template_file;
mod values;
mod workbook_file;
mod write;

pub use card_file::{NETWORK_TYPES, SOCIAL_TYPE, VcardVersion, VcardWriter, WEBSITE_TYPE};
pub use guard::{is_guarded, strip_guard};
pub use meeting::{Meeting, MeetingError, Participant, write_meeting};
pub use program::{ARCHIVED, Program, ProgramWriter, ProgramWritten};
pub use template::{
    ADDRESS, HOME_ADDRESS, PERSON_COLUMNS, PROBLEM_HEADER, TEMPLATE, field_by_key, field_by_label, numbered_header,
};
pub use template_file::{template_csv, template_csv_with};
pub use workbook_file::{WORKSHEET_ROWS, XlsxWriter, write_xlsx};
pub use write::{Cell, CsvWriter, RowWriter, WriteError, write_csv};
