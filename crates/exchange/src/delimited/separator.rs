//! Which character separates the cells.

/// How much of the text is looked at.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_RECORDS: usize = 50;

/// The separators people's files have, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The separator, and how many bytes at the start of the text only declare it.
pub(super) struct Separator {
    pub(super) byte: u8,
    pub(super) declaration: usize,
}

impl Separator {
    /// Reads the declaration that Excel understands (a first line such as `sep=;`), or guesses: the separator that
    /// is in the header and as often in the rows that follow.
    pub(super) fn of(text: &[u8]) -> Self {
        if let Some(declared) = declared(text) {
            return declared;
        }
        let records = count(&text[..text.len().min(SAMPLE_BYTES)]);
        let Some(header) = records.first() else {
            return Self { byte: SEPARATORS[0], declaration: 0 };
        };
        // Rows that agree with the header speak loudest, then separators as programs write them, without a space after
        // them as in "City, State".
        let score = |index: usize| {
            let count = header.all[index];
            let agreeing = records.iter().filter(|record| record.all[index] == count);
            (count > 0).then(|| (agreeing.count(), header.tight[index], count))
        };
        let best = (0..SEPARATORS.len()).rev().max_by_key(|index| score(*index)).unwrap_or(0);
        Self { byte: SEPARATORS[best], declaration: 0 }
    }
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
    (word.eq_ignore_ascii_case(b"sep=") && possible).then_some(Separator { byte, declaration: 5 + terminator })
}

/// How often each separator stands outside quotes in a record.
#[derive(Default)]
struct Record {
    all: [usize; 3],
    /// Without a space after it.
    tight: [usize; 3],
    filled: bool,
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
    fn a_declared_separator_wins() {
        let found = Separator::of(b"sep=|\r\nName|City, State\r\n");
        assert_eq!((found.byte, found.declaration), (b'|', 7));
        assert_eq!(Separator::of(b"SEP=;\nName").declaration, 6);
        assert_eq!(Separator::of(b"sep=;Name").declaration, 0);
        assert_eq!(Separator::of(b"sep=").declaration, 0);
    }
}
