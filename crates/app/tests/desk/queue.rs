//! B4: the queue marks, filters and sorts by who may be a duplicate, and what it says stays true after every change.

use crate::common::{TestDesk, change, go_on, ids, pending, sample};
use liaison_app::lists::{list_close, list_window};
use liaison_app::queue::{LIKELY_DUPLICATE, queue_likenesses, queue_open};
use liaison_app::{CommandError, contacts, duplicates, employers, likeness, review, undo};
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind};

/// Two pending contacts who are in the directory already, and one who isn't, among 300 others of whom nobody is pending.
struct Pile {
    desk: TestDesk,
    acme: Id,
    bill: Id,
    william: Id,
    zoe: Id,
    new: Id,
}

async fn pile() -> Pile {
    let desk = sample(300).await;
    let waiting = liaison_app::lists::list_open(&desk, pending()).await.expect("the queue").result;
    let all = liaison_app::lists::Selection::Result { result: waiting, except: Vec::new() };
    review::contacts_review(&desk, &all, ReviewAction::Approve, &mut go_on).await.expect("approved");
    let acme = desk.add_employer("Acme Robotics").await;
    let bill = desk.arrive("Bill", "Reyesmann", "bill.reyesmann@acme.example").await;
    let william = desk.add("William", "Reyesmann", "w.reyesmann@home.example").await.id;
    for id in [bill, william] {
        desk.set(id, "mobile_phone", "", "+1 212 555 0199").await;
        desk.set(id, "employer", "", &acme.to_string()).await;
    }
    let zoe = desk.arrive("Zoe", "Okonkwo", "zoe@globex.example").await;
    let twin = desk.add("Zoe", "Okonkwo", "zoe.okonkwo@globex.example").await.id;
    for id in [zoe, twin] {
        desk.set(id, "title", "", "Head of early careers").await;
        desk.set(id, "city", "", "Springfield").await;
    }
    let new = desk.arrive("Quirina", "Xylander", "quirina@nowhere.example").await;
    desk.set(new, "city", "", "Nowhere").await;
    desk.search(RecordKind::Contact).expect("an index").wait().await;
    Pile { desk, acme, bill, william, zoe, new }
}

/// Whom the queue takes for whom, and that what it says of one contact is what stands beside the row.
async fn told(desk: &TestDesk) -> Vec<(Id, String)> {
    let told = queue_likenesses(desk).await.expect("likenesses");
    for likeness in &told {
        let beside = likeness::contact_likenesses(desk, likeness.id).await.expect("likenesses");
        let (first, score) = (&beside[0].person.name, beside[0].score);
        assert_eq!((first, beside.len()), (&likeness.name, likeness.others as usize));
        assert!((score - likeness.score).abs() < 1e-9, "{score} beside {}", likeness.score);
    }
    let mut told: Vec<(Id, String)> = told.into_iter().map(|likeness| (likeness.id, likeness.name)).collect();
    told.sort();
    told
}

