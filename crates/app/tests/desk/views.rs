//! Saved views: named, personal or shared, in an order, and each step of it can be taken back.

use crate::common::{desk, go_on, only_problem, sample};
use liaison_app::CommandError;
use liaison_app::views::{SavedView, ViewInput};
use liaison_app::{lists, undo, views};
use liaison_domain::filter::{Condition, ListQuery, SortKey};
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Record, RecordKind, StaffRole, contact, organization, saved_view};

fn input(name: &str) -> ViewInput {
    let mut query = ListQuery { search: "lee".into(), ..ListQuery::all(RecordKind::Contact) };
    query.filter.push(Condition::is(&contact::VISIBILITY, contact::STUDENTS));
    query.sort.push(SortKey { field: "title".into(), descending: true });
    ViewInput { name: name.into(), query, columns: vec!["title".into(), "email".into()], shared: false, pinned: true }
}

async fn saved(desk: &crate::common::TestDesk) -> Vec<SavedView> {
    views::views_list(desk).await.expect("views").saved
}

async fn names(desk: &crate::common::TestDesk) -> Vec<String> {
    saved(desk).await.into_iter().map(|view| view.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_changed_ordered_deleted_and_each_step_taken_back() {
    let desk = desk().await;
    let before = desk.rows().await["saved_view"].clone();
    let wanted = input(" Stars ");
    let stars = views::view_save(&desk, &wanted).await.expect("saved");
    let others = [
        views::view_save(&desk, &input("Two")).await.expect("saved"),
        views::view_save(&desk, &input("Three")).await.expect("saved"),
    ];
    let view = saved(&desk).await.remove(0);
    assert_eq!((view.id, view.name.as_str(), view.owner.as_str()), (stars.id, "Stars", "Ada Berg"));
    assert_eq!((&view.query, &view.columns), (&wanted.query, &wanted.columns));
    assert!(view.own && view.may_change && view.pinned && !view.shared);

    let mut operations = vec![stars.operation, others[0].operation, others[1].operation];
    let renamed = ViewInput { name: "Bright stars".into(), columns: Vec::new(), shared: true, ..wanted };
    let done = views::view_change(&desk, stars.id, &renamed).await.expect("changed");
    assert_eq!((done.changed, done.skipped), (1, 0));
    operations.extend(done.operation);
    let again = views::view_change(&desk, stars.id, &renamed).await.expect("nothing to do");
    assert_eq!((again.operation, again.skipped), (None, 1));
    operations
        .extend(views::views_reorder(&desk, &[others[1].id, stars.id, others[0].id]).await.expect("ordered").operation);
    assert_eq!(names(&desk).await, ["Three", "Bright stars", "Two"]);
    operations.extend(views::view_delete(&desk, others[1].id).await.expect("deleted").operation);
    assert_eq!(names(&desk).await, ["Bright stars", "Two"]);
    assert_eq!(operations.len(), 6);
    let gone = views::view_change(&desk, others[1].id, &renamed).await;
    assert_eq!(gone, Err(CommandError::not_found("saved_view")));

    let states = [
        "Bright stars,Two",
        "Three,Bright stars,Two",
        "Bright stars,Two,Three",
        "Stars,Two,Three",
        "Stars,Two",
        "Stars",
        "",
    ];
    assert_eq!(names(&desk).await.join(","), states[0]);
    for (operation, state) in operations.into_iter().rev().zip(&states[1..]) {
        let done = undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
        assert_eq!(done.skipped, 0);
        assert_eq!(names(&desk).await.join(","), *state);
    }
    assert!(before.is_empty());
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_that_cannot_be_opened_are_refused() {
    let desk = desk().await;
    let refused = only_problem(views::view_save(&desk, &ViewInput { name: " ".into(), ..input("") }).await);
    assert_eq!(refused, ("name".into(), Problem::Required));
    let mut unknown = input("Unknown");
    unknown.query.filter[0].field = "shoe_size".into();
    assert_eq!(only_problem(views::view_save(&desk, &unknown).await), ("shoe_size".into(), Problem::UnknownField));
    let column = ViewInput { columns: vec!["shoe_size".into()], ..input("Unknown") };
    assert_eq!(only_problem(views::view_save(&desk, &column).await), ("columns".into(), Problem::UnknownField));
    assert!(saved(&desk).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_views_are_private_and_shared_ones_need_the_permission() {
    let desk = desk().await;
    let shared = views::view_save(&desk, &ViewInput { shared: true, ..input("Shared") }).await.expect("saved");
    let own = views::view_save(&desk, &input("Own")).await.expect("saved");
    // Somebody else's personal view.
    let mut staff = Record::blank(RecordKind::Staff, desk.new_id());
    staff.set(&organization::STAFF_FIRST_NAME, "Otto");
    let mut theirs = desk.record(RecordKind::SavedView, own.id).await;
    theirs.id = desk.new_id();
    theirs.set(&saved_view::NAME, "Theirs");
    theirs.set(&saved_view::OWNER, staff.id);
    desk.write(|recorder| {
        recorder.create(&staff)?;
        recorder.create(&theirs)
    })
    .await;
    assert_eq!(names(&desk).await, ["Shared", "Own"]);
    assert_eq!(views::view_delete(&desk, theirs.id).await, Err(CommandError::not_found("saved_view")));
    let unshared =
        views::view_change(&desk, own.id, &ViewInput { shared: true, ..input("Own") }).await.expect("shared");
    let again = views::view_change(&desk, own.id, &input("Own")).await.expect("no longer shared");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    for operation in [shared.operation, again.operation.expect("a step"), unshared.operation.expect("a step")] {
        let undone = undo::undo(&desk, operation, UndoMode::OverwriteLaterChanges, &mut go_on).await;
        let allowed = operation == unshared.operation.expect("a step");
        assert_eq!(undone.is_ok(), allowed, "what is shared is not changed by taking a step back");
    }
    let views = saved(&desk).await;
    assert_eq!(views.iter().map(|view| view.may_change).collect::<Vec<_>>(), [false, true]);
    let denied = Err(CommandError::Denied { permission: "share_views".into() });
    assert_eq!(views::view_change(&desk, shared.id, &input("Mine now")).await, denied);
    assert_eq!(views::view_change(&desk, own.id, &ViewInput { shared: true, ..input("Own") }).await, denied);
    assert_eq!(views::view_delete(&desk, shared.id).await, denied);
    assert!(views::view_save(&desk, &ViewInput { shared: true, ..input("For all") }).await.is_err());
    views::view_save(&desk, &input("Another")).await.expect("a personal view");
    views::views_reorder(&desk, &[own.id, shared.id]).await.expect("ordered");
    assert_eq!(names(&desk).await, ["Shared", "Own", "Another"], "what is shared keeps its place");
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_are_those_of_the_lists() {
    let desk = sample(200).await;
    let views = views::views_list(&desk).await.expect("views");
    assert_eq!(
        views.built_in.iter().map(|view| view.key.as_str()).collect::<Vec<_>>(),
        [
            "stale",
            "bounced",
            "never_logged_in",
            "students_active",
            "students_inactive",
            "students_refused",
            "students_not_invited",
            "students_assigned",
            "students_unassigned",
            "students_deactivated",
            "tasks_open",
            "tasks_done",
            "listings_open"
        ]
    );
    let mut queries: Vec<ListQuery> = views.built_in.into_iter().map(|view| view.query).collect();
    queries.push(ListQuery { search: "a".into(), ..ListQuery::all(RecordKind::Contact) });
    queries.push(ListQuery::all(RecordKind::Employer));
    let mut gone = ListQuery::all(RecordKind::Contact);
    gone.filter.push(Condition { field: "a4711".into(), ..Condition::is(&contact::TITLE, "x") });
    queries.push(gone);
    let counts = views::list_counts(&desk, queries.clone()).await.expect("counts");
    assert_eq!(counts.last(), Some(&None), "the field is gone");
    for (query, count) in queries.into_iter().zip(counts).take(5) {
        let opened = lists::list_open(&desk, query.clone()).await.expect("a list");
        assert_eq!(Some(opened.total), count, "{query:?}");
    }
}
