//! vCard files: cut into cards here, because the parser takes a card that breaks off for a whole one.

use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
};

use encoding_rs::{Encoding, UTF_8};

use crate::{
    assumed::{Assumed, Decided, Doubt, Format, ReadOptions},
    card,
    dates::Dates,
    encoding::{Charset, detect},
    layout::columns,
    limits::Limits,
    person::Rest,
    preset::Preset,
    reading::{ReadError, Watch, report},
    sheet::{LeftOutReason, RowProblem, Sheet},
    table::Table,
};
use liaison_writers::{PERSON_COLUMNS, TEMPLATE};

/// Cards between two reports of progress.
const REPORT_CARDS: usize = 1024;

/// Properties whose values are large and of no use here; they are not even unfolded.
const SKIPPED: [&str; 4] = ["PHOTO", "LOGO", "SOUND", "KEY"];

/// Reads all cards of a file. A card becomes a row with the template's columns; those that no card fills are dropped.
pub(crate) fn read(
    content: &[u8],
    options: &ReadOptions,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Sheet, ReadError> {
    let (marked, mark) = Encoding::for_bom(content).unwrap_or((UTF_8, 0));
    let body = &content[mark..];
    let converted;
    let text = if marked == UTF_8 {
        body
    } else {
        converted = marked.decode_without_bom_handling(body).0;
        converted.as_bytes()
    };
    let otherwise = match options.encoding.as_deref() {
        Some(name) => {
            let unknown = || ReadError::Encoding { detail: format!("there is no encoding called {name}") };
            Otherwise { charset: Charset::named(name).ok_or_else(unknown)?, is_chosen: true, used: Cell::new(false) }
        }
        None => Otherwise { charset: of_other_lines(text), is_chosen: false, used: Cell::new(false) },
    };
    let mut cards = Cards {
        otherwise,
        limits,
        open: None,
        line: Vec::new(),
        skipping: false,
        nested: 0,
        table: Table::with_columns(PERSON_COLUMNS),
        filled: [false; PERSON_COLUMNS],
        problems: BTreeMap::new(),
        rest: Rest::default(),
    };
    let mut position = 0;
    let mut next_report = REPORT_CARDS;
    while position < text.len() {
        let (line, length) = physical_line(&text[position..]);
        // Files put together from several have the marks of each at the beginnings of its cards.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        match end_and_begin(line) {
            Some((end, begin)) => {
                cards.physical(end)?;
                cards.physical(begin)?;
            }
            None => cards.physical(line)?,
        }
        position += length;
        if cards.table.rows() >= next_report {
            report(watch, position, text.len())?;
            next_report += REPORT_CARDS;
        }
    }
    cards.flush_line()?;
    cards.close(false)?;
    let rows = cards.table.rows();
    if rows == 0 {
        return Err(ReadError::Empty);
    }
    let (headers, fields, kept) = columns(&cards.filled, std::iter::empty());
    // Cards with nothing in them at all still are rows, so one column has to stay.
    let (headers, fields, kept) = match kept.as_slice() {
        [] => (vec![TEMPLATE[1].1.to_owned()], vec![Some(TEMPLATE[1].0)], vec![1]),
        _ => (headers, fields, kept),
    };
    let mut assumed = Assumed {
        encoding: Some(marked.name().to_owned()),
        encoding_by: Some(Decided::Certain),
        ..Assumed::of(Format::Vcard)
    };
    if cards.otherwise.is_chosen || cards.otherwise.used.get() {
        let encoding = cards.otherwise.charset.name().to_owned();
        assumed.encoding = Some(encoding.clone());
        assumed.encoding_by = Some(if cards.otherwise.is_chosen { Decided::Chosen } else { Decided::Guessed });
        if !cards.otherwise.is_chosen {
            assumed.doubts.push(Doubt::EncodingGuessed { encoding, words: Vec::new() });
        }
    }
    Ok(Sheet {
        assumed,
        preset: Some(Preset::Vcard),
        headers,
        left_out: cards.rest.into_left_out(),
        table: cards.table.select(&kept)?,
        original: None,
        fields: Some(fields),
        row_numbers: (1..=rows as u32).collect(),
        problems: cards.problems,
        extra_cells: HashMap::new(),
        dates: Dates::default(),
    })
}

