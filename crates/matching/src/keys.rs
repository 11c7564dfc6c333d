//! Blocking: the keys two records must share one of to be compared at all.
//!
//! A rare value is a key by itself. A frequent one is a key only together with another: a name with a name, a name
//! with anything, two frequent names with anything else. So the keys follow the data; no column is required.

use crate::atoms::{AtomCache, mix};
use crate::schema::{Kind, Schema};
use crate::table::{Row, Table};

/// Values in more records than this are no key by themselves.
const MOST_ALONE: u32 = 200;
/// Values in at most this many records need no company.
const RARE: u32 = 10;
/// Pairs of values expected in more records than this are no key.
const MOST_TOGETHER: f64 = 2000.0;
/// Two names expected together in more records than this are combined with a third value.
const FREQUENT_NAMES: f64 = 10.0;

/// How often each atom occurs, counted in a table of fixed size: too high where two atoms meet, never too low.
struct Counts {
    counts: Vec<u32>,
    shift: u32,
}

impl Counts {
    fn new(rows: usize) -> Counts {
        let bits = (rows * 16).next_power_of_two().trailing_zeros().clamp(14, 24);
        Counts { counts: vec![0; 1 << bits], shift: 32 - bits }
    }

    fn slot(&self, atom: u32) -> usize {
        // Atoms are hashes already, but those of neighbours must not be neighbours here.
        (atom.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    fn add(&mut self, atom: u32) {
        let slot = self.slot(atom);
        self.counts[slot] += 1;
    }

    fn of(&self, atom: u32) -> u32 {
        self.counts[self.slot(atom)]
    }
}

#[derive(Clone, Copy)]
struct Atom {
    hash: u32,
    count: u32,
    column: u8,
    alone: bool,
    /// Tells people apart well enough to be combined with another that is no name.
    telling: bool,
}

/// Makes the keys of rows.
pub(crate) struct Keys {
    cache: AtomCache,
    counts: Counts,
    rows: f64,
}

/// Buffers for making keys, used again from row to row.
#[derive(Default)]
pub(crate) struct Scratch {
    given: Vec<Atom>,
    sounds: Vec<Atom>,
    family: Vec<Atom>,
    person: Vec<Atom>,
    others: Vec<Atom>,
}

impl Keys {
    pub fn new(table: &Table) -> Keys {
        let mut keys =
            Keys { cache: AtomCache::new(table), counts: Counts::new(table.len()), rows: table.len().max(1) as f64 };
        for row in 0..table.len() as u32 {
            for column in 0..table.schema().columns().len() {
                for number in table.cell(column, row) {
                    for atom in keys.cache.of(table, Row::Own(row), column, *number) {
                        if atom != 0 {
                            keys.counts.add(atom);
                        }
                    }
                }
            }
        }
        keys
    }

    fn gather(&self, table: &Table, row: Row<'_>, scratch: &mut Scratch) {
        let Scratch { given, sounds, family, person, others } = scratch;
        for list in [&mut *given, sounds, family, person, others] {
            list.clear();
        }
        let schema: &Schema = table.schema();
        for (column, declared) in schema.columns().iter().enumerate() {
            let kind = declared.kind;
            for number in table.numbers(row, column) {
                let atoms = self.cache.of(table, row, column, *number);
                for (slot, hash) in atoms.into_iter().enumerate().filter(|(_, hash)| *hash != 0) {
                    let alone = !matches!(kind, Kind::Region | Kind::City | Kind::Text);
                    let telling = matches!(
                        kind,
                        Kind::Email | Kind::Phone | Kind::Street | Kind::Date | Kind::Identifier | Kind::PostalCode
                    );
                    let atom = Atom { hash, count: self.counts.of(hash), column: column as u8, alone, telling };
                    let list = match kind {
                        Kind::GivenName if slot < 2 => &mut *given,
                        Kind::GivenName => &mut *sounds,
                        Kind::FamilyName => &mut *family,
                        Kind::PersonName => &mut *person,
                        _ => &mut *others,
                    };
                    if !list.iter().any(|other| other.hash == hash) {
                        list.push(atom);
                    }
                }
            }
        }
    }

    fn expected(&self, a: Atom, b: Atom) -> f64 {
        f64::from(a.count) * f64::from(b.count) / self.rows
    }

    /// Writes the keys of a row to `out`, sorted and each once.
    pub fn of(&self, table: &Table, row: Row<'_>, scratch: &mut Scratch, out: &mut Vec<u32>) {
        out.clear();
        self.gather(table, row, scratch);
        let Scratch { given, sounds, family, person, others } = &*scratch;
        for atom in given.iter().chain(family).chain(person).chain(others) {
            if atom.alone && atom.count <= MOST_ALONE {
                out.push(key(1, &[atom.hash]));
            }
        }
        let mut names = |a: Atom, b: Atom, tag: u64| {
            out.push(key(tag, &[a.hash, b.hash]));
            if self.expected(a, b) > FREQUENT_NAMES {
                out.extend(others.iter().map(|other| key(tag, &[a.hash, b.hash, other.hash])));
            }
        };
        for family in family {
            given.iter().for_each(|given| names(*given, *family, 2));
            // By sound in no order, so that swapped names meet.
            sounds.iter().for_each(|sound| {
                let (low, high) = if sound.hash <= family.hash { (sound, family) } else { (family, sound) };
                names(*low, *high, 3);
            });
        }
        for (at, one) in person.iter().enumerate() {
            for other in &person[at + 1..] {
                let (low, high) = if one.hash <= other.hash { (one, other) } else { (other, one) };
                names(*low, *high, 4);
            }
        }
        // A person without a family name column's value still has a given name, and the other way round.
        let all_names = || given.iter().chain(family).chain(person);
        for other in others.iter().filter(|other| other.count > RARE) {
            for name in all_names() {
                let rare = name.count <= RARE && name.alone;
                if !rare && self.expected(*name, *other) <= MOST_TOGETHER {
                    out.push(key(5, &[name.hash, other.hash]));
                }
            }
        }
        for (at, one) in others.iter().enumerate() {
            for other in others[at + 1..].iter().filter(|other| other.column != one.column) {
                let wanted = (one.telling || other.telling) && one.count > RARE && other.count > RARE;
                if wanted && self.expected(*one, *other) <= f64::from(MOST_ALONE) {
                    out.push(key(6, &[one.hash, other.hash]));
                }
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}

fn key(tag: u64, hashes: &[u32]) -> u32 {
    let mut state = mix(tag);
    for hash in hashes {
        state = mix(state ^ u64::from(*hash)).wrapping_add(tag);
    }
    (state >> 32) as u32
}
