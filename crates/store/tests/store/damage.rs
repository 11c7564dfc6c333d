//! Each kind of damage is told as what it is, by the right key, and no file is changed by that.

use crate::opening::bytes;
use crate::plain::{contact, id};
use liaison_domain::RecordKind;
use liaison_store::damage::Damage;
use liaison_store::key::is_key_missing;
use liaison_store::key::{self, RawKey};
use liaison_store::{Database, StoreError, table};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PAGE: usize = 4096;

/// An encrypted database with some hundred pages, closed; its key.
struct Closed {
    directory: TempDir,
    key: RawKey,
}

impl Closed {
    async fn new() -> Closed {
        let directory = tempfile::tempdir().expect("a directory");
        let key = key::create(directory.path(), Some((id(), "correct horse battery"))).expect("a key").key;
        let closed = Closed { directory, key };
        let database = closed.open().await.expect("a new database");
        fill(&database, 600).await;
        database.close().await.expect("closed");
        closed
    }

    async fn open(&self) -> Result<Database, StoreError> {
        Database::open(self.directory.path(), Some(&self.key)).await
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Changes the bytes of a file; returns those before.
    fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let before = fs::read(self.file(name)).expect("a file");
        let mut bytes = before.clone();
        change(&mut bytes);
        fs::write(self.file(name), bytes).expect("changed");
        before
    }

    /// What opening is refused with; nothing is changed by that.
    async fn refusal(&self) -> StoreError {
        let before = bytes(self.directory.path());
        let refused = self.open().await.err().expect("refused");
        let mut after = bytes(self.directory.path());
        // SQLite makes these before it looks; they are empty then.
        after.retain(|name, _| before.contains_key(name));
        assert!(after == before, "{refused}: nothing was written");
        refused
    }

    /// Leaves the files as a process does that was ended with operations in its log.
    async fn killed(&self, operations: u32) {
        let database = self.open().await.expect("it opens");
        for _ in 0..operations {
            fill(&database, 20).await;
        }
        let copy = tempfile::tempdir().expect("a directory");
        for name in ["liaison.db", "liaison.db-wal"] {
            fs::copy(self.file(name), copy.path().join(name)).expect("a copy");
        }
        database.close().await.expect("closed");
        drop(database);
        for name in ["liaison.db", "liaison.db-wal"] {
            fs::copy(copy.path().join(name), self.file(name)).expect("put back");
        }
    }
}

/// Writes contacts, in one transaction.
async fn fill(database: &Database, contacts: u32) {
    let written = database.write(|db| {
        let record = contact("Ann", "Quimby");
        let mut insert = table::Insert::prepare(db, RecordKind::Contact, &table::Insert::shape(&record))?;
        (0..contacts).try_for_each(|_| insert.run(&contact("Ann", "Quimby")))
    });
    written.await.expect("written");
}

