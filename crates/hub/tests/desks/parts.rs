//! Operations that are longer than one request.

use super::*;
use liaison_app::Step;
use liaison_domain::Value;
use liaison_store::{replica, settings};
use liaison_sync::wire;

/// One operation that makes contacts with long texts: about ten million bytes.
pub(crate) async fn long(desk: &Desk) -> Vec<Id> {
    let ids: Vec<Id> = (0..500)
        .map(|number: u16| {
            let [high, low] = number.to_be_bytes();
            Id::from_parts(1_800_000_000_000, [high, low, 3, 3, 3, 3, 3, 3, 3, 3])
        })
        .collect();
    let made = desk.session.commit(Step::new(OperationKind::ContactsImport), |recorder| {
        for id in &ids {
            let mut record = Record::blank(RecordKind::Contact, *id);
            record.set(&contact::FIRST_NAME, "Long");
            record.set(&contact::LAST_NAME, Value::text(id.to_string()));
            record.set(&contact::EMAIL, Value::text(format!("{id}@acme.example")));
            record.set(&contact::DESCRIPTION, Value::text("text ".repeat(4_000)));
            recorder.create(&record)?;
        }
        Ok(())
    });
    made.await.expect("an operation");
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_operation_goes_in_parts_and_what_came_is_not_sent_again() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    let database = first.session.engine().database();
    let answered = database.read(replica::answered).await.expect("a number");
    let ids = long(&first).await;
    let message =
        wire::push(&database.read(|db| replica::outgoing(db, answered, 500, 5_000)).await.expect("operations"));
    assert!(message.len() > 2 * wire::PART, "{}", message.len());
    let name = wire::digest(&message);
    let credential =
        database.read(|db| settings::get(db, "hub_credential")).await.expect("read").expect("a credential");

    // A part that came before a cut stays; one that is not what was sent is noticed, and all of it is sent anew.
    let whole = hub.status(&format!("push?message={name}&parts=3"), &credential, Some(Vec::new())).await;
    assert_eq!(whole, 409, "nothing has come");
    let here = sync_status(&first.session).await.expect("a status").device;
    hub.ledger.stage(institution, here, &name, 0, &message[..wire::PART]).await.expect("kept");
    hub.ledger.stage(institution, here, &name, 1, b"not what was sent").await.expect("kept");
    assert_eq!(hub.ledger.staged_parts(institution, here, &name).await.expect("parts"), [0, 1]);
    let refused = sync_now(&first.session).await;
    assert!(matches!(refused, Err(CommandError::Hub { problem: HubProblem::Unreachable, .. })), "{refused:?}");
    assert_eq!(hub.ledger.staged_parts(institution, here, &name).await.expect("parts"), [0u32; 0]);
    hub.ledger.stage(institution, here, &name, 0, &message[..wire::PART]).await.expect("kept");
    let sent = first.now().await;
    assert_eq!(sent.refused, 0, "{sent:?}");
    assert_eq!(hub.ledger.staged_parts(institution, here, &name).await.expect("parts"), [0u32; 0], "dealt with");

    // It comes in parts, too: to a desk that is there, and to one that joins.
    second.now().await;
    assert!(second.find(ids[499]).await.is_some());
    let third = Desk::joins(&hub, institution).await;
    for desk in [&second, &third] {
        assert_eq!(desk.everything().await, first.everything().await);
        desk.assert_sound().await;
    }
}
