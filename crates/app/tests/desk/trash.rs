//! Delete, restore, erase (M20, B9): what goes along, what stands in the way, and that an erasure leaves no trace.

use crate::common::{Folder, TestDesk, change, desk, go_on, ids, sample, values};
use liaison_app::entries;
use liaison_app::{CommandError, Session, backup, contacts, employers, lists, note_drafts, notes, trash, undo};
use liaison_domain::trash::REST_MILLIS;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, contact};
use liaison_store::Database;

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

async fn person(desk: &TestDesk, first: &str, mail: &str) -> Id {
    let person = values(&[("first_name", first), ("last_name", "Quimby"), ("email", mail)]);
    contacts::contact_create(desk, &person).await.expect("a contact").id
}

async fn record(desk: &TestDesk, kind: RecordKind, given: &[(&str, &str)]) -> Id {
    entries::record_create(desk, kind, &values(given)).await.expect("a record").id
}

/// A contact with a note, a task and a meeting that another contact attends.
async fn busy_person(desk: &TestDesk) -> (Id, Id) {
    let (ann, bob) = (person(desk, "Ann", "ann@q.example").await, person(desk, "Bob", "bob@q.example").await);
    let of_ann = ann.to_string();
    notes::note_add(desk, ann, "Met at the zeppelin fair").await.expect("a note");
    record(desk, RecordKind::Task, &[("contact", &of_ann), ("title", "Call about zeppelins")]).await;
    let meeting = [("contact", of_ann.as_str()), ("title", "Zeppelin tour"), ("starts_at", "1790000000000")];
    let meeting = record(desk, RecordKind::Meeting, &meeting).await.to_string();
    let part = [("contact", bob.to_string()), ("part", "attendee".into()), ("meeting", meeting)];
    record(desk, RecordKind::Participation, &part.each_ref().map(|(key, value)| (*key, value.as_str()))).await;
    (ann, bob)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_goes_with_what_belongs_to_it_and_comes_back_with_it() {
    let desk = desk().await;
    let (ann, _) = busy_person(&desk).await;
    let before = desk.everything().await;
    let preview = trash::delete_preview(&desk, RecordKind::Contact, &ids(&[ann])).await.expect("a preview");
    assert_eq!((preview.records, preview.blocked), (1, 0));
    let along: Vec<_> = preview.along.iter().map(|along| (along.kind, along.count)).collect();
    let one = |kind| (kind, 1);
    assert_eq!(
        along,
        [RecordKind::Note, RecordKind::Task, RecordKind::Meeting, RecordKind::Participation].map(one).to_vec()
    );

    let done = trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    assert_eq!((done.changed, done.skipped), (1, 0));
    desk.engine().set_clock(Some(desk.now()));
    for kind in [RecordKind::Note, RecordKind::Task, RecordKind::Meeting, RecordKind::Participation] {
        assert!(desk.live(kind).await.is_empty(), "{kind:?} went along");
    }
    let trash = trash::trash_list(&desk, RecordKind::Contact, 0, 50).await.expect("the trash");
    assert_eq!((trash.total, trash.rows[0].name.as_str(), trash.rows[0].by.as_str()), (1, "Ann Quimby", "Ada Berg"));
    assert_eq!(trash.rows[0].erased_at, desk.now() as i64 + REST_MILLIS, "30 days from when this was noticed");
    assert_eq!(trash::trash_find(&desk, RecordKind::Contact, ann).await.expect("found").as_ref(), trash.rows.first());
    assert_eq!(preview.rest_days, 30);
    assert_eq!(
        trash::trash_counts(&desk).await.expect("counts").len(),
        1,
        "what went along does not stand there by itself"
    );

    let restored = trash::restore(&desk, RecordKind::Contact, &[ann]).await.expect("restored");
    assert_eq!(trash::trash_find(&desk, RecordKind::Contact, ann).await.expect("an answer"), None);
    assert_eq!(desk.everything().await, before, "restoring brings all of it back");
    undo::undo(&desk, restored.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("back in the trash");
    undo::undo(&desk, done.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(desk.everything().await, before, "and so does undo");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_way_is_named_and_nothing_changes() {
    let desk = desk().await;
    let (ann, bob) = busy_person(&desk).await;
    let of_ann = ann.to_string();
    record(&desk, RecordKind::JobListing, &[("contact", &of_ann), ("title", "Pilot")]).await;
    record(&desk, RecordKind::Experience, &[("supervisor", &of_ann), ("title", "Intern"), ("student", "S")]).await;
    let before = desk.everything().await;
    let refused = trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await;
    let Err(CommandError::Blocked { blockers }) = refused else { panic!("blocked: {refused:?}") };
    let mut names: Vec<_> = blockers.iter().map(|b| (b.kind, b.count, b.records[0].name.as_str())).collect();
    names.sort();
    assert_eq!(names, [(RecordKind::JobListing, 1, "Pilot"), (RecordKind::Experience, 1, "Intern")]);
    assert_eq!(desk.everything().await, before);

    let done = trash::delete(&desk, RecordKind::Contact, &ids(&[ann, bob]), &mut go_on).await.expect("one of them");
    assert_eq!((done.changed, done.skipped), (1, 1), "of a selection the others go");
    let preview = trash::delete_preview(&desk, RecordKind::Contact, &ids(&[ann])).await.expect("a preview");
    assert_eq!((preview.blocked, preview.blocked_records[0].name.as_str()), (1, "Ann Quimby"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employer_with_people_stays_and_one_without_goes() {
    let desk = desk().await;
    let acme = employers::employer_create(&desk, &values(&[("name", "Acme")])).await.expect("an employer").id;
    let ann = person(&desk, "Ann", "ann@q.example").await;
    contacts::contact_edit(&desk, ann, &[change("employer", "", &acme.to_string())]).await.expect("employed");
    let refused = trash::delete(&desk, RecordKind::Employer, &ids(&[acme]), &mut go_on).await;
    assert!(matches!(refused, Err(CommandError::Blocked { .. })), "{refused:?}");
    let empty = employers::employer_create(&desk, &values(&[("name", "Nobody Inc.")])).await.expect("an employer").id;
    trash::delete(&desk, RecordKind::Employer, &ids(&[empty]), &mut go_on).await.expect("deleted");
    assert_eq!(trash::trash_list(&desk, RecordKind::Employer, 0, 9).await.expect("the trash").total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_else_has_by_now_keeps_a_contact_in_the_trash() {
    let desk = desk().await;
    let ann = person(&desk, "Ann", "ann@q.example").await;
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    person(&desk, "Anna", "ANN@q.example").await;
    let refused = trash::restore(&desk, RecordKind::Contact, &[ann]).await;
    assert!(matches!(refused, Err(CommandError::Validation { .. })), "{refused:?}");
}

/// A desk over an unencrypted copy, whose bytes can be searched.
async fn plain_copy(desk: &TestDesk) -> TestDesk {
    let directory = Folder::new();
    let path = directory.path().join("liaison.db").display().to_string();
    desk.database()
        .maintain(|db| {
            db.execute(&format!("ATTACH '{path}' AS plain KEY ''"))?;
            db.execute("SELECT sqlcipher_export('plain')")?;
            db.execute("DETACH plain")
        })
        .await
        .expect("an unencrypted copy");
    let database = Database::open(directory.path(), None).await.expect("the copy opens");
    // The head kept beside the database was left behind.
    database.reset_head().await.expect("the copy's own head");
    let desk = Session::new(database, directory.path().to_owned(), desk.actor());
    TestDesk::of(desk, directory)
}

fn bytes(desk: &TestDesk) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(desk.directory.path()).expect("files") {
        all.extend(std::fs::read(entry.expect("a file").path()).expect("its bytes"));
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_leaves_no_trace_in_any_file() {
    let desk = plain_copy(&sample(300).await).await;
    let (ann, bob) = busy_person(&desk).await;
    let edits = [change("title", "", "Zeppelin Pilot"), change("mobile_phone", "", "+1 555 0199 777")];
    contacts::contact_edit(&desk, ann, &edits).await.expect("edited");
    contacts::contact_edit(&desk, ann, &[change("title", "Zeppelin Pilot", "Retired")]).await.expect("edited again");
    note_drafts::note_draft_keep(&desk, RecordKind::Contact, ann, None, "Wants a gondola").await.expect("a note begun");
    let traces = ["zeppelin", "ann@q.example", "0199 777", "gondola"];
    for trace in traces {
        assert!(holds(&bytes(&desk), trace), "{trace} is there to begin with");
    }
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    let erased = trash::erase(&desk, RecordKind::Contact, &[ann], &mut go_on).await.expect("erased");
    assert_eq!(erased.changed, 1);
    for trace in traces {
        assert!(!holds(&bytes(&desk), trace), "{trace} is gone for good");
    }
    assert_eq!(contacts::contact_get(&desk, ann).await, Err(CommandError::not_found("contact")));
    assert_eq!(contacts::contact_get(&desk, bob).await.expect("others stay").name, "Bob Quimby");
    assert_eq!(
        lists::list_count(
            &desk,
            liaison_domain::filter::ListQuery { search: "zeppelin".into(), ..crate::common::pending() }
        )
        .await,
        Ok(0)
    );
    let again = undo::undo(&desk, erased.operation.expect("one"), UndoMode::OverwriteLaterChanges, &mut go_on).await;
    assert!(again.is_err() || again.is_ok_and(|done| done.changed == 0), "nobody brings it back");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_stays_erased_when_what_named_it_is_taken_back() {
    let desk = desk().await;
    let created = contacts::contact_create(
        &desk,
        &values(&[("first_name", "Ann"), ("last_name", "Quimby"), ("email", "ann@q.example")]),
    )
    .await
    .expect("a contact");
    let edited = contacts::contact_edit(&desk, created.id, &[change("title", "", "Pilot")]).await.expect("edited");
    let deleted = trash::delete(&desk, RecordKind::Contact, &ids(&[created.id]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[created.id], &mut go_on).await.expect("erased");
    for operation in [Some(created.operation), edited.operation, deleted.operation].into_iter().flatten() {
        let preview = undo::undo_preview(&desk, operation).await.expect("it says so");
        assert_eq!(preview.can_undo, 0);
        assert_eq!(
            undo::undo(&desk, operation, UndoMode::OverwriteLaterChanges, &mut go_on)
                .await
                .expect("nothing to do")
                .changed,
            0
        );
    }
    assert!(desk.live(RecordKind::Contact).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_thirty_days_of_use_the_trash_empties_itself() {
    let desk = desk().await;
    let (ann, bob) = busy_person(&desk).await;
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    let now = desk.now();
    for day in 0..30 {
        desk.engine().set_clock(Some(now + day * DAY));
        assert_eq!(trash::purge(&desk).await, Ok(0), "day {day}");
    }
    let entry = trash::trash_find(&desk, RecordKind::Contact, ann).await.expect("found").expect("an entry");
    assert_eq!(entry.erased_at as u64, now + 30 * DAY);
    desk.engine().set_clock(Some(now + 30 * DAY - 1));
    assert_eq!(trash::purge(&desk).await, Ok(0), "not a millisecond too early");
    desk.engine().set_clock(Some(now + 30 * DAY));
    assert_eq!(trash::purge(&desk).await, Ok(1));
    assert_eq!(trash::trash_counts(&desk).await.expect("counts"), []);
    assert_eq!(trash::purge(&desk).await, Ok(0));
    assert_eq!(desk.number("SELECT count(*) FROM trash_noticed").await, 0);
    let left = desk.number("SELECT count(*) FROM contact").await;
    assert_eq!((left, desk.live(RecordKind::Contact).await.len()), (1, 1));
    assert_eq!(desk.live(RecordKind::Contact).await[&bob].text(&contact::FIRST_NAME), "Bob");
    desk.assert_whole().await;
}

/// What can't be got back out of a backup is not erased by itself.
#[tokio::test(flavor = "multi_thread")]
async fn the_trash_waits_where_no_backup_can_be_made() {
    let desk = desk().await;
    let (ann, _) = busy_person(&desk).await;
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    let now = desk.now();
    for day in 0..30 {
        desk.engine().set_clock(Some(now + day * DAY));
        assert_eq!(trash::purge(&desk).await, Ok(0), "day {day}");
    }
    let folder = desk.directory.path().join("backups");
    let _none_yet = std::fs::remove_dir_all(&folder);
    std::fs::write(&folder, "in the way").expect("a file");
    for day in 30..33 {
        desk.engine().set_clock(Some(now + day * DAY));
        assert_eq!(trash::purge(&desk).await, Ok(0), "day {day}: nothing has a copy");
    }
    assert!(trash::trash_find(&desk, RecordKind::Contact, ann).await.expect("an answer").is_some());
    std::fs::remove_file(&folder).expect("out of the way");
    desk.engine().set_clock(Some(now + 33 * DAY));
    assert_eq!(trash::purge(&desk).await, Ok(1));
    let made = backup::backup_list(&desk).await.expect("a list");
    assert_eq!(made[0].reason, Some(liaison_domain::backup::BackupReason::Erasure));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_ahead_empties_nothing() {
    let desk = desk().await;
    let (ann, _) = busy_person(&desk).await;
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    let now = desk.now();
    let at = async |millis: u64| {
        desk.engine().set_clock(Some(millis));
        trash::purge(&desk).await
    };
    assert_eq!(at(now).await, Ok(0));
    for hour in 0..5 {
        assert_eq!(at(now + 40 * DAY + hour * HOUR).await, Ok(0), "40 days ahead, hour {hour}");
    }
    assert_eq!(at(now + 6 * HOUR).await, Ok(0), "the clock is set right");
    assert!(trash::trash_find(&desk, RecordKind::Contact, ann).await.expect("an answer").is_some());
    for day in 1..30 {
        assert_eq!(at(now + 6 * HOUR + day * DAY).await, Ok(0), "day {day}");
    }
    assert_eq!(at(now + 6 * HOUR + 30 * DAY).await, Ok(1));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_and_deleted_again_rests_anew() {
    let desk = desk().await;
    let (ann, _) = busy_person(&desk).await;
    let now = desk.now();
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    for day in 0..29 {
        desk.engine().set_clock(Some(now + day * DAY));
        assert_eq!(trash::purge(&desk).await, Ok(0));
    }
    trash::restore(&desk, RecordKind::Contact, &[ann]).await.expect("restored");
    trash::delete(&desk, RecordKind::Contact, &ids(&[ann]), &mut go_on).await.expect("deleted");
    for day in 29..59 {
        desk.engine().set_clock(Some(now + day * DAY));
        assert_eq!(trash::purge(&desk).await, Ok(0), "day {day}");
    }
    desk.engine().set_clock(Some(now + 59 * DAY));
    assert_eq!(trash::purge(&desk).await, Ok(1));
}
