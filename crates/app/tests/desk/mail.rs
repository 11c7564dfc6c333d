//! Mail: settings, templates, outreach, and the outbox through a real SMTP server on loopback.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, sample, stop, values};
use crate::mail_server::{Happening, TestServer};
use liaison_app::CommandError;
use liaison_app::lists::Selection;
use liaison_app::mail::{
    MailDraft, MailRecipient, MailSecurity, MailSettings, OutboxDecision, OutboxFilter, OutboxRow, OutreachPreview,
    SendRound,
};
use liaison_app::{contacts, lists, mail, review, trash, undo};
use liaison_domain::filter::ListQuery;
use liaison_domain::outbox::{LeftOut, OutboxState};
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, contact, email, organization};
use liaison_mail::smtp::Security;
use liaison_store::table;
use mail_parser::MessageParser;

const HOUR: i64 = 60 * 60 * 1000;

pub fn person(id: Id) -> MailRecipient {
    MailRecipient { kind: RecordKind::Contact, id }
}

pub fn draft() -> MailDraft {
    MailDraft {
        subject: "The fair of {{institution}}".into(),
        text: "Dear {{first_name|colleague}},\n\nwill {{employer}} be there?\n\n{{sender_name}}".into(),
    }
}

pub fn settings(server: &TestServer) -> MailSettings {
    MailSettings {
        host: "localhost".into(),
        port: server.port,
        security: MailSecurity::StartTls,
        user: "career".into(),
        from_name: "Northfield Careers".into(),
        from_address: "careers@northfield.example".into(),
        reply_to: String::new(),
        authority: server.certificate.clone(),
    }
}

/// A desk that sends through a server that is there.
pub async fn sending() -> (TestDesk, TestServer) {
    let (desk, server) = (desk().await, TestServer::start(Security::StartTls));
    mail::mail_settings_set(&desk, &settings(&server), Some("right".into())).await.expect("settings");
    (desk, server)
}

pub async fn rows(desk: &TestDesk) -> Vec<OutboxRow> {
    mail::outbox_list(desk, &OutboxFilter::default(), 0, 200).await.expect("the outbox").rows
}

async fn states(desk: &TestDesk) -> Vec<(String, OutboxState)> {
    let mut states: Vec<_> = rows(desk).await.into_iter().map(|row| (row.address, row.state)).collect();
    states.sort_by(|a, b| a.0.cmp(&b.0));
    states
}

async fn send_to(desk: &TestDesk, contacts: &[Id]) -> u32 {
    mail::mail_outreach_send(desk, RecordKind::Contact, &ids(contacts), &draft(), None, &mut go_on)
        .await
        .expect("put")
        .queued
}

