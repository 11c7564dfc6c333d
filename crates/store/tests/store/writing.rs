//! A transaction is all or nothing, and the journal says exactly what it did.

use crate::plain::{Plain, contact};
use crate::rows;
use liaison_domain::{FieldChange, OperationKind, RecordKind, Value, contact as registry};
use liaison_store::{StoreError, journal, table};

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_operation_leaves_no_trace() {
    let plain = Plain::new().await;
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    let before = plain.database.read(rows::all).await.expect("rows");
    let failed = plain
        .record(OperationKind::ContactsImport, |recorder| {
            recorder.create(&contact("Eli", "Stone"))?;
            let change = FieldChange { field: registry::TITLE.number, before: Value::Empty, after: "Dean".into() };
            recorder.update(RecordKind::Contact, 1, dana.id, &[change])?;
            Err::<(), _>(StoreError::Cancelled)
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Cancelled)));
    let twice = plain.record(OperationKind::ContactsCreate, |recorder| recorder.create(&dana)).await;
    assert!(matches!(twice, Err(StoreError::Sqlite { .. })), "an id is used once");
    let orphan = plain
        .record(OperationKind::ContactsCreate, |recorder| {
            let mut orphan = contact("Eli", "Stone");
            orphan.set(&registry::EMPLOYER, crate::plain::id());
            recorder.create(&orphan)
        })
        .await;
    assert!(matches!(orphan, Err(StoreError::Sqlite { .. })), "references are checked at the commit");
    assert_eq!(plain.database.read(rows::all).await.expect("rows"), before);
    assert_eq!(plain.chain().await.problem, None);
    plain.create(&[&contact("Fay", "Young")]).await;
    assert_eq!(plain.chain().await.problem, None, "and the next operation links to the last that was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_the_middle_leaves_no_trace_and_no_wedged_connection() {
    let plain = std::sync::Arc::new(Plain::new().await);
    let before = plain.database.read(rows::all).await.expect("rows");
    let writer = plain.clone();
    let panicked = tokio::spawn(async move {
        writer
            .record(OperationKind::ContactsCreate, |recorder| {
                recorder.create(&contact("Dana", "Reyes"))?;
                panic!("a fault in a use case");
                #[allow(unreachable_code)]
                Ok(())
            })
            .await
            .map(|_| ())
    })
    .await;
    assert!(panicked.is_err(), "the panic went through");
    let reader = plain.clone();
    for _ in 0..8 {
        let reader = reader.clone();
        let panicked =
            tokio::spawn(async move { reader.database.read::<()>(|_| panic!("a fault in a reader")).await }).await;
        assert!(panicked.is_err());
    }
    assert_eq!(plain.database.read(rows::all).await.expect("readers still read"), before);
    plain.create(&[&contact("Eli", "Stone")]).await;
    assert_eq!(plain.chain().await.problem, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_changes_nothing_is_not_written() {
    let plain = Plain::new().await;
    let before = plain.database.read(rows::all).await.expect("rows");
    let ((), recorded) = plain.record(OperationKind::ContactsApprove, |_| Ok(())).await.expect("nothing to do");
    assert!(recorded.is_none());
    assert_eq!(plain.database.read(rows::all).await.expect("rows"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_this_version_does_not_know_goes_to_the_journal_only() {
    let plain = Plain::new().await;
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    let unknown = FieldChange { field: 999, before: Value::Empty, after: "from the future".into() };
    let title = FieldChange { field: registry::TITLE.number, before: Value::Empty, after: "Dean".into() };
    for changes in [vec![unknown.clone()], vec![unknown.clone(), title]] {
        plain
            .record(OperationKind::ContactsEdit, |recorder| recorder.update(RecordKind::Contact, 1, dana.id, &changes))
            .await
            .expect("an update with an unknown field");
    }
    let (now, audit) = plain
        .database
        .read(|db| Ok((table::get(db, RecordKind::Contact, dana.id)?.record, journal::audit(db, dana.id)?)))
        .await
        .expect("the contact");
    assert_eq!(now.text(&registry::TITLE), "Dean");
    assert_eq!(audit.len(), 3);
    assert!(audit[1..].iter().all(|(_, entry)| entry.fields().contains(&unknown)));
    assert_eq!(plain.chain().await.problem, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn derived_columns_follow_their_fields() {
    let plain = Plain::new().await;
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    let change = |field, before: &str, after: &str| FieldChange { field, before: before.into(), after: after.into() };
    plain
        .record(OperationKind::ContactsEdit, |recorder| {
            let changes = [
                change(registry::LAST_NAME.number, "Reyes", "Ñandú"),
                change(registry::EMAIL.number, "Dana.Reyes@acme.example", "DANA@Acme.Example"),
            ];
            recorder.update(RecordKind::Contact, 1, dana.id, &changes)
        })
        .await
        .expect("an edit");
    let keys = plain.database.read(|db| {
        db.first("SELECT sort_name,email_key FROM contact", &[], |row| {
            Ok((row.text(0).to_owned(), row.text(1).to_owned()))
        })
    });
    let keys = keys.await.expect("read").expect("a row");
    assert_eq!(keys, ("nandu\u{1}dana".to_owned(), "dana@acme.example".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_committed_goes_back_into_the_database_without_another_commit() {
    let plain = Plain::new().await;
    let size = || std::fs::metadata(plain.database.path()).expect("the database").len();
    let before = size();
    let mut long = contact("Dana", "Reyes");
    long.set(&registry::DESCRIPTION, "x".repeat(8 << 20).as_str());
    plain.create(&[&long]).await;
    // Nobody waited for it; it comes by itself.
    for _ in 0..3_000 {
        if size() > before + (8 << 20) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the log was not written back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_where_an_id_should_is_damage_and_not_nothing() {
    let plain = Plain::new().await;
    let owner = plain.staff;
    let read = |sql: String| {
        let database = &plain.database;
        async move { database.read(|db| db.first(&sql, &[], |row| Ok((row.id(0), row.optional_id(0))))).await }
    };
    let hex: String = owner.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let (id, optional) = read(format!("SELECT x'{hex}' AS owner")).await.expect("read").expect("a row");
    assert_eq!((id.expect("an id"), optional.expect("an id")), (owner, Some(owner)));
    let (id, optional) = read("SELECT NULL AS owner".into()).await.expect("read").expect("a row");
    assert!(matches!((id, optional), (Err(StoreError::Damaged(_)), Ok(None))), "nothing is no id, and no damage");
    for damaged in [format!("x'{}'", &hex[2..]), format!("x'{hex}00'"), "x''".into(), "'text'".into(), "7".into()] {
        let (id, optional) = read(format!("SELECT {damaged} AS owner")).await.expect("read").expect("a row");
        for error in [id.err(), optional.err()] {
            assert!(matches!(error, Some(StoreError::Damaged(what)) if what.contains("owner")), "{damaged}");
        }
    }
}
