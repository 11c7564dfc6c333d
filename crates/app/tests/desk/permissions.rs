//! Every use case asks for its permission before it reads or writes: all use cases, as every staff role.

use crate::common::{TestDesk, change, go_on, ids, pending, sample, text, values};
use liaison_app::CommandError;
use liaison_app::activities::{ActivityOwner, ActivityTab};
use liaison_app::lists::Selection;
use liaison_domain::bulk::BulkChange;
use liaison_domain::filter::ListQuery;
use liaison_domain::reminder::Sending;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Actor, Id, OperationKind, Permission, RecordKind, StaffRole};

/// What the use cases are tried on.
pub struct Things {
    pub contact: Id,
    pub employer: Id,
    note: Id,
    task_id: Id,
    pub role: Id,
    operation: Id,
    pub csv: std::path::PathBuf,
    student: Id,
    group: Id,
    question: Id,
}

/// A use case, the permissions it needs, and what became of it.
pub type Tried = (&'static str, Vec<Permission>, Option<CommandError>);

pub async fn things(desk: &TestDesk) -> Things {
    let contact = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let employer = desk.add_employer("Acme").await;
    let note = desk.note_add(contact, "Met at the fair").await.expect("a note").id;
    let task = values(&[("title", "Call"), ("contact", &contact.to_string())]);
    let task_id = desk.record_create(RecordKind::Task, &task).await.expect("a task").id;
    let operation = desk.set(contact, "title", "", "Dean").await;
    let role = desk.role_named("Default Access").await.expect("a role");
    let csv = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@new.example\n");
    let student = values(&[("first_name", "Noelle"), ("last_name", "Holiday"), ("email", "noelle@campus.example")]);
    let student = desk.student_create(&student).await.expect("a student").id;
    let group = desk.group_create(&values(&[("name", "Law")])).await.expect("a group").id;
    let question = values(&[("text", "Your goal?"), ("type", "text")]);
    let question = desk.onboarding_create(&question).await.expect("a question").id;
    Things { contact, employer, note, task_id, role, operation, csv, student, group, question }
}

/// Every use case with the permissions it needs and what became of it.
pub async fn every_use_case(desk: &TestDesk, things: &Things) -> Vec<Tried> {
    use Permission::*;
    let mut tried = Vec::new();
    macro_rules! attempt {
        ($permissions:expr, $name:literal, $call:expr) => {
            tried.push(($name, $permissions.to_vec(), $call.await.err()));
        };
    }
    let Things { contact, employer, note, task_id, role, operation, csv, student, group, question } = things;
    let one = ids(&[*contact]);
    let employers = ListQuery::all(RecordKind::Employer);
    attempt!([ViewContacts], "list_open", desk.list_open(pending()));
    attempt!([ViewContacts], "list_count", desk.list_count(employers));
    attempt!([ViewContacts], "queue_count", desk.queue_count());
    attempt!([ViewContacts], "contact_get", desk.contact_get(*contact));
    attempt!([ViewContacts], "contact_likenesses", desk.contact_likenesses(*contact));
    attempt!([ViewContacts], "suggest", desk.suggest(RecordKind::Contact, "da", 5));
    attempt!([ViewContacts], "employer_get", desk.employer_get(*employer));
    attempt!([ViewContacts], "employers_suggest", desk.employers_suggest("ac"));
    attempt!([ViewContacts], "notes_list", desk.notes_list(*contact, None, 50));
    attempt!([ViewContacts], "roles_list", desk.roles_list());
    let owner = ActivityOwner { kind: RecordKind::Contact, id: *contact };
    attempt!([ViewContacts], "activity_counts", desk.activity_counts(owner));
    attempt!([ViewContacts], "activity_list", desk.activity_list(owner, ActivityTab::Activities, None, 5));
    attempt!([ViewContacts], "participants_list", desk.participants_list(RecordKind::Event, *contact));
    attempt!([ViewContacts], "my_day", desk.my_day());
    let task = values(&[("title", "Call"), ("contact", &contact.to_string())]);
    attempt!([EditContacts], "activity_create", desk.activity_create(RecordKind::Task, &task, &[]));
    attempt!([EditContacts], "activity_edit", desk.activity_edit(RecordKind::Task, *task_id, &[], &[], &[]));
    attempt!([EditContacts], "tasks_complete", desk.tasks_complete(&[*task_id], true));
    let somebody = values(&[("first_name", "Eli"), ("last_name", "Stone"), ("email", "eli@acme.example")]);
    attempt!([EditContacts], "contact_create", desk.contact_create(&somebody));
    attempt!([EditContacts], "contact_edit", desk.contact_edit(*contact, &[change("city", "", "Oslo")]));
    attempt!([EditContacts], "employer_create", desk.employer_create(&values(&[("name", "Labs")])));
    attempt!([EditContacts], "employer_edit", desk.employer_edit(*employer, &[change("city", "", "Oslo")]));
    attempt!([EditContacts], "note_add", desk.note_add(*contact, "Called"));
    attempt!([EditContacts], "note_edit", desk.note_edit(*note, "Met"));
    attempt!([EditContacts], "note_delete", desk.note_delete(*note));
    for (action, permissions) in [
        (ReviewAction::Approve, vec![ReviewContacts]),
        (ReviewAction::Reject, vec![ReviewContacts]),
        (ReviewAction::ApproveAndAssign { role: *role }, vec![ReviewContacts, ManageAccess]),
        (ReviewAction::RejectAndRevoke, vec![ReviewContacts, ManageAccess]),
    ] {
        attempt!(permissions, "contacts_review_preview", desk.contacts_review_preview(&one, action));
        attempt!(permissions, "contacts_review", desk.contacts_review(&one, action, &mut go_on));
    }
    attempt!([ImportContacts], "import_open", desk.import_open(csv, None, &mut go_on));
    attempt!([ImportContacts], "sample_create", desk.sample_create(1, 1, &mut go_on));
    let user = ids(&[*student]);
    attempt!([ViewContacts], "student_get", desk.student_get(*student));
    attempt!([ViewContacts], "student_counts", desk.student_counts());
    attempt!([ViewContacts], "case_loads", desk.case_loads(""));
    attempt!([ViewContacts], "groups_list", desk.groups_list());
    attempt!([ViewContacts], "onboarding_list", desk.onboarding_list());
    let somebody = values(&[("first_name", "Omar"), ("last_name", "Haddad"), ("email", "omar@campus.example")]);
    attempt!([ViewContacts], "invitation_standing", desk.invitation_standing(RecordKind::Student, *student));
    attempt!([ViewContacts], "invitation_settings", desk.invitation_settings());
    let portal = "https://careers.northfield.example";
    attempt!([ManageSettings], "invitation_settings_set", desk.invitation_settings_set(portal, 14));
    let none = ids(&[]);
    for (kind, sending) in [(RecordKind::Student, Sending::Invitation), (RecordKind::Contact, Sending::Reminder)] {
        attempt!([ManageUsers], "invitations_preview", desk.invitations_preview(kind, &none, sending));
        attempt!([ManageUsers], "invitations_send", desk.invitations_send(kind, &none, sending, &mut go_on));
    }
    attempt!([ManageUsers], "invitation_redeem", desk.invitation_redeem("nobody has this token"));
    let signs_up = values(&[("first_name", "Una"), ("last_name", "Low"), ("email", "una@acme.example")]);
    attempt!([ManageUsers], "sign_up", desk.sign_up(&signs_up));
    attempt!([ManageUsers], "student_create", desk.student_create(&somebody));
    attempt!([ManageUsers], "student_edit", desk.student_edit(*student, &[change("major", "", "Law")]));
    attempt!([ManageUsers], "students_deactivate", desk.students_deactivate(&user, &mut go_on));
    attempt!([ManageUsers], "students_reactivate", desk.students_reactivate(&user, &mut go_on));
    attempt!([AssignCases], "students_assign", desk.students_assign(&user, Some(desk.actor().staff), &mut go_on));
    attempt!([ManageUsers], "group_create", desk.group_create(&values(&[("name", "Nursing")])));
    attempt!([ManageUsers], "group_edit", desk.group_edit(*group, &[change("description", "", "Students of law")]));
    attempt!([ManageUsers], "group_delete", desk.group_delete(*group, None));
    let answer = ["To teach".to_owned()];
    attempt!([ManageUsers], "onboarding_answer", desk.onboarding_answer(*student, *question, &answer));
    attempt!([ManageUsers], "onboarding_answer", desk.onboarding_answer(*student, *question, &[]));
    let asks = values(&[("text", "Your dream?"), ("type", "yes_no")]);
    attempt!([ManageSettings], "onboarding_create", desk.onboarding_create(&asks));
    attempt!(
        [ManageSettings],
        "onboarding_edit",
        desk.onboarding_edit(*question, &[change("text", "Your goal?", "Why?")])
    );
    attempt!([ManageSettings], "onboarding_reorder", desk.onboarding_reorder(&[*question]));
    attempt!([ManageSettings], "onboarding_delete", desk.onboarding_delete(*question));
    attempt!(
        [ImportContacts, ManageUsers],
        "import_open_as",
        desk.import_open_as(RecordKind::Student, csv, None, &mut go_on)
    );
    let major = BulkChange::Set { field: "major".into(), value: text("Law") };
    attempt!([ManageUsers, BulkUpdate], "bulk_preview", desk.bulk_preview(RecordKind::Student, &user, &major));
    attempt!(
        [ManageUsers, BulkUpdate],
        "bulk_update",
        desk.bulk_update(RecordKind::Student, &user, &major, &mut go_on)
    );
    attempt!([ViewAuditLog], "audit_log", desk.audit_log(RecordKind::Contact, *contact));
    attempt!([ViewAuditLog], "history_list", desk.history_list(&Default::default()));
    attempt!([ViewAuditLog], "history_changes", desk.history_changes(*operation, 0, 5));
    let head = format!("1-{}", "00".repeat(16)).parse().expect("a head");
    attempt!([ViewAuditLog], "expect_head", desk.expect_head(&head));
    attempt!([ManageSettings], "accept_journal", desk.accept_journal());
    attempt!([Undo, EditContacts], "undo_preview", desk.undo_preview(*operation));
    attempt!([Undo, EditContacts], "undo", desk.undo(*operation, UndoMode::KeepLaterChanges, &mut go_on));
    tried
}

#[tokio::test(flavor = "multi_thread")]
async fn every_use_case_is_refused_to_whoever_lacks_its_permission_and_to_nobody_else() {
    for role in [StaffRole::Viewer, StaffRole::Advisor, StaffRole::Administrator] {
        let desk = sample(30).await;
        let things = things(&desk).await;
        let desk = desk.reopened(Some(role)).await;
        let actor = Actor::with_role(desk.actor().staff, role);
        assert_eq!(desk.actor_info().await.expect("who").role, role);
        let before = desk.rows().await;
        let tried = every_use_case(&desk, &things).await;
        for (name, permissions, error) in &tried {
            let lacking = permissions.iter().find(|permission| !actor.may(**permission));
            let expected = lacking.map(|permission| CommandError::Denied { permission: permission.key().to_owned() });
            assert_eq!(*error, expected, "{name} as {role:?}");
        }
        if role == StaffRole::Viewer {
            assert_eq!(desk.rows().await, before, "who may only look changes nothing");
        }
        assert_eq!(tried.iter().any(|(_, _, error)| error.is_some()), role != StaffRole::Administrator);
    }
}

/// Undo is no way round a permission: what somebody may not do, they may not take back either.
#[tokio::test(flavor = "multi_thread")]
async fn taking_back_needs_the_permission_of_what_is_taken_back() {
    let desk = sample(30).await;
    let dana = desk.arrive("Dana", "Reyes", "dana@acme.example").await;
    let user = desk.user("dana@acme.example", "Default Access", true).await;
    let revoked =
        desk.contacts_review(&ids(&[dana]), ReviewAction::RejectAndRevoke, &mut go_on).await.expect("rejected");
    let eli = desk.add("Eli", "Stone", "eli@acme.example").await;
    let csv = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@new.example\n");
    let opened = desk.import_open(&csv, None, &mut go_on).await.expect("a file");
    let imported = desk.import_commit(opened.session, &mut go_on).await.expect("an import").operation.expect("written");
    let undone = desk.undo(imported, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let before = desk.rows().await;
    let refused = |permission: Permission| CommandError::Denied { permission: permission.key().to_owned() };
    for (operation, permission) in [
        (revoked.operation.expect("an operation"), Permission::ReviewContacts),
        (imported, Permission::ImportContacts),
        (undone.operation.expect("an operation"), Permission::ImportContacts),
    ] {
        let undone = desk.undo(operation, UndoMode::OverwriteLaterChanges, &mut go_on).await;
        assert_eq!(undone, Err(refused(permission)));
        assert_eq!(desk.undo_preview(operation).await.map(|_| ()), Err(refused(permission)));
    }
    assert_eq!(desk.rows().await, before);
    assert_eq!(desk.standing(user).await, ("Default Access".into(), false));
    desk.undo(eli.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an advisor's own kind of work");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_set_up_itself_is_not_taken_back() {
    let desk = sample(3).await;
    let first = desk.database().read(|db| {
        db.first("SELECT id FROM operation WHERE n=1", &[], |row| Ok(Id::from_bytes(row.blob(0)).expect("an id")))
    });
    let first = first.await.expect("read").expect("an operation");
    let before = desk.rows().await;
    let not_found =
        |found: Result<(), CommandError>| assert!(matches!(found, Err(CommandError::NotFound { .. })), "{found:?}");
    not_found(desk.undo(first, UndoMode::OverwriteLaterChanges, &mut go_on).await.map(|_| ()));
    not_found(desk.undo_preview(first).await.map(|_| ()));
    not_found(desk.undo(desk.new_id(), UndoMode::KeepLaterChanges, &mut go_on).await.map(|_| ()));
    assert_eq!(desk.rows().await, before);
    assert_eq!(OperationKind::InstitutionSetup as u8, 1);
}

/// Lists and imports are opened first; their numbers belong to the desk that opened them.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_nobody_opened_open_nothing() {
    let desk = sample(3).await;
    let is_unknown = |refused: Result<(), CommandError>| assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    is_unknown(desk.list_window(7, 0, 10, &[]).await.map(|_| ()));
    is_unknown(desk.list_position(7, desk.new_id()).await.map(|_| ()));
    is_unknown(desk.import_map(7, &[]).await);
    is_unknown(desk.import_dry_run(7, Default::default(), &mut go_on).await.map(|_| ()));
    is_unknown(desk.import_rows(7, None, 0, 10).await.map(|_| ()));
    is_unknown(desk.import_fix(7, 0, 0, "x").await.map(|_| ()));
    is_unknown(desk.import_errors(7, std::io::sink()).await.map(|_| ()));
    is_unknown(desk.import_commit(7, &mut go_on).await.map(|_| ()));
    is_unknown(desk.import_target(7, Default::default()));
    is_unknown(desk.import_cancel(7));
    desk.list_close(7);
    desk.import_close(7);
    let nothing = Selection::Result { result: 7, except: Vec::new() };
    is_unknown(desk.contacts_review(&nothing, ReviewAction::Approve, &mut go_on).await.map(|_| ()));
}
