//! Views that are always there.

use crate::field::Field;
use crate::filter::{Condition, ListQuery, SortKey};
use crate::kind::RecordKind;
use crate::{job_listing, staleness, student, task};

/// A list that is always there.
#[derive(Clone, Copy, Debug)]
pub struct BuiltInView {
    /// What it lists.
    pub kind: RecordKind,
    /// Its key; its name is in the catalogue.
    pub key: &'static str,
    /// Its name in English, for the command line.
    pub name: &'static str,
    /// Its filter.
    pub(crate) filter: fn() -> Vec<Condition>,
    /// What it is sorted by, the least first; by name where there is none.
    pub(crate) sort: Option<&'static Field>,
    /// The columns shown; the list's own where there are none.
    pub columns: &'static [&'static str],
}

impl BuiltInView {
    /// The list it shows.
    pub fn query(&self) -> ListQuery {
        let sort = self.sort.map(|field| SortKey { field: field.key.to_owned(), descending: false });
        ListQuery { filter: (self.filter)(), sort: sort.into_iter().collect(), ..ListQuery::all(self.kind) }
    }
}

/// All of them, kind by kind, in their order.
pub fn built_in_views() -> impl Iterator<Item = &'static BuiltInView> {
    staleness::VIEWS.iter().chain(student::VIEWS).chain(task::VIEWS).chain(job_listing::VIEWS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use std::collections::HashSet;

    #[test]
    fn they_are_lists_that_can_be_opened_each_under_a_key_of_its_own() {
        let mut keys = HashSet::new();
        for view in built_in_views() {
            assert!(keys.insert(view.key), "{}", view.key);
            assert_eq!(view.query().check(&Registry::default()), Ok(()), "{}", view.key);
            assert!(view.columns.iter().all(|key| view.kind.field(key).is_some()), "{}", view.key);
        }
    }
}
