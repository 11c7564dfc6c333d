//! Links by which people stop messages (RFC 8058). Whoever has the institution's key makes them, a hundred thousand
//! without asking anybody; they are good for ever, and say nothing but whom they are for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// The first byte of every token: others may come to look otherwise.
const VERSION: u8 = 1;
/// Version, kind and id.
const HEAD: usize = 18;
/// Of 256 bits, as many bytes: nobody finds 128 by trying.
const SIGNATURE: usize = 16;

/// The key that an institution's desks make links with, and its portal reads them with.
#[derive(Clone, PartialEq, Eq)]
pub struct UnsubscribeKey([u8; 32]);

/// The key is nobody's business in a log.
impl std::fmt::Debug for UnsubscribeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnsubscribeKey")
    }
}

impl UnsubscribeKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; 32]) -> UnsubscribeKey {
        UnsubscribeKey(bytes)
    }

    /// Reads a key from its text.
    pub fn parse(text: &str) -> Option<UnsubscribeKey> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(UnsubscribeKey)
    }

    /// As text.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn signed(&self, head: &[u8]) -> Hmac<Sha256> {
        // A key of any length is one; the branch is never taken.
        let mac = Hmac::<Sha256>::new_from_slice(&self.0);
        let mut mac = mac.unwrap_or_else(|_| unreachable!("HMAC takes any key"));
        mac.update(head);
        mac
    }

    /// What names a person in a link; `kind` is the number of the kind of record.
    pub fn token(&self, kind: u8, person: Uuid) -> String {
        let mut bytes = vec![VERSION, kind];
        bytes.extend_from_slice(person.as_bytes());
        let signature = self.signed(&bytes).finalize().into_bytes();
        bytes.extend_from_slice(&signature[..SIGNATURE]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Whom a token names; `None` where it was not made with this key. Compared in constant time.
    pub fn read(&self, token: &str) -> Option<(u8, Uuid)> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == HEAD + SIGNATURE)?;
        let (head, signature) = bytes.split_at(HEAD);
        self.signed(head).verify_truncated_left(signature).ok()?;
        if head[0] != VERSION {
            return None;
        }
        Some((head[1], Uuid::from_slice(&head[2..]).ok()?))
    }

    /// The link for a person, at the portal with this address.
    pub fn link(&self, portal: &str, kind: u8, person: Uuid) -> String {
        format!("{portal}/unsubscribe?t={}", self.token(kind, person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_its_own_tokens_are_read() {
        let (key, other) = (UnsubscribeKey::new([7; 32]), UnsubscribeKey::new([8; 32]));
        assert_eq!(UnsubscribeKey::parse(&key.text()), Some(key.clone()));
        assert_eq!(UnsubscribeKey::parse("short"), None);
        let person = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let token = key.token(1, person);
        assert_eq!(key.read(&token), Some((1, person)));
        assert_eq!(other.read(&token), None);
        assert!(token.len() < 64 && !token.contains(['+', '/', '=']), "{token}");
        // A token of another version is none, also where it is signed well.
        let mut head = vec![2, 1];
        head.extend_from_slice(person.as_bytes());
        let signature = key.signed(&head).finalize().into_bytes();
        head.extend_from_slice(&signature[..SIGNATURE]);
        assert_eq!(key.read(&URL_SAFE_NO_PAD.encode(head)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_changed_about_a_token_makes_it_none(
            person in any::<u128>(), kind in any::<u8>(), at in 0..46_usize, with in "[A-Za-z0-9_-]",
        ) {
            let key = UnsubscribeKey::new([7; 32]);
            let token = key.token(kind, Uuid::from_u128(person));
            let mut forged = token.clone();
            forged.replace_range(at..at + 1, &with);
            prop_assert_eq!(key.read(&token), Some((kind, Uuid::from_u128(person))));
            if forged != token {
                prop_assert_eq!(key.read(&forged), None);
            }
        }
    }
}
