//! Workbooks out, row by row: nothing but the current row is in memory.

use std::{
    any::Any,
    borrow::Cow,
    error::Error,
    io::{self, Write},
    panic::{self, AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Once,
};

use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, IgnoreError, Workbook, Worksheet, XlsxError};

use liaison_values::cell::escaped_character;

use crate::write::{Cell, RowWriter, WriteError};

/// How many rows a worksheet holds below its header.
pub const WORKSHEET_ROWS: u32 = 1_048_575;
const WORKSHEET_COLUMNS: usize = 16_384;

/// The longest text of a cell, in UTF-16 units.
const CELL_UNITS: usize = 32_767;

/// The longest name of a worksheet, in UTF-16 units.
const NAME_UNITS: usize = 31;

/// Column widths, in characters: a narrow column still shows its filter button, a wide one leaves room for others.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// Writes a workbook with one worksheet: a bold header that stays in view and has filters, dates as dates, and text
/// as text, so that nothing is run as a formula and no telephone number or postal code loses its zeros, not even when
/// the cell is edited.
///
/// Line breaks in texts become "\n"; other control characters, which a worksheet cannot show, are left out.
pub struct XlsxWriter<W: Write + Send> {
    to: W,
    workbook: Workbook,
    headers: Vec<String>,
    /// The longest text of each column so far, in characters.
    widths: Vec<usize>,
    /// How many rows there are below the header.
    rows: u32,
    text: Format,
    date: Format,
    moment: Format,
}

impl<W: Write + Send> XlsxWriter<W> {
    /// Begins a workbook that will have `rows` rows. Characters that the name of a worksheet cannot have are replaced.
    /// Rows wait in an unnamed file in the folder `scratch` until the workbook is complete; take the folder that the
    /// export goes to, because the rows are as private as the export.
    ///
    /// # Errors
    /// When a worksheet does not hold that many rows or columns, or the folder cannot be written to.
    pub fn new<S: AsRef<str>>(
        to: W,
        name: &str,
        headers: impl IntoIterator<Item = S>,
        rows: usize,
        scratch: &Path,
    ) -> Result<Self, WriteError> {
        let headers: Vec<String> = headers.into_iter().map(|header| plain(header.as_ref()).into_owned()).collect();
        if rows > WORKSHEET_ROWS as usize {
            return Err(WriteError::TooManyRows { limit: WORKSHEET_ROWS });
        }
        if headers.len() > WORKSHEET_COLUMNS {
            return Err(WriteError::TooManyColumns { limit: WORKSHEET_COLUMNS });
        }
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch).map_err(refused)?;
        // A worksheet of a million rows unpacks to more than 4 GiB; other files had better stay plain zip archives.
        workbook.use_zip_large_file(rows.saturating_mul(headers.len()) > LARGE_CELLS);
        let (text, bold) = (Format::new().set_num_format("@"), Format::new().set_bold());
        let worksheet = workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        worksheet.set_name(worksheet_name(name)).map_err(refused)?;
        worksheet.set_freeze_panes(1, 0).map_err(refused)?;
        for (column, header) in (0_u16..).zip(&headers) {
            check_length(header, 0, header)?;
            worksheet.write_string_with_format(0, column, escape(header), &bold).map_err(refused)?;
        }
        let widths = headers.iter().map(|header| header.chars().count() + FILTER_BUTTON).collect();
        let (date, moment) =
            (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm"));
        Ok(Self { to, workbook, headers, widths, rows: 0, text, date, moment })
    }

    /// Adds a row of texts.
    ///
    /// # Errors
    /// See [`RowWriter::cells`].
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), WriteError> {
        let texts: Vec<S> = cells.into_iter().collect();
        let cells: Vec<Cell<'_>> = texts.iter().map(|text| Cell::from(text.as_ref())).collect();
        self.cells(&cells)
    }

    /// Completes the workbook and writes it out.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<(), WriteError> {
        guarded(|| {
            let worksheet = self.workbook.worksheet_from_index(0)?;
            for (column, width) in (0_u16..).zip(&self.widths) {
                #[allow(clippy::cast_precision_loss, reason = "at most 60")]
                worksheet.set_column_width(column, (*width).clamp(NARROWEST, WIDEST) as f64 + 1.0)?;
                // Someone who types a number into a cell of text means the text.
                worksheet.set_column_format(column, &self.text)?;
            }
            let (rows, columns) = (self.rows, self.headers.len());
            if let Some(last) = columns.checked_sub(1).and_then(|last| u16::try_from(last).ok()) {
                worksheet.autofilter(0, 0, rows, last)?;
                if rows > 0 {
                    worksheet.ignore_error_range(1, 0, rows, last, IgnoreError::NumberStoredAsText)?;
                }
            }
            self.workbook.save_to_writer(&mut self.to)
        })?;
        Ok(self.to.flush()?)
    }
}

