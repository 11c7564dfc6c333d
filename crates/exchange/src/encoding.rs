//! From bytes to UTF-8.

use std::collections::HashSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};

use liaison_values::dos::{self, IBM850};

use crate::{
    assumed::{Decided, Doubt},
    reading::ReadError,
};

/// Free bytes kept before a text, so that cells can be written over the front of the text they are cut from.
pub(crate) const GAP: usize = 64 * 1024;

/// The encodings that can be chosen for a text file, the likeliest first.
pub fn encodings() -> impl Iterator<Item = &'static str> {
    ENCODINGS.iter().copied()
}

const ENCODINGS: &[&str] = &[
    "UTF-8",
    "windows-1252",
    "macintosh",
    IBM850,
    "windows-1250",
    "ISO-8859-2",
    "windows-1251",
    "KOI8-R",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "GBK",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
    "UTF-16LE",
    "UTF-16BE",
];

/// What bytes are read in: the encodings of the web, and the one of DOS that old programs still write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Web(&'static Encoding),
    Ibm850,
}

impl Charset {
    /// The charset of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        if ["ibm850", "cp850", "850"].iter().any(|known| name.trim().eq_ignore_ascii_case(known)) {
            return Some(Self::Ibm850);
        }
        Encoding::for_label(name.trim().as_bytes()).map(Self::Web)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Ibm850 => IBM850,
        }
    }

    /// The text, with U+FFFD for what is none in this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let text = match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Ibm850 => dos::decode(bytes),
        };
        // Bytes without a character come out as control characters, which would be dropped without a word later.
        let is_lost = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
        if text.contains(is_lost) { text.replace(is_lost, "\u{fffd}") } else { text }
    }
}

/// A text in UTF-8, behind [`GAP`] free bytes.
pub(crate) struct Decoded {
    /// The gap and the text.
    pub(crate) padded: Vec<u8>,
    /// The encoding the text came in.
    pub(crate) name: &'static str,
    /// How the encoding was found.
    pub(crate) by: Decided,
    /// Whether some bytes were no text in that encoding and became U+FFFD.
    pub(crate) replaced: bool,
    /// Whether the encoding was declared by a byte-order mark rather than guessed.
    pub(crate) declared: bool,
    /// What is doubtful about the encoding.
    pub(crate) doubts: Vec<Doubt>,
}

impl Decoded {
    /// Reads the text in the encoding that was chosen, or finds it out: a byte-order mark, else the zero bytes that
    /// UTF-16 has in any text with line ends and separators, else UTF-8, else what [`detect`] makes of the bytes.
    pub(crate) fn from_padded(mut padded: Vec<u8>, chosen: Option<&str>) -> Result<Self, ReadError> {
        let raw = &padded[GAP..];
        if raw.starts_with(&[0xff, 0xfe, 0, 0]) || raw.starts_with(&[0, 0, 0xfe, 0xff]) {
            return Err(ReadError::Encoding { detail: "UTF-32 is not supported; save the file as UTF-8".to_owned() });
        }
        let marked = Encoding::for_bom(raw);
        if let Some(name) = chosen {
            let unknown = || ReadError::Encoding { detail: format!("there is no encoding called {name}") };
            let charset = Charset::named(name).ok_or_else(unknown)?;
            let mark = marked.filter(|(encoding, _)| charset == Charset::Web(encoding)).map_or(0, |(_, mark)| mark);
            let text = charset.decode(&raw[mark..]);
            return Ok(Self::of(&text, charset.name(), Decided::Chosen, true));
        }
        if let Some((encoding, mark)) = marked {
            if encoding == UTF_8 {
                padded.drain(GAP..GAP + mark);
                return Ok(Self::utf8(padded, true));
            }
            let text = encoding.decode_without_bom_handling(&raw[mark..]).0;
            return Ok(Self::of(&text, encoding.name(), Decided::Certain, true));
        }
        if let Some(encoding) = unmarked_utf16(raw) {
            let text = encoding.decode_without_bom_handling(raw).0;
            return Ok(Self::of(&text, encoding.name(), Decided::Certain, false));
        }
        if std::str::from_utf8(raw).is_ok() {
            return Ok(Self::utf8(padded, false));
        }
        Ok(mixed(raw).unwrap_or_else(|| guessed(raw)))
    }

