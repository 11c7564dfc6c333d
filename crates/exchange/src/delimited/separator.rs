//! Which character separates the cells, and where the table begins.

use crate::header_row::{self, LOOKED_AT};

/// How much of the text is looked at.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_RECORDS: usize = 50;

/// The separators people's files have, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator, and where the table begins.
#[derive(Debug)]
pub(super) struct Separator {
    pub(super) byte: u8,
    /// How many bytes come before the header: a line that declares the separator, or titles.
    pub(super) skipped: usize,
    /// Whether the bytes before the header hold text: titles, which are told.
    pub(super) titles: u32,
    /// The cells of the row right above the header, where it may group columns.
    pub(super) groups: Vec<String>,
}

impl Separator {
    fn at_the_top(byte: u8) -> Self {
        Self { byte, skipped: 0, titles: 0, groups: Vec::new() }
    }

    /// Takes the separator that was chosen, or the declaration that Excel understands (a first line such as `sep=;`), or
    /// guesses: the separator by which a row names e-mail addresses and people, else the one that is in the header and as
    /// often in the rows that follow.
    pub(super) fn of(text: &[u8], chosen: Option<u8>) -> Self {
        if let Some(declared) = declared(text)
            && chosen.is_none_or(|chosen| chosen == declared.byte)
        {
            return declared;
        }
        let sample = &text[..text.len().min(SAMPLE_BYTES)];
        let headers = SEPARATORS.iter().copied().filter(|byte| chosen.is_none_or(|chosen| chosen == *byte));
        let chosen_other = chosen.filter(|byte| !SEPARATORS.contains(byte));
        let found = headers.chain(chosen_other).filter_map(|byte| below_titles(sample, byte));
        if let Some((_, found)) = found.max_by_key(|(cells, _)| *cells) {
            return found;
        }
        if let Some(chosen) = chosen {
            return Self::at_the_top(chosen);
        }
        let records = count(sample);
        if let Some(below_title) = below_title(&records) {
            return below_title;
        }
        let Some(header) = records.first() else {
            return Self::at_the_top(SEPARATORS[0]);
        };
        // Rows that agree with the header speak loudest, then separators as programs write them, without a space after
        // them as in "City, State".
        let score = |index: usize| {
            let count = header.all[index];
            let agreeing = records.iter().filter(|record| record.all[index] == count);
            (count > 0).then(|| (agreeing.count(), header.tight[index], count))
        };
        let best = (0..SEPARATORS.len()).rev().max_by_key(|index| score(*index)).unwrap_or(0);
        Self::at_the_top(SEPARATORS[best])
    }

    /// The table beginning with the first row, whatever that is.
    pub(super) fn at_the_top_of(self, text: &[u8]) -> Self {
        let declared = declared(text).filter(|declared| declared.byte == self.byte);
        declared.unwrap_or_else(|| Self::at_the_top(self.byte))
    }

    /// The table beginning at a line that somebody named as the header's. A line past the end of the file begins none.
    pub(super) fn with_header_at(self, text: &[u8], line: u32) -> Option<Self> {
        let rows = rows_from_the_top(text, self.byte, usize::try_from(line).unwrap_or(usize::MAX));
        let at = rows.iter().position(|row| row.line >= line)?;
        Some(Self::below(self.byte, &rows, at))
    }

    /// The rows from the header on, as far as they are looked at.
    pub(super) fn rows_below(&self, text: &[u8]) -> Vec<Vec<String>> {
        let end = text.len().min(self.skipped + SAMPLE_BYTES);
        let rows = rows_from_the_top(&text[self.skipped..end], self.byte, LOOKED_AT);
        rows.into_iter().map(|row| row.cells).collect()
    }

    fn below(byte: u8, rows: &[Row], header: usize) -> Self {
        let titles = rows[..header].iter().filter(|row| row.is_filled()).count();
        let groups = header.checked_sub(1).map(|above| rows[above].cells.clone()).unwrap_or_default();
        Self { byte, skipped: rows[header].start, titles: u32::try_from(titles).unwrap_or(u32::MAX), groups }
    }
}

/// A row near the top of the text.
struct Row {
    start: usize,
    line: u32,
    cells: Vec<String>,
}

impl Row {
    fn is_filled(&self) -> bool {
        self.cells.iter().any(|cell| !cell.trim().is_empty())
    }
}

/// Up to `most` rows from the top, blank lines left out.
fn rows_from_the_top(text: &[u8], separator: u8, most: usize) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text);
    let (mut record, mut rows, mut counted, mut line) = (csv::ByteRecord::new(), Vec::new(), 0, 1);
    while rows.len() < most {
        let mut start = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            break;
        }
        while text.get(start).is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            start += 1;
        }
        line += super::line_ends(&text[counted..start]);
        counted = start;
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        rows.push(Row { start, line, cells: cells.collect() });
    }
    rows
}