async fn assert_told(desk: &TestDesk, expected: &[(Id, &str)]) {
    let mut expected: Vec<(Id, String)> = expected.iter().map(|(id, name)| (*id, (*name).to_owned())).collect();
    expected.sort();
    assert_eq!(told(desk).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_the_queue_stays_true_after_every_change() {
    let Pile { desk, acme, bill, william, zoe, .. } = pile().await;
    let both = [(bill, "William Reyesmann"), (zoe, "Zoe Okonkwo")];
    assert_told(&desk, &both).await;

    let apart = duplicates::contacts_keep_apart(&desk, &[bill, william]).await.expect("two people");
    assert_told(&desk, &both[1..]).await;
    let take_back = async |operation: Option<Id>| {
        undo::undo(&desk, operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
            .await
            .expect("undone")
    };
    take_back(apart.operation).await;
    assert_told(&desk, &both).await;

    // The other one is somebody else by now, and is again.
    let edits = [change("last_name", "Reyesmann", "Featherstone"), change("mobile_phone", "+1 212 555 0199", "")];
    let edited = contacts::contact_edit(&desk, william, &edits).await.expect("edited");
    assert_told(&desk, &both[1..]).await;
    take_back(edited.operation).await;
    assert_told(&desk, &both).await;

    // Decided, and pending again.
    let approved =
        review::contacts_review(&desk, &ids(&[bill]), ReviewAction::Approve, &mut go_on).await.expect("approved");
    assert_told(&desk, &both[1..]).await;
    take_back(approved.operation).await;
    assert_told(&desk, &both).await;

    // Somebody comes who is there already, and whom somebody else may be.
    let again = desk.arrive("Zoe", "Okonkwo", "z.okonkwo@globex.example").await;
    desk.set(again, "title", "", "Head of early careers").await;
    desk.set(again, "city", "", "Springfield").await;
    let now = told(&desk).await;
    assert!(now.iter().any(|(id, _)| *id == again), "{now:?}");
    assert_eq!(likeness::contact_likenesses(&desk, zoe).await.expect("likenesses").len(), 2);

    // The employer is compared by its name.
    let score =
        |told: &[liaison_app::queue::QueueLikeness]| told.iter().find(|each| each.id == bill).expect("Bill").score;
    let globex = desk.add_employer("Globex").await.to_string();
    desk.set(william, "employer", &acme.to_string(), &globex).await;
    let other = score(&queue_likenesses(&desk).await.expect("likenesses"));
    let globex = globex.parse().expect("an id");
    employers::employer_edit(&desk, globex, &[change("name", "Globex", "Acme Robotics Inc.")]).await.expect("renamed");
    let renamed = score(&queue_likenesses(&desk).await.expect("likenesses"));
    assert!((renamed - other).abs() > 1e-6, "the employers have one name now: {renamed} {other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_at_once_are_told_as_well() {
    let Pile { desk, bill, zoe, .. } = pile().await;
    assert_told(&desk, &[(bill, "William Reyesmann"), (zoe, "Zoe Okonkwo")]).await;
    let opened = queue_open(&desk, pending()).await.expect("the queue");
    let all = liaison_app::lists::Selection::Result { result: opened.result, except: vec![zoe] };
    review::contacts_review(&desk, &all, ReviewAction::Reject, &mut go_on).await.expect("rejected");
    for n in 0..60 {
        desk.arrive(&format!("Given{n}"), &format!("Family{n}"), &format!("given{n}@arrived{n}.example")).await;
    }
    let told: Vec<Id> = told(&desk).await.into_iter().map(|(id, _)| id).collect();
    assert!(told.contains(&zoe) && !told.contains(&bill), "one is still pending, the other is not: {told:?}");
}

async fn rows(desk: &TestDesk, op: Option<FilterOp>, descending: Option<bool>) -> Vec<Id> {
    let field = || LIKELY_DUPLICATE.to_owned();
    let mut query = pending();
    query.filter.extend(op.map(|op| Condition { field: field(), op, values: Vec::new() }));
    query.sort.extend(descending.map(|descending| SortKey { field: field(), descending }));
    let opened = queue_open(desk, query).await.expect("the queue");
    let window = list_window(desk, opened.result, 0, 200, &["email".to_owned()]).await.expect("rows");
    assert_eq!(window.rows.len() as u32, opened.total);
    list_close(desk, opened.result);
    window.rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_is_filtered_and_sorted_by_it() {
    let Pile { desk, bill, zoe, new, .. } = pile().await;
    let scores = queue_likenesses(&desk).await.expect("likenesses");
    let score = |id: Id| scores.iter().find(|each| each.id == id).map(|each| each.score);
    let mut likeliest = vec![bill, zoe];
    likeliest.sort_by(|a, b| score(*b).partial_cmp(&score(*a)).expect("numbers"));
    assert_eq!(rows(&desk, Some(FilterOp::IsNotEmpty), Some(true)).await, likeliest);
    assert_eq!(rows(&desk, Some(FilterOp::IsEmpty), None).await, [new]);
    assert_eq!(rows(&desk, None, Some(true)).await, [likeliest[0], likeliest[1], new]);
    assert_eq!(rows(&desk, None, Some(false)).await, [new, likeliest[1], likeliest[0]]);
    let mut odd = ListQuery::all(RecordKind::Contact);
    odd.filter.push(Condition { field: LIKELY_DUPLICATE.to_owned(), op: FilterOp::Contains, values: vec!["x".into()] });
    assert!(matches!(queue_open(&desk, odd).await, Err(CommandError::Validation { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_and_the_approval_are_one_step() {
    let Pile { desk, new, .. } = pile().await;
    let edits = [change("title", "", "Recruiter"), change("city", "Nowhere", "Oslo")];
    let done = review::contact_edit_and_approve(&desk, new, &edits).await.expect("approved");
    let operation = done.operation.expect("an operation");
    let now = desk.record(RecordKind::Contact, new).await;
    let text = |record: &liaison_domain::Record, key: &str| {
        record.text(RecordKind::Contact.field(key).expect("a field")).to_owned()
    };
    assert_eq!((text(&now, "title").as_str(), text(&now, "city").as_str()), ("Recruiter", "Oslo"));
    assert_eq!(desk.approval(new).await, "approved");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let before = desk.record(RecordKind::Contact, new).await;
    assert_eq!((text(&before, "title").as_str(), text(&before, "city").as_str()), ("", "Nowhere"));
    assert_eq!(desk.approval(new).await, "pending");

    // What the form is refused for approves nobody, and without edits it is an approval.
    let refused = review::contact_edit_and_approve(&desk, new, &[change("first_name", "Quirina", "")]).await;
    assert!(matches!(refused, Err(CommandError::Validation { .. })));
    let conflict = review::contact_edit_and_approve(&desk, new, &[change("title", "Dean", "Head")]).await;
    assert!(matches!(conflict, Err(CommandError::Conflict { .. })));
    assert_eq!(desk.approval(new).await, "pending");
    review::contact_edit_and_approve(&desk, new, &[]).await.expect("approved");
    assert_eq!(desk.approval(new).await, "approved");
    let again = review::contact_edit_and_approve(&desk, new, &[]).await.expect("nothing to do");
    assert_eq!((again.operation, again.changed), (None, 0));
    desk.assert_whole().await;
}
