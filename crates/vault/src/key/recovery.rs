//! How a recovery key is written on paper, and read from it.

use rand::RngCore as _;
use zeroize::Zeroizing;

/// Letters and digits that can't be mistaken for one another on paper (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many of them a recovery key has.
const LENGTH: usize = 32;

/// 160 random bits as eight groups of four.
pub(super) fn make() -> String {
    let mut random = Zeroizing::new([0; LENGTH]);
    rand::rng().fill_bytes(random.as_mut_slice());
    let letters: Vec<char> = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A recovery key as typed from paper: case, spaces and dashes don't count, O is 0, I and L are 1. `None` for what
/// can't be one.
pub(super) fn read(typed: &str) -> Option<Zeroizing<String>> {
    let mut normal = Zeroizing::new(String::with_capacity(typed.len()));
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—')) {
        normal.push(match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    }
    let fits = normal.len() == LENGTH && normal.bytes().all(|byte| ALPHABET.contains(&byte));
    fits.then_some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_however_it_is_typed_and_a_passcode_is_none() {
        let key = make();
        let plain = key.replace('-', "");
        assert_eq!(read(&key).as_deref(), Some(&plain));
        assert_eq!(read(&format!(" {} ", key.to_lowercase().replace('-', " – "))).as_deref(), Some(&plain));
        assert_eq!(read(&key.replace('0', "o").replace('1', "l")).as_deref(), Some(&plain));
        for none in ["", "correct horse battery staple x", &key[1..], "ÄÖÜÄÖÜÄÖÜÄÖÜÄÖ"] {
            assert!(read(none).is_none(), "{none}");
        }
    }
}
