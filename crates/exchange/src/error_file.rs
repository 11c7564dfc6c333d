//! The rows of a file that were not imported, as a file of their own.

use std::io::{self, Write};

use liaison_writers::{CsvWriter, PROBLEM_HEADER, numbered_header};

use crate::sheet::Sheet;

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
