//! Rejected data is frozen (M27): every way of changing it refuses, with the same clear answer. Activities are no data
//! of the contact: notes are still written.

use crate::archive::{dana, revival, state};
use crate::common::{TestDesk, change, desk, go_on, ids, text, values};
use liaison_app::CommandError;
use liaison_app::entries;
use liaison_app::import::{ImportAnswer, ImportOutcome, ImportProblem, ImportTarget};
use liaison_app::person_left::{JobMove, MoveTo, PersonLeft};
use liaison_app::{
    archive, auto_sync, contacts, employers, employments, history, import, notes, person_left, review, undo,
};
use liaison_domain::archive::{AccessStep, ArchiveWay};
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{FieldChange, Id, RecordKind, Refusal, contact};
use std::collections::HashMap;
use std::fmt::Debug;

fn refuses<T: Debug>(way: &str, result: Result<T, CommandError>) {
    assert_eq!(result.err(), Some(CommandError::Frozen), "{way}");
}

async fn frozen() -> (TestDesk, Id, Id) {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    auto_sync::contacts_auto_sync(&desk, &ids(&[dana]), true, &mut go_on).await.expect("on");
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    (desk, dana, acme)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_of_changing_rejected_data_refuses() {
    let (desk, dana, acme) = frozen().await;
    let earlier =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 2, ..Default::default() }).await;
    let synced = earlier.expect("a history").rows[1].id;
    let before = desk.live(RecordKind::Contact).await;
    refuses("edit form", contacts::contact_edit(&desk, dana, &[change("title", "Recruiter", "Boss")]).await);
    refuses("labels", contacts::contact_edit(&desk, dana, &[change("labels", "", "Alumni")]).await);
    refuses("attributes", contacts::contact_edit(&desk, dana, &[change("a1001", "", "yes")]).await);
    for way in [ArchiveWay::Employer, ArchiveWay::Visibility, ArchiveWay::Attribute] {
        refuses(way.key(), archive::contacts_archive(&desk, &ids(&[dana]), way, &mut go_on).await);
        let left = PersonLeft { contact: dana, directory: Some(way), access: None, left_on: None };
        refuses("person left", person_left::person_left(&desk, &left).await);
        refuses("person left, beforehand", person_left::person_left_preview(&desk, &left).await);
    }
    let moved = JobMove {
        contact: dana,
        to: MoveTo::New { name: "Beta".into() },
        values: HashMap::new(),
        user_email: false,
        user_employer: false,
        moved_on: None,
    };
    refuses("job move", person_left::job_move(&desk, &moved).await);
    refuses("job move, beforehand", person_left::job_move_preview(&desk, &moved).await);
    refuses("primary", employments::contact_toggle_primary(&desk, dana).await);
    refuses("AutoSync", auto_sync::contacts_auto_sync(&desk, &ids(&[dana]), false, &mut go_on).await);
    let employment = values(&[("contact", &dana.to_string()), ("employer", &acme.to_string())]);
    refuses("history", entries::record_create(&desk, RecordKind::Employment, &employment).await);
    let change = FieldChange { field: contact::TITLE.number, before: "Recruiter".into(), after: "Boss".into() };
    let beneath = desk.database().write(|db| {
        let intent = liaison_store::Intent {
            id: desk.new_id(),
            now: desk.now(),
            actor: desk.actor().staff,
            kind: liaison_domain::OperationKind::ContactsUpdate,
            detail: String::new(),
            undoes: None,
        };
        let n = db.number("SELECT n FROM contact WHERE approval='rejected'", &[])?;
        liaison_store::Recorder::begin(db, intent)?.update(RecordKind::Contact, n, dana, std::slice::from_ref(&change))
    });
    assert!(matches!(beneath.await, Err(liaison_store::StoreError::Refused(Refusal::Frozen))), "where it is written");

    // In company, the frozen one is skipped and said so.
    let file = desk.file("people.csv", "First name,Last name,E-mail,Job title\nDana,Reyes,dana@acme.example,Boss\n");
    let opened = import::import_open(&desk, &file, None, &mut go_on).await.expect("a file");
    // The contact has the name of the user by now; even so nothing updates it.
    let (about, update) = (ImportOutcome::NameConflict, Some(ImportAnswer::Update));
    import::import_answer(&desk, opened.session, about, None, update).await.expect("an answer");
    let counts =
        import::import_dry_run(&desk, opened.session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!((counts.failed, counts.updated), (1, 0));
    let rows = import::import_rows(&desk, opened.session, None, 0, 10).await.expect("rows");
    assert!(rows.rows[0].problems.iter().any(|problem| problem.problem == ImportProblem::Frozen), "{rows:?}");
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!(done.operation, None);
    employers::employer_edit(&desk, acme, &[crate::common::change("city", "", "Lund")])
        .await
        .expect("the employer is not frozen");
    let undo = undo::undo_preview(&desk, synced).await.expect("a preview");
    assert_eq!(undo.conflicts[0].reason, liaison_domain::undo::ConflictReason::Frozen);
    let kept = undo::undo(&desk, synced, UndoMode::OverwriteLaterChanges, &mut go_on).await.expect("an undo");
    assert_eq!((kept.changed, kept.skipped), (0, 1));
    assert_eq!(desk.live(RecordKind::Contact).await, before, "really frozen");

    // What is no data of the contact: access, notes, and the decision itself.
    let access = PersonLeft { contact: dana, directory: None, access: Some(AccessStep::TurnOff), left_on: None };
    assert_eq!(person_left::person_left(&desk, &access).await.expect("access is another matter").users, 1);
    notes::note_add(&desk, dana, "Called; wants back").await.expect("notes are still written");
    let revived = archive::contacts_revive(&desk, &ids(&[dana]), &revival(ArchiveWay::Reject), &mut go_on).await;
    assert_eq!(revived.expect("revived").changed, 1);
    contacts::contact_edit(&desk, dana, &[crate::common::change("title", "Recruiter", "Boss")]).await.expect("thawed");
}

/// An employment entered while the contact was not rejected is neither changed nor deleted afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_a_rejected_contact_is_frozen_too() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let mut form = values(&[("contact", &dana.to_string()), ("employer", &acme.to_string())]);
    form.insert("ended_on".into(), text("2020-01-31"));
    let employment = entries::record_create(&desk, RecordKind::Employment, &form).await.expect("entered").id;
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let before = state(&desk).await;
    let edit =
        liaison_domain::edit::FieldEdit { field: "title".into(), before: FieldValue::Empty(()), after: text("Intern") };
    refuses("edit", entries::record_edit(&desk, RecordKind::Employment, employment, &[edit]).await);
    refuses("delete", entries::records_delete(&desk, RecordKind::Employment, &[employment]).await);
    assert_eq!(state(&desk).await, before);
}
