//! Custom attributes (M26): defined, edited, ordered, deleted and restored; their values like those of any field.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, text, values};
use liaison_app::import::ImportTarget;
use liaison_app::lists::WINDOW_MOST;
use liaison_app::{CacheTag, CommandError, attributes, bulk, contacts, history, import, lists, undo};
use liaison_domain::bulk::BulkChange;
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, attribute};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Defines an attribute of contacts; its id and the key of its field.
pub async fn define(desk: &TestDesk, name: &str, value_type: &str, choices: &[&str]) -> (Id, String) {
    let created =
        attributes::attribute_define(desk, &form(name, "contact", value_type, choices)).await.expect("an attribute");
    let listed = attributes::attributes_list(desk).await.expect("the attributes");
    let info = listed.into_iter().find(|info| info.id == created.id).expect("it is listed");
    (created.id, info.key)
}

fn form(name: &str, records: &str, value_type: &str, choices: &[&str]) -> HashMap<String, FieldValue> {
    let mut form = values(&[("name", name), ("records", records), ("type", value_type)]);
    if !choices.is_empty() {
        form.insert("choices".into(), list(choices));
    }
    form
}

fn list(items: &[&str]) -> FieldValue {
    FieldValue::List(items.iter().map(|item| (*item).to_owned()).collect())
}

/// The values of a contact's attributes, as screens see them.
async fn seen(desk: &TestDesk, contact: Id) -> BTreeMap<String, FieldValue> {
    let profile = contacts::contact_get(desk, contact).await.expect("a profile");
    profile.values.into_iter().filter(|(key, _)| key.starts_with('a') && key[1..].parse::<u16>().is_ok()).collect()
}

async fn names(desk: &TestDesk, query: ListQuery) -> Vec<String> {
    let opened = lists::list_open(desk, query).await.expect("a list");
    let window = lists::list_window(desk, opened.result, 0, WINDOW_MOST, &[]).await.expect("a window");
    window.rows.into_iter().map(|row| row.name).collect()
}

