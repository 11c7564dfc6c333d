//! Bulk update: previewed, in one operation, taken back in one step.

use crate::common::{desk, go_on, ids, only_problem, sample, stop, text, values};
use liaison_app::CommandError;
use liaison_app::lists::Selection;
use liaison_app::staff::StaffAssignment;
use liaison_app::{attributes, bulk, history, labels, lists, review, staff, staff_roles, undo};
use liaison_domain::bulk::BulkChange;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, OperationKind, RecordKind, StaffRole, contact, employer};

fn set(field: &str, value: &str) -> BulkChange {
    BulkChange::Set { field: field.into(), value: text(value) }
}

fn labels(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|label| (*label).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_what_the_update_does() {
    let desk = desk().await;
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(desk.add("Ann", &format!("Lee{n}"), &format!("m{n}@x.example")).await.id);
    }
    desk.set(people[0], "city", "", "Bonn").await;
    desk.set(people[1], "city", "", "Kiel").await;
    review::contacts_review(&desk, &ids(&people[4..]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let selection = ids(&people);
    let preview =
        bulk::bulk_preview(&desk, RecordKind::Contact, &selection, &[set("city", " Bonn ")]).await.expect("a preview");
    assert_eq!((preview.changes, preview.already_so, preview.frozen), (3, 1, 2));
    assert_eq!(preview.frozen_names, ["Ann Lee4", "Ann Lee5"]);
    let first: Vec<_> = preview.first.iter().map(|change| (change.name.as_str(), &change.fields[0])).collect();
    assert_eq!((first.len(), first[0].0), (3, "Ann Lee1"));
    assert_eq!((&first[0].1.before.value, &first[0].1.after.value), (&text("Kiel"), &text("Bonn")));
    let before = desk.rows().await;
    let done = bulk::bulk_update(&desk, RecordKind::Contact, &selection, &[set("city", "Bonn")], &mut go_on)
        .await
        .expect("an update");
    assert_eq!((done.changed, done.skipped), (3, 3));
    for (at, person) in people.iter().enumerate() {
        let city = desk.record(RecordKind::Contact, *person).await.text(&contact::CITY).to_owned();
        assert_eq!(city, if at < 4 { "Bonn" } else { "" }, "frozen data stays");
    }
    let again = bulk::bulk_update(&desk, RecordKind::Contact, &selection, &[set("city", "Bonn")], &mut go_on).await;
    assert_eq!(again.expect("nothing to do").operation, None);
    let operation = done.operation.expect("an operation");
    assert_eq!(desk.operation_kind(operation).await, OperationKind::ContactsUpdate);
    let undone = undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("one step");
    assert_eq!(undone.changed, 3);
    assert_eq!(desk.rows().await["contact"], before["contact"]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_change() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    let (ann, bo) = (desk.add("Ann", "Lee", "a@x.example").await.id, desk.add("Bo", "Ray", "b@x.example").await.id);
    desk.set(ann, "labels", "", "Alumni; Fair").await;
    let both = ids(&[ann, bo]);
    let update = async |change: BulkChange| {
        let preview = bulk::bulk_preview(&desk, RecordKind::Contact, &both, std::slice::from_ref(&change))
            .await
            .expect("a preview");
        let done = bulk::bulk_update(&desk, RecordKind::Contact, &both, std::slice::from_ref(&change), &mut go_on)
            .await
            .expect("an update");
        assert_eq!(
            (preview.changes, preview.already_so + preview.frozen + preview.too_many_labels),
            (done.changed, done.skipped),
            "{change:?}"
        );
        (done.changed, desk.record(RecordKind::Contact, ann).await, desk.record(RecordKind::Contact, bo).await)
    };
    let list = |labels: &[&str]| liaison_domain::Value::List(self::labels(labels));
    let (changed, first, second) = update(BulkChange::AddLabels { labels: labels(&["ALUMNI", "STEM"]) }).await;
    assert_eq!((changed, first.get(&contact::LABELS)), (2, &list(&["Alumni", "Fair", "STEM"])));
    assert_eq!(second.get(&contact::LABELS), &list(&["ALUMNI", "STEM"]));
    let (changed, first, second) =
        update(BulkChange::RemoveLabels { labels: labels(&["fair", "stem", "alumni"]) }).await;
    assert_eq!(
        (changed, first.get(&contact::LABELS).is_empty(), second.get(&contact::LABELS).is_empty()),
        (2, true, true)
    );
    let (changed, first, _) = update(set("employer", &acme.to_string())).await;
    assert_eq!((changed, first.get(&contact::EMPLOYER).as_reference()), (2, Some(acme)));
    let (changed, first, _) = update(set("visibility", "Visible")).await;
    assert_eq!((changed, first.text(&contact::VISIBILITY)), (2, contact::STUDENTS));
    let (changed, first, _) = update(set("auto_sync", "on")).await;
    assert_eq!((changed, first.get(&contact::AUTO_SYNC).as_flag()), (2, true));
    let me = desk.actor().staff;
    update(BulkChange::Clear { field: "owner".into() }).await;
    let (changed, first, _) = update(set("owner", &me.to_string())).await;
    assert_eq!((changed, first.get(&contact::OWNER).as_reference()), (2, Some(me)));
    let (changed, first, _) = update(BulkChange::Clear { field: "employer".into() }).await;
    assert_eq!((changed, first.get(&contact::EMPLOYER).is_empty()), (2, true));
    let refuse = async |change: BulkChange| {
        let said =
            only_problem(bulk::bulk_preview(&desk, RecordKind::Contact, &both, std::slice::from_ref(&change)).await);
        assert_eq!(
            only_problem(
                bulk::bulk_update(&desk, RecordKind::Contact, &both, std::slice::from_ref(&change), &mut go_on).await
            ),
            said
        );
        said.1
    };
    assert_eq!(refuse(set("email", "x@x.example")).await, Problem::NotEditable);
    assert_eq!(refuse(set("employer", &ann.to_string())).await, Problem::UnknownReference);
    assert_eq!(refuse(BulkChange::Clear { field: "auto_sync".into() }).await, Problem::Required);
    // Employers, too, by what is bulk-editable on them.
    let firms = ids(&[acme, desk.add_employer("Initech").await]);
    let done = bulk::bulk_update(&desk, RecordKind::Employer, &firms, &[set("industry", "Rockets")], &mut go_on).await;
    assert_eq!(done.expect("an update").changed, 2);
    assert_eq!(desk.record(RecordKind::Employer, acme).await.text(&employer::INDUSTRY), "Rockets");
    let labelled = BulkChange::AddLabels { labels: labels(&["Partner"]) };
    assert_eq!(
        bulk::bulk_update(&desk, RecordKind::Employer, &firms, std::slice::from_ref(&labelled), &mut go_on)
            .await
            .expect("an update")
            .changed,
        2
    );
    let notes = bulk::bulk_preview(&desk, RecordKind::Note, &ids(&[]), &[set("text", "x")]).await;
    assert!(matches!(notes, Err(CommandError::NotFound { .. })), "{notes:?}");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_fields_in_one_step_each_counted_and_undone_together() {
    let desk = desk().await;
    let mut people = Vec::new();
    for n in 0..4 {
        people.push(desk.add("Ann", &format!("Lee{n}"), &format!("m{n}@x.example")).await.id);
    }
    desk.set(people[0], "city", "", "Bonn").await;
    desk.set(people[0], "labels", "", "Fair").await;
    desk.set(people[1], "city", "", "Bonn").await;
    review::contacts_review(&desk, &ids(&people[3..]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let before = desk.rows().await;
    let changes = [set("city", "Bonn"), BulkChange::AddLabels { labels: labels(&["Fair"]) }];
    let preview = bulk::bulk_preview(&desk, RecordKind::Contact, &ids(&people), &changes).await.expect("a preview");
    assert_eq!((preview.changes, preview.already_so, preview.frozen), (2, 1, 1));
    let fields: Vec<_> = preview.fields.iter().map(|f| (f.field.as_str(), f.changes, f.already_so)).collect();
    assert_eq!(fields, [("city", 1, 2), ("labels", 2, 1)]);
    assert_eq!(preview.first.iter().map(|change| change.fields.len()).collect::<Vec<_>>(), [1, 2]);
    // Approved in the same step, the frozen one changes too.
    let changes = [changes.as_slice(), &[BulkChange::Approve]].concat();
    let preview = bulk::bulk_preview(&desk, RecordKind::Contact, &ids(&people), &changes).await.expect("a preview");
    assert_eq!((preview.changes, preview.already_so, preview.frozen), (3, 1, 0));
    assert_eq!((preview.fields[0].field.as_str(), preview.fields[0].changes), ("approval", 1));
    let done = bulk::bulk_update(&desk, RecordKind::Contact, &ids(&people), &changes, &mut go_on).await;
    let done = done.expect("an update");
    assert_eq!((done.changed, done.skipped), (3, 1));
    for person in &people {
        let record = desk.record(RecordKind::Contact, *person).await;
        assert_eq!((record.text(&contact::CITY), record.text(&contact::APPROVAL)), ("Bonn", contact::APPROVED));
        assert_eq!(record.get(&contact::LABELS), &liaison_domain::Value::List(labels(&["Fair"])));
    }
    let operation = done.operation.expect("an operation");
    // It says what it changed, and who may not approve may not undo it either.
    assert_eq!(desk.operation_kind(operation).await, OperationKind::ContactsUpdate);
    let mut limited = values(&[("name", "Editors")]);
    let permissions = ["edit_contacts", "bulk_update", "undo", "view_audit_log"].map(str::to_owned).to_vec();
    limited.insert("permissions".into(), liaison_domain::parse::FieldValue::List(permissions));
    let role = staff_roles::staff_role_create(&desk, &limited).await.expect("a role").id;
    let kim = values(&[("first_name", "Kim"), ("last_name", "Lee"), ("email", "kim@northfield.example")]);
    let kim = staff::staff_create(&desk, &kim, StaffAssignment::Own { role }).await.expect("a colleague").id;
    let theirs = desk.for_person(kim).await.expect("Kim");
    let refused = undo::undo(&theirs, operation, UndoMode::KeepLaterChanges, &mut go_on).await;
    assert!(matches!(refused, Err(CommandError::Denied { ref permission }) if permission == "review_contacts"));
    let row = &history::history_list(&theirs, &history::HistoryQuery { limit: 5, ..Default::default() }).await;
    let said = row.as_ref().expect("history").rows.iter().find(|row| row.id == operation).expect("the step");
    assert_eq!(said.detail, "Approval status, City, Labels");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("one step");
    assert_eq!(desk.rows().await["contact"], before["contact"], "also the rejected one is as it was");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_list_found_afterwards_and_stopped_in_between() {
    let desk = sample(3_000).await;
    let query = || ListQuery::all(RecordKind::Contact);
    let opened = lists::list_open(&desk, query()).await.expect("the directory");
    let first = lists::list_window(&desk, opened.result, 0, 1, &[]).await.expect("a window").rows[0].id;
    let selection = Selection::Result { result: opened.result, except: vec![first] };
    let before = desk.rows().await;
    let title = set("title", "Zookeeper");
    let stopped =
        bulk::bulk_update(&desk, RecordKind::Contact, &selection, std::slice::from_ref(&title), &mut stop).await;
    assert_eq!(stopped, Err(CommandError::Cancelled));
    assert_eq!(desk.rows().await, before, "nothing was written");
    let count = async |search: &str| {
        lists::list_count(&desk, ListQuery { search: search.into(), ..query() }).await.expect("a count")
    };
    let had = count("zookeeper").await;
    let done = bulk::bulk_update(&desk, RecordKind::Contact, &selection, std::slice::from_ref(&title), &mut go_on)
        .await
        .expect("an update");
    assert_eq!((done.changed, count("zookeeper").await), (opened.total - 1, opened.total - 1), "search follows");
    // What nobody searches by changes nothing there, and shows in lists all the same.
    let visible = set("visibility", "students");
    bulk::bulk_update(&desk, RecordKind::Contact, &selection, std::slice::from_ref(&visible), &mut go_on)
        .await
        .expect("an update");
    let mut students = query();
    students.filter.push(Condition::is(&contact::VISIBILITY, "students"));
    students.search = "zookeeper".into();
    assert_eq!(lists::list_count(&desk, students).await.expect("a count"), opened.total - 1);
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("an undo");
    assert_eq!(count("zookeeper").await, had);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_the_permission_and_records_that_are_there() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "a@x.example").await.id;
    let nobody = ids(&[Id::from_parts(1, [1; 10])]);
    let missing = bulk::bulk_update(&desk, RecordKind::Contact, &nobody, &[set("city", "Bonn")], &mut go_on).await;
    assert!(matches!(missing, Err(CommandError::NotFound { .. })), "{missing:?}");
    let other_kind = lists::list_open(&desk, ListQuery::all(RecordKind::Employer)).await.expect("a list");
    let selection = Selection::Result { result: other_kind.result, except: Vec::new() };
    assert!(bulk::bulk_preview(&desk, RecordKind::Contact, &selection, &[set("city", "Bonn")]).await.is_err());
    let done = bulk::bulk_update(&desk, RecordKind::Contact, &ids(&[ann]), &[set("city", "Bonn")], &mut go_on).await;
    let operation = done.expect("an update").operation.expect("an operation");
    let desk = desk.reopened(Some(StaffRole::Viewer)).await;
    let denied = bulk::bulk_update(&desk, RecordKind::Contact, &ids(&[ann]), &[set("city", "Kiel")], &mut go_on).await;
    assert!(matches!(denied, Err(CommandError::Denied { .. })));
    let preview = bulk::bulk_preview(&desk, RecordKind::Contact, &ids(&[ann]), &[set("city", "Kiel")]).await;
    assert!(matches!(preview, Err(CommandError::Denied { .. })));
    assert!(undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.is_err());
    assert!(
        attributes::attributes_list(&desk).await.is_ok() && labels::labels_list(&desk, true).await.is_ok(),
        "looking is allowed"
    );
    assert!(labels::label_define(&desk, &values(&[("name", "x")])).await.is_err());
}
