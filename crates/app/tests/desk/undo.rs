//! B1: taking back, as one step, also after others worked on; with a clear answer where they did.

use crate::common::{TestDesk, change, desk, go_on, ids, sample, text};
use liaison_app::history::HistoryQuery;
use liaison_app::step::Done;
use liaison_app::undo::{UndoConflict, UndoPreview};
use liaison_app::{contacts, employers, history, import, notes, review, roles, undo};
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{Id, OperationKind, RecordKind};

async fn undo(desk: &TestDesk, operation: Id, mode: UndoMode) -> Done {
    undo::undo(desk, operation, mode, &mut go_on).await.expect("an undo")
}

async fn keep(desk: &TestDesk, operation: Id) -> Done {
    undo(desk, operation, UndoMode::KeepLaterChanges).await
}

async fn preview(desk: &TestDesk, operation: Id) -> UndoPreview {
    undo::undo_preview(desk, operation).await.expect("a preview")
}

async fn live(desk: &TestDesk) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for kind in [RecordKind::Contact, RecordKind::Employer] {
        for id in desk.live(kind).await.into_keys() {
            names.push(match kind {
                RecordKind::Contact => contacts::contact_get(desk, id).await.expect("a contact").name,
                _ => employers::employer_get(desk, id).await.expect("an employer").name,
            });
        }
    }
    names.sort_unstable();
    names
}

async fn import(desk: &TestDesk, csv: &str) -> Id {
    let file = desk.file("people.csv", csv);
    let opened = import::import_open(desk, &file, None, &mut go_on).await.expect("a file");
    import::import_commit(desk, opened.session, &mut go_on).await.expect("an import").operation.expect("an operation")
}

async fn by_email(desk: &TestDesk, email: &str) -> Id {
    let found = desk.live(RecordKind::Contact).await;
    let found = found.into_values().find(|record| record.text(&liaison_domain::contact::EMAIL) == email);
    found.expect("a contact with this address").id
}