/// The table whose header names e-mail addresses and people, with the number of its columns.
fn below_titles(sample: &[u8], byte: u8) -> Option<(usize, Separator)> {
    let rows = rows_from_the_top(sample, byte, LOOKED_AT);
    let header = header_row::find(rows.iter().map(|row| row.cells.as_slice()))?;
    Some((rows[header].cells.len(), Separator::below(byte, &rows, header)))
}

/// Some exports begin with a title or a note. It has no separator, and a table of at least three columns follows whose
/// rows agree; a list with one column of "Last, First" must not be taken for that.
fn below_title(records: &[Record]) -> Option<Separator> {
    const TITLE_RECORDS: usize = 5;
    let found = SEPARATORS.iter().enumerate().find_map(|(index, byte)| {
        let header = records.iter().position(|record| record.all[index] > 0)?;
        let table = &records[header..];
        let first = &table[0];
        let agreeing = table.iter().filter(|record| record.all[index] == first.all[index]).count();
        let is_table = first.tight[index] >= 2 && agreeing >= 2 && agreeing * 5 >= table.len() * 4;
        (is_table && (1..=TITLE_RECORDS).contains(&header)).then_some((*byte, header))
    });
    let (byte, header) = found?;
    let is_plain = |record: &Record| record.all.iter().sum::<usize>() == 0;
    let titles = u32::try_from(header).unwrap_or(u32::MAX);
    let skipped = records[header].start;
    records[..header].iter().all(is_plain).then(|| Separator { byte, skipped, titles, groups: Vec::new() })
}

fn declared(text: &[u8]) -> Option<Separator> {
    let (word, rest) = text.split_at_checked(4)?;
    let (&byte, end) = rest.split_first()?;
    let terminator = match end {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => return None,
    };
    let possible = byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0);
    let skipped = 5 + terminator;
    (word.eq_ignore_ascii_case(b"sep=") && possible).then_some(Separator { skipped, ..Separator::at_the_top(byte) })
}

/// How often each separator stands outside quotes in a record.
#[derive(Default)]
struct Record {
    all: [usize; SEPARATORS.len()],
    /// Without a space after it.
    tight: [usize; SEPARATORS.len()],
    filled: bool,
    /// Where it begins in the text.
    start: usize,
}

/// Counts for each record that has any character.
fn count(sample: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    let (mut record, mut quoted) = (Record::default(), false);
    for (at, &byte) in sample.iter().enumerate() {
        if matches!(byte, b'\n' | b'\r') && !quoted {
            let ended = std::mem::take(&mut record);
            if ended.filled {
                records.push(ended);
            }
            if records.len() == SAMPLE_RECORDS {
                return records;
            }
            continue;
        }
        if !record.filled {
            record.start = at;
        }
        record.filled = true;
        quoted ^= byte == b'"';
        if let Some(index) = SEPARATORS.iter().position(|known| *known == byte && !quoted) {
            record.all[index] += 1;
            record.tight[index] += usize::from(sample.get(at + 1) != Some(&b' '));
        }
    }
    if record.filled {
        records.push(record);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(text: &str) -> char {
        char::from(Separator::of(text.as_bytes(), None).byte)
    }

    #[test]
    fn the_header_decides_and_the_rows_confirm() {
        assert_eq!(separator("Name,City\nA,B\n"), ',');
        assert_eq!(separator("Name;City\nSmith, John;New York, NY\n"), ';');
        assert_eq!(separator("Name\tCity, State\nA\tB, C\n"), '\t');
        assert_eq!(separator("\"a;b;c\",d\n\"x;y;z\",d\n"), ',');
        assert_eq!(separator("Name (first; last),City,Zip\nA,B,C\nA,B,C\n"), ',');
        assert_eq!(separator("Name\nA\n"), ',');
        assert_eq!(separator("First name|Email\nAnn|a@x.example\n"), '|');
        assert_eq!(separator("Name|City|Note\nA|B|C, D, E\n"), '|');
        assert_eq!(separator(""), ',');
    }

    #[test]
    fn a_title_above_the_table_is_skipped() {
        let text = "Notes:\n\"Exported by me, you and him,\"\n\nFirst,Last,City\nA,B,C\nD,E,\"F,\nG\"\n";
        let found = Separator::of(text.as_bytes(), None);
        assert_eq!((found.byte, &text[found.skipped..found.skipped + 5]), (b',', "First"));
        for list in ["Name\nLee, Ann\nRay, Bo\n", "Address\n1 Main St, Springfield, IL\n2 Side St, Bonn, DE\n"] {
            assert_eq!(Separator::of(list.as_bytes(), None).skipped, 0, "{list}");
        }
    }

    #[test]
    fn a_declared_separator_wins() {
        let found = Separator::of(b"sep=|\r\nName|City, State\r\n", None);
        assert_eq!((found.byte, found.skipped), (b'|', 7));
        assert_eq!(Separator::of(b"SEP=;\nName", None).skipped, 6);
        assert_eq!(Separator::of(b"sep=;Name", None).skipped, 0);
        assert_eq!(Separator::of(b"sep=", None).skipped, 0);
    }
}
