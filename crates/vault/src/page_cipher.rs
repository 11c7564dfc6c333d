//! Whether a page of an encrypted database is what was written with its key, told without SQLite: SQLCipher itself says
//! of a wrong key, a damaged page and a file of somebody else the same, that this is no database.

use crate::key::RawKey;
use sha2::{Digest as _, Sha512};

/// SQLCipher's page size, in bytes.
pub(crate) const PAGE: usize = 4096;
/// The first page begins with this many bytes of salt, in plain.
pub(crate) const SALT: usize = 16;
/// At the end of each page are the code that authenticates it, and before that what its encryption began with.
const CODE: usize = 64;
/// SHA-512 works on blocks of so many bytes.
const BLOCK: usize = 128;

/// Tells pages that were written with a key, in the database with a salt, from all others.
pub(crate) struct PageCipher {
    inner: Sha512,
    outer: Sha512,
}

impl PageCipher {
    /// As SQLCipher 4 derives it: the key of the code is the key of the database, hashed twice with a salt of its own.
    pub(crate) fn new(key: &RawKey, salt: &[u8; SALT]) -> PageCipher {
        const MASK: u8 = 0x3a;
        let master = PageCipher::keyed(key.bytes());
        let mut masked = Vec::from(salt.map(|byte| byte ^ MASK));
        masked.extend(1_u32.to_be_bytes());
        let once = master.code(&[&masked]);
        let twice = master.code(&[&once]);
        let mut derived = [0; 32];
        for (byte, (once, twice)) in derived.iter_mut().zip(once.iter().zip(&twice)) {
            *byte = once ^ twice;
        }
        PageCipher::keyed(&derived)
    }

    /// HMAC (RFC 2104), ready to be used for many messages.
    fn keyed(key: &[u8; 32]) -> PageCipher {
        let pad = |byte: u8| {
            let mut block = [byte; BLOCK];
            block.iter_mut().zip(key).for_each(|(padded, key)| *padded ^= key);
            Sha512::new_with_prefix(block)
        };
        PageCipher { inner: pad(0x36), outer: pad(0x5c) }
    }

    fn code(&self, message: &[&[u8]]) -> [u8; CODE] {
        let mut inner = self.inner.clone();
        message.iter().for_each(|part| inner.update(part));
        let mut outer = self.outer.clone();
        outer.update(inner.finalize());
        outer.finalize().into()
    }

    /// Whether this is the page of this number, as it was written with the key. `page` is [`PAGE`] bytes.
    pub(crate) fn fits(&self, number: u32, page: &[u8]) -> bool {
        let begin = if number == 1 { SALT } else { 0 };
        let (content, code) = (&page[begin..PAGE - CODE], &page[PAGE - CODE..]);
        self.code(&[content, &number.to_le_bytes()]) == code
    }
}
