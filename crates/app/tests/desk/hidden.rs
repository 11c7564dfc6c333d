//! Contacts of others that are visible to "Myself" (M25): nothing tells a colleague of them, whatever is asked.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, text, values};
use liaison_app::activities::{ActivityOwner, ActivityTab, NamedPerson};
use liaison_app::entries;
use liaison_app::history::HistoryQuery;
use liaison_app::import::{ImportFilter, ImportProblem};
use liaison_app::mail::{MailDraft, MailRecipient, OutboxFilter};
use liaison_app::person_left::{JobMove, MoveTo};
use liaison_app::staff::StaffAssignment;
use liaison_app::{
    CommandError, Session, activities, contacts, employers, employments, history, import, lists, mail, notes,
    person_left, records, staff, staff_roles, trash, undo, users,
};
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, Permission, RecordKind, StaffRole, contact};
use std::collections::HashMap;
use std::fmt::Debug;

/// A desk of Ada's, and Bob's, who may do everything but see what others keep to themselves.
async fn two_desks() -> (TestDesk, Session) {
    let desk = desk().await;
    let mut role = values(&[("name", "Nearly everything")]);
    let keys = Permission::ALL.into_iter().filter(|permission| *permission != Permission::SeePrivate);
    role.insert("permissions".into(), FieldValue::List(keys.map(|permission| permission.key().to_owned()).collect()));
    let role = staff_roles::staff_role_create(&desk, &role).await.expect("a role").id;
    let person = values(&[("first_name", "Bob"), ("last_name", "Moss"), ("email", "bob@northfield.example")]);
    let bob = staff::staff_create(&desk, &person, StaffAssignment::Own { role }).await.expect("staff").id;
    let theirs = desk.for_person(bob).await.expect("Bob's desk");
    (desk, theirs)
}

async fn record(desk: &TestDesk, kind: RecordKind, given: &[(&str, &str)]) -> Id {
    entries::record_create(desk, kind, &values(given)).await.expect("a record").id
}

struct Hidden {
    contact: Id,
    employer: Id,
    event: Id,
    meeting: Id,
    about: Vec<(RecordKind, Id)>,
}

/// Ada's own contact, with all that can be about one; each text of it says "zeppelin".
async fn hide(desk: &TestDesk, bob: Id) -> Hidden {
    let employer = desk.add_employer("Acme").await;
    let at = employer.to_string();
    let who = values(&[
        ("first_name", "Zeppelina"),
        ("last_name", "Quimby"),
        ("email", "zeppelin@quimby.example"),
        ("employer", &at),
        ("visibility", contact::MYSELF),
    ]);
    let contact = contacts::contact_create(desk, &who).await.expect("a contact").id;
    let of = contact.to_string();
    employments::contact_toggle_primary(desk, contact).await.expect("primary");
    let note = notes::note_add(desk, contact, "Flies a zeppelin").await.expect("a note").id;
    let bob = bob.to_string();
    let today = desk.today().to_string();
    let task = [("contact", of.as_str()), ("title", "Oil the zeppelin"), ("assignee", &bob), ("due_on", &today)];
    let task = record(desk, RecordKind::Task, &task).await;
    let soon = (desk.now() + 60_000).to_string();
    let own = [("contact", of.as_str()), ("title", "Zeppelin tour"), ("starts_at", &soon), ("organizer", &bob)];
    let own = record(desk, RecordKind::Meeting, &own).await;
    let mail = record(desk, RecordKind::Email, &[("contact", &of), ("subject", "Zeppelin")]).await;
    let other = desk.add("Cleo", "Ray", "cleo@x.example").await.id.to_string();
    let meeting =
        record(desk, RecordKind::Meeting, &[("contact", &other), ("title", "Lunch"), ("starts_at", &soon)]).await;
    let event = [("title", "Fair"), ("starts_at", &soon), ("contact", &of), ("employer", &at)];
    let event = record(desk, RecordKind::Event, &event).await;
    let mut about = vec![(RecordKind::Note, note), (RecordKind::Task, task), (RecordKind::Meeting, own)];
    about.push((RecordKind::Email, mail));
    for (place, id, part) in [("meeting", meeting, "attendee"), ("event", event, "registered")] {
        let part = [("contact", of.as_str()), ("part", part), (place, &id.to_string())];
        about.push((RecordKind::Participation, record(desk, RecordKind::Participation, &part).await));
    }
    let learned = [("title", "Internship"), ("supervisor", of.as_str()), ("employer", &at), ("student", "Lena Ortiz")];
    record(desk, RecordKind::Experience, &learned).await;
    Hidden { contact, employer, event, meeting, about }
}

