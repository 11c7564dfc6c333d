//! What is to be known of a workbook from before Excel 2007 beside what the library reads of it: how its cells show
//! their numbers, of which the library keeps only whether one is a date, and how much memory reading it will take, of
//! which the library thinks only afterwards. Found by a look of its own at the records of the workbook (MS-XLS).
//! Whatever is not as expected ends the look: numbers are then shown plainly.

use std::collections::HashMap;

use super::compound_file::{u16_at, u32_at, workbook_stream};
use super::shown::Display;

/// The cells of each sheet, by its name, whose numbers are shown in a way of their own.
pub(super) type Formats = HashMap<String, HashMap<(u32, u32), Display>>;

/// What reading a workbook takes memory for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    /// The cells from the first to the last that each sheet has or says it has, filled or not.
    pub(super) cells: u64,
    /// Characters that cells share with others, once for each of them.
    pub(super) shared: u64,
}

/// What the sheets of a workbook span together. Nothing where it can't be told.
pub(super) fn span(content: &[u8]) -> Span {
    let Some(stream) = workbook_stream(content) else { return Span::default() };
    let lengths = lengths_of_shared(&stream);
    let starts = records(&stream, 0).take_while(|(kind, _)| *kind != EOF).filter(|(kind, _)| *kind == SHEET);
    let sheets = starts.filter_map(|(_, data)| u32_at(data, 0));
    sheets.map(|start| span_of_sheet(&stream, start as usize, &lengths)).fold(Span::default(), |all, one| Span {
        cells: all.cells.saturating_add(one.cells),
        shared: all.shared.saturating_add(one.shared),
    })
}

/// How many characters each of the texts has that cells share. They go on over records that continue the first; a text
/// that does says anew, with a byte, whether its characters have one byte or two.
fn lengths_of_shared(stream: &[u8]) -> Vec<u16> {
    let mut parts = records(stream, 0).skip_while(|(kind, _)| *kind != SHARED);
    let Some((_, first)) = parts.next() else { return Vec::new() };
    let mut rest = parts.take_while(|(kind, _)| *kind == CONTINUE).map(|(_, data)| data);
    let (mut data, mut lengths) = (first.get(8..).unwrap_or_default(), Vec::new());
    loop {
        while data.is_empty() {
            let Some(next) = rest.next() else { return lengths };
            data = next;
        }
        let (Some(length), Some(&flags)) = (u16_at(data, 0), data.get(2)) else { return lengths };
        lengths.push(length);
        let has = |flag: u8, size: usize| if flags & flag == 0 { 0 } else { size };
        let (runs, extra) = (has(8, 2), has(4, 4));
        let mut skipped = if runs > 0 { u16_at(data, 3).map_or(0, |runs| usize::from(runs) * 4) } else { 0 };
        skipped += if extra > 0 { u32_at(data, 3 + runs).unwrap_or(0) as usize } else { 0 };
        data = data.get(3 + runs + extra..).unwrap_or_default();
        let (mut characters, mut size) = (usize::from(length), 1 + usize::from(flags & 1));
        while characters > 0 {
            let here = characters.min(data.len() / size);
            data = &data[here * size..];
            characters -= here;
            if characters > 0 {
                let Some(next) = rest.next() else { return lengths };
                size = 1 + next.first().map_or(0, |flags| usize::from(flags & 1));
                data = next.get(1..).unwrap_or_default();
            }
        }
        while skipped > data.len() {
            skipped -= data.len();
            let Some(next) = rest.next() else { return lengths };
            data = next;
        }
        data = &data[skipped..];
    }
}

