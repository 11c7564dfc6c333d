//! Edits, bulk updates, definitions and renamed labels in any order, taken back in reverse: the identity.

use crate::archive::state;
use crate::attributes::define;
use crate::common::{TestDesk, change, desk, go_on, ids, text, values};
use crate::undo_chains::{everything, run_on, take_back};
use liaison_app::CommandError;
use liaison_app::{attributes, bulk, contacts, labels, review, undo};
use liaison_domain::bulk::BulkChange;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::{Id, RecordKind, contact};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing a person does. Numbers pick from what there is, modulo its count.
#[derive(Clone, Debug)]
enum Step {
    Edit { contact: u8, field: u8, value: u8 },
    Bulk { contacts: Vec<u8>, change: u8, field: u8, value: u8 },
    Define { name: u8, value_type: u8 },
    Rename { attribute: u8, name: u8 },
    Choices { attribute: u8, choices: Vec<u8> },
    Delete { attribute: u8 },
    Restore { attribute: u8 },
    Reorder { by: u8 },
    DefineLabel { label: u8 },
    RenameLabel { from: u8, to: Option<u8> },
    Review { contact: u8, approve: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0u8..20;
    prop_oneof![
        3 => (n.clone(), n.clone(), 0u8..4).prop_map(|(contact, field, value)| Step::Edit { contact, field, value }),
        6 => (prop::collection::vec(n.clone(), 1..6), 0u8..4, n.clone(), 0u8..4)
            .prop_map(|(contacts, change, field, value)| Step::Bulk { contacts, change, field, value }),
        2 => (0u8..5, 0u8..5).prop_map(|(name, value_type)| Step::Define { name, value_type }),
        1 => (n.clone(), 0u8..5).prop_map(|(attribute, name)| Step::Rename { attribute, name }),
        1 => (n.clone(), prop::collection::vec(0u8..4, 1..4))
            .prop_map(|(attribute, choices)| Step::Choices { attribute, choices }),
        2 => n.clone().prop_map(|attribute| Step::Delete { attribute }),
        2 => n.clone().prop_map(|attribute| Step::Restore { attribute }),
        1 => (1u8..4).prop_map(|by| Step::Reorder { by }),
        1 => (0u8..4).prop_map(|label| Step::DefineLabel { label }),
        3 => (0u8..4, prop::option::of(0u8..4)).prop_map(|(from, to)| Step::RenameLabel { from, to }),
        1 => (n, any::<bool>()).prop_map(|(contact, approve)| Step::Review { contact, approve }),
    ]
}

const LABELS: [&str; 4] = ["Alumni", "ALUMNI", "Fair", "STEM"];
const CHOICES: [&str; 4] = ["Gold", "Silver", "Very good", "Bronze"];

/// A field that may be set in bulk, attributes among them, and a text it can be read from.
fn value_of(desk: &TestDesk, employers: &[Id], field: u8, value: u8) -> (String, String) {
    let registry = desk.registry();
    let fields: Vec<_> = [&contact::TITLE, &contact::EMPLOYER, &contact::VISIBILITY, &contact::LABELS]
        .into_iter()
        .chain(registry.attributes(RecordKind::Contact))
        .collect();
    let field = fields[usize::from(field) % fields.len()];
    let value = usize::from(value);
    use liaison_domain::FieldType;
    let text = match field.field_type {
        FieldType::Reference { .. } => employers[value % employers.len()].to_string(),
        FieldType::Number => value.to_string(),
        FieldType::Date => format!("2026-0{}-01", value + 1),
        FieldType::Flag => ["yes", "no"][value % 2].to_owned(),
        FieldType::Choice { choices } => choices[value % choices.len()].to_owned(),
        FieldType::List => format!("{};{}", LABELS[value], LABELS[(value + 1) % 4]),
        _ => format!("value {value}"),
    };
    (field.key.to_owned(), text)
}

/// Does it; `None` where it was refused or changed nothing.
async fn perform(desk: &TestDesk, step: &Step) -> Option<Id> {
    let contacts = everything(desk, RecordKind::Contact).await;
    let person = |number: &u8| contacts[usize::from(*number) % contacts.len()];
    let employers = everything(desk, RecordKind::Employer).await;
    let attributes = everything(desk, RecordKind::Attribute).await;
    let attribute = |number: &u8| attributes[usize::from(*number) % attributes.len()];
    let done = match step {
        Step::Edit { contact, field, value } => {
            let (field, value) = value_of(desk, &employers, *field, *value);
            let id = person(contact);
            let mut edit = change(&field, "", &value);
            let registry = desk.registry();
            let known = registry.field(RecordKind::Contact, &field).expect("a field");
            edit.before = desk.record(RecordKind::Contact, id).await.get(known).into();
            contacts::contact_edit(desk, id, &[edit]).await.map(|done| done.operation)
        }
        Step::Bulk { contacts, change, field, value } => {
            let chosen: Vec<Id> = contacts.iter().map(person).collect();
            let label = vec![LABELS[usize::from(*value)].to_owned()];
            let (field, value) = value_of(desk, &employers, *field, *value);
            let change = match change {
                0 => BulkChange::Clear { field },
                1 => BulkChange::AddLabels { labels: label },
                2 => BulkChange::RemoveLabels { labels: label },
                _ => BulkChange::Set { field, value: text(&value) },
            };
            let said =
                bulk::bulk_preview(desk, RecordKind::Contact, &ids(&chosen), std::slice::from_ref(&change)).await;
            let done =
                bulk::bulk_update(desk, RecordKind::Contact, &ids(&chosen), std::slice::from_ref(&change), &mut go_on)
                    .await;
            match (said, &done) {
                (Ok(said), Ok(done)) => assert_eq!(said.changes, done.changed, "the preview said so"),
                (Err(said), Err(refused)) => assert_eq!(&said, refused),
                (said, done) => panic!("the preview said {said:?}, the update {done:?}"),
            }
            done.map(|done| done.operation)
        }
        Step::Define { name, value_type } => {
            let value_type = liaison_domain::attribute::TYPES[usize::from(*value_type)];
            let mut form = values(&[("name", &format!("Field {name}")), ("records", "contact"), ("type", value_type)]);
            if value_type == "choice" {
                form.insert("choices".into(), FieldValue::List(CHOICES[..2].iter().map(|c| (*c).to_owned()).collect()));
            }
            attributes::attribute_define(desk, &form).await.map(|created| Some(created.operation))
        }
        Step::Rename { attribute: number, name } => {
            let id = attribute(number);
            let now = desk.record(RecordKind::Attribute, id).await;
            let now = now.text(&liaison_domain::attribute::NAME);
            attributes::attribute_edit(desk, id, &[change("name", now, &format!("Field {name}"))])
                .await
                .map(|done| done.operation)
        }
        Step::Choices { attribute: number, choices } => {
            let id = attribute(number);
            let before = desk.record(RecordKind::Attribute, id).await.get(&liaison_domain::attribute::CHOICES).into();
            let after = FieldValue::List(choices.iter().map(|at| CHOICES[usize::from(*at)].to_owned()).collect());
            let edit = FieldEdit { field: "choices".into(), before, after };
            attributes::attribute_edit(desk, id, &[edit]).await.map(|done| done.operation)
        }
        Step::Delete { attribute: number } => {
            attributes::attribute_delete(desk, attribute(number)).await.map(|done| done.operation)
        }
        Step::Restore { attribute: number } => {
            attributes::attribute_restore(desk, attribute(number)).await.map(|done| done.operation)
        }
        Step::Reorder { by } => {
            let mut order = attributes.clone();
            order.rotate_left(usize::from(*by) % attributes.len());
            attributes::attributes_reorder(desk, &order).await.map(|done| done.operation)
        }
        Step::DefineLabel { label } => {
            let form = values(&[("name", LABELS[usize::from(*label)]), ("color", "blue")]);
            labels::label_define(desk, &form).await.map(|created| Some(created.operation))
        }
        Step::RenameLabel { from, to } => {
            let (from, to) = (LABELS[usize::from(*from)], to.map(|to| LABELS[usize::from(to)]));
            labels::label_rename(desk, from, to, &mut go_on).await.map(|done| done.operation)
        }
        Step::Review { contact, approve } => {
            let action = if *approve { ReviewAction::Approve } else { ReviewAction::Reject };
            review::contacts_review(desk, &ids(&[person(contact)]), action, &mut go_on).await.map(|done| done.operation)
        }
    };
    match done {
        Ok(operation) => operation,
        Err(error @ (CommandError::Internal { .. } | CommandError::Locked)) => panic!("{step:?}: {error}"),
        Err(_) => None,
    }
}

/// Every row that is not in the trash. The column of an attribute stays when its definition goes; it is empty then.
async fn rows(desk: &TestDesk) -> BTreeMap<String, Vec<String>> {
    let mut rows = state(desk).await;
    let empty =
        |part: &&str| !(part.starts_with('a') && part.ends_with("=NULL") && part.as_bytes()[1].is_ascii_digit());
    for line in rows.values_mut().flatten() {
        *line = line.split(' ').filter(empty).collect::<Vec<_>>().join(" ");
    }
    rows
}

async fn beginning() -> TestDesk {
    let desk = desk().await;
    define(&desk, "Tier", "choice", &["Gold", "Silver"]).await;
    for name in ["Acme", "Inactive", "Labs"] {
        desk.add_employer(name).await;
    }
    for (n, labels) in ["Alumni", "", "Fair; STEM", ""].into_iter().enumerate() {
        let id = desk.add("Ann", &format!("Lee{n}"), &format!("m{n}@x.example")).await.id;
        if !labels.is_empty() {
            desk.set(id, "labels", "", labels).await;
        }
    }
    desk
}

#[test]
fn a_chain_taken_back_in_reverse_is_the_identity() {
    run_on(step(), 12, 16, async |steps| {
        let desk = beginning().await;
        let mut operations = Vec::new();
        let mut states = vec![rows(&desk).await];
        for step in &steps {
            if let Some(operation) = perform(&desk, step).await {
                operations.push(operation);
                states.push(rows(&desk).await);
            }
        }
        states.pop();
        for operation in operations.iter().rev() {
            take_back(&desk, *operation).await;
            assert_eq!(Some(rows(&desk).await), states.pop(), "each step back leads where it came from");
        }
        desk.assert_whole().await;
    });
}

/// In any other order, too, no step fails, and the journal explains every record.
#[test]
fn taken_back_in_any_order_the_journal_stays_true() {
    run_on((step(), any::<u8>()), 8, 14, async |steps| {
        let desk = beginning().await;
        let mut operations = Vec::new();
        for (step, place) in &steps {
            if let Some(operation) = perform(&desk, step).await {
                operations.insert(usize::from(*place) % (operations.len() + 1), operation);
            }
        }
        for operation in operations {
            undo::undo_preview(&desk, operation).await.expect("a preview");
            let mode = liaison_domain::undo::UndoMode::KeepLaterChanges;
            undo::undo(&desk, operation, mode, &mut go_on).await.expect("an undo");
        }
        desk.assert_whole().await;
    });
}
