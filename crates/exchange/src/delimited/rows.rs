//! Records, one by one, into a sheet.

use std::collections::{BTreeMap, HashMap};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::separator::Separator;
use crate::{
    encoding::{Decoded, GAP},
    headers::{Headers, is_data_row},
    limits::Limits,
    reading::{ReadError, Watch, report},
    recognise::is_binary,
    sheet::{Format, RowProblem, Sheet},
    table::Table,
    write::strip_guard,
};

/// No record may have more cells than this, however wide the header is.
const RECORD_CELLS: usize = 1 << 16;

/// How many bytes are read between two reports of progress.
const REPORT_BYTES: usize = 4 << 20;

/// Takes a text apart.
pub(crate) fn read(decoded: Decoded, limits: &Limits, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    let text = &decoded.padded[GAP..];
    if !decoded.declared && is_binary(text) {
        return Err(ReadError::NotRecognised { found: "data that is no text" });
    }
    let separator = Separator::of(text);
    let (encoding, has_nul) = (decoded.name, memchr::memchr(0, text).is_some());
    let mut rows = Rows {
        cutter: Cutter::new(decoded.padded, &separator),
        limits,
        headers: Headers::default(),
        ends: Vec::new(),
        row_numbers: Vec::new(),
        problems: BTreeMap::new(),
        extra_cells: HashMap::new(),
        suspicious: has_nul || decoded.replaced,
        replaced: decoded.replaced,
    };
    rows.read_all(watch)?;
    if rows.row_numbers.is_empty() {
        return Err(ReadError::Empty);
    }
    let columns = rows.headers.len();
    Ok(Sheet {
        format: Format::Csv,
        encoding: Some(encoding),
        separator: Some(char::from(separator.byte)),
        sheet_name: None,
        preset: None,
        headers: rows.headers.into_names(),
        left_out: Vec::new(),
        table: Table::from_parts(rows.cutter.into_text()?, rows.ends, columns),
        original: None,
        fields: None,
        row_numbers: rows.row_numbers,
        problems: rows.problems,
        extra_cells: rows.extra_cells,
    })
}

struct Rows<'a> {
    cutter: Cutter,
    limits: &'a Limits,
    headers: Headers,
    ends: Vec<u32>,
    row_numbers: Vec<u32>,
    problems: BTreeMap<usize, RowProblem>,
    extra_cells: HashMap<usize, Vec<String>>,
    /// Whether cells have to be searched for characters that make a row bad.
    suspicious: bool,
    replaced: bool,
}

