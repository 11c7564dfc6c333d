//! xlsx: the first sheet that has data, cell by cell.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Style, Xlsx, XlsxError};

use crate::{
    archive,
    headers::{Headers, is_data_row},
    limits::Limits,
    reading::{ReadError, Watch, report},
    sheet::{Format, RowProblem, Sheet},
    table::Table,
};

/// Rows between two reports of progress.
const REPORT_ROWS: usize = 4096;

/// Reads a workbook.
pub(crate) fn read(content: &[u8], limits: &Limits, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    archive::inspect(content, limits)?;
    report(watch, 0, 1)?;
    // The library is careful but has to understand a large format; a mistake in it must not end the app.
    let read = catch_unwind(AssertUnwindSafe(|| first_sheet_with_data(content, limits, watch)));
    read.unwrap_or_else(|_| Err(ReadError::Damaged { detail: "the workbook contradicts itself".to_owned() }))
}

fn failed(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::NotRecognised { found: "a workbook with a password; save it without one" },
        error => ReadError::Damaged { detail: error.to_string() },
    }
}

fn first_sheet_with_data(content: &[u8], limits: &Limits, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    let mut workbook = Xlsx::new(Cursor::new(content)).map_err(failed)?;
    for name in workbook.sheet_names() {
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart has a sheet as well.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(failed(error)),
        };
        let styles: Vec<Display> = cells.styles().iter().map(Display::of).collect();
        let last_row = cells.dimensions().end.0 as usize;
        let mut rows = Rows::new(limits);
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(failed)? {
            let rows_before = rows.row_numbers.len();
            rows.cell(&cell, styles.get(style).copied().unwrap_or_default())?;
            let count = rows.row_numbers.len();
            if count > rows_before && count.is_multiple_of(REPORT_ROWS) {
                report(watch, count, last_row)?;
            }
        }
        rows.finish_row()?;
        if !rows.row_numbers.is_empty() {
            return Ok(rows.into_sheet(name));
        }
    }
    Err(ReadError::Empty)
}

/// How a number is shown: the part of a cell's style that changes what a person reads.
#[derive(Debug, Clone, Copy, Default)]
struct Display {
    /// The number of digits that a format such as "00000" fills up with zeros.
    digits: usize,
}

impl Display {
    fn of(style: &Style) -> Self {
        let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        let only_zeros = !code.is_empty() && code.len() <= 20 && code.bytes().all(|byte| byte == b'0');
        Self { digits: if only_zeros { code.len() } else { 0 } }
    }
}

/// Puts the cells that arrive one by one back into rows.
struct Rows<'a> {
    limits: &'a Limits,
    headers: Headers,
    table: Table,
    row_numbers: Vec<u32>,
    problems: BTreeMap<usize, RowProblem>,
    extra_cells: HashMap<usize, Vec<String>>,
    /// A first row with a single cell: a title if a table follows, else the header.
    title: Option<(usize, String)>,
    /// The row being collected, from 0 at the top of the sheet, and its filled cells by column.
    row: u32,
    cells: BTreeMap<usize, String>,
    /// The first formula of the row with an error value.
    error: Option<(usize, String)>,
}

