//! Which rows a transaction changed, for the search index and whoever listens.

use crate::group::Group;
use liaison_domain::RecordKind;

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

/// The rows that a transaction changed.
#[derive(Clone, Debug, Default)]
pub struct ChangedRows {
    /// Contacts whose row changed, by row number, for the search index.
    pub contacts: Touched,
    /// Employers whose row changed, by row number.
    pub employers: Touched,
    /// Employer users whose row changed, by row number.
    pub users: Touched,
    /// Students and alumni whose row changed, by row number.
    pub students: Touched,
    /// The kinds of records it changed.
    pub kinds: Vec<RecordKind>,
}

impl ChangedRows {
    /// Notes that records of a kind changed.
    pub(crate) fn note(&mut self, kind: RecordKind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    /// Notes that row `n` changed; `moved` is the group it moved to, where it did nothing else.
    pub(crate) fn touch(&mut self, kind: RecordKind, n: i64, moved: Option<Option<Group>>) {
        self.note(kind);
        let touched = match kind {
            RecordKind::Contact => &mut self.contacts,
            RecordKind::Employer => &mut self.employers,
            RecordKind::EmployerUser => &mut self.users,
            RecordKind::Student => &mut self.students,
            _ => return,
        };
        match moved {
            Some(group) => touched.moved.push((n as u32, group)),
            None => touched.rows.push(n as u32),
        }
    }
}
