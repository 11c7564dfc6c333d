//! What Home counts for whom: only what the role may decide or see, each number with exactly the list it counts.

use crate::filter::{Condition, FilterOp, ListQuery, SortKey};
use crate::{
    Actor, Field, Permission, RecordKind, contact, field, interview_schedule, job_listing, meeting, student, task,
};
use serde::Serialize;
use specta::Type;

/// A number on Home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HomeNumber {
    /// Contacts that wait for a decision.
    Pending,
    /// Those of them that were added more than a week ago.
    PendingLong,
    /// Job listings that employers submitted and nobody has answered.
    ListingsWaiting,
    /// Interviews that employers ask for and nobody has answered.
    InterviewsWaiting,
    /// Contacts in the directory.
    Contacts,
    /// Those of them that were added within a week.
    ContactsNew,
    /// Employers.
    Employers,
    /// Those of them that were added within a week.
    EmployersNew,
    /// Students and alumni assigned to whoever looks.
    Caseload,
    /// Those of them who were invited and have not activated their account.
    CaseloadInactive,
    /// Those of them whose last invitation went out more than a day ago: a reminder is due.
    CaseloadDue,
    /// Those of them who were not invited.
    CaseloadNotInvited,
    /// Those of them whose last invitation was refused or came back.
    CaseloadRefused,
    /// Students and alumni who were invited and have not activated their account.
    UsersInactive,
    /// Those of them whose last invitation went out more than a day ago.
    UsersDue,
    /// Students and alumni who were not invited.
    UsersNotInvited,
    /// Students and alumni whose last invitation was refused or came back.
    UsersRefused,
    /// Open tasks of whoever looks that were due before today.
    TasksOverdue,
    /// Open tasks of whoever looks that are due today.
    TasksToday,
    /// Meetings of whoever looks that begin today.
    MeetingsToday,
}

/// The day it is where the program runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// As `yyyy-mm-dd`.
    pub date: String,
    /// When it begins, in milliseconds since 1970.
    pub begins: i64,
    /// When the next one begins.
    pub ends: i64,
}

fn condition(field: &Field, op: FilterOp, value: impl Into<String>) -> Condition {
    Condition { field: field.key.to_owned(), op, values: vec![value.into()] }
}

fn list(kind: RecordKind, filter: Vec<Condition>) -> ListQuery {
    ListQuery { filter, ..ListQuery::all(kind) }
}

fn by(mut query: ListQuery, field: &Field) -> ListQuery {
    query.sort = vec![SortKey { field: field.key.to_owned(), descending: false }];
    query
}

/// The numbers on Home for whoever looks, on this day.
pub fn numbers(actor: &Actor, day: &Day) -> Vec<(HomeNumber, ListQuery)> {
    let me = actor.staff.to_string();
    let mut numbers = Vec::new();
    if !actor.may(Permission::ViewContacts) {
        return numbers;
    }
    let created = |op| condition(&field::CREATED_AT, op, "7 days");
    let of = |status: &str| Condition::is(&student::STATUS, status);
    let due = || condition(&student::INVITED_AT, FilterOp::LongerAgoThan, "1 day");
    let open = |op| {
        let mine = Condition::is(&task::ASSIGNEE, &me);
        by(
            list(
                RecordKind::Task,
                vec![mine, Condition::is(&task::DONE, "no"), condition(&task::DUE_ON, op, &day.date)],
            ),
            &task::DUE_ON,
        )
    };
    numbers.push((HomeNumber::TasksOverdue, open(FilterOp::Before)));
    numbers.push((HomeNumber::TasksToday, open(FilterOp::Is)));
    let today = vec![
        Condition::is(&meeting::ORGANIZER, &me),
        condition(&meeting::STARTS_AT, FilterOp::After, day.begins.to_string()),
        condition(&meeting::STARTS_AT, FilterOp::Before, day.ends.to_string()),
    ];
    numbers.push((HomeNumber::MeetingsToday, by(list(RecordKind::Meeting, today), &meeting::STARTS_AT)));
    if actor.may(Permission::ReviewContacts) {
        let pending = || Condition::is(&contact::APPROVAL, contact::PENDING);
        let waiting = |filter| by(list(RecordKind::Contact, filter), &field::CREATED_AT);
        numbers.push((HomeNumber::Pending, waiting(vec![pending()])));
        numbers.push((HomeNumber::PendingLong, waiting(vec![pending(), created(FilterOp::LongerAgoThan)])));
    }
    if actor.may(Permission::EditContacts) {
        let waits = |kind, field, status: &str| by(list(kind, vec![Condition::is(field, status)]), &field::CREATED_AT);
        let listings = waits(RecordKind::JobListing, &job_listing::STATUS, job_listing::SUBMITTED);
        numbers.push((HomeNumber::ListingsWaiting, listings));
        let interviews =
            waits(RecordKind::InterviewSchedule, &interview_schedule::STATUS, interview_schedule::REQUESTED);
        numbers.push((HomeNumber::InterviewsWaiting, interviews));
    }
    // Whoever has no cases is told nothing about them: the page leaves a caseload of zero out.
    let students = |filter| list(RecordKind::Student, filter);
    let mine = |mut filter: Vec<Condition>| {
        filter.insert(0, Condition::is(&student::ASSIGNED_TO, &me));
        students(filter)
    };
    numbers.push((HomeNumber::Caseload, mine(vec![])));
    numbers.push((HomeNumber::CaseloadInactive, mine(vec![of(student::INACTIVE)])));
    numbers.push((HomeNumber::CaseloadDue, mine(vec![of(student::INACTIVE), due()])));
    numbers.push((HomeNumber::CaseloadNotInvited, mine(vec![of(student::NOT_INVITED)])));
    numbers.push((HomeNumber::CaseloadRefused, mine(vec![of(student::REFUSED)])));
    if actor.may(Permission::ManageUsers) {
        numbers.push((HomeNumber::UsersInactive, by(students(vec![of(student::INACTIVE)]), &student::INVITED_AT)));
        numbers.push((HomeNumber::UsersDue, by(students(vec![of(student::INACTIVE), due()]), &student::INVITED_AT)));
        numbers.push((HomeNumber::UsersNotInvited, students(vec![of(student::NOT_INVITED)])));
        numbers.push((HomeNumber::UsersRefused, students(vec![of(student::REFUSED)])));
    }
    let (contacts, employers) = (RecordKind::Contact, RecordKind::Employer);
    numbers.push((HomeNumber::Contacts, list(contacts, vec![])));
    numbers.push((HomeNumber::ContactsNew, list(contacts, vec![created(FilterOp::WithinLast)])));
    numbers.push((HomeNumber::Employers, list(employers, vec![])));
    numbers.push((HomeNumber::EmployersNew, list(employers, vec![created(FilterOp::WithinLast)])));
    numbers
}

