//! Random work on a small directory, taken back in every order that must come out even.

use crate::archive::state;
use crate::common::{TestDesk, change, desk, go_on, ids, values};
use liaison_app::CommandError;
use liaison_app::import::{ImportAnswer, ImportOutcome, ImportTarget};
use liaison_app::{contacts, employers, import, notes, review, roles, undo};
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, contact};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;

/// One thing a person does. Numbers pick from what there is, modulo its count.
#[derive(Clone, Debug)]
enum Step {
    Create { mail: u8, employer: Option<u8> },
    CreateEmployer { name: u8 },
    Edit { contact: u8, field: u8, value: u8 },
    Move { contact: u8, employer: u8 },
    RenameEmployer { employer: u8, name: u8 },
    Review { contacts: Vec<u8>, action: u8 },
    WriteNote { contact: u8 },
    EditNote { note: u8, text: u8 },
    DeleteNote { note: u8 },
    Import { rows: Vec<(u8, u8, u8)>, queue: bool },
    Undo { operation: u8, overwrite: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0u8..40;
    prop_oneof![
        2 => (0u8..12, prop::option::of(n.clone())).prop_map(|(mail, employer)| Step::Create { mail, employer }),
        1 => (0u8..6).prop_map(|name| Step::CreateEmployer { name }),
        3 => (n.clone(), 0u8..5, 0u8..4).prop_map(|(contact, field, value)| Step::Edit { contact, field, value }),
        2 => (n.clone(), n.clone()).prop_map(|(contact, employer)| Step::Move { contact, employer }),
        1 => (n.clone(), 0u8..6).prop_map(|(employer, name)| Step::RenameEmployer { employer, name }),
        3 => (prop::collection::vec(n.clone(), 1..6), 0u8..5)
            .prop_map(|(contacts, action)| Step::Review { contacts, action }),
        2 => n.clone().prop_map(|contact| Step::WriteNote { contact }),
        1 => (n.clone(), 0u8..3).prop_map(|(note, text)| Step::EditNote { note, text }),
        1 => n.clone().prop_map(|note| Step::DeleteNote { note }),
        3 => (prop::collection::vec((0u8..20, 0u8..4, 0u8..6), 1..6), any::<bool>())
            .prop_map(|(rows, queue)| Step::Import { rows, queue }),
        4 => (n, any::<bool>()).prop_map(|(operation, overwrite)| Step::Undo { operation, overwrite }),
    ]
}

const FIELDS: [&str; 5] = ["title", "city", "labels", "last_name", "email"];

fn value(field: &str, number: u8) -> String {
    match (field, number) {
        ("email", number) => format!("m{number}@pool.example"),
        ("last_name", number) => format!("Name{number}"),
        (_, 0) => String::new(),
        ("labels", number) => ["", "Alumni", "STEM; Alumni", "Fair"][usize::from(number)].to_owned(),
        (_, number) => format!("value {number}"),
    }
}

/// The ids of a kind, also of those in the trash, in the order they came.
pub async fn everything(desk: &TestDesk, kind: RecordKind) -> Vec<Id> {
    let sql = format!("SELECT id FROM {} ORDER BY n", kind.key());
    let found = desk.database().read(|db| db.all(&sql, &[], |row| Ok(Id::from_bytes(row.blob(0)).expect("an id"))));
    found.await.expect("ids")
}

async fn pick(desk: &TestDesk, kind: RecordKind, number: u8) -> Option<Id> {
    let found = everything(desk, kind).await;
    found.get(usize::from(number) % found.len().max(1)).copied()
}

/// Does one thing; the operation it made. Being refused is fine, an internal error is not.
async fn perform(desk: &TestDesk, step: &Step, operations: &[Id]) -> Option<Id> {
    let done: Result<Option<Id>, CommandError> = match step {
        Step::Create { mail, employer } => {
            let email = format!("m{mail}@pool.example");
            let mut form = values(&[("first_name", "New"), ("last_name", "Person"), ("email", &email)]);
            if let Some(employer) = employer
                && let Some(id) = pick(desk, RecordKind::Employer, *employer).await
            {
                form.insert("employer".into(), FieldValue::Text(id.to_string()));
            }
            contacts::contact_create(desk, &form).await.map(|created| Some(created.operation))
        }
        Step::CreateEmployer { name } => {
            let created = employers::employer_create(desk, &values(&[("name", &format!("Firm {name}"))])).await;
            created.map(|created| Some(created.operation))
        }
        Step::Edit { contact, field, value: number } => {
            let id = pick(desk, RecordKind::Contact, *contact).await?;
            let field = FIELDS[usize::from(*field) % FIELDS.len()];
            let mut edit = change(field, "", &value(field, *number));
            let record = desk.record(RecordKind::Contact, id).await;
            edit.before = record.get(RecordKind::Contact.field(field).expect("a field")).into();
            contacts::contact_edit(desk, id, &[edit]).await.map(|done| done.operation)
        }
        Step::Move { contact, employer } => {
            let id = pick(desk, RecordKind::Contact, *contact).await?;
            let employer = pick(desk, RecordKind::Employer, *employer).await?;
            let mut edit = change("employer", "", &employer.to_string());
            edit.before = desk.record(RecordKind::Contact, id).await.get(&contact::EMPLOYER).into();
            contacts::contact_edit(desk, id, &[edit]).await.map(|done| done.operation)
        }
        Step::RenameEmployer { employer, name } => {
            let id = pick(desk, RecordKind::Employer, *employer).await?;
            let now = desk.record(RecordKind::Employer, id).await;
            let now = now.text(&liaison_domain::employer::NAME);
            employers::employer_edit(desk, id, &[change("name", now, &format!("Firm {name}"))])
                .await
                .map(|done| done.operation)
        }
        Step::Review { contacts, action } => {
            let all = everything(desk, RecordKind::Contact).await;
            let chosen: Vec<Id> = contacts.iter().map(|number| all[usize::from(*number) % all.len()]).collect();
            let role = |name| roles::role_named(desk, name);
            let action = match action {
                0 => ReviewAction::Approve,
                1 => ReviewAction::Reject,
                2 => ReviewAction::RejectAndRevoke,
                3 => ReviewAction::ApproveAndAssign { role: role("Default Access").await.expect("a role") },
                _ => ReviewAction::ApproveAndAssign { role: role("Denied Access Role").await.expect("a role") },
            };
            review::contacts_review(desk, &ids(&chosen), action, &mut go_on).await.map(|done| done.operation)
        }
        Step::WriteNote { contact } => {
            let id = pick(desk, RecordKind::Contact, *contact).await?;
            notes::note_add(desk, id, "A note").await.map(|created| Some(created.operation))
        }
        Step::EditNote { note, text } => {
            let id = pick(desk, RecordKind::Note, *note).await?;
            notes::note_edit(desk, id, &format!("Text {text}")).await.map(|done| done.operation)
        }
        Step::DeleteNote { note } => {
            let id = pick(desk, RecordKind::Note, *note).await?;
            notes::note_delete(desk, id).await.map(|done| done.operation)
        }
        Step::Import { rows, queue } => {
            let mut csv = String::from("First name,Last name,E-mail,Job title,Employer,Labels\n");
            for (mail, title, employer) in rows {
                let title = value("title", *title);
                csv.push_str(&format!("Some,One,M{mail}@pool.example,{title},Firm {employer},Imported\n"));
            }
            let file = desk.file("people.csv", csv);
            let opened = import::import_open(desk, &file, None, &mut go_on).await.expect("a file");
            for about in [ImportOutcome::NameConflict, ImportOutcome::PossibleDuplicate] {
                let answer = Some(ImportAnswer::Update);
                import::import_answer(desk, opened.session, about, None, answer).await.expect("an answer");
            }
            let target = if *queue { ImportTarget::Queue } else { ImportTarget::Directory };
            let counts = import::import_dry_run(desk, opened.session, target, &mut go_on).await.expect("a dry run");
            let done = import::import_commit(desk, opened.session, &mut go_on).await.expect("an import");
            import::import_close(desk, opened.session);
            assert_eq!(counts, done.counts(), "the dry run said so");
            Ok(done.operation)
        }
        Step::Undo { operation, overwrite } => {
            let operation = *operations.get(usize::from(*operation) % operations.len().max(1))?;
            let mode = if *overwrite { UndoMode::OverwriteLaterChanges } else { UndoMode::KeepLaterChanges };
            undo::undo(desk, operation, mode, &mut go_on).await.map(|done| done.operation)
        }
    };
    match done {
        Ok(operation) => operation,
        Err(error @ (CommandError::Internal { .. } | CommandError::Locked)) => panic!("{step:?}: {error}"),
        Err(_) => None,
    }
}

pub async fn take_back(desk: &TestDesk, operation: Id) -> Option<Id> {
    let said = undo::undo_preview(desk, operation).await.expect("a preview");
    assert_eq!((said.conflicts_total, &said.conflicts), (0, &Vec::new()), "nothing stands in the way");
    let done = undo::undo(desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    assert!(done.changed + done.users >= said.can_undo);
    done.operation
}

/// The desk each case begins with: some people, of whom some can log in, at two employers.
async fn beginning() -> TestDesk {
    let desk = desk().await;
    desk.add_employer("Firm 0").await;
    for (mail, first) in [(14u8, "Ann"), (15, "Bo"), (16, "Cy")] {
        let email = format!("m{mail}@pool.example");
        desk.add(first, "Lee", &email).await;
        desk.user(&email, "Default Access", true).await;
    }
    desk.arrive("Di", "Fox", "m17@pool.example").await;
    desk
}

fn run(cases: u32, steps: usize, property: impl AsyncFn(Vec<Step>)) {
    run_on(step(), cases, steps, property);
}

/// Runs a property on chains of fewer than `steps` steps.
pub fn run_on<S: Strategy>(step: S, cases: u32, steps: usize, property: impl AsyncFn(Vec<S::Value>)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    // More of them: LIAISON_CASES=200 cargo test -p liaison-app undo_chains
    let cases = std::env::var("LIAISON_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop::collection::vec(step, 1..steps), |steps| {
            runtime.block_on(property(steps));
            Ok(())
        })
        .expect("the property holds");
}

/// Undo right after is the identity, and the undo of the undo brings back what was done.
#[test]
fn undo_is_the_identity_and_its_undo_too() {
    run(12, 9, async |steps| {
        let desk = beginning().await;
        let mut operations = Vec::new();
        for step in &steps {
            let before = state(&desk).await;
            let Some(operation) = perform(&desk, step, &operations).await else {
                assert_eq!(state(&desk).await, before, "refused, or nothing to do: {step:?}");
                continue;
            };
            let after = state(&desk).await;
            let undone = take_back(&desk, operation).await.expect("an operation that changed something");
            assert_eq!(state(&desk).await, before, "taken back: {step:?}");
            let redone = take_back(&desk, undone).await.expect("an undo that changed something");
            assert_eq!(state(&desk).await, after, "done again: {step:?}");
            operations.extend([operation, undone, redone]);
        }
        desk.assert_whole().await;
    });
}

/// Any chain of operations, undos among them, taken back in reverse is the identity.
#[test]
fn a_chain_taken_back_in_reverse_is_the_identity() {
    run(12, 14, async |steps| {
        let desk = beginning().await;
        let mut operations = Vec::new();
        let mut states = vec![state(&desk).await];
        for step in &steps {
            if let Some(operation) = perform(&desk, step, &operations).await {
                operations.push(operation);
                states.push(state(&desk).await);
            }
        }
        states.pop();
        for operation in operations.iter().rev() {
            take_back(&desk, *operation).await;
            assert_eq!(Some(state(&desk).await), states.pop(), "each step back leads where it came from");
        }
        desk.assert_whole().await;
    });
}

/// Any operation taken back at any time, both ways: never an error, and the journal still explains every record.
#[test]
fn undo_at_any_time_keeps_the_journal_true() {
    run(8, 14, async |steps| {
        let desk = beginning().await;
        let mut operations = Vec::new();
        for step in &steps {
            operations.extend(perform(&desk, step, &operations).await);
        }
        for operation in &operations {
            let said = undo::undo_preview(&desk, *operation).await.expect("a preview");
            let before = desk.live(RecordKind::Contact).await;
            undo::undo(&desk, *operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
            let after = desk.live(RecordKind::Contact).await;
            for conflict in said.conflicts.iter().filter(|conflict| conflict.kind == RecordKind::Contact) {
                let Some(field) = conflict.field.as_deref().and_then(|key| RecordKind::Contact.field(key)) else {
                    continue;
                };
                let value = |records: &BTreeMap<Id, liaison_domain::Record>| {
                    records.get(&conflict.record).map(|record| record.get(field).clone())
                };
                assert_eq!(value(&before), value(&after), "{} was changed since and is kept", field.key);
            }
        }
        desk.assert_whole().await;
    });
}
