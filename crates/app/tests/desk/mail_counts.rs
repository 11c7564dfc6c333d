//! What counts as sent: the same for everybody who asks, in each state a message can be in.

use crate::common::{TestDesk, change as edit, go_on, ids};
use crate::invitations::{HOUR, NOON, add, all_sent, outbox, portal, send_through, standing, token};
use crate::mail_server::TestServer;
use liaison_app::mail::OutboxDecision;
use liaison_app::{invitations, lists, mail, students, undo};
use liaison_domain::activation::Redeemed;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::outbox::OutboxState;
use liaison_domain::parse::FieldValue;
use liaison_domain::reminder::{Delivery, InvitationState, Sending, Withheld};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, email, student};
use liaison_mail::smtp::Security;
use liaison_queries::outbox::{Change, change};
use std::collections::BTreeMap;

/// Brings the newest message of each student into a state, in the ways messages get there. Who is called "gone" is
/// refused by the server, with "drop" it hangs up.
async fn reach_each_state(desk: &TestDesk, server: &TestServer, people: &BTreeMap<&str, Id>) {
    let newest = async |who: &str| {
        let rows = outbox(desk).await;
        rows.into_iter().find(|row| row.student == Some(people[who])).expect("a message").id
    };
    let file = desk.directory.outside().join("handed.eml");
    mail::outbox_hand_over(desk, newest("handed").await, Some(&file)).await.expect("handed over");
    mail::outbox_cancel(desk, &[newest("cancelled").await]).await.expect("cancelled");
    // What is to wait is out of the sender's way meanwhile.
    let aside = [newest("waiting").await, newest("moved").await];
    let later = desk.now() as i64 + 1_000;
    for id in aside {
        let waits = Change { at: desk.now() as i64, due_at: Some(later), ..Change::default() };
        let there_and_back = desk.database().write(|db| {
            change(db, id, OutboxState::Waiting, OutboxState::Sending, &waits)?;
            change(db, id, OutboxState::Sending, OutboxState::Waiting, &waits)
        });
        assert!(there_and_back.await.expect("written"));
    }
    send_through(desk, server).await;
    let done = mail::send_due(desk, desk.now() as i64).await.expect("a round");
    assert_eq!((done.sent, done.failed, done.unclear), (3, 1, 3), "{done:?}");
    mail::outbox_bounced(desk, newest("bounced").await).await.expect("marked");
    mail::outbox_decide(desk, newest("drop+sent").await, OutboxDecision::WasSent).await.expect("decided");
    mail::outbox_decide(desk, newest("drop+not").await, OutboxDecision::GiveUp).await.expect("decided");
    let (moved, at) = (newest("moved").await, desk.now() as i64);
    let begun = Change { at, ..Change::default() };
    let sending = desk.database().write(|db| change(db, moved, OutboxState::Waiting, OutboxState::Sending, &begun));
    assert!(sending.await.expect("written"));
}

/// Each student, the state their newest message gets into, and what became of it.
const EACH: [(&str, OutboxState, Delivery); 10] = [
    ("waiting", OutboxState::Waiting, Delivery::Waiting),
    ("moved", OutboxState::Sending, Delivery::Waiting),
    ("drop", OutboxState::Unclear, Delivery::Unclear),
    ("sent", OutboxState::Sent, Delivery::Sent),
    ("drop+sent", OutboxState::Sent, Delivery::Sent),
    ("handed", OutboxState::HandedOver, Delivery::Sent),
    ("gone", OutboxState::Failed, Delivery::Refused),
    ("bounced", OutboxState::Bounced, Delivery::Bounced),
    ("cancelled", OutboxState::Cancelled, Delivery::NotSent),
    ("drop+not", OutboxState::Cancelled, Delivery::NotSent),
];

async fn people(desk: &TestDesk) -> BTreeMap<&'static str, Id> {
    let mut people = BTreeMap::new();
    for (name, ..) in EACH {
        people.insert(name, add(desk, name).await);
    }
    people.insert("sent2", add(desk, "sent2").await);
    people
}

