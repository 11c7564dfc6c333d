//! The full check finds what was changed behind the journal's back by whoever has the key.

use crate::common::{TestDesk, change, desk, go_on, ids, stop, values};
use liaison_app::CommandError;
use liaison_app::history::HistoryQuery;
use liaison_app::names::Cell;
use liaison_app::verify::{Finding, Report};
use liaison_app::{attributes, contacts, history, notes, trash, verify};
use liaison_domain::head::WrittenHead;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind, StaffRole, journal};
use liaison_store::{Sql, journal as store_journal};

async fn check(desk: &TestDesk) -> Report {
    let report = verify::check_all(desk, &mut go_on).await.expect("a check");
    assert_eq!(report.whole, report.findings.is_empty());
    report
}

/// The only thing the check finds.
async fn only_finding(desk: &TestDesk) -> Finding {
    let found = check(desk).await.findings;
    let [finding] = &found[..] else { panic!("one finding: {found:?}") };
    finding.clone()
}

/// A desk with a contact that has a note.
async fn with_note() -> (TestDesk, Id, Id) {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let note = notes::note_add(&desk, dana, "Met at the fair").await.expect("a note").id;
    desk.assert_whole().await;
    (desk, dana, note)
}

/// How many operations the journal has.
async fn operations(desk: &TestDesk) -> u32 {
    desk.number("SELECT count(*) FROM operation").await as u32
}

