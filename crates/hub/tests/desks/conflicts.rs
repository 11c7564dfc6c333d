//! What two people change without knowing of each other's change: noticed, shown, settled.

use super::*;
use liaison_app::sync::{ConflictChoice, ConflictRow, sync_conflicts, sync_conflicts_of, sync_settle};
use liaison_app::{employers, employments};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Value, employer};

async fn edit(desk: &Desk, contact: Id, field: &str, before: &str, after: &str) {
    let text = |text: &str| FieldValue::Text(text.into());
    let edit = FieldEdit { field: field.into(), before: text(before), after: text(after) };
    contacts::contact_edit(&desk.session, contact, &[edit]).await.expect("an edit");
}

async fn conflicts(desk: &Desk) -> Vec<ConflictRow> {
    sync_conflicts(&desk.session).await.expect("a list")
}

/// What a conflict shows: its field, the value before, and the values to choose from, the one that is there first.
fn told(row: &ConflictRow) -> (&str, String, Vec<String>) {
    let words = |value: &FieldValue| match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Empty(()) => String::new(),
        other => format!("{other:?}"),
    };
    (&row.field, words(&row.before.value), row.versions.iter().map(|version| words(&version.value.value)).collect())
}

fn choice(row: &ConflictRow, at: usize) -> ConflictChoice {
    let (kind, record, field) = (row.kind, row.record, row.field.clone());
    ConflictChoice { kind, record, field, operation: row.versions[at].operation }
}

