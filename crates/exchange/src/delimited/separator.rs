//! Which character separates the cells.

/// How much of the text is looked at.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_RECORDS: usize = 50;

/// The separators people's files have, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The separator, and where the table begins.
pub(super) struct Separator {
    pub(super) byte: u8,
    /// How many bytes come before the header: a line that declares the separator, or a title.
    pub(super) skipped: usize,
}

impl Separator {
    /// Reads the declaration that Excel understands (a first line such as `sep=;`), or guesses: the separator that
    /// is in the header and as often in the rows that follow.
    pub(super) fn of(text: &[u8]) -> Self {
        if let Some(declared) = declared(text) {
            return declared;
        }
        let records = count(&text[..text.len().min(SAMPLE_BYTES)]);
        if let Some(below_title) = below_title(&records) {
            return below_title;
        }
        let Some(header) = records.first() else {
            return Self { byte: SEPARATORS[0], skipped: 0 };
        };
        // Rows that agree with the header speak loudest, then separators as programs write them, without a space after
        // them as in "City, State".
        let score = |index: usize| {
            let count = header.all[index];
            let agreeing = records.iter().filter(|record| record.all[index] == count);
            (count > 0).then(|| (agreeing.count(), header.tight[index], count))
        };
        let best = (0..SEPARATORS.len()).rev().max_by_key(|index| score(*index)).unwrap_or(0);
        Self { byte: SEPARATORS[best], skipped: 0 }
    }
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
    records[..header].iter().all(is_plain).then(|| Separator { byte, skipped: records[header].start })
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
    (word.eq_ignore_ascii_case(b"sep=") && possible).then_some(Separator { byte, skipped: 5 + terminator })
}

/// How often each separator stands outside quotes in a record.
#[derive(Default)]
struct Record {
    all: [usize; 3],
    /// Without a space after it.
    tight: [usize; 3],
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
        char::from(Separator::of(text.as_bytes()).byte)
    }

    #[test]
    fn the_header_decides_and_the_rows_confirm() {
        assert_eq!(separator("Name,City\nA,B\n"), ',');
        assert_eq!(separator("Name;City\nSmith, John;New York, NY\n"), ';');
        assert_eq!(separator("Name\tCity, State\nA\tB, C\n"), '\t');
        assert_eq!(separator("\"a;b;c\",d\n\"x;y;z\",d\n"), ',');
        assert_eq!(separator("Name (first; last),City,Zip\nA,B,C\nA,B,C\n"), ',');
        assert_eq!(separator("Name\nA\n"), ',');
        assert_eq!(separator(""), ',');
    }

    #[test]
    fn a_title_above_the_table_is_skipped() {
        let text = "Notes:\n\"Exported by me, you and him,\"\n\nFirst,Last,City\nA,B,C\nD,E,\"F,\nG\"\n";
        let found = Separator::of(text.as_bytes());
        assert_eq!((found.byte, &text[found.skipped..found.skipped + 5]), (b',', "First"));
        for list in ["Name\nLee, Ann\nRay, Bo\n", "Address\n1 Main St, Springfield, IL\n2 Side St, Bonn, DE\n"] {
            assert_eq!(Separator::of(list.as_bytes()).skipped, 0, "{list}");
        }
    }

    #[test]
    fn a_declared_separator_wins() {
        let found = Separator::of(b"sep=|\r\nName|City, State\r\n");
        assert_eq!((found.byte, found.skipped), (b'|', 7));
        assert_eq!(Separator::of(b"SEP=;\nName").skipped, 6);
        assert_eq!(Separator::of(b"sep=;Name").skipped, 0);
        assert_eq!(Separator::of(b"sep=").skipped, 0);
    }
}
