//! What the writing connection is told of the rows it changes, while a transaction goes on.

use liaison_domain::RecordKind;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most ranges of one kind that a transaction leaves; further ones become one that spans all.
const RANGES_MOST: usize = 1024;
/// Most ranges of one kind held while a transaction goes on.
const HELD_MOST: usize = 1 << 16;

/// Rows, first and last of each range.
pub(crate) type Ranges = Vec<(i64, i64)>;

/// What the writing connection is told of the rows it changes.
#[derive(Default)]
pub(crate) struct Watched {
    changed: Mutex<Changed>,
}

struct Changed {
    kinds: HashMap<&'static [u8], RecordKind>,
    ranges: BTreeMap<u8, Ranges>,
}

impl Default for Changed {
    fn default() -> Changed {
        let kinds = RecordKind::ALL.into_iter().map(|kind| (kind.key().as_bytes(), kind)).collect();
        Changed { kinds, ranges: BTreeMap::new() }
    }
}

impl Watched {
    /// Notes that a row of a table was changed, came into being or went.
    pub(crate) fn note(&self, table: &[u8], row: i64) {
        let mut changed = self.lock();
        let Some(kind) = changed.kinds.get(table).copied() else { return };
        let ranges = changed.ranges.entry(kind as u8).or_default();
        match ranges.last_mut() {
            Some((first, last)) if (*first..=*last).contains(&row) => {}
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => {
                if ranges.len() == HELD_MOST {
                    *ranges = joined(std::mem::take(ranges), RANGES_MOST);
                }
                ranges.push((row, row));
            }
        }
    }

    /// Forgets what a transaction that has ended, or was taken back, changed.
    pub(crate) fn begin(&self) {
        self.lock().ranges.clear();
    }

    /// The ranges of rows of each kind, by number, that were changed since the transaction began, in as few as can be.
    pub(crate) fn take(&self) -> impl Iterator<Item = (u8, Ranges)> {
        let ranges = std::mem::take(&mut self.lock().ranges);
        ranges.into_iter().map(|(kind, ranges)| (kind, joined(ranges, RANGES_MOST)))
    }

    fn lock(&self) -> MutexGuard<'_, Changed> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same rows in as few ranges as can be, ascending; where these are more than `most`, one that spans them.
fn joined(mut ranges: Ranges, most: usize) -> Ranges {
    ranges.sort_unstable();
    let mut joined: Ranges = Vec::new();
    for (first, last) in ranges {
        match joined.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
            _ => joined.push((first, last)),
        }
    }
    match (joined.first(), joined.last()) {
        (Some((first, _)), Some((_, last))) if joined.len() > most => vec![(*first, *last)],
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_joined_and_never_lose_a_row() {
        assert_eq!(joined(vec![(5, 5), (1, 2), (3, 3), (9, 9), (5, 6)], 10), [(1, 3), (5, 6), (9, 9)]);
        assert_eq!(joined(vec![(5, 5), (1, 2), (9, 9)], 2), [(1, 9)]);
        assert_eq!(joined(vec![(1, 9), (2, 3), (10, 10)], 2), [(1, 10)]);
    }

    #[test]
    fn what_is_changed_once_more_is_told_once() {
        let watched = Watched::default();
        for row in [1, 2, 2, 3, 1, 7] {
            watched.note(b"contact", row);
        }
        watched.note(b"change", 1);
        let ranges = std::mem::take(&mut watched.lock().ranges);
        assert_eq!(ranges.len(), 1, "only rows of records");
        assert_eq!(joined(ranges[&(RecordKind::Contact as u8)].clone(), 10), [(1, 3), (7, 7)]);
    }
}