/// Both halves of a line such as "END:VCARDBEGIN:VCARD", where cards were joined without a line end between them.
fn end_and_begin(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const END: &[u8] = b"END:VCARD";
    let (end, rest) = line.split_at_checked(END.len())?;
    let rest = rest.trim_ascii();
    let rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
    (end.eq_ignore_ascii_case(END) && is_marker(rest, b"BEGIN:VCARD")).then_some((end, rest))
}

/// The first line of the text without its end, and its length with it.
fn physical_line(text: &[u8]) -> (&[u8], usize) {
    match memchr::memchr2(b'\n', b'\r', text) {
        None => (text, text.len()),
        Some(at) if text[at] == b'\r' && text.get(at + 1) == Some(&b'\n') => (&text[..at], at + 2),
        Some(at) => (&text[..at], at + 1),
    }
}

/// The card being read.
#[derive(Default)]
struct OpenCard {
    /// Its lines, unfolded and in UTF-8.
    text: String,
    /// Whether BEGIN:VCARD was there; lines outside any card are a card that lost its beginning.
    has_begin: bool,
    undecodable: bool,
    /// How many lines it has, also those that are too many to be kept.
    lines: usize,
}

/// How lines are read that do not say their encoding.
struct Otherwise {
    charset: Charset,
    /// Somebody chose the encoding; else only what is no UTF-8 is read in it.
    is_chosen: bool,
    used: Cell<bool>,
}

struct Cards<'a> {
    otherwise: Otherwise,
    limits: &'a Limits,
    open: Option<OpenCard>,
    /// The logical line being put together.
    line: Vec<u8>,
    /// Whether the lines belong to a property that is skipped.
    skipping: bool,
    /// How many cards are open inside this one (vCard 2.1 puts a whole card into AGENT).
    nested: usize,
    table: Table,
    filled: [bool; PERSON_COLUMNS],
    problems: BTreeMap<usize, RowProblem>,
    rest: Rest,
}

impl Cards<'_> {
    fn physical(&mut self, line: &[u8]) -> Result<(), ReadError> {
        let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
        let is_marker = is_marker(line, b"BEGIN:VCARD") || is_marker(line, b"END:VCARD");
        if self.skipping {
            // Base64 of vCard 2.1 is not always indented, but it never has a colon.
            if !is_marker && (is_folded || memchr::memchr(b':', line).is_none()) {
                return Ok(());
            }
            self.skipping = false;
        } else if !is_marker && is_open_quoted_printable(&self.line) {
            self.line.pop();
            self.line.extend_from_slice(line);
            return Ok(());
        } else if is_folded && !self.line.is_empty() {
            self.line.extend_from_slice(&line[1..]);
            return Ok(());
        }
        self.flush_line()?;
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        if is_marker {
            return self.marker(line);
        }
        let name = property_name(line);
        if SKIPPED.iter().any(|skipped| name.eq_ignore_ascii_case(skipped.as_bytes())) {
            if self.nested == 0 {
                let name = String::from_utf8_lossy(name).to_ascii_uppercase();
                self.rest.add(&name, LeftOutReason::NoSuchField);
            }
            self.skipping = true;
            return Ok(());
        }
        self.line.extend_from_slice(line);
        Ok(())
    }

    fn marker(&mut self, line: &[u8]) -> Result<(), ReadError> {
        let begins = is_marker(line, b"BEGIN:VCARD");
        match (&mut self.open, begins) {
            (Some(_), false) if self.nested > 0 => self.nested -= 1,
            (Some(_), false) => self.close(true)?,
            (None, false) => {}
            (Some(card), true) if self.nested > 0 || ends_with_agent(&card.text) => self.nested += 1,
            (_, true) => {
                self.close(false)?;
                self.open = Some(OpenCard { has_begin: true, ..OpenCard::default() });
            }
        }
        Ok(())
    }

    /// Takes the finished logical line into the card.
    fn flush_line(&mut self) -> Result<(), ReadError> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() || self.nested > 0 {
            return Ok(());
        }
        if self.table.rows() >= self.limits.rows {
            return Err(ReadError::TooManyRows { limit: self.limits.rows });
        }
        let card = self.open.get_or_insert_default();
        card.lines += 1;
        if card.lines > self.limits.card_lines {
            return Ok(());
        }
        let (line, undecodable) = plain_line(&line, &self.otherwise);
        card.undecodable |= undecodable;
        card.text.push_str(&line);
        card.text.push_str("\r\n");
        Ok(())
    }

    /// Ends the open card, if there is one, and makes a row of it.
    fn close(&mut self, has_end: bool) -> Result<(), ReadError> {
        self.nested = 0;
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let row = self.table.rows();
        if row >= self.limits.rows {
            return Err(ReadError::TooManyRows { limit: self.limits.rows });
        }
        let (mut cells, mut problem) = match card::parse(&open.text, &mut self.rest) {
            Ok((person, not_a_person)) => (person.into_cells(&mut self.rest), not_a_person),
            Err(unreadable) => (std::array::from_fn(|_| String::new()), Some(unreadable)),
        };
        for (column, cell) in cells.iter_mut().enumerate() {
            self.filled[column] |= !cell.is_empty();
            if let Some(found) = self.cell_problem(column, cell) {
                problem = problem.or(Some(found));
            }
        }
        if open.undecodable {
            let column = "card".to_owned();
            problem = problem.or(Some(RowProblem::Undecodable { column }));
        }
        if !(open.has_begin && has_end) {
            problem = Some(RowProblem::TruncatedCard);
        }
        if open.lines > self.limits.card_lines {
            problem = Some(RowProblem::TooManyLines { lines: open.lines, limit: self.limits.card_lines });
        }
        if let Some(problem) = problem {
            self.problems.insert(row, problem);
        }
        self.table.push(&cells)
    }

    /// Cuts a cell that is too large, and says what is wrong with it.
    fn cell_problem(&self, column: usize, cell: &mut String) -> Option<RowProblem> {
        let label = || TEMPLATE[column].1.to_owned();
        let (bytes, limit) = (cell.len(), self.limits.cell_bytes);
        if bytes > limit {
            let end = (0..=limit).rev().find(|&at| cell.is_char_boundary(at)).unwrap_or(0);
            cell.truncate(end);
            return Some(RowProblem::CellTooLarge { column: label(), bytes, limit });
        }
        cell.contains('\0').then(|| RowProblem::NulCharacter { column: label() })
    }
}

