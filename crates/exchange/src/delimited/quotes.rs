//! Quotation marks that do not fit together.
//!
//! A cell in quotes ends where a quote stands before a separator or a line end. Where other text follows, where no such
//! quote comes, or where whole rows lie between the two, the row was not written by that rule: a person typed an inch
//! sign, or a program escapes quotes by backslashes. Read by the rule such a cell swallows the rows after it. So these
//! rows are written anew before anything is cut: as what was meant where the number of cells proves it, else line by
//! line as they stand.

use super::line_ends;
use liaison_values::content::is_email;

use crate::assumed::Doubt;

/// A row that was written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mended {
    /// The line it begins on.
    pub(super) line: u32,
    /// Whether it has as many cells as the header. If not, what was meant is not known.
    pub(super) is_whole: bool,
}

/// What was found about quoted cells.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Rows that were mended, by line.
    pub(super) mended: Vec<Mended>,
    /// Rows with a cell of very many lines, by line, and how many lines.
    pub(super) long: Vec<(u32, u32)>,
}

impl Quotes {
    /// What a person should look at.
    pub(super) fn doubts(&self) -> Vec<Doubt> {
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let mended = self.mended.first().map(|row| Doubt::Quotes { rows: count(self.mended.len()), first: row.line });
        let long = self.long.first().map(|(first, _)| Doubt::LongQuotedCells {
            rows: count(self.long.len()),
            first: *first,
            lines: self.long.iter().map(|(_, lines)| *lines).max().unwrap_or_default(),
        });
        mended.into_iter().chain(long).collect()
    }
}

/// A quoted cell with more lines than this is one to look at.
const MANY_LINES: u32 = 25;

/// How far the end of a cell is looked for once the rule does not hold.
const FAR_LINES: usize = 30;
const FAR_BYTES: usize = 64 * 1024;

/// How many readings of one row are tried.
const TRIES: usize = 300;

/// Looks through the text from `start` on, where line `line` begins, and answers it with malformed rows written anew, or
/// `None` if none are. `columns` is the number of headers.
pub(super) fn mend(text: &[u8], start: usize, line: u32, separator: u8, columns: usize) -> (Option<Vec<u8>>, Quotes) {
    let mut scan =
        Scan { text, separator, columns, quotes: Quotes::default(), out: None, copied: 0, cells: Vec::new() };
    let (mut position, mut line) = (start, line);
    while let Some(quote) = memchr::memchr(b'"', &text[position..]) {
        // Rows without any quote are passed over.
        let quote = position + quote;
        let row = memchr::memrchr2(b'\n', b'\r', &text[position..quote]).map_or(position, |at| position + at + 1);
        line = line.saturating_add(line_ends(&text[position..row]));
        let end = scan.row(row, line);
        line = line.saturating_add(line_ends(&text[row..end]));
        position = end;
    }
    let out = scan.out.take().map(|mut out| {
        out.extend_from_slice(&text[scan.copied..]);
        out
    });
    (out, scan.quotes)
}

struct Scan<'a> {
    text: &'a [u8],
    separator: u8,
    columns: usize,
    quotes: Quotes,
    /// The text written so far; none while everything stayed as it is.
    out: Option<Vec<u8>>,
    /// How much of the text is in `out`.
    copied: usize,
    /// Room for the cells of a row, used again and again.
    cells: Vec<Found>,
}

/// A cell in the text: where it ends, what it holds, and whether it stood in quotes.
struct Found {
    end: usize,
    /// Its content in the text, and how its quotes are escaped.
    content: std::ops::Range<usize>,
    escape: Escape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    /// The text stands as it is.
    None,
    /// `""` is a quote.
    Doubled,
    /// `""` and `\"` are quotes.
    Backslash,
}

/// What a reading of a malformed row may do.
#[derive(Clone, Copy)]
struct Reading {
    /// Quotes inside a cell come in pairs.
    paired: bool,
    /// A cell ends on the line it begins on.
    within_line: bool,
}

impl Reading {
    const PAIRED: Self = Self { paired: true, within_line: false };
    const ANY: Self = Self { paired: false, within_line: false };
    const WITHIN_LINE: Self = Self { paired: false, within_line: true };
}