/// Fails where an answer tells of the contact.
fn silent(what: &str, answer: impl Debug) {
    let told = format!("{answer:?}").to_lowercase();
    assert!(!told.contains("zeppelin"), "{what} tells: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_pages_my_day_and_history_are_silent() {
    let (desk, theirs) = two_desks().await;
    let Hidden { contact, employer, event, meeting, about } = hide(&desk, theirs.actor().staff).await;
    let all = [RecordKind::Contact, RecordKind::Employer, RecordKind::Event, RecordKind::Experience];
    for kind in about.iter().map(|(kind, _)| *kind).chain(all) {
        let query = ListQuery { sort: Vec::new(), ..ListQuery::all(kind) };
        let columns: Vec<String> = kind.fields().iter().skip(1).map(|field| field.key.to_owned()).collect();
        let opened = lists::list_open(&theirs, query.clone()).await.expect("a list");
        let window = lists::list_window(&theirs, opened.result, 0, 200, &columns).await.expect("rows");
        assert_eq!(window.rows.len(), opened.total as usize);
        silent(kind.key(), window);
        let mine = lists::list_count(&desk, query).await.expect("a count");
        let is_about = kind == RecordKind::Contact || about.iter().any(|(other, _)| *other == kind);
        assert_eq!(mine > opened.total, is_about, "{kind:?}: the owner sees more");
    }
    for (kind, id) in about.iter().copied().chain([(RecordKind::Contact, contact)]) {
        let not_there = CommandError::not_found(kind.key());
        assert_eq!(records::record_get(&theirs, kind, id).await.err(), Some(not_there.clone()));
        assert_eq!(history::audit_log(&theirs, kind, id).await.err(), Some(not_there.clone()), "{kind:?}");
        assert!(history::audit_log(&desk, kind, id).await.is_ok());
    }
    silent("the event", records::record_get(&theirs, RecordKind::Event, event).await.expect("an event"));
    silent("the employer", employers::employer_get(&theirs, employer).await.expect("an employer"));
    let owner = ActivityOwner { kind: RecordKind::Employer, id: employer };
    for tab in [ActivityTab::Events, ActivityTab::Experiences] {
        let page = activities::activity_list(&theirs, owner, tab, None, 50).await.expect("a page");
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].participants, 0);
        silent("a tab", page);
    }
    assert_eq!(activities::participants_list(&theirs, RecordKind::Event, event).await.expect("participants"), []);
    let day = activities::my_day(&theirs).await.expect("a day");
    assert!(day.today.is_empty() && day.meetings.is_empty(), "tasks about somebody one doesn't see: {day:?}");
    let mut calendar = Vec::new();
    activities::meeting_calendar(&theirs, meeting, &mut calendar).await.expect("a file");
    silent("the calendar", String::from_utf8(calendar).expect("text"));

    desk.set(contact, "title", "", "Zeppelin pilot").await;
    let query = HistoryQuery { limit: 200, ..HistoryQuery::default() };
    let page = history::history_list(&theirs, &query).await.expect("a history");
    assert!(page.rows.len() > 8);
    for operation in &page.rows {
        silent("a step", history::history_changes(&theirs, operation.id, 0, 50).await.expect("changes"));
        silent("taking it back", undo::undo_preview(&theirs, operation.id).await);
    }
    silent("the history", page);
    assert!(format!("{:?}", history::history_list(&desk, &query).await).contains("Zeppelin"), "its owner reads it");
}