impl Rows<'_> {
    fn read_all(&mut self, watch: &mut Watch<'_>) -> Result<(), ReadError> {
        let total = self.cutter.buffer.len();
        let mut next_report = REPORT_BYTES;
        loop {
            let blank_from = self.cutter.line;
            let blank_lines = self.cutter.skip_blank_lines();
            let Some(record) = self.cutter.next_record()? else {
                return Ok(());
            };
            if self.headers.len() == 0 {
                self.first_record(&record)?;
                continue;
            }
            // Blank lines count as rows only between rows: at the end of a file they are nobody's.
            for line in 0..blank_lines {
                self.add_row(blank_from + line)?;
                let end = record.start as u32;
                self.ends.extend(std::iter::repeat_n(end, self.headers.len()));
            }
            self.record(&record)?;
            if self.cutter.position >= next_report {
                report(watch, self.cutter.position, total)?;
                next_report = self.cutter.position + REPORT_BYTES;
                self.reserve(total);
            }
        }
    }

    /// The first record that holds anything is the header, unless it looks like a person already.
    fn first_record(&mut self, record: &Record) -> Result<(), ReadError> {
        let cells = self.cutter.texts(record);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            self.cutter.forget(record.start);
            return Ok(());
        }
        if cells.len() > self.limits.columns {
            return Err(ReadError::TooManyColumns { limit: self.limits.columns });
        }
        if is_data_row(cells.iter().map(String::as_str)) {
            self.headers = Headers::numbered(cells.len());
            return self.record(record);
        }
        self.headers = Headers::new(cells.into_iter().map(|cell| strip_guard(&cell).to_owned()));
        self.cutter.forget(record.start);
        Ok(())
    }

    fn add_row(&mut self, line: u32) -> Result<usize, ReadError> {
        let limit = self.limits.rows_of(self.headers.len());
        if self.row_numbers.len() >= limit {
            return Err(ReadError::TooManyRows { limit });
        }
        self.row_numbers.push(line);
        Ok(self.row_numbers.len() - 1)
    }

    fn record(&mut self, record: &Record) -> Result<(), ReadError> {
        let columns = self.headers.len();
        let row = self.add_row(record.line)?;
        if record.unclosed_quote {
            self.problems.insert(row, RowProblem::UnclosedQuote);
        }
        if record.cells > columns {
            self.keep_extra_cells(row, record, columns);
        }
        let needs_rewriting = {
            let large = self.cutter.output - record.start > self.limits.cell_bytes;
            large || self.cutter.any_cell_starts_with_quote(record, columns)
        };
        if needs_rewriting {
            self.rewrite(row, record, columns);
        }
        for cell in 0..columns {
            let end = record.start + self.cutter.ends[cell.min(record.cells - 1)];
            self.ends.push(end as u32);
        }
        if self.suspicious {
            self.search(row, record, columns);
        }
        Ok(())
    }

    /// Takes the cells that no header names out of the text.
    fn keep_extra_cells(&mut self, row: usize, record: &Record, columns: usize) {
        let mut extra = self.cutter.texts(record).split_off(columns);
        extra.truncate(extra.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1));
        self.cutter.forget(record.start + self.cutter.ends[columns - 1]);
        if extra.is_empty() {
            return;
        }
        for cell in &mut extra {
            cut(cell, self.limits.cell_bytes);
        }
        let count = extra.len();
        self.extra_cells.insert(row, extra);
        self.problems.entry(row).or_insert(RowProblem::ExtraCells { count });
    }

    /// Takes off guards against formulas, and cuts cells that are too large, moving what follows forward.
    fn rewrite(&mut self, row: usize, record: &Record, columns: usize) {
        let limit = self.limits.cell_bytes;
        let cells = record.cells.min(columns);
        let (mut from, mut to) = (record.start, record.start);
        for cell in 0..cells {
            let end = record.start + self.cutter.ends[cell];
            let text = &self.cutter.buffer[from..end];
            let kept = strip_guard_bytes(text);
            let mut start = end - kept.len();
            let mut length = kept.len();
            if length > limit {
                length = char_boundary(kept, limit);
                let column = self.headers.name(cell);
                let bytes = kept.len();
                let problem = RowProblem::CellTooLarge { column, bytes, limit };
                self.problems.entry(row).or_insert(problem);
            }
            self.cutter.buffer.copy_within(start..start + length, to);
            start = to;
            to = start + length;
            self.cutter.ends[cell] = to - record.start;
            from = end;
        }
        self.cutter.forget(to);
    }

    fn search(&mut self, row: usize, record: &Record, columns: usize) {
        let mut start = record.start;
        for cell in 0..record.cells.min(columns) {
            let end = record.start + self.cutter.ends[cell];
            let text = &self.cutter.buffer[start..end];
            let column = || self.headers.name(cell);
            let problem = if memchr::memchr(0, text).is_some() {
                Some(RowProblem::NulCharacter { column: column() })
            } else if self.replaced && memchr::memmem::find(text, "\u{fffd}".as_bytes()).is_some() {
                Some(RowProblem::Undecodable { column: column() })
            } else {
                None
            };
            if let Some(problem) = problem {
                self.problems.entry(row).or_insert(problem);
            }
            start = end;
        }
    }

    /// Makes room for all rows once the first few megabytes tell how many there will be; growing by doubling would
    /// hold the list twice for a moment.
    fn reserve(&mut self, total: usize) {
        let left = total - self.cutter.position;
        let rows_left = self.row_numbers.len().saturating_mul(left) / self.cutter.position.max(1);
        let rows_left = (rows_left + rows_left / 16).min(self.limits.rows);
        self.row_numbers.reserve(rows_left);
        self.ends.reserve(rows_left.saturating_mul(self.headers.len()));
    }
}

/// One record, its cells in the cutter's buffer from `start` on.
struct Record {
    start: usize,
    cells: usize,
    line: u32,
    unclosed_quote: bool,
}

/// Cuts the text into records. The buffer holds finished cells up to `output`, and text yet to be read from
/// `position` on; the gap between them never shrinks below what it was, as cells are no longer than their source.
struct Cutter {
    reader: Reader,
    buffer: Vec<u8>,
    output: usize,
    position: usize,
    /// Where the cells of the current record end, relative to its start.
    ends: Vec<usize>,
    /// The line that `position` is on; the file's first is 1.
    line: u32,
}

