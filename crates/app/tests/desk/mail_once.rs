//! Whatever happens in whatever order: no message is sent twice unless a person says so.

use crate::common::{TestDesk, desk, go_on, ids};
use crate::mail::{draft, settings};
use crate::mail_server::{Happening, TestServer};
use liaison_app::mail;
use liaison_app::mail::{OutboxDecision, OutboxFilter, OutboxRow};
use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, RecordKind};
use liaison_mail::smtp::Security;
use mail_parser::MessageParser;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;

/// One thing that happens. Numbers pick from what there is, modulo its count.
#[derive(Clone, Debug)]
enum Step {
    Write {
        contact: u8,
    },
    Send {
        later: u8,
    },
    /// The program ends while a message is under way: before its text went, or after.
    Crash {
        message: u8,
    },
    Restart,
    Cancel {
        message: u8,
    },
    Retry {
        message: u8,
    },
    Decide {
        message: u8,
        decision: u8,
    },
    WrongPassword,
}

/// What becomes of a message is said by its recipient (see the server).
const PEOPLE: [&str; 6] = ["ann", "gone", "later", "late", "drop", "zoe"];
const HOUR: i64 = 60 * 60 * 1000;

#[test]
fn no_message_is_sent_twice_by_itself() {
    let step = prop_oneof![
        3 => any::<u8>().prop_map(|contact| Step::Write { contact }),
        4 => any::<u8>().prop_map(|later| Step::Send { later }),
        2 => any::<u8>().prop_map(|message| Step::Crash { message }),
        1 => Just(Step::Restart),
        1 => any::<u8>().prop_map(|message| Step::Cancel { message }),
        2 => any::<u8>().prop_map(|message| Step::Retry { message }),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(message, decision)| Step::Decide { message, decision }),
        1 => Just(Step::WrongPassword),
    ];
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let config = Config { cases: 8, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop::collection::vec(step, 5..25), |steps| {
            runtime.block_on(property(steps));
            Ok(())
        })
        .expect("the property holds");
}

async fn rows(desk: &TestDesk) -> Vec<OutboxRow> {
    mail::outbox_list(desk, &OutboxFilter::default(), 0, 200).await.expect("the outbox").rows
}

async fn property(steps: Vec<Step>) {
    let (mut desk, mut server) = (desk().await, TestServer::start(Security::StartTls));
    mail::mail_settings_set(&desk, &settings(&server), Some("right".into())).await.expect("settings");
    let mut people = Vec::new();
    for name in PEOPLE {
        people.push(desk.add(name, "Lee", &format!("{name}@acme.example")).await.id);
    }
    // How often each message may arrive: once, and once more for each time a person had it sent again.
    let mut may_arrive: HashMap<Id, u32> = HashMap::new();
    let mut hours = 0;
    for step in steps {
        let now = rows(&desk).await;
        let pick = |message: u8| now.get(usize::from(message) % now.len().max(1)).map(|row| row.id);
        match step {
            Step::Write { contact } => {
                let to = ids(&[people[usize::from(contact) % people.len()]]);
                mail::mail_outreach_send(&desk, RecordKind::Contact, &to, &draft(), None, &mut go_on)
                    .await
                    .expect("put");
            }
            Step::Send { later } => {
                hours += i64::from(later % 30);
                mail::send_due(&desk, desk.now() as i64 + hours * HOUR).await.expect("a round");
            }
            Step::Crash { message } => {
                // Only what waits is ever under way.
                if let Some(id) = pick(message) {
                    let set = "UPDATE outbox SET state='sending' WHERE id=? AND state='waiting'";
                    let id = [liaison_store::Sql::Blob(id.bytes())];
                    desk.database().write(|db| db.run(set, &id)).await.expect("as a crash leaves it");
                    desk = desk.reopened(None).await;
                }
            }
            Step::Restart => desk = desk.reopened(None).await,
            Step::Cancel { message } => {
                mail::outbox_cancel(&desk, &pick(message).into_iter().collect::<Vec<_>>()).await.expect("cancelled");
            }
            Step::Retry { message } => {
                mail::outbox_retry(&desk, &pick(message).into_iter().collect::<Vec<_>>()).await.expect("again");
            }
            Step::Decide { message, decision } => {
                let decisions = [OutboxDecision::WasSent, OutboxDecision::SendAgain, OutboxDecision::GiveUp];
                let decision = decisions[usize::from(decision) % decisions.len()];
                if let Some(id) = pick(message)
                    && mail::outbox_decide(&desk, id, decision).await.is_ok()
                    && decision == OutboxDecision::SendAgain
                {
                    *may_arrive.entry(id).or_insert(1) += 1;
                }
            }
            Step::WrongPassword => {
                mail::mail_settings_set(&desk, &settings(&server), Some("wrong".into())).await.expect("settings");
                mail::send_due(&desk, desk.now() as i64 + hours * HOUR).await.expect("a round");
                mail::mail_settings_set(&desk, &settings(&server), Some("right".into())).await.expect("settings");
            }
        }
    }
    // The program runs on: what a crash left under way is found by the next round.
    mail::send_due(&desk, desk.now() as i64 + hours * HOUR).await.expect("a round");
    // A last message of our own says that everything before it has been told.
    assert!(mail::mail_test(&desk, "end@northfield.example").await.expect("a test").sent);
    let mut arrived: HashMap<String, u32> = HashMap::new();
    loop {
        let Happening::Message(received) = server.next() else { continue };
        if received.recipients == ["end@northfield.example"] {
            break;
        }
        let bytes = received.bytes();
        let message = MessageParser::default().parse(&bytes).expect("a message");
        *arrived.entry(message.message_id().expect("an id").to_owned()).or_default() += 1;
    }
    let mut sent = 0;
    for row in rows(&desk).await {
        let count = arrived.remove(&format!("{}@northfield.example", row.id)).unwrap_or_default();
        let most = may_arrive.get(&row.id).copied().unwrap_or(1);
        assert!(count <= most, "{} arrived {count} times: {row:?}", row.id);
        assert!(row.state != OutboxState::Failed || count == 0 || most > 1, "what arrived has not failed: {row:?}");
        assert_ne!(row.state, OutboxState::Sending, "nothing is left under way");
        sent += usize::from(row.state == OutboxState::Sent);
    }
    assert!(arrived.is_empty(), "nothing arrives that is not in the outbox: {arrived:?}");
    let emails = desk.live(RecordKind::Email).await.len();
    assert_eq!(emails, sent, "each message that went stands in the Emails tab, once");
    desk.assert_whole().await;
}
