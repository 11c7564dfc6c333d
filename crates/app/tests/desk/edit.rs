//! Adding and editing contacts and employers: what is refused, and what the journal has afterwards.

use crate::common::{change, desk, ids, only_problem, text, values};
use liaison_app::CommandError;
use liaison_app::{contacts, employers, employments, entries, history, merge, notes, review, undo};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::{Id, OperationKind, RecordKind, contact};

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_typed_by_staff_is_in_the_directory_at_once() {
    // M2, M3, M25, M43.
    let desk = desk().await;
    let created = desk.add("Dana", "Reyes", "dana@acme.example").await;
    let profile = contacts::contact_get(&desk, created.id).await.expect("the profile");
    assert_eq!((profile.name.as_str(), profile.owner.as_deref()), ("Dana Reyes", Some("Ada Berg")));
    assert_eq!(profile.chips.approval, contact::APPROVED);
    assert_eq!(profile.chips.visibility, contact::CAREER_ADVISORS);
    assert_eq!(profile.values["source"], text("admin"));
    assert_eq!((profile.frozen, profile.deleted, profile.changes), (false, false, 1));
    let audit = history::audit_log(&desk, RecordKind::Contact, created.id).await.expect("the log");
    assert_eq!((audit.len(), audit[0].created, audit[0].actor.as_str()), (1, true, "Ada Berg"));
    assert_eq!(audit[0].operation, created.operation);
}

