//! The head of a device's chain: how many operations it has written, and the last link. Written down elsewhere, it shows
//! later that none of them was taken away or changed.

use crate::id::Id;
use crate::journal::Digest;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// How many operations a device has written, and the link of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// The device.
    pub device: Id,
    /// How many operations; the place of the last one in the chain.
    pub operations: u64,
    /// Its link.
    pub chain: Digest,
}

/// A head as people write it down: the number of operations and the first 128 bits of the link, as in
/// `1204-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHead {
    /// How many operations there were.
    pub operations: u64,
    /// How the link of the last one begins.
    begins: Vec<u8>,
}

/// Bytes of a link that are written down. Nobody finds another journal with the same ones.
const WRITTEN: usize = 16;

impl JournalHead {
    /// As people write it down.
    pub fn written(&self) -> WrittenHead {
        WrittenHead { operations: self.operations, begins: self.chain[..WRITTEN].to_vec() }
    }
}

impl WrittenHead {
    /// Whether it is the head of a journal whose operation at this place has this link.
    pub fn is(&self, chain: &Digest) -> bool {
        chain.starts_with(&self.begins)
    }
}

impl fmt::Display for WrittenHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.operations)?;
        for pair in self.begins.chunks(2) {
            write!(f, "-")?;
            pair.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        }
        Ok(())
    }
}

/// What somebody typed is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no head of a journal; one looks like 1204-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015")]
pub struct NoHead;

impl FromStr for WrittenHead {
    type Err = NoHead;

    /// Reads a head as it is shown, also with spaces, in capital letters, or with the whole link.
    fn from_str(text: &str) -> Result<WrittenHead, NoHead> {
        let text: String = text.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
        let (operations, link) = text.trim_matches('-').split_once('-').ok_or(NoHead)?;
        let link: String = link.chars().filter(|c| *c != '-').collect();
        let begins = bytes(&link).filter(|bytes| (WRITTEN..=32).contains(&bytes.len())).ok_or(NoHead)?;
        Ok(WrittenHead { operations: operations.parse().map_err(|_| NoHead)?, begins })
    }
}

/// Bytes as pairs of hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(half.into(), 16).unwrap_or_default());
        }
    }
    text
}

/// HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes: only who has the key can make it, or check it.
pub fn hmac(key: &[u8], message: &[u8]) -> Digest {
    let block = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(block(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block(0x5c)).chain_update(inner).finalize().into()
}

/// Bytes written as pairs of hexadecimal digits.
pub fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.len().is_multiple_of(2) || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed_again(operations: u64, chain: Digest, other: Digest, spaced: bool, capital: bool) {
            let head = JournalHead { device: Id::from_parts(1, [2; 10]), operations, chain };
            let mut typed = head.written().to_string();
            if spaced {
                typed = format!(" {}\n", typed.replace('-', " "));
            }
            if capital {
                typed = typed.to_uppercase();
            }
            let read: WrittenHead = typed.parse().expect("a head");
            prop_assert_eq!(&read, &head.written());
            prop_assert!(read.is(&chain));
            prop_assert_eq!(read.is(&other), chain[..16] == other[..16]);
        }

        #[test]
        fn anything_else_is_none(text: String) {
            let _ = text.parse::<WrittenHead>();
        }
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn the_code_is_that_of_the_standard() {
        let code = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&code), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn half_a_head_is_none() {
        for text in [
            "",
            "12",
            "12-",
            "-9f86",
            "12-9f86-d081",
            "x-9f86d081884c7d659a2feaa0c55ad015",
            "12-9f86d081884c7d659a2feaa0c55ad01é",
        ] {
            assert_eq!(text.parse::<WrittenHead>(), Err(NoHead), "{text}");
        }
        let whole = format!("12-{}", "ab".repeat(32));
        assert!(whole.parse::<WrittenHead>().expect("the whole link").is(&[0xab; 32]));
    }
}
