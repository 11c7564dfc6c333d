//! Work with students and alumni: notes, tasks and meetings about them, who may write them, and cases spread evenly.

use crate::common::{TestDesk, change, desk, go_on, ids, values};
use liaison_app::activities::{self, ActivityCounts, ActivityOwner, ActivityTab};
use liaison_app::staff::StaffAssignment;
use liaison_app::users::RoleCount;
use liaison_app::{
    CommandError, Session, entries, invitations, lists, notes, onboarding, roles, staff, students, trash, undo, users,
};
use liaison_domain::filter::{ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::reminder::Sending;
use liaison_domain::role::PortalPermission;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, Permission, RecordKind, StaffRole, Value, contact, employer_user, student};

async fn add(desk: &TestDesk, first: &str) -> Id {
    let email = format!("{}@campus.example", first.to_lowercase());
    let person = values(&[("first_name", first), ("last_name", "Holiday"), ("email", &email)]);
    students::student_create(desk, &person).await.expect("a student").id
}

async fn colleague(desk: &TestDesk, first: &str) -> Id {
    let email = format!("{first}@northfield.example");
    let person = values(&[("first_name", first), ("last_name", "Moss"), ("email", &email)]);
    let role = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    staff::staff_create(desk, &person, role).await.expect("a colleague").id
}

async fn counts(desk: &Session, student: Id) -> ActivityCounts {
    students::student_get(desk, student).await.expect("a panel").counts
}

