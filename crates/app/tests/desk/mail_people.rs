//! Outreach and letters to students, alumni and employer users, through a real SMTP server on loopback.

use crate::common::{TestDesk, change, desk, go_on, ids, values};
use crate::mail::{round, rows, sending};
use liaison_app::CommandError;
use liaison_app::activities::{ActivityOwner, ActivityTab};
use liaison_app::lists::Selection;
use liaison_app::mail::{MailDraft, MailRecipient, OutboxFilter};
use liaison_app::staff::StaffAssignment;
use liaison_app::{activities, contacts, lists, mail, staff, students, trash, undo, users};
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::outbox::{LeftOut, OutboxState};
use liaison_domain::{Id, OperationKind, RecordKind, StaffRole, contact, email, student};
use mail_parser::MessageParser;

fn draft() -> MailDraft {
    MailDraft {
        subject: "The fair of {{institution}}".into(),
        text: "Dear {{first_name}},\n\n{{major|your field}} is asked for at {{employer|many employers}}.".into(),
    }
}

async fn add(desk: &TestDesk, first: &str, email: &str, major: &str) -> Id {
    let person = [("first_name", first), ("last_name", "Moss"), ("email", email), ("major", major)];
    students::student_create(desk, &values(&person)).await.expect("a student").id
}

fn to(kind: RecordKind, id: Id) -> MailRecipient {
    MailRecipient { kind, id }
}

