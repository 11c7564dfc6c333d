//! An order of the rows that follows from what is in them.
//!
//! Estimating looks at samples. Were they taken by row number, the same records would weigh differently once the
//! directory lists them in another order, and what was a duplicate yesterday would be none after a sync.

use crate::atoms::mix;
use crate::table::{Row, Table};

/// The table's rows, ordered by what is in them. Rows with the same values are interchangeable.
pub(crate) struct Order {
    rows: Vec<u32>,
    ranks: Vec<u32>,
}

impl Order {
    pub fn new(table: &Table) -> Order {
        let mut digests = vec![0_u64; table.len()];
        for column in 0..table.schema().columns().len() {
            let pool = table.pool(column);
            let values: Vec<u64> = (0..pool.len() as u32).map(|number| digest(column, pool.get(number))).collect();
            for (row, row_digest) in (0..).zip(&mut digests) {
                // Sums don't depend on the order of a cell's values.
                let cell = table.cell(column, row).iter();
                *row_digest = cell.fold(*row_digest, |sum, number| sum.wrapping_add(values[*number as usize]));
            }
        }
        let mut rows: Vec<u32> = (0..table.len() as u32).collect();
        rows.sort_by_key(|row| digests[*row as usize]);
        let mut ranks = vec![0; rows.len()];
        for (rank, row) in (0..).zip(&rows) {
            ranks[*row as usize] = rank;
        }
        Order { rows, ranks }
    }

    /// The rows in this order.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Where the two rows stand in this order, the first one first.
    pub fn ranks(&self, a: u32, b: u32) -> (u32, u32) {
        let (a, b) = (self.ranks[a as usize], self.ranks[b as usize]);
        (a.min(b), a.max(b))
    }

    /// The two rows, the first one first: comparing looks at the names of one side before the other's.
    pub fn pair(&self, a: u32, b: u32) -> (Row<'static>, Row<'static>) {
        let (a, b) = if self.ranks[a as usize] <= self.ranks[b as usize] { (a, b) } else { (b, a) };
        (Row::Own(a), Row::Own(b))
    }
}

/// The same on every machine and in every run.
fn digest(column: usize, text: &str) -> u64 {
    text.bytes().fold(mix(column as u64 + 1), |state, byte| mix(state ^ u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Kind, Schema};

    #[test]
    fn rows_come_in_the_order_of_their_content() {
        let people = [("Dana", "Reyes"), ("Reyes", "Dana"), ("Lee", ""), ("", "Lee"), ("Ada", "Bee")];
        let ordered = |people: &mut dyn Iterator<Item = &(&'static str, &'static str)>| {
            let people: Vec<_> = people.copied().collect();
            let mut table = Table::new(Schema::new().with("given", Kind::GivenName).with("family", Kind::FamilyName));
            for (given, family) in &people {
                table.add([(0, *given), (1, *family)]).expect("room");
            }
            Order::new(&table).rows().iter().map(|row| people[*row as usize]).collect::<Vec<_>>()
        };
        assert_eq!(ordered(&mut people.iter()), ordered(&mut people.iter().rev()));
    }
}