fn span_of_sheet(stream: &[u8], start: usize, lengths: &[u16]) -> Span {
    let mut shared = 0_u64;
    let (mut said, mut first, mut last) = (0, (u64::MAX, u64::MAX), (0, 0));
    let mut depth = 0_usize;
    for (kind, data) in records(stream, start) {
        let number = |at: usize| u16_at(data, at).map(u64::from);
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS => {
                // Older versions have rows of two bytes, too.
                let (rows, columns) = if data.len() < 14 {
                    ([number(0), number(2)], [number(4), number(6)])
                } else {
                    ([u32_at(data, 0).map(u64::from), u32_at(data, 4).map(u64::from)], [number(8), number(10)])
                };
                // The last is one too high, and may be below the first where it is spoiled.
                let size = |[from, to]: [Option<u64>; 2]| Some(to?.wrapping_sub(from?) & 0xFFFF_FFFF);
                said =
                    said.max(size(rows).zip(size(columns)).map_or(0, |(rows, columns)| rows.saturating_mul(columns)));
            }
            NUMBER | SHORT_NUMBER | SHORT_NUMBERS | FORMULA | TEXT | SHARED_TEXT | RICH_TEXT | FLAG => {
                let (Some(row), Some(column)) = (number(0), number(2)) else { continue };
                if kind == SHARED_TEXT {
                    let length = u32_at(data, 6).and_then(|text| lengths.get(text as usize));
                    shared += length.copied().map_or(0, u64::from);
                }
                let end = if kind == SHORT_NUMBERS { column + data.len() as u64 / 6 } else { column };
                first = (first.0.min(row), first.1.min(column));
                last = (last.0.max(row), last.1.max(end));
            }
            _ => {}
        }
    }
    let spanned = |from: u64, to: u64| to.checked_sub(from).map_or(0, |size| size + 1);
    Span { cells: said.max(spanned(first.0, last.0).saturating_mul(spanned(first.1, last.1))), shared }
}

/// Looks through the whole workbook.
pub(super) fn formats(content: &[u8]) -> Formats {
    workbook_stream(content).and_then(|stream| formats_in(&stream)).unwrap_or_default()
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const NUMBER: u16 = 0x0203;
const SHORT_NUMBER: u16 = 0x027E;
const SHORT_NUMBERS: u16 = 0x00BD;
const FORMULA: u16 = 0x0006;
const DIMENSIONS: u16 = 0x0200;
const SHARED: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const TEXT: u16 = 0x0204;
const SHARED_TEXT: u16 = 0x00FD;
const RICH_TEXT: u16 = 0x00D6;
const FLAG: u16 = 0x0205;
/// The version of Excel 97 and all that followed.
const VERSION: u16 = 0x0600;

/// More sheets than anybody has; each is looked through once.
const MOST_SHEETS: usize = 256;

/// The records from an offset on: their kind and what they hold.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at + 2)? as usize);
        let data = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, data))
    })
}

/// A text of so many characters: a byte says whether they have one byte each or two.
fn text(data: &[u8], characters: usize) -> Option<String> {
    let (is_wide, rest) = (data.first()? & 1 == 1, &data[1..]);
    if is_wide {
        let units: Vec<u16> = rest.get(..2 * characters)?.chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
        return Some(String::from_utf16_lossy(&units));
    }
    Some(rest.get(..characters)?.iter().map(|byte| char::from(*byte)).collect())
}

