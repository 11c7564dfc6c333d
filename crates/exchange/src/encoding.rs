//! From bytes to UTF-8.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::reading::ReadError;

/// Free bytes kept before a text, so that cells can be written over the front of the text they are cut from.
pub(crate) const GAP: usize = 64 * 1024;

/// A text in UTF-8, behind [`GAP`] free bytes.
pub(crate) struct Decoded {
    /// The gap and the text.
    pub(crate) padded: Vec<u8>,
    /// The encoding the text came in.
    pub(crate) name: &'static str,
    /// Whether some bytes were no text in that encoding and became U+FFFD.
    pub(crate) replaced: bool,
    /// Whether the encoding was declared by a byte-order mark rather than guessed.
    pub(crate) declared: bool,
}

impl Decoded {
    /// Finds out the encoding: a byte-order mark, else the zero bytes that UTF-16 has in any text with line ends and
    /// separators, else UTF-8, and Windows-1252 for what is no UTF-8.
    pub(crate) fn from_padded(mut padded: Vec<u8>) -> Result<Self, ReadError> {
        let raw = &padded[GAP..];
        if raw.starts_with(&[0xff, 0xfe, 0, 0]) || raw.starts_with(&[0, 0, 0xfe, 0xff]) {
            return Err(ReadError::Encoding { detail: "UTF-32 is not supported; save the file as UTF-8".to_owned() });
        }
        if let Some((encoding, mark)) = Encoding::for_bom(raw) {
            let declared = true;
            if encoding == encoding_rs::UTF_8 {
                padded.drain(GAP..GAP + mark);
                return Ok(Self::utf8(padded, declared));
            }
            return Ok(Self::converted(&raw[mark..], encoding, declared));
        }
        if let Some(encoding) = unmarked_utf16(raw) {
            return Ok(Self::converted(raw, encoding, false));
        }
        if std::str::from_utf8(raw).is_err() && !is_mostly_utf8(raw) {
            return Ok(Self::converted(raw, WINDOWS_1252, false));
        }
        Ok(Self::utf8(padded, false))
    }

    fn utf8(padded: Vec<u8>, declared: bool) -> Self {
        if std::str::from_utf8(&padded[GAP..]).is_ok() {
            return Self { padded, name: "UTF-8", replaced: false, declared };
        }
        let text = String::from_utf8_lossy(&padded[GAP..]);
        Self { padded: pad(&text), name: "UTF-8", replaced: true, declared }
    }

    fn converted(raw: &[u8], encoding: &'static Encoding, declared: bool) -> Self {
        let (text, replaced) = encoding.decode_without_bom_handling(raw);
        Self { padded: pad(&text), name: encoding.name(), replaced, declared }
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
        let decoded = Decoded::from_padded(padded).expect("decodes");
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
