//! M18, B4: likely duplicates with their evidence, the pile they make, and "not a duplicate".

use crate::common::{TestDesk, go_on, ids, sample, stop};
use liaison_app::CommandError;
use liaison_app::duplicates::{Agreement, DuplicatesPage};
use liaison_app::merge::FieldChoices;
use liaison_app::{duplicates, likeness, merge, review, undo};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole};

async fn found(desk: &TestDesk) -> DuplicatesPage {
    duplicates::duplicates_find(desk, None, &mut go_on).await.expect("compared");
    duplicates::duplicates_list(desk, 0, 50).await.expect("the pile")
}

/// The people of each case that has one of these.
fn cases_of(page: &DuplicatesPage, of: &[Id]) -> Vec<Vec<Id>> {
    let people = page.cases.iter().map(|case| case.people.iter().map(|person| person.id).collect::<Vec<_>>());
    let mut cases: Vec<Vec<Id>> = people.filter(|case| case.iter().any(|id| of.contains(id))).collect();
    cases.iter_mut().for_each(|case| case.sort_unstable());
    cases
}

/// Bill and William Reyes are one, so are three of Zoe Okonkwo; among 300 others.
async fn doubles() -> (TestDesk, [Id; 2], [Id; 3]) {
    let desk = sample(300).await;
    let acme = desk.add_employer("Acme Robotics").await.to_string();
    let bill = desk.add("Bill", "Reyesmann", "bill.reyesmann@acme.example").await.id;
    let william = desk.add("William", "Reyesmann", "w.reyesmann@home.example").await.id;
    for id in [bill, william] {
        desk.set(id, "mobile_phone", "", "+1 212 555 0199").await;
        desk.set(id, "employer", "", &acme).await;
    }
    let mut zoes = [bill; 3];
    for (at, first) in ["Zoe", "Zoë", "Zoe"].into_iter().enumerate() {
        zoes[at] = desk.add(first, "Okonkwo", &format!("zoe{at}@globex.example")).await.id;
        desk.set(zoes[at], "work_phone", "", "+1 617 555 0123").await;
        desk.set(zoes[at], "title", "", "Head of early careers").await;
        desk.set(zoes[at], "city", "", "Springfield").await;
    }
    (desk, [bill, william], zoes)
}

