//! Databases that earlier versions left, brought up to date.

use crate::plain::{Plain, contact};
use liaison_domain::{Head, Id, RecordKind, contact as fields};
use liaison_store::journal::{self, HistoryFilter, Logged};
use liaison_store::{Database, table};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};

/// What a version with schema 3 left: a staff member, three contacts, an approval that was undone, a note, an erasure
/// and an event.
const SCHEMA_3: &str = include_str!("../fixtures/schema-3.sql");

/// Opens what an earlier version left.
async fn left(dump: &'static str) -> Plain {
    let directory = tempfile::tempdir().expect("a directory");
    let file = SqliteConnectOptions::new().filename(directory.path().join("liaison.db")).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&file).await.expect("a file");
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await.expect("the dump is read");
    connection.close().await.expect("closed");
    let database = Database::open(directory.path(), None).await.expect("migrated");
    let staff = database.read(|db| db.first("SELECT id FROM staff", &[], |row| Ok(Id::from_bytes(row.blob(0))))).await;
    Plain { directory, database, staff: staff.expect("read").flatten().expect("a staff member") }
}

async fn operations(plain: &Plain) -> Vec<Logged> {
    plain.database.read(|db| Ok(journal::history(db, &HistoryFilter::default(), 100)?.0)).await.expect("a history")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_schema_3_left_is_read_and_its_chain_goes_on() {
    let plain = left(SCHEMA_3).await;
    let check = plain.chain().await;
    assert_eq!((check.operations, check.problem), (7, None), "the old links stay valid");
    let old = operations(&plain).await;
    assert!(old.iter().all(|each| each.operation.head == Head::V1));
    assert_eq!(old[0].operation.told_at(), 1_700_000_600_000, "the hybrid time tells when");
    let dana = old[0].subject.map(|(_, id)| id).expect("the undo is about one contact");
    let record = plain.database.read(|db| table::get(db, RecordKind::Contact, dana)).await.expect("a contact").record;
    assert_eq!((record.text(&fields::FIRST_NAME), record.text(&fields::APPROVAL)), ("Dana", fields::PENDING));

    plain.create(&[&contact("Gil", "Abbot")]).await;
    plain.approve(1, &record).await;
    let check = plain.chain().await;
    assert_eq!((check.operations, check.problem), (9, None), "links of both versions are one chain");
    let new = operations(&plain).await;
    // The wall clock of these tests is behind the last time in the dump: the order is that of the hybrid clock.
    assert_eq!(new[0].operation.head, Head::V2 { wall: 1_700_000_000_000, seen: 0 });
    assert_eq!(new[0].operation.told_at(), 1_700_000_000_000);
    assert!(new[0].operation.time > new[1].operation.time && new[1].operation.time > old[0].operation.time);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_version_of_a_head_can_be_altered_unseen() {
    for tampering in [
        "UPDATE operation SET head=2,wall=time >> 16 WHERE n=3",
        "UPDATE operation SET wall=1 WHERE n=3",
        "UPDATE operation SET seen=1 WHERE n=3",
        "UPDATE operation SET undoes=zeroblob(16) WHERE n=8",
        "UPDATE operation SET undoes=x'01' WHERE n=8",
        "UPDATE operation SET wall=wall+1 WHERE n=8",
        "UPDATE operation SET wall=NULL WHERE n=8",
        "UPDATE operation SET seen=5 WHERE n=8",
        "UPDATE operation SET head=1,wall=NULL WHERE n=8",
        "UPDATE operation SET head=0 WHERE n=8",
        "UPDATE operation SET head=3 WHERE n=8",
        "UPDATE operation SET head=258 WHERE n=8",
    ] {
        let plain = left(SCHEMA_3).await;
        plain.create(&[&contact("Gil", "Abbot")]).await;
        assert_eq!(plain.chain().await.problem, None);
        plain.tamper(tampering).await;
        assert!(plain.chain().await.problem.is_some(), "goes unnoticed: {tampering}");
    }
}
