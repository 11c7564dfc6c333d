//! The small, changing part of the index: records that changed since the base was built.

use super::base::Base;
use super::words::Entry;
use liaison_store::bits::Bits;
use liaison_store::group::Group;
use std::collections::{BTreeMap, HashMap};

/// Records by name, as the base has them, but few.
pub struct Overlay {
    entries: BTreeMap<(String, u32), Kept>,
    keys: HashMap<u32, String>,
    superseded: Bits,
}

struct Kept {
    group: Option<Group>,
    words: Vec<String>,
}

impl Overlay {
    /// An empty overlay over a base of `size` records.
    pub fn new(size: usize) -> Overlay {
        Overlay { entries: BTreeMap::new(), keys: HashMap::new(), superseded: Bits::new(size) }
    }

    /// How many records it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The places of the base that no longer count.
    pub fn superseded(&self) -> &Bits {
        &self.superseded
    }

    /// Forgets what the base, or this overlay, knows of a row.
    pub fn supersede(&mut self, base: &Base, row: u32) {
        if let Some(place) = base.place(row) {
            self.superseded.set(place);
        }
        if let Some(key) = self.keys.remove(&row) {
            self.entries.remove(&(key, row));
        }
    }

    /// Adds a record.
    pub fn insert(&mut self, entry: Entry) {
        self.keys.insert(entry.row, entry.key.clone());
        self.entries.insert((entry.key, entry.row), Kept { group: Some(entry.group), words: entry.words });
    }

    /// Moves a row to a group, or out of all of them. A row in the trash stays out. False where the row is not here.
    pub fn regroup(&mut self, row: u32, group: Option<Group>) -> bool {
        let Some(key) = self.keys.get(&row) else { return false };
        match self.entries.get_mut(&(key.clone(), row)) {
            Some(kept) => {
                kept.group = kept.group.and(group);
                true
            }
            None => false,
        }
    }

    /// The rows found in the base at `places` and those found here, together in the order of their names.
    pub fn merge(&self, base: &Base, places: &Bits, words: &[String], groups: &[Group]) -> Vec<u32> {
        let mut rows = Vec::with_capacity(places.count());
        let mut from_base = places.iter().peekable();
        for ((key, row), kept) in &self.entries {
            let found = kept.group.is_some_and(|group| groups.contains(&group))
                && words.iter().all(|prefix| kept.words.iter().any(|word| word.starts_with(prefix.as_str())));
            if !found {
                continue;
            }
            let before = base.place_for(key, *row);
            while let Some(place) = from_base.next_if(|place| *place < before) {
                rows.push(base.row(place));
            }
            rows.push(*row);
        }
        rows.extend(from_base.map(|place| base.row(place)));
        rows
    }
}
