//! Invitations and reminders (M35, M41, M51, B8): who gets one, when, what it is like, and what is left of its link.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, stop, values};
use crate::mail::settings;
use crate::mail_server::TestServer;
use liaison_app::invitations::{InvitationStanding, InvitationsDone};
use liaison_app::lists::Selection;
use liaison_app::mail::{OutboxFilter, OutboxRow};
use liaison_app::{CommandError, Session, import, invitations, lists, mail, students, undo, users};
use liaison_domain::activation::Redeemed;
use liaison_domain::filter::ListQuery;
use liaison_domain::outbox::OutboxState;
use liaison_domain::refusal::Problem;
use liaison_domain::reminder::{Delivery, InvitationState, Sending, Withheld};
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{Id, RecordKind, StaffRole, employer_user, invitation, student, time_zone};
use liaison_mail::smtp::Security;
use mail_parser::MessageParser;

pub const HOUR: u64 = 60 * 60 * 1000;
/// Later than any clock shows that these tests run by.
pub const NOON: u64 = 4_000_000_000_000;
const PORTAL: &str = "https://careers.northfield.example";

/// A desk with a portal whose clock stands at noon.
pub async fn portal() -> TestDesk {
    let desk = desk().await;
    desk.engine().set_clock(Some(NOON));
    invitations::invitation_settings_set(&desk, PORTAL, 14).await.expect("a portal");
    desk
}

pub async fn send_through(desk: &TestDesk, server: &TestServer) {
    mail::mail_settings_set(desk, &settings(server), Some("right".into())).await.expect("settings");
}

pub async fn add(desk: &TestDesk, first: &str) -> Id {
    let email = format!("{}@campus.example", first.to_lowercase());
    let person = values(&[("first_name", first), ("last_name", "Holiday"), ("email", &email)]);
    students::student_create(desk, &person).await.expect("a student").id
}

pub async fn send(desk: &TestDesk, kind: RecordKind, who: &[Id], sending: Sending) -> InvitationsDone {
    invitations::invitations_send(desk, kind, &ids(who), sending, &mut go_on).await.expect("done")
}

pub async fn remind(desk: &TestDesk, who: &[Id]) -> InvitationsDone {
    send(desk, RecordKind::Student, who, Sending::Reminder).await
}

pub async fn standing(desk: &Session, id: Id) -> InvitationStanding {
    invitations::invitation_standing(desk, RecordKind::Student, id).await.expect("a standing")
}

pub async fn outbox(desk: &TestDesk) -> Vec<OutboxRow> {
    mail::outbox_list(desk, &OutboxFilter::default(), 0, 200).await.expect("the outbox").rows
}

/// Hands over everything that waits, which counts as sent.
pub async fn all_sent(desk: &TestDesk) {
    for row in outbox(desk).await.iter().rev().filter(|row| row.state == OutboxState::Waiting) {
        let file = desk.directory.outside().join(format!("{}.eml", row.id));
        mail::outbox_hand_over(desk, row.id, Some(&file)).await.expect("handed over");
    }
}

/// The token in the link of a message that waits.
pub async fn token(desk: &TestDesk, person: Id) -> String {
    let link = desk.database().read(|db| {
        let sql = "SELECT link FROM outbox WHERE ? IN (student,contact) AND state='waiting' ORDER BY n DESC LIMIT 1";
        db.first(sql, &[liaison_store::Sql::Blob(person.bytes())], |row| Ok(row.text(0).to_owned()))
    });
    let link = link.await.expect("read").expect("a message");
    link.strip_prefix(&format!("{PORTAL}/activate?token=")).expect("the portal's link").to_owned()
}

