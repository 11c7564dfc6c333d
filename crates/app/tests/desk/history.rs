//! The history: who is named in a step, what is found by a name, what was changed alike, what a list shows of a step.

use crate::common::{TestDesk, desk, go_on, ids};
use liaison_app::history::{self, HistoryPage, HistoryQuery};
use liaison_app::{import, lists, merge, notes, review, security, trash, undo};
use liaison_domain::filter::{self, Condition, FilterOp, ListQuery};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{Field, Id, OperationKind, RecordKind, contact};

async fn history(desk: &TestDesk, about: &str) -> HistoryPage {
    let query = HistoryQuery { about: about.to_owned(), changes_only: true, limit: 50, ..HistoryQuery::default() };
    history::history_list(desk, &query).await.expect("a history")
}

async fn import(desk: &TestDesk, csv: &str) -> Id {
    let file = desk.file("people.csv", csv);
    let opened = import::import_open(desk, &file, None, &mut go_on).await.expect("a file");
    import::import_commit(desk, opened.session, &mut go_on).await.expect("an import").operation.expect("an operation")
}

async fn listed(desk: &TestDesk, kind: RecordKind, field: &Field, operation: Id) -> Vec<String> {
    let values = vec![operation.to_string()];
    let condition = Condition { field: field.key.to_owned(), op: FilterOp::Is, values };
    let query = ListQuery { filter: vec![condition], ..ListQuery::all(kind) };
    let opened = lists::list_open(desk, query).await.expect("a list");
    let window = lists::list_window(desk, opened.result, 0, 200, &[]).await.expect("a window");
    assert_eq!(window.rows.len() as u32, opened.total);
    window.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_says_who_went_into_whom() {
    let desk = desk().await;
    let joseph = desk.add("Joseph", "Branch", "joseph@acme.example").await.id;
    let joe = desk.arrive("Joe", "Branch", "joe@home.example").await;
    let merged = merge::contacts_merge(&desk, joseph, &[joe], &Default::default()).await.expect("merged");
    let row = history(&desk, "").await.rows.remove(0);
    assert_eq!(row.kind, Some(OperationKind::ContactsApproveInto));
    assert_eq!((row.names, row.into.as_deref()), (vec!["Joe Branch".to_owned()], Some("Joseph Branch")));
    let operation = merged.operation.expect("an operation");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let row = history(&desk, "").await.rows.remove(0);
    assert_eq!(row.kind, Some(OperationKind::Undo));
    assert_eq!((row.names, row.into.as_deref()), (vec!["Joe Branch".to_owned()], Some("Joseph Branch")));
    // One person is the subject, and no list of names.
    let mut rows = history(&desk, "").await.rows.into_iter();
    let row = rows.find(|row| row.kind == Some(OperationKind::ContactsCreate)).expect("how Joseph came");
    assert_eq!((row.names.len(), row.into), (0, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_are_found_by_the_names_of_records_and_people_also_deleted_ones() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    let bo = desk.add("Bo", "Leeds", "bo@x.example").await.id;
    notes::note_add(&desk, ann, "Called").await.expect("a note");
    trash::delete(&desk, RecordKind::Contact, &ids(&[bo]), &mut go_on).await.expect("deleted");
    let kinds = async |about: &str| -> Vec<_> {
        history(&desk, about).await.rows.into_iter().map(|row| row.kind.expect("a kind")).collect()
    };
    assert_eq!(kinds("ann").await, [OperationKind::NotesCreate, OperationKind::ContactsCreate]);
    assert_eq!(kinds("leeds bo").await, [OperationKind::ContactsDelete, OperationKind::ContactsCreate]);
    assert_eq!(kinds("lee").await.len(), 4);
    assert_eq!(kinds("100%").await, []);
    assert_eq!(kinds("nobody").await, []);
    let all = history(&desk, "").await.total;
    assert_eq!(history(&desk, "Ada").await.total, all, "by whoever did it");
    let of = |kinds| HistoryQuery { kinds, limit: 50, ..HistoryQuery::default() };
    let some = of(vec![OperationKind::NotesCreate, OperationKind::ContactsDelete]);
    assert_eq!(history::history_list(&desk, &some).await.expect("a history").total, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_changes_are_told_once_with_the_names() {
    let desk = desk().await;
    let mut people = Vec::new();
    for number in 0..60 {
        people.push(desk.arrive("Ann", &format!("Lee {number}"), &format!("ann{number}@x.example")).await);
    }
    let done = review::contacts_review(&desk, &ids(&people), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let operation = done.operation.expect("an operation");
    let page = history::history_changes(&desk, operation, 0, 50).await.expect("changes");
    assert_eq!((page.changes, page.total, page.newer), (60, 1, 0));
    let group = &page.groups[0];
    assert_eq!((group.count, group.records.len(), group.fields.len()), (60, 50, 1));
    assert_eq!(group.fields[0].field, contact::APPROVAL.key);
    assert!(group.records.iter().all(|record| record.name.starts_with("Ann Lee")));
    assert_eq!(listed(&desk, RecordKind::Contact, &filter::CHANGED_IN, operation).await.len(), 60);
    // What is new is as it is.
    let imported = import(&desk, "First name,Last name,E-mail\nCy,Poe,cy@x.example\nDi,Fox,di@x.example\n").await;
    let page = history::history_changes(&desk, imported, 0, 50).await.expect("changes");
    assert_eq!(page.total, page.changes);
    assert!(page.groups.iter().all(|group| group.created && group.count == 1));
    let step = history::history_step(&desk, imported).await.expect("a step");
    assert_eq!((step.detail.as_str(), step.names), ("people.csv", vec!["Cy Poe".to_owned(), "Di Fox".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_shows_exactly_what_an_import_added() {
    let desk = desk().await;
    desk.add("Old", "Hand", "old@x.example").await;
    let csv = "First name,Last name,E-mail,Employer,Title\n\
        Ann,Lee,ann@x.example,Acme,\nBo,Ray,bo@x.example,Acme,\nOld,Hand,old@x.example,,Dean\n";
    let imported = import(&desk, csv).await;
    desk.add("Late", "Comer", "late@x.example").await;
    assert_eq!(listed(&desk, RecordKind::Contact, &filter::CREATED_IN, imported).await, ["Ann Lee", "Bo Ray"]);
    assert_eq!(
        listed(&desk, RecordKind::Contact, &filter::CHANGED_IN, imported).await,
        ["Old Hand", "Ann Lee", "Bo Ray"]
    );
    assert_eq!(listed(&desk, RecordKind::Employer, &filter::CREATED_IN, imported).await, ["Acme"]);
    assert_eq!(listed(&desk, RecordKind::Contact, &filter::CREATED_IN, desk.new_id()).await, [""; 0]);
    // Who was rejected since came with the import all the same.
    let found = desk.live(RecordKind::Contact).await.into_values();
    let ann = found.into_iter().find(|record| record.text(&contact::EMAIL) == "ann@x.example").expect("Ann").id;
    review::contacts_review(&desk, &ids(&[ann]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    assert_eq!(listed(&desk, RecordKind::Contact, &filter::CREATED_IN, imported).await, ["Ann Lee", "Bo Ray"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_groups_its_reasons_and_can_move_what_was_added_to_the_trash() {
    let desk = desk().await;
    let old = desk.add("Old", "Hand", "old@x.example").await.id;
    let csv = "First name,Last name,E-mail,Title\n\
        Ann,Lee,ann@x.example,\nBo,Ray,bo@x.example,\nCy,Poe,cy@x.example,\nOld,Hand,old@x.example,Dean\n";
    let imported = import(&desk, csv).await;
    let of = async |email: &str| {
        let mut found = desk.live(RecordKind::Contact).await.into_values();
        found.find(|record| record.text(&contact::EMAIL) == email).expect("a contact").id
    };
    for email in ["ann@x.example", "bo@x.example"] {
        desk.set(of(email).await, "city", "", "Ghent").await;
    }
    notes::note_add(&desk, of("cy@x.example").await, "Called").await.expect("a note");
    desk.set(old, "title", "Dean", "Provost").await;
    let said = undo::undo_preview(&desk, imported).await.expect("a preview");
    let reasons: Vec<_> = said.reasons.iter().map(|r| (r.reason, r.later, r.records, r.names.len())).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert_eq!(reasons[0], (ConflictReason::ChangedSince, Some(OperationKind::ContactsEdit), 3, 3));
    assert_eq!((reasons[1].0, reasons[1].2), (ConflictReason::InUse, 1));
    assert_eq!((said.created_kept, said.created_kind, said.can_undo), (3, Some(RecordKind::Contact), 0));
    assert!(said.can_overwrite, "Old Hand's title");
    let done = undo::undo(&desk, imported, UndoMode::TrashCreated, &mut go_on).await.expect("undone");
    assert_eq!((done.changed, done.skipped), (3, 1));
    let left = desk.live(RecordKind::Contact).await;
    assert_eq!(left.keys().copied().collect::<Vec<_>>(), [old]);
    assert_eq!(left[&old].text(&contact::TITLE), "Provost", "somebody's later change stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_key_has_a_history() {
    let desk = desk().await;
    let steps = security::recovery_history(&desk).await.expect("a history");
    assert_eq!(steps.len(), 1);
    assert_eq!((steps[0].what, steps[0].by.as_str()), (security::RecoveryEvent::SetUp, "Ada Berg"));
    security::recovery_printed(&desk).await.expect("written down");
    security::recovery_renew(&desk, Some(crate::common::PASSCODE)).await.expect("a new key");
    let what = async || -> Vec<_> {
        security::recovery_history(&desk).await.expect("a history").into_iter().map(|step| step.what).collect()
    };
    assert_eq!(what().await, [security::RecoveryEvent::Created], "what was before is about another key");
    security::recovery_printed(&desk).await.expect("written down");
    assert_eq!(what().await, [security::RecoveryEvent::Printed, security::RecoveryEvent::Created]);
}
