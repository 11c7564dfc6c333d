//! What a file is, told from its first bytes. Names lie: a web page saved as "contacts.csv" is common.

use crate::reading::ReadError;

/// Which reader a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A workbook, or an archive or a container that should be one; whether it is is seen when it is opened.
    Workbook(Container),
    Vcard,
    /// Text, to be tried as CSV.
    Text,
}

/// What a workbook is packed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// A zip archive: Office Open XML, or OpenDocument.
    Zip,
    /// A compound file: Excel before 2007, or a newer workbook with a password.
    Compound,
}

/// First bytes that no text has, and what they mean.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (rar)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
    (b"BEGIN:VCALENDAR", "a calendar"),
];

/// Tells what the file is.
pub(crate) fn recognise(name: &str, content: &[u8]) -> Result<Content, ReadError> {
    if content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06") {
        return Ok(Content::Workbook(Container::Zip));
    }
    if content.starts_with(b"\xd0\xcf\x11\xe0") {
        return Ok(Content::Workbook(Container::Compound));
    }
    for (signature, found) in SIGNATURES {
        if content.starts_with(signature) {
            return Err(ReadError::NotRecognised { found });
        }
    }
    let head = Head::of(content);
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if head.starts_with("begin:vcard") {
        return Ok(Content::Vcard);
    }
    let found = if head.starts_with("<") {
        "a web page or XML document"
    } else if head.starts_with("{") || head.starts_with("[{") {
        "a JSON document"
    } else if name.to_ascii_lowercase().ends_with(".vcf") {
        "a file without any vCard, although its name says so"
    } else {
        return Ok(Content::Text);
    };
    Err(ReadError::NotRecognised { found })
}

/// The first visible characters of a file, in lower case. UTF-16 is read through by leaving out the zero bytes, which
/// is enough for the ASCII words looked for.
struct Head(Vec<u8>);

impl Head {
    fn of(content: &[u8]) -> Self {
        let content = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
            .into_iter()
            .find_map(|mark| content.strip_prefix(mark))
            .unwrap_or(content);
        let visible = content.iter().filter(|byte| **byte != 0).skip_while(|byte| byte.is_ascii_whitespace());
        Self(visible.take(64).map(u8::to_ascii_lowercase).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn starts_with(&self, word: &str) -> bool {
        self.0.starts_with(word.as_bytes())
    }
}

/// Whether decoded text is binary data after all: text hardly has control characters.
pub(crate) fn is_binary(text: &[u8]) -> bool {
    let sample = &text[..text.len().min(64 * 1024)];
    let (mut controls, mut nuls) = (0_usize, 0_usize);
    let mut previous = 0;
    for &byte in sample {
        match byte {
            0 => nuls += 1,
            b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | 0x1a => {}
            0x01..=0x1f | 0x7f => controls += 1,
            // U+0080 to U+009F in UTF-8.
            0x80..=0x9f if previous == 0xc2 => controls += 1,
            _ => {}
        }
        previous = byte;
    }
    (controls + nuls / 5) * 50 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, content: &[u8]) -> Option<&'static str> {
        match recognise(name, content) {
            Err(ReadError::NotRecognised { found }) => Some(found),
            _ => None,
        }
    }

    #[test]
    fn content_counts_and_not_the_name() {
        assert!(matches!(recognise("a.csv", b"PK\x03\x04.."), Ok(Content::Workbook(Container::Zip))));
        assert!(matches!(recognise("a.csv", b"\xef\xbb\xbf\r\nBegin:VCard\r\n"), Ok(Content::Vcard)));
        let wide: Vec<u8> = "\u{feff}BEGIN:VCARD".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(recognise("a", &wide), Ok(Content::Vcard)));
        assert!(matches!(recognise("a.xlsx", b"Name,City"), Ok(Content::Text)));
        assert_eq!(found("a.csv", b"%PDF-1.7"), Some("a PDF document"));
        assert_eq!(found("a.csv", b"\n <!DOCTYPE html>"), Some("a web page or XML document"));
        assert_eq!(found("a.csv", b"[{\"a\":1}]"), Some("a JSON document"));
        assert!(found("a.vcf", b"Name,City").is_some());
        assert!(matches!(recognise("a.csv", b" \r\n\0"), Err(ReadError::Empty)));
    }

    #[test]
    fn text_with_a_stray_control_character_is_still_text() {
        assert!(!is_binary("Name,City\r\nÅsa\u{1},Malmö\r\n".repeat(9).replacen('\u{1}', "", 7).as_bytes()));
        assert!(is_binary(&(0..=255).collect::<Vec<u8>>()));
        assert!(!is_binary(b""));
    }
}