#[tokio::test(flavor = "multi_thread")]
async fn first_name_last_name_and_email_are_required() {
    // M43.
    let desk = desk().await;
    let before = desk.rows().await;
    let Err(CommandError::Validation { fields }) = contacts::contact_create(&desk, &values(&[("title", "Dean")])).await
    else {
        panic!("refused")
    };
    let mut missing: Vec<&str> = fields.iter().map(|problem| problem.field.as_str()).collect();
    missing.sort_unstable();
    assert_eq!(missing, ["email", "first_name", "last_name"]);
    assert!(fields.iter().all(|problem| problem.problem == Problem::Required));
    assert_eq!(desk.rows().await, before);
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let cleared = contacts::contact_edit(&desk, dana, &[change("last_name", "Reyes", " ")]).await;
    assert_eq!(only_problem(cleared), ("last_name".into(), Problem::Required));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_do_not_edit_is_refused() {
    // M47: the source never changes; approval is review's alone.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    for field in ["source", "approval", "created_at", "added_by", "deleted_at", "access"] {
        let refused = contacts::contact_edit(&desk, dana, &[change(field, "", "import")]).await;
        assert_eq!(only_problem(refused), (field.to_owned(), Problem::NotEditable));
    }
    assert_eq!(
        only_problem(contacts::contact_edit(&desk, dana, &[change("nonsense", "", "x")]).await).1,
        Problem::UnknownField
    );
    assert_eq!(
        only_problem(contacts::contact_edit(&desk, dana, &[change("work_phone", "", "call me")]).await).1,
        Problem::NotAPhone
    );
    assert_eq!(contacts::contact_get(&desk, dana).await.expect("the profile").changes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_has_exactly_the_fields_that_changed() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let edits = [
        change("first_name", "Dana", "Dana"),
        change("title", "", "Recruiter"),
        change("city", "", "  Oslo "),
        change("labels", "", "Alumni; alumni; STEM"),
        FieldEdit { field: "auto_sync".into(), before: FieldValue::Flag(false), after: FieldValue::Flag(true) },
        change("website", "", ""),
    ];
    let done = contacts::contact_edit(&desk, dana, &edits).await.expect("an edit");
    assert_eq!((done.changed, done.skipped), (1, 0));
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("the log");
    let fields: Vec<(&str, &FieldValue, &FieldValue)> =
        audit[0].fields.iter().map(|field| (field.field.as_str(), &field.before.value, &field.after.value)).collect();
    let empty = FieldValue::Empty(());
    assert_eq!(
        fields,
        [
            ("title", &empty, &text("Recruiter")),
            ("city", &empty, &text("Oslo")),
            ("labels", &empty, &FieldValue::List(vec!["Alumni".into(), "STEM".into()])),
            ("auto_sync", &FieldValue::Flag(false), &FieldValue::Flag(true)),
        ]
    );
    let nothing =
        contacts::contact_edit(&desk, dana, &[change("title", "Recruiter", "Recruiter")]).await.expect("nothing to do");
    assert_eq!((nothing.operation, nothing.changed, nothing.skipped), (None, 0, 1));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_named_twice_in_one_edit_changes_once() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let done = contacts::contact_edit(&desk, dana, &[change("title", "", "Dean"), change("title", "", "Recruiter")])
        .await
        .expect("an edit");
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("the log");
    assert_eq!((audit[0].fields.len(), &audit[0].fields[0].after.value), (1, &text("Recruiter")));
    undo::undo(
        &desk,
        done.operation.expect("an operation"),
        liaison_domain::undo::UndoMode::KeepLaterChanges,
        &mut crate::common::go_on,
    )
    .await
    .expect("undone");
    assert!(!contacts::contact_get(&desk, dana).await.expect("the profile").values.contains_key("title"));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_contact_is_frozen_until_it_is_approved_again() {
    // M27.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Reject, &mut crate::common::go_on)
        .await
        .expect("rejected");
    assert!(contacts::contact_get(&desk, dana).await.expect("the profile").frozen);
    let before = desk.rows().await;
    assert_eq!(contacts::contact_edit(&desk, dana, &[change("title", "", "Dean")]).await, Err(CommandError::Frozen));
    assert_eq!(desk.rows().await, before);
    notes::note_add(&desk, dana, "Called: has left").await.expect("notes are not part of the frozen data");
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Approve, &mut crate::common::go_on)
        .await
        .expect("approved");
    desk.set(dana, "title", "", "Dean").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_shows_three_values_and_who_and_when() {
    // B2.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "title", "", "Engineer").await;
    desk.set(dana, "city", "", "Oslo").await;
    let before = desk.rows().await;
    let edits = [change("title", "", "Recruiter"), change("city", "Oslo", "Bergen"), change("department", "", "HR")];
    let Err(CommandError::Conflict { fields }) = contacts::contact_edit(&desk, dana, &edits).await else {
        panic!("a conflict")
    };
    assert_eq!(fields.len(), 1);
    let conflict = &fields[0];
    assert_eq!((conflict.field.as_str(), &conflict.base), ("title", &FieldValue::Empty(())));
    assert_eq!((&conflict.mine, &conflict.theirs), (&text("Recruiter"), &text("Engineer")));
    assert_eq!(conflict.by, "Ada Berg");
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("the log");
    assert_eq!(conflict.at, Some(audit[1].at), "when the title was changed, not the city");
    assert_eq!(desk.rows().await, before, "all of an edit or nothing");
    let same =
        contacts::contact_edit(&desk, dana, &[change("title", "", "Engineer")]).await.expect("both wanted the same");
    assert_eq!(same.operation, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_belongs_to_one_contact_and_the_refusal_names_it() {
    // M45: upper and lower case are the same.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "Dana@Acme.example").await.id;
    let eli = desk.add("Eli", "Stone", "eli@acme.example").await.id;
    let again = values(&[("first_name", "D"), ("last_name", "R"), ("email", "dANA@acme.EXAMPLE")]);
    let in_use = Problem::InUse { by: "Dana Reyes".into() };
    assert_eq!(only_problem(contacts::contact_create(&desk, &again).await), ("email".into(), in_use.clone()));
    let taken = contacts::contact_edit(&desk, eli, &[change("email", "eli@acme.example", "dana@acme.example")]).await;
    assert_eq!(only_problem(taken), ("email".into(), in_use));
    desk.set(dana, "email", "Dana@Acme.example", "dana@acme.example").await;
    desk.set(dana, "email", "dana@acme.example", "dana@home.example").await;
    desk.set(eli, "email", "eli@acme.example", "dana@acme.example").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn references_must_be_there() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let acme = employers::employer_create(&desk, &values(&[("name", "Acme")])).await.expect("an employer");
    let nobody = desk.new_id().to_string();
    let refused = contacts::contact_edit(&desk, dana, &[change("employer", "", &nobody)]).await;
    assert_eq!(only_problem(refused), ("employer".into(), Problem::UnknownReference));
    let refused = contacts::contact_edit(&desk, dana, &[change("employer", "", &dana.to_string())]).await;
    assert_eq!(only_problem(refused).1, Problem::UnknownReference, "a contact is no employer");
    desk.set(dana, "employer", "", &acme.id.to_string()).await;
    let profile = contacts::contact_get(&desk, dana).await.expect("the profile");
    let employer = profile.employer.expect("an employer");
    assert_eq!((employer.name.as_str(), employer.contacts), ("Acme", 1));
    let labs = employers::employer_create(&desk, &values(&[("name", "Labs")])).await.expect("an employer");
    undo::undo(&desk, labs.operation, liaison_domain::undo::UndoMode::KeepLaterChanges, &mut crate::common::go_on)
        .await
        .expect("gone");
    let refused =
        contacts::contact_edit(&desk, dana, &[change("employer", &acme.id.to_string(), &labs.id.to_string())]).await;
    assert_eq!(only_problem(refused).1, Problem::UnknownReference, "what lies in the trash is not referred to");
    assert_eq!(
        contacts::contact_edit(&desk, desk.new_id(), &[]).await,
        Err(CommandError::NotFound { what: "contact".into() })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_need_a_name_and_no_people() {
    // M50.
    let desk = desk().await;
    let refused = employers::employer_create(&desk, &values(&[("city", "Oslo")])).await;
    assert_eq!(only_problem(refused), ("name".into(), Problem::Required));
    let acme = desk.add_employer("Acme").await;
    let page = employers::employer_get(&desk, acme).await.expect("the page");
    assert_eq!((page.name.as_str(), page.contacts, page.users, page.primary_contact), ("Acme", 0, 0, None));
    employers::employer_edit(&desk, acme, &[change("name", "Acme", "Acme Labs")]).await.expect("renamed");
    let conflict = employers::employer_edit(&desk, acme, &[change("name", "Acme", "Acme Inc.")]).await;
    let Err(CommandError::Conflict { fields }) = conflict else { panic!("a conflict: {conflict:?}") };
    assert_eq!((fields[0].field.as_str(), fields[0].by.as_str()), ("name", "Ada Berg"));
    let cleared = employers::employer_edit(&desk, acme, &[change("name", "Acme Labs", "")]).await;
    assert_eq!(only_problem(cleared), ("name".into(), Problem::Required));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_written_edited_and_deleted() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let first = notes::note_add(&desk, dana, "Met at the fair\nLikes tea").await.expect("a note");
    notes::note_add(&desk, dana, "Second").await.expect("a note");
    let list = async |after, limit| notes::notes_list(&desk, dana, after, limit).await.expect("notes");
    let notes = list(None, 50).await.rows;
    assert_eq!((notes[0].text.as_str(), notes[1].text.as_str()), ("Second", "Met at the fair\nLikes tea"));
    assert_eq!((notes[1].author.as_str(), notes[1].edited), ("Ada Berg", false));
    notes::note_edit(&desk, first.id, "Met at the fair").await.expect("edited");
    assert!(list(None, 50).await.rows[1].edited);
    let (one, rest) = (list(None, 1).await, list(Some(notes[0].id), 50).await);
    assert_eq!((one.total, one.rows.len(), one.rows[0].id), (2, 1, notes[0].id));
    assert_eq!((rest.total, rest.rows.len(), rest.rows[0].id), (2, 1, notes[1].id));
    assert!(list(Some(notes[1].id), 50).await.rows.is_empty());
    assert_eq!(only_problem(notes::note_edit(&desk, first.id, "").await), ("text".into(), Problem::Required));
    notes::note_delete(&desk, first.id).await.expect("deleted");
    assert_eq!(contacts::contact_get(&desk, dana).await.expect("the profile").counts.notes, 1);
    let gone: Vec<Result<_, CommandError>> =
        vec![notes::note_edit(&desk, first.id, "x").await, notes::note_delete(&desk, first.id).await];
    assert!(gone.into_iter().all(|refused| refused == Err(CommandError::NotFound { what: "note".into() })));
    let nobody: Id = desk.new_id();
    assert_eq!(notes::note_add(&desk, nobody, "x").await, Err(CommandError::NotFound { what: "contact".into() }));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_of_a_contact_has_everything_done_about_the_person() {
    // M21.
    let desk = desk().await;
    let (dana, dan) = (desk.add("Dana", "Reyes", "dana@acme.example").await.id, "dan@acme.example");
    let note = notes::note_add(&desk, dana, "Called.").await.expect("a note").id;
    notes::note_edit(&desk, note, "Called twice.").await.expect("an edit");
    let task = values(&[("title", "Write back"), ("contact", &dana.to_string())]);
    entries::record_create(&desk, RecordKind::Task, &task).await.expect("a task");
    notes::note_delete(&desk, note).await.expect("deleted");
    let acme = employers::employer_create(&desk, &values(&[("name", "Acme")])).await.expect("an employer").id;
    desk.set(dana, "employer", "", &acme.to_string()).await;
    for _ in 0..2 {
        employments::contact_toggle_primary(&desk, dana).await.expect("toggled");
    }
    let dan = desk.add("Dan", "Reyes", dan).await.id;
    merge::contacts_merge(&desk, dana, &[dan], &Default::default()).await.expect("merged");
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("the log");
    assert!(audit.iter().rev().map(|entry| entry.at).is_sorted(), "newest first");
    let told: Vec<_> = audit
        .iter()
        .rev()
        .filter_map(|entry| Some((entry.about.as_ref()?.kind, entry.kind?, entry.about.as_ref()?.id)))
        .collect();
    let kinds: Vec<_> = told.iter().map(|(kind, operation, _)| (*kind, *operation)).collect();
    assert_eq!(
        kinds,
        [
            (RecordKind::Note, OperationKind::NotesCreate),
            (RecordKind::Note, OperationKind::NotesEdit),
            (RecordKind::Task, OperationKind::RecordsCreate),
            (RecordKind::Note, OperationKind::NotesDelete),
            (RecordKind::Employer, OperationKind::EmployersPrimary),
            (RecordKind::Employer, OperationKind::EmployersPrimary),
            (RecordKind::Contact, OperationKind::ContactsMerge),
        ]
    );
    assert_eq!(told.last().map(|(.., id)| *id), Some(dan));
    let other = desk.add("Eve", "Stone", "eve@acme.example").await.id;
    desk.set(other, "employer", "", &acme.to_string()).await;
    let audit = history::audit_log(&desk, RecordKind::Contact, other).await.expect("the log");
    assert!(audit.iter().all(|entry| entry.about.is_none()), "the colleague was never the primary contact");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_employers_cannot_have_one_name() {
    let desk = desk().await;
    let create = async |name: &str| employers::employer_create(&desk, &values(&[("name", name)])).await;
    let acme = create("Acme Corp").await.expect("an employer").id;
    create("Inactive").await.expect("the one of this name");
    for taken in ["Acme Corp", " ACME  corp ", "inactive"] {
        assert_eq!(only_problem(create(taken).await), ("name".into(), Problem::NameTaken), "{taken}");
    }
    let edit =
        async |before: &str, after: &str| employers::employer_edit(&desk, acme, &[change("name", before, after)]).await;
    assert_eq!(only_problem(edit("Acme Corp", "INACTIVE").await), ("name".into(), Problem::NameTaken));
    edit("Acme Corp", "ACME Corp").await.expect("its own name, written differently");
}
