//! Files out: CSV that a spreadsheet cannot mistake for formulas, error files, and workbooks.

use std::{
    borrow::Cow,
    io::{self, Write},
};

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
            self.rows.write_field(guard(cell.as_ref()).as_bytes())?;
        }
        self.rows.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes out what is still in memory. Dropping the writer instead would lose an error.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
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

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A worksheet holds no more rows.
    #[error("a worksheet holds at most {limit} rows")]
    TooManyRows {
        /// The limit, the header included.
        limit: u32,
    },
    /// Text that a worksheet cannot hold, such as a cell of more than 32,767 characters.
    #[error("the workbook cannot hold this: {0}")]
    Unsuitable(String),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

const WORKSHEET_ROWS: u32 = 1_048_576;

/// Writes a workbook with one worksheet. Every cell is text, so nothing is run as a formula and no phone number or
/// postal code loses its zeros. The workbook is built in memory; for very many rows prefer [`CsvWriter`].
///
/// # Errors
/// See [`WriteError`].
pub fn write_xlsx<H, R, C>(
    name: &str,
    headers: impl IntoIterator<Item = H>,
    rows: impl IntoIterator<Item = R>,
    mut writer: impl Write,
) -> Result<(), WriteError>
where
    H: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    use rust_xlsxwriter::{Format, Workbook};
    let refused = |error: rust_xlsxwriter::XlsxError| WriteError::Unsuitable(error.to_string());
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet().set_name(name).map_err(refused)?;
    let bold = Format::new().set_bold();
    for (column, header) in (0_u16..).zip(headers) {
        worksheet.write_string_with_format(0, column, header.as_ref(), &bold).map_err(refused)?;
    }
    worksheet.set_freeze_panes(1, 0).map_err(refused)?;
    for (row, cells) in (1_u32..).zip(rows) {
        if row >= WORKSHEET_ROWS {
            return Err(WriteError::TooManyRows { limit: WORKSHEET_ROWS });
        }
        for (column, cell) in (0_u16..).zip(cells) {
            if !cell.as_ref().is_empty() {
                worksheet.write_string(row, column, cell.as_ref()).map_err(refused)?;
            }
        }
    }
    writer.write_all(&workbook.save_to_buffer().map_err(refused)?)?;
    Ok(())
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
