//! Cells of a worksheet that arrive one by one, put back into rows.

use std::collections::{BTreeMap, HashMap};

use liaison_values::content::is_email;

use crate::{
    assumed::{Assumed, Doubt, Format},
    dates::Dates,
    header_row::{self, LOOKED_AT, with_groups},
    headers::{Headers, is_data_row},
    limits::Limits,
    mapping::is_email_header,
    reading::ReadError,
    sheet::{RowProblem, Sheet},
    table::Table,
};

/// The header of the column that addresses behind links make where no other column has any.
const EMAIL: &str = "E-mail";

/// A row of the worksheet that has any cell.
#[derive(Debug, Default)]
struct Row {
    /// From 0 at the top of the sheet.
    at: u32,
    /// Its filled cells by column.
    cells: BTreeMap<usize, String>,
    /// The first formula with an error value, or without a value.
    formula: Option<(usize, Option<String>)>,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.values().all(|cell| cell.trim().is_empty())
    }

    fn dense(&self) -> Vec<String> {
        let last = self.cells.keys().next_back().map_or(0, |last| last + 1).min(1024);
        (0..last).map(|column| self.cells.get(&column).cloned().unwrap_or_default()).collect()
    }
}

/// Puts the cells back into rows.
pub(crate) struct Rows<'a> {
    limits: &'a Limits,
    /// The row with the headers, from 1; 0 where there is none.
    chosen: Option<u32>,
    /// Rows from the top, kept until it is known which of them is the header.
    head: Option<Vec<Row>>,
    header_row: Option<u32>,
    above_header: u32,
    headers: Headers,
    table: Table,
    row_numbers: Vec<u32>,
    problems: BTreeMap<usize, RowProblem>,
    extra_cells: HashMap<usize, Vec<String>>,
    /// Formulas without a value, and the row of the first.
    without_value: (u32, u32),
    row: Row,
    links: HashMap<(u32, u32), String>,
    /// Most bytes the texts of all cells may have together, and how many are left of them.
    text: (u64, u64),
}

impl<'a> Rows<'a> {
    /// `text_most` is how many bytes the texts of all cells may have together.
    pub(crate) fn new(limits: &'a Limits, chosen: Option<u32>, text_most: u64) -> Self {
        Self {
            limits,
            chosen,
            head: Some(Vec::new()),
            header_row: None,
            above_header: 0,
            headers: Headers::default(),
            table: Table::default(),
            row_numbers: Vec::new(),
            problems: BTreeMap::new(),
            extra_cells: HashMap::new(),
            without_value: (0, 0),
            row: Row::default(),
            links: HashMap::new(),
            text: (text_most, text_most),
        }
    }

    /// How many rows there are so far.
    pub(crate) fn count(&self) -> usize {
        self.row_numbers.len()
    }

    /// Takes the next cell; `is_error` if a formula has an error value.
    pub(crate) fn cell(&mut self, position: (u32, u32), text: &str, is_error: bool) -> Result<(), ReadError> {
        self.go_to(position.0)?;
        if text.is_empty() {
            return Ok(());
        }
        let (limit, left) = self.text;
        self.text.1 = left.checked_sub(text.len() as u64).ok_or(ReadError::TooLarge { limit })?;
        let column = position.1 as usize;
        if is_error {
            self.row.formula.get_or_insert((column, Some(text.to_owned())));
        }
        self.row.cells.insert(column, text.to_owned());
        Ok(())
    }

    /// Takes a cell with a formula whose result the file does not have.
    pub(crate) fn formula_without_result(&mut self, position: (u32, u32)) -> Result<(), ReadError> {
        self.go_to(position.0)?;
        self.row.formula.get_or_insert((position.1 as usize, None));
        // The row is there even if it has nothing else.
        self.row.cells.entry(position.1 as usize).or_default();
        self.without_value.0 += 1;
        if self.without_value.0 == 1 {
            self.without_value.1 = position.0 + 1;
        }
        Ok(())
    }

    /// Takes the addresses that cells link to.
    pub(crate) fn links(&mut self, links: HashMap<(u32, u32), String>) {
        self.links = links;
    }

