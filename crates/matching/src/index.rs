//! One record against a whole table.

use crate::find::{Evidence, evidence};
use crate::keys::{Keys, Scratch};
use crate::model::Model;
use crate::score::Scorer;
use crate::table::{Row, Stranger, Table};
use serde::{Deserialize, Serialize};

/// Keys that more rows have are not followed.
const MOST_ROWS: usize = 250;

/// A row of the table that may mean the person looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The row's number.
    pub row: u32,
    /// Probability that both mean one person, 0 to 1.
    pub probability: f64,
    /// The sum of the evidence in bits.
    pub weight: f64,
    /// One entry for each column, in the schema's order.
    pub evidence: Vec<Evidence>,
}

/// A table made ready for [`Index::candidates`]. Takes about 300 bytes for each contact besides the table.
pub struct Index<'a> {
    table: &'a Table,
    keys: Keys,
    /// Key and row, sorted.
    entries: Vec<u64>,
}

impl<'a> Index<'a> {
    /// Makes a table ready.
    pub fn new(table: &'a Table) -> Index<'a> {
        let keys = Keys::new(table);
        let (mut scratch, mut out, mut entries) = (Scratch::default(), Vec::new(), Vec::new());
        for row in 0..table.len() as u32 {
            keys.of(table, Row::Own(row), &mut scratch, &mut out);
            entries.extend(out.iter().map(|key| u64::from(*key) << 32 | u64::from(row)));
        }
        entries.sort_unstable();
        Index { table, keys, entries }
    }

    /// The rows that may mean the person with these values, given as for [`Table::add`]: those from `least`
    /// probability on, the most probable first, at most `most` of them. The person need not be in the table; where it
    /// is, its own row is found too.
    pub fn candidates<'v>(
        &self,
        model: &Model,
        values: impl IntoIterator<Item = (usize, &'v str)>,
        least: f64,
        most: usize,
    ) -> Vec<Candidate> {
        let stranger = Stranger::new(self.table, values);
        let mut keys = Vec::new();
        self.keys.of(self.table, Row::Stranger(&stranger), &mut Scratch::default(), &mut keys);
        let mut rows: Vec<u32> = Vec::new();
        for key in keys {
            let start = self.entries.partition_point(|entry| (entry >> 32) < u64::from(key));
            let block = self.entries[start..].iter().take_while(|entry| *entry >> 32 == u64::from(key));
            let before = rows.len();
            rows.extend(block.take(MOST_ROWS + 1).map(|entry| *entry as u32));
            if rows.len() - before > MOST_ROWS {
                rows.truncate(before);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        score(self.table, model, &stranger, rows.into_iter(), least, most)
    }
}

/// The same without an index: against all rows of a table, which should be a small, prefiltered one. The model may
/// come from another table of the same schema, but frequencies are this table's.
pub fn candidates<'v>(
    table: &Table,
    model: &Model,
    values: impl IntoIterator<Item = (usize, &'v str)>,
    least: f64,
    most: usize,
) -> Vec<Candidate> {
    score(table, model, &Stranger::new(table, values), 0..table.len() as u32, least, most)
}

fn score(
    table: &Table,
    model: &Model,
    stranger: &Stranger,
    rows: impl Iterator<Item = u32>,
    least: f64,
    most: usize,
) -> Vec<Candidate> {
    let scorer = Scorer::new(table);
    let mut candidates: Vec<Candidate> = rows
        .filter_map(|row| {
            let found = scorer.agreement(Row::Stranger(stranger), Row::Own(row));
            let weights = scorer.weigh(model, &found);
            let probability = model.probability(weights.total);
            let evidence = || evidence(model, &found, &weights);
            (probability >= least).then(|| Candidate { row, probability, weight: weights.total, evidence: evidence() })
        })
        .collect();
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.row.cmp(&b.row)));
    candidates.truncate(most);
    candidates
}
