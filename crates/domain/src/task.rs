//! Tasks: what staff have to do about a contact, and what students do who name one (Task Contacts, M2).

use crate::built_in_view::BuiltInView;
use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::filter::Condition;
use crate::kind::RecordKind;
use crate::record::Record;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::cmp::Ordering;

fields! {
    /// The contact it is about.
    CONTACT = Field::new(3, "contact", "Contact", Group::About, FieldType::Reference { kind: RecordKind::Contact }).required();
    /// What is to be done.
    TITLE = Field::text(4, "title", "Task", Group::Name).required();
    /// More about it.
    DESCRIPTION = Field::new(5, "description", "Details", Group::About, FieldType::LongText { max: 20_000 });
    /// The day it is due.
    DUE_ON = Field::new(6, "due_on", "Due", Group::Schedule, FieldType::Date);
    /// When to be reminded.
    REMIND_AT = Field::new(7, "remind_at", "Reminder", Group::Schedule, FieldType::Moment);
    /// The staff member who does it.
    ASSIGNEE = Field::new(8, "assignee", "Assigned to", Group::About, FieldType::Reference { kind: RecordKind::Staff });
    /// It is done.
    DONE = Field::new(9, "done", "Done", Group::Status, FieldType::Flag);
    /// The student whose task it is and who named the contact; empty for a task of the staff.
    STUDENT = Field::text(10, "student", "Student", Group::About);
    /// Who wrote it down.
    AUTHOR = Field::system(11, "author", "Added by", FieldType::Reference { kind: RecordKind::Staff });
}

/// What is still to be done, what is due first at the top; and what was done.
pub const VIEWS: &[BuiltInView] = &[
    BuiltInView {
        kind: RecordKind::Task,
        key: "tasks_open",
        name: "Open tasks",
        filter: || vec![Condition::is(&DONE, "no")],
        sort: Some(&DUE_ON),
        columns: &[],
    },
    BuiltInView {
        kind: RecordKind::Task,
        key: "tasks_done",
        name: "Tasks done",
        filter: || vec![Condition::is(&DONE, "yes")],
        sort: None,
        columns: &[],
    },
];

/// How a task stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It is done.
    Done,
    /// It was due before today.
    Overdue,
    /// It is due today.
    Today,
    /// It is due later.
    Later,
    /// No day is named.
    Open,
}

/// How a task stands on the day `today` (`yyyy-mm-dd`).
pub fn due(task: &Record, today: &str) -> Due {
    let on = task.text(&DUE_ON);
    if task.get(&DONE).as_flag() {
        Due::Done
    } else if on.is_empty() {
        Due::Open
    } else {
        // Days as `yyyy-mm-dd` are in the order of their texts.
        match on.cmp(today) {
            Ordering::Less => Due::Overdue,
            Ordering::Equal => Due::Today,
            Ordering::Greater => Due::Later,
        }
    }
}

/// Whether the reminder of a task that is not done has come by `now` (milliseconds since 1970).
pub fn reminds(task: &Record, now: i64) -> bool {
    !task.get(&DONE).as_flag() && task.get(&REMIND_AT).as_moment().is_some_and(|at| at <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn tasks_fall_due_and_remind_until_they_are_done() {
        let mut task = Record::blank(RecordKind::Task, Id::from_parts(1, [1; 10]));
        assert_eq!(due(&task, "2026-09-01"), Due::Open);
        for (on, how) in [("2026-08-31", Due::Overdue), ("2026-09-01", Due::Today), ("2026-10-01", Due::Later)] {
            task.set(&DUE_ON, on);
            assert_eq!(due(&task, "2026-09-01"), how, "{on}");
        }
        task.set(&REMIND_AT, crate::value::Value::Moment(10));
        assert_eq!((reminds(&task, 9), reminds(&task, 10)), (false, true));
        task.set(&DONE, true);
        assert_eq!((due(&task, "2026-09-01"), reminds(&task, 10)), (Due::Done, false));
    }
}
