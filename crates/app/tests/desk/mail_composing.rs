//! What is done around a message: a test to oneself, a later time, an answer that asks for no more.

use crate::common::{desk, go_on, ids, only_problem, set_up_input, values};
use crate::mail::{draft, person, round, rows, sending};
use liaison_app::mail::{MailDraft, MailRecipient, SendRound};
use liaison_app::{contacts, mail, students, undo};
use liaison_domain::outbox::OutboxState;
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, student};
use mail_parser::MessageParser;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_tried_on_oneself_as_one_person_would_get_it() {
    let (desk, mut server) = sending().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let letter = MailDraft { subject: "The fair, {{first_name}}".into(), text: "Dear {{first_name}}, see you.".into() };
    let to = person(dana);
    let before = desk.rows().await;
    let tested = mail::mail_draft_test(&desk, &letter, "outreach", Some(to)).await.expect("a test");
    assert!(tested.sent, "{tested:?}");
    let received = server.received();
    assert_eq!(received.recipients, [set_up_input().email], "nobody else gets it");
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some("[Test] The fair, Dana"));
    assert!(message.body_text(0).expect("text").starts_with("Dear Dana, see you."));
    assert_eq!(desk.rows().await, before, "no outbox, no email on the record");
    let wrong = MailDraft { subject: "The fair".into(), text: "Dear {{nickname}}".into() };
    assert_eq!(only_problem(mail::mail_draft_test(&desk, &wrong, "outreach", None).await).0, "text");
    mail::mail_settings_clear(&desk).await.expect("forgotten");
    let unset = mail::mail_draft_test(&desk, &letter, "outreach", Some(to)).await;
    assert_eq!(only_problem(unset), ("host".into(), Problem::Required));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_unsubscribes_is_marked_in_one_step_and_back() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let silent = async || contacts::contact_get(&desk, dana).await.expect("a profile").do_not_email;
    let done = mail::mail_unsubscribed(&desk, person(dana), true).await.expect("marked");
    assert!(silent().await && done.changed == 1);
    let again = mail::mail_unsubscribed(&desk, person(dana), true).await.expect("nothing to do");
    assert_eq!((again.changed, again.operation), (0, None));
    undo::undo(&desk, done.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(!silent().await);
    mail::mail_unsubscribed(&desk, person(dana), true).await.expect("marked");
    assert_eq!(mail::mail_unsubscribed(&desk, person(dana), false).await.expect("cleared").changed, 1);
    assert!(!silent().await);
    let kim = values(&[("first_name", "Kim"), ("last_name", "Moss"), ("email", "kim@students.example")]);
    let kim = students::student_create(&desk, &kim).await.expect("a student").id;
    mail::mail_unsubscribed(&desk, MailRecipient { kind: RecordKind::Student, id: kim }, true).await.expect("marked");
    assert!(desk.record(RecordKind::Student, kim).await.get(&student::DO_NOT_EMAIL).as_flag());
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_message_goes_at_its_time_or_now_and_not_to_who_left_by_then() {
    let (desk, mut server) = sending().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let eli = desk.add("Eli", "Stone", "eli@labs.example").await.id;
    let (now, hour) = (desk.now() as i64, 60 * 60 * 1000);
    let put = async |to: &[Id], at: i64| {
        mail::mail_outreach_send(&desk, RecordKind::Contact, &ids(to), &draft(), Some(at), &mut go_on).await
    };
    assert_eq!(put(&[dana, eli], now + 3 * hour).await.expect("put").queued, 2);
    assert_eq!(round(&desk, 2 * hour).await, SendRound::default(), "not before its time");
    let waiting = rows(&desk).await;
    assert!(waiting.iter().all(|row| row.state == OutboxState::Waiting && row.due_at == now + 3 * hour));
    mail::mail_unsubscribed(&desk, person(eli), true).await.expect("marked");
    let later = round(&desk, 3 * hour).await;
    assert_eq!((later.sent, later.failed), (1, 1));
    assert_eq!(server.received().recipients, ["dana@acme.example"]);
    // Somebody may not want to wait after all, and a time that has passed is now.
    put(&[dana], now + 5 * hour).await.expect("put");
    let scheduled = rows(&desk).await.into_iter().find(|row| row.state == OutboxState::Waiting).expect("one waits");
    assert_eq!(mail::outbox_retry(&desk, &[scheduled.id]).await.expect("now"), 1);
    assert_eq!(round(&desk, 0).await.sent, 1);
    put(&[dana], now - hour).await.expect("put");
    assert_eq!(round(&desk, 0).await.sent, 1);
    let far = put(&[dana], now + 400 * 24 * hour).await;
    assert_eq!(only_problem(far), ("send_at".into(), Problem::NotAMoment));
}