fn formats_in(stream: &[u8]) -> Option<Formats> {
    let (mut codes, mut styles, mut sheets) = (HashMap::new(), Vec::new(), Vec::new());
    for (kind, data) in records(stream, 0) {
        match kind {
            BOF if u16_at(data, 0)? != VERSION => return None,
            FORMAT => {
                let code = text(data.get(4..)?, usize::from(u16_at(data, 2)?))?;
                codes.insert(u16_at(data, 0)?, Display::of_code(&code));
            }
            STYLE => styles.push(u16_at(data, 2)?),
            SHEET => sheets.push((u32_at(data, 0)? as usize, text(data.get(7..)?, usize::from(*data.get(6)?))?)),
            EOF => break,
            _ => {}
        }
    }
    let display = |style: u16| codes.get(styles.get(usize::from(style))?).filter(|display| !display.is_plain());
    let mut formats = Formats::new();
    sheets.truncate(MOST_SHEETS);
    for (start, name) in sheets {
        let mut cells = HashMap::new();
        let mut depth = 0_usize;
        for (kind, data) in records(stream, start) {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                // Charts stand inside the sheet, with records of their own.
                _ if depth > 1 => {}
                NUMBER | SHORT_NUMBER | FORMULA => {
                    let position = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                    if let Some(display) = display(u16_at(data, 4)?) {
                        cells.insert(position, display.clone());
                    }
                }
                SHORT_NUMBERS => {
                    let (row, first) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                    // Each has a style and a number of four bytes; the last column stands behind them.
                    let numbers = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                    for (column, number) in (first..).zip(numbers) {
                        if let Some(display) = display(u16_at(number, 0)?) {
                            cells.insert((row, column), display.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        formats.insert(name, cells);
    }
    Some(formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Record<'r> = (u16, &'r [u8]);

    /// The stream of a workbook with one sheet, which holds these records.
    fn stream(sheet: &[Record<'_>]) -> Vec<u8> {
        let record =
            |(kind, data): &(u16, &[u8])| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
        let version = VERSION.to_le_bytes();
        let start = (8 + 4 + 9 + 4) as u32;
        let entry = [&start.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat();
        let globals = [(BOF, &[version[0], version[1], 5, 0][..]), (SHEET, &entry[..]), (EOF, &[])];
        let (begin, end): (Record<'_>, Record<'_>) = ((BOF, &[0, 6, 16, 0]), (EOF, &[]));
        globals.iter().chain([&begin]).chain(sheet).chain([&end]).flat_map(record).collect()
    }

    #[test]
    fn what_a_sheet_spans_is_known_before_it_is_read() {
        let at = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0, 0], [0, 0], [0, 0]].concat();
        let span = |sheet: &[Record<'_>]| {
            let stream = stream(sheet);
            let start = u32_at(records(&stream, 0).nth(1).expect("a sheet").1, 0).expect("a place");
            span_of_sheet(&stream, start as usize, &[]).cells
        };
        assert_eq!(span(&[]), 0);
        assert_eq!(span(&[(SHARED_TEXT, &at(3, 4)), (SHORT_NUMBER, &at(9, 2))]), 7 * 3);
        assert_eq!(span(&[(TEXT, &at(0, 0)), (NUMBER, &at(65_535, 255))]), 65_536 * 256, "two cells far apart");
        let said = [0_u32.to_le_bytes(), 65_536_u32.to_le_bytes()].concat();
        let said = [&said[..], &[0, 0, 0, 1, 0, 0]].concat();
        assert_eq!(span(&[(DIMENSIONS, &said), (TEXT, &at(0, 0))]), 65_536 * 256, "what it only says");
        let spoiled = [&9_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &[0, 0, 2, 0, 0, 0]].concat();
        assert!(span(&[(DIMENSIONS, &spoiled)]) > 1 << 32);
        let chart: [Record<'_>; 4] = [(TEXT, &at(0, 0)), (BOF, &[]), (NUMBER, &at(60_000, 200)), (EOF, &[])];
        assert_eq!(span(&chart), 1, "what is in a chart is no cell");
    }

    #[test]
    fn texts_that_cells_share_are_counted_for_each_of_them() {
        let record =
            |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
        let narrow = [&[3, 0, 0][..], b"Ann"].concat();
        let wide = [&[2, 0, 1][..], &[0x41, 1, 0x42, 1]].concat();
        // With a run of formats and something of an extension behind it.
        let rich = [&[1, 0, 0b1100, 1, 0, 2, 0, 0, 0][..], b"x", &[9; 4], &[8; 2]].concat();
        let cut = [&[5, 0, 0][..], b"ab"].concat();
        let first = [&[0; 8][..], &narrow, &wide, &rich, &cut].concat();
        // The rest of the last one, now of two bytes each, and one more.
        let second = [&[1][..], &[0x63, 0, 0x64, 0, 0x65, 0], &narrow].concat();
        let stream = [record(SHARED, &first), record(CONTINUE, &second), record(EOF, &[])].concat();
        assert_eq!(lengths_of_shared(&stream), [3, 2, 1, 5, 3]);
        for at in 0..stream.len() {
            lengths_of_shared(&stream[..at]);
        }
        let cell = |text: u8| record(SHARED_TEXT, &[0, 0, 0, 0, 0, 0, text, 0, 0, 0]);
        let sheet = [cell(0), cell(3), cell(3), cell(99), record(EOF, &[])].concat();
        assert_eq!(span_of_sheet(&sheet, 0, &[3, 2, 1, 5, 3]).shared, 13);
    }

    #[test]
    fn what_is_no_workbook_has_no_formats() {
        let file = include_bytes!("../../tests/fixtures/real/60-old-excel.xls");
        assert_eq!(formats(file)["People"].len(), 2);
        let spanned = span(file);
        assert!((10..1000).contains(&spanned.cells) && (10..1000).contains(&spanned.shared), "{spanned:?}");
        assert!(formats(b"").is_empty());
        // However it is cut or spoiled, there is an answer.
        for at in 0..file.len() {
            formats(&file[..at]);
            span(&file[..at]);
        }
        let mut spoiled = file.to_vec();
        for at in (0..file.len()).filter(|at| *at < 1024 || at % 7 == 0) {
            let byte = std::mem::replace(&mut spoiled[at], 0xFE);
            formats(&spoiled);
            span(&spoiled);
            spoiled[at] = byte;
        }
    }
}
