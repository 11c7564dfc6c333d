//! Tables out: CSV that a spreadsheet cannot mistake for formulas, and error files.
//!
//! A cell that begins like a formula gets an apostrophe in front, as one would type it to keep Excel from calculating.
//! Telephone numbers are the usual case: `+49 30 1234` is written `'+49 30 1234`. A cell that already begins with
//! apostrophes and then like a formula gets one more. Reading takes exactly one apostrophe off such cells, and leaves
//! all others (`'s-Hertogenbosch`) alone; so every value comes back as it was, and a file from elsewhere that was
//! guarded in the same way loses its apostrophes too.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    sheet::Sheet,
    template::{PROBLEM_HEADER, numbered_header},
};

/// What a cell must not begin with in a CSV file: spreadsheets would run it as a formula. The last four are the
/// full-width forms, which count as well where those are typed.
const FORMULA_STARTS: [&[u8]; 12] = [
    b"=",
    b"+",
    b"-",
    b"@",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    "＝".as_bytes(),
    "＋".as_bytes(),
    "－".as_bytes(),
    "＠".as_bytes(),
];

/// Whether the cell is one that a spreadsheet would run once its leading apostrophes are gone.
fn is_dangerous(cell: &[u8]) -> bool {
    let apostrophes = cell.iter().take_while(|byte| **byte == b'\'').count();
    FORMULA_STARTS.iter().any(|start| cell[apostrophes..].starts_with(start))
}

/// Whether the cell carries the apostrophe that [`CsvWriter`] puts before dangerous cells. Cells that have one of
/// their own get a second, so taking one off always gives back what was written.
pub(crate) fn is_guarded(cell: &[u8]) -> bool {
    cell.first() == Some(&b'\'') && is_dangerous(cell)
}

/// The cell without the apostrophe that guarded it.
pub(crate) fn strip_guard(cell: &str) -> &str {
    if is_guarded(cell.as_bytes()) { &cell[1..] } else { cell }
}

fn guard(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell.as_bytes()) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Writes CSV: UTF-8 with a byte-order mark, commas, every cell in quotes, "\r\n" at line ends, and an apostrophe
/// before cells that a spreadsheet would run as a formula. [`crate::read`] gives back exactly what was written.
///
/// Every cell is quoted so that no reader can take a semicolon or tab inside a cell for the separator.
pub struct CsvWriter<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file with its header row.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new<S: AsRef<str>>(mut writer: W, headers: impl IntoIterator<Item = S>) -> io::Result<Self> {
        writer.write_all("\u{feff}".as_bytes())?;
        Self::without_mark(writer, headers)
    }

    /// Like [`CsvWriter::new`], without the byte-order mark: for programs that take it for part of the first header.
    /// Excel needs the mark to read names in any script.
    ///
    /// # Errors
    /// When writing fails.
    pub fn without_mark<S: AsRef<str>>(writer: W, headers: impl IntoIterator<Item = S>) -> io::Result<Self> {
        let rows = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(writer);
        let mut file = Self { rows };
        file.row(headers)?;
        Ok(file)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When writing fails.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
        for cell in cells {
            self.rows.write_field(guard(cell.as_ref()).as_bytes()).map_err(of_the_system)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(of_the_system)
    }

    /// Writes out what is still in memory. Dropping the writer instead would lose an error.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// The system's error itself, so that a full disk is known as one; the library would wrap it.
fn of_the_system(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes a whole CSV file; see [`CsvWriter`].
///
/// # Errors
/// When writing fails.
pub fn write_csv<H, R, C>(
    headers: impl IntoIterator<Item = H>,
    rows: impl IntoIterator<Item = R>,
    writer: impl Write,
) -> io::Result<()>
where
    H: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut file = CsvWriter::new(writer, headers)?;
    for row in rows {
        file.row(row)?;
    }
    file.finish()
}

/// The rows of a file that were not imported, each as it stands in the file, with the reason in a last column
/// "Problem". Once corrected, the file can be imported like the one it came from.
pub struct ErrorFile<'a, W: Write> {
    sheet: &'a Sheet,
    rows: CsvWriter<W>,
    columns: usize,
    /// The column of reasons that a file from an earlier round brings along; the new one takes its place.
    outdated: Option<usize>,
}