fn filtered(field: &str, op: FilterOp, values: &[&str]) -> ListQuery {
    let mut query = ListQuery::all(RecordKind::Contact);
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    query.filter.push(Condition { field: field.into(), op, values });
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_edited_filtered_sorted_and_shown_like_those_of_any_field() {
    let desk = desk().await;
    let (_, tier) = define(&desk, "Tier", "choice", &["Very good", "Good"]).await;
    let (_, size) = define(&desk, "Team size", "number", &[]).await;
    let (_, met) = define(&desk, "Met on", "date", &[]).await;
    let (_, mentor) = define(&desk, "Mentor", "yes_no", &[]).await;
    let (_, motto) = define(&desk, "Motto", "text", &[]).await;
    let keys = [&tier, &size, &met, &mentor, &motto];
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 5);
    let mut ann = values(&[("first_name", "Ann"), ("last_name", "Lee"), ("email", "ann@x.example")]);
    for (key, value) in keys.iter().zip(["very good", "7", "2026-02-01", "yes", "Onward"]) {
        ann.insert((*key).clone(), text(value));
    }
    let ann = contacts::contact_create(&desk, &ann).await.expect("a contact with attributes").id;
    let bo = desk.add("Bo", "Ray", "bo@x.example").await.id;
    desk.add("Cy", "Fox", "cy@x.example").await;
    desk.set(bo, &size, "", "12").await;
    desk.set(bo, &tier, "", "Good").await;
    let expected: BTreeMap<String, FieldValue> = [
        (tier.clone(), text("Very good")),
        (size.clone(), FieldValue::Number(7)),
        (met.clone(), text("2026-02-01")),
        (mentor.clone(), FieldValue::Flag(true)),
        (motto.clone(), text("Onward")),
    ]
    .into();
    assert_eq!(seen(&desk, ann).await, expected);
    assert_eq!(names(&desk, filtered(&tier, FilterOp::Is, &["Good"])).await, ["Bo Ray"]);
    assert_eq!(names(&desk, filtered(&size, FilterOp::After, &["8"])).await, ["Bo Ray"]);
    assert_eq!(names(&desk, filtered(&met, FilterOp::Before, &["2026-03-01"])).await, ["Ann Lee"]);
    assert_eq!(names(&desk, filtered(&mentor, FilterOp::Is, &["yes"])).await, ["Ann Lee"]);
    assert_eq!(names(&desk, filtered(&motto, FilterOp::Contains, &["war"])).await, ["Ann Lee"]);
    assert_eq!(names(&desk, filtered(&size, FilterOp::IsEmpty, &[])).await, ["Cy Fox"]);
    let mut by_size = ListQuery::all(RecordKind::Contact);
    by_size.sort.push(SortKey { field: size.clone(), descending: true });
    assert_eq!(names(&desk, by_size).await, ["Bo Ray", "Ann Lee", "Cy Fox"], "who has none comes last");
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let columns = [tier.clone(), size.clone()];
    let window = lists::list_window(&desk, opened.result, 0, 10, &columns).await.expect("a window");
    let cells: Vec<_> = window.rows[1].cells.iter().map(|cell| cell.value.clone()).collect();
    assert_eq!((window.rows[1].name.as_str(), cells), ("Ann Lee", vec![text("Very good"), FieldValue::Number(7)]));
    let problem = only_problem(contacts::contact_edit(&desk, bo, &[change(&tier, "Good", "Bad")]).await);
    assert_eq!(problem, (tier.clone(), Problem::NotAChoice { choices: vec!["Very good".into(), "Good".into()] }));
    let audit = history::audit_log(&desk, RecordKind::Contact, bo).await.expect("the audit log");
    assert_eq!((audit[0].fields[0].field.as_str(), &audit[0].fields[0].after.value), (tier.as_str(), &text("Good")));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_attribute_keeps_its_values_until_it_is_restored() {
    let desk = desk().await;
    let (id, tier) = define(&desk, "Tier", "text", &[]).await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    let first = desk.set(ann, &tier, "", "Gold").await;
    let second = desk.set(ann, &tier, "Gold", "Silver").await;
    let mut told = desk.engine().changes();
    let deleted = attributes::attribute_delete(&desk, id).await.expect("a delete").operation.expect("an operation");
    assert!(told.try_recv().expect("told").contains(&CacheTag::Fields));
    assert_eq!(seen(&desk, ann).await, BTreeMap::new(), "nobody sees them");
    let (field, problem) = only_problem(contacts::contact_edit(&desk, ann, &[change(&tier, "Silver", "x")]).await);
    assert_eq!((field, problem), (tier.clone(), Problem::UnknownField));
    assert_eq!(
        only_problem(lists::list_open(&desk, filtered(&tier, FilterOp::IsNotEmpty, &[])).await).1,
        Problem::UnknownField
    );
    let audit = history::audit_log(&desk, RecordKind::Contact, ann).await.expect("the audit log");
    assert_eq!(audit[0].fields[0].field, tier, "the audit log still says what it was");
    let retired: Vec<&str> = desk.registry().retired(RecordKind::Contact).map(|field| field.label).collect();
    assert_eq!(retired, ["Tier"]);
    // What happened before is taken back also now, and shows once the attribute is back.
    undo::undo(&desk, second, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    let listed = attributes::attributes_list(&desk).await.expect("the attributes");
    assert!(listed.last().is_some_and(|info| info.id == id && info.deleted && info.filled == 1));
    attributes::attribute_restore(&desk, id).await.expect("a restore");
    assert_eq!(seen(&desk, ann).await, [(tier.clone(), text("Gold"))].into());
    attributes::attribute_delete(&desk, id).await.expect("a delete");
    undo::undo(&desk, first, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    undo::undo(&desk, deleted, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    attributes::attribute_restore(&desk, id).await.expect("nothing to do, or done");
    assert_eq!(seen(&desk, ann).await, BTreeMap::new());
    desk.assert_whole().await;
    let desk = desk.reopened(None).await;
    assert_eq!(attributes::attributes_list(&desk).await.expect("the attributes").len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_t_be_is_refused_and_numbers_are_never_used_again() {
    let desk = desk().await;
    let refuse = async |form| only_problem(attributes::attribute_define(&desk, &form).await);
    assert_eq!(
        refuse(form("do NOT email", "contact", "text", &[])).await,
        ("name".into(), Problem::InUse { by: "Do not email".into() })
    );
    assert_eq!(refuse(form("Tier", "contact", "choice", &[])).await, ("choices".into(), Problem::Required));
    assert_eq!(refuse(form(" ", "contact", "text", &[])).await, ("name".into(), Problem::Required));
    assert_eq!(refuse(form("x", "note", "text", &[])).await.0, "records");
    assert_eq!(refuse(form("x", "contact", "colour", &[])).await.0, "type");
    let (id, key) = define(&desk, "Tier", "choice", &["Gold", "Silver"]).await;
    let edit = async |edit: FieldEdit| only_problem(attributes::attribute_edit(&desk, id, &[edit]).await);
    assert_eq!(edit(change("type", "choice", "text")).await, ("type".into(), Problem::NotEditable));
    assert_eq!(edit(change("records", "contact", "employer")).await, ("records".into(), Problem::NotEditable));
    attributes::attribute_delete(&desk, id).await.expect("a delete");
    let (_, other) = define(&desk, "Tier", "text", &[]).await;
    assert_ne!(key, other, "the name is free, the number is not");
    assert_eq!(only_problem(attributes::attribute_restore(&desk, id).await).1, Problem::InUse { by: "Tier".into() });
    let built_in = attributes::attributes_list(&desk).await.expect("the attributes");
    let inactive = built_in.iter().find(|info| info.meaning.as_deref() == Some(attribute::INACTIVE)).expect("built in");
    assert_eq!(
        only_problem(attributes::attribute_delete(&desk, inactive.id).await),
        ("meaning".into(), Problem::NotEditable)
    );
    // The same name may stand on another kind of record.
    attributes::attribute_define(&desk, &form("Tier", "employer", "date", &[]))
        .await
        .expect("an attribute of employers");
    desk.assert_whole().await;
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let denied = attributes::attribute_define(&desk, &form("Mine", "contact", "text", &[])).await;
    assert_eq!(denied, Err(CommandError::Denied { permission: "manage_fields".into() }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_that_records_have_is_not_taken_away() {
    let desk = desk().await;
    let (id, tier) = define(&desk, "Tier", "choice", &["Gold", "Silver", "Bronze"]).await;
    let mut people = Vec::new();
    for n in 0..7 {
        let contact = desk.add("Ann", &format!("Lee{n}"), &format!("m{n}@x.example")).await.id;
        desk.set(contact, &tier, "", if n == 6 { "Bronze" } else { "Gold" }).await;
        people.push(contact);
    }
    let edit = |after: &[&str]| FieldEdit {
        field: "choices".into(),
        before: list(&["Gold", "Silver", "Bronze"]),
        after: list(after),
    };
    let refused = attributes::attribute_edit(&desk, id, &[edit(&["Bronze"])]).await;
    let Err(CommandError::Blocked { blockers }) = refused else { panic!("blocked: {refused:?}") };
    assert_eq!((blockers[0].kind, blockers[0].field.as_str(), blockers[0].count), (RecordKind::Contact, &*tier, 6));
    assert_eq!(blockers[0].records.len(), 5, "the first of them by name");
    let counted = attributes::attributes_list(&desk).await.expect("the attributes");
    let counted = counted.iter().find(|info| info.id == id).expect("it");
    assert_eq!(counted.choices.iter().map(|choice| choice.records).collect::<Vec<_>>(), [6, 0, 1]);
    assert_eq!(counted.filled, 7);
    attributes::attribute_edit(&desk, id, &[edit(&["Bronze", "Platinum", "Gold"])]).await.expect("nobody has Silver");
    assert_eq!(names(&desk, filtered(&tier, FilterOp::Is, &["Bronze"])).await, ["Ann Lee6"]);
    let everybody = BulkChange::Set { field: tier.clone(), value: text("platinum") };
    bulk::bulk_update(&desk, RecordKind::Contact, &ids(&people), std::slice::from_ref(&everybody), &mut go_on)
        .await
        .expect("an update");
    assert_eq!(names(&desk, filtered(&tier, FilterOp::Is, &["Platinum"])).await.len(), 7);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn their_order_is_theirs() {
    let desk = desk().await;
    define(&desk, "Tier", "text", &[]).await;
    let order = async || {
        let listed = attributes::attributes_list(&desk).await.expect("the attributes");
        listed.into_iter().map(|info| (info.name, info.id)).collect::<Vec<_>>()
    };
    let mut wanted = order().await;
    assert_eq!(wanted.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Do not email", "Inactive", "Tier"]);
    wanted.rotate_right(1);
    let done = attributes::attributes_reorder(&desk, &wanted.iter().map(|(_, id)| *id).collect::<Vec<_>>())
        .await
        .expect("reordered");
    assert_eq!((order().await, done.changed), (wanted.clone(), 3));
    let labels: Vec<&str> = desk.registry().attributes(RecordKind::Contact).map(|field| field.label).collect();
    assert_eq!(labels, ["Tier", "Do not email", "Inactive"], "forms follow");
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("an undo");
    wanted.rotate_left(1);
    assert_eq!(order().await, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_know_them_by_their_names() {
    let desk = desk().await;
    let (id, tier) = define(&desk, "Tier", "choice", &["Gold", "Silver"]).await;
    let (_, size) = define(&desk, "Team size", "number", &[]).await;
    let template = String::from_utf8(import::import_template(&desk)).expect("text");
    assert!(template.contains("\"Do not email\",\"Inactive\",\"Tier\",\"Team size\""), "{template}");
    desk.add("Ann", "Lee", "ann@x.example").await;
    let file = desk.file(
        "people.csv",
        "First name,Last name,E-mail,team-size,TIER\nAnn,Lee,ann@x.example,3,gold\nBo,Ray,bo@x.example,,Bad\n\
         Cy,Fox,cy@x.example,40,Silver\n",
    );
    let opened = import::import_open(&desk, &file, None, &mut go_on).await.expect("a file");
    let fields: Vec<Option<&str>> = opened.columns.iter().map(|column| column.field.as_deref()).collect();
    assert_eq!(fields[3..], [Some(size.as_str()), Some(tier.as_str())]);
    let counts =
        import::import_dry_run(&desk, opened.session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.updated, counts.failed, counts.left_out_values), (2, 1, 0, 1));
    let rows = import::import_rows(&desk, opened.session, None, 0, 10).await.expect("rows");
    assert_eq!(rows.rows[0].changes.len(), 2);
    let mut errors = Vec::new();
    import::import_errors(&desk, opened.session, &mut errors).await.expect("an error file");
    let errors = String::from_utf8(errors).expect("text");
    assert!(errors.contains("not imported: Tier: none of: Gold, Silver"), "{errors}");
    let operation = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").operation;
    assert_eq!(names(&desk, filtered(&tier, FilterOp::Is, &["Gold"])).await, ["Ann Lee"]);
    assert_eq!(names(&desk, filtered(&size, FilterOp::IsNotEmpty, &[])).await, ["Cy Fox", "Ann Lee"]);
    // The mapping is remembered, until a field of it is gone.
    let mapping: Vec<Option<String>> = opened.columns.iter().map(|column| column.field.clone()).collect();
    import::import_map(&desk, opened.session, &mapping).await.expect("remembered");
    assert!(import::import_open(&desk, &file, None, &mut go_on).await.expect("the file again").remembered);
    undo::undo(&desk, operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    assert_eq!(names(&desk, filtered(&size, FilterOp::IsNotEmpty, &[])).await, Vec::<String>::new());
    attributes::attribute_delete(&desk, id).await.expect("a delete");
    let again = import::import_open(&desk, &file, None, &mut go_on).await.expect("the file again");
    assert_eq!((again.remembered, again.columns[4].field.as_deref()), (false, None));
    desk.assert_whole().await;
}