impl<'a> Rows<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            headers: Headers::default(),
            table: Table::default(),
            row_numbers: Vec::new(),
            problems: BTreeMap::new(),
            extra_cells: HashMap::new(),
            title: None,
            row: 0,
            cells: BTreeMap::new(),
            error: None,
        }
    }

    fn cell(&mut self, cell: &Cell<DataRef<'_>>, display: Display) -> Result<(), ReadError> {
        let (row, column) = cell.get_position();
        if row < self.row {
            return Err(ReadError::Damaged { detail: "the rows of the sheet are out of order".to_owned() });
        }
        if row > self.row {
            self.finish_row()?;
            self.row = row;
        }
        let value = cell.get_value();
        let text = shown(value, display);
        if text.is_empty() {
            return Ok(());
        }
        let column = column as usize;
        if let DataRef::Error(_) = value {
            self.error.get_or_insert((column, text.to_string()));
        }
        self.cells.insert(column, text.into_owned());
        Ok(())
    }

    /// Ends the row being collected. Rows without any cell are not in the file; those with white space only are rows.
    fn finish_row(&mut self) -> Result<(), ReadError> {
        let mut cells = std::mem::take(&mut self.cells);
        let error = self.error.take();
        let Some(last) = cells.keys().next_back().copied() else {
            return Ok(());
        };
        if self.headers.len() == 0 {
            if cells.values().all(|cell| cell.trim().is_empty()) {
                return Ok(());
            }
            let too_wide = last >= self.limits.columns;
            let is_data = is_data_row(cells.values().map(String::as_str));
            match self.title.take() {
                None if cells.len() == 1 && !is_data && !too_wide => {
                    let text = cells.pop_first().map(|(_, text)| text).unwrap_or_default();
                    self.title = Some((last, text));
                    return Ok(());
                }
                Some((column, title)) if cells.len() < 3 => {
                    self.headers = Headers::new((0..column).map(|_| String::new()).chain([title]));
                    self.table = Table::with_columns(column + 1);
                    return self.add_row(&mut cells, error);
                }
                _ => {}
            }
            if too_wide {
                return Err(ReadError::TooManyColumns { limit: self.limits.columns });
            }
            self.headers = if is_data {
                Headers::numbered(last + 1)
            } else {
                Headers::new((0..=last).map(|column| cells.remove(&column).unwrap_or_default()))
            };
            self.table = Table::with_columns(last + 1);
            if !is_data {
                return Ok(());
            }
        }
        self.add_row(&mut cells, error)
    }

    fn add_row(
        &mut self,
        cells: &mut BTreeMap<usize, String>,
        error: Option<(usize, String)>,
    ) -> Result<(), ReadError> {
        let columns = self.headers.len();
        let limit = self.limits.rows_of(columns);
        let row = self.row_numbers.len();
        if row >= limit {
            return Err(ReadError::TooManyRows { limit });
        }
        self.row_numbers.push(self.row + 1);
        let extra = cells.split_off(&columns);
        if extra.values().any(|cell| !cell.trim().is_empty()) {
            // The gaps between the cells do not matter, their number does: rows may be very wide.
            let extra: Vec<String> = extra.into_values().take(self.limits.columns).collect();
            self.problems.insert(row, RowProblem::ExtraCells { count: extra.len() });
            self.extra_cells.insert(row, extra);
        }
        if let Some((column, value)) = error {
            let column = self.headers.name(column);
            self.problems.entry(row).or_insert(RowProblem::FormulaError { column, value });
        }
        for (&column, cell) in cells.iter_mut() {
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

    fn into_sheet(self, name: String) -> Sheet {
        Sheet {
            format: Format::Xlsx,
            encoding: None,
            separator: None,
            sheet_name: Some(name),
            preset: None,
            headers: self.headers.into_names(),
            left_out: Vec::new(),
            table: self.table,
            original: None,
            fields: None,
            row_numbers: self.row_numbers,
            problems: self.problems,
            extra_cells: self.extra_cells,
        }
    }
}

/// A value as a person reads it in the sheet.
fn shown<'a>(value: &'a DataRef<'_>, display: Display) -> Cow<'a, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => unescape(text),
        DataRef::SharedString(text) => unescape(text),
        DataRef::Int(number) => Cow::Owned(format!("{number:0width$}", width = display.digits)),
        DataRef::Float(number) => Cow::Owned(float(*number, display)),
        DataRef::Bool(true) => Cow::Borrowed("yes"),
        DataRef::Bool(false) => Cow::Borrowed("no"),
        DataRef::DateTime(moment) => Cow::Owned(date(moment)),
        DataRef::DateTimeIso(text) => Cow::Borrowed(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::DurationIso(text) => Cow::Borrowed(text),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}

/// Text of a workbook as a spreadsheet shows it: "_x000D_" stands for the character with that number (ECMA-376,
/// 22.9.2.19), which is how characters that XML cannot hold are written, and texts that look like such an escape.
fn unescape(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let escaped = escaped_character(&rest[at..]);
        let end = at + if escaped.is_some() { ESCAPE_BYTES } else { 2 };
        plain.push_str(if escaped.is_some() { &rest[..at] } else { &rest[..end] });
        plain.extend(escaped);
        rest = &rest[end..];
    }
    if plain.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The length of an escape such as "_x000D_".
const ESCAPE_BYTES: usize = 7;

/// The character that an escape at the start of the text stands for.
pub(crate) fn escaped_character(text: &str) -> Option<char> {
    let digits = text.get(..ESCAPE_BYTES)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
}

/// Whole numbers without a decimal point. Beyond fifteen digits a workbook does not know the number exactly.
fn float(number: f64, display: Display) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:0width$.0}", width = display.digits);
    }
    number.to_string()
}

/// `yyyy-mm-dd`, with the time if there is one; `hh:mm:ss` for times and durations.
fn date(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let seconds = (days.abs() * 86_400.0).round();
    if moment.is_duration() {
        let (hours, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
        let sign = if days < 0.0 { "-" } else { "" };
        return format!("{sign}{hours}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (0.0..1.0).contains(&days) {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if hour == 0 && minute == 0 && second == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