impl<'a, W: Write> ErrorFile<'a, W> {
    /// Begins an error file for rows of this sheet. Cells beyond the last header get columns of their own, so that
    /// the reason stays in the last one.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(sheet: &'a Sheet, writer: W) -> io::Result<Self> {
        let headers = sheet.original_headers();
        let columns = headers.len() + sheet.extra_columns();
        let outdated = headers.iter().position(|header| header.trim() == PROBLEM_HEADER);
        let extra = (headers.len()..columns).map(numbered_header);
        let mut all: Vec<String> = headers.iter().cloned().chain(extra).collect();
        if let Some(column) = outdated {
            all.remove(column);
        }
        all.push(PROBLEM_HEADER.to_owned());
        Ok(Self { sheet, rows: CsvWriter::new(writer, all)?, columns, outdated })
    }

    /// Adds a row of the sheet with what is wrong with it. `edits` are cells (by column of the sheet) that were
    /// corrected meanwhile; they replace the file's own, except where the sheet shows the file rearranged: there the
    /// file's cells are written as they are.
    ///
    /// # Errors
    /// When writing fails.
    pub fn row(&mut self, row: usize, edits: &[(usize, &str)], problem: &str) -> io::Result<()> {
        let mut cells = self.sheet.original_row(row);
        cells.resize(self.columns, "");
        if self.sheet.original.is_none() {
            for (column, text) in edits {
                if let Some(cell) = cells.get_mut(*column) {
                    *cell = text;
                }
            }
        }
        if let Some(column) = self.outdated {
            cells.remove(column);
        }
        cells.push(problem);
        self.rows.row(cells)
    }

    /// Writes out what is still in memory.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<()> {
        self.rows.finish()
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There are more rows than a worksheet holds. Said before anything is written where the number is known.
    #[error("a worksheet holds at most {limit} rows below its header; write CSV instead, or fewer rows")]
    TooManyRows {
        /// The limit, the header not counted.
        limit: u32,
    },
    /// There are more columns than a worksheet holds.
    #[error("a worksheet holds at most {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// Text is longer than a cell of a worksheet can hold.
    #[error("row {row}: \"{column}\" is too long for a worksheet ({units} characters; the limit is {limit})")]
    CellTooLong {
        /// The row, from 1 below the header.
        row: u32,
        /// The header of the column.
        column: String,
        /// The length, in UTF-16 units as spreadsheets count.
        units: usize,
        /// The limit, in the same units.
        limit: usize,
    },
    /// The workbook cannot be built.
    #[error("the workbook cannot be written: {0}")]
    Unsuitable(String),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// One cell of a table that is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// No value.
    Blank,
    /// Text, also of telephone numbers and postal codes: it keeps its zeros and its plus sign.
    Text(&'a str),
    /// Several short texts; they are joined by "; ".
    List(&'a [String]),
    /// "yes" or "no".
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A calendar day.
    Date(NaiveDate),
    /// A moment, on the clock of whoever will read the file.
    Moment(NaiveDateTime),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

impl<'a> Cell<'a> {
    /// The cell in words: dates in ISO order (`2026-05-01`, `2026-05-01 09:30:00`), as [`crate::read`] shows those of
    /// workbooks.
    pub(crate) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Blank => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::List(items) => Cow::Owned(items.join("; ")),
            Self::Flag(true) => Cow::Borrowed("yes"),
            Self::Flag(false) => Cow::Borrowed("no"),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Date(day) => Cow::Owned(day.format("%Y-%m-%d").to_string()),
            Self::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%d %H:%M:%S").to_string()),
        }
    }
}

/// A table written row by row, whatever the format of its file.
pub trait RowWriter {
    /// Adds a row.
    ///
    /// # Errors
    /// When the file cannot hold it, or writing fails; the file is then of no use.
    fn cells(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError>;

    /// Writes out what is still in memory. Dropping the writer instead leaves a file that is not whole.
    ///
    /// # Errors
    /// When writing fails.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

impl<W: Write> RowWriter for CsvWriter<W> {
    fn cells(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        for cell in cells {
            let text = cell.text();
            // A number of ours is no formula, even below zero.
            let text = if matches!(cell, Cell::Number(_)) { Cow::Borrowed(&*text) } else { guard(&text) };
            self.rows.write_field(text.as_bytes()).map_err(of_the_system)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(of_the_system)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(CsvWriter::finish(*self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_other_cells_are_not() {
        for cell in ["=1+1", "+49 30 1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0", "＝1", "'=1", "''+"] {
            let guarded = guard(cell);
            assert_eq!(guarded, format!("'{cell}"));
            assert!(is_guarded(guarded.as_bytes()));
            assert_eq!(strip_guard(&guarded), cell);
        }
        for cell in ["", "'", "'s-Hertogenbosch", "O'Neil", "a=b", "1-2", "＃"] {
            assert_eq!(guard(cell), cell);
            assert_eq!(strip_guard(cell), cell);
        }
    }

    #[test]
    fn every_cell_is_quoted() -> io::Result<()> {
        let mut file = Vec::new();
        write_csv(["Name", "Phone"], [["Ann \"A\"", "+1;2"], ["", ""]], &mut file)?;
        let expect = "\u{feff}\"Name\",\"Phone\"\r\n\"Ann \"\"A\"\"\",\"'+1;2\"\r\n\"\",\"\"\r\n";
        assert_eq!(String::from_utf8_lossy(&file), expect);
        Ok(())
    }
}