const PEOPLE: &str = "First name,Last name,E-mail,Employer\n\
    Ann,Lee,ann@x.example,Acme\nBo,Ray,bo@x.example,Acme\nCy,Poe,cy@x.example,Labs\nDi,Fox,di@x.example,Works\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_import_goes_but_what_somebody_worked_on_since_stays() {
    let desk = desk().await;
    desk.add("Old", "Hand", "old@x.example").await;
    let before = live(&desk).await;
    let imported = import(&desk, PEOPLE).await;
    let (ann, cy) = (by_email(&desk, "ann@x.example").await, by_email(&desk, "cy@x.example").await);
    let edited = desk.set(ann, "title", "", "Dean").await;
    let note = notes::note_add(&desk, cy, "Called").await.expect("a note");
    let said = preview(&desk, imported).await;
    assert_eq!((said.operation.detail.as_str(), said.records, said.can_undo), ("people.csv", 4, 2));
    let of = |record: Id| -> Vec<&UndoConflict> { said.conflicts.iter().filter(|c| c.record == record).collect() };
    let (on_ann, on_cy) = (of(ann), of(cy));
    assert_eq!((on_ann.len(), on_cy.len(), said.conflicts_total), (1, 1, 2));
    assert_eq!((on_ann[0].field.as_deref(), on_ann[0].reason), (Some("title"), ConflictReason::ChangedSince));
    assert_eq!((&on_ann[0].was.value, &on_ann[0].now.value), (&FieldValue::Empty(()), &text("Dean")));
    assert_eq!((on_cy[0].field.as_deref(), on_cy[0].reason), (None, ConflictReason::InUse));
    for conflict in [on_ann[0], on_cy[0]] {
        assert_eq!(conflict.by, "Ada Berg");
        assert!(conflict.at.is_some());
    }
    let done = keep(&desk, imported).await;
    assert_eq!((done.changed, done.skipped), (2, 2), "two people go; two stay, as somebody worked on them");
    assert_eq!(live(&desk).await, ["Acme", "Ann Lee", "Cy Poe", "Labs", "Old Hand"]);
    // Once nobody's work stands in the way, the rest goes, too.
    keep(&desk, edited).await;
    notes::note_delete(&desk, note.id).await.expect("deleted");
    assert_eq!(preview(&desk, imported).await.conflicts_total, 0);
    keep(&desk, imported).await;
    assert_eq!(live(&desk).await, before);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn overwriting_takes_back_what_was_changed_since_too() {
    let desk = desk().await;
    let imported = import(&desk, PEOPLE).await;
    let (ann, cy) = (by_email(&desk, "ann@x.example").await, by_email(&desk, "cy@x.example").await);
    desk.set(ann, "title", "", "Dean").await;
    notes::note_add(&desk, cy, "Called").await.expect("a note");
    undo(&desk, imported, UndoMode::OverwriteLaterChanges).await;
    assert!(live(&desk).await.is_empty());
    let profile = contacts::contact_get(&desk, ann).await.expect("in the trash, not gone");
    assert_eq!((profile.deleted, &profile.values["title"]), (true, &text("Dean")));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_an_import_created_stay_where_somebody_else_uses_them() {
    let desk = desk().await;
    let old = desk.add("Old", "Hand", "old@x.example").await.id;
    let imported = import(&desk, PEOPLE).await;
    let employers = desk.live(RecordKind::Employer).await;
    let named = |name: &str| {
        employers.values().find(|e| e.text(&liaison_domain::employer::NAME) == name).expect("an employer").id
    };
    desk.set(old, "employer", "", &named("Labs").to_string()).await;
    let user = desk.user("works@x.example", "Default Access", true).await;
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::EmployerUser, user)?;
        let change = liaison_domain::FieldChange {
            field: liaison_domain::employer_user::EMPLOYER.number,
            before: liaison_domain::Value::Empty,
            after: named("Works").into(),
        };
        recorder.update(RecordKind::EmployerUser, located.n, user, &[change])
    })
    .await;
    keep(&desk, imported).await;
    assert_eq!(live(&desk).await, ["Labs", "Old Hand", "Works"], "Acme, which nobody uses, is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_by_import_is_taken_back_field_by_field() {
    let desk = desk().await;
    let old = desk.add("Old", "Hand", "old@x.example").await.id;
    let imported =
        import(&desk, "First name,Last name,E-mail,Job title,City,Employer\nOlder,Hand,OLD@x.example,Dean,Oslo,Acme\n")
            .await;
    assert_eq!(live(&desk).await, ["Acme", "Older Hand"]);
    desk.set(old, "city", "Oslo", "Bergen").await;
    let said = preview(&desk, imported).await;
    assert_eq!((said.can_undo, said.conflicts_total), (1, 1));
    assert_eq!(said.conflicts[0].field.as_deref(), Some("city"));
    assert_eq!((&said.conflicts[0].was.value, &said.conflicts[0].now.value), (&text("Oslo"), &text("Bergen")));
    keep(&desk, imported).await;
    let profile = contacts::contact_get(&desk, old).await.expect("the profile");
    assert_eq!((profile.name.as_str(), profile.values.get("title"), profile.employer), ("Old Hand", None, None));
    assert_eq!(profile.values["city"], text("Bergen"), "the later value is kept");
    assert_eq!(live(&desk).await, ["Old Hand"]);
    undo(&desk, imported, UndoMode::OverwriteLaterChanges).await;
    assert_eq!(contacts::contact_get(&desk, old).await.expect("the profile").values.get("city"), None);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_twice_does_nothing_more_and_an_undo_can_be_taken_back() {
    let desk = sample(80).await;
    let before = live(&desk).await;
    let people: Vec<Id> = desk.live(RecordKind::Contact).await.into_keys().collect();
    let rejected =
        review::contacts_review(&desk, &ids(&people), ReviewAction::RejectAndRevoke, &mut go_on).await.expect("done");
    let operation = rejected.operation.expect("an operation");
    let after = desk.live(RecordKind::EmployerUser).await;
    let first = keep(&desk, operation).await;
    assert_eq!((first.changed, first.users), (people.len() as u32 - already_rejected(&desk).await, rejected.users));
    let rows = desk.rows().await;
    let second = keep(&desk, operation).await;
    assert_eq!((second.operation, second.changed, second.users), (None, 0, 0));
    assert_eq!(desk.rows().await, rows, "the second time nothing is written");
    let said = preview(&desk, operation).await;
    assert_eq!((said.can_undo, said.conflicts_total, said.operation.undone), (0, 0, true));
    let undo_operation = first.operation.expect("an operation");
    let redone = keep(&desk, undo_operation).await;
    assert_eq!((redone.changed, redone.users), (first.changed, first.users));
    assert_eq!(desk.live(RecordKind::EmployerUser).await, after);
    let history =
        history::history_list(&desk, &HistoryQuery { limit: 3, ..Default::default() }).await.expect("history").rows;
    let kinds: Vec<_> = history.iter().map(|row| (row.kind, row.undone, row.undoes_kind)).collect();
    assert_eq!(
        kinds,
        [
            (Some(OperationKind::Undo), false, Some(OperationKind::Undo)),
            (Some(OperationKind::Undo), true, Some(OperationKind::ContactsRejectAndRevoke)),
            (Some(OperationKind::ContactsRejectAndRevoke), false, None),
        ],
        "what was taken back and done again counts as done"
    );
    let third = keep(&desk, redone.operation.expect("an operation")).await;
    assert_eq!(live(&desk).await, before);
    let undone = async || preview(&desk, operation).await.operation.undone;
    assert!(undone().await, "taken back, done again, taken back");
    let fourth = keep(&desk, third.operation.expect("an operation")).await;
    assert!(!undone().await, "and done again");
    keep(&desk, fourth.operation.expect("an operation")).await;
    let audit = history::audit_log(&desk, RecordKind::Contact, people[0]).await.expect("the log");
    let entry = audit.iter().find(|entry| entry.operation == operation);
    assert!(entry.is_none_or(|entry| entry.undone));
    desk.assert_whole().await;
}

async fn already_rejected(desk: &TestDesk) -> u32 {
    desk.number("SELECT count(*) FROM contact WHERE approval='rejected'").await as u32
}

#[tokio::test(flavor = "multi_thread")]
async fn the_data_of_a_contact_rejected_since_stays_frozen() {
    // M27.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@x.example").await;
    let edited = desk.set(dana.id, "title", "", "Dean").await;
    let rejected =
        review::contacts_review(&desk, &ids(&[dana.id]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let said = preview(&desk, edited).await;
    assert_eq!((said.can_undo, said.conflicts_total), (0, 1));
    assert_eq!(said.conflicts[0].reason, ConflictReason::Frozen);
    for mode in [UndoMode::KeepLaterChanges, UndoMode::OverwriteLaterChanges] {
        assert_eq!(undo(&desk, edited, mode).await.operation, None);
    }
    assert_eq!(contacts::contact_get(&desk, dana.id).await.expect("the profile").values["title"], text("Dean"));
    // A rejected contact can still go to the trash with what created it, and come back out of it.
    let gone = undo(&desk, dana.operation, UndoMode::OverwriteLaterChanges).await;
    assert!(contacts::contact_get(&desk, dana.id).await.expect("the profile").deleted);
    notes::note_add(&desk, dana.id, "x").await.expect_err("in the trash");
    keep(&desk, gone.operation.expect("an operation")).await;
    assert!(!contacts::contact_get(&desk, dana.id).await.expect("the profile").deleted);
    keep(&desk, rejected.operation.expect("an operation")).await;
    keep(&desk, edited).await;
    assert_eq!(contacts::contact_get(&desk, dana.id).await.expect("the profile").values.get("title"), None);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_since_is_kept() {
    let desk = desk().await;
    let (default, denied) = ("Default Access", "Denied Access Role");
    let role = roles::role_named(&desk, denied).await.expect("a role");
    let dana = desk.arrive("Dana", "Reyes", "dana@x.example").await;
    let user = desk.user("dana@x.example", default, true).await;
    let assign = ReviewAction::ApproveAndAssign { role };
    let assigned = review::contacts_review(&desk, &ids(&[dana]), assign, &mut go_on).await.expect("done");
    let default_role = roles::role_named(&desk, default).await.expect("a role");
    let back = ReviewAction::ApproveAndAssign { role: default_role };
    review::contacts_review(&desk, &ids(&[dana]), back, &mut go_on).await.expect("done");
    let third = roles::role_named(&desk, denied).await.expect("a role");
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::ApproveAndAssign { role: third }, &mut go_on)
        .await
        .expect("done");
    let operation = assigned.operation.expect("an operation");
    // The value is again what the operation left, so it is taken back; nothing else stands in the way.
    assert_eq!(preview(&desk, operation).await.conflicts_total, 0);
    let done = keep(&desk, operation).await;
    assert_eq!((done.changed, done.users), (1, 1));
    assert_eq!(desk.standing(user).await, (default.into(), true));
    assert_eq!(desk.approval(dana).await, "pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn sample_data_goes_without_a_trace_on_the_screen() {
    let desk = sample(60).await;
    let mine = desk.add("My", "Own", "own@x.example").await;
    let sampled =
        history::history_list(&desk, &HistoryQuery { limit: 2, ..Default::default() }).await.expect("history").rows[1]
            .id;
    let said = preview(&desk, sampled).await;
    assert_eq!((said.records, said.can_undo, said.conflicts_total), (60, 60, 0));
    keep(&desk, sampled).await;
    assert_eq!(live(&desk).await, ["My Own"]);
    for kind in [RecordKind::EmployerUser, RecordKind::Note] {
        assert!(desk.live(kind).await.is_empty(), "{kind:?}");
    }
    assert_eq!(roles::roles_list(&desk).await.expect("roles").len(), 2, "the two that ship with the product");
    keep(&desk, mine.operation).await;
    desk.assert_whole().await;
}

/// A touched and untouched contact of the sample: what the preview says of its own notes is what happens.
#[tokio::test(flavor = "multi_thread")]
async fn notes_that_came_with_a_contact_do_not_hold_it() {
    let desk = sample(60).await;
    let sampled =
        history::history_list(&desk, &HistoryQuery { limit: 1, ..Default::default() }).await.expect("history").rows[0]
            .id;
    let noted = desk.live(RecordKind::Note).await.into_values().next().expect("the sample has notes");
    let contact = noted.get(&liaison_domain::note::CONTACT).as_reference().expect("a contact");
    let record = desk.record(RecordKind::Contact, contact).await;
    let done = review::contacts_review(&desk, &ids(&[contact]), ReviewAction::Approve, &mut go_on).await.expect("done");
    if let Some(operation) = done.operation {
        keep(&desk, operation).await;
    } else {
        let title = record.text(&liaison_domain::contact::TITLE).to_owned();
        let edited = contacts::contact_edit(&desk, contact, &[change("title", &title, "Something else")])
            .await
            .expect("an edit");
        keep(&desk, edited.operation.expect("an operation")).await;
    }
    let said = preview(&desk, sampled).await;
    assert_eq!((said.can_undo, said.conflicts_total), (60, 0));
    keep(&desk, sampled).await;
    assert!(live(&desk).await.is_empty());
}