/// A row as it is read: its cells, and where the next row begins.
struct Row {
    cells: Vec<Found>,
    end: usize,
}

impl Scan<'_> {
    /// Takes the row at `start` up to its end; answers where the next one begins.
    fn row(&mut self, start: usize, line: u32) -> usize {
        let mut cells = std::mem::take(&mut self.cells);
        cells.clear();
        let ruled = self.by_the_rule(start, Escape::Doubled, &mut cells);
        match ruled {
            Some((end, is_plain, lines)) => {
                if lines > MANY_LINES {
                    self.quotes.long.push((line, lines));
                }
                if is_plain {
                    self.cells = cells;
                } else {
                    self.write(start, &Row { cells, end });
                }
                end
            }
            None => {
                let (row, is_whole) = self.otherwise(start);
                self.quotes.mended.push(Mended { line, is_whole });
                self.write(start, &row);
                row.end
            }
        }
    }

    fn is_end(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
    }

    /// Past blanks between a separator and a quote.
    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.text.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t') && *byte != self.separator) {
            at += 1;
        }
        at
    }

    fn after_line_end(&self, at: usize) -> usize {
        match &self.text[at.min(self.text.len())..] {
            [b'\r', b'\n', ..] => at + 2,
            [_, ..] => at + 1,
            [] => at,
        }
    }

    /// The cells of the row as the rule has it; answers where the next row begins, whether this one needs no change, and
    /// the most lines of a cell. `None` if the rule does not hold.
    fn by_the_rule(&self, start: usize, escape: Escape, cells: &mut Vec<Found>) -> Option<(usize, bool, u32)> {
        let (mut at, mut is_plain, mut lines) = (start, escape == Escape::Doubled, 1);
        loop {
            let first = self.skip_blanks(at);
            if self.text.get(first) == Some(&b'"') {
                let close = self.close(first + 1, escape)?;
                let end = self.skip_blanks(close + 1);
                if !self.is_end(end) && self.text[end] != self.separator {
                    return None;
                }
                let content = first + 1..close;
                lines = lines.max(1 + line_ends(&self.text[content.clone()]));
                if lines > 1 && self.swallows_rows(&self.text[content.clone()]) {
                    return None;
                }
                is_plain &= first == at && end == close + 1;
                cells.push(Found { end, content, escape });
                at = end;
            } else {
                let cell = self.unquoted(at);
                at = cell.end;
                cells.push(cell);
            }
            if self.is_end(at) {
                return Some((self.after_line_end(at), is_plain, lines));
            }
            at += 1;
        }
    }

    /// The quote that ends a cell.
    fn close(&self, from: usize, escape: Escape) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr(b'"', &self.text[at..])?;
            if escape == Escape::Backslash && at > from && self.text[at - 1] == b'\\' {
                at += 1;
            } else if self.text.get(at + 1) == Some(&b'"') {
                at += 2;
            } else {
                return Some(at);
            }
        }
    }

    fn unquoted(&self, at: usize) -> Found {
        let length = memchr::memchr3(self.separator, b'\n', b'\r', &self.text[at..]);
        let end = length.map_or(self.text.len(), |length| at + length);
        Found { end, content: at..end, escape: Escape::None }
    }

    /// Whether lines in a cell are rows of the table: as many cells as the header or more, one of them an e-mail address,
    /// or several lines that agree.
    fn swallows_rows(&self, content: &[u8]) -> bool {
        if self.columns < 3 {
            return false;
        }
        let lines = content.split(|byte| matches!(byte, b'\n' | b'\r')).skip(1).filter(|line| !line.is_empty());
        let (mut count, mut alike) = (0, 0);
        for line in lines.take(200) {
            let cells = line.split(|byte| *byte == self.separator);
            if self.has_an_address(line) && cells.clone().count() >= self.columns {
                return true;
            }
            count += 1;
            let is_tight = cells.clone().skip(1).all(|cell| cell.first() != Some(&b' '));
            alike += usize::from(is_tight && cells.count() == self.columns);
        }
        count >= 2 && count == alike
    }

    /// What was meant by a row that breaks the rule, and whether it has as many cells as the header.
    fn otherwise(&self, start: usize) -> (Row, bool) {
        let fits = |row: &Row| row.cells.len() == self.columns;
        let mut cells = Vec::new();
        if let Some((end, ..)) = self.by_the_rule(start, Escape::Backslash, &mut cells)
            && cells.len() == self.columns
            && self.text[start..end].windows(2).any(|pair| pair == b"\\\"")
        {
            return (Row { cells, end }, true);
        }
        // Quotes inside a cell mostly come in pairs. Cells that go on for some lines come first: the first line alone may
        // have enough cells too.
        for reading in [Reading::PAIRED, Reading::ANY, Reading::WITHIN_LINE] {
            let (mut cells, mut tries) = (Vec::new(), TRIES);
            if let Some(end) = self.search(start, start, reading, &mut cells, &mut tries) {
                return (Row { cells, end }, true);
            }
        }
        let row = self.literally(start);
        let is_whole = fits(&row);
        (row, is_whole)
    }

    /// Looks for a reading with as many cells as the header, every quote before a separator or a line end being a
    /// possible end. Answers where the next row begins.
    fn search(
        &self,
        start: usize,
        at: usize,
        reading: Reading,
        cells: &mut Vec<Found>,
        tries: &mut usize,
    ) -> Option<usize> {
        if *tries == 0 || cells.len() >= self.columns {
            return None;
        }
        *tries -= 1;
        let first = self.skip_blanks(at);
        let mut choices: Vec<Found> = Vec::new();
        if self.text.get(first) == Some(&b'"') {
            choices = self.possible_ends(start, first, reading.within_line);
        }
        choices.push(self.unquoted(at));
        if reading.paired {
            let quotes = |cell: &Found| memchr::memchr_iter(b'"', &self.text[cell.content.clone()]).count();
            choices.retain(|cell| quotes(cell).is_multiple_of(2));
        }
        for choice in choices {
            let end = choice.end;
            cells.push(choice);
            let found = if self.is_end(end) {
                (cells.len() == self.columns).then(|| self.after_line_end(end))
            } else {
                self.search(start, end + 1, reading, cells, tries)
            };
            if found.is_some() {
                return found;
            }
            cells.pop();
        }
        None
    }

    fn possible_ends(&self, start: usize, quote: usize, within_line: bool) -> Vec<Found> {
        let far = self.text.len().min(start.saturating_add(FAR_BYTES));
        let (mut found, mut line_start, mut lines) = (Vec::new(), None, 0);
        for at in quote + 1..far {
            match self.text[at] {
                b'"' => {
                    let end = self.skip_blanks(at + 1);
                    if self.is_end(end) || self.text[end] == self.separator {
                        found.push(Found { end, content: quote + 1..at, escape: Escape::Doubled });
                    }
                }
                b'\n' | b'\r' => {
                    let is_row = line_start.is_some_and(|from: usize| self.is_row(&self.text[from..at]));
                    lines += 1;
                    if within_line || is_row || lines > FAR_LINES {
                        break;
                    }
                    line_start = Some(at + 1);
                }
                _ => {}
            }
            // The line a cell ends on may be a row as well.
            if found.last().is_some_and(|last| last.content.end == at)
                && let Some(from) = line_start
            {
                let length = memchr::memchr2(b'\n', b'\r', &self.text[from..far]).unwrap_or(far - from);
                if self.is_row(&self.text[from..from + length]) {
                    found.pop();
                    break;
                }
            }
        }
        found
    }

    /// Whether a cell of a line is an e-mail address, as tight between its separators as programs write it.
    fn has_an_address(&self, line: &[u8]) -> bool {
        let mut cells = line.split(|byte| *byte == self.separator);
        cells.any(|cell| cell.first() != Some(&b' ') && std::str::from_utf8(cell).is_ok_and(is_email))
    }

    /// Whether a line is a row: as many cells as the header, or more and an address among them.
    fn is_row(&self, line: &[u8]) -> bool {
        let cells = memchr::memchr_iter(self.separator, line).count() + 1;
        cells == self.columns || (cells > self.columns && self.has_an_address(line))
    }

    /// The line as it stands; only cells that begin and end with a quote lose them.
    fn literally(&self, start: usize) -> Row {
        let (mut cells, mut at) = (Vec::new(), start);
        loop {
            let first = self.skip_blanks(at);
            let quoted = (self.text.get(first) == Some(&b'"'))
                .then(|| self.possible_ends(start, first, true).into_iter().next())
                .flatten();
            let cell = quoted.unwrap_or_else(|| self.unquoted(at));
            at = cell.end;
            cells.push(cell);
            if self.is_end(at) {
                return Row { cells, end: self.after_line_end(at) };
            }
            at += 1;
        }
    }

    /// Writes a row by the rule.
    fn write(&mut self, start: usize, row: &Row) {
        let text = self.text;
        let out = self.out.get_or_insert_with(|| Vec::with_capacity(text.len() + text.len() / 16));
        out.extend_from_slice(&text[self.copied..start]);
        for (index, cell) in row.cells.iter().enumerate() {
            if index > 0 {
                out.push(self.separator);
            }
            out.push(b'"');
            let content = &text[cell.content.clone()];
            let mut bytes = content.iter().copied().peekable();
            while let Some(byte) = bytes.next() {
                match byte {
                    b'\\' if cell.escape == Escape::Backslash && bytes.peek() == Some(&b'"') => {}
                    b'"' => {
                        out.extend_from_slice(b"\"\"");
                        if cell.escape != Escape::None && bytes.peek() == Some(&b'"') {
                            bytes.next();
                        }
                    }
                    byte => out.push(byte),
                }
            }
            out.push(b'"');
        }
        let last = row.cells.last().map_or(start, |cell| cell.end);
        out.extend_from_slice(&text[last..row.end]);
        self.copied = row.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, columns: usize) -> (String, Vec<(u32, bool)>) {
        let (out, quotes) = mend(text.as_bytes(), 0, 1, b',', columns);
        let out = out.unwrap_or_else(|| text.as_bytes().to_vec());
        let rows = quotes.mended.iter().map(|row| (row.line, row.is_whole)).collect();
        (String::from_utf8(out).expect("text"), rows)
    }

    #[test]
    fn rows_by_the_rule_stay_as_they_are() {
        for text in
            ["a,b\n1,2\n", "a,\"b \"\"c\"\", d\"\n\"x\ny\",2\n", "a,19\" screen\n", "\"\",\"\"\r\n\"\"\"\",x", ""]
        {
            let (out, quotes) = mend(text.as_bytes(), 0, 1, b',', 2);
            assert_eq!((out, quotes.mended.len()), (None, 0), "{text}");
        }
        let (out, rows) = mended("a, \"b, c\" ,d\n", 3);
        assert_eq!((out.as_str(), rows.len()), ("\"a\",\"b, c\",\"d\"\n", 0), "blanks around quotes are no fault");
    }

    #[test]
    fn what_was_meant_is_kept() {
        let whole = |line| vec![(line, true)];
        assert_eq!(mended("x,y\na,\"great\nb,ok\n", 2), ("x,y\n\"a\",\"\"\"great\"\nb,ok\n".into(), whole(2)));
        assert_eq!(mended("a,\"She said \"yes\", twice\"\n", 2).0, "\"a\",\"She said \"\"yes\"\", twice\"\n");
        assert_eq!(mended("\"Bob\" R,x\n", 2).0, "\"\"\"Bob\"\" R\",\"x\"\n");
        assert_eq!(mended("\"Ann \\\"Annie\\\"\",\"x\"", 2).0, "\"Ann \"\"Annie\"\"\",\"x\"");
        let several = "a,b,\"One \"two\"\nthree, four\nend\"\nc,d,e\n";
        assert_eq!(mended(several, 3), ("\"a\",\"b\",\"One \"\"two\"\"\nthree, four\nend\"\nc,d,e\n".into(), whole(1)));
        assert_eq!(mended("a,\"b\"c\"d,e,\"f\n", 2).1, [(1, false)], "nothing fits: read as it stands, and said");
    }

    #[test]
    fn a_cell_does_not_swallow_rows() {
        let text = "a,a@x.example,\"great\nb,b@x.example,ok\nc,c@x.example,\"\n";
        let (out, rows) = mended(text, 3);
        assert_eq!(rows, [(1, true), (3, true)]);
        assert_eq!(out.lines().count(), 3);
        let note = "a,a@x.example,\"Met Bo, Cy, and Di\nand Ed, too, later\"\n";
        assert_eq!(mended(note, 3).1, [], "lines with commas are no rows");
    }
}
