//! Labels: what there is, defined or only used; renamed, merged and taken away on every record at once.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, values};
use liaison_app::CommandError;
use liaison_app::labels::{LabelInfo, LabelPreview};
use liaison_app::staff::StaffAssignment;
use liaison_app::{employers, labels, review, staff, undo};
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, Value, contact};

async fn labels(desk: &TestDesk, contact: Id) -> Vec<String> {
    match desk.record(RecordKind::Contact, contact).await.get(&contact::LABELS) {
        Value::List(labels) => labels.clone(),
        _ => Vec::new(),
    }
}

async fn named(desk: &TestDesk, name: &str) -> Option<LabelInfo> {
    labels::labels_list(desk, true).await.expect("the labels").into_iter().find(|label| label.name == name)
}

/// Four people with labels, of whom the last is rejected, and an employer.
async fn beginning() -> (TestDesk, Vec<Id>) {
    let desk = desk().await;
    let mut people = Vec::new();
    for (n, labels) in ["Alumni; Fair", "fair", "Alumni", "Alumni; STEM"].into_iter().enumerate() {
        let person = desk.add("Ann", &format!("Lee{n}"), &format!("m{n}@x.example")).await.id;
        desk.set(person, "labels", "", labels).await;
        people.push(person);
    }
    review::contacts_review(&desk, &ids(&people[3..]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let form = values(&[("name", "Acme"), ("labels", "Alumni")]);
    employers::employer_create(&desk, &form).await.expect("an employer");
    (desk, people)
}

#[tokio::test(flavor = "multi_thread")]
async fn those_defined_and_those_only_used() {
    let (desk, _) = beginning().await;
    let form = values(&[("name", "Alumni"), ("color", "teal"), ("description", "Went here")]);
    let defined = labels::label_define(&desk, &form).await.expect("a label").id;
    labels::label_define(&desk, &values(&[("name", "Unused")])).await.expect("a label");
    let all = labels::labels_list(&desk, true).await.expect("the labels");
    let seen: Vec<_> = all.iter().map(|l| (l.name.as_str(), l.id.is_some(), l.contacts, l.employers)).collect();
    assert_eq!(seen, [("Alumni", true, 3, 1), ("Fair", false, 2, 0), ("STEM", false, 1, 0), ("Unused", true, 0, 0)]);
    let defined_only = labels::labels_list(&desk, false).await.expect("the labels");
    assert_eq!(defined_only.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["Alumni", "Unused"]);
    assert_eq!((all[0].color.as_deref(), all[0].description.as_str()), (Some("teal"), "Went here"));
    assert_eq!(
        only_problem(labels::label_define(&desk, &values(&[("name", "alumní")])).await).1,
        Problem::InUse { by: "Alumni".into() }
    );
    labels::label_edit(&desk, defined, &[change("color", "teal", "red")]).await.expect("an edit");
    assert_eq!(only_problem(labels::label_edit(&desk, defined, &[change("color", "red", "mauve")]).await).0, "color");
    assert_eq!(
        only_problem(labels::label_edit(&desk, defined, &[change("name", "Alumni", "Alums")]).await),
        ("name".into(), Problem::NotEditable)
    );
    assert_eq!(named(&desk, "Alumni").await.and_then(|label| label.color).as_deref(), Some("red"));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_reaches_every_record_but_the_frozen() {
    let (desk, people) = beginning().await;
    labels::label_define(&desk, &values(&[("name", "Alumni"), ("color", "teal")])).await.expect("a label");
    let before = desk.rows().await;
    let preview = labels::label_rename_preview(&desk, "alumni", Some("Graduates")).await.expect("a preview");
    assert_eq!(preview, LabelPreview { contacts: 2, employers: 1, frozen: 1, merges: false });
    let done = labels::label_rename(&desk, "alumni", Some(" Graduates "), &mut go_on).await.expect("renamed");
    assert_eq!((done.changed, done.skipped), (3, 1));
    assert_eq!(labels(&desk, people[0]).await, ["Graduates", "Fair"]);
    assert_eq!(labels(&desk, people[3]).await, ["Alumni", "STEM"], "frozen");
    let renamed = named(&desk, "Graduates").await.expect("it");
    assert_eq!((renamed.contacts, renamed.employers, renamed.color.as_deref()), (2, 1, Some("teal")));
    assert_eq!(named(&desk, "Alumni").await.map(|label| (label.id, label.contacts)), Some((None, 1)));
    let operation = done.operation.expect("an operation");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("one step");
    for table in ["contact", "employer", "label"] {
        assert_eq!(desk.rows().await[table], before[table]);
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_become_one_and_one_is_taken_away() {
    let (desk, people) = beginning().await;
    for name in ["Alumni", "Fair"] {
        labels::label_define(&desk, &values(&[("name", name)])).await.expect("a label");
    }
    let preview = labels::label_rename_preview(&desk, "Fair", Some("ALUMNI")).await.expect("a preview");
    assert_eq!((preview.contacts, preview.merges), (2, true));
    let merged = labels::label_rename(&desk, "Fair", Some("Alumni"), &mut go_on).await.expect("merged");
    assert_eq!(
        (labels(&desk, people[0]).await, labels(&desk, people[1]).await),
        (vec!["Alumni".into()], vec!["Alumni".into()])
    );
    assert_eq!(named(&desk, "Fair").await, None);
    let taken = labels::label_rename(&desk, "Alumni", None, &mut go_on).await.expect("taken away");
    assert_eq!((taken.changed, taken.skipped), (4, 1));
    assert_eq!(labels(&desk, people[2]).await, Vec::<String>::new());
    for operation in [taken.operation, merged.operation] {
        undo::undo(&desk, operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
            .await
            .expect("one step");
    }
    assert_eq!(
        (labels(&desk, people[0]).await, labels(&desk, people[1]).await),
        (vec!["Alumni".into(), "Fair".into()], vec!["fair".into()])
    );
    assert!(named(&desk, "Fair").await.is_some_and(|label| label.id.is_some()));
    let unknown = labels::label_rename(&desk, "Nothing", Some("x"), &mut go_on).await;
    assert!(matches!(unknown, Err(CommandError::NotFound { .. })), "{unknown:?}");
    assert_eq!(only_problem(labels::label_rename(&desk, "Alumni", Some("  "), &mut go_on).await).1, Problem::Required);
    let long = "x".repeat(61);
    assert_eq!(
        only_problem(labels::label_rename(&desk, "Alumni", Some(&long), &mut go_on).await).1,
        Problem::TooLong { max: 60 }
    );
    desk.assert_whole().await;
    let operation = merged.operation.expect("an operation");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let denied = labels::label_rename(&desk, "Alumni", None, &mut go_on).await;
    assert_eq!(denied, Err(CommandError::Denied { permission: "manage_fields".into() }));
    assert!(undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.is_err(), "nor taken back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_keeps_to_themselves_counts_for_nobody_else() {
    let (desk, people) = beginning().await;
    desk.set(people[0], "visibility", contact::CAREER_ADVISORS, contact::MYSELF).await;
    desk.set(people[1], "labels", "fair", "Quiet").await;
    desk.set(people[1], "visibility", contact::CAREER_ADVISORS, contact::MYSELF).await;
    let count = |list: Vec<LabelInfo>, name: &str| list.into_iter().find(|l| l.name == name).map(|l| l.contacts);
    let own = labels::labels_list(&desk, true).await.expect("the labels");
    assert_eq!((count(own.clone(), "Alumni"), count(own, "Quiet")), (Some(3), Some(1)));
    let form = values(&[("first_name", "Eli"), ("last_name", "Moss"), ("email", "eli@northfield.example")]);
    let advisor = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    let other = staff::staff_create(&desk, &form, advisor).await.expect("a colleague").id;
    let other = desk.for_person(other).await.expect("their desk");
    let theirs = labels::labels_list(&other, true).await.expect("the labels");
    assert_eq!((count(theirs.clone(), "Alumni"), count(theirs, "Quiet")), (Some(2), None));
}