fn denied<T: std::fmt::Debug>(tried: Result<T, CommandError>) -> Permission {
    match tried {
        Err(CommandError::Denied { permission }) => Permission::from_key(&permission).expect("a permission"),
        other => panic!("not denied: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_tasks_and_meetings_are_about_students_and_go_and_come_back_with_them() {
    let desk = desk().await;
    let noelle = add(&desk, "Noelle").await;
    let about = noelle.to_string();
    let note = notes::student_note_add(&desk, noelle, "Wants to teach").await.expect("a note");
    let task = values(&[("title", "Send the guide"), ("about_student", &about)]);
    let task = entries::record_create(&desk, RecordKind::Task, &task).await.expect("a task").id;
    let mut meeting = values(&[("title", "Résumé review"), ("student", &about)]);
    meeting.insert("starts_at".into(), FieldValue::Number(desk.now() as i64));
    entries::record_create(&desk, RecordKind::Meeting, &meeting).await.expect("a meeting");
    let all = ActivityCounts { activities: 3, notes: 1, tasks: 1, meetings: 1, ..ActivityCounts::default() };
    assert_eq!(counts(&desk, noelle).await, all);
    let of = ActivityOwner { kind: RecordKind::Student, id: noelle };
    let page = activities::activity_list(&desk, of, ActivityTab::Activities, None, 10).await.expect("a page");
    assert_eq!((page.rows.len(), page.total), (3, 3));
    let listed = notes::student_notes_list(&desk, noelle, None, 10).await.expect("notes");
    assert_eq!(listed.rows.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["Wants to teach"]);
    activities::tasks_complete(&desk, &[task], true).await.expect("done");

    let undone = undo::undo(&desk, note.operation, UndoMode::KeepLaterChanges, &mut go_on).await;
    undone.expect("undone");
    assert_eq!(counts(&desk, noelle).await.notes, 0);
    // What is about a student goes into the trash with the student, and comes back.
    trash::delete(&desk, RecordKind::Student, &ids(&[noelle]), &mut go_on).await.expect("deleted");
    assert!(desk.record(RecordKind::Task, task).await.is_deleted());
    trash::restore(&desk, RecordKind::Student, &[noelle]).await.expect("restored");
    assert!(!desk.record(RecordKind::Task, task).await.is_deleted());
    // A task is about somebody.
    let nobody = entries::record_create(&desk, RecordKind::Task, &values(&[("title", "For nobody")])).await;
    assert!(matches!(nobody, Err(CommandError::Validation { fields }) if fields[0].field == "contact"));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn advisors_work_with_their_own_cases_only() {
    let desk = desk().await;
    invitations::invitation_settings_set(&desk, "https://careers.northfield.example", 14).await.expect("a portal");
    let (mine, other) = (add(&desk, "Noelle").await, add(&desk, "Omar").await);
    students::students_assign(&desk, &ids(&[mine]), Some(desk.actor().staff), &mut go_on).await.expect("assigned");
    let asked = values(&[("text", "Your goal?"), ("type", "text")]);
    let question = onboarding::onboarding_create(&desk, &asked).await.expect("a question").id;
    let others_note = notes::student_note_add(&desk, other, "Somebody else’s case").await.expect("a note");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;

    let task = |student: Id| values(&[("title", "Call"), ("about_student", &student.to_string())]);
    let note = notes::student_note_add(&desk, mine, "Came by").await.expect("a note");
    notes::note_edit(&desk, note.id, "Came by twice").await.expect("edited");
    let made = entries::record_create(&desk, RecordKind::Task, &task(mine)).await.expect("a task").id;
    activities::tasks_complete(&desk, &[made], true).await.expect("done");
    let answer = ["To teach".to_owned()];
    let answered = onboarding::onboarding_answer(&desk, mine, question, &answer).await.expect("answered");
    undo::undo(&desk, answered.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("one’s own step comes back");
    let invite = async |student| {
        invitations::invitations_send(&desk, RecordKind::Student, &ids(&[student]), Sending::Reminder, &mut go_on).await
    };
    assert!(invite(mine).await.is_ok());
    assert!(students::student_get(&desk, mine).await.expect("a panel").may_work);

    assert_eq!(denied(notes::student_note_add(&desk, other, "Met").await), Permission::ManageUsers);
    assert_eq!(denied(notes::note_edit(&desk, others_note.id, "Changed").await), Permission::ManageUsers);
    assert_eq!(denied(notes::note_delete(&desk, others_note.id).await), Permission::ManageUsers);
    assert_eq!(denied(entries::record_create(&desk, RecordKind::Task, &task(other)).await), Permission::ManageUsers);
    let moved = [change("about_student", &mine.to_string(), &other.to_string())];
    assert_eq!(denied(entries::record_edit(&desk, RecordKind::Task, made, &moved).await), Permission::ManageUsers);
    assert_eq!(denied(onboarding::onboarding_answer(&desk, other, question, &answer).await), Permission::ManageUsers);
    assert_eq!(denied(invite(other).await), Permission::ManageUsers);
    let operation = others_note.operation;
    let back = undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await;
    assert_eq!(denied(back), Permission::ManageUsers, "undo is no way round");
    assert!(!students::student_get(&desk, other).await.expect("a panel").may_work);
    assert_eq!(counts(&desk, other).await.notes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_spread_and_it_is_said_before_from_whom_they_move() {
    let desk = desk().await;
    let (ann, bob) = (colleague(&desk, "ann").await, colleague(&desk, "bob").await);
    let mut everybody = Vec::new();
    for first in ["Ada", "Ben", "Cleo", "Dov", "Eve"] {
        everybody.push(add(&desk, first).await);
    }
    let me = desk.actor().staff;
    students::students_assign(&desk, &ids(&everybody[..2]), Some(me), &mut go_on).await.expect("assigned");
    students::students_assign(&desk, &ids(&everybody[2..3]), Some(ann), &mut go_on).await.expect("assigned");
    let all = ids(&everybody);
    let one = students::students_assign_preview(&desk, &all, &[ann]).await.expect("a preview");
    assert_eq!((one.changes, one.each), (4, vec![5]));
    assert_eq!(one.from.iter().map(|from| from.count).collect::<Vec<_>>(), [2], "from the administrator");
    let spread = students::students_assign_preview(&desk, &all, &[ann, bob]).await.expect("a preview");
    assert_eq!(spread.each.iter().sum::<u32>(), 5);
    let done = students::students_spread(&desk, &all, &[ann, bob], &mut go_on).await.expect("spread");
    assert_eq!(done.changed, 4, "Ann keeps the one she has");
    assert_eq!(
        desk.record(RecordKind::Student, everybody[2]).await.get(&student::ASSIGNED_TO).as_reference(),
        Some(ann)
    );
    let loads = students::case_loads(&desk, "moss").await.expect("loads");
    let mut cases: Vec<u32> = loads.iter().map(|load| load.cases).collect();
    cases.sort_unstable();
    assert_eq!(cases, [2, 3]);
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("undone");
    assert_eq!(
        desk.record(RecordKind::Student, everybody[0]).await.get(&student::ASSIGNED_TO).as_reference(),
        Some(me)
    );
    assert!(students::students_spread(&desk, &all, &[], &mut go_on).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_says_before_it_is_saved_how_many_people_it_touches() {
    let desk = desk().await;
    let one = desk.user("one@acme.example", "Default Access", true).await;
    desk.user("two@acme.example", "Default Access", false).await;
    let role = roles::role_named(&desk, "Default Access").await.expect("a role");
    let had = roles::roles_list(&desk).await.expect("roles").into_iter().find(|each| each.id == role).expect("it");
    let impact = roles::role_impact(&desk, role, &[PortalPermission::MessageStudents]).await.expect("an impact");
    assert_eq!((impact.users, impact.without_access), (1, 1));
    assert!(impact.gained.contains(&PortalPermission::ViewStudents), "what comes along counts");
    assert!(impact.lost.iter().all(|lost| had.permissions.contains(lost)));
    let same = roles::role_impact(&desk, role, &had.permissions).await.expect("an impact");
    assert_eq!((same.gained.len(), same.lost.len()), (0, 0));
    let present = users::users_roles(&desk, &ids(&[one])).await.expect("roles");
    assert_eq!(present, [RoleCount { role: Some(role), users: 1 }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_say_how_many_people_they_have_and_when_one_was_last_in_touch() {
    let desk = desk().await;
    let (acme, labs) = (desk.add_employer("Acme").await, desk.add_employer("Labs").await);
    for (first, employer) in [("Dana", acme), ("Omar", acme), ("Una", labs)] {
        let person = values(&[("first_name", first), ("last_name", "Reyes"), ("employer", &employer.to_string())]);
        let mut person = person;
        person.insert("email".into(), FieldValue::Text(format!("{first}@x.example")));
        liaison_app::contacts::contact_create(&desk, &person).await.expect("a contact");
    }
    let user = desk.user("dana@x.example", "Default Access", true).await;
    let logged_in = desk.now() as i64 - 1000;
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::EmployerUser, user)?;
        let changes = [
            located.record.change(&employer_user::EMPLOYER, Value::Reference(acme)),
            located.record.change(&employer_user::LAST_LOG_IN, Value::Moment(logged_in)),
        ];
        let changes: Vec<_> = changes.into_iter().flatten().collect();
        recorder.update(RecordKind::EmployerUser, located.n, user, &changes)
    })
    .await;
    let sorted = |field: &str| {
        let mut query = ListQuery::all(RecordKind::Employer);
        query.sort = vec![SortKey { field: field.into(), descending: true }];
        query
    };
    let columns = ["contacts", "users", "last_contact"].map(str::to_owned);
    for field in ["contacts", "users", "last_contact"] {
        let opened = lists::list_open(&desk, sorted(field)).await.expect("a list");
        let rows = lists::list_window(&desk, opened.result, 0, 10, &columns).await.expect("rows").rows;
        let found: Vec<_> = rows
            .iter()
            .filter(|row| row.name == "Acme" || row.name == "Labs")
            .map(|row| (row.name.as_str(), row.cells[0].value.clone(), row.cells[1].value.clone()))
            .collect();
        let number = |n: i64| FieldValue::Number(n);
        let acme = ("Acme", number(2), number(1));
        let labs = ("Labs", number(1), number(0));
        if field == "last_contact" {
            assert!(found.contains(&acme) && found.contains(&labs));
        } else {
            assert_eq!(found, [acme, labs], "by {field}");
        }
        let told = rows.iter().find(|row| row.name == "Acme").expect("it").cells[2].value.clone();
        assert!(matches!(told, FieldValue::Number(at) if at >= logged_in), "{told:?}");
    }
    // Whom somebody keeps to themselves counts for nobody.
    let dana = desk.live(RecordKind::Contact).await;
    let dana = dana.iter().find(|(_, record)| record.text(&contact::FIRST_NAME) == "Dana").expect("Dana").0;
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::Contact, *dana)?;
        let change = located.record.change(&contact::VISIBILITY, Value::from(contact::MYSELF));
        recorder.update(RecordKind::Contact, located.n, *dana, change.as_slice())
    })
    .await;
    let opened = lists::list_open(&desk, sorted("contacts")).await.expect("a list");
    let rows = lists::list_window(&desk, opened.result, 0, 10, &columns).await.expect("rows").rows;
    let acme = rows.iter().find(|row| row.name == "Acme").expect("it");
    assert_eq!(acme.cells[0].value, FieldValue::Number(1));
}
