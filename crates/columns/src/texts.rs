//! The different texts of a column, each once.

use hashbrown::{DefaultHashBuilder, HashTable};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::BuildHasher as _;

/// Stands behind each text, so that what is looked for never reaches over two. No value has it.
const END: char = '\0';

/// Texts by number: those of the beginning sorted, then those that were added since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    text: String,
    /// Where each ends, with what stands behind it.
    ends: Vec<u32>,
    sorted: u32,
    added: HashMap<Box<str>, u32>,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many were added since they were sorted.
    pub fn added(&self) -> usize {
        self.added.len()
    }

    /// Gives back the room for more than there are.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The text with a number.
    pub fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[number] as usize - END.len_utf8()]
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number))
    }

    fn push(&mut self, text: &str) -> u32 {
        let number = self.ends.len() as u32;
        self.text.push_str(text);
        self.text.push(END);
        self.ends.push(self.text.len() as u32);
        number
    }

    /// How many of the sorted texts come before the first for which `before` is false.
    fn partition(&self, before: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.sorted);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.get(middle as usize)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The number of a text.
    pub fn find(&self, text: &str) -> Option<u32> {
        let at = self.partition(|have| have < text);
        if at < self.sorted && self.get(at as usize) == text { Some(at) } else { self.added.get(text).copied() }
    }

    /// The number of a text, which is added where it is not there.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.find(text) {
            return number;
        }
        let number = self.push(text);
        self.added.insert(text.into(), number);
        number
    }

    /// Passes the numbers of the texts that contain `part` to `found`.
    pub fn containing(&self, part: &str, mut found: impl FnMut(usize)) {
        if part.contains(END) {
            return;
        }
        if part.is_empty() {
            return (0..self.len()).for_each(found);
        }
        let (mut number, mut told) = (0, None);
        for (at, _) in self.text.match_indices(part) {
            while self.ends[number] as usize <= at {
                number += 1;
            }
            if told != Some(number) {
                told = Some(number);
                found(number);
            }
        }
    }

    /// Passes the numbers of the texts that begin with `part` to `found`.
    pub fn beginning(&self, part: &str, mut found: impl FnMut(usize)) {
        let first = self.partition(|have| have < part);
        let last = self.partition(|have| have < part || have.starts_with(part));
        (first as usize..last as usize).for_each(&mut found);
        let added = self.added.iter().filter(|(text, _)| text.starts_with(part));
        added.for_each(|(_, number)| found(*number as usize));
    }

    /// The place of each in the order of all, by number; `None` where the numbers are that order.
    pub fn places(&self) -> Option<Vec<u32>> {
        if self.added.is_empty() {
            return None;
        }
        let mut added: Vec<(&str, u32)> = self.added.iter().map(|(text, number)| (text.as_ref(), *number)).collect();
        added.sort_unstable();
        let mut places = vec![0; self.len()];
        let (mut next, mut place) = (0, 0);
        for (text, number) in added {
            let before = self.partition(|have| have < text);
            for sorted in next..before {
                places[sorted as usize] = place;
                place += 1;
            }
            next = before;
            places[number as usize] = place;
            place += 1;
        }
        for sorted in next..self.sorted {
            places[sorted as usize] = place;
            place += 1;
        }
        Some(places)
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4 + self.added.keys().map(|text| text.len() + 48).sum::<usize>()
    }
}

/// Texts as they are met, each once.
#[derive(Default)]
pub(crate) struct Met {
    texts: Texts,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Met {
    /// The number of a text in the order in which they are met.
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        if let Some(number) = self.table.find(hash, |number| self.texts.get(*number as usize) == text) {
            return *number;
        }
        let number = self.texts.push(text);
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.table.insert_unique(hash, number, |number| hasher.hash_one(texts.get(*number as usize)));
        number
    }

    /// Bytes of text so far.
    pub fn bytes(&self) -> usize {
        self.texts.text.len()
    }

    /// The texts sorted, and for each number as it was met the one it has now.
    pub fn sorted(self) -> (Texts, Vec<u32>) {
        let met = self.texts;
        drop(self.table);
        let mut order: Vec<u32> = (0..met.len() as u32).collect();
        order.sort_unstable_by_key(|number| met.get(*number as usize));
        let mut texts = Texts {
            text: String::with_capacity(met.text.len()),
            ends: Vec::with_capacity(met.len()),
            sorted: met.len() as u32,
            added: HashMap::new(),
        };
        let mut numbers = vec![0; met.len()];
        for number in order {
            numbers[number as usize] = texts.push(met.get(number as usize));
        }
        (texts, numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        let mut met = Met::default();
        for text in ["pear", "apple", "fig", "apple", ""] {
            met.number(text);
        }
        let (mut texts, numbers) = met.sorted();
        assert_eq!(numbers, [3, 1, 2, 0]);
        for text in ["quince", "banana", "fig", "fi"] {
            texts.number(text);
        }
        texts
    }

    fn found(search: impl FnOnce(&mut dyn FnMut(usize))) -> Vec<usize> {
        let mut found = Vec::new();
        search(&mut |number| found.push(number));
        found.sort_unstable();
        found
    }

    #[test]
    fn each_text_has_one_number_also_those_added_later() {
        let texts = texts();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "apple", "fig", "pear", "quince", "banana", "fi"]);
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(texts.find(text), Some(number as u32));
        }
        assert_eq!(texts.find("plum"), None);
    }

    #[test]
    fn places_are_the_order_of_all() {
        assert_eq!(texts().places(), Some(vec![0, 1, 4, 5, 6, 2, 3]));
    }

    #[test]
    fn parts_are_found_within_one_text_and_never_over_two() {
        let texts = texts();
        assert_eq!(found(|f| texts.containing("p", f)), [1, 3]);
        assert_eq!(found(|f| texts.containing("efig", f)), [0; 0]);
        assert_eq!(found(|f| texts.containing("", f)), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(found(|f| texts.beginning("fi", f)), [2, 6]);
        assert_eq!(found(|f| texts.beginning("", f)), [0, 1, 2, 3, 4, 5, 6]);
    }
}
