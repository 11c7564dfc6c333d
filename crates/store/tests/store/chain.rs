//! B10: whatever is altered in the journal behind its back shows; erasing values does not break the proof.

use crate::plain::{Plain, contact};

/// A journal of five operations: the staff member, three contacts in one, an approval, two more contacts.
async fn journal() -> Plain {
    let plain = Plain::new().await;
    let people = [contact("Dana", "Reyes"), contact("Eli", "Stone"), contact("Fay", "Young")];
    plain.create(&[&people[0], &people[1], &people[2]]).await;
    plain.approve(1, &people[0]).await;
    plain.create(&[&contact("Gil", "Abbot")]).await;
    plain.create(&[&contact("Hao", "Chen")]).await;
    let check = plain.chain().await;
    assert_eq!((check.operations, check.problem), (5, None), "as written, the chain holds");
    plain
}

async fn assert_shows(tampering: &str) {
    let plain = journal().await;
    plain.tamper(tampering).await;
    let check = plain.chain().await;
    assert!(check.problem.is_some(), "goes unnoticed: {tampering}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_change_shows() {
    for tampering in [
        "UPDATE change SET packed=substr(packed,1,length(packed)-1) WHERE n=3",
        "UPDATE change SET packed=(SELECT packed FROM change WHERE n=4) WHERE n=3",
        "UPDATE change SET packed=x'' WHERE n=2",
        "UPDATE change SET record=(SELECT record FROM change WHERE n=4) WHERE n=3",
        "UPDATE change SET kind=2 WHERE n=3",
        "UPDATE change SET kind=77 WHERE n=3",
        "UPDATE change SET kind=kind+256 WHERE n=3",
        "UPDATE change SET record=x'01' WHERE n=3",
        "DELETE FROM change WHERE n=3",
        "UPDATE change SET packed=NULL WHERE n=3",
        "UPDATE change SET n=-1 WHERE n=2; UPDATE change SET n=2 WHERE n=3; UPDATE change SET n=3 WHERE n=-1",
        "UPDATE change SET packed=NULL,digest=zeroblob(32) WHERE n=3",
    ] {
        assert_shows(tampering).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_altered_field_of_an_operation_shows() {
    for set in [
        "id=randomblob(16)",
        "id=x'01'",
        "time=time+1",
        "actor=randomblob(16)",
        "device=randomblob(16)",
        "sequence=77",
        "kind=4",
        "kind=99",
        "kind=0",
        "detail='another file.csv'",
        "undoes=randomblob(16)",
        "subject=randomblob(16),subject_kind=1",
        "subject_kind=2",
        "subject=NULL,subject_kind=NULL",
        "records=records+1",
        "first_change=first_change-1",
        "changes=changes-1",
        "changes=changes+1",
        "chain=randomblob(32)",
        "chain=x''",
    ] {
        assert_shows(&format!("UPDATE operation SET {set} WHERE n=3")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_or_added_operation_shows() {
    for tampering in [
        "DELETE FROM operation WHERE n=3",
        "DELETE FROM operation WHERE n=1",
        // The last one: its changes are left behind.
        "DELETE FROM operation WHERE n=5",
        "DELETE FROM change WHERE n=(SELECT max(n) FROM change)",
        // With everything that points at the gap closed again.
        "DELETE FROM change WHERE n=5; DELETE FROM operation WHERE n=3;
         UPDATE operation SET sequence=sequence-1 WHERE n>3",
        "INSERT INTO operation(id,time,actor,device,sequence,kind,detail,records,first_change,changes,chain)
         SELECT randomblob(16),time+1,actor,device,6,kind,detail,0,first_change+changes,0,chain FROM operation WHERE n=5",
        "INSERT INTO change(n,record,kind,packed) SELECT n+1,record,kind,packed FROM change ORDER BY n DESC LIMIT 1",
    ] {
        assert_shows(tampering).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_operations_show() {
    assert_shows(
        "UPDATE operation SET sequence=-4 WHERE n=4; UPDATE operation SET sequence=4 WHERE n=5;
         UPDATE operation SET sequence=5 WHERE n=4",
    )
    .await;
    assert_shows(
        "UPDATE operation SET sequence=-4,first_change=first_change+1 WHERE n=4;
         UPDATE operation SET sequence=4,first_change=first_change-1 WHERE n=5;
         UPDATE operation SET sequence=5 WHERE n=4",
    )
    .await;
}

/// M20, M31: the values go, the proof that nothing else was touched stays.
#[tokio::test(flavor = "multi_thread")]
async fn erased_values_keep_the_chain_valid() {
    let plain = journal().await;
    let digest = plain
        .database
        .read(|db| {
            db.first("SELECT kind,record,packed FROM change WHERE n=3", &[], |row| {
                let kind = liaison_domain::Numbered::<liaison_domain::RecordKind>::of(row.int(0) as u8);
                let record = liaison_domain::Id::from_bytes(row.blob(1)).expect("an id");
                Ok(liaison_domain::journal::change_digest(kind, record, row.blob(2)))
            })
        })
        .await
        .expect("read")
        .expect("a change");
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    plain.tamper(&format!("UPDATE change SET packed=NULL,digest=x'{digest}' WHERE n=3")).await;
    let check = plain.chain().await;
    assert_eq!((check.operations, check.problem), (5, None));
    plain.tamper("UPDATE change SET digest=zeroblob(32) WHERE n=3").await;
    assert!(plain.chain().await.problem.is_some(), "an erased change is still bound by its digest");
}

/// What a newer version wrote is kept and checked as far as this one can: it is neither damaged nor in the way.
#[tokio::test(flavor = "multi_thread")]
async fn kinds_of_a_newer_version_are_read_as_numbers() {
    use liaison_domain::journal::{Link, change_digest};
    use liaison_domain::{Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind};
    use liaison_store::journal::{HistoryFilter, Values};
    use liaison_store::{Sql, StoreError, journal};

    let plain = journal().await;
    let (device, last) = plain
        .database
        .read(|db| {
            db.first("SELECT device,chain FROM operation ORDER BY n DESC LIMIT 1", &[], |row| {
                Ok((Id::from_bytes(row.blob(0)), row.blob(1).try_into().expect("32 bytes")))
            })
        })
        .await
        .expect("read")
        .expect("an operation");
    let head = Head::V2 { wall: 1_700_000_000_000, seen: 0 };
    let operation = Operation {
        id: crate::plain::id(),
        time: Hlc(1_800_000_000_000 << 16),
        actor: plain.staff,
        device: device.expect("an id"),
        kind: Numbered::<OperationKind>::of(200),
        detail: String::new(),
        undoes: None,
        head,
    };
    let (record, packed) = (crate::plain::id(), [&[0; 16][..], &[2, 9, 9, 9]].concat());
    let mut link = Link::default();
    link.add(&change_digest(Numbered::<RecordKind>::of(99), record, &packed));
    let chain = link.close(&last, 6, &operation).expect("a link");
    plain
        .database
        .write(|db| {
            let first = db.number("SELECT max(n)+1 FROM change", &[])?;
            db.run(
                "INSERT INTO change(n,record,kind,packed) VALUES(?,?,99,?)",
                &[Sql::Int(first), Sql::Blob(record.bytes()), Sql::Blob(&packed)],
            )?;
            db.run(
                "INSERT INTO operation(id,time,actor,device,sequence,kind,detail,records,first_change,changes,chain,head,
                 wall,seen,stamp) VALUES(?1,?2,?3,?4,6,200,'',0,?5,1,?6,2,1700000000000,0,?2)",
                &[
                    Sql::Blob(operation.id.bytes()),
                    Sql::Int(operation.time.0 as i64),
                    Sql::Blob(operation.actor.bytes()),
                    Sql::Blob(operation.device.bytes()),
                    Sql::Int(first),
                    Sql::Blob(&chain),
                ],
            )
        })
        .await
        .expect("written as a newer version would");
    let check = plain.chain().await;
    assert_eq!((check.operations, check.problem), (6, None));
    let undone = plain.database.read(|db| {
        let (history, _) = journal::history(db, &HistoryFilter::default(), 10)?;
        assert_eq!(history[0].operation, operation);
        let changes = journal::changes(db, &history[0], 0, 10)?;
        assert_eq!((changes[0].kind, &changes[0].values), (Numbered::Other(99), &Values::Newer));
        journal::each_change_backwards(db, &history[0], |_| Ok(()))
    });
    assert!(matches!(undone.await, Err(StoreError::TooNew)), "nobody undoes what can't be read");
    plain.create(&[&contact("Ida", "Moss")]).await;
    assert_eq!(plain.chain().await.problem, None, "work goes on after it");
    plain.tamper("UPDATE change SET kind=98 WHERE kind=99").await;
    assert!(plain.chain().await.problem.is_some(), "and it can't be altered either");
}
