//! What a reader assumed about a file, and how it is told to assume something else.

use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumString, IntoStaticStr};

/// The kind of file that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "FileFormat")]
pub enum Format {
    /// Text with separated values, whatever the separator.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
    /// A workbook of Excel before 2007.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// One or more vCards, 2.1 to 4.0.
    Vcard,
}

/// What is to be assumed about a file instead of what its reader finds; `None` leaves it to the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ReadOptions {
    /// The encoding of a text file, by a name that [`encodings`](crate::encodings) has or the web knows.
    pub encoding: Option<String>,
    /// The separator of a CSV file.
    pub separator: Option<char>,
    /// The sheet of a workbook, by its name.
    pub sheet: Option<String>,
    /// The row with the headers, as [`Assumed::header_row`] counts; 0 where the file has none.
    pub header_row: Option<u32>,
    /// What `05/06/2026` means.
    pub date_order: Option<DateOrder>,
}

/// Everything a reader assumed about a file. What it could not be sure of is among the [`doubts`](Self::doubts).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Assumed {
    /// The kind of file.
    pub format: Format,
    /// The encoding of a text file, such as "UTF-8", "windows-1252" or "macintosh".
    pub encoding: Option<String>,
    /// How the encoding was found.
    pub encoding_by: Option<Decided>,
    /// The separator of a CSV file.
    pub separator: Option<char>,
    /// The sheet of a workbook that was read.
    pub sheet: Option<String>,
    /// The other sheets of the workbook that have rows.
    pub other_sheets: Vec<OtherSheet>,
    /// Where the headers stand: the line of a CSV file, the row of a worksheet, from 1. `None` where the file has none.
    pub header_row: Option<u32>,
    /// What a date such as `05/06/2026` is read as; `None` where the file has no dates that could mean two days.
    pub date_order: Option<DateOrder>,
    /// Rows with something in them, the header not counted.
    pub rows: u32,
    /// Blank rows between them.
    pub blank: u32,
    /// Rows above the header, such as a title, that were left out.
    pub above_header: u32,
    /// What a person should look at before anything is imported.
    pub doubts: Vec<Doubt>,
}

impl Assumed {
    /// Nothing but a format: where every reader begins.
    pub(crate) fn of(format: Format) -> Self {
        Self {
            format,
            encoding: None,
            encoding_by: None,
            separator: None,
            sheet: None,
            other_sheets: Vec::new(),
            header_row: None,
            date_order: None,
            rows: 0,
            blank: 0,
            above_header: 0,
            doubts: Vec::new(),
        }
    }
}

/// How something about a file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Decided {
    /// The file says so itself, or nothing else fits it.
    Certain,
    /// The content speaks for it, but it might be something else.
    Guessed,
    /// Somebody chose it.
    Chosen,
}

/// The order of day and month in a date such as `05/06/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DateOrder {
    /// As in the United States: May 6.
    MonthFirst,
    /// As in most other countries: June 5.
    DayFirst,
}

/// A sheet of a workbook that was not read, although it has rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// Rows with something in them, a header among them.
    pub rows: u32,
    /// Whether the workbook hides it.
    pub hidden: bool,
}