fn is(refusal: &StoreError, damage: Damage) -> bool {
    matches!(refusal, StoreError::Damage(found) if *found == damage)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page() {
    let closed = Closed::new().await;
    // In what the page holds, in the code at its end, and in the salt at its beginning.
    for at in [0, 15, 16, 100, 2_000, PAGE - 80, PAGE - 1] {
        let before = closed.change("liaison.db", |bytes| bytes[at] ^= 1);
        let refused = closed.refusal().await;
        assert!(is(&refused, Damage::FirstPage), "byte {at}: {refused}");
        fs::write(closed.file("liaison.db"), before).expect("put back");
    }
    closed.open().await.expect("whole again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_among_those_looked_at_at_each_start() {
    let closed = Closed::new().await;
    closed.change("liaison.db", |bytes| bytes[7 * PAGE + 1_000] ^= 1);
    let database = closed.open().await.expect("the rest can be read");
    assert_eq!((database.damaged_pages(), database.is_damaged()), (&[8][..], true));
    database.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pages_wherever_they_are() {
    let closed = Closed::new().await;
    let database = closed.open().await.expect("whole");
    assert_eq!(database.damaged_pages(), [] as [u32; 0], "nothing is found where nothing is");
    database.close().await.expect("closed");
    drop(database);
    closed.change("liaison.db", |bytes| {
        let middle = bytes.len() / PAGE / 2 * PAGE;
        bytes[middle..].fill(7);
    });
    // The tables are found in the first pages; whether one of the others is needed to open is SQLite's affair.
    match closed.open().await {
        Ok(database) => assert!(!database.damaged_pages().is_empty(), "one of 48 of them is met"),
        Err(error) => assert!(error.sqlite_code().is_some(), "{error}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_cut() {
    let closed = Closed::new().await;
    let whole = fs::read(closed.file("liaison.db")).expect("the database");
    for length in [100, PAGE - 1, PAGE, 3 * PAGE, whole.len() / 2 / PAGE * PAGE, whole.len() - 1, whole.len() - PAGE] {
        closed.change("liaison.db", |bytes| bytes.truncate(length));
        let refused = closed.refusal().await;
        assert!(is(&refused, Damage::Truncated), "{length} of {}: {refused}", whole.len());
        fs::write(closed.file("liaison.db"), &whole).expect("put back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_another_desk() {
    let (closed, other) = (Closed::new().await, Closed::new().await);
    let refused = Database::open(closed.directory.path(), Some(&other.key)).await.err().expect("refused");
    assert!(matches!(refused, StoreError::WrongKey), "{refused}");
    closed.open().await.expect("its own key opens it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_another_desk() {
    let (closed, other) = (Closed::new().await, Closed::new().await);
    other.killed(2).await;
    fs::copy(other.file("liaison.db-wal"), closed.file("liaison.db-wal")).expect("a mix-up");
    let refused = closed.refusal().await;
    assert!(is(&refused, Damage::OtherLog), "{refused}");
    fs::remove_file(closed.file("liaison.db-wal")).expect("moved away, as it says");
    closed.open().await.expect("and it opens");
}

/// How many contacts there are once it is open.
async fn contacts(closed: &Closed) -> Result<i64, StoreError> {
    let database = closed.open().await?;
    let count = database.read(|db| db.number("SELECT count(*) FROM contact", &[])).await;
    database.close().await?;
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_damaged_before_its_end() {
    let closed = Closed::new().await;
    closed.killed(5).await;
    let log = fs::read(closed.file("liaison.db-wal")).expect("the log");
    closed.change("liaison.db-wal", |bytes| bytes[32 + 24 + 500] ^= 1);
    let refused = closed.refusal().await;
    assert!(is(&refused, Damage::Log), "{refused}");
    closed.change("liaison.db-wal", |bytes| bytes[0] ^= 1);
    let refused = closed.refusal().await;
    assert!(is(&refused, Damage::Log), "{refused}");

    // What the last operation left half written, and nobody was told of, is no damage.
    fs::write(closed.file("liaison.db-wal"), &log[..log.len() - 100]).expect("cut");
    let without_last = contacts(&closed).await.expect("it opens");
    assert_eq!(without_last, 600 + 4 * 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_log_loses_nothing() {
    let closed = Closed::new().await;
    closed.killed(5).await;
    assert_eq!(contacts(&closed).await.expect("it opens"), 600 + 5 * 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_half_written_back_is_taken_from_the_log() {
    let closed = Closed::new().await;
    closed.killed(5).await;
    // Every operation changes the first page.
    closed.change("liaison.db", |bytes| bytes[1_000..PAGE].fill(0));
    assert_eq!(contacts(&closed).await.expect("it opens"), 600 + 5 * 20);
}

#[test]
fn a_key_file_that_is_gone() {
    let directory = tempfile::tempdir().expect("a directory");
    let put = |name: &str, text: &str| fs::write(directory.path().join(name), text).expect("a file");
    let missing = || is_key_missing(Path::new(directory.path()));
    assert!(!missing(), "nothing is there");
    put("liaison.db", "");
    assert!(!missing(), "nothing that was ever filled");
    put("liaison.db", "pages");
    assert!(missing());
    put("key.json.new", "{}");
    assert!(!missing(), "a set-up that was cut short is begun again");
}
