//! Addresses and names of people who write and are written to. What is wrong is refused here: lettre panics when a
//! name with a line break reaches its mailbox, and a line break in a header is how headers are forged.

use liaison_records::address;
use std::fmt;

/// Longest name beside an address, in characters.
const LONGEST_NAME: usize = 200;

/// An address that a message can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(lettre::Address);

/// Why something is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// There is none.
    #[error("there is no address")]
    Empty,
    /// It is longer than addresses can be.
    #[error("the address is too long")]
    TooLong,
    /// It has spaces, line breaks or control characters in it.
    #[error("the address has spaces or control characters in it")]
    Unprintable,
    /// It does not look like `name@example.edu`.
    #[error("the address does not look like name@example.edu")]
    Malformed,
    /// The name beside it has line breaks or control characters in it.
    #[error("the name has line breaks or control characters in it")]
    Name,
}

impl Address {
    /// Reads an address such as `dana@acme.example`. The domain is put into the form that every server takes.
    pub fn parse(text: &str) -> Result<Address, AddressProblem> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || is_invisible(c)) {
            return Err(AddressProblem::Unprintable);
        }
        let Some((local, domain)) = address::parts(text) else {
            let local = text.rsplit_once('@').map_or(0, |(local, _)| local.len());
            let is_long = local > address::LOCAL_MAX || text.len() > address::ADDRESS_MAX;
            return Err(if is_long { AddressProblem::TooLong } else { AddressProblem::Malformed });
        };
        lettre::Address::new(local, domain).map(Address).map_err(|_| AddressProblem::Malformed)
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An address with the name of whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    name: String,
    address: Address,
}

impl Mailbox {
    /// An address with a name, which may be empty. Errors where either can't stand in a header.
    pub fn new(name: &str, address: &str) -> Result<Mailbox, AddressProblem> {
        let name = name.trim();
        if name.chars().any(|c| c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}'))
            || name.chars().count() > LONGEST_NAME
        {
            return Err(AddressProblem::Name);
        }
        Ok(Mailbox { name: name.to_owned(), address: Address::parse(address)? })
    }

    /// The name; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address.
    pub fn address(&self) -> &Address {
        &self.address
    }

    pub(crate) fn inner(&self) -> lettre::message::Mailbox {
        let name = (!self.name.is_empty()).then(|| self.name.clone());
        lettre::message::Mailbox::new(name, self.address.0.clone())
    }
}

/// Characters that show as nothing, or turn the text around them: they make one address look like another.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in ["dana@acme.example", "a+b.c_d-e@sub.acme.example", "o'neil@acme.example", " dana@acme.example "] {
            assert_eq!(Address::parse(good).map(|a| a.to_string()), Ok(good.trim().to_owned()));
        }
        assert_eq!(
            Address::parse("dana@bücher.example").map(|a| a.to_string()),
            Ok("dana@xn--bcher-kva.example".into())
        );
        for (bad, why) in [
            ("", AddressProblem::Empty),
            ("dana", AddressProblem::Malformed),
            ("dana@localhost", AddressProblem::Malformed),
            ("dana@acme.example, eve@acme.example", AddressProblem::Unprintable),
            ("dana@acme.example,eve@acme.example", AddressProblem::Malformed),
            ("dana@acme.example\r\nBcc:eve@acme.example", AddressProblem::Unprintable),
            ("dana\u{200b}@acme.example", AddressProblem::Unprintable),
            ("<dana@acme.example>", AddressProblem::Malformed),
            ("\"dana\"@acme.example", AddressProblem::Malformed),
            ("dana@[127.0.0.1]", AddressProblem::Malformed),
            ("dana@acme..example", AddressProblem::Malformed),
            ("dana@-acme.example", AddressProblem::Malformed),
            (".dana@acme.example", AddressProblem::Malformed),
            (&format!("{}@acme.example", "d".repeat(65)), AddressProblem::TooLong),
        ] {
            assert_eq!(Address::parse(bad), Err(why), "{bad:?}");
        }
    }

    #[test]
    fn a_name_with_a_line_break_is_refused_before_lettre_panics() {
        for name in ["Dana\r\nBcc: eve@acme.example", "Dana\n", "Da\0na", "Da\u{202e}na", "Da\u{2028}na"] {
            let refused = Mailbox::new(name, "dana@acme.example");
            assert!(refused == Err(AddressProblem::Name) || name.trim() == "Dana", "{name:?}");
        }
        assert!(Mailbox::new(&"x".repeat(201), "dana@acme.example").is_err());
        let odd = Mailbox::new("Reyes, \"Dana\" <x@y.example>", "dana@acme.example").expect("a name may be odd");
        assert!(odd.inner().to_string().ends_with("<dana@acme.example>"));
    }
}