fn is_marker(line: &[u8], marker: &[u8]) -> bool {
    line.trim_ascii_end().eq_ignore_ascii_case(marker)
}

/// The name of a line's property, without its group: "item1.EMAIL;TYPE=work:…" is about EMAIL.
fn property_name(line: &[u8]) -> &[u8] {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';')).unwrap_or(line.len());
    let name = &line[..end];
    name.rsplit(|byte| *byte == b'.').next().unwrap_or(name)
}

fn ends_with_agent(card: &str) -> bool {
    let last = card.trim_end().lines().next_back().unwrap_or_default();
    property_name(last.as_bytes()).eq_ignore_ascii_case(b"AGENT") && last.trim_end().ends_with(':')
}

/// A line's parameters and value: both sides of the first colon outside quotes.
fn split_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut quoted = false;
    let colon = line.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    })?;
    Some((&line[..colon], &line[colon + 1..]))
}

/// The parameters of a line's head, upper-cased; the property name is not among them.
fn parameters(head: &[u8]) -> Vec<String> {
    let upper = String::from_utf8_lossy(head).to_ascii_uppercase();
    upper.split(';').skip(1).map(str::to_owned).collect()
}

fn is_quoted_printable(parameter: &str) -> bool {
    matches!(parameter, "QUOTED-PRINTABLE" | "ENCODING=QUOTED-PRINTABLE" | "ENCODING=Q")
}

/// Whether the line goes on in the next one by way of "=" at its end.
fn is_open_quoted_printable(line: &[u8]) -> bool {
    line.last() == Some(&b'=')
        && split_line(line).is_some_and(|(head, _)| parameters(head).iter().any(|p| is_quoted_printable(p)))
}

