//! How large a file may be, in every respect.

/// How much a file may hold. What goes beyond is refused with the limit it met, except for single cells, which only
/// make their row bad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The size of the file, in bytes. At most 4 GiB whatever is set here.
    pub file_bytes: u64,
    /// Rows, the header not counted.
    pub rows: usize,
    /// Columns in the header row.
    pub columns: usize,
    /// The size of one cell, in bytes of UTF-8. A larger cell is cut and its row marked
    /// [`crate::RowProblem::CellTooLarge`]; the rest of the file is read as usual.
    pub cell_bytes: usize,
    /// Lines of one card, PHOTO and its like not counted. A card with more is cut and its row marked
    /// [`crate::RowProblem::TooManyLines`].
    pub card_lines: usize,
    /// What a workbook may unpack to, in bytes. It may not exceed 64 MiB and 100 times the file's size either.
    pub unpacked_bytes: u64,
    /// Entries in a workbook's archive.
    pub archive_entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            rows: 2_000_000,
            columns: 512,
            cell_bytes: 1_000_000,
            card_lines: 1_000,
            unpacked_bytes: 1 << 30,
            archive_entries: 10_000,
        }
    }
}

/// The most cells a sheet may have, blank ones included; keeps a small file of empty lines from becoming large.
const CELLS: usize = 100_000_000;

impl Limits {
    /// How many rows of this many columns may be read.
    pub(crate) fn rows_of(&self, columns: usize) -> usize {
        self.rows.min(CELLS / columns.max(1))
    }
}