    fn utf8(padded: Vec<u8>, declared: bool) -> Self {
        if std::str::from_utf8(&padded[GAP..]).is_ok() {
            let by = Decided::Certain;
            return Self { padded, name: UTF_8.name(), by, replaced: false, declared, doubts: Vec::new() };
        }
        // A file that says it is UTF-8 may still have lines that are not.
        mixed(&padded[GAP..]).map_or_else(
            || Self::of(&String::from_utf8_lossy(&padded[GAP..]), UTF_8.name(), Decided::Certain, declared),
            |mixed| Self { declared, ..mixed },
        )
    }

    fn of(text: &str, name: &'static str, by: Decided, declared: bool) -> Self {
        Self { padded: pad(text), name, by, replaced: text.contains('\u{fffd}'), declared, doubts: Vec::new() }
    }

    /// The size of the text, in bytes.
    pub(crate) fn text_len(&self) -> usize {
        self.padded.len() - GAP
    }
}

fn pad(text: &str) -> Vec<u8> {
    let mut padded = Vec::with_capacity(GAP + text.len());
    padded.resize(GAP, 0);
    padded.extend_from_slice(text.as_bytes());
    padded
}

/// The lines of a text with their line ends.
fn lines(raw: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = match memchr::memchr2(b'\n', b'\r', rest) {
            None => rest.len(),
            Some(at) if rest[at] == b'\r' && rest.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
        };
        let (line, after) = rest.split_at(length);
        rest = after;
        Some(line)
    })
}

/// A text of which some lines are UTF-8 and others are not, as files put together from several have. Lines that are
/// UTF-8 stay what they are. `None` where the valid lines may be so by chance.
fn mixed(raw: &[u8]) -> Option<Decoded> {
    let (mut valid, mut valid_long, mut invalid, mut damaged) = (0_usize, 0_usize, Vec::new(), 0_usize);
    for line in lines(raw).filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(text) => {
                valid += 1;
                valid_long += usize::from(text.chars().any(|c| c.len_utf8() > 2));
            }
            Err(_) if is_mostly_utf8(line) => damaged += 1,
            Err(_) => invalid.extend_from_slice(line),
        }
    }
    let others = lines(&invalid).count();
    // In an encoding of two bytes a character, pairs that happen to be UTF-8 are common in short lines.
    let charset = detect(if invalid.is_empty() { raw } else { &invalid });
    let is_wide = matches!(charset, Charset::Web(encoding) if !encoding.is_single_byte());
    let evidence = if is_wide { valid_long } else { valid };
    if evidence * 4 < others || (evidence == 0 && damaged == 0) {
        return None;
    }
    let (mut text, mut rows, mut first) = (String::with_capacity(raw.len()), 0, 0);
    for (number, line) in (1..).zip(lines(raw)) {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) if is_mostly_utf8(line) => text.push_str(&String::from_utf8_lossy(line)),
            Err(_) => {
                rows += 1;
                first = if first == 0 { number } else { first };
                text.push_str(&charset.decode(line));
            }
        }
    }
    let mut decoded = Decoded::of(&text, UTF_8.name(), Decided::Guessed, false);
    if rows > 0 {
        decoded.doubts.push(Doubt::MixedEncodings { rows, first, encoding: charset.name().to_owned() });
    }
    Some(decoded)
}

fn guessed(raw: &[u8]) -> Decoded {
    let charset = detect(raw);
    let text = charset.decode(raw);
    let mut decoded = Decoded::of(&text, charset.name(), Decided::Guessed, false);
    decoded.doubts.push(Doubt::EncodingGuessed { encoding: charset.name().to_owned(), words: words(&text) });
    decoded
}

/// A few words with other characters than ASCII, to judge an encoding by.
fn words(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    let telling = words.filter(|word| !word.is_ascii() && seen.insert(*word));
    telling.take(5).map(|word| word.chars().take(40).collect()).collect()
}

