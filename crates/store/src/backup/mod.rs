//! Backups: one file that holds the whole database, encrypted, and what its key is wrapped in. docs/backup-file.md says
//! what is in it byte by byte, docs/decisions/backups.md why.

mod copy;
mod create;
mod file;
mod origin;
mod restore;

pub use crate::files::{BACKUP_EXTENSION as EXTENSION, backups as folder};
pub use copy::Copied;
pub(crate) use create::before_migration;
pub use create::{NewBackup, copy_into, create, files, wrappings};
pub use file::{Head, check, read_head};
pub use origin::{institution, set_of};
pub use restore::{Aside, Staged, aside_name, finish_restore, remove_replaced, replace, stage, stage_to_look};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{Database, options};
    use crate::error::StoreError;
    use crate::files::DATABASE as FILE;
    use crate::sqlite::Db;
    use crate::{chain, key};
    use liaison_domain::Id;
    use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

    /// What versions with each schema left. Those with 4 never were: it came together with 5.
    const LEFT: [(i64, &str); 9] = [
        (1, include_str!("../../tests/fixtures/schema-1.sql")),
        (2, include_str!("../../tests/fixtures/schema-2.sql")),
        (3, include_str!("../../tests/fixtures/schema-3.sql")),
        (5, include_str!("../../tests/fixtures/schema-5.sql")),
        (6, include_str!("../../tests/fixtures/schema-6.sql")),
        (7, include_str!("../../tests/fixtures/schema-7.sql")),
        (8, include_str!("../../tests/fixtures/schema-8.sql")),
        (9, include_str!("../../tests/fixtures/schema-9.sql")),
        (10, include_str!("../../tests/fixtures/schema-10.sql")),
    ];

    /// Whoever adds a migration leaves a dump of what versions before it wrote.
    #[test]
    fn each_schema_before_that_of_today_has_a_dump_that_is_migrated() {
        let mut dumped: Vec<i64> = LEFT.iter().map(|(version, _)| *version).chain([4]).collect();
        dumped.sort_unstable();
        assert_eq!(dumped, crate::schema::before_newest().collect::<Vec<_>>());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_old_database_is_copied_before_the_first_migration() {
        for (version, dump) in LEFT {
            let directory = tempfile::tempdir().expect("a directory");
            let here = directory.path();
            let key =
                key::create(here, Some((Id::from_parts(1, [1; 10]), "correct horse battery"))).expect("a key").key;
            let file = options(&here.join(FILE), Some(&key)).create_if_missing(true);
            let mut connection = file.connect().await.expect("a database");
            sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await.expect("the dump is read");
            connection.close().await.expect("closed");

            let database = Database::open_existing(here, Some(&key)).await.expect("migrated");
            let chain = database.read(chain::check_chain).await.expect("checked");
            assert_eq!((chain.operations, chain.problem), (7, None), "schema {version}");
            assert!(database.not_backed_up().await.is_none());
            let set = database.read(set_of).await.expect("read").expect("a set");
            let made = files(&folder(here)).expect("the folder");
            let head = read_head(&made[0]).expect("a head");
            assert_eq!((made.len(), head.reason.as_str(), head.schema, head.set), (1, "migration", version, set));
            let names = |db: &Db<'_>| {
                db.all("SELECT first_name FROM contact ORDER BY n", &[], |row| Ok(row.text(0).to_owned()))
            };
            assert_eq!(database.read(names).await.expect("names"), ["Dana", "Fay"]);
            database.close().await.expect("closed");
            drop(database);

            // And the way back: the old database is in it, and is migrated anew.
            let staged = stage(here, &made[0]).expect("unpacked");
            let key = key::load(staged.directory(), Some("correct horse battery")).expect("the passcode of then").key;
            let copy = Database::open_copy(staged.directory(), Some(&key)).await.expect("migrated");
            assert_eq!(copy.read(names).await.expect("names"), ["Dana", "Fay"]);
            copy.close().await.expect("closed");
            drop(copy);
            replace(here, staged, "aside").expect("replaced");
            assert!(here.join("aside").join(FILE).exists());
            let database = Database::open_existing(here, Some(&key)).await.expect("the restored one");
            assert_eq!(files(&folder(here)).expect("the folder").len(), 1, "migrated already");
            database.close().await.expect("closed");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_copy_that_can_not_be_made_leaves_nothing_and_says_why() {
        let directory = tempfile::tempdir().expect("a directory");
        let here = directory.path();
        let key = key::create(here, Some((Id::from_parts(1, [1; 10]), "correct horse battery"))).expect("a key").key;
        let database = Database::open(here, Some(&key)).await.expect("a database");
        let new = || NewBackup {
            set: "a1".into(),
            made_at: 1,
            reason: "manual".into(),
            name: "liaison".into(),
            keys: wrappings(here).expect("wrappings"),
        };
        // Two of one second have names of their own.
        for _ in 0..2 {
            create(&database, &folder(here), new()).await.expect("a backup");
        }
        assert_eq!(files(&folder(here)).expect("the folder").len(), 2);
        database.close().await.expect("closed");
        let refused = create(&database, &folder(here), new()).await;
        assert!(matches!(refused, Err(StoreError::Locked)), "{refused:?}");
        assert_eq!(std::fs::read_dir(folder(here)).expect("the folder").count(), 2, "nothing half made is left");
        std::fs::create_dir(folder(here).join(".making-0000")).expect("left by one that was ended");
        std::fs::write(folder(here).join("x.liaison-backup.00000000.unfinished"), "half").expect("left, too");
        drop(database);
        Database::open(here, Some(&key)).await.expect("opened").close().await.expect("closed");
        assert_eq!(std::fs::read_dir(folder(here)).expect("the folder").count(), 2, "swept at the next start");
    }
}
