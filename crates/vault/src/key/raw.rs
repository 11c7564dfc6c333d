//! The key itself.

use liaison_domain::head::hmac;
use rand::RngCore as _;
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// The 256-bit key of the database. Its memory is overwritten when it is dropped.
#[derive(Clone)]
pub struct RawKey(pub(super) Zeroizing<[u8; 32]>);

impl RawKey {
    pub(super) fn random() -> RawKey {
        let mut key = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(key.as_mut_slice());
        RawKey(key)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<RawKey> {
        bytes.try_into().ok().map(|key| RawKey(Zeroizing::new(key)))
    }

    /// A key for one purpose, of which nobody computes the key of the database. Databases without a key have one, too.
    pub fn derive(key: Option<&RawKey>, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hmac(key.map_or(&[], |key| key.0.as_slice()), purpose))
    }

    /// The key itself.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The value for SQLCipher's `PRAGMA key`: raw, so that opening derives nothing.
    pub fn pragma(&self) -> Zeroizing<String> {
        // As long as it gets: growing would leave copies behind.
        let mut text = Zeroizing::new(String::with_capacity(72));
        text.push_str("\"x'");
        for byte in self.0.iter() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str("'\"");
        text
    }
}