    fn go_to(&mut self, row: u32) -> Result<(), ReadError> {
        if row < self.row.at {
            return Err(ReadError::Damaged { detail: "the rows of the sheet are out of order".to_owned() });
        }
        if row > self.row.at {
            self.end_row()?;
            self.row.at = row;
        }
        Ok(())
    }

    /// Ends the row being collected. Rows without any cell are not in the file; those with white space only are rows.
    fn end_row(&mut self) -> Result<(), ReadError> {
        let at = self.row.at;
        let row = std::mem::replace(&mut self.row, Row { at, ..Row::default() });
        if row.cells.is_empty() {
            return Ok(());
        }
        let Some(head) = &mut self.head else { return self.add_row(row) };
        head.push(row);
        // A chosen row may be far down.
        let is_enough = match self.chosen {
            Some(chosen) if chosen > 0 => at + 1 >= chosen,
            _ => head.len() >= LOOKED_AT,
        };
        if is_enough { self.take_head() } else { Ok(()) }
    }

    /// Finds the header among the first rows, and takes those below it.
    fn take_head(&mut self) -> Result<(), ReadError> {
        let Some(mut rows) = self.head.take() else { return Ok(()) };
        let header = match self.chosen {
            Some(0) => None,
            Some(line) => {
                let missing = || ReadError::Options { detail: format!("the sheet has no row {line}") };
                Some(rows.iter().position(|row| row.at + 1 >= line).ok_or_else(missing)?)
            }
            None => header_of(&rows),
        };
        let first = header.unwrap_or(0);
        let width = |row: &Row| row.cells.keys().next_back().map_or(0, |last| last + 1);
        let columns = match (header, self.chosen) {
            (Some(header), _) => width(&rows[header]),
            (None, Some(_)) => rows.iter().map(width).max().unwrap_or(0),
            (None, None) => rows.iter().find(|row| !row.is_blank()).map_or(0, width),
        };
        if columns > self.limits.columns {
            return Err(ReadError::TooManyColumns { limit: self.limits.columns });
        }
        let below = rows.split_off(header.map_or(0, |header| header + 1));
        self.headers = match header {
            Some(_) => {
                let header = rows.pop().unwrap_or_default();
                let groups = rows.last().filter(|above| above.at + 1 == header.at).map(Row::dense).unwrap_or_default();
                self.header_row = Some(header.at + 1);
                Headers::new(with_groups(&groups, header.dense()))
            }
            None => Headers::numbered(columns),
        };
        self.above_header = rows.iter().filter(|row| !row.is_blank()).count() as u32;
        debug_assert_eq!(rows.len(), first);
        self.table = Table::with_columns(self.headers.len());
        let mut started = header.is_some();
        for row in below {
            // Rows of nothing but blanks above a table without a header are none of its rows.
            started |= !row.is_blank();
            if started {
                self.add_row(row)?;
            }
        }
        Ok(())
    }

    fn add_row(&mut self, row: Row) -> Result<(), ReadError> {
        let Row { at, mut cells, formula } = row;
        let columns = self.headers.len();
        if columns == 0 {
            return Ok(());
        }
        let limit = self.limits.rows_of(columns);
        let row = self.row_numbers.len();
        if row >= limit {
            return Err(ReadError::TooManyRows { limit });
        }
        self.row_numbers.push(at + 1);
        let extra = cells.split_off(&columns);
        if extra.values().any(|cell| !cell.trim().is_empty()) {
            // The gaps between the cells do not matter, their number does: rows may be very wide.
            let extra: Vec<String> = extra.into_values().take(self.limits.columns).collect();
            self.problems.insert(row, RowProblem::ExtraCells { count: extra.len() });
            self.extra_cells.insert(row, extra);
        }
        if let Some((column, value)) = formula {
            let column = self.headers.name(column);
            self.problems.entry(row).or_insert(match value {
                Some(value) => RowProblem::FormulaError { column, value },
                None => RowProblem::FormulaWithoutValue { column },
            });
        }
        for (&column, cell) in &mut cells {
            let (bytes, limit) = (cell.len(), self.limits.cell_bytes);
            let name = || self.headers.name(column);
            let problem = if bytes > limit {
                let end = (0..=limit).rev().find(|&at| cell.is_char_boundary(at)).unwrap_or(0);
                cell.truncate(end);
                RowProblem::CellTooLarge { column: name(), bytes, limit }
            } else if cell.contains('\0') {
                RowProblem::NulCharacter { column: name() }
            } else {
                continue;
            };
            self.problems.entry(row).or_insert(problem);
        }
        self.table.push((0..columns).map(|column| cells.get(&column).map_or("", String::as_str)))
    }

