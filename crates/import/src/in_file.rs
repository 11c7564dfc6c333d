//! What the rows before a row have said: the dry run and the commit both remember it here, so that they can't differ.

use super::person::Name;
use hashbrown::hash_map::Entry;
use hashbrown::{DefaultHashBuilder, HashMap};
use std::hash::BuildHasher as _;

/// Rows that are remembered of one address. Who has it after so many others is told from the first only.
const MOST_WITH_ADDRESS: usize = 20;

/// A contact that a row is about.
#[derive(Clone, Debug)]
struct Claim {
    row: u32,
    /// The contact's name after the row.
    name: Name,
}

/// Addresses of the rows and the contacts they are about. What later rows said doesn't count for earlier ones: rows
/// can be asked for in any order.
#[derive(Default)]
pub struct InFile {
    hasher: DefaultHashBuilder,
    /// The first row with an address.
    first: HashMap<u64, u32>,
    /// Further rows with it, in their order.
    further: HashMap<u64, Vec<u32>>,
    claims: HashMap<i64, Claim>,
}

impl InFile {
    /// Takes note of the addresses of a row, by their keys; rows come in their order.
    pub fn note(&mut self, keys: &[String], row: u32) {
        for key in keys {
            let hash = self.hasher.hash_one(key);
            match self.first.entry(hash) {
                Entry::Vacant(free) => {
                    free.insert(row);
                }
                Entry::Occupied(first) if *first.get() != row => {
                    let further = self.further.entry(hash).or_default();
                    if further.len() < MOST_WITH_ADDRESS && !further.contains(&row) {
                        further.push(row);
                    }
                }
                Entry::Occupied(_) => {}
            }
        }
    }

    /// The rows before this one that have an address, and whether they are all that have it.
    pub fn earlier(&self, key: &str, row: u32) -> (Vec<u32>, bool) {
        if key.is_empty() {
            return (Vec::new(), true);
        }
        let hash = self.hasher.hash_one(key);
        let further = self.further.get(&hash).map_or(&[][..], Vec::as_slice);
        let rows = self.first.get(&hash).into_iter().chain(further).copied().filter(|earlier| *earlier < row);
        (rows.collect(), further.len() < MOST_WITH_ADDRESS)
    }

    /// Forgets who has these addresses: all rows with one of them are noted anew.
    pub fn forget_addresses<'k>(&mut self, keys: impl IntoIterator<Item = &'k String>) {
        for key in keys {
            let hash = self.hasher.hash_one(key);
            self.first.remove(&hash);
            self.further.remove(&hash);
        }
    }

    /// Says that a row is about a contact, who is called so afterwards.
    pub fn claim(&mut self, n: i64, row: u32, name: Name) {
        self.claims.insert(n, Claim { row, name });
    }

    /// The row before this one that is about a contact, and the contact's name after it.
    pub fn claimed(&self, n: i64, row: u32) -> Option<(u32, &Name)> {
        self.claims.get(&n).filter(|claim| claim.row < row).map(|claim| (claim.row, &claim.name))
    }

    /// Forgets which rows are about these contacts.
    pub fn forget_claims(&mut self, contacts: &[i64]) {
        for n in contacts {
            self.claims.remove(n);
        }
    }

    /// All contacts that rows are about.
    pub fn all_claimed(&self) -> Vec<i64> {
        self.claims.keys().copied().collect()
    }

    /// The contact that a row is about.
    pub fn claim_of(&self, row: u32) -> Option<i64> {
        self.claims.iter().find(|(_, claim)| claim.row == row).map(|(n, _)| *n)
    }
}