/// Something about a file that a person should look at before anything is imported. `first` is the number of the first
/// row it is about, as [`Sheet::row_number`](crate::Sheet::row_number) counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, IntoStaticStr)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Doubt {
    /// The file does not say its encoding, and it isn’t UTF-8.
    EncodingGuessed {
        /// The encoding it was read in.
        encoding: String,
        /// A few words with characters that another encoding would turn into others.
        words: Vec<String>,
    },
    /// Some lines are valid UTF-8, others are not and were read in another encoding.
    MixedEncodings {
        /// Lines read in the other encoding.
        rows: u32,
        /// The first of them.
        first: u32,
        /// The other encoding.
        encoding: String,
    },
    /// Characters that could not be read were replaced by "\u{fffd}".
    ReplacedCharacters {
        /// Rows with such a character.
        rows: u32,
        /// The first of them.
        first: u32,
    },
    /// Quotation marks do not fit together; the rows were read line by line.
    Quotes {
        /// Such rows.
        rows: u32,
        /// The first of them.
        first: u32,
    },
    /// A quoted cell goes on for many lines.
    LongQuotedCells {
        /// Rows with such a cell.
        rows: u32,
        /// The first of them.
        first: u32,
        /// The most lines one of them has.
        lines: u32,
    },
    /// Rows have more cells than the header, or fewer than all cells before them.
    RowsOfAnotherLength {
        /// Such rows.
        rows: u32,
        /// The first of them.
        first: u32,
    },
    /// Rows above the header were left out.
    RowsAboveHeader {
        /// How many.
        rows: u32,
    },
    /// No row seems to be a header.
    NoHeader,
    /// Other sheets of the workbook have rows.
    OtherSheets {
        /// How many sheets.
        sheets: u32,
    },
    /// Cells have a formula whose result is not in the file.
    FormulasWithoutValue {
        /// Such cells.
        cells: u32,
        /// The first row with one.
        first: u32,
    },
    /// Dates could mean two days, and nothing in their column says which.
    AmbiguousDates {
        /// The headers of such columns.
        columns: Vec<String>,
        /// One of the dates.
        example: String,
    },
    /// Numbers lost their digits to scientific notation.
    ScientificNumbers {
        /// Such cells.
        cells: u32,
        /// The first row with one.
        first: u32,
    },
}

impl Doubt {
    /// The doubt in words, for a terminal and for logs; the window has words of its own.
    #[must_use]
    pub fn in_english(&self) -> String {
        let count = |number: u32, one: &str, many: &str| match number {
            1 => format!("1 {one}"),
            _ => format!("{number} {many}"),
        };
        let rows = |number: u32| count(number, "row", "rows");
        match self {
            Self::EncodingGuessed { encoding, words } if words.is_empty() => {
                format!("The encoding of the file is probably {encoding}.")
            }
            Self::EncodingGuessed { encoding, words } => {
                format!("The encoding of the file is probably {encoding}. Check these words: {}.", words.join(", "))
            }
            Self::MixedEncodings { rows: number, first, encoding } => format!(
                "The file mixes encodings: {} read as {encoding}, the others as UTF-8. The first is line {first}.",
                count(*number, "line was", "lines were")
            ),
            Self::ReplacedCharacters { rows: number, first } => {
                format!(
                    "{} characters that can’t be read, first in row {first}.",
                    count(*number, "row has", "rows have")
                )
            }
            Self::Quotes { rows: number, first } => format!(
                "Quotation marks don’t match in {}, first in row {first}. Check that these rows were read as intended.",
                rows(*number)
            ),
            Self::LongQuotedCells { rows: number, first, lines } => format!(
                "{} a quoted cell of up to {lines} lines, first in row {first}. Check that no other rows are in it.",
                count(*number, "row has", "rows have")
            ),
            Self::RowsOfAnotherLength { rows: number, first } => format!(
                "{} another number of cells than the header, first in row {first}.",
                count(*number, "row has", "rows have")
            ),
            Self::RowsAboveHeader { rows: number } => {
                format!("{} above the header left out.", count(*number, "row was", "rows were"))
            }
            Self::NoHeader => "No header row was found.".to_owned(),
            Self::OtherSheets { sheets } => {
                format!("{} rows that weren’t read.", count(*sheets, "other sheet has", "other sheets have"))
            }
            Self::FormulasWithoutValue { cells, first } => format!(
                "{} no result in the file, first in row {first}. Open the file in Excel, save it, and import it again.",
                count(*cells, "formula has", "formulas have")
            ),
            Self::AmbiguousDates { columns, example } => format!(
                "Dates such as {example} could mean two days (column {}). Choose which comes first, day or month.",
                columns.join(", ")
            ),
            Self::ScientificNumbers { cells, first } => format!(
                "{} in scientific notation, such as 1.2E+10, first in row {first}: the digits are gone from the file.",
                count(*cells, "cell holds a number", "cells hold numbers")
            ),
        }
    }
}
