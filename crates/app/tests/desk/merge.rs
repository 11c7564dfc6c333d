//! M18: contacts and employers made in error become one, with everything that refers to them, and apart again.

use crate::common::{TestDesk, desk, go_on, ids, values};
use liaison_app::CommandError;
use liaison_app::merge::FieldChoices;
use liaison_app::{contacts, employers, history, lists, merge, notes, review, undo};
use liaison_domain::field::CREATED_AT;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{
    Id, OperationKind, Permission, Record, RecordKind, StaffRole, Value, contact, distinct_pair, employer, employment,
    note, participation, task,
};

fn choose(choices: &[(&str, Id)]) -> FieldChoices {
    choices.iter().map(|(field, id)| ((*field).to_owned(), *id)).collect()
}

/// A record of a kind without rules, that refers to others.
async fn refer(
    desk: &TestDesk,
    kind: RecordKind,
    references: &[(&liaison_domain::Field, Id)],
    texts: &[(&liaison_domain::Field, &str)],
) -> Id {
    let mut record = Record::blank(kind, desk.new_id());
    record.set(&CREATED_AT, Value::Moment(desk.now() as i64));
    for (field, id) in references {
        record.set(field, *id);
    }
    for (field, text) in texts {
        record.set(field, *text);
    }
    desk.write(|recorder| recorder.create(&record)).await;
    record.id
}