impl Cutter {
    fn new(buffer: Vec<u8>, separator: &Separator) -> Self {
        let line = 1 + line_ends(&buffer[GAP..GAP + separator.skipped]);
        Self {
            reader: ReaderBuilder::new().delimiter(separator.byte).build(),
            buffer,
            output: 0,
            position: GAP + separator.skipped,
            ends: vec![0; 64],
            line,
        }
    }

    /// Steps over line ends with nothing before them; answers how many.
    fn skip_blank_lines(&mut self) -> u32 {
        let before = self.line;
        loop {
            self.position += match &self.buffer[self.position..] {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => return self.line - before,
            };
            self.line = self.line.saturating_add(1);
        }
    }

    fn next_record(&mut self) -> Result<Option<Record>, ReadError> {
        if self.position == self.buffer.len() {
            return Ok(None);
        }
        let mut record = Record { start: self.output, cells: 0, line: self.line, unclosed_quote: false };
        loop {
            let (done, rest) = self.buffer.split_at_mut(self.position);
            // At the end of the text a line end is made up: inside quotes it becomes part of the cell, which tells
            // that the quote is open. An empty input then ends the record.
            let at_end = rest.is_empty();
            let input = if at_end && !record.unclosed_quote { b"\n" } else { &*rest };
            let (result, read, written, cells) =
                self.reader.read_record(input, &mut done[self.output..], &mut self.ends[record.cells..]);
            if !at_end {
                self.position += read;
            } else if written > 0 {
                record.unclosed_quote = true;
            }
            self.output += written;
            record.cells += cells;
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= RECORD_CELLS => {
                    return Err(ReadError::TooManyColumns { limit: RECORD_CELLS });
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => {}
            }
        }
        if record.unclosed_quote {
            self.output -= 1;
            self.ends[record.cells - 1] -= 1;
        }
        // The reader ends a record at "\r"; the "\n" after it belongs to the same line end.
        if self.buffer[self.position - 1] == b'\r' && self.buffer.get(self.position) == Some(&b'\n') {
            self.position += 1;
        }
        let lines = 1 + line_ends(&self.buffer[record.start..self.output]);
        self.line = self.line.saturating_add(lines);
        Ok(Some(record))
    }

    /// Drops everything written after `output`.
    fn forget(&mut self, output: usize) {
        self.output = output;
    }

    /// The cells of the record as strings, for the rare ones that are looked at closely.
    fn texts(&self, record: &Record) -> Vec<String> {
        let mut start = record.start;
        let ends = &self.ends[..record.cells];
        let cut = ends.iter().map(|end| {
            let cell = &self.buffer[start..record.start + end];
            start = record.start + end;
            String::from_utf8_lossy(cell).into_owned()
        });
        cut.collect()
    }

    fn any_cell_starts_with_quote(&self, record: &Record, columns: usize) -> bool {
        let cells = &self.ends[..record.cells.min(columns)];
        let starts = std::iter::once(0).chain(cells.iter().copied());
        starts.zip(cells).any(|(start, end)| start < *end && self.buffer[record.start + start] == b'\'')
    }

    fn into_text(mut self) -> Result<String, ReadError> {
        self.buffer.truncate(self.output);
        if self.buffer.capacity() > 2 * self.buffer.len() {
            self.buffer.shrink_to_fit();
        }
        String::from_utf8(self.buffer).map_err(|error| ReadError::Damaged { detail: error.to_string() })
    }
}

/// How many lines a text ends, "\r\n" being one line end.
fn line_ends(text: &[u8]) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text);
    let count = ends.filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n')).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The largest length up to `limit` that does not split a character.
fn char_boundary(text: &[u8], limit: usize) -> usize {
    let is_boundary = |at: &usize| text.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80);
    (0..=limit.min(text.len())).rev().find(is_boundary).unwrap_or(0)
}

fn cut(cell: &mut String, limit: usize) {
    let length = char_boundary(cell.as_bytes(), limit);
    cell.truncate(length);
}

fn strip_guard_bytes(cell: &[u8]) -> &[u8] {
    if crate::write::is_guarded(cell) { &cell[1..] } else { cell }
}
