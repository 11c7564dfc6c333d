//! The lines that vCard and iCalendar files are made of (RFC 6350, section 3; RFC 5545, section 3.1).

use std::io::{self, Write};

/// The longest line, in bytes without its end.
const LINE_BYTES: usize = 75;

/// Writes lines, folding those that are too long. Between characters only: a reader that does not unfold first must not
/// meet half a character.
pub(crate) struct ContentLines<W: Write> {
    to: W,
}

impl<W: Write> ContentLines<W> {
    pub(crate) fn new(to: W) -> Self {
        Self { to }
    }

    /// Writes one line. `head` is the property with its parameters, `value` is in the form that the property asks for;
    /// neither may hold a line break.
    pub(crate) fn line(&mut self, head: &str, value: &str) -> io::Result<()> {
        let line = format!("{head}:{value}");
        debug_assert!(!line.contains(['\r', '\n']), "a line break begins another property");
        let mut rest = line.as_str();
        // The blank at the start of a folded line counts as well.
        let mut room = LINE_BYTES;
        while rest.len() > room {
            let end = (0..=room).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
            self.to.write_all(&rest.as_bytes()[..end])?;
            self.to.write_all(b"\r\n ")?;
            rest = &rest[end..];
            room = LINE_BYTES - 1;
        }
        self.to.write_all(rest.as_bytes())?;
        self.to.write_all(b"\r\n")
    }

    /// Writes a line whose value is one text.
    pub(crate) fn text(&mut self, head: &str, value: &str) -> io::Result<()> {
        self.line(head, &escape(value))
    }

    /// Writes out what is still in memory.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The text as a value, or as one component or item of a value. Line breaks become `\n`, so no text can begin a property
/// of its own; other control characters are left out, because no reader has to take them.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {
                characters.next_if_eq(&'\n');
                escaped.push_str("\\n");
            }
            '\t' => escaped.push(c),
            // The separators of lines and paragraphs are line breaks to some readers.
            '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() -> io::Result<()> {
        let mut file = Vec::new();
        let value = format!("{}😀{}", "a".repeat(68), "é".repeat(100));
        ContentLines::new(&mut file).line("NOTE", &value)?;
        let file = String::from_utf8_lossy(&file).into_owned();
        assert!(file.split("\r\n").all(|line| line.len() <= LINE_BYTES));
        assert!(file.lines().skip(1).all(|line| line.starts_with(' ')));
        assert_eq!(file.replace("\r\n ", ""), format!("NOTE:{value}\r\n"));
        Ok(())
    }

    #[test]
    fn no_text_leaves_its_line() {
        assert_eq!(escape("a\r\nBEGIN:VEVENT\nb\rc\u{2028}d\0\u{7f}\u{85}"), "a\\nBEGIN:VEVENT\\nb\\nc\\nd");
        assert_eq!(escape("a\\n, b; c:\t\"d\""), "a\\\\n\\, b\\; c:\t\"d\"");
    }
}
