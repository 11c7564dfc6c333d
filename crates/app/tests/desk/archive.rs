//! Archiving and reviving in all four ways, singly and in bulk (M22–M27, M32).

use crate::common::{TestDesk, change, desk, go_on, ids, sample, values};
use liaison_app::CommandError;
use liaison_app::archive::{ArchivePreview, Revival};
use liaison_app::lists::Selection;
use liaison_app::{archive, contacts, employments, history, lists, review, undo};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::filter::ListQuery;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, contact};
use std::collections::BTreeMap;

/// Every row that is not in the trash; the journal itself, and what tells of changed rows, is not what an undo puts back.
pub async fn state(desk: &TestDesk) -> BTreeMap<String, Vec<String>> {
    let mut rows = desk.rows().await;
    for table in ["operation", "change", "row_change", "import_mapping"] {
        rows.remove(table);
    }
    for lines in rows.values_mut() {
        lines.retain(|line| !line.contains(" deleted_at=") || line.contains(" deleted_at=NULL "));
    }
    rows
}

/// Takes an operation back and does it again: both lead where they should.
pub async fn comes_back(desk: &TestDesk, operation: Id, before: &BTreeMap<String, Vec<String>>) {
    let after = state(desk).await;
    let said = undo::undo_preview(desk, operation).await.expect("a preview");
    assert_eq!(said.conflicts_total, 0, "{:?}", said.conflicts);
    let undone = undo::undo(desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    assert_eq!(&state(desk).await, before, "taken back");
    let undone = undone.operation.expect("an operation");
    undo::undo(desk, undone, UndoMode::KeepLaterChanges, &mut go_on).await.expect("a redo");
    assert_eq!(state(desk).await, after, "done again");
    desk.assert_whole().await;
}

/// Dana at Acme, seen by students, who can log in.
pub async fn dana(desk: &TestDesk) -> (Id, Id) {
    let acme = desk.add_employer("Acme").await;
    let mut form = values(&[("first_name", "Dana"), ("last_name", "Reyes"), ("email", "dana@acme.example")]);
    form.extend(values(&[("title", "Recruiter"), ("visibility", "students"), ("employer", &acme.to_string())]));
    let dana = contacts::contact_create(desk, &form).await.expect("a contact").id;
    desk.user("dana@acme.example", "Default Access", true).await;
    (dana, acme)
}

pub fn revival(way: ArchiveWay) -> Revival {
    Revival { way, employer: None, visibility: None, access: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn archiving_and_reviving_leads_back_and_never_touches_the_user() {
    for way in ArchiveWay::ALL {
        let desk = desk().await;
        let (dana, acme) = dana(&desk).await;
        let other = desk.add("Bo", "Lee", "bo@lee.example").await.id;
        let beginning = state(&desk).await;
        let said = archive::contacts_archive_preview(&desk, &ids(&[dana]), way).await.expect("a preview");
        let expected = ArchivePreview {
            contacts: 1,
            hidden_from_students: 1,
            can_still_log_in: 1,
            makes_inactive: way == ArchiveWay::Employer,
            ..ArchivePreview::default()
        };
        assert_eq!(said, expected, "{way:?}");
        let users = desk.live(RecordKind::EmployerUser).await;
        let done = archive::contacts_archive(&desk, &ids(&[dana]), way, &mut go_on).await.expect("archived");
        assert_eq!((done.changed, done.skipped, done.users), (1, 0, 0));
        comes_back(&desk, done.operation.expect("an operation"), &beginning).await;
        assert_eq!(desk.live(RecordKind::EmployerUser).await, users, "M23");
        let again = archive::contacts_archive(&desk, &ids(&[dana]), way, &mut go_on).await.expect("already so");
        assert_eq!((again.operation, again.skipped), (None, 1));

        if way == ArchiveWay::Employer {
            let former = employments::former_contacts(&desk, acme, 0, 50).await.expect("former contacts");
            assert_eq!(former.total, 1);
            let row = &former.rows[0];
            assert_eq!((row.id, row.inactive, row.now_at.as_deref()), (dana, true, Some("Inactive")), "M24");
            assert_eq!(row.title.as_deref(), Some("Recruiter"));
            let mut query = ListQuery::all(RecordKind::Contact);
            query.filter.push(liaison_domain::filter::Condition::is(&contact::EMPLOYER, "Inactive"));
            assert_eq!(lists::list_count(&desk, query).await.expect("a count"), 1, "found by the filter");
        }
        let archived = state(&desk).await;
        let said =
            archive::contacts_revive_preview(&desk, &ids(&[dana, other]), &revival(way)).await.expect("a preview");
        assert_eq!((said.contacts, said.not_archived, said.seen_by_students), (1, 1, 1), "{way:?}");
        let done =
            archive::contacts_revive(&desk, &ids(&[dana, other]), &revival(way), &mut go_on).await.expect("revived");
        assert_eq!((done.changed, done.skipped), (1, 1));
        let record = desk.record(RecordKind::Contact, dana).await;
        assert_eq!(record.get(&contact::EMPLOYER).as_reference(), Some(acme));
        assert_eq!(record.text(&contact::VISIBILITY), "students", "as it was before: {way:?}");
        assert_eq!(record.text(&contact::APPROVAL), "approved");
        assert_eq!(record.attributes().count(), 0, "no mark stays");
        assert_eq!(employments::former_contacts(&desk, acme, 0, 50).await.expect("former contacts").total, 0);
        comes_back(&desk, done.operation.expect("an operation"), &archived).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revived_contact_may_come_back_elsewhere() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let beta = desk.add_employer("Beta").await;
    archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Employer, &mut go_on).await.expect("archived");
    let elsewhere = Revival {
        way: ArchiveWay::Employer,
        employer: Some(beta),
        visibility: Some("career_advisors".into()),
        access: false,
    };
    archive::contacts_revive(&desk, &ids(&[dana]), &elsewhere, &mut go_on).await.expect("revived");
    let record = desk.record(RecordKind::Contact, dana).await;
    assert_eq!(record.get(&contact::EMPLOYER).as_reference(), Some(beta));
    assert_eq!(record.text(&contact::VISIBILITY), "career_advisors");
    let history = employments::contact_employments(&desk, dana).await.expect("a history");
    let lines: Vec<_> = history.iter().map(|row| (row.employer, row.current, row.ended_on.is_some())).collect();
    assert_eq!(lines, [(beta, true, false), (acme, false, true)], "\"Inactive\" is no employer");
    // Nobody knows where somebody was who always was at "Inactive".
    let stray = desk.add("Stray", "One", "stray@one.example").await.id;
    let inactive = desk.number("SELECT count(*) FROM employer WHERE name='Inactive' AND deleted_at IS NULL").await;
    assert_eq!(inactive, 1, "found, not made again");
    archive::contacts_archive(&desk, &ids(&[stray]), ArchiveWay::Employer, &mut go_on).await.expect("archived");
    let said = archive::contacts_revive_preview(&desk, &ids(&[stray]), &revival(ArchiveWay::Employer))
        .await
        .expect("a preview");
    assert_eq!((said.contacts, said.no_employer), (0, 1));
    let refused = archive::contacts_revive(&desk, &ids(&[stray]), &revival(ArchiveWay::Employer), &mut go_on).await;
    assert_eq!(crate::common::only_problem(refused).0, "employer");
    assert_eq!(desk.number("SELECT count(*) FROM employer WHERE name='Inactive' AND deleted_at IS NULL").await, 1);
}

/// What the preview says of a random directory is what happens, in every way; taken back, all is as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_archive_does_what_its_preview_says() {
    let desk = sample(300).await;
    for way in ArchiveWay::ALL {
        let mut query = ListQuery::all(RecordKind::Contact);
        let any = |values: &[&str]| liaison_domain::filter::Condition {
            field: "approval".into(),
            op: liaison_domain::filter::FilterOp::Is,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        query.filter.push(any(&["approved", "pending", "rejected"]));
        let result = lists::list_open(&desk, query).await.expect("a list").result;
        let everybody = Selection::Result { result, except: Vec::new() };
        let (before, people) = (state(&desk).await, desk.live(RecordKind::Contact).await);
        let users = desk.live(RecordKind::EmployerUser).await;
        let said = archive::contacts_archive_preview(&desk, &everybody, way).await.expect("a preview");
        let done = archive::contacts_archive(&desk, &everybody, way, &mut go_on).await.expect("archived");
        assert_eq!((done.changed, done.skipped), (said.contacts, said.already + said.frozen), "{way:?}");
        assert!(said.contacts > 100, "{said:?}");
        let after = desk.live(RecordKind::Contact).await;
        let seen = |people: &BTreeMap<Id, liaison_domain::Record>| {
            let shown = |record: &&liaison_domain::Record| {
                record.text(&contact::APPROVAL) == "approved" && record.text(&contact::VISIBILITY) == "students"
            };
            people.values().filter(shown).count() as u32
        };
        assert_eq!(seen(&people) - seen(&after), said.hidden_from_students);
        assert_eq!(seen(&after), 0, "{way:?}");
        assert_eq!(desk.live(RecordKind::EmployerUser).await, users);
        for (id, record) in &people {
            if record.text(&contact::APPROVAL) == "rejected" {
                assert_eq!(Some(record), after.get(id), "frozen");
            }
        }
        comes_back(&desk, done.operation.expect("an operation"), &before).await;
        let back = archive::contacts_revive(&desk, &everybody, &revival(way), &mut go_on).await.expect("revived");
        assert!(
            back.changed
                >= said.contacts - people.values().filter(|r| r.get(&contact::EMPLOYER).is_empty()).count() as u32
        );
        // `comes_back` archived once more, by taking back its undo: the last two operations are that and the revival.
        let latest =
            history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 2, ..Default::default() }).await;
        for row in latest.expect("a history").rows {
            undo::undo(&desk, row.id, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
        }
        assert_eq!(state(&desk).await, before);
        lists::list_close(&desk, result);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_review_does_not_reject_by_archiving_nor_take_it_back() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let bo = desk.add("Bo", "Lee", "bo@lee.example").await.id;
    let rejected =
        archive::contacts_archive(&desk, &ids(&[bo]), ArchiveWay::Reject, &mut go_on).await.expect("archived");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let denied = |result: Result<_, CommandError>, permission: &str| {
        assert_eq!(result.err(), Some(CommandError::Denied { permission: permission.into() }));
    };
    denied(archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Reject, &mut go_on).await, "review_contacts");
    denied(archive::contacts_archive(&desk, &ids(&[dana, bo]), ArchiveWay::Attribute, &mut go_on).await, "bulk_update");
    let operation = rejected.operation.expect("an operation");
    denied(undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await, "review_contacts");
    let done = archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Attribute, &mut go_on)
        .await
        .expect("one is an edit");
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("own work");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visibility_somebody_chose_since_stays() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Attribute, &mut go_on).await.expect("archived");
    contacts::contact_edit(&desk, dana, &[change("visibility", "career_advisors", "myself")]).await.expect("an edit");
    archive::contacts_revive(&desk, &ids(&[dana]), &revival(ArchiveWay::Attribute), &mut go_on).await.expect("revived");
    assert_eq!(desk.record(RecordKind::Contact, dana).await.text(&contact::VISIBILITY), "myself");
    let review = review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Reject, &mut go_on).await;
    assert_eq!(review.expect("rejected").changed, 1);
}
