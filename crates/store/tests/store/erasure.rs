//! An erasure goes on until no file keeps a value, whatever comes in between.

use crate::plain::{Plain, contact, id};
use liaison_domain::{Id, OperationKind, Record, RecordKind};
use liaison_store::kept_file::{self, write_part};
use liaison_store::{Database, Intent, Recorder};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Enough people to fill pages of their own, which an erasure frees.
const PEOPLE: usize = 400;

fn people() -> Vec<Record> {
    (0..PEOPLE).map(|n| contact(&format!("Zeppelin{n}"), &format!("Quimby{n}"))).collect()
}

/// Erases every contact, in one operation.
async fn erase_all(database: &Database) {
    let kind = OperationKind::ContactsErase;
    let intent = Intent { id: id(), now: 1_700_000_000_000, actor: id(), kind, detail: String::new(), undoes: None };
    let erased = database.write(|db| {
        let people = db.all("SELECT n,id FROM contact", &[], |row| Ok((row.int(0), Id::from_bytes(row.blob(1)))))?;
        let mut recorder = Recorder::begin(db, intent)?;
        people.iter().try_for_each(|(n, id)| recorder.erase(RecordKind::Contact, *n, id.expect("an id")))?;
        recorder.finish()
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
    erase_all(&plain.database).await;
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

/// What is kept beside the database holds values of everybody: who erases somebody takes it along.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_beside_the_database_can_not_be_read_after_an_erasure() {
    let plain = Plain::new().await;
    let (database, keep) = (&plain.database, |to: &mut dyn std::io::Write| write_part(to, "Zeppelin"));
    let read = async || {
        let key = database.read(kept_file::key).await.expect("an answer")?;
        database.kept_file("names", "names", &key, |from| kept_file::read_part::<String>(from))
    };
    let people = people();
    plain.create(&people.iter().collect::<Vec<_>>()).await;
    assert_eq!(read().await, None, "there is no key yet");
    database.prepare_kept_files().await.expect("a key");
    let key = database.read(kept_file::key).await.expect("an answer").expect("a key");
    database.keep_file("names", "names", &key, keep);
    assert_eq!(read().await.as_deref(), Some("Zeppelin"));
    assert_eq!(traces(plain.directory.path()), 2, "the database is plain here");

    erase_all(database).await;
    assert_eq!(read().await, None, "the key went with them");
    while !database.finish_erasure().await.expect("an answer") {}
    assert_eq!(traces(plain.directory.path()), 0);
    // Who read before them and keeps only now keeps what nobody can read.
    database.keep_file("names", "names", &key, keep);
    database.prepare_kept_files().await.expect("another key");
    assert_eq!(read().await, None);
    assert_eq!(traces(plain.directory.path()), 0);
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
    erase_all(&plain.database).await;
    assert!(!plain.database.finish_erasure().await.expect("an answer"), "the reader needs what was erased");
    assert!(plain.database.is_erasure_pending().await.expect("an answer"));
    end.send(()).expect("it still reads");
    assert_eq!(reading.await.expect("it ends"), PEOPLE as i64, "and reads to its end");
    assert!(plain.database.finish_erasure().await.expect("an answer"));
    assert_eq!(traces(plain.directory.path()), 0);
}

/// Where the process that is killed finds its database.
const ERASES_IN: &str = "LIAISON_TEST_ERASES_IN";

/// Not a test: what the process does that is killed. Says when it begins, so that its start counts for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn erases_everybody_where_it_is_told_to() {
    let Ok(directory) = std::env::var(ERASES_IN) else { return };
    let database = Database::open(Path::new(&directory), None).await.expect("it opens");
    println!("it begins");
    erase_all(&database).await;
    while !database.finish_erasure().await.expect("an answer") {}
    database.close().await.expect("closed");
    println!("it ends");
}

fn begin_erasing(directory: &Path) -> (Child, BufReader<std::process::ChildStdout>) {
    let test = "erasure::erases_everybody_where_it_is_told_to";
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", test, "--nocapture"]).env(ERASES_IN, directory).stderr(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its output"));
    said(&mut lines, "it begins");
    (child, lines)
}

fn said(lines: &mut BufReader<std::process::ChildStdout>, wanted: &str) {
    let mut line = String::new();
    while !line.contains(wanted) {
        line.clear();
        assert!(lines.read_line(&mut line).expect("its output") > 0, "it ended before it said {wanted:?}");
    }
}

/// Killed from one moment to the next, at points all through the erasure and the clean-up after it: either everybody is
/// there, or the next start takes the last trace of them out of every file.
#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_is_killed_is_none_or_leaves_no_trace_after_the_next_start() {
    let plain = Plain::new().await;
    plain.create(&people().iter().collect::<Vec<_>>()).await;
    plain.database.close().await.expect("closed");
    let copy = || {
        let copy = tempfile::tempdir().expect("a directory");
        std::fs::copy(plain.directory.path().join("liaison.db"), copy.path().join("liaison.db")).expect("a copy");
        copy
    };
    let whole = copy();
    let (mut child, mut lines) = begin_erasing(whole.path());
    let began = Instant::now();
    said(&mut lines, "it ends");
    let took = began.elapsed();
    child.wait().expect("it ended");
    assert_eq!(traces(whole.path()), 0);

    let mut erased = 0;
    for point in 0..16 {
        let killed = copy();
        let (mut child, _lines) = begin_erasing(killed.path());
        std::thread::sleep(Duration::from_micros(took.as_micros() as u64 * point / 16));
        // It may have ended by itself.
        let _already_gone = child.kill();
        child.wait().expect("it is gone");
        let database = Database::open(killed.path(), None).await.expect("opened again");
        let left = database.read(|db| db.number("SELECT count(*) FROM contact", &[])).await.expect("a number");
        assert!(left == 0 || left == PEOPLE as i64, "{left} of them at point {point}");
        assert!(database.finish_erasure().await.expect("what a start does"));
        database.close().await.expect("closed");
        assert_eq!(traces(killed.path()) == 0, left == 0, "at point {point}, with {left} of them there");
        erased += u32::from(left == 0);
    }
    assert!(erased > 0, "some were killed after the erasure and before the clean-up was done");
}