/// Pending contacts by where they came from, for whoever decides about them.
pub fn queue_by_source(actor: &Actor) -> Vec<(&'static str, ListQuery)> {
    if !actor.may(Permission::ReviewContacts) {
        return Vec::new();
    }
    let from = |source: &&'static str| {
        let filter = vec![Condition::is(&contact::APPROVAL, contact::PENDING), Condition::is(&contact::SOURCE, source)];
        (*source, by(list(RecordKind::Contact, filter), &field::CREATED_AT))
    };
    contact::SOURCES.iter().map(from).collect()
}

/// How far students and alumni came with their accounts, each step with fewer than the one before; for whoever manages
/// them. Nobody who is deactivated is counted.
pub fn activation(actor: &Actor) -> Vec<(&'static str, ListQuery)> {
    if !actor.may(Permission::ManageUsers) {
        return Vec::new();
    }
    let without = |statuses: &[&str]| Condition {
        field: student::STATUS.key.to_owned(),
        op: FilterOp::IsNot,
        values: statuses.iter().map(|status| (*status).to_owned()).collect(),
    };
    let active = || Condition::is(&student::STATUS, student::ACTIVE);
    let students = |filter| list(RecordKind::Student, filter);
    vec![
        ("all", students(vec![without(&[student::DEACTIVATED])])),
        ("invited", students(vec![without(&[student::DEACTIVATED, student::NOT_INVITED])])),
        ("active", students(vec![active()])),
        ("logged_in", students(vec![active(), Condition::filled(&student::LAST_LOG_IN, true)])),
    ]
}

/// The caseload of a staff member as a list, or with `None` those who are nobody's case; without the deactivated.
pub fn caseload(of: Option<crate::Id>) -> ListQuery {
    let assigned = match of {
        Some(person) => Condition::is(&student::ASSIGNED_TO, &person.to_string()),
        None => Condition::filled(&student::ASSIGNED_TO, false),
    };
    list(RecordKind::Student, vec![assigned, Condition::is_not(&student::STATUS, student::DEACTIVATED)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use crate::{Id, StaffRole};

    fn day() -> Day {
        Day { date: "2026-03-02".into(), begins: 1_772_409_600_000, ends: 1_772_496_000_000 }
    }

    fn names(role: StaffRole) -> Vec<HomeNumber> {
        let actor = Actor::with_role(Id::from_parts(1, [1; 10]), role);
        numbers(&actor, &day()).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn nothing_is_counted_that_the_role_may_not_do() {
        let (administrator, advisor) = (names(StaffRole::Administrator), names(StaffRole::Advisor));
        assert!(administrator.contains(&HomeNumber::Pending) && administrator.contains(&HomeNumber::UsersDue));
        for hidden in [HomeNumber::Pending, HomeNumber::PendingLong, HomeNumber::UsersDue, HomeNumber::UsersRefused] {
            assert!(!advisor.contains(&hidden), "{hidden:?}");
        }
        assert!(advisor.contains(&HomeNumber::CaseloadDue) && advisor.contains(&HomeNumber::TasksOverdue));
        let nobody = Actor::recovery_key();
        assert!(numbers(&nobody, &day()).is_empty());
        assert!(queue_by_source(&nobody).is_empty() && activation(&nobody).is_empty());
    }

    #[test]
    fn every_number_is_of_a_list_that_can_be_opened() {
        let actor = Actor::with_role(Id::from_parts(1, [1; 10]), StaffRole::Administrator);
        let registry = Registry::default();
        let mut queries: Vec<ListQuery> = numbers(&actor, &day()).into_iter().map(|(_, query)| query).collect();
        queries.extend(queue_by_source(&actor).into_iter().chain(activation(&actor)).map(|(_, query)| query));
        queries.extend([caseload(None), caseload(Some(actor.staff))]);
        for query in queries {
            assert_eq!(query.check(&registry), Ok(()), "{query:?}");
        }
    }
}