async fn exchange(one: &Desk, other: &Desk) {
    for desk in [one, other, one, other] {
        desk.now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_changed_apart_is_shown_to_both_and_settled_once() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let (dana, eli) = (first.add("Dana").await, first.add("Eli").await);
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    exchange(&first, &second).await;

    // The same value twice, other fields, and what one had seen of the other: nobody is asked.
    for desk in [&first, &second] {
        edit(desk, dana, "department", "", "Careers").await;
    }
    edit(&first, dana, "city", "", "Troy").await;
    edit(&second, dana, "region", "", "NY").await;
    exchange(&first, &second).await;
    edit(&second, dana, "city", "Troy", "Albany").await;
    exchange(&first, &second).await;
    assert_eq!((conflicts(&first).await, conflicts(&second).await), (vec![], vec![]));

    // Two values.
    edit(&first, dana, "title", "", "Dean").await;
    edit(&second, dana, "title", "", "Provost").await;
    edit(&first, eli, "title", "", "Coach").await;
    edit(&second, eli, "title", "", "Adviser").await;
    exchange(&first, &second).await;
    let seen = conflicts(&first).await;
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(sync_status(&second.session).await.expect("a status").conflicts, 2);
    let of_dana = sync_conflicts_of(&first.session, RecordKind::Contact, dana).await.expect("a list");
    assert_eq!(told(&of_dana[0]), ("title", String::new(), vec!["Provost".into(), "Dean".into()]));
    assert_eq!(of_dana[0].name, "Dana Reyes");
    assert_eq!(conflicts(&second).await.len(), 2);
    for desk in [&first, &second] {
        let title = desk.find(dana).await.expect("a contact").text(&contact::TITLE).to_owned();
        assert_eq!(title, "Provost", "the later write counts until somebody chooses");
    }

    // One desk takes what was lost, all at once; the other one hears of it, and nothing is left to be settled.
    let choices: Vec<ConflictChoice> = seen.iter().map(|row| choice(row, 1)).collect();
    let done = sync_settle(&first.session, &choices).await.expect("settled");
    assert_eq!((done.changed, done.skipped), (2, 0));
    assert_eq!(conflicts(&first).await, []);
    let again = sync_settle(&first.session, &choices).await.expect("nothing to do");
    assert_eq!((again.changed, again.skipped, again.operation), (0, 2, None));
    exchange(&first, &second).await;
    for desk in [&first, &second] {
        assert_eq!(conflicts(desk).await, []);
        assert_eq!(sync_status(&desk.session).await.expect("a status").conflicts, 0);
        for (id, title) in [(dana, "Dean"), (eli, "Coach")] {
            assert_eq!(desk.find(id).await.expect("a contact").text(&contact::TITLE), title);
        }
        desk.assert_sound().await;
    }
    assert_eq!(first.everything().await, second.everything().await);

    // It can be undone like any step.
    let settled = done.operation.expect("a step");
    undo::undo(&second.session, settled, UndoMode::KeepLaterChanges, &mut unwatched).await.expect("undone");
    exchange(&first, &second).await;
    assert_eq!(first.find(dana).await.expect("a contact").text(&contact::TITLE), "Provost");
}

#[tokio::test(flavor = "multi_thread")]
async fn keeping_what_is_there_is_a_choice_too() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    exchange(&first, &second).await;
    edit(&first, dana, "title", "", "Dean").await;
    edit(&second, dana, "title", "", "Provost").await;
    exchange(&first, &second).await;
    let seen = conflicts(&second).await;
    let done = sync_settle(&second.session, &[choice(&seen[0], 0)]).await.expect("settled");
    assert_eq!((done.changed, done.skipped), (1, 0));
    exchange(&first, &second).await;
    for desk in [&first, &second] {
        assert_eq!(conflicts(desk).await, []);
        assert_eq!(desk.find(dana).await.expect("a contact").text(&contact::TITLE), "Provost");
        desk.assert_sound().await;
    }

    // Both settle one apart, each another way: they are asked once more, and only then.
    edit(&first, dana, "title", "Provost", "One").await;
    edit(&second, dana, "title", "Provost", "Two").await;
    exchange(&first, &second).await;
    for (desk, at) in [(&first, 0), (&second, 1)] {
        let seen = conflicts(desk).await;
        sync_settle(&desk.session, &[choice(&seen[0], at)]).await.expect("settled");
        assert_eq!(conflicts(desk).await, []);
    }
    exchange(&first, &second).await;
    let (one, other) = (conflicts(&first).await, conflicts(&second).await);
    assert_eq!(one.len(), 1, "{one:?}");
    assert_eq!(told(&one[0]), told(&other[0]));
    assert_eq!(told(&one[0]), ("title", "Two".into(), vec!["One".into(), "Two".into()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_edit_a_field_is_asked_about_it() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    let text = |text: &str| FieldValue::Text(text.into());
    let person = HashMap::from([
        ("first_name".to_owned(), text("Bob")),
        ("last_name".to_owned(), text("Moss")),
        ("email".to_owned(), text("bob@northfield.example")),
    ]);
    let viewer = StaffAssignment::BuiltIn { role: StaffRole::Viewer };
    let bob = staff::staff_create(&first.session, &person, viewer).await.expect("Bob").id;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    exchange(&first, &second).await;
    edit(&first, dana, "title", "", "Dean").await;
    edit(&second, dana, "title", "", "Provost").await;
    exchange(&first, &second).await;
    let seen = conflicts(&first).await;
    assert_eq!(seen.len(), 1);
    let his = first.session.for_person(bob).await.expect("Bob’s turn");
    assert_eq!(sync_conflicts(&his).await.expect("a list"), []);
    let refused = sync_settle(&his, &[choice(&seen[0], 1)]).await;
    assert!(matches!(refused, Err(CommandError::Denied { .. })), "{refused:?}");

    // In the trash nobody has to be asked about it.
    let selection = Selection::Ids { ids: vec![dana] };
    trash::delete(&first.session, RecordKind::Contact, &selection, &mut unwatched).await.expect("in the trash");
    assert_eq!(conflicts(&first).await, []);
    trash::restore(&first.session, RecordKind::Contact, &[dana]).await.expect("out of it");
    assert_eq!(conflicts(&first).await.len(), 1);
    trash::delete(&first.session, RecordKind::Contact, &selection, &mut unwatched).await.expect("in the trash");
    trash::erase(&first.session, RecordKind::Contact, &[dana], &mut unwatched).await.expect("gone");
    exchange(&first, &second).await;
    assert_eq!((conflicts(&first).await, conflicts(&second).await), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_primary_contacts_are_settled_by_the_hub() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    let text = |text: &str| FieldValue::Text(text.into());
    let mut employers = Vec::new();
    for name in ["Acme", "Bolt"] {
        let values = HashMap::from([("name".to_owned(), text(name))]);
        employers.push(employers::employer_create(&first.session, &values).await.expect("an employer").id);
    }
    let (acme, bolt) = (employers[0], employers[1]);
    edit(&first, dana, "employer", "", &acme.to_string()).await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    exchange(&first, &second).await;

    // Each gives a label that the other has not heard of.
    let labels = async |desk: &Desk, before: &[&str], after: &[&str]| {
        let list = |words: &[&str]| match words {
            [] => FieldValue::Empty(()),
            words => FieldValue::List(words.iter().map(|word| (*word).to_owned()).collect()),
        };
        let edit = FieldEdit { field: "labels".into(), before: list(before), after: list(after) };
        contacts::contact_edit(&desk.session, dana, &[edit]).await.expect("an edit");
    };
    labels(&first, &[], &["Alum"]).await;
    labels(&second, &[], &["Speaker"]).await;
    // One makes Dana the primary contact of Acme, while the other says that she has moved to Bolt.
    employments::contact_toggle_primary(&first.session, dana).await.expect("a primary contact");
    edit(&second, dana, "employer", &acme.to_string(), &bolt.to_string()).await;
    exchange(&first, &second).await;
    for desk in [&first, &second] {
        let dana = desk.find(dana).await.expect("a contact");
        assert_eq!(*dana.get(&contact::LABELS), Value::List(vec!["Alum".into(), "Speaker".into()]));
        assert_eq!(dana.get(&contact::EMPLOYER).as_reference(), Some(bolt));
        let acme = desk.everything().await.remove(&(RecordKind::Employer as u8, acme)).expect("an employer");
        assert!(acme.get(&employer::PRIMARY_CONTACT).is_empty(), "she is not there any more");
        assert_eq!(conflicts(desk).await, []);
        desk.assert_sound().await;
    }
    assert_eq!(first.everything().await, second.everything().await);
    // Nobody comes in as the hub itself.
    let code = hub.ledger.add_code(institution).await.expect("a code");
    let as_hub = hub.ledger.join(&code, liaison_sync::settle::device(institution), "Hub", 0).await.expect("an answer");
    assert!(as_hub.is_none());
}