/// The likeliest encoding of a text that is no UTF-8.
pub(crate) fn detect(raw: &[u8]) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(raw, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if !guess.is_single_byte() {
        return Charset::Web(guess);
    }
    // The detector knows the encodings of the web. Excel on a Mac and programs of DOS write others, which it takes for
    // those of Windows.
    let sample = &raw[..raw.len().min(1 << 20)];
    let found = Charset::Web(guess);
    let text = found.decode(sample);
    if is_foreign(&text) {
        return found;
    }
    let others = [Charset::Web(MACINTOSH), Charset::Ibm850];
    let scored = others.map(|charset| (plausibility(&charset.decode(sample)), charset));
    let best = scored.into_iter().max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| *score > plausibility(&text)).map_or(found, |(_, charset)| charset)
}

/// How much letters beyond ASCII look like those of names in Latin letters: among other letters, and in the case of
/// their neighbours.
fn plausibility(text: &str) -> i64 {
    const COMMON: &str = "éèêëáàâäãåæçíìîïñóòôöõøœúùûüýÿßÉÈÁÀÂÄÅÆÇÍÎÑÓÔÖØÚÜŠšŽžřŘčČěĚůŮďťňŇľĽĺŕőŐűŰąĄęĘłŁńŃśŚćĆźŹżŻăĂșȘțȚşŞţŢğĞıİ\
        āĀēĒģĢīĪķĶļĻņŅūŪėĖįĮųŲđĐ";
    const RARE: &str = "ƒ™©®†‡•∂∆∏∑Ωπ√∫≈≠≤≥◊ªº¬¦¤¥¢£¶§±µ×÷¹²³¼½¾‰ﬁﬂ˜˘˙˚¸˝˛ˇ¨´¯";
    let characters: Vec<char> = text.chars().collect();
    let mut score = 0;
    for (at, &c) in characters.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        let before = at.checked_sub(1).map(|at| characters[at]).filter(|c| c.is_alphabetic());
        let after = characters.get(at + 1).filter(|c| c.is_alphabetic());
        let is_inside = before.is_some() || after.is_some();
        score += if c == '\u{fffd}' || RARE.contains(c) || ('\u{2500}'..='\u{25ff}').contains(&c) {
            -6
        } else if c.is_alphabetic() {
            let falls = c.is_uppercase() && before.is_some_and(char::is_lowercase);
            let rises = c.is_lowercase() && before.is_none() && after.is_some_and(|after| after.is_uppercase());
            let base = if COMMON.contains(c) { 4 } else { 2 };
            if falls || rises { base - 8 } else { base }
        } else if matches!(c, '’' | '\u{a0}' | '–' | '—' | '“' | '”' | '€') {
            // A typographic apostrophe stands inside a name, a dash does not.
            if is_inside == matches!(c, '’') { 1 } else { -2 }
        } else if is_inside {
            -4
        } else {
            -1
        };
    }
    score
}

/// Whether a text is in a script that is not Latin: its letters stand beside each other, while those with accents are
/// rare among Latin ones.
fn is_foreign(text: &str) -> bool {
    let is_foreign = |c: &char| c.is_alphabetic() && *c > '\u{24f}';
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    let pairs = text.chars().zip(text.chars().skip(1)).filter(|(a, b)| is_foreign(a) && is_foreign(b)).count();
    letters > 0 && pairs * 2 >= letters
}

