//! What a value is looked up by: hashes that survive the usual slips.

use crate::compare::mailbox;
use crate::nicknames;
use crate::phonetic::sound;
use crate::schema::Kind;
use crate::table::{Row, Table};

/// Up to three hashes of one value; 0 is none. A given name has up to two families of nicknames and, last, its sound.
pub(crate) type Atoms = [u32; 3];

/// Spreads every bit of the input over the whole output (the finaliser of SplitMix64).
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A hash that is the same on every machine and in every run; never 0.
fn hash(tag: u64, bytes: impl Iterator<Item = u8>) -> u32 {
    let mut state = mix(tag.wrapping_add(0x9E37_79B9_7F4A_7C15));
    for byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(5);
    }
    (mix(state) as u32).max(1)
}

const SOUND: u64 = 1;
const NICKNAMES: u64 = 2;

fn sound_hash(word: &str) -> u32 {
    hash(SOUND, sound(word).bytes())
}

fn family_or_sound(name: &str) -> [u32; 2] {
    let first = name.split(' ').next().unwrap_or(name);
    let of = |number: &u16| hash(NICKNAMES, number.to_le_bytes().into_iter());
    match nicknames::families(first) {
        [] => [sound_hash(first), 0],
        [one] => [of(one), 0],
        [one, other, ..] => [of(one), of(other)],
    }
}

/// The hashes of a value in the form it is compared in.
pub(crate) fn atoms(column: usize, kind: Kind, text: &str) -> Atoms {
    let tag = 16 + column as u64 * 4;
    let whole = || hash(tag, text.bytes());
    match kind {
        Kind::GivenName => {
            let [one, other] = family_or_sound(text);
            [one, other, sound_hash(text)]
        }
        Kind::FamilyName => {
            let mut words = text.split(' ').filter(|word| word.len() >= 3).map(sound_hash);
            [words.next().unwrap_or_else(|| sound_hash(text)), words.next().unwrap_or(0), 0]
        }
        Kind::PersonName => {
            let words: Vec<&str> = text.split(' ').filter(|word| word.chars().count() > 1).collect();
            let at = |at: usize| words.get(at).map_or(0, |word| family_or_sound(word)[0]);
            let last = if words.len() > 2 { at(words.len() - 1) } else { 0 };
            [at(0), if last == 0 { at(1) } else { last }, if last == 0 { 0 } else { at(1) }]
        }
        Kind::Organization => {
            let first = text.split(' ').next().filter(|word| word.len() >= 4 && word.len() < text.len());
            [whole(), first.map_or(0, |word| hash(tag, word.bytes())), 0]
        }
        Kind::Email => [whole(), mailbox(text).map_or(0, |local| hash(tag + 1, local.bytes())), 0],
        Kind::Phone => [hash(tag, text.bytes().rev().take(8)), 0, 0],
        Kind::Street => {
            let words = text.split(' ').filter(|word| word.len() >= 3 && word.chars().all(char::is_alphabetic));
            let longest = words.max_by_key(|word| word.len());
            [whole(), longest.map_or(0, |word| hash(tag + 1, sound(word).bytes())), 0]
        }
        Kind::Generation => [0, 0, 0],
        Kind::City => [hash(tag, sound(text).bytes()), 0, 0],
        Kind::PostalCode => [hash(tag, text.bytes().take(5)), 0, 0],
        Kind::Region | Kind::Date | Kind::Identifier | Kind::Text => [whole(), 0, 0],
    }
}

/// Columns of one kind share their atoms: a line of an address may stand in the other one.
fn home(table: &Table, column: usize) -> usize {
    table.schema().first(table.schema().kind(column)).unwrap_or(column)
}

/// The atoms of a table's values where finding them takes longer than looking them up.
pub(crate) struct AtomCache {
    columns: Vec<Vec<Atoms>>,
}

impl AtomCache {
    pub fn new(table: &Table) -> AtomCache {
        let columns = table.schema().columns().iter().enumerate().map(|(column, declared)| {
            if matches!(declared.kind, Kind::Email | Kind::Phone | Kind::PostalCode | Kind::Date | Kind::Identifier) {
                return Vec::new();
            }
            let of = |(number, count): (usize, &u32)| match count {
                0 => Atoms::default(),
                _ => atoms(home(table, column), declared.kind, table.pool(column).get(number as u32)),
            };
            table.counts(column).iter().enumerate().map(of).collect()
        });
        AtomCache { columns: columns.collect() }
    }

    /// The atoms of a value of a row.
    pub fn of(&self, table: &Table, row: Row<'_>, column: usize, number: u32) -> Atoms {
        match self.columns[column].get(number as usize) {
            Some(found) if *found != Atoms::default() => *found,
            _ => atoms(home(table, column), table.schema().kind(column), table.text(row, column, number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_nicknames_keep_an_atom() {
        let shared = |kind, a: &str, b: &str| {
            let theirs = atoms(0, kind, b);
            atoms(0, kind, a).iter().any(|atom| *atom != 0 && theirs.contains(atom))
        };
        assert!(shared(Kind::GivenName, "william", "bill"));
        assert!(shared(Kind::FamilyName, "meyer jones", "maier"));
        assert!(shared(Kind::Phone, "442125550101", "2125550101"));
        assert!(shared(Kind::Email, "dana.reyes@a.example", "dana.reyes@b.example"));
        assert!(!shared(Kind::City, "berlin", "paris"));
    }
}
