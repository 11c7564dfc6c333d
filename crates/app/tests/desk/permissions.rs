//! Every use case asks for its permission before it reads or writes: all use cases, as every staff role.

use crate::common::{TestDesk, change, go_on, ids, pending, sample, text, values};
use liaison_app::CommandError;
use liaison_app::activities::{ActivityOwner, ActivityTab};
use liaison_app::entries;
use liaison_app::lists::Selection;
use liaison_app::{
    activities, bulk, contacts, employers, groups, history, import, invitations, likeness, lists, notes, onboarding,
    queue, review, roles, start, students, undo, verify,
};
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
    let note = notes::note_add(desk, contact, "Met at the fair").await.expect("a note").id;
    let task = values(&[("title", "Call"), ("contact", &contact.to_string())]);
    let task_id = entries::record_create(desk, RecordKind::Task, &task).await.expect("a task").id;
    let operation = desk.set(contact, "title", "", "Dean").await;
    let role = roles::role_named(desk, "Default Access").await.expect("a role");
    let csv = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@new.example\n");
    let student = values(&[("first_name", "Noelle"), ("last_name", "Holiday"), ("email", "noelle@campus.example")]);
    let student = students::student_create(desk, &student).await.expect("a student").id;
    let group = groups::group_create(desk, &values(&[("name", "Law")])).await.expect("a group").id;
    let question = values(&[("text", "Your goal?"), ("type", "text")]);
    let question = onboarding::onboarding_create(desk, &question).await.expect("a question").id;
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
    attempt!([ViewContacts], "list_open", lists::list_open(desk, pending()));
    attempt!([ViewContacts], "list_count", lists::list_count(desk, employers));
    attempt!([ViewContacts], "queue_count", lists::queue_count(desk));
    attempt!([ViewContacts], "contact_get", contacts::contact_get(desk, *contact));
    attempt!([ViewContacts], "contact_likenesses", likeness::contact_likenesses(desk, *contact));
    attempt!([ViewContacts], "queue_likenesses", queue::queue_likenesses(desk));
    attempt!([ViewContacts], "queue_open", queue::queue_open(desk, pending()));
    attempt!([ViewContacts], "suggest", contacts::suggest(desk, RecordKind::Contact, "da", 5));
    attempt!([ViewContacts], "employer_get", employers::employer_get(desk, *employer));
    attempt!([ViewContacts], "employers_suggest", employers::employers_suggest(desk, "ac"));
    attempt!([ViewContacts], "notes_list", notes::notes_list(desk, *contact, None, 50));
    attempt!([ViewContacts], "roles_list", roles::roles_list(desk));
    let owner = ActivityOwner { kind: RecordKind::Contact, id: *contact };
    attempt!([ViewContacts], "activity_counts", activities::activity_counts(desk, owner));
    attempt!([ViewContacts], "activity_list", activities::activity_list(desk, owner, ActivityTab::Activities, None, 5));
    attempt!([ViewContacts], "participants_list", activities::participants_list(desk, RecordKind::Event, *contact));
    attempt!([ViewContacts], "my_day", activities::my_day(desk));
    let task = values(&[("title", "Call"), ("contact", &contact.to_string())]);
    attempt!([EditContacts], "activity_create", activities::activity_create(desk, RecordKind::Task, &task, &[]));
    attempt!(
        [EditContacts],
        "activity_edit",
        activities::activity_edit(desk, RecordKind::Task, *task_id, &[], &[], &[])
    );
    attempt!([EditContacts], "tasks_complete", activities::tasks_complete(desk, &[*task_id], true));
    let somebody = values(&[("first_name", "Eli"), ("last_name", "Stone"), ("email", "eli@acme.example")]);
    attempt!([EditContacts], "contact_create", contacts::contact_create(desk, &somebody));
    attempt!([EditContacts], "contact_edit", contacts::contact_edit(desk, *contact, &[change("city", "", "Oslo")]));
    let edited = review::contact_edit_and_approve(desk, *contact, &[]);
    attempt!([EditContacts, ReviewContacts], "contact_edit_and_approve", edited);
    attempt!([EditContacts], "employer_create", employers::employer_create(desk, &values(&[("name", "Labs")])));
    attempt!([EditContacts], "employer_edit", employers::employer_edit(desk, *employer, &[change("city", "", "Oslo")]));
    attempt!([EditContacts], "note_add", notes::note_add(desk, *contact, "Called"));
    attempt!([EditContacts], "note_edit", notes::note_edit(desk, *note, "Met"));
    attempt!([EditContacts], "note_delete", notes::note_delete(desk, *note));
    for (action, permissions) in [
        (ReviewAction::Approve, vec![ReviewContacts]),
        (ReviewAction::Reject, vec![ReviewContacts]),
        (ReviewAction::ApproveAndAssign { role: *role }, vec![ReviewContacts, ManageAccess]),
        (ReviewAction::RejectAndRevoke, vec![ReviewContacts, ManageAccess]),
    ] {
        attempt!(permissions, "contacts_review_preview", review::contacts_review_preview(desk, &one, action));
        attempt!(permissions, "contacts_review", review::contacts_review(desk, &one, action, &mut go_on));
    }
    attempt!([ImportContacts], "import_open", import::import_open(desk, csv, None, &mut go_on));
    attempt!([ImportContacts], "sample_create", liaison_app::sample::sample_create(desk, 1, 1, &mut go_on));
    let user = ids(&[*student]);
    attempt!([ViewContacts], "student_get", students::student_get(desk, *student));
    attempt!([ViewContacts], "student_counts", students::student_counts(desk));
    attempt!([ViewContacts], "student_notes_list", notes::student_notes_list(desk, *student, None, 5));
    attempt!([ManageUsers], "student_note_add", notes::student_note_add(desk, *student, "Called"));
    attempt!([ViewContacts], "case_loads", students::case_loads(desk, ""));
    attempt!([ViewContacts], "groups_list", groups::groups_list(desk));
    attempt!([ViewContacts], "onboarding_list", onboarding::onboarding_list(desk));
    let somebody = values(&[("first_name", "Omar"), ("last_name", "Haddad"), ("email", "omar@campus.example")]);
    attempt!(
        [ViewContacts],
        "invitation_standing",
        invitations::invitation_standing(desk, RecordKind::Student, *student)
    );
    attempt!([ViewContacts], "invitation_settings", invitations::invitation_settings(desk));
    let portal = "https://careers.northfield.example";
    attempt!([ManageSettings], "invitation_settings_set", invitations::invitation_settings_set(desk, portal, 14));
    let none = ids(&[]);
    for (kind, sending) in [(RecordKind::Student, Sending::Invitation), (RecordKind::Contact, Sending::Reminder)] {
        attempt!([ManageUsers], "invitations_preview", invitations::invitations_preview(desk, kind, &none, sending));
        attempt!(
            [ManageUsers],
            "invitations_send",
            invitations::invitations_send(desk, kind, &none, sending, &mut go_on)
        );
    }
    attempt!([ManageUsers], "invitation_redeem", invitations::invitation_redeem(desk, "nobody has this token"));
    let signs_up = values(&[("first_name", "Una"), ("last_name", "Low"), ("email", "una@acme.example")]);
    attempt!([ManageUsers], "sign_up", invitations::sign_up(desk, &signs_up));
    attempt!([ManageUsers], "student_create", students::student_create(desk, &somebody));
    attempt!([ManageUsers], "student_edit", students::student_edit(desk, *student, &[change("major", "", "Law")]));
    attempt!([ManageUsers], "students_deactivate", students::students_deactivate(desk, &user, &mut go_on));
    attempt!([ManageUsers], "students_reactivate", students::students_reactivate(desk, &user, &mut go_on));
    attempt!(
        [AssignCases],
        "students_assign",
        students::students_assign(desk, &user, Some(desk.actor().staff), &mut go_on)
    );
    let me = [desk.actor().staff];
    attempt!([AssignCases], "students_assign_preview", students::students_assign_preview(desk, &user, &me));
    attempt!([AssignCases], "students_spread", students::students_spread(desk, &user, &me, &mut go_on));
    attempt!([ManageUsers], "group_create", groups::group_create(desk, &values(&[("name", "Nursing")])));
    attempt!(
        [ManageUsers],
        "group_edit",
        groups::group_edit(desk, *group, &[change("description", "", "Students of law")])
    );
    attempt!([ManageUsers], "group_delete", groups::group_delete(desk, *group, None));
    let answer = ["To teach".to_owned()];
    attempt!([ManageUsers], "onboarding_answer", onboarding::onboarding_answer(desk, *student, *question, &answer));
    attempt!([ManageUsers], "onboarding_answer", onboarding::onboarding_answer(desk, *student, *question, &[]));
    let asks = values(&[("text", "Your dream?"), ("type", "yes_no")]);
    attempt!([ManageSettings], "onboarding_create", onboarding::onboarding_create(desk, &asks));
    attempt!(
        [ManageSettings],
        "onboarding_edit",
        onboarding::onboarding_edit(desk, *question, &[change("text", "Your goal?", "Why?")])
    );
    attempt!([ManageSettings], "onboarding_reorder", onboarding::onboarding_reorder(desk, &[*question]));
    attempt!([ManageSettings], "onboarding_delete", onboarding::onboarding_delete(desk, *question));
    attempt!(
        [ImportContacts, ManageUsers],
        "import_open_as",
        import::import_open_as(desk, RecordKind::Student, csv, None, &mut go_on)
    );
    let major = BulkChange::Set { field: "major".into(), value: text("Law") };
    attempt!(
        [ManageUsers, BulkUpdate],
        "bulk_preview",
        bulk::bulk_preview(desk, RecordKind::Student, &user, std::slice::from_ref(&major))
    );
    attempt!(
        [ManageUsers, BulkUpdate],
        "bulk_update",
        bulk::bulk_update(desk, RecordKind::Student, &user, std::slice::from_ref(&major), &mut go_on)
    );
    attempt!([ViewAuditLog], "audit_log", history::audit_log(desk, RecordKind::Contact, *contact));
    attempt!([ViewAuditLog], "history_list", history::history_list(desk, &Default::default()));
    attempt!([ViewAuditLog], "history_changes", history::history_changes(desk, *operation, 0, 5));
    attempt!([ViewAuditLog], "history_step", history::history_step(desk, *operation));
    let head = format!("1-{}", "00".repeat(16)).parse().expect("a head");
    attempt!([ViewAuditLog], "expect_head", verify::expect_head(desk, &head));
    attempt!([ManageSettings], "accept_journal", verify::accept_journal(desk));
    attempt!([Undo, EditContacts], "undo_preview", undo::undo_preview(desk, *operation));
    attempt!([Undo, EditContacts], "undo", undo::undo(desk, *operation, UndoMode::KeepLaterChanges, &mut go_on));
    tried
}