async fn event(desk: &TestDesk, title: &str) -> Id {
    refer(desk, RecordKind::Event, &[], &[(&liaison_domain::event::TITLE, title)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_to_the_survivor_and_an_old_link_leads_on() {
    let desk = desk().await;
    desk.engine().start_searching();
    let bill = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let william = desk.add("William", "Reyes", "w.reyes@home.example").await.id;
    desk.set(william, "title", "", "Recruiter").await;
    let acme = desk.add_employer("Acme").await;
    desk.set(william, "employer", "", &acme.to_string()).await;
    let user = desk.user("w.reyes@home.example", "Default Access", true).await;
    notes::note_add(&desk, william, "Met at the fair").await.expect("a note");
    let deleted = notes::note_add(&desk, william, "Wrong").await.expect("a note").id;
    notes::note_delete(&desk, deleted).await.expect("in the trash");
    let call = refer(&desk, RecordKind::Task, &[(&task::CONTACT, william)], &[(&task::TITLE, "Call")]).await;
    desk.write(|recorder| {
        let change = liaison_domain::FieldChange {
            field: employer::PRIMARY_CONTACT.number,
            before: Value::Empty,
            after: william.into(),
        };
        let n = liaison_store::table::get(recorder.db(), RecordKind::Employer, acme)?.n;
        recorder.update(RecordKind::Employer, n, acme, &[change])
    })
    .await;
    let said = merge::merge_preview(&desk, RecordKind::Contact, bill, &[william], &choose(&[("first_name", william)]))
        .await
        .expect("a preview");
    assert_eq!(said.operation, OperationKind::ContactsMerge);
    assert_eq!((said.users, said.records.len()), (1, 2));
    let moves: Vec<_> = said.moves.iter().map(|m| (m.kind, m.field.as_str(), m.count)).collect();
    assert_eq!(
        moves,
        [
            (RecordKind::Employer, "primary_contact", 1),
            (RecordKind::Note, "contact", 1),
            (RecordKind::Task, "contact", 1)
        ]
    );
    let first_name = said.fields.iter().find(|field| field.field == "first_name").expect("the field");
    assert_eq!((first_name.from, first_name.differs, first_name.choosable), (Some(william), true, true));
    let title = said.fields.iter().find(|field| field.field == "title").expect("the field");
    assert_eq!((title.from, title.differs), (Some(william), false));

    let done =
        merge::contacts_merge(&desk, bill, &[william], &choose(&[("first_name", william)])).await.expect("merged");
    assert_eq!(done.changed, 1);
    let profile = contacts::contact_get(&desk, william).await.expect("an old link");
    assert_eq!(
        (profile.id, profile.name.as_str(), profile.counts.notes, profile.is_primary),
        (bill, "William Reyes", 1, true)
    );
    assert_eq!(profile.user.map(|user| user.id), Some(user), "linked through the address kept");
    let row = |kind, id| desk.record(kind, id);
    assert_eq!(row(RecordKind::Task, call).await.get(&task::CONTACT).as_reference(), Some(bill));
    assert_eq!(
        row(RecordKind::Note, deleted).await.get(&note::CONTACT).as_reference(),
        Some(bill),
        "also in the trash"
    );
    assert!(row(RecordKind::Contact, william).await.is_deleted());
    assert_eq!(
        contacts::suggest(&desk, RecordKind::Contact, "w.reyes", 5).await.expect("found"),
        [bill],
        "found by the old address"
    );
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_stand_there_twice_stands_there_once() {
    let desk = desk().await;
    let one = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let two = desk.add("William", "Reyes", "w@home.example").await.id;
    let other = desk.add("Zoe", "Li", "zoe@x.example").await.id;
    let fair = event(&desk, "Fair").await;
    let register = |contact, status| {
        let references = [(&participation::CONTACT, contact), (&participation::EVENT, fair)];
        let texts = [(&participation::PART, participation::REGISTERED), (&participation::STATUS, status)];
        let desk = &desk;
        async move { refer(desk, RecordKind::Participation, &references, &texts).await }
    };
    let kept = register(one, "expected").await;
    let double = register(two, "attended").await;
    for (a, b) in [(one, two), (one, other), (two, other)] {
        let references = [(&distinct_pair::FIRST, a.min(b)), (&distinct_pair::SECOND, a.max(b))];
        refer(&desk, RecordKind::DistinctPair, &references, &[]).await;
    }
    let acme = desk.add_employer("Acme").await;
    for contact in [one, two] {
        refer(&desk, RecordKind::Employment, &[(&employment::CONTACT, contact), (&employment::EMPLOYER, acme)], &[])
            .await;
    }
    merge::contacts_merge(&desk, one, &[two], &choose(&[])).await.expect("merged");
    let live = desk.live(RecordKind::Participation).await;
    assert_eq!(live.keys().collect::<Vec<_>>(), [&kept]);
    assert_eq!(live[&kept].text(&participation::STATUS), "attended", "what the double knew is kept");
    let gone = desk.record(RecordKind::Participation, double).await;
    assert_eq!(gone.get(&participation::CONTACT).as_reference(), Some(one), "in the trash it refers to the survivor");
    let pairs = desk.live(RecordKind::DistinctPair).await;
    assert_eq!(pairs.len(), 1, "one pair with Zoe, none with itself");
    assert_eq!(desk.live(RecordKind::Employment).await.len(), 1);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn later_edits_stay_and_the_preview_says_so() {
    let desk = desk().await;
    let one = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let two = desk.add("William", "Reyes", "w@home.example").await.id;
    desk.set(two, "title", "", "Recruiter").await;
    let note = notes::note_add(&desk, two, "Met at the fair").await.expect("a note").id;
    let merged =
        merge::contacts_merge(&desk, one, &[two], &choose(&[])).await.expect("merged").operation.expect("an operation");
    desk.set(one, "title", "Recruiter", "Dean").await;
    let later = notes::note_add(&desk, one, "Later").await.expect("a note").id;
    let said = undo::undo_preview(&desk, merged).await.expect("a preview");
    let said: Vec<_> = said.conflicts.iter().map(|c| (c.record, c.field.as_deref(), c.reason)).collect();
    assert_eq!(said, [(one, Some("title"), ConflictReason::ChangedSince)]);
    undo::undo(&desk, merged, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    let (bill, william) = (desk.record(RecordKind::Contact, one).await, desk.record(RecordKind::Contact, two).await);
    assert_eq!((bill.text(&contact::TITLE), bill.text(&contact::EMAIL_2)), ("Dean", ""));
    assert!(!william.is_deleted() && william.get(&contact::MERGED_INTO).is_empty());
    assert_eq!(contacts::contact_get(&desk, two).await.expect("there again").id, two);
    assert_eq!(desk.record(RecordKind::Note, note).await.get(&note::CONTACT).as_reference(), Some(two));
    assert_eq!(desk.record(RecordKind::Note, later).await.get(&note::CONTACT).as_reference(), Some(one));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merges_of_merges_come_apart_in_any_order() {
    let desk = desk().await;
    let [a, b, c] = [("A", "a@x.example"), ("B", "b@x.example"), ("C", "c@x.example")];
    let a = desk.add(a.0, "Reyes", a.1).await.id;
    let b = desk.add(b.0, "Reyes", b.1).await.id;
    let c = desk.add(c.0, "Reyes", c.1).await.id;
    let note = notes::note_add(&desk, a, "Of A").await.expect("a note").id;
    let first =
        merge::contacts_merge(&desk, b, &[a], &choose(&[])).await.expect("merged").operation.expect("an operation");
    let second =
        merge::contacts_merge(&desk, c, &[b], &choose(&[])).await.expect("merged").operation.expect("an operation");
    assert_eq!(contacts::contact_get(&desk, a).await.expect("a link").id, c);
    undo::undo(&desk, first, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    assert_eq!(contacts::contact_get(&desk, a).await.expect("there").id, a);
    assert_eq!(contacts::contact_get(&desk, b).await.expect("a link").id, c);
    undo::undo(&desk, second, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    assert_eq!(contacts::contact_get(&desk, b).await.expect("there").id, b);
    for id in [a, b, c] {
        assert!(desk.record(RecordKind::Contact, id).await.get(&contact::MERGED_INTO).is_empty());
    }
    // The second merge moved it on; taking that back brings it to where the first had brought it.
    assert_eq!(desk.record(RecordKind::Note, note).await.get(&note::CONTACT).as_reference(), Some(b));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_gone_and_forbidden_are_refused() {
    let desk = desk().await;
    let one = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let two = desk.add("William", "Reyes", "w@home.example").await.id;
    let waiting = desk.arrive("Bill", "Reyes", "b@home.example").await;
    let none = choose(&[]);
    review::contacts_review(&desk, &ids(&[two]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    for (survivor, other) in [(one, two), (two, one)] {
        assert_eq!(merge::contacts_merge(&desk, survivor, &[other], &none).await, Err(CommandError::Frozen));
        assert_eq!(
            merge::merge_preview(&desk, RecordKind::Contact, survivor, &[other], &none).await,
            Err(CommandError::Frozen)
        );
    }
    assert!(matches!(merge::contacts_merge(&desk, one, &[one], &none).await, Err(CommandError::Validation { .. })));
    assert!(matches!(
        merge::contacts_merge(&desk, one, &[desk.new_id()], &none).await,
        Err(CommandError::NotFound { .. })
    ));
    let wrong = merge::contacts_merge(&desk, one, &[waiting], &choose(&[("colour", one)])).await;
    assert!(matches!(wrong, Err(CommandError::Validation { .. })), "{wrong:?}");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let denied = |permission: Permission| Err(CommandError::Denied { permission: permission.key().into() });
    assert_eq!(
        merge::contacts_merge(&desk, one, &[waiting], &none).await,
        denied(Permission::ReviewContacts),
        "it would decide about the queue"
    );
    let three = desk.add("Will", "Reyes", "c@home.example").await.id;
    merge::contacts_merge(&desk, one, &[three], &none).await.expect("advisors merge");
    let desk = desk.reopened(Some(StaffRole::Viewer)).await;
    assert_eq!(merge::contacts_merge(&desk, one, &[waiting], &none).await, denied(Permission::MergeContacts));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_contact_is_approved_into_one_that_is_there() {
    let desk = desk().await;
    let there = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let waiting = desk.arrive("William", "Reyes", "w@home.example").await;
    let user = desk.user("w@home.example", "Default Access", true).await;
    let done = merge::contacts_merge(&desk, there, &[waiting], &choose(&[])).await.expect("approved into");
    let history = history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() })
        .await
        .expect("history");
    assert_eq!(history.rows[0].kind, Some(OperationKind::ContactsApproveInto));
    assert_eq!(lists::queue_count(&desk).await.expect("a count"), 0);
    assert_eq!(desk.standing(user).await, ("Default Access".into(), true), "access is decided separately");
    let said =
        review::contacts_review_preview(&desk, &ids(&[there]), ReviewAction::RejectAndRevoke).await.expect("a preview");
    assert_eq!(said.users, 1, "the user linked by the alias is one of the contact's");
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("taken back");
    assert_eq!(lists::queue_count(&desk).await.expect("a count"), 1);
    assert_eq!(contacts::contact_get(&desk, there).await.expect("there").user, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_merge_with_their_people_also_the_frozen_ones() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    let double = employers::employer_create(&desk, &values(&[("name", "ACME Inc."), ("city", "Ghent")]))
        .await
        .expect("an employer")
        .id;
    let at = |employer: Id| employer.to_string();
    let bill = desk.add("Bill", "Reyes", "bill@acme.example").await.id;
    let zoe = desk.add("Zoe", "Li", "zoe@acme.example").await.id;
    desk.set(bill, "employer", "", &at(double)).await;
    desk.set(zoe, "employer", "", &at(double)).await;
    review::contacts_review(&desk, &ids(&[zoe]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let merged = merge::employers_merge(&desk, acme, &[double], &choose(&[("name", double)])).await.expect("merged");
    let page = employers::employer_get(&desk, double).await.expect("an old link");
    assert_eq!((page.id, page.name.as_str(), page.contacts), (acme, "ACME Inc.", 1));
    let employer_of = async |id| desk.record(RecordKind::Contact, id).await.get(&contact::EMPLOYER).as_reference();
    assert_eq!((employer_of(bill).await, employer_of(zoe).await), (Some(acme), Some(acme)));
    // A later change of the frozen contact, in another respect, is no reason to leave it behind.
    review::contacts_review(&desk, &ids(&[zoe]), ReviewAction::Approve, &mut go_on).await.expect("approved");
    review::contacts_review(&desk, &ids(&[zoe]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let said = undo::undo_preview(&desk, merged.operation.expect("an operation")).await.expect("a preview");
    assert_eq!(said.conflicts, Vec::new());
    undo::undo(&desk, merged.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("taken back");
    assert_eq!((employer_of(bill).await, employer_of(zoe).await), (Some(double), Some(double)));
    assert_eq!(employers::employer_get(&desk, acme).await.expect("a page").name, "Acme");
    desk.assert_whole().await;
}