/// The line in UTF-8 with QUOTED-PRINTABLE undone, and whether some of it could not be decoded.
///
/// Done here and not by the parser because the parser takes text without a CHARSET for Latin-1, although most of it
/// is UTF-8, and knows few others.
fn plain_line(line: &[u8], otherwise: &Otherwise) -> (String, bool) {
    let Some((head, value)) = split_line(line) else {
        return decode(line, None, otherwise);
    };
    let parameters = parameters(head);
    let charset = parameters
        .iter()
        .find_map(|parameter| parameter.strip_prefix("CHARSET="))
        .and_then(|label| Encoding::for_label(label.trim_matches('"').as_bytes()));
    if !parameters.iter().any(|parameter| is_quoted_printable(parameter)) {
        let (mut line, undecodable) = decode(line, charset, otherwise);
        if parameters.iter().any(|parameter| parameter.starts_with("TYPE=\"")) {
            unquote_types(&mut line);
        }
        if line.contains("  ") {
            line = keep_blanks(&line);
        }
        return (line, undecodable);
    }
    let (head, _) = decode(head, None, otherwise);
    let is_done = |part: &&str| {
        let part = part.to_ascii_uppercase();
        is_quoted_printable(&part) || part.starts_with("CHARSET=")
    };
    let mut plain = head.split(';').filter(|part| !is_done(part)).collect::<Vec<_>>().join(";");
    plain.push(':');
    let mut undecodable = false;
    for (index, part) in split_components(value).enumerate() {
        if index > 0 {
            plain.push(';');
        }
        let (text, bad) = decode(&unquote_printable(part), charset, otherwise);
        undecodable |= bad;
        escape_component(&text, &mut plain);
    }
    (plain, undecodable)
}

/// The line with each blank after another escaped: once the parser has met an escape it drops the second of two plain
/// blanks, and with it the indentation of a note.
fn keep_blanks(line: &str) -> String {
    let mut kept = String::with_capacity(line.len() + 8);
    let mut before = None;
    for c in line.chars() {
        if c == ' ' && before == Some(' ') {
            kept.push('\\');
        }
        kept.push(c);
        before = Some(c);
    }
    kept
}

/// Takes the quotes off lists such as `TYPE="work,pref"`: in quotes the parser only sees types it knows, and "pref" is
/// not one of them.
fn unquote_types(line: &mut String) {
    let Some((head, value)) = line.split_once(':') else {
        return;
    };
    let unquote = |part: &str| match part.get(..6) {
        Some(name) if name.eq_ignore_ascii_case("TYPE=\"") => part.replace('"', ""),
        _ => part.to_owned(),
    };
    let head: Vec<String> = head.split(';').map(unquote).collect();
    *line = format!("{}:{value}", head.join(";"));
}

/// The parts of a value between semicolons that are not escaped.
fn split_components(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut escaped = false;
    value.split(move |byte| {
        let splits = *byte == b';' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        splits
    })
}

fn unquote_printable(value: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let mut plain = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&byte, after)) = rest.split_first() {
        let pair = match after {
            [high, low, ..] if byte == b'=' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                plain.push(high << 4 | low);
                rest = &after[2..];
            }
            None => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain
}

/// Writes a component so that the parser reads it back as it is, whether or not it was escaped before.
fn escape_component(text: &str, plain: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next_if(|next| matches!(next, '\\' | ';' | ',' | 'n' | 'N')) {
                Some(next) => plain.extend(['\\', next]),
                None => plain.push_str("\\\\"),
            },
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => plain.push_str("\\n"),
            ';' | ',' => plain.extend(['\\', character]),
            _ => plain.push(character),
        }
    }
}

/// The charset a line declares, else UTF-8, and what the file is otherwise in for what is no UTF-8.
fn decode(bytes: &[u8], charset: Option<&'static Encoding>, otherwise: &Otherwise) -> (String, bool) {
    if let Some(charset) = charset.filter(|charset| *charset != UTF_8) {
        let (text, bad) = charset.decode_without_bom_handling(bytes);
        return (text.into_owned(), bad);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.is_ascii() || charset.is_some() || !otherwise.is_chosen => (text.to_owned(), false),
        _ => {
            otherwise.used.set(true);
            let text = otherwise.charset.decode(bytes);
            let bad = text.contains('\u{fffd}');
            (text, bad)
        }
    }
}

/// The likeliest encoding of the lines that are no UTF-8.
fn of_other_lines(text: &[u8]) -> Charset {
    if std::str::from_utf8(text).is_ok() {
        return Charset::Web(UTF_8);
    }
    let lines = text.split(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err());
    // What an encoded picture has in it says nothing; what lines declare themselves is read as they say.
    let lines = lines.filter(|line| !line.to_ascii_uppercase().windows(8).any(|word| word == b"CHARSET="));
    detect(&lines.flat_map(|line| [line, b"\n"].concat()).collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests;