#[tokio::test(flavor = "multi_thread")]
async fn every_use_case_is_refused_to_whoever_lacks_its_permission_and_to_nobody_else() {
    for role in [StaffRole::Viewer, StaffRole::Advisor, StaffRole::Administrator] {
        let desk = sample(30).await;
        let things = things(&desk).await;
        let desk = desk.reopened(Some(role)).await;
        let actor = Actor::with_role(desk.actor().staff, role);
        assert_eq!(start::actor_info(&desk).await.expect("who").role, role);
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
    let revoked = review::contacts_review(&desk, &ids(&[dana]), ReviewAction::RejectAndRevoke, &mut go_on)
        .await
        .expect("rejected");
    let eli = desk.add("Eli", "Stone", "eli@acme.example").await;
    let csv = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@new.example\n");
    let opened = import::import_open(&desk, &csv, None, &mut go_on).await.expect("a file");
    let imported =
        import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").operation.expect("written");
    let undone = undo::undo(&desk, imported, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let before = desk.rows().await;
    let refused = |permission: Permission| CommandError::Denied { permission: permission.key().to_owned() };
    for (operation, permission) in [
        (revoked.operation.expect("an operation"), Permission::ReviewContacts),
        (imported, Permission::ImportContacts),
        (undone.operation.expect("an operation"), Permission::ImportContacts),
    ] {
        let undone = undo::undo(&desk, operation, UndoMode::OverwriteLaterChanges, &mut go_on).await;
        assert_eq!(undone, Err(refused(permission)));
        assert_eq!(undo::undo_preview(&desk, operation).await.map(|_| ()), Err(refused(permission)));
    }
    assert_eq!(desk.rows().await, before);
    assert_eq!(desk.standing(user).await, ("Default Access".into(), false));
    undo::undo(&desk, eli.operation, UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("an advisor's own kind of work");
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
    not_found(undo::undo(&desk, first, UndoMode::OverwriteLaterChanges, &mut go_on).await.map(|_| ()));
    not_found(undo::undo_preview(&desk, first).await.map(|_| ()));
    not_found(undo::undo(&desk, desk.new_id(), UndoMode::KeepLaterChanges, &mut go_on).await.map(|_| ()));
    assert_eq!(desk.rows().await, before);
    assert_eq!(OperationKind::InstitutionSetup as u8, 1);
}

/// Lists and imports are opened first; their numbers belong to the desk that opened them.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_nobody_opened_open_nothing() {
    let desk = sample(3).await;
    let is_unknown = |refused: Result<(), CommandError>| assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    is_unknown(lists::list_window(&desk, 7, 0, 10, &[]).await.map(|_| ()));
    is_unknown(lists::list_position(&desk, 7, desk.new_id()).await.map(|_| ()));
    is_unknown(import::import_map(&desk, 7, &[]).await);
    is_unknown(import::import_dry_run(&desk, 7, Default::default(), &mut go_on).await.map(|_| ()));
    is_unknown(import::import_rows(&desk, 7, None, 0, 10).await.map(|_| ()));
    is_unknown(import::import_fix(&desk, 7, 0, 0, "x").await.map(|_| ()));
    is_unknown(import::import_errors(&desk, 7, std::io::sink()).await.map(|_| ()));
    is_unknown(import::import_commit(&desk, 7, &mut go_on).await.map(|_| ()));
    is_unknown(import::import_target(&desk, 7, Default::default()));
    is_unknown(import::import_cancel(&desk, 7));
    lists::list_close(&desk, 7);
    import::import_close(&desk, 7);
    let nothing = Selection::Result { result: 7, except: Vec::new() };
    is_unknown(review::contacts_review(&desk, &nothing, ReviewAction::Approve, &mut go_on).await.map(|_| ()));
}
