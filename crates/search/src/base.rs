//! The large, unchanging part of the index.

use super::words::{each_word, employer_column, select};
use hashbrown::{DefaultHashBuilder, HashTable};
use liaison_domain::RecordKind;
use liaison_domain::name::{Words, fold};
use liaison_store::bits::Bits;
use liaison_store::error::StoreError;
use liaison_store::group::Group;
use liaison_store::row_log::{self, Stamp};
use liaison_store::sqlite::Db;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::BuildHasher as _;

/// No place: the row is not in the index.
const NOWHERE: u32 = u32::MAX;

/// Texts one after the other in one allocation.
#[derive(Default, Serialize, Deserialize)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[index] as usize]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// How many of the sorted texts come before the first for which `before` is false.
    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.get(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// Records sorted by name; their place is their number in that order.
#[derive(Serialize, Deserialize)]
pub struct Base {
    /// The last transaction that it knows of.
    stamp: Stamp,
    /// Place to row number.
    rows: Vec<u32>,
    /// Row number to place.
    places: Vec<u32>,
    /// Sort keys by place.
    keys: Texts,
    /// Every word once, sorted.
    words: Texts,
    /// Where the places of a word begin in `postings`; one more at the end.
    starts: Vec<u32>,
    /// The places of the records that have a word, word after word, ascending within a word.
    postings: Vec<u32>,
    /// The places in each group.
    groups: [Bits; 3],
}

/// Words as they are met, each once.
#[derive(Default)]
struct Interner {
    words: Texts,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    fn number(&mut self, word: &str) -> u32 {
        let hash = self.hasher.hash_one(word);
        if let Some(number) = self.table.find(hash, |number| self.words.get(*number as usize) == word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(word);
        let (words, hasher) = (&self.words, &self.hasher);
        self.table.insert_unique(hash, number, |number| hasher.hash_one(words.get(*number as usize)));
        number
    }
}

impl Base {
    /// Reads all records of a kind that are not in the trash.
    pub fn build(db: &Db<'_>, kind: RecordKind) -> Result<Base, StoreError> {
        let stamp = row_log::stamp(db)?;
        let mut interner = Interner::default();
        let employer_column = employer_column(kind);
        let employers = if employer_column.is_some() { employer_words(db, &mut interner)? } else { HashMap::new() };

        // In the order of the table: rows, groups, sort keys, and the words' numbers one record after the other.
        let (mut rows, mut row_groups, mut keys) = (Vec::new(), Vec::new(), Texts::default());
        let (mut numbers, mut ends): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut statement = db.prepare(&select(kind, false))?;
        let mut folded = String::new();
        while statement.step()? {
            let start = numbers.len();
            each_word(&statement, kind, employer_column.as_slice(), &mut folded, |word| {
                numbers.push(interner.number(word))
            });
            if let Some(words) = employer_column.and_then(|column| employers.get(statement.blob(column))) {
                numbers.extend_from_slice(words);
            }
            numbers[start..].sort_unstable();
            let kept = dedup(&mut numbers[start..]);
            numbers.truncate(start + kept);
            ends.push(numbers.len() as u32);
            rows.push(statement.int(0) as u32);
            row_groups.push(Group::of(statement.text(1)));
            keys.push(statement.text(2));
        }
        drop(statement);
        drop(employers);

        let by_name = sorted(&keys, &rows);
        let (word_order, words) = sorted_words(interner);
        let mut base = Base {
            stamp,
            places: vec![NOWHERE; rows.iter().max().map_or(0, |most| *most as usize + 1)],
            rows: by_name.iter().map(|at| rows[*at as usize]).collect(),
            keys: Texts::default(),
            words,
            starts: vec![0; word_order.len() + 1],
            postings: vec![0; numbers.len()],
            groups: std::array::from_fn(|_| Bits::new(rows.len())),
        };
        for number in &numbers {
            base.starts[word_order[*number as usize] as usize + 1] += 1;
        }
        for word in 1..base.starts.len() {
            base.starts[word] += base.starts[word - 1];
        }
        let mut next = base.starts.clone();
        for (place, at) in by_name.iter().enumerate() {
            let at = *at as usize;
            base.places[rows[at] as usize] = place as u32;
            base.groups[row_groups[at] as usize].set(place);
            base.keys.push(keys.get(at));
            let start = at.checked_sub(1).map_or(0, |before| ends[before]) as usize;
            for number in &numbers[start..ends[at] as usize] {
                let slot = &mut next[word_order[*number as usize] as usize];
                base.postings[*slot as usize] = place as u32;
                *slot += 1;
            }
        }
        base.shrink();
        Ok(base)
    }

    /// Gives back the room for more than there is.
    pub fn shrink(&mut self) {
        for numbers in [&mut self.rows, &mut self.places, &mut self.starts, &mut self.postings] {
            numbers.shrink_to_fit();
        }
        self.keys.shrink();
        self.words.shrink();
    }

    /// The last transaction that it knows of.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row at a place.
    pub fn row(&self, place: usize) -> u32 {
        self.rows[place]
    }

    /// The place of a row.
    pub fn place(&self, row: u32) -> Option<usize> {
        self.places.get(row as usize).filter(|place| **place != NOWHERE).map(|place| *place as usize)
    }

    /// The place before which a record with this sort key and row number belongs.
    pub fn place_for(&self, key: &str, row: u32) -> usize {
        let mut place = self.keys.partition(|have| have < key);
        while place < self.len() && self.keys.get(place) == key && self.rows[place] < row {
            place += 1;
        }
        place
    }

    /// Moves a row to a group, or out of all of them. A row in the trash stays out. False where the row is not here.
    pub fn regroup(&mut self, row: u32, group: Option<Group>, superseded: &Bits) -> bool {
        let Some(place) = self.place(row).filter(|place| !superseded.has(*place)) else { return false };
        let was_in_one = self.groups.iter().any(|bits| bits.has(place));
        for bits in &mut self.groups {
            bits.clear(place);
        }
        if let Some(group) = group.filter(|_| was_in_one) {
            self.groups[group as usize].set(place);
        }
        true
    }

    /// The places in `groups`, without `superseded`, that have all the words, each as a prefix.
    pub fn places(&self, words: &[String], groups: &[Group], superseded: &Bits) -> Bits {
        let mut found = Bits::new(self.len());
        for group in groups {
            found.unite(&self.groups[*group as usize]);
        }
        found.subtract(superseded);
        for prefix in words {
            let first = self.words.partition(|word| word < prefix.as_str());
            let last = self.words.partition(|word| word < prefix.as_str() || word.starts_with(prefix.as_str()));
            let mut having = Bits::new(self.len());
            for place in &self.postings[self.starts[first] as usize..self.starts[last] as usize] {
                having.set(*place as usize);
            }
            found.intersect(&having);
        }
        found
    }
}

/// The numbers of the words of each employer's name.
fn employer_words(db: &Db<'_>, interner: &mut Interner) -> Result<HashMap<Vec<u8>, Vec<u32>>, StoreError> {
    let mut statement = db.prepare("SELECT id,name FROM employer")?;
    let mut employers = HashMap::new();
    while statement.step()? {
        let words = Words::new(&fold(statement.text(1))).map(|word| interner.number(super::words::cut(word))).collect();
        employers.insert(statement.blob(0).to_vec(), words);
    }
    Ok(employers)
}

/// Moves the distinct items of a sorted slice to its front; returns how many there are.
fn dedup(items: &mut [u32]) -> usize {
    let mut kept = 0;
    for at in 0..items.len() {
        if at == 0 || items[at] != items[at - 1] {
            items[kept] = items[at];
            kept += 1;
        }
    }
    kept
}

/// The order of sort keys; equal keys by row number. Compares eight bytes at once where that decides.
fn sorted(keys: &Texts, rows: &[u32]) -> Vec<u32> {
    let head = |text: &str| {
        let mut bytes = [0; 8];
        let length = text.len().min(8);
        bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
        u64::from_be_bytes(bytes)
    };
    let mut order: Vec<(u64, u32)> = (0..keys.len()).map(|at| (head(keys.get(at)), at as u32)).collect();
    order.sort_unstable_by(|(a_head, a), (b_head, b)| {
        let (a, b) = (*a as usize, *b as usize);
        a_head.cmp(b_head).then_with(|| keys.get(a).cmp(keys.get(b))).then_with(|| rows[a].cmp(&rows[b]))
    });
    order.into_iter().map(|(_, at)| at).collect()
}

/// The words sorted, and for each number as it was met its place among them.
fn sorted_words(interner: Interner) -> (Vec<u32>, Texts) {
    let met = interner.words;
    drop(interner.table);
    let numbers: Vec<u32> = (0..met.len() as u32).collect();
    let order = sorted(&met, &numbers);
    let mut words = Texts { text: String::with_capacity(met.text.len()), ends: Vec::with_capacity(met.len()) };
    let mut places = vec![0; met.len()];
    for (place, number) in order.iter().enumerate() {
        words.push(met.get(*number as usize));
        places[*number as usize] = place as u32;
    }
    words.shrink();
    (places, words)
}
