//! Tasks: when they are due, and when they remind.

use crate::record::Record;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::cmp::Ordering;

pub use liaison_records::task::*;

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
    use crate::kind::RecordKind;

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
