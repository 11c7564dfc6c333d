//! What a file held, as rows and columns of text.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use liaison_values::cell;

use crate::{assumed::Assumed, dates::Dates, preset::Preset, table::Table};

/// Why a row was not read whole. Such a row is shown with its reason and never imported as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowProblem {
    /// The card ends before its END:VCARD.
    #[error("the card is cut off: its END:VCARD is missing")]
    TruncatedCard,
    /// The card could not be understood at all.
    #[error("the card cannot be read")]
    UnreadableCard,
    /// The card has more lines than [`crate::Limits::card_lines`]; the rest was not read.
    #[error("the card has {lines} lines; the limit is {limit}")]
    TooManyLines {
        /// How many lines it has.
        lines: usize,
        /// The limit.
        limit: usize,
    },
    /// The card is about a group, an organisation, a place …
    #[error("this card describes {what}, not a person")]
    NotAPerson {
        /// What it describes: "an organization".
        what: String,
    },
    /// The row has more filled cells than there are headers, often because of a separator that is not quoted.
    #[error("the row has {count} more cells than the header row")]
    ExtraCells {
        /// How many cells too many.
        count: usize,
    },
    /// A cell is larger than [`crate::Limits::cell_bytes`]; it was cut.
    #[error("the cell in \"{column}\" is too large ({bytes} bytes; the limit is {limit})")]
    CellTooLarge {
        /// The header of the column in the file.
        column: String,
        /// The size of the cell, in bytes of UTF-8.
        bytes: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// Bytes that are no text in the file's encoding (half a UTF-16 pair, say) were replaced by U+FFFD.
    #[error("\"{column}\" holds characters that cannot be decoded")]
    Undecodable {
        /// The header of the column in the file.
        column: String,
    },
    /// A cell holds the character NUL.
    #[error("\"{column}\" holds a NUL character")]
    NulCharacter {
        /// The header of the column in the file.
        column: String,
    },
    /// The quotes of this row do not fit together, and the number of its cells does not tell what was meant.
    #[error("the quotation marks in this row don’t match; it was read as it stands")]
    MismatchedQuotes,
    /// A formula in the workbook has an error value.
    #[error("the formula in \"{column}\" has the error {value}")]
    FormulaError {
        /// The header of the column in the file.
        column: String,
        /// What the workbook shows, such as "#N/A".
        value: String,
    },
    /// A formula in the workbook has no value: the program that wrote the file never worked it out.
    #[error("the formula in \"{column}\" has no result in the file; open it in Excel, save it, and import it again")]
    FormulaWithoutValue {
        /// The header of the column in the file.
        column: String,
    },
}

/// Why something in the file is in no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// Contacts have no field for it.
    NoSuchField,
    /// Contacts keep fewer of its kind than the file has, such as a fourth e-mail address.
    MoreThanFits,
}

/// Something the file says about people that is in no column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The property or column, as the file names it.
    pub name: String,
    /// Why it was left out.
    pub reason: LeftOutReason,
    /// How many rows have it.
    pub rows: usize,
}

/// The columns and cells as they stand in the file, where the sheet shows them rearranged.
#[derive(Debug)]
pub(crate) struct Original {
    pub(crate) headers: Vec<String>,
    pub(crate) table: Table,
}

/// A file's headers and rows. Rows and columns count from 0.
///
/// Exports of address books scatter a person over columns that only make sense together ("Phone 1 - Label",
/// "Phone 1 - Value"). Where a preset is recognised these are rearranged into the columns of [`crate::TEMPLATE`];
/// columns nobody needed for that follow with their own headers, and the file's own cells stay at hand through
/// [`Sheet::original_row`].
#[derive(Debug)]
pub struct Sheet {
    /// What was assumed to read it.
    pub assumed: Assumed,
    /// The program the file was exported from, if its headers tell.
    pub preset: Option<Preset>,
    /// The header of each column; "Column 3" where the file has none.
    pub headers: Vec<String>,
    /// What the file says about people that is in no column.
    pub left_out: Vec<LeftOut>,
    pub(crate) table: Table,
    pub(crate) original: Option<Original>,
    /// The field of each column, where the preset settles it.
    pub(crate) fields: Option<Vec<Option<&'static str>>>,
    pub(crate) row_numbers: Vec<u32>,
    pub(crate) problems: BTreeMap<usize, RowProblem>,
    /// Filled cells beyond the last header, by row.
    pub(crate) extra_cells: HashMap<usize, Vec<String>>,
    pub(crate) dates: Dates,
}

impl Sheet {
    /// How many rows there are, blank ones included, the header row not.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.table.columns()
    }

    /// The text of a cell; "" outside the sheet.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.table.cell(row, column)
    }

    /// The cells of a row, in order.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        self.table.row(row)
    }

    /// Where a person finds the row in the file: the line it begins on (CSV; the file's first line is 1), the
    /// number of the row (xlsx), or the number of the card (vCard, from 1).
    #[must_use]
    pub fn row_number(&self, row: usize) -> u32 {
        self.row_numbers.get(row).copied().unwrap_or(0)
    }

    /// A cell without what another program added to it: HTML's names for characters ("&amp;"), and the formula that keeps
    /// a spreadsheet from dropping zeros (`="02139"`). `None` where there is nothing to take off, as in files of our own.
    #[must_use]
    pub fn plain(&self, text: &str) -> Option<String> {
        if self.preset == Some(Preset::Liaison) { None } else { cell::plain(text) }
    }

    /// The date in a cell of the column, as year-month-day, from any usual form; `None` if it is none. What `05/06/2026`
    /// means is decided for the column as a whole.
    #[must_use]
    pub fn date(&self, column: usize, text: &str) -> Option<String> {
        self.dates.read(column, text)
    }

    /// Whether all cells of the row are empty or white space.
    #[must_use]
    pub fn is_blank(&self, row: usize) -> bool {
        self.row(row).all(|cell| cell.trim().is_empty()) && !self.extra_cells.contains_key(&row)
    }

    /// Why the row was not read whole, if so.
    #[must_use]
    pub fn row_problem(&self, row: usize) -> Option<&RowProblem> {
        self.problems.get(&row)
    }

    /// The rows that were not read whole, in order, with the reason.
    pub fn row_problems(&self) -> impl Iterator<Item = (usize, &RowProblem)> {
        self.problems.iter().map(|(row, problem)| (*row, problem))
    }

    /// Up to `count` different filled cells from the top of a column, cut to 80 characters, to show what it holds.
    #[must_use]
    pub fn samples(&self, column: usize, count: usize) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for row in 0..self.rows().min(2_000) {
            if samples.len() == count {
                break;
            }
            let cell: String = self.cell(row, column).trim().chars().take(80).collect();
            if !cell.is_empty() && !samples.contains(&cell) {
                samples.push(cell);
            }
        }
        samples
    }

    /// The headers as they stand in the file (for vCards: the columns they were turned into).
    #[must_use]
    pub fn original_headers(&self) -> &[String] {
        self.original.as_ref().map_or(&self.headers, |original| &original.headers)
    }

    /// The cells of a row as they stand in the file, those beyond the last header included.
    #[must_use]
    pub fn original_row(&self, row: usize) -> Vec<&str> {
        let table = self.original.as_ref().map_or(&self.table, |original| &original.table);
        let extra = self.extra_cells.get(&row).into_iter().flatten();
        table.row(row).chain(extra.map(String::as_str)).collect()
    }

    /// The most filled cells beyond the last header that any row has.
    pub(crate) fn extra_columns(&self) -> usize {
        self.extra_cells.values().map(Vec::len).max().unwrap_or(0)
    }
}
