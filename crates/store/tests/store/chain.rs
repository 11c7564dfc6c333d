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
                let kind = liaison_domain::RecordKind::from_number(row.int(0) as u8).expect("a kind");
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
