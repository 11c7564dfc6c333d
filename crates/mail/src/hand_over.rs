//! Handing a message over to the person's own mail program: as a `mailto:` address, or as a file it opens.

use crate::compose::Message;
use crate::percent::{encoded, encoded_address};

/// Longest `mailto:` address that every system passes on whole.
pub const LONGEST_MAILTO: usize = 2_000;

/// The message as a `mailto:` address (RFC 6068): recipient, subject and plain text. `None` where it would be longer
/// than systems pass on; then a file is the way ([`eml`]).
pub fn mailto(message: &Message) -> Option<String> {
    let url = format!(
        "mailto:{}?subject={}&body={}",
        encoded_address(message.to.address()),
        encoded(&message.subject),
        encoded(&message.text.replace('\n', "\r\n"))
    );
    (url.len() <= LONGEST_MAILTO).then_some(url)
}

/// The message as a file `.eml`, marked as a draft, so that programs that know the mark open it for sending.
pub fn eml(message: &Message) -> Vec<u8> {
    message.draft()
}

/// A name for the file: the recipient's address, with nothing in it that a file's name can't hold.
pub fn file_name(message: &Message) -> String {
    let address = message.to.address().to_string();
    let safe: String =
        address.chars().map(|c| if c.is_ascii_alphanumeric() || "@.-_+".contains(c) { c } else { '_' }).collect();
    format!("{}.eml", safe.trim_start_matches('.'))
}
