//! Result sets: the row numbers of a list somebody looks at, so that any place of it is one step away.

use liaison_domain::filter::ListQuery;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many result sets are kept; the oldest goes first. At a million rows one takes 4 MB.
const KEPT: usize = 8;

/// An ordered list of rows.
#[derive(Clone)]
pub struct ResultSet {
    /// The list, as it was asked for; its kind is that of the rows.
    pub query: Arc<ListQuery>,
    /// Their numbers, in order.
    pub rows: Arc<Vec<u32>>,
}

/// The result sets that are open.
#[derive(Default)]
pub struct ResultSets {
    last: u32,
    open: VecDeque<(u32, ResultSet)>,
}

impl ResultSets {
    /// Keeps a result set and gives its number.
    pub fn open(&mut self, set: ResultSet) -> u32 {
        if self.open.len() == KEPT {
            self.open.pop_front();
        }
        self.last = self.last.wrapping_add(1);
        self.open.push_back((self.last, set));
        self.last
    }

    /// The result set with this number, unless it was closed or pushed out.
    pub fn get(&mut self, number: u32) -> Option<ResultSet> {
        let at = self.open.iter().position(|(have, _)| *have == number)?;
        // What is used moves to the young end.
        let entry = self.open.remove(at)?;
        let set = entry.1.clone();
        self.open.push_back(entry);
        Some(set)
    }

    /// Forgets every result set.
    pub fn clear(&mut self) {
        self.open.clear();
    }

    /// Forgets a result set.
    pub fn close(&mut self, number: u32) {
        self.open.retain(|(have, _)| *have != number);
    }
}
