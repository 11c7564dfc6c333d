//! Records, one by one, into a sheet.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap, HashSet},
};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{line_ends, quotes, separator::Separator};
use crate::{
    assumed::{Assumed, Doubt, Format, ReadOptions},
    dates::Dates,
    encoding::{Decoded, GAP},
    header_row::with_groups,
    headers::{Headers, is_data_row},
    limits::Limits,
    reading::{ReadError, Watch, report},
    recognise::is_binary,
    sheet::{RowProblem, Sheet},
    table::Table,
};
use liaison_writers::strip_guard;

/// No record may have more cells than this, however wide the header is.
const RECORD_CELLS: usize = 1 << 16;

/// How many bytes are read between two reports of progress.
const REPORT_BYTES: usize = 4 << 20;

/// Takes a text apart.
pub(crate) fn read(
    mut decoded: Decoded,
    options: &ReadOptions,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Sheet, ReadError> {
    let text = &decoded.padded[GAP..];
    if !decoded.declared && is_binary(text) {
        return Err(ReadError::NotRecognised { found: "data that is no text" });
    }
    let chosen = options.separator.map(|separator| u8::try_from(separator).ok().filter(u8::is_ascii));
    if chosen.flatten().is_some_and(|byte| matches!(byte, b'"' | b'\r' | b'\n' | 0)) || chosen == Some(None) {
        let detail = "a separator is one character: a comma, a semicolon, a tab, a vertical bar …".to_owned();
        return Err(ReadError::Options { detail });
    }
    let mut separator = Separator::of(text, chosen.flatten());
    if options.header_row == Some(0) {
        separator = separator.at_the_top_of(text);
    }
    if let Some(line) = options.header_row.filter(|line| *line > 0) {
        let past_the_end = || ReadError::Options { detail: format!("the file has no row {line}") };
        separator = separator.with_header_at(text, line).ok_or_else(past_the_end)?;
    }
    let header = Header::of(text, &separator, options.header_row);
    let line = 1 + line_ends(&text[..separator.skipped]);
    let (mended, quotes) = quotes::mend(text, separator.skipped, line, separator.byte, header.columns);
    if let Some(mended) = mended {
        decoded.padded.truncate(GAP);
        decoded.padded.extend_from_slice(&mended);
    }
    let has_nul = memchr::memchr(0, &decoded.padded[GAP..]).is_some();
    let mut rows = Rows {
        limits,
        headers: Headers::default(),
        columns: if header.kind == HeaderKind::None { header.columns.min(limits.columns) } else { 0 },
        kind: header.kind,
        groups: std::mem::take(&mut separator.groups),
        header_line: None,
        ends: Vec::new(),
        row_numbers: Vec::new(),
        problems: BTreeMap::new(),
        extra_cells: HashMap::new(),
        suspicious: has_nul || decoded.replaced,
        replaced: decoded.replaced,
        mended: quotes.mended.iter().filter(|row| !row.is_whole).map(|row| row.line).collect(),
        lengths: Lengths::default(),
        cutter: Cutter::new(std::mem::take(&mut decoded.padded), &separator),
    };
    rows.read_all(watch)?;
    if rows.row_numbers.is_empty() {
        return Err(ReadError::Empty);
    }
    let columns = rows.headers.len();
    let mut assumed = Assumed {
        encoding: Some(decoded.name.to_owned()),
        encoding_by: Some(decoded.by),
        separator: Some(char::from(separator.byte)),
        header_row: rows.header_line,
        above_header: separator.titles,
        doubts: decoded.doubts,
        ..Assumed::of(Format::Csv)
    };
    assumed.doubts.extend(quotes.doubts());
    assumed.doubts.extend(rows.lengths.doubt());
    Ok(Sheet {
        assumed,
        preset: None,
        headers: rows.headers.into_names(),
        left_out: Vec::new(),
        table: Table::from_parts(rows.cutter.into_text()?, rows.ends, columns),
        original: None,
        fields: None,
        row_numbers: rows.row_numbers,
        problems: rows.problems,
        extra_cells: rows.extra_cells,
        dates: Dates::default(),
    })
}

/// What is known of the header before rows are read.
struct Header {
    kind: HeaderKind,
    /// How many cells it has.
    columns: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HeaderKind {
    /// The first row with anything in it, unless it looks like a person.
    FirstRow,
    /// The first row, whatever it looks like: somebody chose it.
    Chosen,
    /// There is none; the widest of the first rows says how many columns there are.
    None,
}

impl Header {
    fn of(text: &[u8], separator: &Separator, chosen: Option<u32>) -> Self {
        let rows = separator.rows_below(text);
        let first = rows.iter().find(|cells| cells.iter().any(|cell| !cell.trim().is_empty())).map_or(0, Vec::len);
        match chosen {
            Some(0) => Self { kind: HeaderKind::None, columns: rows.iter().map(Vec::len).max().unwrap_or(first) },
            Some(_) => Self { kind: HeaderKind::Chosen, columns: first },
            None => Self { kind: HeaderKind::FirstRow, columns: first },
        }
    }
}

/// How many cells rows have, compared with the header.
#[derive(Default)]
struct Lengths {
    fitting: u32,
    longer: (u32, u32),
    shorter: (u32, u32),
}

impl Lengths {
    fn add(&mut self, cells: usize, columns: usize, line: u32) {
        let of = match cells.cmp(&columns) {
            Ordering::Equal => return self.fitting += 1,
            Ordering::Greater => &mut self.longer,
            Ordering::Less => &mut self.shorter,
        };
        *of = (of.0 + 1, if of.0 == 0 { line } else { of.1 });
    }

    /// Programs that leave out blank cells at the end of rows do so in most rows; a few short rows are odd.
    fn doubt(&self) -> Option<Doubt> {
        let (short, first_short) = if self.shorter.0 * 4 <= self.fitting { self.shorter } else { (0, 0) };
        let (long, first_long) = self.longer;
        let first = [(short, first_short), (long, first_long)].into_iter().filter(|(rows, _)| *rows > 0);
        let first = first.map(|(_, line)| line).min()?;
        Some(Doubt::RowsOfAnotherLength { rows: short + long, first })
    }
}

struct Rows<'a> {
    cutter: Cutter,
    limits: &'a Limits,
    headers: Headers,
    /// How many columns a table without a header has.
    columns: usize,
    kind: HeaderKind,
    /// The row above the header, where its cells may stand over several columns.
    groups: Vec<String>,
    header_line: Option<u32>,
    ends: Vec<u32>,
    row_numbers: Vec<u32>,
    problems: BTreeMap<usize, RowProblem>,
    extra_cells: HashMap<usize, Vec<String>>,
    /// Whether cells have to be searched for characters that make a row bad.
    suspicious: bool,
    replaced: bool,
    /// Lines of rows whose quotes do not fit together and leave open what was meant.
    mended: HashSet<u32>,
    lengths: Lengths,
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
        let is_data = match self.kind {
            HeaderKind::FirstRow => is_data_row(cells.iter().map(String::as_str)),
            HeaderKind::Chosen => false,
            HeaderKind::None => true,
        };
        if is_data {
            self.headers = Headers::numbered(cells.len().max(self.columns));
            return self.record(record);
        }
        self.header_line = Some(record.line);
        let cells = cells.into_iter().map(|cell| strip_guard(&cell).to_owned()).collect();
        self.headers = Headers::new(with_groups(&self.groups, cells));
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
        if self.mended.contains(&record.line) {
            self.problems.insert(row, RowProblem::MismatchedQuotes);
        }
        if self.cutter.is_filled(record) {
            self.lengths.add(record.cells, columns, record.line);
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
        let mut record = Record { start: self.output, cells: 0, line: self.line };
        loop {
            let (done, rest) = self.buffer.split_at_mut(self.position);
            let (result, read, written, cells) =
                self.reader.read_record(rest, &mut done[self.output..], &mut self.ends[record.cells..]);
            self.position += read;
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

    /// Whether any cell of the record has more than white space.
    fn is_filled(&self, record: &Record) -> bool {
        self.buffer[record.start..self.output].iter().any(|byte| !byte.is_ascii_whitespace())
    }

    fn into_text(mut self) -> Result<String, ReadError> {
        self.buffer.truncate(self.output);
        if self.buffer.capacity() > 2 * self.buffer.len() {
            self.buffer.shrink_to_fit();
        }
        String::from_utf8(self.buffer).map_err(|error| ReadError::Damaged { detail: error.to_string() })
    }
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
    if liaison_writers::is_guarded(cell) { &cell[1..] } else { cell }
}
