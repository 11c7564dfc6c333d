//! Home: each number is that of the list it leads to, and nobody is told what they may not do.

use crate::common::{PASSCODE, TestDesk, ids, sample, values};
use chrono::{Local, NaiveDate, TimeZone as _};
use liaison_app::history::{HistoryQuery, history_list};
use liaison_app::home::{HomeBar, home_charts, home_figures, home_setup};
use liaison_app::lists::list_open;
use liaison_app::staff::StaffAssignment;
use liaison_app::{CommandError, review, staff, start, students};
use liaison_domain::filter::ListQuery;
use liaison_domain::home::HomeNumber;
use liaison_domain::review::ReviewAction;
use liaison_domain::{Id, RecordKind, StaffRole};

async fn first(desk: &TestDesk, query: ListQuery, most: u32) -> Vec<Id> {
    let opened = list_open(desk, query).await.expect("a list");
    let window = liaison_app::lists::list_window(desk, opened.result, 0, most, &[]).await.expect("rows");
    window.rows.into_iter().map(|row| row.id).collect()
}

async fn is_counted(desk: &TestDesk, bars: &[HomeBar]) {
    for bar in bars {
        assert_eq!(list_open(desk, bar.query.clone()).await.expect("a list").total, bar.count, "{bar:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_that_of_its_list() {
    let desk = sample(400).await;
    let me = desk.actor().staff;
    let everybody = first(&desk, ListQuery::all(RecordKind::Student), 9).await;
    students::students_assign(&desk, &ids(&everybody), Some(me), &mut crate::common::go_on).await.expect("assigned");
    let figures = home_figures(&desk).await.expect("Home");
    for figure in &figures {
        let list = list_open(&desk, figure.query.clone()).await.expect("a list");
        assert_eq!(list.total, figure.count, "{:?}", figure.name);
    }
    let of = |name| figures.iter().find(|figure| figure.name == name).map(|figure| figure.count);
    assert!(of(HomeNumber::Caseload).is_some_and(|cases| cases >= 9));
    assert_eq!(
        of(HomeNumber::Pending),
        Some(desk.number("SELECT count(*) FROM contact WHERE approval='pending'").await as u32)
    );
    let charts = home_charts(&desk).await.expect("charts");
    is_counted(&desk, &charts.queue).await;
    is_counted(&desk, &charts.activation).await;
    is_counted(&desk, &charts.caseloads).await;
    assert_eq!(charts.queue.iter().map(|bar| bar.count).sum::<u32>(), of(HomeNumber::Pending).expect("pending"));
    assert!(charts.activation.is_sorted_by(|a, b| a.count >= b.count), "{:?}", charts.activation);
    assert!(!charts.caseloads.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn approvals_are_those_the_history_has_of_that_day() {
    let desk = sample(200).await;
    let pending = first(&desk, crate::common::pending(), 5).await;
    for id in &pending[..3] {
        review::contacts_review(&desk, &ids(&[*id]), ReviewAction::Approve, &mut crate::common::go_on)
            .await
            .expect("approved");
    }
    let charts = home_charts(&desk).await.expect("charts");
    assert_eq!(charts.days.len(), 14);
    assert_eq!(charts.approvals.iter().map(|steps| steps.count).sum::<u32>(), 3);
    for steps in &charts.approvals {
        let day: NaiveDate = steps.day.parse().expect("a day");
        let begins = |day: NaiveDate| {
            let midnight = day.and_hms_opt(0, 0, 0).expect("midnight");
            Local.from_local_datetime(&midnight).earliest().expect("a midnight").timestamp_millis()
        };
        let query = HistoryQuery {
            kinds: vec![steps.kind],
            since: Some(begins(day)),
            until: Some(begins(day.succ_opt().expect("a day"))),
            limit: 1,
            ..HistoryQuery::default()
        };
        assert_eq!(history_list(&desk, &query).await.expect("the history").total, steps.count);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisor_is_told_nothing_of_what_they_may_not_do() {
    let desk = sample(60).await.reopened(Some(StaffRole::Advisor)).await;
    let names: Vec<HomeNumber> =
        home_figures(&desk).await.expect("Home").into_iter().map(|figure| figure.name).collect();
    assert!(names.contains(&HomeNumber::Caseload) && !names.contains(&HomeNumber::Pending), "{names:?}");
    let charts = home_charts(&desk).await.expect("charts");
    assert!(charts.queue.is_empty() && charts.approvals.is_empty() && charts.activation.is_empty());
    assert!(charts.caseloads.is_empty());
    assert!(matches!(home_setup(&desk).await, Err(CommandError::Denied { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_chosen_by_name_comes_only_with_their_own_passcode() {
    let desk = sample(3).await;
    let bob = values(&[("first_name", "Bob"), ("last_name", "Low"), ("email", "bob@northfield.example")]);
    let role = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    let bob = staff::staff_create(&desk, &bob, role).await.expect("staff").id;
    let bobs = "four kites above water";
    staff::staff_passcode(&desk, bob, Some(bobs), Some(PASSCODE)).await.expect("a passcode");
    let theirs = start::person_switch(&desk, bob, bobs).await.expect("Bob");
    assert_eq!(theirs.actor().staff, bob);
    let me = desk.actor().staff;
    let refused = start::person_switch(&desk, me, bobs).await.err();
    assert_eq!(refused, Some(CommandError::WrongPasscode), "a colleague's passcode opens nothing in my name");
    assert_eq!(home_setup(&desk).await.expect("set-up").colleagues, 1);
}
