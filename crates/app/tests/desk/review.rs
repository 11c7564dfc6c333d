//! M4–M10, M13, M27, M45: what the desk decides about a contact, and about the access of the person, separately.

use crate::common::{TestDesk, desk, go_on, ids, pending, sample};
use liaison_app::CommandError;
use liaison_app::contacts::AccessChip;
use liaison_app::lists::Selection;
use liaison_app::review::ReviewPreview;
use liaison_app::step::Done;
use liaison_app::{contacts, history, lists, review, roles, undo};
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, contact};

/// Reviews, and asserts that the preview said what then happened.
async fn review(desk: &TestDesk, selection: &Selection, action: ReviewAction) -> (Done, ReviewPreview) {
    let preview = review::contacts_review_preview(desk, selection, action).await.expect("a preview");
    let before = desk.live(RecordKind::EmployerUser).await;
    let done = review::contacts_review(desk, selection, action, &mut go_on).await.expect("a review");
    assert_eq!(
        (preview.contacts, preview.skipped, preview.users),
        (done.changed, done.skipped, done.users),
        "{action:?}"
    );
    let after = desk.live(RecordKind::EmployerUser).await;
    let changed = before.iter().filter(|(id, user)| after.get(id) != Some(user)).count() as u32;
    assert_eq!(changed, done.users, "{action:?}: users that really changed");
    assert_eq!(done.operation.is_some(), done.changed > 0);
    (done, preview)
}

async fn directory(desk: &TestDesk, approval: &str) -> Vec<Id> {
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter.push(Condition::is(&contact::APPROVAL, approval));
    names(desk, query).await
}

