//! Random tokens, and what is signed with an institution's key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};

/// 256 random bits, as text that an address can hold.
pub fn draw() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a token: nobody finds 256 random bits by trying, so a fast hash is enough.
pub fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The key with which an institution's portal signs.
#[derive(Clone)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// A new key.
    pub fn draw() -> Key {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Key(bytes)
    }

    fn mac(&self, parts: &[&str]) -> Hmac<Sha256> {
        // A key of any length is one; the branch is never taken.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("HMAC takes any key"));
        for part in parts {
            // With its length before it, so that no two lists of parts are signed alike.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }

    /// The signature of some parts.
    pub fn sign(&self, parts: &[&str]) -> [u8; 32] {
        self.mac(parts).finalize().into_bytes().into()
    }

    /// A text with a signature over it, for this purpose.
    pub fn seal(&self, purpose: &str, text: &str) -> String {
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(self.sign(&[purpose, text])))
    }

    /// The text, where it was sealed for this purpose. Compared in constant time.
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<String> {
        let (text, signature) = sealed.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(&[purpose, text]).verify_slice(&signature).ok()?;
        Some(text.to_owned())
    }
}
