//! A write-ahead log that was lost or cut loses what was committed; the head beside the database tells.

use crate::plain::{Plain, contact};
use liaison_store::anchor::Difference;
use liaison_store::files::JOURNAL_HEAD as FILE;
use liaison_store::{Database, StoreError, settings};
use std::fs;
use std::path::Path;

/// What a killed process leaves: the files as they are while the database is open, its last commits in the log alone.
async fn killed() -> tempfile::TempDir {
    let plain = Plain::new().await;
    // In the database file itself, like everything of earlier days.
    plain.database.maintain(|db| db.execute("PRAGMA wal_checkpoint(TRUNCATE)")).await.expect("a checkpoint");
    plain.create(&[&contact("Dana", "Reyes")]).await;
    plain.create(&[&contact("Eli", "Stone")]).await;
    let directory = tempfile::tempdir().expect("a directory");
    for name in ["liaison.db", "liaison.db-wal", FILE] {
        fs::copy(plain.directory.path().join(name), directory.path().join(name)).expect("a copy");
    }
    directory
}

/// Its folder, once nobody has the database open.
async fn closed(plain: Plain) -> tempfile::TempDir {
    let Plain { directory, database, .. } = plain;
    database.close().await.expect("closed");
    directory
}

async fn difference(directory: &Path) -> Result<Option<Difference>, StoreError> {
    let database = Database::open(directory, None).await?;
    let difference = database.head_difference();
    database.close().await?;
    Ok(difference)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_whole_loses_nothing() {
    let directory = killed().await;
    assert_eq!(difference(directory.path()).await.expect("it opens"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_lost_cut_or_altered_shows() {
    for (what, operations) in [("lost", 2), ("cut", 2), ("cut at its end", 1), ("altered", 2)] {
        let directory = killed().await;
        let log = directory.path().join("liaison.db-wal");
        let mut bytes = fs::read(&log).expect("a log");
        match what {
            "lost" => fs::remove_file(&log).expect("removed"),
            "cut" => fs::write(&log, &bytes[..32 + 100]).expect("written"),
            "cut at its end" => fs::write(&log, &bytes[..bytes.len() - 1]).expect("written"),
            _ => {
                bytes[32 + 24 + 500] ^= 1;
                fs::write(&log, &bytes).expect("written");
            }
        }
        let missing = Difference::Missing { operations, after: 3 - operations };
        for start in 1..=2 {
            assert_eq!(difference(directory.path()).await.expect("it opens"), Some(missing), "{what}, start {start}");
        }
        let database = Database::open(directory.path(), None).await.expect("it opens");
        database.reset_head().await.expect("accepted");
        database.close().await.expect("closed");
        drop(database);
        assert_eq!(difference(directory.path()).await.expect("it opens"), None, "{what}, accepted");
    }
}

/// A crash after the commit and before the head was kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_behind_is_no_fault() {
    let plain = Plain::new().await;
    let file = plain.directory.path().join(FILE);
    let before = fs::read(&file).expect("a head");
    plain.create(&[&contact("Dana", "Reyes")]).await;
    assert_ne!(fs::read(&file).expect("a head"), before, "each commit keeps it");
    let directory = closed(plain).await;
    fs::write(&file, &before).expect("the head of before");
    assert_eq!(difference(directory.path()).await.expect("it opens"), None);
    assert_ne!(fs::read(&file).expect("a head"), before, "and the start brings it up to date");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_before_there_were_heads_gets_one() {
    let plain = Plain::new().await;
    plain.database.write(|db| settings::set(db, "journal_head", None)).await.expect("as it was");
    let directory = closed(plain).await;
    fs::remove_file(directory.path().join(FILE)).expect("as it was");
    for _ in 1..=2 {
        assert_eq!(difference(directory.path()).await.expect("it opens"), None);
    }
    fs::remove_file(directory.path().join(FILE)).expect("removed");
    assert_eq!(difference(directory.path()).await.expect("it opens"), Some(Difference::NoFile));
}