/// UTF-16 without a byte-order mark: the high halves of most characters are zero, all on the same side.
fn unmarked_utf16(raw: &[u8]) -> Option<&'static Encoding> {
    let sample = &raw[..raw.len().min(4096)];
    let pairs = sample.len() / 2;
    let zeros = |side: usize| {
        let bytes = sample.iter().skip(side).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let (first, second) = (zeros(0), zeros(1));
    // A fifth is far more than stray NUL characters reach, and far less than Latin text has.
    if pairs < 2 {
        None
    } else if second * 5 >= pairs && first * 10 <= second {
        Some(UTF_16LE)
    } else if first * 5 >= pairs && second * 10 <= first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether text that is not quite UTF-8 is still more likely a damaged UTF-8 than Windows-1252: in the latter,
/// sequences that happen to be valid are rare.
fn is_mostly_utf8(raw: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in raw.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > 2 * invalid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(raw: &[u8]) -> (String, &'static str, bool) {
        let mut padded = vec![0; GAP];
        padded.extend_from_slice(raw);
        let decoded = Decoded::from_padded(padded, None).expect("decodes");
        let text = String::from_utf8(decoded.padded[GAP..].to_vec()).expect("is UTF-8");
        (text, decoded.name, decoded.replaced)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let order = if big { u16::to_be_bytes } else { u16::to_le_bytes };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        let text = "Name;Größe\r\nŁukasz;Šárka\r\n";
        let expect = |name| (text.to_owned(), name, false);
        assert_eq!(decode(text.as_bytes()), expect("UTF-8"));
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), expect("UTF-8"));
        for big in [false, true] {
            let name = if big { "UTF-16BE" } else { "UTF-16LE" };
            assert_eq!(decode(&utf16(text, big)), expect(name));
            assert_eq!(decode(&utf16(&format!("\u{feff}{text}"), big)), expect(name));
        }
        assert_eq!(decode(b"Name;Gr\xf6\xdfe \x80\r\n"), ("Name;Größe €\r\n".to_owned(), "windows-1252", false));
    }

    /// Short files, as lists of names are.
    #[test]
    fn encodings_of_other_places_are_recognised() {
        let cases: [(&str, &str); 9] = [
            ("windows-1250", "Jméno;Příjmení\r\nJiří;Dvořák\r\nŠárka;Němcová\r\n"),
            ("windows-1250", "Imię;Nazwisko\r\nŁukasz;Wiśniewski\r\nMałgorzata;Dąbrowska\r\n"),
            ("windows-1251", "Имя;Фамилия\r\nАнна;Каренина\r\nИван;Петров\r\n"),
            ("windows-1253", "Όνομα;Επώνυμο\r\nΝίκος;Παπαδόπουλος\r\n"),
            ("Shift_JIS", "名前;会社\r\n山田太郎;東京商事\r\n"),
            ("EUC-KR", "이름;회사\r\n김민수;서울상사\r\n"),
            ("Big5", "姓名;公司\r\n王大明;臺北公司\r\n"),
            ("macintosh", "Name;Ort\r\nJürgen Groß;Köln\r\nZoë Peña;Málaga\r\n"),
            ("IBM850", "Name;Ort\r\nJürgen Groß;Köln\r\nZoë Peña;Málaga\r\n"),
        ];
        for (name, text) in cases {
            let raw = match name {
                IBM850 => text
                    .chars()
                    .map(|c| (0..=255).find(|byte| dos::decode(&[*byte]) == c.to_string()).expect("a byte"))
                    .collect(),
                name => Encoding::for_label(name.as_bytes()).expect("an encoding").encode(text).0.into_owned(),
            };
            let (read, found, replaced) = decode(&raw);
            assert_eq!((read.as_str(), found, replaced), (text, name, false));
        }
    }

    #[test]
    fn half_a_pair_is_replaced_and_said() {
        let mut raw = utf16("\u{feff}Name\r\nA", false);
        raw.extend_from_slice(&[0x3d, 0xd8]);
        let (text, name, replaced) = decode(&raw);
        assert_eq!((text.as_str(), name, replaced), ("Name\r\nA\u{fffd}", "UTF-16LE", true));
        raw.pop();
        assert!(decode(&raw).2);
    }

    #[test]
    fn one_bad_byte_does_not_turn_utf8_into_windows_1252() {
        let mut raw = "Ärger, Öl, Übel, ".repeat(3).into_bytes();
        raw.push(0xff);
        let (text, name, replaced) = decode(&raw);
        assert_eq!((name, replaced), ("UTF-8", true));
        assert!(text.starts_with("Ärger") && text.ends_with('\u{fffd}'));
    }

    #[test]
    fn a_few_nul_characters_are_not_utf16() {
        assert_eq!(decode(b"Name,City\r\nA\0,B\r\n").1, "UTF-8");
        assert_eq!(decode(b"").1, "UTF-8");
        assert_eq!(decode(b"a").1, "UTF-8");
    }
}