fn cell(text: &str) -> Option<Cell> {
    Some(Cell { value: FieldValue::Text(text.into()), text: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_row_is_named_with_what_the_journal_says() {
    let (desk, dana, _) = with_note().await;
    desk.set(dana, "title", "", "Recruiter").await;
    desk.tamper("UPDATE contact SET title='Director'").await;
    let Finding::Field { record, field, journal, value, .. } = only_finding(&desk).await else { panic!("a field") };
    assert_eq!((record.kind, record.id, record.name.as_str()), (RecordKind::Contact, dana, "Dana Reyes"));
    assert_eq!((field.as_str(), journal, value), ("title", cell("Recruiter"), cell("Director")));
    desk.tamper("UPDATE contact SET title='Recruiter'").await;
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_value_of_every_sort_is_found() {
    let desk = desk().await;
    let attribute =
        attributes::attribute_define(&desk, &values(&[("records", "contact"), ("name", "Mentor"), ("type", "yes_no")]))
            .await
            .expect("an attribute");
    let number = desk.record(RecordKind::Attribute, attribute.id).await;
    let number = number.get(&liaison_domain::attribute::NUMBER).clone();
    let liaison_domain::Value::Number(number) = number else { panic!("a number") };
    let employer = desk.add_employer("Acme").await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    contacts::contact_edit(&desk, dana, &[change("labels", "", "Donor")]).await.expect("labels");
    for (set, field) in [
        ("created_at=created_at-1", "created_at"),
        ("deleted_at=1", "deleted_at"),
        ("labels='[\"Friend\"]'", "labels"),
        ("labels=NULL", "labels"),
        ("first_name=''", "first_name"),
        ("auto_sync=not auto_sync", "auto_sync"),
        ("visibility='myself'", "visibility"),
        (&format!("a{number}=1"), &format!("a{number}")),
        ("employer=(SELECT id FROM employer)", "employer"),
    ] {
        desk.tamper(&format!("CREATE TABLE kept AS SELECT * FROM contact; UPDATE contact SET {set}")).await;
        let found = only_finding(&desk).await;
        assert!(matches!(&found, Finding::Field { field: of, .. } if of == field), "{set}: {found:?}");
        desk.tamper("DELETE FROM contact; INSERT INTO contact SELECT * FROM kept; DROP TABLE kept").await;
        desk.assert_whole().await;
    }
    desk.tamper("UPDATE employer SET name='Akme'").await;
    let found = only_finding(&desk).await;
    assert!(matches!(&found, Finding::Field { record, .. } if record.id == employer), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_nobody_created_and_a_creation_without_its_row_are_found() {
    let (desk, dana, note) = with_note().await;
    desk.tamper("INSERT INTO employer(id,name,name_key) VALUES(randomblob(16),'Ghost Inc','ghost')").await;
    let found = only_finding(&desk).await;
    assert!(matches!(&found, Finding::NoCreation { record } if record.name == "Ghost Inc"), "{found:?}");
    desk.tamper("DELETE FROM employer; DELETE FROM note").await;
    let found = only_finding(&desk).await;
    assert!(matches!(&found, Finding::NoRow { record } if record.id == note), "{found:?}");
    desk.tamper("DELETE FROM contact").await;
    let found = check(&desk).await.findings;
    assert_eq!(found.len(), 2);
    assert!(found.iter().any(|found| matches!(found, Finding::NoRow { record } if record.id == dana)), "{found:?}");
}

/// Wipes what the changes of a record hold and leaves their digests: the chain still holds.
async fn wipe(desk: &TestDesk, kind: RecordKind, record: Id) {
    let wiped = desk.database().write(|db| {
        let changes = db.all("SELECT n,packed FROM change WHERE record=?", &[Sql::Blob(record.bytes())], |row| {
            Ok((row.int(0), journal::change_digest(kind.into(), record, row.blob(1))))
        })?;
        for (n, digest) in changes {
            db.run("UPDATE change SET packed=NULL,digest=? WHERE n=?", &[Sql::Blob(&digest), Sql::Int(n)])?;
        }
        Ok(())
    });
    wiped.await.expect("wiped");
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_no_erasure_took_are_missed() {
    let (desk, dana, note) = with_note().await;
    wipe(&desk, RecordKind::Contact, dana).await;
    let found = only_finding(&desk).await;
    assert!(matches!(&found, Finding::ValuesGone { record, changes: 1 } if record.id == dana), "{found:?}");
    wipe(&desk, RecordKind::Note, note).await;
    desk.tamper("DELETE FROM note").await;
    let found = check(&desk).await.findings;
    assert_eq!(found.len(), 2, "nor is a row gone with them an erasure: {found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_must_not_come_back() {
    let (desk, dana, _) = with_note().await;
    desk.tamper("CREATE TABLE kept AS SELECT * FROM contact; CREATE TABLE told AS SELECT * FROM change").await;
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    desk.assert_whole().await;
    desk.tamper("INSERT INTO contact SELECT * FROM kept").await;
    let found = only_finding(&desk).await;
    assert!(matches!(&found, Finding::NotErased { record } if record.id == dana), "{found:?}");
    desk.tamper(
        "DELETE FROM contact;
         UPDATE change SET packed=(SELECT told.packed FROM told WHERE told.n=change.n),digest=NULL
         WHERE packed IS NULL AND n IN (SELECT n FROM told)",
    )
    .await;
    let found = check(&desk).await.findings;
    assert!(found.iter().any(|found| matches!(found, Finding::NotErased { record } if record.id == dana)), "{found:?}");
}

/// Computes every link again, as somebody does who has the key and time.
async fn recompute_chain(desk: &TestDesk) {
    let recomputed = desk.database().write(|db| {
        let mut previous = [0; 32];
        let operations = db.all("SELECT id,sequence FROM operation ORDER BY n", &[], |row| {
            Ok((Id::from_bytes(row.blob(0)).expect("an id"), row.int(1)))
        })?;
        for (id, sequence) in operations {
            let logged = store_journal::operation(db, id)?;
            let mut link = journal::Link::default();
            let range = [Sql::Int(logged.first_change), Sql::Int(logged.first_change + logged.changes)];
            let digests = db.all("SELECT kind,record,packed FROM change WHERE n>=? AND n<?", &range, |row| {
                let kind = RecordKind::from_number(row.int(0) as u8).expect("a kind");
                Ok(journal::change_digest(kind.into(), Id::from_bytes(row.blob(1)).expect("an id"), row.blob(2)))
            })?;
            digests.iter().for_each(|digest| link.add(digest));
            previous = link.close(&previous, sequence as u64, &logged.operation).expect("a head of today");
            db.run("UPDATE operation SET chain=? WHERE id=?", &[Sql::Blob(&previous), Sql::Blob(id.bytes())])?;
        }
        Ok(())
    });
    recomputed.await.expect("recomputed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_cut_off_clean_shows_until_somebody_accepts_it() {
    let (desk, dana, _) = with_note().await;
    let all = operations(&desk).await;
    desk.tamper(
        "DELETE FROM change WHERE n>=(SELECT first_change FROM operation ORDER BY n DESC LIMIT 1);
         DELETE FROM operation WHERE n=(SELECT max(n) FROM operation); DELETE FROM note",
    )
    .await;
    let cut = Finding::Missing { operations: 1, after: all - 1 };
    assert_eq!(check(&desk).await.findings, std::slice::from_ref(&cut));
    let desk = desk.reopened(None).await;
    assert_eq!(verify::head_check(&desk), Some(cut.clone()), "a start sees it, too");
    notes::note_add(&desk, dana, "Met again").await.expect("work goes on");
    let found = check(&desk).await.findings;
    assert_eq!(found, [cut], "and what is written since does not cover it");
    let desk = desk.reopened(None).await;
    assert_eq!(verify::head_check(&desk), Some(Finding::Rewritten { operations: all }));
    let accepted = verify::accept_journal(&desk).await.expect("accepted");
    assert_eq!((accepted, verify::head_check(&desk)), (Some(Finding::Rewritten { operations: all }), None));
    assert_eq!(verify::accept_journal(&desk).await, Ok(None));
    let history =
        history::history_list(&desk, &HistoryQuery { limit: 1, ..Default::default() }).await.expect("a history");
    assert_eq!(history.rows[0].detail, format!("rewritten {all}"));
    let desk = desk.reopened(None).await;
    assert_eq!((verify::head_check(&desk), check(&desk).await.findings), (None, Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_was_computed_again_shows() {
    let (desk, dana, _) = with_note().await;
    desk.tamper("UPDATE operation SET detail='forged' WHERE n=2").await;
    recompute_chain(&desk).await;
    let all = operations(&desk).await;
    assert_eq!(check(&desk).await.findings, [Finding::Rewritten { operations: all }]);
    desk.set(dana, "title", "", "Recruiter").await;
    let desk = desk.reopened(None).await;
    assert!(matches!(verify::head_check(&desk), Some(Finding::Rewritten { .. })), "{:?}", verify::head_check(&desk));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_was_written_down_is_held_against_the_journal() {
    let (desk, dana, _) = with_note().await;
    let written: WrittenHead = check(&desk).await.head.parse().expect("a head");
    desk.set(dana, "title", "", "Recruiter").await;
    assert_eq!(verify::expect_head(&desk, &written).await, Ok(None), "the journal goes on from there");
    desk.tamper("UPDATE operation SET detail='forged' WHERE n=2").await;
    recompute_chain(&desk).await;
    desk.database().reset_head().await.expect("whoever has the key and the files can do that, too");
    assert_eq!(check(&desk).await.findings, []);
    assert_eq!(
        verify::expect_head(&desk, &written).await,
        Ok(Some(Finding::NotExpected { head: written.to_string() }))
    );
    let ahead: WrittenHead = format!("999-{}", "ab".repeat(16)).parse().expect("a head");
    assert!(matches!(verify::expect_head(&desk, &ahead).await, Ok(Some(Finding::NotExpected { .. }))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_a_foreign_and_a_damaged_head_are_told() {
    let (desk, ..) = with_note().await;
    let file = desk.directory().join(liaison_store::files::JOURNAL_HEAD);
    let kept = std::fs::read(&file).expect("a head");
    // Moved, since a file that is open may keep its name until it is closed where it is only removed.
    std::fs::rename(&file, file.with_file_name("away")).expect("moved");
    assert_eq!(check(&desk).await.findings, [Finding::HeadGone]);
    let desk = desk.reopened(None).await;
    assert_eq!(verify::head_check(&desk), Some(Finding::HeadGone));
    let mut damaged = kept.clone();
    let mut forged = kept.clone();
    for (damaged, forged) in damaged.chunks_mut(512).zip(forged.chunks_mut(512)) {
        damaged[40] ^= 1;
        let text = String::from_utf8_lossy(forged).into_owned();
        let number = text.find("\"operations\":").expect("a number") + "\"operations\":".len();
        forged[number] = if forged[number] == b'9' { b'8' } else { b'9' };
    }
    let mut desk = desk;
    for bytes in [damaged, Vec::new(), forged] {
        std::fs::write(&file, bytes).expect("written");
        desk = desk.reopened(None).await;
        assert_eq!(verify::head_check(&desk), Some(Finding::HeadUnreadable));
        assert_eq!(check(&desk).await.findings, [Finding::HeadUnreadable]);
    }
    // One place of two is enough: a write that was cut short damages one at most.
    let mut half = kept.clone();
    half[..512].fill(0);
    std::fs::write(&file, half).expect("written");
    let desk = desk.reopened(None).await;
    assert_eq!(verify::head_check(&desk), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_told_to_those_who_see_the_audit_log() {
    let (desk, dana, _) = with_note().await;
    let desk = desk.reopened(Some(StaffRole::Viewer)).await;
    desk.tamper("UPDATE contact SET last_name='Royce'").await;
    let found = check(&desk).await.findings;
    let of_dana = found.iter().find_map(|found| match found {
        Finding::Field { record, field, journal, value, .. } if record.id == dana => {
            Some((record.name.as_str(), field.as_str(), journal, value))
        }
        _ => None,
    });
    assert_eq!(of_dana, Some(("", "last_name", &None, &None)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_check_is_remembered_and_one_that_was_stopped_is_none() {
    let (desk, ..) = with_note().await;
    assert_eq!(verify::check_all(&desk, &mut stop).await, Err(CommandError::Cancelled));
    assert_eq!(verify::last_check(&desk).await, Ok(None));
    let report = check(&desk).await;
    let all = operations(&desk).await;
    assert_eq!((report.operations, report.records > 6), (all, true));
    let last = verify::last_check(&desk).await.expect("read").expect("a check");
    assert_eq!((last.at, last.operations, last.records, last.findings), (report.at, all, report.records, 0));
    assert_eq!(last.head, report.head);
    desk.tamper("UPDATE note SET text='Never met'").await;
    check(&desk).await;
    assert_eq!(verify::last_check(&desk).await.expect("read").expect("a check").findings, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_findings_are_counted() {
    let desk = crate::common::sample(250).await;
    desk.tamper("UPDATE contact SET pronouns='forged'").await;
    let report = check(&desk).await;
    assert_eq!(
        (report.findings.len(), report.found()),
        (200, desk.number("SELECT count(*) FROM contact").await as u32)
    );
}
