//! Keys, locks and the first start. No error changes a file; nobody is left without a way on.

use crate::common::{PASSCODE, TestDesk, desk, set_up_input};
use liaison_app::CommandError;
use liaison_app::error::StorageProblem;
use liaison_app::names;
use liaison_app::phase;
use liaison_app::phase::AppPhase;
use liaison_app::start;
use liaison_app::{contacts, import, lists, notes};
use std::collections::BTreeMap;
use std::path::Path;

fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(directory)
        .expect("the directory")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a file")))
        // Neither the lock nor the count of wrong passcodes.
        .filter(|(name, _)| name != "liaison.lock" && name != "key.attempts.json")
        .collect()
}

async fn refusal(directory: &Path, secret: Option<&str>) -> CommandError {
    start::open(directory, secret).await.err().expect("refused")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_passcode_is_refused_and_changes_no_file() {
    let TestDesk { desk, directory, .. } = desk().await;
    desk.engine().close().await.expect("closed");
    drop(desk);
    let before = files(directory.path());
    assert_eq!(phase::phase(directory.path()), Ok(AppPhase::Locked));
    for wrong in ["correct horse batterz", "", " correct horse battery", "CORRECT HORSE BATTERY"] {
        assert_eq!(refusal(directory.path(), Some(wrong)).await, CommandError::WrongPasscode, "{wrong:?}");
    }
    assert_eq!(refusal(directory.path(), None).await, CommandError::Locked);
    assert_eq!(files(directory.path()), before);
    start::open(directory.path(), Some(PASSCODE)).await.expect("the passcode opens it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_names_institution_and_administrator() {
    let directory = tempfile::tempdir().expect("a directory");
    assert_eq!(phase::phase(directory.path()), Ok(AppPhase::Setup));
    assert_eq!(refusal(directory.path(), Some(PASSCODE)).await, CommandError::NotSetUp);
    let (desk, done) = start::set_up(directory.path(), &set_up_input()).await.expect("a set-up");
    assert_eq!(names::institution(&desk).await, Ok("Northfield University".to_owned()));
    let actor = start::actor_info(&desk).await.expect("the administrator");
    assert_eq!((actor.name.as_str(), actor.email.as_str()), ("Ada Berg", "ada@northfield.example"));
    assert!(!done.recovery_key.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_written_can_be_read_in_the_files() {
    let desk = desk().await;
    let name = "Zebulonquixote";
    let created = desk.add(name, "Featherstonehaugh", "zebulonquixote@unmistakable.example").await;
    notes::note_add(&desk, created.id, "Zebulonquixote prefers tea").await.expect("a note");
    let csv = desk.file(
        "people.csv",
        "First name,Last name,E-mail,Employer\nZebulonquixote,Two,two@unmistakable.example,Unmistakable\n",
    );
    let opened = import::import_open(&desk, &csv, None, &mut crate::common::go_on).await.expect("a file");
    import::import_commit(&desk, opened.session, &mut crate::common::go_on).await.expect("an import");
    std::fs::remove_file(csv).expect("gone");
    let search = |when: &str| {
        let files = files(desk.directory.path());
        assert!(files.contains_key("liaison.db"));
        for (file, bytes) in &files {
            for plain in
                ["Zebulonquixote", "zebulonquixote", "Unmistakable", "Northfield", PASSCODE, "contact", "SQLite"]
            {
                let found = bytes.windows(plain.len()).any(|window| window == plain.as_bytes());
                assert!(!found, "{plain:?} stands in {file} {when}");
            }
        }
        files.contains_key("liaison.db-wal")
    };
    assert!(search("while the desk is open"), "the log is looked at, too");
    desk.engine().close().await.expect("closed");
    search("after closing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_desk_hears_that_the_first_is_open() {
    let first = desk().await;
    assert_eq!(refusal(first.directory.path(), Some(PASSCODE)).await, CommandError::Busy);
    first.add("Dana", "Reyes", "dana@acme.example").await;
    let reopened = first.reopened(None).await;
    assert_eq!(reopened.number("SELECT count(*) FROM contact").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_of_a_newer_version_is_refused() {
    let desk = desk().await;
    desk.database()
        .write(|db| {
            db.execute(
                "INSERT INTO _sqlx_migrations(version,description,success,checksum,execution_time)
                 VALUES(9999,'from the future',1,x'00',0)",
            )
        })
        .await
        .expect("a later version");
    desk.engine().close().await.expect("closed");
    let TestDesk { desk, directory, .. } = desk;
    drop(desk);
    let before = files(directory.path());
    assert_eq!(refusal(directory.path(), Some(PASSCODE)).await, CommandError::TooNew);
    assert_eq!(files(directory.path()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_desk_answers_that_it_is_locked() {
    let desk = desk().await;
    let created = desk.add("Dana", "Reyes", "dana@acme.example").await;
    desk.engine().close().await.expect("closed");
    assert_eq!(contacts::contact_get(&desk, created.id).await, Err(CommandError::Locked));
    assert_eq!(notes::note_add(&desk, created.id, "a note").await, Err(CommandError::Locked));
    assert_eq!(lists::queue_count(&desk).await, Err(CommandError::Locked));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_set_up_is_told_is_checked_before_anything_is_made() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut input = set_up_input();
    (input.institution, input.first_name, input.email) = (" ".into(), String::new(), "nobody".into());
    input.passcode = Some("short".into());
    let Err(CommandError::Validation { fields }) = start::set_up(directory.path(), &input).await.map(|_| ()) else {
        panic!("refused")
    };
    let mut fields: Vec<&str> = fields.iter().map(|problem| problem.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["email", "first_name", "institution", "passcode"]);
    assert!(files(directory.path()).is_empty());
    assert_eq!(phase::phase(directory.path()), Ok(AppPhase::Setup));
}

#[tokio::test(flavor = "multi_thread")]
async fn setting_up_twice_is_refused_and_changes_nothing() {
    let TestDesk { desk, directory, .. } = desk().await;
    let busy = start::set_up(directory.path(), &set_up_input()).await.map(|_| ());
    assert_eq!(busy, Err(CommandError::Busy));
    desk.engine().close().await.expect("closed");
    drop(desk);
    let before = files(directory.path());
    let refused = start::set_up(directory.path(), &set_up_input()).await.map(|_| ());
    assert!(matches!(refused, Err(CommandError::Validation { .. })), "{refused:?}");
    assert_eq!(files(directory.path()), before);
}

/// However far a set-up came before the power went: the next start asks to set up, and that works.
#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_cut_short_can_be_done_again() {
    let database_of_another_key = {
        let TestDesk { desk, directory, .. } = desk().await;
        desk.engine().close().await.expect("closed");
        std::fs::read(directory.path().join("liaison.db")).expect("a database")
    };
    let cuts: [&[(&str, &[u8])]; 5] = [
        &[("key.json.new", b"")],
        &[("key.json.new", b"{\"version\":1,\"recov")],
        &[("key.json.new", b"{}"), ("liaison.db", b"")],
        &[("key.json.new", b"{}"), ("liaison.db", b"half a page"), ("liaison.db-wal", b"half a log")],
        &[("key.json.new", b"{}"), ("liaison.db", &database_of_another_key), ("liaison.db-shm", b"")],
    ];
    for left in cuts {
        let directory = tempfile::tempdir().expect("a directory");
        for (name, content) in left {
            std::fs::write(directory.path().join(name), content).expect("a file");
        }
        assert_eq!(phase::phase(directory.path()), Ok(AppPhase::Setup));
        let (desk, _) = start::set_up(directory.path(), &set_up_input()).await.expect("set up after all");
        desk.engine().close().await.expect("closed");
        drop(desk);
        assert!(!directory.path().join("key.json.new").exists());
        start::open(directory.path(), Some(PASSCODE)).await.expect("and opened");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_without_its_database_and_a_database_without_its_key_are_told_apart_from_a_first_start() {
    let TestDesk { desk, directory, .. } = desk().await;
    desk.engine().close().await.expect("closed");
    drop(desk);
    let away = tempfile::tempdir().expect("a directory");
    let rename = |from: &Path, to: &Path, names: &[&str]| {
        for name in names {
            std::fs::rename(from.join(name), to.join(name)).expect("moved");
        }
    };
    for (missing, names, problem) in [
        ("liaison.db", ["liaison.db"].as_slice(), StorageProblem::DatabaseMissing),
        ("key.json", &["key.json", "key.copy.json"], StorageProblem::KeyMissing),
    ] {
        rename(directory.path(), away.path(), names);
        let before = files(directory.path());
        let said = match missing {
            "liaison.db" => refusal(directory.path(), Some(PASSCODE)).await,
            _ => start::set_up(directory.path(), &set_up_input()).await.map(|_| ()).expect_err("refused"),
        };
        let CommandError::Storage { problem: told, detail } = said else { panic!("says what is missing: {said:?}") };
        assert_eq!(told, problem);
        if problem == StorageProblem::KeyMissing {
            assert!(phase::phase(directory.path()).is_err(), "nobody is asked to set up over a database");
        }
        assert!(detail.contains(missing) && detail.contains("backup"), "{detail}");
        assert_eq!(files(directory.path()), before, "nothing was made in its place");
        rename(away.path(), directory.path(), names);
    }
    start::open(directory.path(), Some(PASSCODE)).await.expect("whole again");
}