pub async fn round(desk: &TestDesk, later: i64) -> SendRound {
    mail::send_due(desk, desk.now() as i64 + later).await.expect("a round")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_is_written_to_and_each_message_stands_in_the_emails_tab() {
    let (desk, mut server) = sending().await;
    let employer = desk.add_employer("Acme <Works>").await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "employer", "", &employer.to_string()).await;
    let eli = desk.add("Eli", "Stone", "eli@labs.example").await.id;
    let institution = desk.live(RecordKind::Institution).await.into_keys().next().expect("the institution");
    desk.write(|recorder| {
        let located = table::get(recorder.db(), RecordKind::Institution, institution)?;
        let change = |field: &liaison_domain::Field, after: &str| located.record.change(field, after);
        let changes = [
            change(&organization::INSTITUTION_COLOR, "#7a0019"),
            change(&organization::INSTITUTION_PHONE, "+1 555 0100"),
        ];
        let changes: Vec<_> = changes.into_iter().flatten().collect();
        recorder.update(RecordKind::Institution, located.n, institution, &changes)
    })
    .await;
    let preview = mail::mail_outreach_preview(&desk, RecordKind::Contact, &ids(&[dana, eli]), &draft(), 0)
        .await
        .expect("a preview");
    assert_eq!((preview.recipients, preview.left_out.len()), (2, 0));
    assert_eq!((preview.empty_places[0].place.as_str(), preview.empty_places[0].count), ("employer", 1));
    let first = preview.shown.expect("the first message");
    assert_eq!(first.to, "Dana Reyes <dana@acme.example>");
    assert_eq!(send_to(&desk, &[dana, eli]).await, 2);
    let done = round(&desk, 0).await;
    assert_eq!((done.sent, done.trouble), (2, None));
    let received = server.received();
    assert!(received.secured && received.user.as_deref() == Some("career"));
    assert_eq!(received.recipients, ["dana@acme.example"]);
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some("The fair of Northfield University"));
    let plain = message.body_text(0).expect("plain").replace("\r\n", "\n");
    assert_eq!(plain, first.text, "the preview showed what was sent");
    assert!(plain.starts_with("Dear Dana,\n\nwill Acme <Works> be there?\n\nAda Berg\n"));
    let html = message.body_html(0).expect("HTML");
    assert!(html.contains("border-top:6px solid #7a0019") && html.contains("will Acme &lt;Works&gt; be there?"));
    assert!(html.contains("+1 555 0100"));
    let unsubscribe = message.header_raw("List-Unsubscribe").map(str::trim);
    assert_eq!(unsubscribe, Some("<mailto:careers@northfield.example?subject=Unsubscribe>"));
    assert_eq!(server.received().recipients, ["eli@labs.example"]);

    let emails = desk.live(RecordKind::Email).await;
    assert_eq!(emails.len(), 2);
    let of_dana = emails.values().find(|e| e.get(&email::CONTACT).as_reference() == Some(dana)).expect("her e-mail");
    assert_eq!(of_dana.text(&email::SUBJECT), "The fair of Northfield University");
    assert_eq!(of_dana.text(&email::TEXT), "Dear Dana,\n\nwill Acme <Works> be there?\n\nAda Berg");
    assert_eq!(of_dana.text(&email::ADDRESS), "dana@acme.example");
    assert_eq!(of_dana.get(&email::AUTHOR).as_reference(), Some(desk.actor().staff));
    assert_eq!(round(&desk, 0).await, SendRound::default(), "nothing is sent twice");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_says_what_is_wrong_in_words_for_people() {
    let (desk, mut server) = sending().await;
    let tested = mail::mail_test(&desk, "it@northfield.example").await.expect("a test");
    assert!(tested.sent && tested.trouble.is_none());
    assert_eq!(server.received().recipients, ["it@northfield.example"]);
    assert_eq!(only_problem(mail::mail_test(&desk, "nobody").await).0, "to");
    mail::mail_settings_set(&desk, &settings(&server), Some("wrong".into())).await.expect("settings");
    let trouble = mail::mail_test(&desk, "it@northfield.example").await.expect("a test").trouble.expect("trouble");
    assert_eq!((trouble.reason.as_str(), trouble.stopped), ("wrong_password", true));
    assert!(trouble.detail.contains("Authentication"), "{}", trouble.detail);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_checked_and_a_password_goes_to_no_other_server() {
    let desk = desk().await;
    assert_eq!(only_problem(mail::mail_test(&desk, "it@northfield.example").await), ("host".into(), Problem::Required));
    let good = MailSettings {
        host: "mail.northfield.example".into(),
        port: 587,
        user: "career".into(),
        from_name: "Careers".into(),
        from_address: "careers@northfield.example".into(),
        ..MailSettings::default()
    };
    let refused = |settings: MailSettings| {
        let desk = desk.desk.clone();
        async move { only_problem(mail::mail_settings_set(&desk, &settings, None).await) }
    };
    assert_eq!(refused(MailSettings { host: " ".into(), ..good.clone() }).await, ("host".into(), Problem::Required));
    assert_eq!(refused(MailSettings { host: "a\r\nb".into(), ..good.clone() }).await.0, "host");
    assert_eq!(refused(MailSettings { port: 0, ..good.clone() }).await.0, "port");
    let forged = "Careers\r\nBcc: eve@evil.example".to_owned();
    let refusal = refused(MailSettings { from_name: forged.clone(), ..good.clone() }).await;
    assert_eq!(refusal, ("from_name".into(), Problem::ControlCharacters));
    assert_eq!(refused(MailSettings { from_address: forged.clone(), ..good.clone() }).await.0, "from_address");
    assert_eq!(refused(MailSettings { reply_to: forged, ..good.clone() }).await.0, "reply_to");
    let long = "x".repeat(1_000_000);
    for (field, settings) in [
        ("host", MailSettings { host: long.clone(), ..good.clone() }),
        ("user", MailSettings { user: long.clone(), ..good.clone() }),
        ("from_name", MailSettings { from_name: long.clone(), ..good.clone() }),
        ("authority", MailSettings { authority: long.clone(), ..good.clone() }),
    ] {
        let refusal = refused(settings).await;
        assert!(matches!(&refusal, (at, Problem::TooLong { .. }) if at == field), "{refusal:?}");
    }
    let kept = mail::mail_settings_set(&desk, &good, Some("secret".into())).await.expect("settings");
    assert!(kept.has_password && !kept.in_keychain, "with a passcode there is no keychain");
    let renamed = MailSettings { from_name: "Career Center".into(), ..good.clone() };
    assert!(mail::mail_settings_set(&desk, &renamed, None).await.expect("settings").has_password);
    let elsewhere = MailSettings { host: "mail.evil.example".into(), ..good.clone() };
    assert_eq!(
        only_problem(mail::mail_settings_set(&desk, &elsewhere, None).await),
        ("password".into(), Problem::Required)
    );
    let nobody = MailSettings { user: String::new(), ..elsewhere };
    assert!(!mail::mail_settings_set(&desk, &nobody, None).await.expect("settings").has_password);
    let desk = desk.reopened(None).await;
    assert_eq!(mail::mail_settings(&desk).await.expect("settings").settings, Some(nobody), "they last");
}

fn left_out(preview: &OutreachPreview) -> Vec<(LeftOut, u32, String)> {
    preview.left_out.iter().map(|out| (out.reason, out.count, out.people[0].name.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn outreach_leaves_out_who_must_not_be_written_to_and_says_why() {
    let (desk, mut server) = sending().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let silent = desk.add("Sue", "Silent", "sue@acme.example").await.id;
    contacts::contact_edit(&desk, silent, &[change("a1000", "", "yes")]).await.expect("Do not email");
    let rejected = desk.add("Rex", "Rejected", "rex@acme.example").await.id;
    review::contacts_review(&desk, &ids(&[rejected]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let bounced = desk.add("Bo", "Bounced", "bo@acme.example").await.id;
    mail::mail_bounced(&desk, person(bounced), true).await.expect("bounced");
    let everybody = [dana, silent, rejected, bounced];
    let preview = mail::mail_outreach_preview(&desk, RecordKind::Contact, &ids(&everybody), &draft(), 0)
        .await
        .expect("a preview");
    assert_eq!(preview.recipients, 1);
    let expected = [
        (LeftOut::DoNotEmail, 1, "Sue Silent".to_owned()),
        (LeftOut::Rejected, 1, "Rex Rejected".to_owned()),
        (LeftOut::Bounced, 1, "Bo Bounced".to_owned()),
    ];
    assert_eq!(left_out(&preview), expected);
    let done = mail::mail_outreach_send(&desk, RecordKind::Contact, &ids(&everybody), &draft(), None, &mut go_on)
        .await
        .expect("put");
    assert_eq!((done.queued, done.left_out), (1, 3));
    // What is decided while a message waits counts, too.
    contacts::contact_edit(&desk, dana, &[change("a1000", "", "yes")]).await.expect("Do not email");
    let done = round(&desk, 0).await;
    assert_eq!((done.sent, done.failed), (0, 1));
    let row = rows(&desk).await.remove(0);
    assert_eq!((row.state, row.reason.as_deref()), (OutboxState::Cancelled, Some("do_not_email")));
    // A letter from one person to another is no outreach.
    mail::mail_to(&desk, person(dana), &draft()).await.expect("a letter");
    assert_eq!(round(&desk, 0).await.sent, 1);
    let bytes = server.received().bytes();
    let letter = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(letter.header_raw("List-Unsubscribe"), None);
    assert_eq!(letter.reply_to().and_then(|to| to.first()).and_then(|to| to.address()), Some("ada@northfield.example"));
    let nobody = mail::mail_outreach_send(&desk, RecordKind::Contact, &ids(&[silent]), &draft(), None, &mut go_on)
        .await
        .expect("put");
    assert_eq!((nobody.mailing, nobody.queued, nobody.left_out), (None, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_the_server_refuses_fails_and_who_it_puts_off_is_tried_again() {
    let (desk, mut server) = sending().await;
    let mut everybody = Vec::new();
    for name in ["ann", "gone", "later", "late", "zoe"] {
        everybody.push(desk.add(name, "Lee", &format!("{name}@acme.example")).await.id);
    }
    send_to(&desk, &everybody).await;
    let done = round(&desk, 0).await;
    assert_eq!((done.sent, done.failed, done.later, done.unclear, done.trouble), (2, 2, 1, 0, None));
    use OutboxState::*;
    let expected = [("ann", Sent), ("gone", Failed), ("late", Failed), ("later", Waiting), ("zoe", Sent)];
    assert_eq!(states(&desk).await, expected.map(|(name, state)| (format!("{name}@acme.example"), state)));
    assert_eq!(server.received().recipients, ["ann@acme.example"]);
    let gone = rows(&desk).await.into_iter().find(|row| row.address.starts_with("gone")).expect("a row");
    assert_eq!(gone.reason.as_deref(), Some("recipient"));
    assert!(gone.detail.is_some_and(|detail| detail.contains("No such person here")));
    assert_eq!(round(&desk, HOUR / 60).await, SendRound::default(), "not yet");
    let mut hours = 1;
    let waiting = |desk| async move { states(desk).await.into_iter().any(|(_, state)| state == Waiting) };
    while waiting(&desk).await {
        assert_eq!(round(&desk, hours * HOUR).await.trouble, None);
        hours += 1;
        assert!(hours < 24 * 6, "a server is not asked for ever");
    }
    let later = rows(&desk).await.into_iter().find(|row| row.address.starts_with("later")).expect("a row");
    assert_eq!((later.state, later.reason.as_deref()), (Failed, Some("busy")));
    assert!(later.attempts > 5 && hours > 24 * 4, "{} attempts in {hours} hours", later.attempts);
    assert_eq!(mail::outbox_retry(&desk, &[later.id, gone.id]).await.expect("again"), 2);
    assert_eq!(mail::outbox_cancel(&desk, &[gone.id]).await.expect("cancelled"), 1);
    let again = rows(&desk).await.into_iter().find(|row| row.id == later.id).expect("a row");
    assert_eq!((again.state, again.attempts), (Waiting, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_been_sent_waits_for_a_decision() {
    let (desk, mut server) = sending().await;
    let dropped = desk.add("Drop", "Lee", "drop@acme.example").await.id;
    send_to(&desk, &[dropped]).await;
    assert_eq!(round(&desk, 0).await.unclear, 1);
    assert_eq!(server.received().recipients, ["drop@acme.example"], "the server has it, and nobody knows");
    assert_eq!(round(&desk, 1000 * HOUR).await, SendRound::default(), "it is not sent again by itself");
    let row = rows(&desk).await.remove(0);
    assert_eq!((row.state, row.reason.as_deref()), (OutboxState::Unclear, Some("connection_lost")));
    assert_eq!(mail::mail_status(&desk).await.expect("a status").unclear, 1);
    let message = mail::outbox_get(&desk, row.id).await.expect("the message");
    assert_eq!(message.message_id, Some(format!("<{}@northfield.example>", row.id)));
    assert!(desk.live(RecordKind::Email).await.is_empty());
    mail::outbox_decide(&desk, row.id, OutboxDecision::WasSent).await.expect("decided");
    assert_eq!(desk.live(RecordKind::Email).await.len(), 1);
    let again = mail::outbox_decide(&desk, row.id, OutboxDecision::SendAgain).await;
    assert!(matches!(again, Err(CommandError::NotFound { .. })), "decided once");

    // The program ended after the text went to the server and before the answer was written down.
    let ann = desk.add("Ann", "Lee", "ann@acme.example").await.id;
    send_to(&desk, &[ann]).await;
    desk.database()
        .write(|db| db.run("UPDATE outbox SET state='sending' WHERE state='waiting'", &[]))
        .await
        .expect("as a crash leaves it");
    let desk = desk.reopened(None).await;
    assert_eq!(round(&desk, 0).await, SendRound::default());
    let left = rows(&desk).await.remove(0);
    assert_eq!((left.state, left.reason.as_deref()), (OutboxState::Unclear, Some("interrupted")));
    mail::outbox_decide(&desk, left.id, OutboxDecision::SendAgain).await.expect("decided");
    assert_eq!(round(&desk, 0).await.sent, 1);
    let bytes = server.received().bytes();
    let sent = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(
        sent.message_id(),
        Some(format!("{}@northfield.example", left.id).as_str()),
        "the same message, by its id"
    );
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_lasts_through_weeks_offline_and_wrong_settings() {
    let (desk, mut server) = sending().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    send_to(&desk, &[dana]).await;
    let mut nowhere = settings(&server);
    nowhere.host = "no-such-host.invalid".into();
    mail::mail_settings_set(&desk, &nowhere, Some("right".into())).await.expect("settings");
    let trouble = round(&desk, 0).await.trouble.expect("offline");
    assert_eq!((trouble.reason.as_str(), trouble.stopped), ("no_such_server", false));
    assert_eq!(round(&desk, 0).await, SendRound::default(), "the network is given a minute");
    for week in 1..5 {
        assert!(round(&desk, week * 7 * 24 * HOUR).await.trouble.is_some());
    }
    let row = rows(&desk).await.remove(0);
    assert_eq!((row.state, row.attempts), (OutboxState::Waiting, 0), "being offline counts against no message");
    let desk = desk.reopened(None).await;
    mail::mail_settings_set(&desk, &settings(&server), Some("wrong".into())).await.expect("settings");
    let trouble = round(&desk, 0).await.trouble.expect("a wrong password");
    assert!(trouble.stopped);
    assert_eq!(round(&desk, 1000 * HOUR).await, SendRound::default(), "a wrong password is not tried over and over");
    assert_eq!(
        mail::mail_status(&desk).await.expect("a status").trouble.map(|t| t.reason).as_deref(),
        Some("wrong_password")
    );
    mail::mail_settings_set(&desk, &settings(&server), Some("right".into())).await.expect("settings");
    assert_eq!(round(&desk, 0).await.sent, 1);
    assert_eq!(server.received().recipients, ["dana@acme.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_for_the_server_before_encryption_makes_no_message_count_as_sent() {
    let (desk, mut server) = (desk().await, TestServer::start_injected());
    mail::mail_settings_set(&desk, &settings(&server), Some("right".into())).await.expect("settings");
    let tested = mail::mail_test(&desk, "dana@acme.example").await.expect("a test");
    assert!(!tested.sent, "the server never saw it");
    assert!(matches!(server.next(), Happening::Ended));
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    send_to(&desk, &[dana]).await;
    let done = round(&desk, 0).await;
    let trouble = done.trouble.clone().expect("trouble");
    assert_eq!((done.sent, trouble.reason.as_str(), trouble.stopped), (0, "before_encryption", true));
    assert!(matches!(server.next(), Happening::Ended), "neither the password nor the message went anywhere");
    assert_eq!(rows(&desk).await.remove(0).state, OutboxState::Waiting);
    assert!(desk.live(RecordKind::Email).await.is_empty(), "no e-mail was sent to her");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_background_sender_sends_what_is_put_and_stops_what_is_cancelled() {
    let (desk, mut server) = sending().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let eli = desk.add("Eli", "Stone", "eli@acme.example").await.id;
    let cancelled = mail::mail_outreach_send(&desk, RecordKind::Contact, &ids(&[dana]), &draft(), None, &mut go_on)
        .await
        .expect("put");
    let mailing = cancelled.mailing.expect("a mailing");
    assert_eq!(mail::outbox_cancel_mailing(&desk, mailing).await.expect("cancelled"), 1);
    mail::start_sending(&desk);
    send_to(&desk, &[eli]).await;
    assert_eq!(server.received().recipients, ["eli@acme.example"]);
    let of_dana = OutboxFilter { mailing: Some(mailing), ..OutboxFilter::default() };
    let row = mail::outbox_list(&desk, &of_dana, 0, 5).await.expect("rows").rows.remove(0);
    assert_eq!(row.state, OutboxState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_handed_over_once_and_a_bounce_is_written_down() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let id = mail::mail_to(&desk, person(dana), &draft()).await.expect("a letter");
    let stands = round(&desk, 0).await.trouble.expect("no server is set up");
    assert_eq!(stands.reason, "not_set_up");
    let ways = mail::outbox_ways(&desk, id).await.expect("ways");
    assert_eq!(ways.file_name, "dana@acme.example.eml");
    let url = mail::outbox_hand_over(&desk, id, None).await.expect("handed over").expect("an address");
    assert!(
        url.starts_with("mailto:dana@acme.example?subject=The%20fair%20of%20Northfield%20University&body=Dear%20Dana")
    );
    assert!(matches!(mail::outbox_hand_over(&desk, id, None).await, Err(CommandError::NotFound { .. })), "once");
    assert_eq!(desk.live(RecordKind::Email).await.len(), 1);

    let long = MailDraft { text: "word ".repeat(500), ..draft() };
    let id = mail::mail_to(&desk, person(dana), &long).await.expect("a letter");
    assert_eq!(
        only_problem(mail::outbox_hand_over(&desk, id, None).await),
        ("text".into(), Problem::TooLong { max: 2_000 })
    );
    let nowhere = desk.directory.outside().join("nowhere/letter.eml");
    assert!(matches!(
        mail::outbox_hand_over(&desk, id, Some(&nowhere)).await,
        Err(CommandError::UnwritableFile { .. })
    ));
    let path = desk.directory.outside().join("letter.eml");
    mail::outbox_hand_over(&desk, id, Some(&path)).await.expect("handed over");
    let file = std::fs::read(&path).expect("the file");
    let draft = MessageParser::default().parse(&file).expect("a message");
    assert_eq!(draft.header_raw("X-Unsent").map(str::trim), Some("1"));
    let done = mail::outbox_bounced(&desk, id).await.expect("a bounce");
    assert!(!desk.record(RecordKind::Contact, dana).await.get(&contact::BOUNCED_AT).is_empty());
    assert_eq!(rows(&desk).await[0].state, OutboxState::Bounced);
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("undone");
    assert!(desk.record(RecordKind::Contact, dana).await.get(&contact::BOUNCED_AT).is_empty());
    assert!(mail::outbox_bounced(&desk, id).await.is_err(), "it came back once");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_contact_erases_its_messages_and_their_text() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    mail::mail_to(&desk, person(dana), &draft()).await.expect("a letter");
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    assert_eq!(round(&desk, 0).await.trouble.map(|t| t.reason).as_deref(), Some("not_set_up"));
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    assert_eq!(desk.number("SELECT (SELECT count(*) FROM outbox)+(SELECT count(*) FROM mailing)").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_are_put_in_one_step_or_not_at_all() {
    let desk = sample(5_000).await;
    let list = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let all = Selection::Result { result: list.result, except: Vec::new() };
    let stopped = mail::mail_outreach_send(&desk, RecordKind::Contact, &all, &draft(), None, &mut stop).await;
    assert_eq!(stopped, Err(CommandError::Cancelled));
    // What came with the sample has gone and come back.
    assert_eq!(desk.number("SELECT count(*) FROM outbox WHERE state='waiting'").await, 0);
    let preview = mail::mail_outreach_preview(&desk, RecordKind::Contact, &all, &draft(), 0).await.expect("a preview");
    let done =
        mail::mail_outreach_send(&desk, RecordKind::Contact, &all, &draft(), None, &mut go_on).await.expect("put");
    assert_eq!((done.queued, done.queued + done.left_out), (preview.recipients, list.total));
    assert!(done.queued > 1_000);
    let its = OutboxFilter { mailing: done.mailing, ..OutboxFilter::default() };
    let page = mail::outbox_list(&desk, &its, 10, 5).await.expect("a page");
    assert_eq!((page.rows.len(), page.counts[0].count), (5, done.queued));
    assert_eq!(
        mail::outbox_cancel_mailing(&desk, done.mailing.expect("a mailing")).await.expect("cancelled"),
        done.queued
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_send_sees_no_outbox_and_who_may_not_set_up_sees_no_settings() {
    let denied = |error: Option<CommandError>, permission: &str| {
        assert_eq!(error, Some(CommandError::Denied { permission: permission.into() }));
    };
    let advisor = desk().await.reopened(Some(StaffRole::Advisor)).await;
    denied(mail::mail_settings(&advisor).await.err(), "manage_settings");
    denied(mail::mail_settings_set(&advisor, &MailSettings::default(), None).await.err(), "manage_settings");
    denied(mail::mail_test(&advisor, "a@b.example").await.err(), "manage_settings");
    denied(mail::mail_template_create(&advisor, &values(&[])).await.err(), "manage_settings");
    mail::mail_status(&advisor).await.expect("advisors write to contacts");
    let viewer = advisor.reopened(Some(StaffRole::Viewer)).await;
    let id = viewer.actor().staff;
    denied(mail::mail_templates(&viewer).await.err(), "send_mail");
    denied(mail::mail_preview(&viewer, &draft(), "outreach", None).await.err(), "send_mail");
    denied(mail::mail_outreach_preview(&viewer, RecordKind::Contact, &ids(&[]), &draft(), 0).await.err(), "send_mail");
    denied(
        mail::mail_outreach_send(&viewer, RecordKind::Contact, &ids(&[]), &draft(), None, &mut go_on).await.err(),
        "send_mail",
    );
    denied(mail::mail_to(&viewer, person(id), &draft()).await.err(), "send_mail");
    denied(mail::mail_status(&viewer).await.err(), "send_mail");
    denied(mail::mail_try_now(&viewer).await.err(), "send_mail");
    denied(mail::outbox_list(&viewer, &OutboxFilter::default(), 0, 1).await.err(), "send_mail");
    denied(mail::outbox_get(&viewer, id).await.err(), "send_mail");
    denied(mail::outbox_cancel(&viewer, &[id]).await.err(), "send_mail");
    denied(mail::outbox_cancel_mailing(&viewer, id).await.err(), "send_mail");
    denied(mail::outbox_retry(&viewer, &[id]).await.err(), "send_mail");
    denied(mail::outbox_decide(&viewer, id, OutboxDecision::GiveUp).await.err(), "send_mail");
    denied(mail::outbox_ways(&viewer, id).await.err(), "send_mail");
    denied(mail::outbox_hand_over(&viewer, id, None).await.err(), "send_mail");
    denied(mail::outbox_bounced(&viewer, id).await.err(), "send_mail");
    denied(mail::mail_bounced(&viewer, person(id), true).await.err(), "edit_contacts");
}
