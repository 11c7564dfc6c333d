//! The property: what memory says is what the tables say, or nothing.

use crate::desk::Desk;
use liaison_columns::{Answer, Columns};
use liaison_domain::RecordKind;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_store::kept_file::Built;
use liaison_store::list;
use rand::Rng as _;
use std::sync::Arc;

const KINDS: [RecordKind; 2] = [RecordKind::Contact, RecordKind::Employer];

/// Asks any lists; returns how many memory answered.
async fn ask(desk: &mut Desk, columns: &[Arc<Columns>; 2], count: usize, when: &str) -> usize {
    let mut answered = 0;
    for _ in 0..count {
        let at = usize::from(desk.random.random_bool(0.2));
        let query = desk.question(KINDS[at]);
        let ask = || desk.read(|db| Ok((list::rows(db, &query)?, columns[at].rows(db, &query)?)));
        let (mut tables, mut memory) = ask().await;
        // What was kept may be too old to be followed: then it is read anew.
        for _ in 0..2 {
            if memory == Answer::NotBuilt {
                columns[at].build(&desk.database).await.expect("built");
                (tables, memory) = ask().await;
            }
        }
        match memory {
            Answer::Rows(rows) => {
                answered += 1;
                assert_eq!(rows, tables, "{when}: {query:?}");
            }
            Answer::Unknown => {
                let computed =
                    |sort: &SortKey| query.kind.computed_fields().iter().any(|field| field.key == sort.field);
                assert!(query.sort.iter().any(computed), "{when}: memory does not know {query:?}");
            }
            other => panic!("{when}: {other:?}"),
        }
    }
    answered
}