/// Characters that the button of the filter takes up beside a header.
const FILTER_BUTTON: usize = 3;

/// From so many cells on a worksheet may unpack to more than 4 GiB, at a hundred bytes each.
const LARGE_CELLS: usize = 40_000_000;

impl<W: Write + Send> RowWriter for XlsxWriter<W> {
    fn cells(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if self.rows >= WORKSHEET_ROWS {
            return Err(WriteError::TooManyRows { limit: WORKSHEET_ROWS });
        }
        if cells.len() > self.headers.len() {
            return Err(WriteError::Unsuitable(format!("a row of {} cells has no header for each", cells.len())));
        }
        let row = self.rows + 1;
        let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| in_words(*cell)).collect();
        for ((text, header), width) in texts.iter().zip(&self.headers).zip(&mut self.widths) {
            check_length(text, row, header)?;
            let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
            *width = (*width).max(longest);
        }
        guarded(|| {
            let worksheet = self.workbook.worksheet_from_index(0)?;
            for ((column, cell), text) in (0_u16..).zip(cells).zip(&texts) {
                let date = match cell {
                    Cell::Date(day) => excel_date(*day).map(|date| (date, &self.date)),
                    Cell::Moment(moment) => excel_date(moment.date())
                        .and_then(|date| {
                            date.and_hms(to_u16(moment.hour()), to_u8(moment.minute()), moment.second()).ok()
                        })
                        .map(|date| (date, &self.moment)),
                    _ => None,
                };
                match (cell, date) {
                    (_, Some((date, format))) => worksheet.write_datetime_with_format(row, column, date, format)?,
                    (Cell::Number(number), _) => write_number(worksheet, row, column, *number)?,
                    _ if text.is_empty() => continue,
                    _ => worksheet.write_string_with_format(row, column, escape(text), &self.text)?,
                };
            }
            Ok(())
        })?;
        self.rows = row;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        XlsxWriter::finish(*self)
    }
}

/// A worksheet counts its days from 1900 on; earlier ones, and moments within leap seconds, are written as text.
fn excel_date(day: chrono::NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, to_u8(day.month()), to_u8(day.day())).ok()
}

/// The numbers of calendars and clocks are small.
fn to_u8(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn to_u16(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Numbers that a worksheet cannot hold exactly are written as text.
fn write_number(worksheet: &mut Worksheet, row: u32, column: u16, number: i64) -> Result<&mut Worksheet, XlsxError> {
    const EXACT: u64 = 1_000_000_000_000_000;
    if number.unsigned_abs() < EXACT {
        #[allow(clippy::cast_precision_loss, reason = "at most fifteen digits")]
        return worksheet.write_number(row, column, number as f64);
    }
    worksheet.write_string(row, column, number.to_string())
}

/// Runs a part of the library that gives up the whole thread when the disk is full.
fn guarded<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, WriteError> {
    keep_quiet();
    catch_unwind(AssertUnwindSafe(write)).map_err(|panic| given_up(&*panic))?.map_err(refused)
}

/// The library's panics are errors here, so nothing is printed about them. Others are printed as ever.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !info.location().is_some_and(|location| is_the_librarys(location.file())) {
                print(info);
            }
        }));
    });
}

fn is_the_librarys(file: &str) -> bool {
    file.contains("rust_xlsxwriter")
}

/// Why the library gave up: its words end with the error of the system.
fn given_up(panic: &(dyn Any + Send)) -> WriteError {
    let words = panic.downcast_ref::<String>().map(String::as_str).unwrap_or_default();
    let kinds = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
    let kind = kinds.into_iter().find(|kind| words.contains(&format!("{kind:?}"))).unwrap_or(io::ErrorKind::Other);
    WriteError::Io(io::Error::new(kind, "the rows of the workbook cannot be written"))
}

