//! Keys wrapped by what people type: Argon2id derives a key from it, XChaCha20-Poly1305 seals the database's.

use super::raw::RawKey;
use crate::error::StoreError;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngCore as _;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// OWASP's first choice for Argon2id: 46 MiB, one pass, one lane would do; a desk can afford 64 MiB and three passes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// What a key file may ask for. Whatever it says, an answer comes within seconds, with memory that every computer has.
const MEMORY_KIB_LEAST: u32 = 8 * 1024;
const MEMORY_KIB_MOST: u32 = 256 * 1024;
/// Most memory times passes, in KiB: five times what is asked for here.
const WORK_MOST: u64 = 1024 * 1024;

/// How a key is derived from what was typed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Derivation {
    memory_kib: u32,
    passes: u32,
    /// Hexadecimal.
    salt: String,
}

/// The key of the database under a derived one; both in hexadecimal.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Sealed {
    nonce: String,
    key: String,
}

/// The key of the database, wrapped with a derivation of its own.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Wrapped {
    #[serde(flatten)]
    pub(super) derivation: Derivation,
    #[serde(flatten)]
    pub(super) sealed: Sealed,
}

/// A key derived from what was typed.
pub(super) type Derived = Zeroizing<[u8; 32]>;

impl Derivation {
    /// A derivation with a salt of its own.
    pub(super) fn new() -> Derivation {
        let mut salt = [0; 16];
        rand::rng().fill_bytes(&mut salt);
        Derivation { memory_kib: MEMORY_KIB, passes: PASSES, salt: hex(&salt) }
    }

    /// Why the numbers can't be right; `None` where they are.
    pub(super) fn problem(&self) -> Option<String> {
        let work = u64::from(self.memory_kib) * u64::from(self.passes);
        let is_sane = (MEMORY_KIB_LEAST..=MEMORY_KIB_MOST).contains(&self.memory_kib)
            && self.passes > 0
            && work <= WORK_MOST
            && unhex(&self.salt).is_some_and(|salt| (8..=64).contains(&salt.len()));
        (!is_sane).then(|| {
            let (memory, passes) = (self.memory_kib, self.passes);
            format!("it asks for {memory} KiB of memory in {passes} passes, which Liaison never writes")
        })
    }

    /// Takes a good tenth of a second and 64 MiB.
    pub(super) fn derive(&self, secret: &str) -> Result<Derived, StoreError> {
        let failed = || StoreError::Damaged("key.json: a key can't be derived".into());
        let salt = unhex(&self.salt).ok_or_else(failed)?;
        let parameters = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(|_| failed())?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into(secret.as_bytes(), &salt, out.as_mut_slice())
            .map_err(|_| failed())?;
        Ok(out)
    }
}

impl Sealed {
    /// Seals the key of the database for `owner`: what it belongs to can't be changed without it.
    pub(super) fn seal(key: &RawKey, by: &Derived, owner: &[u8]) -> Result<Sealed, StoreError> {
        let mut nonce = [0; 24];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = XChaCha20Poly1305::new(by.as_slice().into())
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: key.0.as_slice(), aad: owner })
            .map_err(|_| StoreError::Damaged("the key could not be wrapped".into()))?;
        Ok(Sealed { nonce: hex(&nonce), key: hex(&sealed) })
    }

    pub(super) fn open(&self, by: &Derived, owner: &[u8]) -> Option<RawKey> {
        let nonce = unhex(&self.nonce).filter(|nonce| nonce.len() == 24)?;
        let sealed = unhex(&self.key)?;
        let key = XChaCha20Poly1305::new(by.as_slice().into())
            .decrypt(XNonce::from_slice(&nonce), Payload { msg: &sealed, aad: owner })
            .ok()?;
        RawKey::from_slice(&Zeroizing::new(key))
    }
}

impl Wrapped {
    pub(super) fn new(key: &RawKey, secret: &str) -> Result<Wrapped, StoreError> {
        let derivation = Derivation::new();
        let sealed = Sealed::seal(key, &derivation.derive(secret)?, &[])?;
        Ok(Wrapped { derivation, sealed })
    }

    pub(super) fn open(&self, secret: &str) -> Result<Option<RawKey>, StoreError> {
        Ok(self.sealed.open(&self.derivation.derive(secret)?, &[]))
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_reads_what_it_writes_and_nothing_odd() {
        assert_eq!(unhex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
        assert_eq!(unhex("abc"), None);
        assert_eq!(unhex("zz"), None);
    }

    #[test]
    fn numbers_no_desk_writes_are_refused_before_anything_is_derived() {
        let of = |memory_kib, passes| Derivation { memory_kib, passes, ..Derivation::new() }.problem().is_none();
        assert!(of(MEMORY_KIB, PASSES) && of(MEMORY_KIB_MOST, 4));
        for (memory_kib, passes) in
            [(u32::MAX, 3), (MEMORY_KIB, u32::MAX), (MEMORY_KIB_MOST, 5), (MEMORY_KIB, 0), (8, 3)]
        {
            assert!(!of(memory_kib, passes), "{memory_kib} KiB, {passes} passes");
        }
        let short = Derivation { salt: "ab".into(), ..Derivation::new() };
        assert!(short.problem().is_some());
    }
}