    /// The sheet of all rows that came.
    pub(crate) fn finish(mut self) -> Result<Sheet, ReadError> {
        self.end_row()?;
        self.take_head()?;
        if self.row_numbers.is_empty() {
            return Err(ReadError::Empty);
        }
        let mut headers = std::mem::take(&mut self.headers).into_names();
        let mut table = std::mem::take(&mut self.table);
        if let Some((with, column)) = self.with_links(&headers, &table)? {
            table = with;
            headers.extend(column);
        }
        let mut doubts = Vec::new();
        if self.without_value.0 > 0 {
            doubts.push(Doubt::FormulasWithoutValue { cells: self.without_value.0, first: self.without_value.1 });
        }
        if let Some(first) = self.extra_cells.keys().min() {
            let rows = self.extra_cells.len() as u32;
            doubts.push(Doubt::RowsOfAnotherLength { rows, first: self.row_numbers[*first] });
        }
        let assumed = Assumed {
            header_row: self.header_row,
            above_header: self.above_header,
            doubts,
            ..Assumed::of(Format::Xlsx)
        };
        Ok(Sheet {
            assumed,
            preset: None,
            headers,
            left_out: Vec::new(),
            table,
            original: None,
            fields: None,
            row_numbers: self.row_numbers,
            problems: self.problems,
            extra_cells: self.extra_cells,
            dates: Dates::default(),
        })
    }

    /// The table with the addresses that cells link to: in their cells where the column is one of addresses, in a column
    /// of their own where there is no such column. `None` if nothing changes.
    fn with_links(&self, headers: &[String], table: &Table) -> Result<Option<(Table, Option<String>)>, ReadError> {
        if self.links.is_empty() {
            return Ok(None);
        }
        let linked = |row: usize, column: usize| {
            self.links.get(&(self.row_numbers[row] - 1, u32::try_from(column).unwrap_or(u32::MAX)))
        };
        let holds_addresses: Vec<bool> = (0..table.columns())
            .map(|column| {
                is_email_header(&headers[column])
                    || (0..table.rows().min(50)).any(|row| is_email(table.cell(row, column)))
            })
            .collect();
        let has_column = holds_addresses.contains(&true);
        let mut with = Table::with_columns(table.columns() + usize::from(!has_column));
        for row in 0..table.rows() {
            let cells = (0..table.columns()).map(|column| {
                let cell = table.cell(row, column);
                match linked(row, column) {
                    Some(address) if holds_addresses[column] && !cell.contains('@') => address.as_str(),
                    _ => cell,
                }
            });
            let own = (!has_column)
                .then(|| (0..table.columns()).find_map(|column| linked(row, column)).map_or("", String::as_str));
            with.push(cells.chain(own))?;
        }
        Ok(Some((with, (!has_column).then(|| EMAIL.to_owned()))))
    }
}

/// The header among the first rows; `None` where the first row is a person already.
fn header_of(rows: &[Row]) -> Option<usize> {
    let dense: Vec<Vec<String>> = rows.iter().map(Row::dense).collect();
    if let Some(found) = header_row::find(dense.iter().map(Vec::as_slice)) {
        return Some(found);
    }
    let is_data = |row: &Row| is_data_row(row.cells.values().map(String::as_str));
    let first = rows.iter().position(|row| !row.is_blank())?;
    // Single cells above a table of three columns or more are its titles.
    let titles = rows[first..].iter().take_while(|row| row.cells.len() == 1 && !is_data(row)).count();
    let below = rows.get(first + titles).filter(|row| row.cells.len() >= 3);
    let header = if below.is_some() { first + titles } else { first };
    (!is_data(&rows[header])).then_some(header)
}
