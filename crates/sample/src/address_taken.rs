//! Keeps e-mail addresses unique without remembering a million of them.

use crate::random::mix;

/// A Bloom filter with 16 bits per address: 2 MB for a million. It may take an unused address for a used one, in
/// about one case of a thousand, and then a number is added for nothing; it never lets the same address pass twice.
pub(crate) struct AddressesTaken {
    bits: Vec<u64>,
}

impl AddressesTaken {
    pub fn with_room_for(count: usize) -> Self {
        Self { bits: vec![0; (count / 4).next_power_of_two().max(16)] }
    }

    /// Notes the address. False where it was, or may have been, noted before.
    pub fn take(&mut self, address: &str) -> bool {
        // FNV-1a, finished by a mixer: our own for the same reason as the random numbers.
        let hash = address
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        let (mut at, step) = (mix(hash), mix(hash ^ 0x5851_F42D_4C95_7F2D) | 1);
        let mut new = false;
        for _ in 0..6 {
            let word = (at >> 6) as usize & (self.bits.len() - 1);
            let bit = 1 << (at & 63);
            new |= self.bits[word] & bit == 0;
            self.bits[word] |= bit;
            at = at.wrapping_add(step);
        }
        new
    }
}
