//! What people type to open the desk.

use unicode_normalization::UnicodeNormalization as _;

/// A passcode as it is compared: an é typed as one character and one typed as two are the same (NFC).
pub fn composed(typed: &str) -> String {
    typed.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_the_same_however_a_keyboard_makes_them() {
        assert_eq!(composed("cafe\u{301} au lait"), composed("caf\u{e9} au lait"));
        assert_ne!(composed("cafe au lait"), composed("caf\u{e9} au lait"));
    }
}
