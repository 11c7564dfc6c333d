//! The link in the desks' outreach by which people stop it, and mail that comes back.

use crate::site::{Site, outreach, sends, values};
use liaison_app::history::{self, HistoryPage, HistoryQuery};
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::mail::{self, MailDraft, OutboxFilter};
use liaison_app::{contacts, students, undo};
use liaison_domain::outbox::OutboxState;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, OperationKind, RecordKind, contact, email, student};
use std::io::Write as _;
use std::process::{Command, Stdio};

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

async fn contact(site: &Site, first: &str, address: &str) -> Id {
    let person = values(&[("first_name", first), ("last_name", "Reyes"), ("email", address)]);
    contacts::contact_create(&site.desk, &person).await.expect("a contact").id
}

async fn is_silent(site: &Site, id: Id) -> bool {
    site.at_desk(RecordKind::Contact).await;
    contacts::contact_get(&site.desk, id).await.expect("a profile").do_not_email
}

async fn steps(site: &Site) -> HistoryPage {
    let query = HistoryQuery { limit: 100, ..HistoryQuery::default() };
    history::history_list(&site.desk, &query).await.expect("the history")
}

/// The newest step of a kind: its id, who took it, and of how many people it is.
async fn newest(site: &Site, kind: OperationKind) -> (Id, String, u32) {
    let row = steps(site).await.rows.into_iter().find(|row| row.kind == Some(kind)).expect("such a step");
    (row.id, row.actor, row.count)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_stops_outreach_and_looking_at_the_link_changes_nothing() {
    let site = Site::start().await;
    sends(&site).await;
    let dana = contact(&site, "Dana", "dana@acme.example").await;
    let (link, headers) = outreach(&site, RecordKind::Contact, dana).await;
    assert!(link.starts_with(&format!("{}/unsubscribe?t=", site.origin)), "{link}");
    assert!(headers.contains(&format!("List-Unsubscribe: <{link}>")), "{headers}");
    assert!(headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{headers}");

    for _ in 0..5 {
        site.browser().send("HEAD", &link, None, &[]).await;
        let page = site.browser().open(&link).await;
        assert_eq!((page.status, page.heading().as_str()), (200, "Stop these emails?"));
        assert!(page.body.contains("d…@acme.example") && !page.body.contains("dana@"), "{}", page.body);
    }
    assert!(!is_silent(&site, dana).await);

    // Somebody else writes to her meanwhile; that waits.
    let draft = MailDraft { subject: "News".into(), text: "Hello".into() };
    let both = Selection::Ids { ids: vec![dana] };
    let later = site.desk.now() as i64 + 3_600_000;
    mail::mail_outreach_send(&site.desk, RecordKind::Contact, &both, &draft, Some(later), &mut unwatched)
        .await
        .expect("put");

    // A mail program sends the form: no cookie, no word of where it is from, no page that leads on.
    for body in [ONE_CLICK, ONE_CLICK, ""] {
        let page = site.browser().send("POST", &link, Some(body.into()), &[]).await;
        assert_eq!((page.status, page.location()), (200, ""), "{}", page.body);
        assert!(page.headers.get("set-cookie").is_none());
    }
    assert!(is_silent(&site, dana).await);
    let (_, actor, count) = newest(&site, OperationKind::PortalUnsubscribe).await;
    assert_eq!((actor.as_str(), count), ("Dana Reyes", 1));
    let all = steps(&site).await;
    let stops = all.rows.iter().filter(|row| row.kind == Some(OperationKind::PortalUnsubscribe)).count();
    assert_eq!(stops, 1, "asked once more, it is as it was");
    // What waited for her is not sent any more.
    mail::send_due(&site.desk, later).await.expect("a round");
    let rows = mail::outbox_list(&site.desk, &OutboxFilter::default(), 0, 10).await.expect("the outbox").rows;
    assert_eq!((rows[0].state, rows[0].reason.as_deref()), (OutboxState::Cancelled, Some("do_not_email")));

    // Another site can't ask for messages again; the page itself can.
    let again = Some("again=1".to_owned());
    site.browser().send("POST", &link, again.clone(), &[("origin", "https://evil.example")]).await;
    assert!(is_silent(&site, dana).await);
    let path = link.strip_prefix(&site.origin).expect("a path");
    let page = site.browser().post(path, &[("again", "1")]).await;
    assert_eq!(page.heading(), "You’ll get these emails again");
    assert!(!is_silent(&site, dana).await);

    // Staff undo what somebody did by mistake.
    site.browser().send("POST", &link, Some(ONE_CLICK.into()), &[]).await;
    assert!(is_silent(&site, dana).await);
    let (step, ..) = newest(&site, OperationKind::PortalUnsubscribe).await;
    undo::undo(&site.desk, step, UndoMode::OverwriteLaterChanges, &mut unwatched).await.expect("undone");
    assert!(!is_silent(&site, dana).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn students_stop_outreach_as_mail_programs_ask_and_forged_links_stop_nothing() {
    let site = Site::start().await;
    sends(&site).await;
    let person = values(&[("first_name", "Lena"), ("last_name", "Ortiz"), ("email", "lena@campus.example")]);
    let lena = students::student_create(&site.desk, &person).await.expect("a student").id;
    mail::send_due(&site.desk, site.desk.now() as i64).await.expect("a round");
    site.letter();
    let (link, _) = outreach(&site, RecordKind::Student, lena).await;
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    let page = site.browser().send("POST", &link, Some(multipart.into()), &kind).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let known = site.with(RecordKind::Student, &student::EMAIL, "lena@campus.example").await.expect("a student");
    assert!(known.get(&student::DO_NOT_EMAIL).as_flag());

    let dana = contact(&site, "Dana", "dana@acme.example").await;
    let (link, _) = outreach(&site, RecordKind::Contact, dana).await;
    assert_eq!(site.browser().send("POST", &link, Some(ONE_CLICK.into()), &[]).await.status, 200);
    assert!(is_silent(&site, dana).await);

    // A link that nobody sent, or that was changed, stops nothing.
    let forged = format!("{}A", &link[..link.len() - 1]);
    let forged = if forged == link { format!("{}B", &link[..link.len() - 1]) } else { forged };
    for wrong in [forged.as_str(), "/unsubscribe", "/unsubscribe?t=x"] {
        for method in ["GET", "POST"] {
            let body = (method == "POST").then(|| ONE_CLICK.to_owned());
            assert_eq!(site.browser().send(method, wrong, body, &[]).await.status, 404, "{method} {wrong}");
        }
    }
}

/// What the hub's program says of a report on its standard input.
fn report(site: &Site, report: &str) -> String {
    let mut hub = Command::new(env!("CARGO_BIN_EXE_liaison-hub"))
        .args(["--database", &site.cluster.url(), "bounce"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the hub");
    hub.stdin.take().expect("its input").write_all(report.as_bytes()).expect("written");
    let done = hub.wait_with_output().expect("it ends");
    assert!(done.status.success());
    String::from_utf8(done.stdout).expect("text")
}

fn delivery_report(returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; omar@acme.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\n{returned}\r\n--b--\r\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_back_is_noted_on_whom_it_went_to_and_on_nobody_else() {
    let site = Site::start().await;
    sends(&site).await;
    let dana = contact(&site, "Dana", "dana@acme.example").await;
    contact(&site, "Omar", "omar@acme.example").await;
    let (_, headers) = outreach(&site, RecordKind::Contact, dana).await;
    site.at_desk(RecordKind::Contact).await;

    // It names Omar; what it returns went to Dana.
    let said = report(&site, &delivery_report(&format!("{headers}\r\n\r\nHello")));
    assert!(said.contains(": noted"), "{said}");
    let bounced = async |address: &str| {
        let person = site.with(RecordKind::Contact, &contact::EMAIL, address).await.expect("a contact");
        !person.get(&contact::BOUNCED_AT).is_empty()
    };
    assert_eq!((bounced("dana@acme.example").await, bounced("omar@acme.example").await), (true, false));
    let sent = site.at_desk(RecordKind::Email).await;
    let sent = sent.iter().find(|sent| sent.get(&email::CONTACT).as_reference() == Some(dana)).expect("the email");
    assert_eq!(sent.text(&email::DIRECTION), email::BOUNCED);
    // A message that is not ours, and none at all, say nothing of anybody.
    let foreign = "Message-ID: <01900000-0000-7000-8000-000000000001@acme.example>\r\nSubject: Hello\r\n\r\nHello";
    assert!(report(&site, &delivery_report(foreign)).contains("no message of this hub"));
    assert!(report(&site, "Subject: Out of office\r\n\r\nBack soon").contains("no report"));
    assert!(!bounced("omar@acme.example").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_server_refuses_is_noted_by_desk_and_hub() {
    let site = Site::start().await;
    sends(&site).await;
    for (first, address) in [("Gone", "gone@acme.example"), ("Later", "later@acme.example")] {
        contact(&site, first, address).await;
    }
    site.at_desk(RecordKind::Contact).await;
    let noted = async |address: &str| {
        let look = async {
            loop {
                let person = site.with(RecordKind::Contact, &contact::EMAIL, address).await.expect("a contact");
                if !person.get(&contact::BOUNCED_AT).is_empty() {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), look).await.expect("it is noted");
    };
    // The hub: somebody signs up with the address.
    let fields: Vec<_> = crate::sign_up::DANA
        .iter()
        .map(|(name, value)| (*name, if *name == "email" { "gone@acme.example" } else { *value }))
        .collect();
    assert_eq!(site.browser().post("/hire/sign-up", &fields).await.status, 303);
    noted("gone@acme.example").await;

    // The desk: one is no address any more, the other is put off.
    let other = contact(&site, "Other", "gone+other@acme.example").await;
    let later = site.with(RecordKind::Contact, &contact::EMAIL, "later@acme.example").await.expect("a contact").id;
    let draft = MailDraft { subject: "News".into(), text: "Hello".into() };
    let both = Selection::Ids { ids: vec![other, later] };
    mail::mail_outreach_send(&site.desk, RecordKind::Contact, &both, &draft, None, &mut unwatched).await.expect("put");
    let done = mail::send_due(&site.desk, site.desk.now() as i64).await.expect("a round");
    assert_eq!((done.failed, done.later), (1, 1));
    noted("gone+other@acme.example").await;
    let later = site.with(RecordKind::Contact, &contact::EMAIL, "later@acme.example").await.expect("a contact");
    assert!(later.get(&contact::BOUNCED_AT).is_empty());
    // The hub took what the desk wrote.
    assert_eq!(liaison_app::sync::sync_status(&site.desk).await.expect("a status").refused, 0);
}
