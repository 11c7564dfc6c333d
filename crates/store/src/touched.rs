//! Which rows an operation changed, for the search index.

use crate::group::Group;

/// Rows that changed.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// Row numbers of those that must be read again, in the order of the changes.
    pub rows: Vec<u32>,
    /// Those that only moved to another group, or into the trash (`None`): a bulk review need not read them again.
    pub moved: Vec<(u32, Option<Group>)>,
}

impl Touched {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.moved.is_empty()
    }
}
