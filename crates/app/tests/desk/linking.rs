//! One rule links contacts and users (M45): the same address, else a further or former one; by whatever way either came
//! or changed, and looked at from either side.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, text, values};
use liaison_app::CommandError;
use liaison_app::{auto_sync, contacts, import, invitations, merge, notes, review, trash, undo, users};
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{Id, RecordKind, contact, employer_user};
use liaison_store::table;
use std::collections::HashMap;

/// The users of a contact and the contact of a user are the same link.
async fn linked(desk: &TestDesk, contact: Id, user: Id) -> bool {
    let profile = contacts::contact_get(desk, contact).await.expect("a contact");
    let there = profile.user.as_ref().is_some_and(|linked| linked.id == user);
    let back = users::user_get(desk, user).await.expect("a user").contact.is_some_and(|named| named.id == contact);
    assert_eq!(there, back, "both sides say the same");
    there
}

async fn set_on_user(desk: &TestDesk, user: Id, field: &'static liaison_domain::Field, value: &str) {
    desk.write(|recorder| {
        let located = table::get(recorder.db(), RecordKind::EmployerUser, user)?;
        let change = located.record.change(field, value);
        recorder.update(RecordKind::EmployerUser, located.n, user, change.as_slice())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whichever_comes_first_and_however_it_changes() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let user = desk.user("DANA@Acme.example", "Default Access", true).await;
    assert!(linked(&desk, dana, user).await, "the contact first");
    let early = desk.user("eli@acme.example", "Default Access", true).await;
    let eli = desk.add("Eli", "Stone", "Eli@acme.example").await.id;
    assert!(linked(&desk, eli, early).await, "the user first");
    // An edit unlinks only where the old address is no alias.
    desk.set(dana, "email", "dana@acme.example", "dana@new.example").await;
    assert!(linked(&desk, dana, user).await, "by the former address");
    let other = desk.add("Dana", "Other", "dana@acme.example").await.id;
    assert!(!linked(&desk, dana, user).await && linked(&desk, other, user).await, "whose address it is now goes first");
    desk.set(other, "email", "dana@acme.example", "other@acme.example").await;
    assert!(
        users::user_get(&desk, user).await.expect("a user").contact.is_some(),
        "a former address of two: the first"
    );
    // Import, of a new contact and of a further address.
    let late = desk.user("ann@new.example", "Default Access", true).await;
    let second = desk.user("eli@home.example", "Default Access", true).await;
    let csv = "First name,Last name,E-mail,Second e-mail\nAnn,Lee,ANN@new.example,\nEli,Stone,eli@acme.example,eli@home.example\n";
    let csv = desk.file("people.csv", csv);
    let opened = import::import_open(&desk, &csv, None, &mut go_on).await.expect("a file");
    import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    let ann = users::user_get(&desk, late).await.expect("a user").contact.expect("linked by the import").id;
    assert!(linked(&desk, ann, late).await);
    assert_eq!(
        users::user_get(&desk, second).await.expect("a user").contact.map(|named| named.id),
        Some(eli),
        "a further one"
    );
    // Merging takes the links along, undo gives them back.
    let merged = merge::contacts_merge(&desk, eli, &[ann], &HashMap::new()).await.expect("merged");
    assert_eq!(users::user_get(&desk, late).await.expect("a user").contact.map(|named| named.id), Some(eli));
    undo::undo(&desk, merged.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("undone");
    assert!(linked(&desk, ann, late).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_up_can_log_in_at_once_and_is_linked_or_waits_in_the_queue() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "email", "dana@acme.example", "dana@new.example").await;
    let sign_up = |email: &str| values(&[("first_name", "Dana"), ("last_name", "Reyes"), ("email", email)]);
    let again = invitations::sign_up(&desk, &sign_up("DANA@acme.example")).await.expect("signed up");
    assert_eq!((again.contact, again.is_new), (dana, false), "known by a former address");
    assert!(linked(&desk, dana, again.user).await);
    assert_eq!(desk.standing(again.user).await, ("Default Access".into(), true), "M11");
    let taken = invitations::sign_up(&desk, &sign_up("dana@acme.example")).await;
    assert_eq!(only_problem(taken), ("email".into(), Problem::NotFree), "and nothing of whose account it is");
    let new = invitations::sign_up(&desk, &sign_up("dana@other.example")).await.expect("signed up");
    assert!(new.is_new && linked(&desk, new.contact, new.user).await);
    let person = desk.record(RecordKind::Contact, new.contact).await;
    assert_eq!(person.text(&contact::SOURCE), "employer_user_sign_up");
    assert_eq!(desk.approval(new.contact).await, contact::PENDING);
    let user = desk.record(RecordKind::EmployerUser, new.user).await;
    assert_eq!(employer_user::log_in(&user), Ok(()), "before anybody decides");
    review::contacts_review(&desk, &ids(&[new.contact]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    assert!(desk.standing(new.user).await.1, "what is decided about the contact is not about the user");
    assert!(matches!(invitations::sign_up(&desk, &values(&[])).await, Err(CommandError::Validation { .. })));
    undo::undo(&desk, again.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(contacts::contact_get(&desk, dana).await.expect("a contact").user.is_none());
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn auto_sync_follows_a_user_who_is_found_by_an_alias_alone() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let user = desk.user("dana@acme.example", "Default Access", true).await;
    desk.set(dana, "email", "dana@acme.example", "dana@new.example").await;
    let on = desk.record(RecordKind::Contact, dana).await.get(&contact::AUTO_SYNC).as_flag();
    if on {
        auto_sync::contacts_auto_sync(&desk, &ids(&[dana]), false, &mut go_on).await.expect("off");
    }
    set_on_user(&desk, user, &employer_user::FIRST_NAME, "Daniela").await;
    let name = || async { desk.record(RecordKind::Contact, dana).await.text(&contact::FIRST_NAME).to_owned() };
    assert_eq!(name().await, "Dana", "off");
    auto_sync::contacts_auto_sync(&desk, &ids(&[dana]), true, &mut go_on).await.expect("on");
    assert_eq!(name().await, "Daniela", "it catches up");
    set_on_user(&desk, user, &employer_user::FIRST_NAME, "Dani").await;
    assert_eq!(name().await, "Dani", "it follows");
    // Somebody else has the address now: the user is theirs.
    let other = desk.add("Dana", "Other", "dana@acme.example").await.id;
    set_on_user(&desk, user, &employer_user::FIRST_NAME, "D.").await;
    assert_eq!(name().await, "Dani");
    let synced = desk.record(RecordKind::Contact, other).await;
    if synced.get(&contact::AUTO_SYNC).as_flag() {
        assert_eq!(synced.text(&contact::FIRST_NAME), "D.");
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_not_taken_back_over_somebody_elses_address() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let double = desk.add("D.", "Reyes", "d.reyes@acme.example").await.id;
    let note = notes::note_add(&desk, double, "Met at the fair").await.expect("a note").id;
    // The survivor takes the other's address: no reason not to take it back.
    let chosen = HashMap::from([("email".to_owned(), double)]);
    let merged =
        merge::contacts_merge(&desk, dana, &[double], &chosen).await.expect("merged").operation.expect("an operation");
    assert_eq!(undo::undo_preview(&desk, merged).await.expect("a preview").conflicts_total, 0);
    let undone = undo::undo(&desk, merged, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(undone.operation.is_some());
    let merged = merge::contacts_merge(&desk, dana, &[double], &HashMap::new()).await.expect("merged");
    let merged = merged.operation.expect("an operation");
    // Somebody else gets the address that nobody has now.
    let other = desk.add("Dora", "Reyes", "d.reyes@acme.example").await.id;
    let before = desk.rows().await;
    for mode in [UndoMode::KeepLaterChanges, UndoMode::OverwriteLaterChanges] {
        let preview = undo::undo_preview(&desk, merged).await.expect("a preview");
        let reasons: Vec<_> = preview.conflicts.iter().map(|conflict| conflict.reason).collect();
        assert_eq!((preview.can_undo, reasons), (0, vec![ConflictReason::AddressTaken]));
        assert_eq!(preview.conflicts[0].now.value, text("Dora Reyes"));
        let refused = undo::undo(&desk, merged, mode, &mut go_on).await;
        assert_eq!(only_problem(refused), ("email".into(), Problem::InUse { by: "Dora Reyes".into() }));
        assert_eq!(desk.rows().await["note"], before["note"], "nothing of it is taken back");
    }
    assert!(
        notes::notes_list(&desk, dana, None, 50).await.is_ok_and(|notes| notes.rows.iter().any(|kept| kept.id == note))
    );
    // Once the address is free, it can be.
    contacts::contact_edit(&desk, other, &[change("email", "d.reyes@acme.example", "dora@acme.example")])
        .await
        .expect("an edit");
    undo::undo(&desk, merged, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(
        notes::notes_list(&desk, double, None, 50)
            .await
            .is_ok_and(|notes| notes.rows.iter().any(|kept| kept.id == note))
    );
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_deleted_come_back_but_for_whose_address_is_taken() {
    let desk = desk().await;
    let (ann, bob) =
        (desk.add("Ann", "Lee", "ann@q.example").await.id, desk.add("Bob", "Lee", "bob@q.example").await.id);
    let deleted = trash::delete(&desk, RecordKind::Contact, &ids(&[ann, bob]), &mut go_on).await.expect("deleted");
    let deleted = deleted.operation.expect("an operation");
    desk.add("Anna", "Lee", "ANN@q.example").await;
    let preview = undo::undo_preview(&desk, deleted).await.expect("a preview");
    assert_eq!((preview.can_undo, preview.conflicts_total), (1, 1));
    let done = undo::undo(&desk, deleted, UndoMode::OverwriteLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!((done.changed, done.skipped), (1, 1));
    let live = desk.live(RecordKind::Contact).await;
    assert!(live.contains_key(&bob) && !live.contains_key(&ann));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_the_old_name_of_a_merged_employer_means_the_one_it_is_now() {
    let desk = desk().await;
    let (acme, old, oldest) =
        (desk.add_employer("Acme").await, desk.add_employer("Acme Works").await, desk.add_employer("Acme Labs").await);
    merge::employers_merge(&desk, old, &[oldest], &HashMap::new()).await.expect("merged");
    merge::employers_merge(&desk, acme, &[old], &HashMap::new()).await.expect("merged");
    let csv =
        "First name,Last name,E-mail,Employer\nAnn,Lee,ann@q.example,ACME LABS\nBob,Lee,bob@q.example,Acme Works\n";
    let csv = desk.file("people.csv", csv);
    for created in [2, 0] {
        let opened = import::import_open(&desk, &csv, None, &mut go_on).await.expect("a file");
        let found =
            import::import_dry_run(&desk, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
        assert_eq!((found.created, found.employers_created), (created, 0));
        let rows = import::import_rows(&desk, opened.session, None, 0, 9).await.expect("rows");
        assert!(rows.rows.iter().all(|row| row.problems.len() == usize::from(created == 0)));
        let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
        assert_eq!((done.created, done.updated, done.unchanged), (created, 0, 2 - created), "a file can come twice");
    }
    let live = desk.live(RecordKind::Contact).await;
    assert!(live.values().all(|person| person.get(&contact::EMPLOYER).as_reference() == Some(acme)));
    let named = desk.live(RecordKind::Employer).await.into_values();
    let named: Vec<_> = named.map(|each| each.text(&liaison_domain::employer::NAME).to_owned()).collect();
    assert_eq!(named.iter().filter(|name| name.starts_with("Acme")).count(), 1, "{named:?}");
    let listing = desk.file("jobs.csv", "Title,Employer\nAnalyst,acme labs\n");
    let opened =
        import::import_open_as(&desk, RecordKind::JobListing, &listing, None, &mut go_on).await.expect("a file");
    assert_eq!(import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").created, 1);
    let listing = desk.live(RecordKind::JobListing).await.into_values().next().expect("a listing");
    assert_eq!(listing.get(&liaison_domain::job_listing::EMPLOYER).as_reference(), Some(acme));
}