async fn found(desk: &TestDesk, status: &str) -> u32 {
    let mut query = ListQuery::all(RecordKind::Student);
    query.filter.push(Condition::is(&student::STATUS, status));
    lists::list_open(desk, query).await.expect("a list").total
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_counts_once_it_went_and_as_long_as_it_did_not_come_back() {
    let (desk, server) = (portal().await, TestServer::start(Security::StartTls));
    let people = people(&desk).await;
    reach_each_state(&desk, &server, &people).await;
    for (name, state, delivery) in EACH {
        let (id, counts) = (people[name], delivery == Delivery::Sent);
        let row = outbox(&desk).await.into_iter().find(|row| row.student == Some(id)).expect("a message");
        assert_eq!((row.state, state.counts_as_sent()), (state, counts), "{name}");

        let now = standing(&desk, id).await;
        assert_eq!(now.delivery, Some(delivery), "{name}");
        let invited = match delivery {
            Delivery::Sent => InvitationState::Invited,
            Delivery::Refused | Delivery::Bounced => InvitationState::Refused,
            _ => InvitationState::NotInvited,
        };
        let next = if counts { Sending::Reminder } else { Sending::Invitation };
        assert_eq!((now.state, now.next, now.last_at.is_some()), (invited, next, counts), "{name}");
        assert_eq!((now.link_until.is_some(), now.wait.is_some()), (counts, counts), "{name}: no 24 hours began");
        let withheld = match delivery {
            Delivery::Sent => Some(Withheld::NotYet),
            Delivery::Waiting => Some(Withheld::Waiting),
            Delivery::Unclear => Some(Withheld::Unclear),
            Delivery::Refused => Some(Withheld::Refused),
            Delivery::Bounced => Some(Withheld::Bounced),
            Delivery::NotSent => None,
        };
        assert_eq!((now.withheld, now.entries[0].delivery), (withheld, delivery), "{name}");

        let panel = students::student_get(&desk, id).await.expect("a panel");
        let status = match delivery {
            Delivery::Sent => student::INACTIVE,
            Delivery::Refused | Delivery::Bounced => student::REFUSED,
            _ => student::NOT_INVITED,
        };
        if name == "gone" {
            let entry = &now.entries[0];
            assert_eq!(entry.reason.as_deref(), Some("recipient"));
            assert!(entry.detail.as_ref().is_some_and(|detail| !detail.is_empty()), "the server's own words");
        }
        assert_eq!((panel.status.as_str(), panel.invited), (status, u32::from(counts)), "{name}");
        assert_eq!(
            matches!(panel.values.get("invited_at"), Some(FieldValue::Number(_))),
            counts,
            "{name}: Last invited"
        );
        assert_eq!(panel.invitations[0].sent_at.is_some(), counts, "{name}: the ledger");
        let emails = desk.live(RecordKind::Email).await;
        let emails = emails.values().filter(|each| each.get(&email::STUDENT).as_reference() == Some(id));
        let said: Vec<&str> = emails.map(|each| each.text(&email::DIRECTION)).collect();
        let expected: &[&str] = match delivery {
            Delivery::Sent => &[email::SENT],
            Delivery::Bounced => &[email::BOUNCED],
            _ => &[],
        };
        assert_eq!(said, expected, "{name}: the Emails tab");
    }
    let went = EACH.iter().filter(|(_, state, _)| state.counts_as_sent()).count() as u32 + 1;
    let counts = students::student_counts(&desk).await.expect("counts");
    let not_invited = EACH.len() as u32 + 1 - went - 2;
    assert_eq!((counts.inactive, counts.refused, counts.not_invited), (went, 2, not_invited));
    assert_eq!(found(&desk, student::INACTIVE).await, went);
    assert_eq!(found(&desk, student::REFUSED).await, 2, "the one refused and the one that came back");
    assert_eq!(found(&desk, student::NOT_INVITED).await, not_invited);
    let status = mail::mail_status(&desk).await.expect("a status");
    assert_eq!((status.waiting, status.unclear, status.failed), (1, 1, 1));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_did_not_go_changes_nothing_of_what_went_before() {
    let (desk, server) = (portal().await, TestServer::start(Security::StartTls));
    let people = people(&desk).await;
    let mut first = BTreeMap::new();
    for (name, id) in &people {
        first.insert(*name, token(&desk, *id).await);
    }
    all_sent(&desk).await;
    desk.engine().set_clock(Some(NOON + 24 * HOUR));
    let all: Vec<Id> = people.values().copied().collect();
    let done =
        invitations::invitations_send(&desk, RecordKind::Student, &ids(&all), Sending::Reminder, &mut go_on).await;
    assert_eq!(done.expect("reminded").sent, people.len() as u32);
    reach_each_state(&desk, &server, &people).await;
    desk.engine().set_clock(Some(NOON + 25 * HOUR));
    for (name, _, delivery) in EACH {
        let (id, counts) = (people[name], delivery == Delivery::Sent);
        let now = standing(&desk, id).await;
        let state = if delivery.is_refused() { InvitationState::Refused } else { InvitationState::Invited };
        assert_eq!((now.state, now.next), (state, Sending::Reminder), "{name}");
        assert_eq!((now.reminders, now.total), (u32::from(counts), 2), "{name}");
        let last = NOON + if counts { 24 * HOUR } else { 0 };
        assert_eq!(now.last_at, Some(last as i64), "{name}");
        let withheld = match delivery {
            Delivery::Sent => Some(Withheld::NotYet),
            Delivery::Waiting => Some(Withheld::Waiting),
            Delivery::Unclear => Some(Withheld::Unclear),
            Delivery::Refused => Some(Withheld::Refused),
            Delivery::Bounced => Some(Withheld::Bounced),
            // No new 24 hours: those since the first message are over.
            Delivery::NotSent => None,
        };
        assert_eq!(now.withheld, withheld, "{name}");
        let panel = students::student_get(&desk, id).await.expect("a panel");
        assert_eq!(panel.values["invited_at"], FieldValue::Number(last as i64), "{name}");
        // Nobody has the link of a message that did not go: the one before it opens the account.
        let redeemed = invitations::invitation_redeem(&desk, &first[name]).await.expect("an answer").redeemed;
        assert_eq!(redeemed, if counts { Redeemed::Superseded } else { Redeemed::Activated }, "{name}");
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_message_went_or_came_back_is_no_less_so_when_undone() {
    let (desk, server) = (portal().await, TestServer::start(Security::StartTls));
    let noelle = add(&desk, "Noelle").await;
    send_through(&desk, &server).await;
    assert_eq!(mail::send_due(&desk, desk.now() as i64).await.expect("a round").sent, 1);
    let newest = desk.database().read(|db| {
        let sql = "SELECT id FROM operation ORDER BY n DESC LIMIT 1";
        db.first(sql, &[], |row| Ok(Id::from_bytes(row.blob(0))))
    });
    let sent = newest.await.expect("read").flatten().expect("an operation");
    undo::undo(&desk, sent, UndoMode::OverwriteLaterChanges, &mut go_on).await.expect("undone");
    let now = standing(&desk, noelle).await;
    assert_eq!(
        (now.state, now.delivery, now.wait),
        (InvitationState::Invited, Some(Delivery::Sent), Some(24 * HOUR as i64))
    );
    assert_eq!(students::student_get(&desk, noelle).await.expect("a panel").status, student::INACTIVE);
    let bounced =
        mail::outbox_bounced(&desk, outbox(&desk).await[0].id).await.expect("marked").operation.expect("an operation");
    undo::undo(&desk, bounced, UndoMode::OverwriteLaterChanges, &mut go_on).await.expect("undone");
    let now = standing(&desk, noelle).await;
    assert_eq!((now.state, now.delivery), (InvitationState::Refused, Some(Delivery::Bounced)));
    assert_eq!(students::student_get(&desk, noelle).await.expect("a panel").status, student::REFUSED);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_refused_is_left_out_until_the_address_is_right() {
    let (desk, server) = (portal().await, TestServer::start(Security::StartTls));
    let (gone, fine) = (add(&desk, "gone").await, add(&desk, "fine").await);
    send_through(&desk, &server).await;
    mail::send_due(&desk, desk.now() as i64).await.expect("a round");
    desk.engine().set_clock(Some(NOON + 25 * HOUR));
    let preview = async |sending| {
        let preview = invitations::invitations_preview(&desk, RecordKind::Student, &ids(&[gone, fine]), sending).await;
        let preview = preview.expect("a preview");
        (preview.recipients, preview.left_out.iter().map(|group| (group.reason, group.count)).collect::<Vec<_>>())
    };
    assert_eq!(preview(Sending::Reminder).await, (1, vec![(Withheld::Refused, 1)]));
    assert_eq!(preview(Sending::Invitation).await, (0, vec![(Withheld::AlreadyInvited, 1), (Withheld::Refused, 1)]));
    let edits = [edit("email", "gone@campus.example", "right@campus.example")];
    students::student_edit(&desk, gone, &edits).await.expect("an edit");
    assert_eq!(students::student_get(&desk, gone).await.expect("a panel").status, student::NOT_INVITED);
    assert_eq!((found(&desk, student::REFUSED).await, found(&desk, student::NOT_INVITED).await), (0, 1));
    assert_eq!(preview(Sending::Invitation).await, (1, vec![(Withheld::AlreadyInvited, 1)]));
}
