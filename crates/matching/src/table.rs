//! The records to compare: every value is kept once, in the form it is compared in.

use crate::normal::normalise;
use crate::schema::{Kind, Schema};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher as _;
use std::sync::Arc;
use thiserror::Error;

/// The table holds all it can: more than 4 GiB of different values, or more than 4 billion records or values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too much to compare at once: more than 4 GiB of different values")]
pub struct Full;

/// Different texts, numbered from 0 in the order they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    text: String,
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Pool {
    pub fn get(&self, number: u32) -> &str {
        slice(&self.text, &self.ends, number)
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn find(&self, value: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(value);
        self.numbers.find(hash, |number| self.get(*number) == value).copied()
    }

    fn intern(&mut self, value: &str) -> Result<u32, Full> {
        let hash = self.hasher.hash_one(value);
        let Pool { text, ends, numbers, hasher } = self;
        if let Some(number) = numbers.find(hash, |number| slice(text, ends, *number) == value) {
            return Ok(*number);
        }
        let number = u32::try_from(ends.len()).map_err(|_| Full)?;
        let end = u32::try_from(text.len() + value.len()).map_err(|_| Full)?;
        text.push_str(value);
        ends.push(end);
        numbers.insert_unique(hash, number, |number| hasher.hash_one(slice(text, ends, *number)));
        Ok(number)
    }
}

fn slice<'a>(text: &'a str, ends: &[u32], number: u32) -> &'a str {
    let at = number as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    &text[start..ends[at] as usize]
}

/// One column's values: those of row `r` are `numbers[ends[r - 1]..ends[r]]`.
#[derive(Clone, Debug, Default)]
struct Cells {
    ends: Vec<u32>,
    numbers: Vec<u32>,
    /// In how many rows a value stands, by its number in the pool.
    counts: Vec<u32>,
    filled: u32,
    /// Counts of another table that frequencies are taken from, and how many of its rows have a value.
    usual: Option<(Arc<[u32]>, u32)>,
}

/// Records of one schema. Rows are numbered from 0 in the order they were added.
///
/// A value costs 4 bytes where it occurs, and its text once; what the table takes for 1,000,000 contacts is a few
/// hundred MB.
#[derive(Clone, Debug)]
pub struct Table {
    schema: Schema,
    cells: Vec<Cells>,
    /// Which pool a column's values are in.
    pool_of: Vec<usize>,
    pools: Vec<Pool>,
    rows: u32,
    form: String,
    scratch: String,
}

impl Table {
    /// A table without rows.
    pub fn new(schema: Schema) -> Table {
        let mut pools = Vec::new();
        let mut names = None;
        let mut pool_of = Vec::new();
        for column in schema.columns() {
            let shared = column.kind.shares_names();
            let pool = match names {
                Some(pool) if shared => pool,
                _ => {
                    pools.push(Pool::default());
                    pools.len() - 1
                }
            };
            if shared {
                names = Some(pool);
            }
            pool_of.push(pool);
        }
        let cells = schema.columns().iter().map(|_| Cells::default()).collect();
        Table { schema, cells, pool_of, pools, rows: 0, form: String::new(), scratch: String::new() }
    }

    /// A table without rows in which values are as frequent as in this one, whatever rows are added: what two records
    /// weigh in it depends on nothing but the two and this table.
    pub fn with_its_frequencies(&self) -> Table {
        let cells = self.cells.iter().map(|cells| {
            let usual = cells.usual.clone().unwrap_or_else(|| (cells.counts.as_slice().into(), cells.filled));
            Cells { usual: Some(usual), ..Cells::default() }
        });
        Table {
            schema: self.schema.clone(),
            cells: cells.collect(),
            pool_of: self.pool_of.clone(),
            pools: self.pools.clone(),
            rows: 0,
            form: String::new(),
            scratch: String::new(),
        }
    }

    /// Adds a row: pairs of column and value, in any order; a column may come several times or not at all. Blank
    /// values and columns that the schema does not have are left out. Returns the row's number.
    ///
    /// # Errors
    /// [`Full`] if the table can hold no more; it must not be used further then.
    pub fn add<'a>(&mut self, values: impl IntoIterator<Item = (usize, &'a str)>) -> Result<u32, Full> {
        let row = self.rows;
        self.rows = row.checked_add(1).ok_or(Full)?;
        // Values of different columns come mixed, but a column's cells must lie together: each goes to the end of
        // its own column's list.
        for (column, value) in values {
            if column >= self.cells.len() {
                continue;
            }
            normalise(self.schema.kind(column), value, &mut self.form, &mut self.scratch);
            if self.form.is_empty() {
                continue;
            }
            let number = self.pools[self.pool_of[column]].intern(&self.form)?;
            let cells = &mut self.cells[column];
            let start = cells.ends.last().copied().unwrap_or(0) as usize;
            if cells.numbers[start..].contains(&number) {
                continue;
            }
            cells.filled += u32::from(cells.numbers.len() == start);
            cells.numbers.push(number);
            if cells.counts.len() <= number as usize {
                cells.counts.resize(number as usize + 1, 0);
            }
            cells.counts[number as usize] += 1;
        }
        for cells in &mut self.cells {
            cells.ends.push(u32::try_from(cells.numbers.len()).map_err(|_| Full)?);
        }
        Ok(row)
    }

    /// What the columns mean.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The numbers of the values of a cell.
    pub(crate) fn cell(&self, column: usize, row: u32) -> &[u32] {
        let cells = &self.cells[column];
        let start = if row == 0 { 0 } else { cells.ends[row as usize - 1] };
        &cells.numbers[start as usize..cells.ends[row as usize] as usize]
    }

    pub(crate) fn pool(&self, column: usize) -> &Pool {
        &self.pools[self.pool_of[column]]
    }

    /// How frequent the value is in this column: in how many rows it stands, of this table or of the one whose
    /// frequencies it has.
    pub(crate) fn count(&self, column: usize, number: u32) -> u32 {
        let cells = &self.cells[column];
        let counts = cells.usual.as_ref().map_or(cells.counts.as_slice(), |(counts, _)| counts);
        counts.get(number as usize).copied().unwrap_or(0)
    }

    /// Whether frequencies are those of another table.
    pub(crate) fn has_usual(&self) -> bool {
        self.cells.iter().any(|cells| cells.usual.is_some())
    }

    /// The counts of all values of a column, by value number; values of other columns count 0 or are not there.
    pub(crate) fn counts(&self, column: usize) -> &[u32] {
        &self.cells[column].counts
    }

    /// How many rows have a value in this column, of this table or of the one whose frequencies it has.
    pub(crate) fn filled(&self, column: usize) -> u32 {
        let cells = &self.cells[column];
        cells.usual.as_ref().map_or(cells.filled, |(_, filled)| *filled)
    }
}

