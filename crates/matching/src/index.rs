//! One record against a whole table.

use crate::find::{Evidence, evidence};
use crate::keys::{Keys, Scratch};
use crate::model::Model;
use crate::score::Scorer;
use crate::table::{Row, Stranger, Table};
use crate::work::for_each;
use serde::{Deserialize, Serialize};

/// Keys that more rows have are not followed.
const MOST_ROWS: usize = 250;
/// How many rows are compared by one scorer.
const ROWS_OF_A_PART: usize = 128;

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
        let one = Row::Stranger(&stranger);
        score(&Scorer::new(self.table), model, one, self.meeting(one).into_iter(), least, most)
    }

    /// For each of these rows of the table, the other rows that may mean the same person, as [`Index::candidates`]
    /// gives them. Uses all cores.
    pub fn candidates_of(&self, model: &Model, rows: &[u32], least: f64, most: usize) -> Vec<Vec<Candidate>> {
        // Scorers remember what they compared: one for several rows.
        let parts: Vec<&[u32]> = rows.chunks(ROWS_OF_A_PART).collect();
        let found = for_each(parts.len() as u32, |part| {
            let scorer = Scorer::new(self.table);
            let of = |row: &u32| {
                let one = Row::Own(*row);
                let others = self.meeting(one).into_iter().filter(|other| other != row);
                score(&scorer, model, one, others, least, most)
            };
            Ok(parts[part as usize].iter().map(of).collect::<Vec<_>>())
        });
        found.unwrap_or_default().into_iter().flatten().collect()
    }

    /// For each of these persons, given as for [`Index::candidates`], the rows that may mean them. Uses all cores.
    pub fn candidates_of_strangers(
        &self,
        model: &Model,
        strangers: &[Vec<(usize, &str)>],
        least: f64,
        most: usize,
    ) -> Vec<Vec<Candidate>> {
        let parts: Vec<&[Vec<(usize, &str)>]> = strangers.chunks(ROWS_OF_A_PART).collect();
        let found = for_each(parts.len() as u32, |part| {
            let scorer = Scorer::new(self.table);
            let of = |values: &Vec<(usize, &str)>| {
                let stranger = Stranger::new(self.table, values.iter().copied());
                let one = Row::Stranger(&stranger);
                score(&scorer, model, one, self.meeting(one).into_iter(), least, most)
            };
            Ok(parts[part as usize].iter().map(of).collect::<Vec<_>>())
        });
        found.unwrap_or_default().into_iter().flatten().collect()
    }

    /// The rows that have a key in common with this one, each once.
    fn meeting(&self, one: Row<'_>) -> Vec<u32> {
        let mut keys = Vec::new();
        self.keys.of(self.table, one, &mut Scratch::default(), &mut keys);
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
        rows
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
    let stranger = Stranger::new(table, values);
    score(&Scorer::new(table), model, Row::Stranger(&stranger), 0..table.len() as u32, least, most)
}

fn score(
    scorer: &Scorer<'_>,
    model: &Model,
    one: Row<'_>,
    rows: impl Iterator<Item = u32>,
    least: f64,
    most: usize,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = rows
        .filter_map(|row| {
            let found = scorer.agreement(one, Row::Own(row));
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
