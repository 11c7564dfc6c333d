//! Opening: keys, locks, versions. No error changes a file.

use crate::plain::{Plain, contact};
use liaison_domain::Id;
use liaison_store::{Database, StoreError, key};
use std::collections::BTreeMap;
use std::path::Path;

/// The bytes of every file in a directory, but for the lock, which has none.
pub fn bytes(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(directory)
        .expect("the directory")
        .filter_map(|entry| {
            let entry = entry.expect("an entry");
            // The log goes when the last connection does, which may be now.
            let bytes = match std::fs::read(entry.path()) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
                bytes => bytes.expect("a file"),
            };
            Some((entry.file_name().to_string_lossy().into_owned(), bytes))
        })
        .filter(|(name, _)| name != "liaison.lock")
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_refused_and_leaves_the_file_alone() {
    let (here, elsewhere) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let right = key::create(here.path(), Some((Id::from_parts(1, [1; 10]), "correct horse"))).expect("a key").key;
    let wrong =
        key::create(elsewhere.path(), Some((Id::from_parts(1, [1; 10]), "correct horse"))).expect("another key").key;
    let database = Database::open(here.path(), Some(&right)).await.expect("a new database");
    database.close().await.expect("closed");
    drop(database);
    let before = bytes(here.path());
    for attempt in [Some(&wrong), None] {
        let refused = Database::open(here.path(), attempt).await.err();
        assert!(matches!(refused, Some(StoreError::WrongKey)), "{refused:?}");
        assert_eq!(bytes(here.path()), before, "nothing was written");
    }
    Database::open(here.path(), Some(&right)).await.expect("the right key still opens it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    let key = key::create(directory.path(), Some((Id::from_parts(1, [1; 10]), "correct horse"))).expect("a key").key;
    std::fs::write(directory.path().join("liaison.db"), "not a database, but somebody's text".repeat(300))
        .expect("a file");
    let before = bytes(directory.path());
    let refused = Database::open(directory.path(), Some(&key)).await.err();
    assert!(matches!(refused, Some(StoreError::WrongKey)), "{refused:?}");
    assert_eq!(bytes(directory.path()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_holder_at_a_time() {
    let plain = Plain::new().await;
    let second = Database::open(plain.directory.path(), None).await.err();
    assert!(matches!(second, Some(StoreError::Busy)), "{second:?}");
    let directory = plain.directory;
    drop(plain.database);
    Database::open(directory.path(), None).await.expect("free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_version_is_refused() {
    let plain = Plain::new().await;
    plain
        .tamper(
            "INSERT INTO _sqlx_migrations(version,description,success,checksum,execution_time)
             VALUES(9999,'from the future',1,x'00',0)",
        )
        .await;
    plain.database.close().await.expect("closed");
    let directory = plain.directory;
    drop(plain.database);
    let before = bytes(directory.path());
    let refused = Database::open(directory.path(), None).await.err();
    assert!(matches!(refused, Some(StoreError::TooNew)), "{refused:?}");
    assert_eq!(bytes(directory.path()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_cannot_write() {
    let plain = Plain::new().await;
    let refused = plain.database.read(|db| db.execute("DELETE FROM staff")).await;
    assert!(matches!(refused, Err(StoreError::Sqlite { code: 8, .. })), "SQLITE_READONLY: {refused:?}");
    assert_eq!(plain.number("SELECT count(*) FROM staff").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_one_state() {
    let plain = Plain::new().await;
    let dana = contact("Dana", "Reyes");
    let seen = plain.database.read(|db| {
        let before = db.number("SELECT count(*) FROM contact", &[])?;
        let handle = tokio::runtime::Handle::current();
        handle.block_on(plain.create(&[&dana]));
        Ok((before, db.number("SELECT count(*) FROM contact", &[])?))
    });
    assert_eq!(seen.await.expect("read"), (0, 0), "a commit in between does not show");
    assert_eq!(plain.number("SELECT count(*) FROM contact").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_database_says_that_it_is_locked() {
    let plain = Plain::new().await;
    plain.database.close().await.expect("closed");
    plain.database.close().await.expect("closed twice");
    let read = plain.database.read(|db| db.number("SELECT 1", &[])).await;
    assert!(matches!(read, Err(StoreError::Locked)), "{read:?}");
    let written = plain.database.write(|db| db.number("SELECT 1", &[])).await;
    assert!(matches!(written, Err(StoreError::Locked)), "{written:?}");
}