/// A row that is not in the table, with its values in the table's terms.
#[derive(Clone, Debug)]
pub(crate) struct Stranger {
    /// Numbers by column; those from the pool's length on are in `texts`.
    pub cells: Vec<Vec<u32>>,
    texts: Vec<Vec<String>>,
}

impl Stranger {
    pub fn new<'a>(table: &Table, values: impl IntoIterator<Item = (usize, &'a str)>) -> Stranger {
        let columns = table.schema.columns().len();
        let mut stranger = Stranger { cells: vec![Vec::new(); columns], texts: vec![Vec::new(); table.pools.len()] };
        let (mut form, mut scratch) = (String::new(), String::new());
        for (column, value) in values {
            if column >= columns {
                continue;
            }
            normalise(table.schema.kind(column), value, &mut form, &mut scratch);
            if form.is_empty() {
                continue;
            }
            let pool = &table.pools[table.pool_of[column]];
            let number = pool.find(&form).unwrap_or_else(|| {
                let texts = &mut stranger.texts[table.pool_of[column]];
                let at = texts.iter().position(|text| *text == form).unwrap_or_else(|| {
                    texts.push(form.clone());
                    texts.len() - 1
                });
                (pool.len() + at) as u32
            });
            if !stranger.cells[column].contains(&number) {
                stranger.cells[column].push(number);
            }
        }
        stranger
    }
}

/// A row of the table, or a stranger to it.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    Own(u32),
    Stranger(&'a Stranger),
}

impl Table {
    pub(crate) fn numbers<'a>(&'a self, row: Row<'a>, column: usize) -> &'a [u32] {
        match row {
            Row::Own(row) => self.cell(column, row),
            Row::Stranger(stranger) => &stranger.cells[column],
        }
    }

    pub(crate) fn text<'a>(&'a self, row: Row<'a>, column: usize, number: u32) -> &'a str {
        let pool = &self.pools[self.pool_of[column]];
        match row {
            Row::Stranger(stranger) if number as usize >= pool.len() => {
                &stranger.texts[self.pool_of[column]][number as usize - pool.len()]
            }
            _ => pool.get(number),
        }
    }

    /// The first value of a kind's first column, as text.
    pub(crate) fn texts_of<'a>(&'a self, row: Row<'a>, kind: Kind) -> impl Iterator<Item = &'a str> {
        let column = self.schema.first(kind);
        column
            .into_iter()
            .flat_map(move |column| self.numbers(row, column).iter().map(move |number| self.text(row, column, *number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once() {
        let schema = Schema::new().with("given", Kind::GivenName).with("family", Kind::FamilyName);
        let mut table = Table::new(schema);
        assert_eq!(table.add([(0, "Dana"), (1, "Reyes"), (0, "DANA"), (7, "x"), (1, " ")]), Ok(0));
        assert_eq!(table.add([(1, "dana")]), Ok(1));
        assert_eq!(
            (table.cell(0, 0), table.cell(1, 0), table.cell(0, 1), table.cell(1, 1)),
            (&[0][..], &[1][..], &[][..], &[0][..])
        );
        assert_eq!((table.count(0, 0), table.count(1, 0), table.filled(0), table.filled(1)), (1, 1, 1, 2));
    }

    #[test]
    fn rows_added_to_usual_frequencies_do_not_change_them() {
        let mut table = Table::new(Schema::new().with("family", Kind::FamilyName));
        for name in ["Adams", "Adams", "Reyes"] {
            table.add([(0, name)]).expect("room");
        }
        let mut other = table.with_its_frequencies();
        assert_eq!((other.len(), other.count(0, 0), other.filled(0)), (0, 2, 3));
        for name in ["Adams", "Nimbus"] {
            other.add([(0, name)]).expect("room");
        }
        assert_eq!((other.len(), other.count(0, 0), other.count(0, 2), other.filled(0)), (2, 2, 0, 3));
        assert_eq!(
            (other.cell(0, 0), other.counts(0)),
            (&[0][..], &[1, 0, 1][..]),
            "the same numbers for the same names"
        );
        assert_eq!(other.with_its_frequencies().count(0, 0), 2);
    }

    #[test]
    fn a_stranger_uses_the_tables_numbers() {
        let mut table = Table::new(Schema::new().with("mail", Kind::Email));
        table.add([(0, "a@x.example")]).expect("room");
        let stranger = Stranger::new(&table, [(0, "A@x.example"), (0, "b@x.example"), (0, "b@x.example")]);
        assert_eq!(stranger.cells, [vec![0, 1]]);
        assert_eq!(table.text(Row::Stranger(&stranger), 0, 1), "b@x.example");
    }
}