#[tokio::test(flavor = "multi_thread")]
async fn pairs_and_groups_come_with_their_evidence() {
    let (desk, mut pair, zoes) = doubles().await;
    let before = duplicates::duplicates_list(&desk, 0, 50).await.expect("nothing yet");
    assert_eq!((before.found_at, before.total), (None, 0));
    let page = found(&desk).await;
    pair.sort_unstable();
    assert_eq!(cases_of(&page, &pair), [pair.to_vec()]);
    assert_eq!(cases_of(&page, &zoes), [zoes.to_vec()], "three of them are one group");
    let case = page.cases.iter().find(|case| case.people.iter().any(|person| person.id == pair[0])).expect("the pair");
    assert!(case.score > 0.9, "{}", case.score);
    let reasons = &case.pairs[0].reasons;
    let of = |column: &str| reasons.iter().find(|reason| reason.column == column).expect("a reason");
    assert_eq!((of("phone").agreement, &of("phone").fields[0][..]), (Agreement::Same, "mobile_phone"));
    let mut given = of("given_name").values.clone();
    given.sort();
    assert_eq!((of("given_name").agreement, given), (Agreement::Alike, ["Bill".to_owned(), "William".to_owned()]));
    assert_eq!(of("family_name").agreement, Agreement::Same);
    assert!(reasons.is_sorted_by(|a, b| a.weight >= b.weight));
    assert!(page.cases.is_sorted_by(|a, b| a.score >= b.score), "the surest first");
    let pairs = duplicates::duplicates_pairs(&desk, 0.5, 1000).await.expect("pairs");
    assert!(pairs.iter().all(|pair| pair.score >= 0.5) && pairs.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(duplicates::duplicates_pairs(&desk, 0.0, 2).await.expect("pairs").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_leaves_the_pile_and_comes_back_with_undo() {
    let (desk, pair, zoes) = doubles().await;
    let page = found(&desk).await;
    let total = page.total;
    let apart = duplicates::contacts_keep_apart(&desk, &pair).await.expect("remembered");
    assert_eq!(apart.changed, 1);
    let page = duplicates::duplicates_list(&desk, 0, 50).await.expect("the pile");
    assert_eq!((page.total, cases_of(&page, &pair)), (total - 1, Vec::new()));
    assert_eq!(
        duplicates::contacts_keep_apart(&desk, &pair).await.expect("known").operation,
        None,
        "said twice is said once"
    );
    let merged = merge::contacts_merge(&desk, zoes[0], &zoes[1..2], &FieldChoices::new()).await.expect("merged");
    let page = duplicates::duplicates_list(&desk, 0, 50).await.expect("the pile");
    let mut left = vec![zoes[0], zoes[2]];
    left.sort_unstable();
    assert_eq!(cases_of(&page, &zoes), [left], "the rest of the group is still to decide");
    assert!(page.changed > 0, "the survivor changed since");
    let page = found(&desk).await;
    assert_eq!((cases_of(&page, &pair), page.changed), (Vec::new(), 0), "not proposed again");
    for done in [apart, merged] {
        undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
            .await
            .expect("undone");
    }
    let page = found(&desk).await;
    assert_eq!((cases_of(&page, &pair).len(), cases_of(&page, &zoes)), (1, vec![zoes.to_vec()]));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelled_it_keeps_what_was_found_before() {
    let (desk, ..) = doubles().await;
    let before = found(&desk).await;
    assert_eq!(duplicates::duplicates_find(&desk, None, &mut stop).await, Err(CommandError::Cancelled));
    let after = duplicates::duplicates_list(&desk, 0, 50).await.expect("the pile");
    assert_eq!((after.found_at, after.total, after.finding), (before.found_at, before.total, false));
    assert!(matches!(
        duplicates::duplicates_find(&desk, Some(7.0), &mut go_on).await,
        Err(CommandError::Validation { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_contacts_are_found_and_marked_and_who_is_told_apart_must_be_two() {
    let (desk, pair, _) = doubles().await;
    review::contacts_review(&desk, &ids(&pair[..1]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let page = found(&desk).await;
    let case = page.cases.iter().find(|case| case.people.iter().any(|person| person.id == pair[0])).expect("found");
    let person = case.people.iter().find(|person| person.id == pair[0]).expect("the rejected one");
    assert_eq!(person.approval, "rejected");
    assert!(matches!(duplicates::contacts_keep_apart(&desk, &pair[..1]).await, Err(CommandError::Validation { .. })));
    assert!(matches!(
        duplicates::contacts_keep_apart(&desk, &[pair[0], desk.new_id()]).await,
        Err(CommandError::NotFound { .. })
    ));
    let desk = desk.reopened(Some(StaffRole::Viewer)).await;
    assert!(matches!(duplicates::contacts_keep_apart(&desk, &pair).await, Err(CommandError::Denied { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_in_the_queue_shows_whom_it_may_be() {
    let desk = sample(300).await;
    let acme = desk.add_employer("Acme Robotics").await.to_string();
    let pending = desk.arrive("Bill", "Reyesmann", "bill.reyesmann@acme.example").await;
    let twin = desk.add("William", "Reyesmann", "w.reyesmann@home.example").await.id;
    for id in [pending, twin] {
        desk.set(id, "mobile_phone", "", "+1 212 555 0199").await;
        desk.set(id, "employer", "", &acme).await;
    }
    let brother = desk.add("Otto", "Reyesmann", "otto@globex.example").await.id;
    let gone = desk.add("Bill", "Reyesmann", "gone@x.example").await;
    undo::undo(&desk, gone.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("gone");
    desk.search(RecordKind::Contact).expect("an index").wait().await;
    let likely = likeness::contact_likenesses(&desk, pending).await.expect("likenesses");
    assert_eq!(
        likely.iter().map(|likeness| likeness.person.id).collect::<Vec<_>>(),
        [twin],
        "neither {brother} nor who is gone"
    );
    assert!(likely[0].score > 0.8);
    assert!(likely[0].reasons.iter().any(|reason| reason.column == "phone" && reason.agreement == Agreement::Same));
    let back = likeness::contact_likenesses(&desk, twin).await.expect("likenesses");
    assert_eq!(back.iter().map(|likeness| likeness.person.id).collect::<Vec<_>>(), [pending]);
    duplicates::contacts_keep_apart(&desk, &[pending, twin]).await.expect("two people");
    assert_eq!(likeness::contact_likenesses(&desk, pending).await, Ok(Vec::new()));
}
