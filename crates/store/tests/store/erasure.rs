//! An erasure goes on until no file keeps a value, whatever comes in between.

use crate::plain::{Plain, contact};
use liaison_domain::{OperationKind, Record, RecordKind};
use liaison_store::Database;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;

/// Enough people to fill pages of their own, which an erasure frees.
const PEOPLE: usize = 400;

fn people() -> Vec<Record> {
    (0..PEOPLE).map(|n| contact(&format!("Zeppelin{n}"), &format!("Quimby{n}"))).collect()
}

async fn erase_all(plain: &Plain, people: &[Record]) {
    let erased = plain.record(OperationKind::ContactsErase, |recorder| {
        people
            .iter()
            .enumerate()
            .try_for_each(|(at, person)| recorder.erase(RecordKind::Contact, at as i64 + 1, person.id))
    });
    erased.await.expect("erased");
}

/// How many of the values are in any file of the directory.
fn traces(directory: &Path) -> usize {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(directory).expect("files") {
        bytes.extend(std::fs::read(entry.expect("an entry").path()).expect("its bytes"));
    }
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text));
    ["zeppelin", "quimby"].iter().filter(|text| holds(text.as_bytes())).count()
}

/// What a process leaves that is ended from one moment to the next: the files as they are.
fn as_killed(plain: &Plain) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a directory");
    for name in ["liaison.db", "liaison.db-wal"] {
        let from = plain.directory.path().join(name);
        if from.exists() {
            std::fs::copy(from, copy.path().join(name)).expect("a copy");
        }
    }
    copy
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_was_cut_short_is_finished_at_the_next_start() {
    let plain = Plain::new().await;
    let people = people();
    plain.create(&people.iter().collect::<Vec<_>>()).await;
    plain.database.finish_erasure().await.expect("nothing to do");
    let before = as_killed(&plain);
    erase_all(&plain, &people).await;
    assert_eq!(plain.number("SELECT count(*) FROM contact").await, 0);
    assert!(plain.database.is_erasure_pending().await.expect("an answer"));
    let after = as_killed(&plain);
    assert!(traces(after.path()) > 0, "files keep what tables don't");

    let database = Database::open(after.path(), None).await.expect("opened again");
    assert!(database.is_erasure_pending().await.expect("an answer"), "the note was written with the erasure");
    assert!(database.finish_erasure().await.expect("finished"));
    assert!(!database.is_erasure_pending().await.expect("an answer"));
    assert_eq!(traces(after.path()), 0);
    database.close().await.expect("closed");
    assert_eq!(traces(after.path()), 0);

    let database = Database::open(before.path(), None).await.expect("opened again");
    assert!(!database.is_erasure_pending().await.expect("an answer"), "nothing had been erased");
    let left = database.read(|db| db.number("SELECT count(*) FROM contact", &[])).await.expect("a number");
    assert_eq!(left, PEOPLE as i64);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_an_older_state_is_not_waited_for() {
    let plain = Arc::new(Plain::new().await);
    let people = people();
    plain.create(&people.iter().collect::<Vec<_>>()).await;
    let ((begin, began), (end, ended)) = (channel(), channel());
    let reader = Arc::clone(&plain);
    let reading = tokio::spawn(async move {
        let read = reader.database.read(move |db| {
            let count = db.number("SELECT count(*) FROM contact", &[])?;
            begin.send(()).expect("somebody waits");
            ended.recv().expect("told to end");
            Ok(count)
        });
        read.await.expect("a number")
    });
    tokio::task::block_in_place(|| began.recv()).expect("it reads");
    erase_all(&plain, &people).await;
    assert!(!plain.database.finish_erasure().await.expect("an answer"), "the reader needs what was erased");
    assert!(plain.database.is_erasure_pending().await.expect("an answer"));
    end.send(()).expect("it still reads");
    assert_eq!(reading.await.expect("it ends"), PEOPLE as i64, "and reads to its end");
    assert!(plain.database.finish_erasure().await.expect("an answer"));
    assert_eq!(traces(plain.directory.path()), 0);
}