async fn letters(desk: &TestDesk, kind: RecordKind, id: Id) -> Vec<String> {
    let owner = ActivityOwner { kind, id };
    let page = activities::activity_list(desk, owner, ActivityTab::Emails, None, 50).await.expect("a tab");
    assert_eq!(activities::activity_counts(desk, owner).await.expect("counts").emails, page.total);
    page.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn students_get_outreach_as_contacts_do_and_it_stands_on_their_page() {
    let (desk, mut server) = sending().await;
    let kim = add(&desk, "Kim", "kim@campus.example", "Biology").await;
    let silent = add(&desk, "Sue", "sue@campus.example", "").await;
    let left = add(&desk, "Lev", "lev@campus.example", "").await;
    let bounced = add(&desk, "Bo", "bo@campus.example", "").await;
    let noor = add(&desk, "Noor", "noor@campus.example", "").await;
    students::student_edit(&desk, silent, &[change("do_not_email", "", "yes")]).await.expect("Do not email");
    students::students_deactivate(&desk, &ids(&[left]), &mut go_on).await.expect("deactivated");
    mail::mail_bounced(&desk, to(RecordKind::Student, bounced), true).await.expect("bounced");

    let all = lists::list_open(&desk, ListQuery::all(RecordKind::Student)).await.expect("All Users");
    let all = Selection::Result { result: all.result, except: Vec::new() };
    let preview = mail::mail_outreach_preview(&desk, RecordKind::Student, &all, &draft(), 0).await.expect("a preview");
    assert_eq!(preview.recipients, 2);
    let reasons: Vec<_> = preview.left_out.iter().map(|out| (out.reason, out.people[0].name.as_str())).collect();
    let expected =
        [(LeftOut::DoNotEmail, "Sue Moss"), (LeftOut::Deactivated, "Lev Moss"), (LeftOut::Bounced, "Bo Moss")];
    assert_eq!(reasons, expected);
    assert!(preview.empty_places.is_empty(), "what stands behind the bar stands there");
    let shown = preview.shown.expect("the first message");
    assert_eq!(shown.to, "Kim Moss <kim@campus.example>");

    let done =
        mail::mail_outreach_send(&desk, RecordKind::Student, &all, &draft(), None, &mut go_on).await.expect("put");
    assert_eq!((done.queued, done.left_out), (2, 3));
    let waiting = OutboxFilter { to: Some(to(RecordKind::Student, kim)), ..OutboxFilter::default() };
    let waiting = mail::outbox_list(&desk, &waiting, 0, 5).await.expect("rows").rows;
    assert_eq!(waiting.iter().map(|row| (row.student, row.contact)).collect::<Vec<_>>(), [(Some(kim), None)]);
    // What is decided while a message waits counts, too.
    students::student_edit(&desk, noor, &[change("do_not_email", "", "yes")]).await.expect("Do not email");
    let sent = round(&desk, 0).await;
    assert_eq!((sent.sent, sent.failed), (1, 1));
    let stopped = rows(&desk).await.into_iter().find(|row| row.student == Some(noor)).expect("her message");
    assert_eq!((stopped.state, stopped.reason.as_deref()), (OutboxState::Cancelled, Some("do_not_email")));

    let received = server.received();
    assert_eq!(received.recipients, ["kim@campus.example"]);
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    let plain = message.body_text(0).expect("plain").replace("\r\n", "\n");
    assert_eq!(plain, shown.text, "the preview showed what was sent");
    assert!(plain.starts_with("Dear Kim,\n\nBiology is asked for at many employers.\n"));
    let unsubscribe = message.header_raw("List-Unsubscribe").map(str::trim);
    assert_eq!(unsubscribe, Some("<mailto:careers@northfield.example?subject=Unsubscribe>"));
    assert!(message.body_html(0).expect("HTML").contains("Unsubscribe"));

    assert_eq!(letters(&desk, RecordKind::Student, kim).await, ["The fair of Northfield University"]);
    assert!(letters(&desk, RecordKind::Student, noor).await.is_empty());
    let record = desk.live(RecordKind::Email).await.into_values().next().expect("an e-mail");
    assert_eq!(record.get(&email::STUDENT).as_reference(), Some(kim));
    assert!(record.get(&email::CONTACT).is_empty());

    // A letter of one person to another, a message that came back, and the trash.
    mail::mail_to(&desk, to(RecordKind::Student, silent), &draft()).await.expect("a letter");
    assert_eq!(round(&desk, 0).await.sent, 1);
    let bytes = server.received().bytes();
    let letter = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(letter.header_raw("List-Unsubscribe"), None);
    let sent = rows(&desk).await.into_iter().find(|row| row.student == Some(kim)).expect("her message");
    let came_back = mail::outbox_bounced(&desk, sent.id).await.expect("came back").operation.expect("an operation");
    assert_eq!(desk.operation_kind(came_back).await, OperationKind::RecordsEdit);
    assert!(!desk.record(RecordKind::Student, kim).await.get(&student::BOUNCED_AT).is_empty());
    let again =
        mail::mail_outreach_preview(&desk, RecordKind::Student, &ids(&[kim]), &draft(), 0).await.expect("a preview");
    assert_eq!((again.recipients, again.left_out[0].reason), (0, LeftOut::Bounced));
    let preview = trash::delete_preview(&desk, RecordKind::Student, &ids(&[kim])).await.expect("a preview");
    assert_eq!((preview.records, preview.along.len()), (1, 1), "her e-mail goes along");
    let deleted = trash::delete(&desk, RecordKind::Student, &ids(&[kim]), &mut go_on).await.expect("deleted");
    assert_eq!(desk.live(RecordKind::Email).await.len(), 1);
    assert_eq!(
        trash::trash_list(&desk, RecordKind::Email, 0, 5).await.expect("the trash").total,
        0,
        "it lies there with her"
    );
    undo::undo(&desk, deleted.operation.expect("one"), liaison_domain::undo::UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("back");
    assert_eq!(letters(&desk, RecordKind::Student, kim).await.len(), 1);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caseload_and_a_group_are_written_to_alone() {
    let (desk, mut server) = sending().await;
    let mine = add(&desk, "Kim", "kim@campus.example", "").await;
    add(&desk, "Noor", "noor@campus.example", "").await;
    let me = desk.actor().staff;
    students::students_assign(&desk, &ids(&[mine]), Some(me), &mut go_on).await.expect("assigned");
    let mut caseload = ListQuery::all(RecordKind::Student);
    caseload.filter = vec![Condition::is(&student::ASSIGNED_TO, &me.to_string())];
    let caseload = lists::list_open(&desk, caseload).await.expect("My caseload");
    let caseload = Selection::Result { result: caseload.result, except: Vec::new() };
    let done =
        mail::mail_outreach_send(&desk, RecordKind::Student, &caseload, &draft(), None, &mut go_on).await.expect("put");
    assert_eq!(done.queued, 1);
    assert_eq!(round(&desk, 0).await.sent, 1);
    assert_eq!(server.received().recipients, ["kim@campus.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn employer_users_are_written_to_as_their_contact_and_private_ones_never() {
    let (desk, mut server) = sending().await;
    let employer = desk.add_employer("Acme").await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let open = desk.user("dana@acme.example", "Default Access", true).await;
    let private = desk.user("nobody@acme.example", "Default Access", true).await;
    let silent = desk.add("Sue", "Silent", "sue@acme.example").await.id;
    contacts::contact_edit(&desk, silent, &[change("a1000", "", "yes")]).await.expect("Do not email");
    let silent_user = desk.user("sue@acme.example", "Default Access", true).await;
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::EmployerUser, open)?;
        let change = located.record.change(&liaison_domain::employer_user::EMPLOYER, employer);
        recorder.update(RecordKind::EmployerUser, located.n, open, change.as_slice())
    })
    .await;
    let everybody = ids(&[open, private, silent_user]);
    let preview =
        mail::mail_outreach_preview(&desk, RecordKind::EmployerUser, &everybody, &draft(), 0).await.expect("a preview");
    assert_eq!(preview.recipients, 1);
    let out: Vec<_> = preview.left_out.iter().map(|out| (out.reason, out.count, out.people.len())).collect();
    assert_eq!(out, [(LeftOut::DoNotEmail, 1, 1), (LeftOut::Private, 1, 0)], "who is private has no name here either");
    let done = mail::mail_outreach_send(&desk, RecordKind::EmployerUser, &everybody, &draft(), None, &mut go_on)
        .await
        .expect("put");
    assert_eq!((done.queued, done.left_out), (1, 2));
    let row = rows(&desk).await.remove(0);
    assert_eq!((row.employer_user, row.contact), (Some(open), Some(dana)));
    assert_eq!(round(&desk, 0).await.sent, 1);
    let received = server.received();
    assert_eq!(received.recipients, ["dana@acme.example"]);
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert!(message.body_text(0).expect("plain").contains("asked for at Acme."));
    assert_eq!(letters(&desk, RecordKind::Contact, dana).await, ["The fair of Northfield University"]);

    let refused = mail::mail_to(&desk, to(RecordKind::EmployerUser, private), &draft()).await;
    assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    let refused = mail::mail_preview(&desk, &draft(), "personal", Some(to(RecordKind::EmployerUser, private))).await;
    assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    // Who becomes somebody's private note is private from then on, for everybody else.
    desk.set(dana, "visibility", contact::CAREER_ADVISORS, contact::MYSELF).await;
    let other = [("first_name", "Eli"), ("last_name", "Moss"), ("email", "eli@northfield.example")];
    let advisor = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    let other = staff::staff_create(&desk, &values(&other), advisor).await.expect("a colleague").id;
    let other = desk.for_person(other).await.expect("their desk");
    let refused = mail::mail_to(&other, to(RecordKind::EmployerUser, open), &draft()).await;
    assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    desk.assert_whole().await;
    // With the account goes what waits for it.
    mail::mail_to(&desk, to(RecordKind::EmployerUser, open), &draft()).await.expect("a letter");
    users::users_erase(&desk, &ids(&[open]), &mut go_on).await.expect("deleted");
    assert!(rows(&desk).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_be_written_to() {
    let desk = desk().await;
    let employer = desk.add_employer("Acme").await;
    let preview = mail::mail_outreach_preview(&desk, RecordKind::Employer, &ids(&[employer]), &draft(), 0).await;
    assert!(matches!(preview, Err(CommandError::NotFound { .. })));
    let put =
        mail::mail_outreach_send(&desk, RecordKind::Employer, &ids(&[employer]), &draft(), None, &mut go_on).await;
    assert!(matches!(put, Err(CommandError::NotFound { .. })));
    let letter = mail::mail_to(&desk, to(RecordKind::Employer, employer), &draft()).await;
    assert!(matches!(letter, Err(CommandError::NotFound { .. })));
    let marked = mail::mail_bounced(&desk, to(RecordKind::Employer, employer), true).await;
    assert!(matches!(marked, Err(CommandError::NotFound { .. })));
}
