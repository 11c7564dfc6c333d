//! A search index that was kept answers as one that was read from all records, whatever came in between.

use liaison_domain::{Id, RecordKind};
use liaison_search::SearchIndex;
use liaison_store::group::Group;
use liaison_store::kept_file::Built;
use liaison_store::{Database, Sql};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use std::path::Path;

const GROUPS: [Group; 3] = [Group::Pending, Group::Approved, Group::Rejected];
const NAMES: [&str; 8] = ["Ada", "Åsa", "Bo", "Bodil", "Zeppelin", "O'Hara", "Ngũgĩ", "de la Cruz"];
const FIRMS: [&str; 5] = ["Acme", "Acme Nord", "Borealis", "Ústí Steel", "Quimby & Sons"];

struct Desk {
    random: StdRng,
    directory: tempfile::TempDir,
    database: Database,
}

impl Desk {
    async fn new(seed: u64) -> Desk {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path(), None).await.expect("a database");
        Desk { random: StdRng::seed_from_u64(seed), directory, database }
    }

    async fn reopened(self) -> Desk {
        self.database.close().await.expect("closed");
        let Desk { random, directory, database } = self;
        drop(database);
        let database = Database::open(directory.path(), None).await.expect("opened again");
        Desk { random, directory, database }
    }

    fn id(&mut self) -> Id {
        Id::from_bytes(&self.random.random::<[u8; 16]>()).expect("an id")
    }

    async fn add(&mut self, employers: usize, contacts: usize) {
        let employers: Vec<(Id, &str)> =
            (0..employers).map(|_| (self.id(), *FIRMS.choose(&mut self.random).expect("a name"))).collect();
        let contacts: Vec<(Id, &str, &str)> = (0..contacts)
            .map(|_| {
                let name = |random: &mut StdRng| *NAMES.choose(random).expect("a name");
                (self.id(), name(&mut self.random), name(&mut self.random))
            })
            .collect();
        let random = &mut self.random;
        let added = self.database.write(|db| {
            for (id, name) in &employers {
                let insert = "INSERT INTO employer(id,name,name_key) VALUES(?,?,lower(?))";
                db.run(insert, &[Sql::Blob(id.bytes()), Sql::Text(name), Sql::Text(name)])?;
            }
            let all = db.all("SELECT id FROM employer", &[], |row| row.id(0))?;
            for (id, first, last) in &contacts {
                let insert = "INSERT INTO contact(id,first_name,last_name,sort_name,email_key,employer,approval) \
                              VALUES(?,?,?,lower(?),'',?,?)";
                let approval = *["pending", "approved", "rejected"].choose(random).expect("a status");
                let employer = all.choose(random).map_or(Sql::Null, |id| Sql::Blob(id.bytes()));
                let (id, first, last) = (Sql::Blob(id.bytes()), Sql::Text(first), Sql::Text(last));
                db.run(insert, &[id, first, last, last, employer, Sql::Text(approval)])?;
            }
            Ok(())
        });
        added.await.expect("added");
    }

    /// Statements about any row, in one transaction.
    async fn change(&mut self, count: usize) {
        let random = &mut self.random;
        let changed = self.database.write(|db| {
            for _ in 0..count {
                let what = match random.random_range(0..5) {
                    0 => "UPDATE contact SET first_name=?1 WHERE n=?2",
                    1 => "UPDATE contact SET last_name=?1,sort_name=lower(?1) WHERE n=?2",
                    2 => "UPDATE employer SET name=?1 WHERE n=?2%6",
                    3 => "UPDATE contact SET approval='approved',title=?1 WHERE n=?2",
                    _ => "UPDATE contact SET deleted_at=CASE WHEN deleted_at IS NULL THEN 1 END,title=?1 WHERE n=?2",
                };
                let name = NAMES.choose(random).expect("a name");
                db.run(what, &[Sql::Text(name), Sql::Int(random.random_range(1..400))])?;
            }
            Ok(())
        });
        changed.await.expect("changed");
    }

    /// An index as a start makes it, and how.
    async fn started(&self) -> (std::sync::Arc<SearchIndex>, Built) {
        let index = SearchIndex::new(RecordKind::Contact);
        let how = index.build(&self.database).await.expect("built");
        (index, how)
    }

    /// Holds an index against one that was read from all records.
    async fn compare(&self, index: &SearchIndex, when: &str) {
        forget(self.directory.path());
        let (read, how) = self.started().await;
        assert_eq!(how, Built::Read);
        for text in ["", "a", "ad", "bo", "acme", "acme n", "zep", "usti", "quimby ada", "cruz", "nowhere"] {
            for groups in [&GROUPS[..], &GROUPS[..1], &GROUPS[1..]] {
                let rows = read.search(text, groups).expect("ready");
                assert_eq!(index.search(text, groups).expect("ready"), rows, "{when}: {text:?} in {groups:?}");
            }
        }
        assert!(!read.search("a", &GROUPS).expect("ready").is_empty());
    }
}

fn forget(directory: &Path) {
    for entry in std::fs::read_dir(directory).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "kept") {
            std::fs::remove_file(path).expect("removed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_index_finds_what_one_finds_that_was_read() {
    for seed in 0..8 {
        let mut desk = Desk::new(seed).await;
        desk.add(6, 300).await;
        assert_eq!(desk.started().await.1, Built::Read);
        for start in 0..4 {
            desk.change(40).await;
            desk.add(1, 5).await;
            desk = desk.reopened().await;
            let (index, how) = desk.started().await;
            assert_eq!(how, Built::Loaded, "seed {seed}, start {start}");
            desk.compare(&index, &format!("seed {seed}, start {start}")).await;
        }
    }
}

/// The employers of more people than an overlay should have changed: reading all is faster.
#[tokio::test(flavor = "multi_thread")]
async fn where_too_much_changed_all_is_read() {
    let mut desk = Desk::new(1).await;
    desk.add(1, 5_000).await;
    assert_eq!(desk.started().await.1, Built::Read);
    desk = desk.reopened().await;
    assert_eq!(desk.started().await.1, Built::Loaded);
    desk.database.write(|db| db.execute("UPDATE employer SET name='Other'")).await.expect("renamed");
    desk = desk.reopened().await;
    let (index, how) = desk.started().await;
    assert_eq!(how, Built::Read);
    assert_eq!(index.search("other", &GROUPS).expect("ready").len(), 5_000);
}
