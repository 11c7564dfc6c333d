//! What a contact's page shows beside its fields: the timeline, a note that was begun, and where an inactive person was
//! before.

use crate::archive::dana;
use crate::common::{TestDesk, change, desk, go_on, ids, text, values};
use liaison_app::activities::{TimelineEntry, TimelineKind, TimelineWhat, contact_timeline};
use liaison_app::{
    CommandError, archive, contacts, employers, employments, entries, lists, merge, note_drafts, notes, staff, trash,
    undo,
};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole};
use std::collections::HashMap;

async fn pages(desk: &TestDesk, contact: Id, kinds: &[TimelineKind], limit: u32) -> Vec<TimelineEntry> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = contact_timeline(desk, contact, kinds, after.as_deref(), limit).await.expect("a page");
        let Some(last) = page.rows.last() else {
            assert_eq!(rows.len(), page.total as usize, "as many as counted");
            return rows;
        };
        after = Some(last.place.clone());
        rows.extend(page.rows);
    }
}

async fn add(desk: &TestDesk, kind: RecordKind, given: &[(&str, FieldValue)]) -> Id {
    let values: HashMap<_, _> = given.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    entries::record_create(desk, kind, &values).await.expect("a record").id
}

/// Dana with something of every kind, on days and at moments that fall together.
async fn eventful(desk: &TestDesk) -> Id {
    let (dana, acme) = dana(desk).await;
    let (on_dana, on_acme) = (text(&dana.to_string()), text(&acme.to_string()));
    let now = FieldValue::Number(desk.now() as i64);
    let today = text(&desk.today().to_string());
    notes::note_add(desk, dana, "Called").await.expect("a note");
    add(desk, RecordKind::Task, &[("contact", on_dana.clone()), ("title", text("Call back"))]).await;
    for title in ["One", "Two"] {
        let meeting = [("contact", on_dana.clone()), ("title", text(title)), ("starts_at", now.clone())];
        add(desk, RecordKind::Meeting, &meeting).await;
        let oci = [
            ("contact", on_dana.clone()),
            ("employer", on_acme.clone()),
            ("title", text(title)),
            ("held_on", today.clone()),
        ];
        add(desk, RecordKind::InterviewSchedule, &oci).await;
        let listing = [
            ("contact", on_dana.clone()),
            ("employer", on_acme.clone()),
            ("title", text(title)),
            ("posted_on", today.clone()),
        ];
        add(desk, RecordKind::JobListing, &listing).await;
    }
    add(desk, RecordKind::Email, &[("contact", on_dana.clone()), ("subject", text("Hello"))]).await;
    add(desk, RecordKind::Event, &[("contact", on_dana.clone()), ("title", text("Fair")), ("starts_at", now)]).await;
    contacts::contact_edit(desk, dana, &[change("title", "Recruiter", "Lead Recruiter")]).await.expect("a title");
    contacts::contact_edit(desk, dana, &[change("city", "", "Boston")]).await.expect("not told");
    archive::contacts_archive(desk, &ids(&[dana]), ArchiveWay::Employer, &mut go_on).await.expect("archived");
    dana
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_has_everything_once_newest_first_however_it_is_paged() {
    let desk = desk().await;
    let dana = eventful(&desk).await;
    let all = pages(&desk, dana, &[], 200).await;
    let count = |kind| all.iter().filter(|entry| entry.kind == kind).count();
    assert_eq!(count(TimelineKind::Note), 1);
    assert_eq!(count(TimelineKind::Task), 1);
    assert_eq!(count(TimelineKind::Meeting), 2);
    assert_eq!(count(TimelineKind::Oci), 2);
    assert_eq!(count(TimelineKind::JobListing), 2);
    assert_eq!(count(TimelineKind::Email), 1);
    assert_eq!(count(TimelineKind::Event), 1);
    assert_eq!(count(TimelineKind::Employment), 2, "a new title, and Acme was left");
    assert_eq!(count(TimelineKind::Status), 2, "added, and hidden from students");
    assert!(all.windows(2).all(|pair| pair[0].at >= pair[1].at), "newest first");
    for limit in [1, 2, 3, 5] {
        assert_eq!(pages(&desk, dana, &[], limit).await, all, "pages of {limit}");
    }
    for kind in TimelineKind::ALL {
        let only = pages(&desk, dana, &[kind], 1).await;
        assert_eq!(only, all.iter().filter(|entry| entry.kind == kind).cloned().collect::<Vec<_>>());
    }
    let left = all.iter().find_map(|entry| match &entry.what {
        TimelineWhat::Employment { employer_name, title, left, .. } => {
            Some((employer_name.as_str(), title.as_deref(), *left))
        }
        _ => None,
    });
    assert_eq!(left, Some(("Acme", Some("Lead Recruiter"), true)));
    let counted = contact_timeline(&desk, dana, &[TimelineKind::Note], None, 5).await.expect("a page");
    assert_eq!(counted.total, 1);
    assert_eq!(counted.counts.iter().map(|count| count.count).sum::<u32>(), all.len() as u32, "counts are of all");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_undone_did_not_happen_and_the_journal_is_told_to_those_who_may_read_it() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let edited = contacts::contact_edit(&desk, dana, &[change("title", "Recruiter", "Chief")]).await.expect("edited");
    assert_eq!(pages(&desk, dana, &[TimelineKind::Employment], 9).await.len(), 1);
    let operation = edited.operation.expect("an operation");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(pages(&desk, dana, &[TimelineKind::Employment], 9).await.is_empty());
    assert_eq!(pages(&desk, dana, &[TimelineKind::Status], 9).await.len(), 1, "added");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    assert!(!desk.actor().may(liaison_domain::Permission::ViewAuditLog));
    assert!(pages(&desk, dana, &[], 9).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_kept_for_its_author_and_the_journal_knows_nothing_of_it() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let note = notes::note_add(&desk, dana, "Called").await.expect("a note").id;
    let operations = desk.number("SELECT count(*) FROM operation").await;
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, None, "Half a no").await.expect("kept");
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, None, "Half a note\n ").await.expect("kept");
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, Some(note), "Called, and").await.expect("kept");
    assert_eq!(desk.number("SELECT count(*) FROM operation").await, operations);
    assert!(contacts::contact_get(&desk, dana).await.expect("a profile").has_draft);

    let person = values(&[("first_name", "Bob"), ("last_name", "Moss"), ("email", "bob@northfield.example")]);
    let role = liaison_app::staff::StaffAssignment::BuiltIn { role: StaffRole::Administrator };
    let bob = staff::staff_create(&desk, &person, role).await.expect("staff").id;
    let theirs = desk.for_person(bob).await.expect("Bob's desk");
    assert_eq!(note_drafts::note_draft(&theirs, RecordKind::Contact, dana, None).await, Ok(None), "nobody else's");
    assert!(!contacts::contact_get(&theirs, dana).await.expect("a profile").has_draft);

    drop(theirs);
    let desk = desk.reopened(None).await;
    let draft = note_drafts::note_draft(&desk, RecordKind::Contact, dana, None)
        .await
        .expect("read")
        .expect("kept over a restart");
    assert_eq!(draft.text, "Half a note\n ", "as it was typed");
    let listed = notes::notes_list(&desk, dana, None, 5).await.expect("notes");
    assert_eq!((listed.rows.len(), listed.rows[0].text.as_str(), listed.rows[0].has_draft), (1, "Called", true));
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, Some(note), "").await.expect("discarded");
    assert_eq!(note_drafts::note_draft(&desk, RecordKind::Contact, dana, Some(note)).await, Ok(None));
    let long = note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, None, &"a".repeat(60_000)).await;
    assert!(matches!(long, Err(CommandError::Validation { .. })));
    assert!(
        note_drafts::note_draft(&desk, RecordKind::Contact, dana, None).await.expect("read").is_some(),
        "what fits is kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_follows_a_merge_and_goes_with_its_contact() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let double = desk.add("Dana", "Reyes", "d.reyes@acme.example").await.id;
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, double, None, "Half a note").await.expect("kept");
    merge::contacts_merge(&desk, dana, &[double], &HashMap::new()).await.expect("merged");
    let draft =
        note_drafts::note_draft(&desk, RecordKind::Contact, dana, None).await.expect("read").expect("it led on");
    assert_eq!(draft.text, "Half a note");
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, dana, None, "A whole one").await.expect("kept");
    assert_eq!(desk.number("SELECT count(*) FROM setting WHERE key LIKE 'draft/%'").await, 1);
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    assert_eq!(desk.number("SELECT count(*) FROM setting WHERE key LIKE 'draft/%'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inactive_person_is_shown_with_what_they_were() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let before = contacts::contact_get(&desk, dana).await.expect("a profile");
    assert_eq!((before.inactive, before.former, before.do_not_email), (false, None, false));
    assert!(employers::employer_get(&desk, acme).await.expect("an employer").last_heard.is_some());
    archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Employer, &mut go_on).await.expect("archived");
    let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
    let former = profile.former.expect("known");
    assert!(profile.inactive);
    assert_eq!(
        (former.employer, former.employer_name.as_str(), former.title.as_deref()),
        (acme, "Acme", Some("Recruiter"))
    );
    assert_eq!(former.left_on, desk.today().to_string());
    let history = employments::contact_employments(&desk, dana).await.expect("a history");
    assert_eq!(history.iter().map(|row| (row.employer, row.current)).collect::<Vec<_>>(), [(acme, false)]);
    assert_eq!(employers::employer_get(&desk, acme).await.expect("an employer").last_heard, None, "nobody is left");

    let list = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let rows = lists::list_window(&desk, list.result, 0, 5, &["employer".into()]).await.expect("rows").rows;
    let told = rows[0].inactive.as_ref().and_then(|inactive| inactive.former_employer.as_deref());
    assert_eq!(told, Some("Acme"));
    let rows = lists::list_window(&desk, list.result, 0, 5, &["title".into()]).await.expect("rows").rows;
    assert_eq!(rows[0].inactive, None, "only where the employer is asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_person_is_shown_as_such() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    archive::contacts_archive(&desk, &ids(&[dana]), ArchiveWay::Attribute, &mut go_on).await.expect("archived");
    let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
    assert_eq!((profile.inactive, profile.do_not_email, profile.former), (true, true, None));
}
