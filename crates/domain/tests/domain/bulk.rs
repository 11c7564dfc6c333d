//! Which bulk changes go together, and what becomes of each record.

use liaison_domain::bulk::{BulkChange, BulkFate, BulkPlan};
use liaison_domain::limits::LIST_ITEMS;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{FieldChange, RecordKind, Registry, Value, contact, label};
use proptest::prelude::*;

fn plan(changes: &[BulkChange]) -> Result<BulkPlan, Refusal> {
    BulkPlan::new(changes, &Registry::default(), RecordKind::Contact)
}

fn set(field: &str, value: &str) -> BulkChange {
    BulkChange::Set { field: field.into(), value: FieldValue::Text(value.into()) }
}

fn add(label: &str) -> BulkChange {
    BulkChange::AddLabels { labels: vec![label.into()] }
}

fn problem(changes: &[BulkChange]) -> Problem {
    match plan(changes) {
        Err(Refusal::Invalid(problems)) => problems[0].problem.clone(),
        other => panic!("refused: {other:?}"),
    }
}

#[test]
fn only_what_may_be_set_in_bulk_and_never_with_nothing() {
    let one = |change: BulkChange| problem(&[change]);
    assert_eq!(one(set("first_name", "Dana")), Problem::NotEditable);
    assert_eq!(one(set("approval", "approved")), Problem::NotEditable);
    assert_eq!(one(set("nonsense", "x")), Problem::UnknownField);
    assert_eq!(one(set("title", "  ")), Problem::Required);
    assert_eq!(one(BulkChange::Clear { field: "visibility".into() }), Problem::Required);
    assert_eq!(one(add(" ")), Problem::Required);
    assert!(matches!(one(set("visibility", "everybody")), Problem::NotAChoice { .. }));
    assert!(plan(&[BulkChange::Clear { field: "title".into() }]).is_ok());
    assert_eq!(problem(&[]), Problem::Required);
    let students = BulkPlan::new(&[BulkChange::Approve], &Registry::default(), RecordKind::Student);
    assert!(students.is_err(), "only contacts are approved");
}

#[test]
fn a_field_changes_once_but_labels_come_and_go_together() {
    let once = Problem::TooMany { most: 1 };
    assert_eq!(problem(&[set("city", "Bonn"), set("title", "Dean"), set("city", "Kiel")]), once);
    assert_eq!(problem(&[set("city", "Bonn"), BulkChange::Clear { field: "city".into() }]), once);
    assert_eq!(problem(&[add("a"), add("b")]), once);
    assert_eq!(problem(&[BulkChange::Approve, BulkChange::Approve]), once);
    assert_eq!(problem(&[set("labels", "a"), add("b")]), once);
    let both = plan(&[BulkChange::RemoveLabels { labels: vec!["old".into()] }, add("new")]).expect("acceptable");
    let change = |before, after| BulkFate::Changes(vec![FieldChange { field: contact::LABELS.number, before, after }]);
    let (old, new) = (Value::List(vec!["old".into()]), Value::List(vec!["new".into()]));
    assert_eq!(both.decide("approved", std::slice::from_ref(&old)), change(old, new));
}

#[test]
fn a_record_never_gets_too_many_labels_nor_half_of_the_changes() {
    let have = Value::List((0..LIST_ITEMS).map(|n| format!("L{n}")).collect());
    let more = plan(&[set("city", "Bonn"), add("one more")]).expect("acceptable");
    assert_eq!(more.decide("approved", &[Value::Empty, have.clone()]), BulkFate::TooManyLabels);
    let known = plan(&[add("l7")]).expect("acceptable");
    assert_eq!(known.decide("approved", &[have]), BulkFate::AlreadySo);
}

#[test]
fn what_is_approved_in_the_same_step_thaws() {
    let city = || set("city", "Bonn");
    let plain = plan(&[city()]).expect("acceptable");
    assert_eq!(plain.decide(contact::REJECTED, &[Value::Empty]), BulkFate::Frozen);
    let approving = plan(&[BulkChange::Approve, city()]).expect("acceptable");
    let BulkFate::Changes(changes) = approving.decide(contact::REJECTED, &[Value::Empty]) else { panic!("changes") };
    let fields: Vec<u16> = changes.iter().map(|change| change.field).collect();
    assert_eq!(fields, [contact::APPROVAL.number, contact::CITY.number]);
    let BulkFate::Changes(rest) = approving.decide(contact::APPROVED, &[Value::Empty]) else { panic!("changes") };
    assert_eq!(rest.len(), 1, "approved already");
    assert_eq!(approving.decide(contact::APPROVED, &["Bonn".into()]), BulkFate::AlreadySo);
}

fn any_change() -> impl Strategy<Value = BulkChange> {
    let labels = || prop::collection::vec("[a-c]{1,2}", 1..4);
    prop_oneof![
        "[a-c]{1,3}".prop_map(|value| set("labels", &value)),
        Just(BulkChange::Clear { field: "labels".into() }),
        labels().prop_map(|labels| BulkChange::AddLabels { labels }),
        labels().prop_map(|labels| BulkChange::RemoveLabels { labels }),
    ]
}

proptest! {
    /// Deciding the same twice changes nothing the second time, and frozen data never changes.
    #[test]
    fn deciding_twice_is_deciding_once(change in any_change(), have in prop::collection::vec("[a-c]{1,2}", 0..4)) {
        let plan = plan(&[change, set("city", "Bonn")]).expect("acceptable");
        let have = if have.is_empty() { Value::Empty } else { Value::List(label::with(&[], &have)) };
        let have = [have, Value::Empty];
        prop_assert!(!matches!(plan.decide(contact::REJECTED, &have), BulkFate::Changes(_)));
        if let BulkFate::Changes(changes) = plan.decide(contact::APPROVED, &have) {
            let mut after = have.to_vec();
            for change in changes {
                prop_assert_ne!(&change.after, &change.before);
                let at = plan.fields().iter().position(|field| field.number == change.field).expect("a field");
                after[at] = change.after;
            }
            prop_assert_eq!(plan.decide(contact::APPROVED, &after), BulkFate::AlreadySo);
        }
    }
}
