//! What a transaction tells of the rows it changed.

use crate::plain::{Plain, contact};
use liaison_domain::RecordKind;
use liaison_store::row_log::{ChangedRange, Stamp, since, stamp};
use liaison_store::{Sql, StoreError};

async fn now(plain: &Plain) -> Stamp {
    plain.database.read(stamp).await.expect("a stamp")
}

async fn changed(plain: &Plain, seen: Stamp) -> Option<Vec<ChangedRange>> {
    plain.database.read(|db| since(db, seen)).await.expect("read")
}

fn contacts(first: u32, last: u32) -> ChangedRange {
    ChangedRange { kind: RecordKind::Contact, first, last }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_transaction_that_changes_rows_raises_the_counter_and_no_other_does() {
    let plain = Plain::new().await;
    let before = now(&plain).await;
    let people: Vec<_> = ["Ada", "Bo", "Cy", "Di"].iter().map(|first| contact(first, "Berg")).collect();
    plain.create(&people.iter().collect::<Vec<_>>()).await;
    assert_eq!(changed(&plain, before).await, Some(vec![contacts(1, 4)]));
    let after = now(&plain).await;
    assert_eq!(after.number, before.number + 1);

    // Whichever way it comes about, also where no journal tells of it.
    plain.tamper("UPDATE contact SET city='Bergen' WHERE n IN (1,3); DELETE FROM contact WHERE n=4").await;
    assert_eq!(changed(&plain, after).await, Some(vec![contacts(1, 1), contacts(3, 4)]));
    let after = now(&plain).await;

    plain.tamper("INSERT INTO setting(key,value) VALUES('a','b')").await;
    let failed = plain.database.write(|db| {
        db.execute("UPDATE contact SET city='Oslo'")?;
        Err::<(), _>(StoreError::Cancelled)
    });
    assert!(failed.await.is_err());
    assert_eq!(now(&plain).await, after);
    plain.tamper("UPDATE contact SET city='Oslo' WHERE n=2").await;
    assert_eq!(changed(&plain, after).await, Some(vec![contacts(2, 2)]), "what was taken back is not told");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_elsewhere_or_long_ago_is_told_from_what_was_seen_here() {
    let (plain, other) = (Plain::new().await, Plain::new().await);
    let seen = now(&plain).await;
    assert_eq!(now(&other).await.number, seen.number);
    assert_eq!(changed(&other, seen).await, None, "the same number of another database");
    assert_eq!(changed(&plain, seen).await, Some(Vec::new()));

    plain.create(&[&contact("Ada", "Berg")]).await;
    let begun = "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<17000)
        INSERT INTO row_change(stamp,kind,first,last,token) SELECT 900,1,x*2,x*2,5 FROM c";
    plain.tamper(begun).await;
    plain.tamper("UPDATE contact SET city='Oslo'").await;
    assert_eq!(changed(&plain, seen).await, None, "only the newest are kept");
    let kept = plain.database.read(|db| db.number("SELECT count(*) FROM row_change", &[])).await.expect("a number");
    assert_eq!(kept, 16_384);
    let known = plain.database.read(|db| {
        Ok((since(db, Stamp { number: 900, token: 5 })?, db.number("SELECT max(stamp) FROM row_change", &[])?))
    });
    assert_eq!(known.await.expect("read"), (Some(vec![contacts(1, 1)]), 901));
}

/// Rows that are far apart are told as one range, rather than one by one without end.
#[tokio::test(flavor = "multi_thread")]
async fn very_many_ranges_become_one() {
    let plain = Plain::new().await;
    plain.create(&[&contact("Ada", "Berg")]).await;
    let many = "WITH RECURSIVE c(x) AS (VALUES(2) UNION ALL SELECT x+2 FROM c WHERE x<5000)
        INSERT INTO contact(n,id,sort_name,email_key) SELECT x,randomblob(16),'','' FROM c";
    let seen = now(&plain).await;
    plain.database.write(|db| db.run(many, &[])).await.expect("written");
    assert_eq!(changed(&plain, seen).await, Some(vec![contacts(2, 5000)]));
    let one = plain.database.read(|db| db.number("SELECT count(*) FROM contact WHERE n=?", &[Sql::Int(5000)])).await;
    assert_eq!(one.expect("a number"), 1);
}
