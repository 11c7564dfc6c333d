//! Texts as they stand in web and mail addresses (RFC 3986).

use crate::address::Address;
use std::fmt::Write as _;

/// An address as it stands behind `mailto:`.
pub(crate) fn encoded_address(address: &Address) -> String {
    encoded(&address.to_string()).replace("%40", "@")
}

/// A text with every byte that could mean something else as `%` and its number.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