async fn live_through(seed: u64, steps: usize) {
    let mut desk = Desk::new(seed).await;
    let mut columns = KINDS.map(Columns::new);
    let mut answered = ask(&mut desk, &columns, 60, "at first").await;
    let mut before = desk.copy().await;
    for step in 0..steps {
        let kind = KINDS[usize::from(desk.random.random_bool(0.3))];
        let count = desk.random.random_range(1..30);
        let what = desk.random.random_range(0..12);
        match what {
            0 => desk.define().await,
            1 => desk.erase(count).await,
            2 => desk.change(kind, count, true).await,
            11 => {
                desk = desk.reopened().await;
                columns = KINDS.map(Columns::new);
            }
            10 => {
                let now = desk.copy().await;
                desk = desk.taken_back(&before).await;
                before = now;
                columns = KINDS.map(Columns::new);
            }
            3 | 4 => desk.add(kind, count).await,
            5 if step % 4 == 0 => desk.add(RecordKind::Contact, 5_000).await,
            _ => desk.change(kind, count, false).await,
        }
        answered += ask(&mut desk, &columns, 12, &format!("seed {seed}, step {step} ({what})")).await;
    }
    assert!(answered > (60 + steps * 12) * 4 / 5, "most questions are answered from memory: {answered}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_memory_says_is_what_the_tables_say_whatever_happens() {
    for seed in 0..6 {
        live_through(seed, 25).await;
    }
}

/// A start takes what was kept and what came since; whatever is not as it was written, or of another history, is as if it
/// were not there.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_taken_or_read_anew_and_never_believed() {
    let mut desk = Desk::new(11).await;
    let before = desk.copy().await;
    let built = async |desk: &Desk| {
        let columns = KINDS.map(Columns::new);
        let [contacts, employers] = &columns;
        let built = [contacts.build(&desk.database).await, employers.build(&desk.database).await];
        (columns, built.map(|built| built.expect("built")))
    };
    assert_eq!(built(&desk).await.1, [Built::Read, Built::Read], "nothing was kept");
    assert_eq!(desk.kept().len(), 2);
    desk.change(RecordKind::Contact, 20, false).await;
    desk.add(RecordKind::Employer, 3).await;
    desk = desk.reopened().await;
    let (columns, how) = built(&desk).await;
    assert_eq!(how, [Built::Loaded, Built::Loaded]);
    assert!(ask(&mut desk, &columns, 60, "loaded").await > 40);

    // Another field: the employers have none more.
    for _ in 0..8 {
        desk.define().await;
    }
    desk = desk.reopened().await;
    let (columns, how) = built(&desk).await;
    assert_eq!(how, [Built::Read, Built::Read]);
    assert!(ask(&mut desk, &columns, 60, "with other fields").await > 40);

    for file in desk.kept() {
        let mut bytes = std::fs::read(&file).expect("it is there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("written");
    }
    desk = desk.reopened().await;
    assert_eq!(built(&desk).await.1, [Built::Read, Built::Read], "damaged");

    let now = desk.copy().await;
    desk = desk.taken_back(&before).await;
    desk.change(RecordKind::Contact, 20, false).await;
    let (columns, how) = built(&desk).await;
    assert_eq!(how, [Built::Read, Built::Read], "of another history");
    assert!(ask(&mut desk, &columns, 60, "taken back").await > 40);
    desk = desk.taken_back(&now).await;
    assert_eq!(built(&desk).await.1, [Built::Read, Built::Read], "and again");

    // What was kept under another name, or by another computer.
    let files = desk.kept();
    std::fs::copy(&files[0], &files[1]).expect("copied");
    desk = desk.reopened().await;
    let (_, how) = built(&desk).await;
    assert!(how.contains(&Built::Read) && how.contains(&Built::Loaded), "{how:?}");
    let other = Desk::new(12).await;
    built(&other).await;
    for (file, others) in desk.kept().iter().zip(other.kept()) {
        std::fs::copy(others, file).expect("copied");
    }
    desk = desk.reopened().await;
    assert_eq!(built(&desk).await.1, [Built::Read, Built::Read], "of another computer");
}

/// A reader that began before a commit sees the state of then, also where memory is ahead.
#[tokio::test(flavor = "multi_thread")]
async fn memory_never_answers_with_another_state_than_the_one_that_is_read() {
    let mut desk = Desk::new(9).await;
    let columns = Columns::new(RecordKind::Contact);
    columns.build(&desk.database).await.expect("built");
    let query = ListQuery::all(RecordKind::Contact);
    let before = desk.read(|db| list::rows(db, &query)).await;
    let database = &desk.database;
    database
        .read(|older| {
            assert_eq!(list::rows(older, &query)?, before);
            // Meanwhile somebody commits, and somebody else reads that.
            std::thread::scope(|scope| {
                let (columns, query) = (&columns, &query);
                let other = scope.spawn(move || {
                    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
                    runtime.block_on(async {
                        let trash = "UPDATE contact SET deleted_at=1 WHERE n IN (SELECT n FROM contact LIMIT 40)";
                        database.write(|db| db.execute(trash)).await.expect("written");
                        let newer = database.read(|db| Ok((list::rows(db, query)?, columns.rows(db, query)?))).await;
                        let (tables, memory) = newer.expect("read");
                        assert_eq!(memory, Answer::Rows(tables));
                    });
                });
                other.join().expect("the other ends");
            });
            assert_eq!(columns.rows(older, &query)?, Answer::Newer);
            Ok(())
        })
        .await
        .expect("read");
    assert!(ask(&mut desk, &[columns, Columns::new(RecordKind::Employer)], 10, "afterwards").await > 5);
}

/// Changes that no journal tells of count, too: what only changes what a row shows.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_behind_the_journals_back_is_seen() {
    let desk = Desk::new(10).await;
    let columns = Columns::new(RecordKind::Contact);
    columns.build(&desk.database).await.expect("built");
    let tamper = "UPDATE contact SET city='Nowhere at all',deleted_at=NULL WHERE n=7";
    desk.database.write(|db| db.execute(tamper)).await.expect("written");
    let filter = vec![Condition { field: "city".into(), op: FilterOp::Contains, values: vec!["WHERE AT".into()] }];
    let query = ListQuery { filter, ..ListQuery::all(RecordKind::Contact) };
    assert_eq!(desk.read(|db| columns.rows(db, &query)).await, Answer::Rows(vec![7]));
}