async fn names(desk: &TestDesk, query: ListQuery) -> Vec<Id> {
    let opened = lists::list_open(desk, query).await.expect("a list");
    let window = lists::list_window(desk, opened.result, 0, 200, &[]).await.expect("a window");
    window.rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn approve_puts_a_contact_in_the_directory_and_touches_no_user() {
    // M6, M10.
    let desk = desk().await;
    let dana = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let user = desk.user("dana@acme.example", "Denied Access Role", false).await;
    assert!(names(&desk, ListQuery::all(RecordKind::Contact)).await.is_empty(), "pending contacts are not in it yet");
    assert_eq!(lists::queue_count(&desk).await, Ok(1));
    let (done, preview) = review(&desk, &ids(&[dana]), ReviewAction::Approve).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (1, 0, 0));
    assert_eq!(names(&desk, ListQuery::all(RecordKind::Contact)).await, [dana]);
    assert_eq!(desk.standing(user).await, ("Denied Access Role".into(), false));
    assert_eq!(lists::queue_count(&desk).await, Ok(0));
    let (again, _) = review(&desk, &ids(&[dana]), ReviewAction::Approve).await;
    assert_eq!((again.operation, again.changed, again.skipped), (None, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn approve_and_assign_roles_sets_the_role_of_linked_users_only() {
    // M7, M45: the link does not look at upper and lower case.
    let desk = desk().await;
    let role = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let dana = desk.arrive("Dana", "Reyes", "Dana@ACME.example").await;
    let eli = desk.arrive("Eli", "Stone", "eli@acme.example").await;
    let linked = desk.user("dANA@acme.Example", "Default Access", true).await;
    let other = desk.user("fay@acme.example", "Default Access", true).await;
    let (done, preview) = review(&desk, &ids(&[dana, eli]), ReviewAction::ApproveAndAssign { role }).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (2, 1, 1));
    assert_eq!(desk.standing(linked).await, ("Denied Access Role".into(), true));
    assert_eq!(desk.standing(other).await, ("Default Access".into(), true), "nobody else's role");
    let history =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    assert_eq!(history.expect("history").rows[0].detail, "Denied Access Role");
    let nowhere = ReviewAction::ApproveAndAssign { role: desk.new_id() };
    let refused = review::contacts_review(&desk, &ids(&[dana]), nowhere, &mut go_on).await;
    assert_eq!(refused, Err(CommandError::NotFound { what: "role".into() }));
}

#[tokio::test(flavor = "multi_thread")]
async fn reject_keeps_the_contact_findable_and_the_person_able_to_log_in() {
    // M8, M10, M13, M23, M27.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let user = desk.user("dana@acme.example", "Default Access", true).await;
    let (done, preview) = review(&desk, &ids(&[dana]), ReviewAction::Reject).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (1, 0, 1));
    assert_eq!(desk.standing(user).await, ("Default Access".into(), true));
    assert!(names(&desk, ListQuery::all(RecordKind::Contact)).await.is_empty(), "out of the directory");
    assert_eq!(directory(&desk, contact::REJECTED).await, [dana], "found by the filter");
    let profile = contacts::contact_get(&desk, dana).await.expect("the profile");
    assert_eq!((profile.deleted, profile.frozen), (false, true), "nothing is deleted");
    assert_eq!(profile.chips.access, AccessChip::On { role: "Default Access".into() });
}

#[tokio::test(flavor = "multi_thread")]
async fn reject_and_revoke_access_does_both_in_one_step() {
    // M9.
    let desk = desk().await;
    let dana = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let user = desk.user("DANA@acme.example", "Default Access", true).await;
    let other = desk.user("fay@acme.example", "Default Access", true).await;
    let (done, preview) = review(&desk, &ids(&[dana]), ReviewAction::RejectAndRevoke).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (1, 1, 0));
    assert_eq!(desk.approval(dana).await, contact::REJECTED);
    assert_eq!(desk.standing(user).await, ("Default Access".into(), false));
    assert_eq!(desk.standing(other).await, ("Default Access".into(), true));
    let profile = contacts::contact_get(&desk, dana).await.expect("the profile");
    assert_eq!(profile.chips.access, AccessChip::Off { role: "Default Access".into() });
    // Approving again gives no access back: that is decided separately.
    review(&desk, &ids(&[dana]), ReviewAction::Approve).await;
    assert_eq!(desk.standing(user).await, ("Default Access".into(), false));
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("undone");
    assert_eq!(desk.standing(user).await, ("Default Access".into(), true), "one step back takes both back");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_counts_users_that_are_already_so() {
    let desk = desk().await;
    let role = roles::role_named(&desk, "Default Access").await.expect("a role");
    let assign = ReviewAction::ApproveAndAssign { role };
    let counts = |preview: ReviewPreview| (preview.decided, preview.users, preview.users_already);
    let dana = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let eli = desk.arrive("Eli", "Stone", "eli@acme.example").await;
    let fay = desk.arrive("Fay", "Moss", "fay@acme.example").await;
    desk.user("dana@acme.example", "Default Access", true).await;
    desk.user("eli@acme.example", "Denied Access Role", false).await;
    // The role they have already is no change, and still they have a login.
    let (done, preview) = review(&desk, &ids(&[dana]), assign).await;
    assert_eq!((counts(preview), done.changed, done.users), ((1, 0, 1), 1, 0));
    // Dana is approved already and not counted as decided; Fay has no user at all.
    let (_, preview) = review(&desk, &ids(&[dana, eli, fay]), assign).await;
    assert_eq!((counts(preview), preview.contacts, preview.skipped), ((2, 1, 1), 2, 1));
    let other = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let (_, preview) = review(&desk, &ids(&[dana]), ReviewAction::ApproveAndAssign { role: other }).await;
    assert_eq!((counts(preview), preview.contacts), ((0, 1, 0), 1), "only the user changes");
    // Eli could not log in before.
    let (_, preview) = review(&desk, &ids(&[dana, eli, fay]), ReviewAction::RejectAndRevoke).await;
    assert_eq!(counts(preview), (3, 1, 1));
    let (_, preview) = review(&desk, &ids(&[dana, eli, fay]), ReviewAction::Approve).await;
    assert_eq!(counts(preview), (3, 0, 0), "plain approval touches no user");
}

/// Two records of one person, and one person with two log-ins, as they come about offline.
#[tokio::test(flavor = "multi_thread")]
async fn every_user_with_the_address_counts_once() {
    let desk = desk().await;
    let role = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let contacts = [
        desk.arrive("Dana", "Reyes", "dana@acme.example").await,
        desk.arrive("Dana M.", "Reyes", "dana@ACME.example").await,
    ];
    let users = [
        desk.user("dana@acme.example", "Default Access", true).await,
        desk.user("Dana@acme.example", "Default Access", true).await,
    ];
    let (done, preview) = review(&desk, &ids(&contacts), ReviewAction::ApproveAndAssign { role }).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (2, 2, 2));
    for user in users {
        assert_eq!(desk.standing(user).await, ("Denied Access Role".into(), true));
    }
    let (done, preview) = review(&desk, &ids(&contacts[..1]), ReviewAction::RejectAndRevoke).await;
    assert_eq!((done.changed, done.users, preview.can_still_log_in), (1, 2, 0));
    for user in users {
        assert_eq!(desk.standing(user).await, ("Denied Access Role".into(), false));
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_match_but_some_are_decided() {
    // M5: "all N that match", not only the rows in view.
    let desk = sample(600).await;
    let queue = lists::list_open(&desk, pending()).await.expect("the queue");
    assert!(queue.total > 20, "the sample has a queue");
    assert_eq!(lists::queue_count(&desk).await, Ok(queue.total));
    let first = lists::list_window(&desk, queue.result, 0, 3, &[]).await.expect("a window");
    let except: Vec<Id> = first.rows.iter().map(|row| row.id).collect();
    let others = directory(&desk, contact::REJECTED).await;
    let role = roles::role_named(&desk, "Default Access").await.expect("a role");
    let selection = Selection::Result { result: queue.result, except: except.clone() };
    let (done, _) = review(&desk, &selection, ReviewAction::ApproveAndAssign { role }).await;
    assert_eq!((done.changed, done.skipped), (queue.total - 3, 0));
    for id in &except {
        assert_eq!(desk.approval(*id).await, contact::PENDING, "left out, left alone");
    }
    assert_eq!(lists::queue_count(&desk).await, Ok(3));
    assert_eq!(directory(&desk, contact::REJECTED).await, others);
    // The list is as it was opened: what it shows is what is decided, though all but three no longer wait.
    let whole = Selection::Result { result: queue.result, except: Vec::new() };
    let (done, _) = review(&desk, &whole, ReviewAction::Approve).await;
    assert_eq!((done.changed, done.skipped), (3, queue.total - 3));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_on_a_whole_directory_does_what_its_preview_says() {
    let desk = sample(400).await;
    let role = roles::role_named(&desk, "Recruiter").await.expect("a role");
    let mut everybody = ListQuery::all(RecordKind::Contact);
    everybody.filter.push(Condition {
        field: "approval".into(),
        op: liaison_domain::filter::FilterOp::IsNotEmpty,
        values: Vec::new(),
    });
    for action in [
        ReviewAction::ApproveAndAssign { role },
        ReviewAction::Reject,
        ReviewAction::RejectAndRevoke,
        ReviewAction::Approve,
    ] {
        let opened = lists::list_open(&desk, everybody.clone()).await.expect("a list");
        assert_eq!(opened.total, 400);
        let selection = Selection::Result { result: opened.result, except: Vec::new() };
        let users = desk.live(RecordKind::EmployerUser).await;
        let (done, _) = review(&desk, &selection, action).await;
        assert_eq!(done.changed + done.skipped, 400);
        if matches!(action, ReviewAction::Approve | ReviewAction::Reject) {
            assert_eq!(desk.live(RecordKind::EmployerUser).await, users, "{action:?} touches no user");
        }
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_names_contacts_that_are_there() {
    let desk = desk().await;
    let dana = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let acme = desk.add_employer("Acme").await;
    let not_found = |what: &str| Err(CommandError::NotFound { what: what.into() });
    for stranger in [desk.new_id(), acme] {
        let refused = review::contacts_review(&desk, &ids(&[dana, stranger]), ReviewAction::Approve, &mut go_on).await;
        assert_eq!(refused, not_found("contact"));
    }
    let employers = lists::list_open(&desk, ListQuery::all(RecordKind::Employer)).await.expect("a list").result;
    for (result, what) in [(employers, "contact"), (9_999, "list")] {
        let selection = Selection::Result { result, except: Vec::new() };
        assert_eq!(
            review::contacts_review(&desk, &selection, ReviewAction::Approve, &mut go_on).await,
            not_found(what)
        );
        let preview = review::contacts_review_preview(&desk, &selection, ReviewAction::Approve).await;
        assert_eq!(preview.map(|_| ()), Err(CommandError::NotFound { what: what.into() }));
    }
    assert_eq!(desk.approval(dana).await, contact::PENDING);
    let twice =
        review::contacts_review(&desk, &ids(&[dana, dana]), ReviewAction::Approve, &mut go_on).await.expect("once");
    assert_eq!(twice.changed, 1);
    let nobody =
        review::contacts_review(&desk, &ids(&[]), ReviewAction::Approve, &mut go_on).await.expect("nothing to do");
    assert_eq!(nobody.operation, None);
}
