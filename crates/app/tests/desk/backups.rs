//! Backups that nobody has to think of, where they go, and what a restore does.

use crate::common::{PASSCODE, TestDesk, desk, go_on, ids};
use liaison_app::backup::{self, BackupPlace, TroubleKind};
use liaison_app::names;
use liaison_app::{import, sample, start, trash};
use liaison_domain::RecordKind;
use liaison_domain::backup::{BackupReason, IDLE};
use std::path::PathBuf;

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;
const START: u64 = 1_764_000_000_000;

async fn reasons(desk: &TestDesk) -> Vec<BackupReason> {
    backup::backup_list(desk).await.expect("a list").into_iter().filter_map(|row| row.reason).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_after_a_pause_and_only_after_changes() {
    let desk = desk().await;
    desk.engine().set_clock(Some(START));
    let (mut seen, mut idle) = (None, IDLE);
    assert!(!backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"), "nothing but the set-up");
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    idle = IDLE;
    assert!(
        !backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"),
        "somebody just changed something"
    );
    assert_eq!(idle, 0);
    idle = IDLE;
    assert!(backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"));
    assert!(!backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"), "it is saved");
    desk.add("Eli", "Stone", "eli@acme.example").await;
    backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("seen");
    idle = IDLE;
    assert!(!backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"), "at most one an hour");
    desk.engine().set_clock(Some(START + HOUR));
    assert!(backup::back_up_if_due(&desk, &mut seen, &mut idle).await.expect("looked"));
    backup::back_up_before_closing(&desk).await.expect("nothing to do");
    desk.add("Fay", "Young", "fay@acme.example").await;
    backup::back_up_before_closing(&desk).await.expect("a backup");
    // Of each hour the newest stays.
    assert_eq!(reasons(&desk).await, [BackupReason::Closing, BackupReason::Idle]);
    let status = backup::backup_status(&desk).await.expect("how it stands");
    assert_eq!((status.last_at, status.troubles), (Some((START + HOUR) as i64), Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_work_on_while_a_backup_is_made() {
    let desk = desk().await;
    sample::sample_create(&desk, 500, 7, &mut go_on).await.expect("sample data");
    let contacts = desk.number("SELECT count(*) FROM contact WHERE deleted_at IS NULL").await as u32;
    let other = desk.desk.clone();
    let making = tokio::spawn(async move { backup::backup_create(&other).await });
    for n in 0..20 {
        desk.add("Dana", &format!("Reyes {n}"), &format!("dana{n}@acme.example")).await;
    }
    let made = making.await.expect("it ends").expect("a backup");
    let preview = backup::backup_preview(&desk, &PathBuf::from(&made.path), None).await.expect("it opens");
    let lost = preview.lost.expect("the same chain");
    assert!(lost <= 20, "{lost}");
    assert_eq!(preview.contacts + lost, contacts + 20, "each operation is in it as a whole or not at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_backed_up_before_and_goes_on_where_that_fails() {
    let desk = desk().await;
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    // A file where the folder should be: nobody, whatever their rights, can make backups there.
    let folder = desk.directory.path().join("backups");
    std::fs::write(&folder, "in the way").expect("a file");
    let import = async |email: &str| {
        let csv = desk.file("people.csv", format!("First name,Last name,E-mail\nEli,Stone,{email}\n"));
        let opened = import::import_open(&desk, &csv, None, &mut go_on).await.expect("a file");
        import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").created
    };
    assert_eq!(import("eli@acme.example").await, 1);
    let troubles = backup::backup_status(&desk).await.expect("how it stands").troubles;
    assert_eq!((troubles.len(), troubles[0].place), (1, BackupPlace::Here));
    std::fs::remove_file(&folder).expect("out of the way");
    assert_eq!(import("eli.stone@acme.example").await, 1);
    assert_eq!(reasons(&desk).await, [BackupReason::Import]);
    assert!(backup::backup_status(&desk).await.expect("how it stands").troubles.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_is_told_of_while_its_drive_is_away_and_catches_up() {
    let desk = desk().await;
    let drive = tempfile::tempdir().expect("a drive");
    let folder = drive.path().join("backups");
    assert!(backup::backup_folder_set(&desk, Some(folder.clone())).await.is_err(), "not there, not chosen");
    std::fs::create_dir(&folder).expect("a folder");
    backup::backup_folder_set(&desk, Some(folder.clone())).await.expect("chosen");
    let first = backup::backup_create(&desk).await.expect("a backup");
    assert!(folder.join(&first.name).exists());

    let away = drive.path().join("away");
    std::fs::rename(&folder, &away).expect("unplugged");
    let second = backup::backup_create(&desk).await.expect("a backup all the same");
    let troubles = backup::backup_status(&desk).await.expect("how it stands").troubles;
    assert_eq!(
        troubles.iter().map(|t| (t.place, t.kind)).collect::<Vec<_>>(),
        [(BackupPlace::Folder, TroubleKind::NoFolder)]
    );
    assert!(!folder.exists(), "its place is not filled while the drive is away");
    std::fs::rename(&away, &folder).expect("plugged in");
    backup::back_up_if_due(&desk, &mut None, &mut 0).await.expect("looked");
    assert!(folder.join(&second.name).exists());
    assert!(backup::backup_status(&desk).await.expect("how it stands").troubles.is_empty());
    let places: Vec<BackupPlace> =
        backup::backup_list(&desk).await.expect("a list").iter().map(|row| row.place).collect();
    assert_eq!(places.iter().filter(|place| **place == BackupPlace::Folder).count(), 2);
    for name in ["../key.json", "/etc/passwd", "none.liaison-backup"] {
        assert!(backup::backup_path(&desk, BackupPlace::Folder, name).await.is_err(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_leaves_the_backups() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let before = backup::backup_create(&desk).await.expect("a backup");
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    let now = desk.now();
    desk.engine().set_clock(Some(now + 29 * DAY));
    backup::backup_create(&desk).await.expect("a backup");
    assert!(PathBuf::from(&before.path).exists(), "for thirty days it can be got back");
    desk.engine().set_clock(Some(now + 31 * DAY));
    backup::backup_create(&desk).await.expect("a backup");
    assert!(!PathBuf::from(&before.path).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_by_itself_after_a_restore() {
    let desk = desk().await;
    desk.database()
        .write(|db| {
            db.execute(
                "INSERT INTO mailing(id,created_at,purpose,subject,text,author) VALUES(x'01',1,'personal','S','T',x'02');
                 INSERT INTO outbox(id,mailing,name,address,places,state,due_at,changed_at) VALUES
                    (x'03',x'01','Dana','dana@acme.example','{}','waiting',1,1),
                    (x'04',x'01','Eli','eli@acme.example','{}','sending',1,1),
                    (x'05',x'01','Fay','fay@acme.example','{}','sent',1,1)",
            )
        })
        .await
        .expect("messages");
    let made = PathBuf::from(backup::backup_create(&desk).await.expect("a backup").path);
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    let done = backup::restore_open(&desk.desk, &made, None).await.expect("restored");
    assert_eq!((done.messages, done.aside.is_none()), (2, true));
    assert!(names::institution(&desk).await.is_err(), "the desk is closed");
    let again = start::open(desk.directory.path(), Some(PASSCODE)).await.expect("the restored desk");
    let states = again
        .engine()
        .database()
        .read(|db| db.all("SELECT state FROM outbox ORDER BY n", &[], |row| Ok(row.text(0).to_owned())));
    assert_eq!(states.await.expect("states"), ["unclear", "unclear", "sent"]);
    let contacts = again.engine().database().read(|db| db.number("SELECT count(*) FROM contact", &[])).await;
    assert_eq!(contacts.expect("a number"), 0);
    let chain = again.engine().database().read(liaison_store::chain::check_chain).await.expect("checked");
    assert_eq!(chain.problem, None);
    again.engine().close().await.expect("closed");
}

/// Ended between any two of its steps, a restore leaves the old desk or the restored one.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_cut_short_is_finished_or_never_was() {
    let desk = desk().await;
    let made = PathBuf::from(backup::backup_create(&desk).await.expect("a backup").path);
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    desk.engine().close().await.expect("closed");
    let TestDesk { desk, directory, .. } = desk;
    drop(desk);
    let here = directory.path();
    // Not decided: the unpacked backup goes.
    std::fs::create_dir(here.join("restoring")).expect("a folder");
    std::fs::copy(here.join("liaison.db"), here.join("restoring/liaison.db")).expect("half a restore");
    let again = start::open(here, Some(PASSCODE)).await.expect("the old desk");
    let count = again.engine().database().read(|db| db.number("SELECT count(*) FROM contact", &[])).await;
    assert_eq!(count.expect("a number"), 1);
    assert!(!here.join("restoring").exists());
    again.engine().close().await.expect("closed");
    drop(again);
    // Decided, and ended before each of its moves: what is there after any of them is finished.
    for moved in 0..6 {
        let copy = tempfile::tempdir().expect("a directory");
        let at = |name: &str| copy.path().join(name);
        for name in ["liaison.db", "key.json", "key.copy.json"] {
            std::fs::copy(here.join(name), at(name)).expect("a copy");
        }
        std::fs::write(at("liaison.db-wal"), "the log of the old database").expect("a log");
        let staged = liaison_store::backup::stage(copy.path(), &made).expect("unpacked");
        std::fs::write(staged.directory().join("decided"), "aside").expect("decided");
        drop(staged);
        std::fs::create_dir(at("aside")).expect("a folder");
        let moves = [
            ("liaison.db-wal", "aside/liaison.db-wal"),
            ("liaison.db", "aside/liaison.db"),
            ("restoring/liaison.db", "liaison.db"),
            ("key.json", "aside/key.json"),
            ("restoring/key.json", "key.json"),
        ];
        for (from, to) in &moves[..moved] {
            std::fs::rename(at(from), at(to)).expect("moved");
        }
        let restored = start::open(copy.path(), Some(PASSCODE)).await.expect("the restored desk");
        let count = restored.engine().database().read(|db| db.number("SELECT count(*) FROM contact", &[])).await;
        assert_eq!(count.expect("a number"), 0, "after {moved} moves");
        restored.engine().close().await.expect("closed");
        for name in ["liaison.db", "liaison.db-wal", "key.json"] {
            assert!(at("aside").join(name).exists(), "{name} after {moved} moves");
        }
        assert!(!at("restoring").exists());
    }
}