fn refused(error: XlsxError) -> WriteError {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => WriteError::Io(error),
        XlsxError::ZipError(error) => WriteError::Io(io::Error::new(kind_of(&error), error)),
        error => WriteError::Unsuitable(error.to_string()),
    }
}

/// What the system said, at the bottom of another error.
fn kind_of(error: &(dyn Error + 'static)) -> io::ErrorKind {
    let (mut kind, mut cause) = (io::ErrorKind::Other, Some(error));
    while let Some(error) = cause {
        kind = error.downcast_ref::<io::Error>().map_or(kind, io::Error::kind);
        cause = error.source();
    }
    kind
}

fn check_length(text: &str, row: u32, column: &str) -> Result<(), WriteError> {
    // Most texts are so short that their bytes need no counting.
    if text.len() > CELL_UNITS / 2 {
        let units = escape(text).encode_utf16().count();
        if units > CELL_UNITS {
            let column = column.chars().take(NAME_UNITS).collect();
            return Err(WriteError::CellTooLong { row, column, units, limit: CELL_UNITS });
        }
    }
    Ok(())
}

fn in_words(cell: Cell<'_>) -> Cow<'_, str> {
    match cell.text() {
        Cow::Borrowed(text) => plain(text),
        Cow::Owned(text) => Cow::Owned(plain(&text).into_owned()),
    }
}

/// The text with "\n" at line ends and without other control characters.
fn plain(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| matches!(c, '\n' | '\t') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.chars().filter(|c| is_plain(*c)).collect())
}

/// The text with an escaped underscore where it would be taken for an escape ("_x0041_" for "A").
fn escape(text: &str) -> Cow<'_, str> {
    if !text.match_indices("_x").any(|(at, _)| escaped_character(&text[at..]).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        escaped.push_str(if c == '_' && escaped_character(&text[at..]).is_some() { "_x005F" } else { "" });
        escaped.push(c);
    }
    Cow::Owned(escaped)
}

/// A name that a worksheet can have.
fn worksheet_name(name: &str) -> String {
    let allowed =
        |c: char| if c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c };
    let mut units = 0;
    let short = name.trim().chars().map(allowed).take_while(|c| {
        units += c.len_utf16();
        units <= NAME_UNITS
    });
    let short: String = short.collect();
    let short = short.trim().trim_matches('\'').trim();
    // Excel keeps the name "History" to itself.
    if short.is_empty() || short.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { short.to_owned() }
}

/// Writes a whole workbook of texts; see [`XlsxWriter`]. Rows wait in the system's folder for temporary files.
///
/// # Errors
/// See [`WriteError`].
pub fn write_xlsx<H, R, C>(
    name: &str,
    headers: impl IntoIterator<Item = H>,
    rows: impl IntoIterator<Item = R>,
    writer: impl Write + Send,
) -> Result<(), WriteError>
where
    H: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let rows = rows.into_iter();
    let mut file = XlsxWriter::new(writer, name, headers, rows.size_hint().0, &std::env::temp_dir())?;
    for row in rows {
        file.row(row)?;
    }
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_gives_up_is_an_error_and_a_full_disk_is_told_as_one() {
        let failed = |words: &'static str| match guarded(|| -> Result<(), XlsxError> {
            panic!("Couldn't write to xml file: {words}")
        }) {
            Err(WriteError::Io(error)) => error.kind(),
            other => panic!("{other:?}"),
        };
        let full = "Os { code: 28, kind: StorageFull, message: \"No space left on device\" }";
        assert_eq!(failed(full), io::ErrorKind::StorageFull);
        assert_eq!(failed("Os { code: 5, kind: Uncategorized }"), io::ErrorKind::Other);
    }

    #[test]
    fn panics_of_the_library_alone_are_kept_quiet() {
        assert!(is_the_librarys("/registry/src/rust_xlsxwriter-0.102.0/src/xmlwriter.rs"));
        assert!(!is_the_librarys("crates/exchange/src/workbook_file.rs"));
    }
}
