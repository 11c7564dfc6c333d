//! Tables out: CSV that a spreadsheet cannot mistake for formulas, and cells of any kind.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use chrono::{NaiveDate, NaiveDateTime};

use crate::guard::guard;

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
pub(crate) fn of_the_system(error: csv::Error) -> io::Error {
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
    fn every_cell_is_quoted() -> io::Result<()> {
        let mut file = Vec::new();
        write_csv(["Name", "Phone"], [["Ann \"A\"", "+1-2"], ["+49 7541 5900", ""]], &mut file)?;
        let expect = "\u{feff}\"Name\",\"Phone\"\r\n\"Ann \"\"A\"\"\",\"'+1-2\"\r\n\"+49 7541 5900\",\"\"\r\n";
        assert_eq!(String::from_utf8_lossy(&file), expect);
        Ok(())
    }
}