/// The outbox is the computer's, whoever is at it: a colleague sees that a message waits, and not to whom.
#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_tells_neither_to_whom_nor_what() {
    let (desk, theirs) = two_desks().await;
    let Hidden { contact, .. } = hide(&desk, theirs.actor().staff).await;
    let to = MailRecipient { kind: RecordKind::Contact, id: contact };
    let draft = MailDraft { subject: "Zeppelins".into(), text: "Dear zeppelin pilot".into() };
    mail::mail_to(&desk, to, &draft).await.expect("written");
    let all = OutboxFilter::default();
    let [own] = <[_; 1]>::try_from(mail::outbox_list(&desk, &all, 0, 9).await.expect("a page").rows).expect("one");
    assert!(!own.withheld && own.name.contains("Zeppelina"), "{own:?}");

    let page = mail::outbox_list(&theirs, &all, 0, 9).await.expect("a page");
    assert!(page.rows.len() == 1 && page.rows[0].withheld && page.rows[0].contact.is_none());
    silent("the outbox", &page);
    let message = mail::outbox_get(&theirs, own.id).await.expect("a message");
    assert!(message.row.withheld);
    silent("the message", message);
    let about = OutboxFilter { to: Some(to), ..all };
    assert_eq!(mail::outbox_list(&theirs, &about, 0, 9).await.err(), Some(CommandError::not_found("contact")));
    let not_there = Some(CommandError::not_found("message in the outbox"));
    assert_eq!(mail::outbox_ways(&theirs, own.id).await.err(), not_there);
    assert_eq!(mail::outbox_hand_over(&theirs, own.id, None).await.err(), not_there);
    assert_eq!(mail::outbox_bounced(&theirs, own.id).await.err(), not_there);
    assert_eq!(mail::outbox_cancel(&theirs, &[own.id]).await, Ok(1), "it can still be stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trash_counts_and_shows_only_what_one_sees() {
    let (desk, theirs) = two_desks().await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    let hidden = desk.add("Zeppelina", "Lee", "z@x.example").await.id;
    desk.set(hidden, "visibility", contact::CAREER_ADVISORS, contact::MYSELF).await;
    for (of, note) in [(ann, "Plain"), (hidden, "Zeppelin")] {
        let note = notes::note_add(&desk, of, note).await.expect("a note").id;
        notes::note_delete(&desk, note).await.expect("deleted");
    }
    // Later than the notes: what is deleted with its contact, in the same moment, is not listed for itself.
    desk.engine().set_clock(Some(desk.now() + 1000));
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann, hidden]), &mut go_on).await.expect("deleted");
    let counts = async |desk: &Session| {
        let counts = trash::trash_counts(desk).await.expect("counts");
        counts.into_iter().map(|count| (count.kind, count.count)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&desk).await, [(RecordKind::Contact, 2), (RecordKind::Note, 2)]);
    assert_eq!(counts(&theirs).await, [(RecordKind::Contact, 1), (RecordKind::Note, 1)]);
    for kind in [RecordKind::Contact, RecordKind::Note] {
        let page = trash::trash_list(&theirs, kind, 0, 50).await.expect("a page");
        assert_eq!((page.total, page.rows.len()), (1, 1));
        silent("the trash", page);
        assert_eq!(trash::trash_list(&theirs, kind, 1, 50).await.expect("the next page").rows, []);
    }
    let restored = trash::restore(&theirs, RecordKind::Contact, &[hidden]).await;
    assert_eq!(restored, Err(CommandError::not_found("contact")));
    assert!(trash::restore(&theirs, RecordKind::Contact, &[ann]).await.is_ok());
    assert!(trash::restore(&desk, RecordKind::Contact, &[hidden]).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_taken_does_not_say_by_whom() {
    let (desk, theirs) = two_desks().await;
    hide(&desk, theirs.actor().staff).await;
    let address = "zeppelin@quimby.example";
    let nameless = ("email".to_owned(), Problem::InUse { by: String::new() });
    let twin = values(&[("first_name", "Ann"), ("last_name", "Lee"), ("email", address)]);
    assert_eq!(only_problem(contacts::contact_create(&theirs, &twin).await), nameless);
    let told = only_problem(contacts::contact_create(&desk, &twin).await);
    assert_eq!(told, ("email".into(), Problem::InUse { by: "Zeppelina Quimby".into() }));
    let cleo = desk.add("Cleo", "Oak", "cleo@oak.example").await.id;
    let edit = contacts::contact_edit(&theirs, cleo, &[change("email", "cleo@oak.example", address)]).await;
    assert_eq!(only_problem(edit), nameless);
    let named = NamedPerson { place: "supervisor".into(), contact: None, person: twin };
    let learned = values(&[("title", "Internship"), ("student", "Lena Ortiz")]);
    let named = activities::activity_create(&theirs, RecordKind::Experience, &learned, &[named]).await;
    assert_eq!(only_problem(named), nameless);

    let path = desk.file("people.csv", format!("First name,Last name,E-mail\nAnn,Lee,{address}\n"));
    let opened = import::import_open(&theirs, &path, None, &mut go_on).await.expect("a file");
    let counts =
        import::import_dry_run(&theirs, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.updated, counts.failed), (0, 0, 1));
    let rows = import::import_rows(&theirs, opened.session, Some(ImportFilter::Failed), 0, 5).await.expect("rows");
    let taken = ImportProblem::Value { problem: Problem::InUse { by: String::new() } };
    assert_eq!(rows.rows[0].problems[0].problem, taken);
    let path = desk.file("tasks.csv", format!("Contact,Task\n{address},Call\n"));
    let opened = import::import_open_as(&theirs, RecordKind::Task, &path, None, &mut go_on).await.expect("a file");
    let counts =
        import::import_dry_run(&theirs, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.failed), (0, 1));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_somebody_private_logs_in_with_does_not_say_who() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@acme.example").await.id;
    desk.user("ann@acme.example", "Default Access", true).await;
    let zoe = desk.user("zoe@acme.example", "Default Access", true).await;
    assert!(users::user_get(&desk, zoe).await.expect("an account").private, "nobody's contact");
    let beta = desk.add_employer("Beta").await;
    let moved = JobMove {
        contact: ann,
        to: MoveTo::Existing { id: beta },
        values: HashMap::from([("email".to_owned(), text("zoe@acme.example"))]),
        user_email: true,
        user_employer: false,
        moved_on: None,
    };
    let refused = ("email".to_owned(), Problem::InUse { by: String::new() });
    assert_eq!(only_problem(person_left::job_move_preview(&desk, &moved).await), refused);
    assert_eq!(only_problem(person_left::job_move(&desk, &moved).await), refused);
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    assert!(contacts::contact_get(&desk, ann).await.is_ok());
}
