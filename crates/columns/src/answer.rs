//! The rows of a list: its conditions, then its order.

use crate::order;
use crate::table::Table;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_store::bits::Bits;
use liaison_store::{Db, StoreError};

/// What is found for a list.
pub(crate) enum Found {
    /// Its rows, in its order.
    Rows(Vec<u32>),
    /// It is sorted by what is not kept.
    NoOrder,
    /// Which rows fulfil these conditions is not known; it is to be asked again with them.
    Without(Vec<Condition>),
}

impl Table {
    /// The rows of a list in its order. `others` are those that fulfil the conditions it was asked for before.
    pub fn rows(&self, db: &Db<'_>, query: &ListQuery, others: Option<&[u32]>) -> Result<Found, StoreError> {
        if !order::is_known(self, query) {
            return Ok(Found::NoOrder);
        }
        query.check(db.registry())?;
        let (mut found, mut unknown) = (self.live.clone(), Vec::new());
        for condition in &query.filter {
            match self.matching(db, condition)? {
                Some(rows) => found.intersect(&rows),
                None => unknown.push(condition.clone()),
            }
        }
        match others {
            Some(others) => {
                let mut rows = Bits::new(self.size);
                others.iter().filter(|row| (**row as usize) < self.size).for_each(|row| rows.set(*row as usize));
                found.intersect(&rows);
            }
            None if !unknown.is_empty() => return Ok(Found::Without(unknown)),
            None => {}
        }
        order::ordered(self, db, query, &found).map(Found::Rows)
    }
}