fn reasons(done: &InvitationsDone) -> Vec<(Withheld, u32)> {
    done.left_out.iter().map(|group| (group.reason, group.count)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_student_gets_the_welcome_message_in_the_institutions_look() {
    let (desk, mut server) = (portal().await, TestServer::start(Security::StartTls));
    send_through(&desk, &server).await;
    let noelle = add(&desk, "Noelle").await;
    assert_eq!(students::student_get(&desk, noelle).await.expect("a panel").status, student::NOT_INVITED, "it waits");
    assert_eq!(standing(&desk, noelle).await.delivery, Some(Delivery::Waiting));
    let sent_token = token(&desk, noelle).await;
    assert_eq!(sent_token.len(), 43, "256 random bits in base64url");
    assert_eq!(mail::send_due(&desk, NOON as i64).await.expect("a round").sent, 1);
    assert_eq!(students::student_get(&desk, noelle).await.expect("a panel").status, student::INACTIVE, "invited (M39)");
    let received = server.received();
    assert_eq!(received.recipients, ["noelle@campus.example"]);
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some("Welcome to Northfield University"));
    let (plain, html) = (message.body_text(0).expect("plain"), message.body_html(0).expect("HTML"));
    let link = format!("{PORTAL}/activate?token={sent_token}");
    assert!(
        plain.contains(&format!("Open this link:\r\n{link}")) || plain.contains(&format!("Open this link:\n{link}"))
    );
    assert!(html.contains("Activate Your Account") && html.contains(&link));
    let until = time_zone::written_day((NOON + 14 * 24 * HOUR) as i64, desk.zone());
    assert!(plain.contains(&format!("Your link works until {until}.")) && !plain.contains("button"), "{plain}");
    assert!(message.header_raw("List-Unsubscribe").is_none(), "no outreach");
    let now = standing(&desk, noelle).await;
    assert_eq!(
        (now.state, now.next, now.withheld),
        (InvitationState::Invited, Sending::Reminder, Some(Withheld::NotYet))
    );
    assert_eq!(
        (now.wait, now.last_at, now.delivery),
        (Some(24 * HOUR as i64), Some(NOON as i64), Some(Delivery::Sent))
    );
    assert_eq!(now.link_until, Some((NOON + 14 * 24 * HOUR) as i64));
    assert_eq!((now.total, now.reminders, now.entries[0].author.as_str()), (1, 0, "Ada Berg"));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_portal_nobody_is_invited_and_it_is_said_what_is_missing() {
    let desk = desk().await;
    let noelle = add(&desk, "Noelle").await;
    assert!(outbox(&desk).await.is_empty());
    let now = standing(&desk, noelle).await;
    assert_eq!((now.state, now.withheld, now.portal), (InvitationState::NotInvited, None, false));
    let refused =
        invitations::invitations_send(&desk, RecordKind::Student, &ids(&[noelle]), Sending::Invitation, &mut go_on)
            .await;
    assert_eq!(only_problem(refused), ("portal".into(), Problem::Required));
    for (portal, days, field, problem) in [
        ("http://careers.example", 14, "portal", Problem::NotHttps),
        ("careers", 14, "portal", Problem::NotAUrl),
        (PORTAL, 0, "invitation_days", Problem::NotBetween { least: 1, most: 90 }),
    ] {
        let refused = invitations::invitation_settings_set(&desk, portal, days).await;
        assert_eq!(only_problem(refused), (field.to_owned(), problem));
    }
    invitations::invitation_settings_set(&desk, "careers.northfield.example", 3).await.expect("a portal");
    assert_eq!(invitations::invitation_settings(&desk).await.expect("settings").portal, PORTAL);
    let done = send(&desk, RecordKind::Student, &[noelle], Sending::Invitation).await;
    assert_eq!((done.sent, done.left_out.len()), (1, 0));
    let again = send(&desk, RecordKind::Student, &[noelle], Sending::Invitation).await;
    assert_eq!((again.sent, again.operation, reasons(&again)), (0, None, vec![(Withheld::Waiting, 1)]));
    all_sent(&desk).await;
    let again = send(&desk, RecordKind::Student, &[noelle], Sending::Invitation).await;
    assert_eq!((again.sent, again.operation, reasons(&again)), (0, None, vec![(Withheld::AlreadyInvited, 1)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_goes_24_hours_after_the_last_one_whatever_the_clock_did() {
    let desk = portal().await;
    let noelle = add(&desk, "Noelle").await;
    let waits = remind(&desk, &[noelle]).await;
    assert_eq!(reasons(&waits), [(Withheld::Waiting, 1)], "the first message is still here");
    all_sent(&desk).await;
    desk.engine().set_clock(Some(NOON + 24 * HOUR - 1));
    let early = remind(&desk, &[noelle]).await;
    assert_eq!((early.sent, reasons(&early)), (0, vec![(Withheld::NotYet, 1)]));
    assert_eq!(early.left_out[0].due_at, Some((NOON + 24 * HOUR) as i64));
    assert_eq!(standing(&desk, noelle).await.wait, Some(1));
    desk.engine().set_clock(Some(NOON + 24 * HOUR));
    assert_eq!(remind(&desk, &[noelle]).await.sent, 1);
    all_sent(&desk).await;
    let now = standing(&desk, noelle).await;
    assert_eq!((now.total, now.reminders, now.wait), (2, 1, Some(24 * HOUR as i64)));

    // The clock is set back by a week: 24 hours from when that shows, not before and not a week later.
    let back = NOON + 25 * HOUR - 7 * 24 * HOUR;
    desk.engine().set_clock(Some(back));
    assert_eq!(reasons(&remind(&desk, &[noelle]).await), [(Withheld::NotYet, 1)]);
    desk.engine().set_clock(Some(back + 24 * HOUR - 1));
    assert_eq!(standing(&desk, noelle).await.wait, Some(1));
    assert_eq!(remind(&desk, &[noelle]).await.sent, 0);
    desk.engine().set_clock(Some(back + 24 * HOUR));
    assert_eq!(remind(&desk, &[noelle]).await.sent, 1);
    all_sent(&desk).await;
    // It is right again: what was sent meanwhile counts from the latest time that was known then.
    desk.engine().set_clock(Some(NOON + 26 * HOUR));
    assert_eq!(reasons(&remind(&desk, &[noelle]).await), [(Withheld::NotYet, 1)]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_are_due_are_reminded_and_the_others_are_told_apart() {
    let desk = portal().await;
    let due = [add(&desk, "Noelle").await, add(&desk, "Omar").await];
    let (active, gone) = (add(&desk, "Ada").await, add(&desk, "Gil").await);
    all_sent(&desk).await;
    let sql = "UPDATE student SET activated_at=1 WHERE first_name='Ada'";
    desk.database().write(|db| db.run(sql, &[])).await.expect("active");
    students::students_deactivate(&desk, &ids(&[gone]), &mut go_on).await.expect("deactivated");
    desk.engine().set_clock(Some(NOON + 20 * HOUR));
    let later = add(&desk, "Lena").await;
    all_sent(&desk).await;
    desk.engine().set_clock(Some(NOON + 30 * HOUR));
    let queued = add(&desk, "Queued").await;
    let sql = "UPDATE student SET email='nobody' WHERE first_name='Omar'";
    desk.database().write(|db| db.run(sql, &[])).await.expect("an address");
    let all = lists::list_open(&desk, ListQuery::all(RecordKind::Student)).await.expect("a list").result;
    let all = Selection::Result { result: all, except: Vec::new() };
    let preview =
        invitations::invitations_preview(&desk, RecordKind::Student, &all, Sending::Reminder).await.expect("a preview");
    let expected = [
        (Withheld::NotYet, 1),
        (Withheld::Activated, 1),
        (Withheld::Deactivated, 1),
        (Withheld::NoAddress, 1),
        (Withheld::Waiting, 1),
    ];
    let said: Vec<_> = preview.left_out.iter().map(|group| (group.reason, group.count)).collect();
    assert_eq!((preview.recipients, said.as_slice(), preview.mail_set_up), (1, expected.as_slice(), false));
    assert_eq!(preview.left_out[0].people[0].id, later);
    assert_eq!(preview.left_out[0].due_at, Some((NOON + 44 * HOUR) as i64), "the earliest");
    assert!(preview.first.expect("the first").to.contains("noelle@campus.example"));
    let before = desk.rows().await;
    let stopped = invitations::invitations_send(&desk, RecordKind::Student, &all, Sending::Reminder, &mut stop).await;
    assert_eq!(stopped, Err(CommandError::Cancelled));
    assert_eq!(desk.rows().await["invitation"], before["invitation"], "stopped half-way, nobody is reminded");
    let done = invitations::invitations_send(&desk, RecordKind::Student, &all, Sending::Reminder, &mut go_on)
        .await
        .expect("done");
    assert_eq!((done.sent, reasons(&done).as_slice()), (1, expected.as_slice()));
    all_sent(&desk).await;
    assert_eq!(standing(&desk, due[0]).await.reminders, 1);
    let untouched = [active, queued];
    for id in untouched {
        assert_eq!(standing(&desk, id).await.reminders, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_stops_what_waits_and_says_what_went() {
    let (desk, mut server) = (portal().await, TestServer::start(Security::StartTls));
    let noelle = add(&desk, "Noelle").await;
    all_sent(&desk).await;
    desk.engine().set_clock(Some(NOON + 25 * HOUR));
    let reminded = remind(&desk, &[noelle]).await.operation.expect("an operation");
    undo::undo(&desk, reminded, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let newest = &outbox(&desk).await[0];
    assert_eq!((newest.state, newest.reason.as_deref()), (OutboxState::Cancelled, Some("taken_back")));
    let now = standing(&desk, noelle).await;
    assert_eq!((now.total, now.reminders, now.withheld, now.last_at), (1, 0, None, Some(NOON as i64)), "as before");
    let panel = students::student_get(&desk, noelle).await.expect("a panel");
    assert_eq!(panel.values["invited_at"], liaison_domain::parse::FieldValue::Number(NOON as i64));

    let again = remind(&desk, &[noelle]).await.operation.expect("an operation");
    send_through(&desk, &server).await;
    assert_eq!(mail::send_due(&desk, (NOON + 25 * HOUR) as i64).await.expect("a round").sent, 1);
    server.received();
    for mode in [UndoMode::KeepLaterChanges, UndoMode::OverwriteLaterChanges] {
        let preview = undo::undo_preview(&desk, again).await.expect("a preview");
        assert_eq!((preview.can_undo, preview.conflicts[0].reason), (0, ConflictReason::AlreadySent));
        undo::undo(&desk, again, mode, &mut go_on).await.expect("nothing to take back");
        let now = standing(&desk, noelle).await;
        assert_eq!((now.total, now.reminders, now.withheld), (2, 1, Some(Withheld::NotYet)), "it stays in the ledger");
    }

    // Taking back a new student takes back the welcome message that waits.
    let person = values(&[("first_name", "Omar"), ("last_name", "H"), ("email", "omar@campus.example")]);
    let created = students::student_create(&desk, &person).await.expect("a student");
    let token = token(&desk, created.id).await;
    undo::undo(&desk, created.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(outbox(&desk).await[0].state, OutboxState::Cancelled);
    assert!(students::student_get(&desk, created.id).await.expect("a panel").deleted);
    assert_eq!(invitations::invitation_redeem(&desk, &token).await.expect("an answer").redeemed, Redeemed::Unknown);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_not_sent_to_who_needs_it_no_more() {
    let (desk, server) = (portal().await, TestServer::start(Security::StartTls));
    let (active, gone) = (add(&desk, "Ada").await, add(&desk, "Gil").await);
    let used = token(&desk, active).await;
    invitations::invitation_redeem(&desk, &used).await.expect("active");
    students::students_deactivate(&desk, &ids(&[gone]), &mut go_on).await.expect("deactivated");
    send_through(&desk, &server).await;
    assert_eq!(mail::send_due(&desk, NOON as i64).await.expect("a round").sent, 0);
    let mut why: Vec<_> = outbox(&desk).await.into_iter().map(|row| (row.address, row.state, row.reason)).collect();
    why.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = |address: &str, why: &str| (address.to_owned(), OutboxState::Cancelled, Some(why.to_owned()));
    assert_eq!(why, [expected("ada@campus.example", "activated"), expected("gil@campus.example", "deactivated")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_or_came_back_is_sent_again_once_the_address_is_right() {
    let desk = portal().await;
    let noelle = add(&desk, "Noelle").await;
    let mark = |state: &'static str| {
        let desk = desk.clone();
        async move {
            let sql = format!("UPDATE outbox SET state='{state}' WHERE n=(SELECT max(n) FROM outbox)");
            desk.engine().database().write(|db| db.run(&sql, &[])).await.expect("a state");
        }
    };
    mark("failed").await;
    assert_eq!(standing(&desk, noelle).await.delivery, Some(Delivery::NotSent));
    assert_eq!(reasons(&remind(&desk, &[noelle]).await), [(Withheld::NotInvited, 1)], "there is nothing to remind of");
    let invite = || send(&desk, RecordKind::Student, std::slice::from_ref(&noelle), Sending::Invitation);
    assert_eq!(invite().await.sent, 1, "nobody has read anything: no 24 hours");
    let states: Vec<_> = outbox(&desk).await.into_iter().map(|row| row.state).collect();
    assert_eq!(states, [OutboxState::Waiting, OutboxState::Cancelled], "the one that failed can't be sent, too");
    mark("bounced").await;
    assert_eq!(reasons(&invite().await), [(Withheld::Bounced, 1)]);
    let edits = [change("email", "noelle@campus.example", "n.holiday@campus.example")];
    students::student_edit(&desk, noelle, &edits).await.expect("an edit");
    assert_eq!(invite().await.sent, 1);
    assert_eq!(outbox(&desk).await[0].address, "n.holiday@campus.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_invited_and_becomes_a_user_who_is_linked() {
    let desk = portal().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let waiting = desk.arrive("Pia", "Stone", "pia@acme.example").await;
    let user = desk.add("Eli", "Stone", "eli@acme.example").await.id;
    desk.user("ELI@acme.example", "Default Access", false).await;
    let only = ids(&[dana]);
    let preview = invitations::invitations_preview(&desk, RecordKind::Contact, &only, Sending::Invitation);
    let first = preview.await.expect("a preview").first.expect("a message");
    assert_eq!(first.subject, "Invitation to the employer portal of Northfield University");
    let until = time_zone::written_day((NOON + 14 * 24 * HOUR) as i64, desk.zone());
    for words in ["Dear Dana,", "post jobs", "events and job fairs", "on-campus interviews", &until] {
        assert!(first.text.contains(words), "{words} in {}", first.text);
    }
    let all = [dana, waiting, user];
    let done = send(&desk, RecordKind::Contact, &all, Sending::Invitation).await;
    assert_eq!((done.sent, reasons(&done)), (1, vec![(Withheld::Activated, 1), (Withheld::Pending, 1)]));
    let entries = desk.live(RecordKind::Invitation).await;
    let types: Vec<&str> = entries.values().map(|entry| entry.text(&invitation::TYPE)).collect();
    assert_eq!(types, [invitation::WELCOME], "in the ledger it is an invitation like any other");
    let token = token(&desk, dana).await;
    let activated = invitations::invitation_redeem(&desk, &token).await.expect("an answer");
    assert_eq!(activated.redeemed, Redeemed::Activated);
    let account = desk.record(RecordKind::EmployerUser, activated.user.expect("a user")).await;
    assert_eq!(employer_user::log_in(&account), Ok(()), "M11");
    let detail = users::user_get(&desk, account.id).await.expect("a user");
    assert_eq!(detail.contact.map(|contact| contact.id), Some(dana), "linked by the address (M45)");
    assert_eq!(desk.standing(account.id).await, ("Default Access".into(), true));
    assert_eq!(invitations::invitation_redeem(&desk, &token).await.expect("an answer").redeemed, Redeemed::Used);
    let standing = invitations::invitation_standing(&desk, RecordKind::Contact, dana).await.expect("a standing");
    assert_eq!((standing.state, standing.withheld), (InvitationState::Activated, Some(Withheld::Activated)));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_welcomes_its_new_students_unless_told_not_to() {
    let desk = portal().await;
    add(&desk, "Noelle").await;
    let csv = "First name,Last name,E-mail\nNoelle,Holiday,noelle@campus.example\nOmar,Haddad,omar@campus.example\n";
    for (welcome, invited) in [(false, 0), (true, 1)] {
        let csv = desk.file("people.csv", csv.replace("omar", if welcome { "omar" } else { "olga" }));
        let opened = import::import_open_as(&desk, RecordKind::Student, &csv, None, &mut go_on).await.expect("a file");
        import::import_welcome(&desk, opened.session, welcome).expect("a choice");
        let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
        assert_eq!((done.created, done.invited), (1, invited));
        let operation = done.operation.expect("an operation");
        assert_eq!(undo::undo_preview(&desk, operation).await.expect("a preview").can_undo, 1);
        if welcome {
            assert_eq!(outbox(&desk).await[0].address, "omar@campus.example");
            undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
            assert_eq!(outbox(&desk).await[0].state, OutboxState::Cancelled);
        }
    }
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_a_list_like_all_others_and_keeps_its_secrets() {
    let desk = portal().await;
    let (noelle, _) = (add(&desk, "Noelle").await, add(&desk, "Omar").await);
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Invitation)).await.expect("the ledger");
    assert_eq!(opened.total, 2);
    let keys: Vec<String> = ["student", "type", "address", "sent_at"].map(str::to_owned).to_vec();
    let window = lists::list_window(&desk, opened.result, 0, 10, &keys).await.expect("rows");
    assert!(window.rows.iter().any(|row| row.cells[0].text.as_deref() == Some("Noelle Holiday")));
    let entry = desk
        .live(RecordKind::Invitation)
        .await
        .into_values()
        .find(|entry| entry.get(&invitation::STUDENT).as_reference() == Some(noelle));
    let entry = entry.expect("her invitation");
    assert_eq!(entry.text(&invitation::TOKEN_HASH).len(), 64);
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let refused =
        invitations::invitations_send(&desk, RecordKind::Student, &ids(&[noelle]), Sending::Reminder, &mut go_on).await;
    assert!(matches!(refused, Err(CommandError::Denied { permission }) if permission == "manage_users"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_are_invited_in_one_step_and_taken_back_in_one() {
    let desk = desk().await;
    let mut csv = String::from("First name,Last name,E-mail\n");
    for n in 0..1_000 {
        csv.push_str(&format!("First{n},Last{n},s{n}@campus.example\n"));
    }
    let csv = desk.file("students.csv", &csv);
    let opened = import::import_open_as(&desk, RecordKind::Student, &csv, None, &mut go_on).await.expect("a file");
    assert_eq!(
        import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").invited,
        0,
        "no portal yet"
    );
    invitations::invitation_settings_set(&desk, PORTAL, 14).await.expect("a portal");
    let list = lists::list_open(&desk, ListQuery::all(RecordKind::Student)).await.expect("a list").result;
    let all = Selection::Result { result: list, except: Vec::new() };
    let done = invitations::invitations_send(&desk, RecordKind::Student, &all, Sending::Invitation, &mut go_on)
        .await
        .expect("done");
    assert_eq!((done.sent, done.left_out.len()), (1_000, 0));
    assert_eq!(desk.number("SELECT count(DISTINCT link) FROM outbox").await, 1_000);
    let preview = undo::undo_preview(&desk, done.operation.expect("an operation")).await.expect("a preview");
    assert_eq!((preview.can_undo, preview.conflicts_total), (1_000, 0));
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("undone");
    assert_eq!(desk.number("SELECT count(*) FROM outbox WHERE state='cancelled' AND link IS NULL").await, 1_000);
    assert_eq!(desk.number("SELECT count(*) FROM student WHERE invited_at IS NOT NULL").await, 0);
    desk.assert_whole().await;
}
