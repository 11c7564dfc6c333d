//! Views that are always there.

use crate::field::Field;
use crate::filter::{Condition, FilterOp, ListQuery, SortKey};
use crate::kind::RecordKind;
use crate::{contact, job_listing, student, task};

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
    filter: fn() -> Vec<Condition>,
    /// What it is sorted by, the least first; by name where there is none.
    sort: Option<&'static Field>,
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

/// The views of contacts that lead to archiving.
pub const CONTACTS: &[BuiltInView] = &[
    BuiltInView {
        kind: RecordKind::Contact,
        key: "stale",
        name: "No contact for 18 months",
        filter: || {
            let values = vec!["18 months".to_owned()];
            vec![Condition { field: contact::LAST_HEARD.key.to_owned(), op: FilterOp::LongerAgoThan, values }]
        },
        sort: Some(&contact::LAST_HEARD),
        columns: &["employer", "title", "last_heard", "last_log_in", "email", "approval", "visibility", "access"],
    },
    BuiltInView {
        kind: RecordKind::Contact,
        key: "bounced",
        name: "Bounced",
        filter: || vec![Condition::filled(&contact::BOUNCED_AT, true)],
        sort: Some(&contact::BOUNCED_AT),
        columns: &["employer", "title", "bounced_at", "email", "last_heard", "approval", "visibility", "access"],
    },
    BuiltInView {
        kind: RecordKind::Contact,
        key: "never_logged_in",
        name: "Never logged in",
        filter: || vec![Condition::is_not(&contact::ACCESS, "none"), Condition::filled(&contact::LAST_LOG_IN, false)],
        sort: None,
        columns: &["employer", "title", "access", "created_at", "last_heard", "email", "approval", "visibility"],
    },
];

const fn of_students(key: &'static str, name: &'static str, filter: fn() -> Vec<Condition>) -> BuiltInView {
    BuiltInView { kind: RecordKind::Student, key, name, filter, sort: None, columns: &[] }
}

/// The filters of All Users (M33, M39), one click each. Who has waited longest for a reminder comes first.
pub const STUDENTS: &[BuiltInView] = &[
    of_students("students_active", "Active users", || vec![Condition::is(&student::STATUS, student::ACTIVE)]),
    BuiltInView {
        sort: Some(&student::INVITED_AT),
        ..of_students("students_inactive", "Inactive users", || {
            vec![Condition::is(&student::STATUS, student::INACTIVE)]
        })
    },
    of_students("students_refused", "Email refused", || vec![Condition::is(&student::STATUS, student::REFUSED)]),
    of_students("students_not_invited", "Users not invited", || {
        vec![Condition::is(&student::STATUS, student::NOT_INVITED)]
    }),
    of_students("students_assigned", "Assigned users", || vec![Condition::filled(&student::ASSIGNED_TO, true)]),
    of_students("students_unassigned", "Unassigned users", || vec![Condition::filled(&student::ASSIGNED_TO, false)]),
    of_students("students_deactivated", "Deactivated users", || {
        vec![Condition::is(&student::STATUS, student::DEACTIVATED)]
    }),
];

/// What is still to be done, what is due first at the top; and what was done.
pub const TASKS: &[BuiltInView] = &[
    BuiltInView {
        kind: RecordKind::Task,
        key: "tasks_open",
        name: "Open tasks",
        filter: || vec![Condition::is(&task::DONE, "no")],
        sort: Some(&task::DUE_ON),
        columns: &[],
    },
    BuiltInView {
        kind: RecordKind::Task,
        key: "tasks_done",
        name: "Tasks done",
        filter: || vec![Condition::is(&task::DONE, "yes")],
        sort: None,
        columns: &[],
    },
];

/// What students can apply to now; what closes first at the top.
pub const JOB_LISTINGS: &[BuiltInView] = &[BuiltInView {
    kind: RecordKind::JobListing,
    key: "listings_open",
    name: "Open job listings",
    filter: || vec![Condition::is(&job_listing::STATUS, "open")],
    sort: Some(&job_listing::CLOSES_ON),
    columns: &[],
}];

/// All of them, kind by kind, in their order.
pub fn built_in_views() -> impl Iterator<Item = &'static BuiltInView> {
    CONTACTS.iter().chain(STUDENTS).chain(TASKS).chain(JOB_LISTINGS)
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
