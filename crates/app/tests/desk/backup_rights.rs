//! Who may look into backups and restore them where the desk is not open: those who work here now decide.

use crate::common::{Folder, PASSCODE, TestDesk, desk, go_on, ids, values};
use liaison_app::backup::{self, Look};
use liaison_app::staff::StaffAssignment;
use liaison_app::{CommandError, staff, start, trash};
use liaison_domain::{Id, RecordKind, StaffRole};
use std::path::{Path, PathBuf};

const BOBS: &str = "bob's very own passcode";

/// A desk of Ada's on which Bob has this role and a passcode, and a backup of that time.
async fn with_bob(role: StaffRole) -> (TestDesk, Id, PathBuf) {
    let desk = desk().await;
    let person = values(&[("first_name", "Bob"), ("last_name", "Low"), ("email", "bob@northfield.example")]);
    let bob = staff::staff_create(&desk, &person, StaffAssignment::BuiltIn { role }).await.expect("Bob").id;
    staff::staff_passcode(&desk, bob, Some(BOBS), Some(PASSCODE)).await.expect("a passcode");
    let made = PathBuf::from(backup::backup_create(&desk).await.expect("a backup").path);
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    (desk, bob, made)
}

async fn closed(desk: TestDesk) -> Folder {
    desk.engine().close().await.expect("closed");
    let TestDesk { desk, directory, .. } = desk;
    drop(desk);
    directory
}

/// What looking into the backup, asking what a restore would do, and doing it are refused with.
async fn refusals(directory: &Path, file: &Path, secret: &str) -> [Option<CommandError>; 3] {
    let look = match Look::open(directory, file, Some(secret)).await {
        Ok(look) => look.close().await.err(),
        Err(error) => Some(error),
    };
    let preview = backup::preview(directory, file, Some(secret)).await.err();
    [look, preview, backup::restore(directory, file, Some(secret)).await.err()]
}

async fn contacts(directory: &Path) -> i64 {
    let desk = start::open(directory, Some(PASSCODE)).await.expect("Ada opens");
    let count =
        desk.engine().database().read(|db| db.number("SELECT count(*) FROM contact", &[])).await.expect("a number");
    desk.engine().close().await.expect("closed");
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_deactivated_gets_back_in_by_no_backup() {
    let (desk, bob, made) = with_bob(StaffRole::Administrator).await;
    staff::staff_deactivate(&desk, bob, true).await.expect("deactivated");
    let directory = closed(desk).await;
    let gone = Some(CommandError::NoLongerStaff);
    assert_eq!(refusals(directory.path(), &made, BOBS).await, [gone.clone(), gone.clone(), gone]);
    assert_eq!(contacts(directory.path()).await, 1, "nothing was restored");
    assert_eq!(refusals(directory.path(), &made, PASSCODE).await, [None, None, None], "Ada may");
    assert_eq!(contacts(directory.path()).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_looks_and_restores_nothing() {
    let (desk, _, made) = with_bob(StaffRole::Viewer).await;
    let directory = closed(desk).await;
    let denied = Some(CommandError::Denied { permission: "manage_settings".into() });
    assert_eq!(refusals(directory.path(), &made, BOBS).await, [None, denied.clone(), denied.clone()]);
    assert_eq!(contacts(directory.path()).await, 1);

    // Where the database can't say who may, the backup does.
    let path = directory.path().join("liaison.db");
    let mut bytes = std::fs::read(&path).expect("the database");
    bytes[100..4096].fill(7);
    std::fs::write(&path, &bytes).expect("damaged");
    assert_eq!(refusals(directory.path(), &made, BOBS).await, [None, denied.clone(), denied]);
    assert_eq!(std::fs::read(&path).expect("still there"), bytes);
    let done = backup::restore(directory.path(), &made, Some(PASSCODE)).await.expect("Ada may");
    assert!(done.aside.expect("moved aside").contains("replaced-"));
    assert_eq!(contacts(directory.path()).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passcode_of_then_is_still_whose_it_is() {
    let (desk, _, made) = with_bob(StaffRole::Administrator).await;
    staff::staff_passcode(&desk, desk.actor().staff, Some("another one for today"), Some(PASSCODE))
        .await
        .expect("changed");
    let directory = closed(desk).await;
    let done = backup::restore(directory.path(), &made, Some(PASSCODE)).await.expect("Ada's passcode of then");
    assert!(done.backup.is_some(), "what was there is saved, though the passcode opens it no more");
    assert_eq!(contacts(directory.path()).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_desk_is_moved_aside_for_good() {
    let (desk, _, made) = with_bob(StaffRole::Administrator).await;
    let kept = desk.directory.outside().join("kept.liaison-backup");
    std::fs::copy(&made, &kept).expect("a copy");
    let _folder = closed(desk).await;
    let other = tempfile::tempdir().expect("a directory");
    let (theirs, _) = start::set_up(other.path(), &crate::common::set_up_input()).await.expect("another desk");
    theirs.engine().close().await.expect("closed");
    drop(theirs);
    let done = backup::restore(other.path(), &kept, Some(BOBS)).await.expect("restored");
    let aside = PathBuf::from(done.aside.expect("moved aside"));
    assert!(aside.join("liaison.db").exists() && aside.join("key.json").exists());
    let far = i64::MAX;
    liaison_store::backup::remove_replaced(other.path(), far).expect("swept");
    assert!(aside.exists(), "nothing has a copy of it, so nothing removes it");
}

/// Copies and unpacked folders are no way round the wait.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_passcodes_for_a_backup_count_as_those_of_the_desk() {
    let (desk, _, made) = with_bob(StaffRole::Viewer).await;
    let directory = closed(desk).await;
    let mut last = None;
    for _ in 0..7 {
        last = Look::open(directory.path(), &made, Some("no passcode of anybody")).await.err();
    }
    assert!(matches!(last, Some(CommandError::TooSoon { .. })), "{last:?}");
    let locked = start::open(directory.path(), Some(PASSCODE)).await.err();
    assert!(matches!(locked, Some(CommandError::TooSoon { .. })), "the lock screen waits, too: {locked:?}");
    let restored = backup::restore(directory.path(), &made, Some(PASSCODE)).await.err();
    assert!(matches!(restored, Some(CommandError::TooSoon { .. })), "and a restore: {restored:?}");
    assert!(directory.path().join("liaison.db").exists());
}

/// Thirty days after an erasure no backup has it, also where nothing is changed any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_leaves_the_backups_of_a_desk_that_is_only_read() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let before = PathBuf::from(backup::backup_create(&desk).await.expect("a backup").path);
    let drive = tempfile::tempdir().expect("a drive");
    backup::backup_folder_set(&desk, Some(drive.path().to_owned())).await.expect("a folder");
    let copy = drive.path().join(before.file_name().expect("a name"));
    assert!(copy.exists());
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    let aside = desk.directory.path().join("replaced-20200101T000000Z");
    std::fs::create_dir(&aside).expect("what a restore moved aside long ago");
    let (now, day) = (desk.now(), 24 * 60 * 60 * 1000);
    desk.engine().set_clock(Some(now + 29 * day));
    backup::rotate_backups(&desk).await.expect("looked");
    assert!(before.exists() && copy.exists() && !aside.exists());
    desk.engine().set_clock(Some(now + 31 * day));
    backup::rotate_backups(&desk).await.expect("looked");
    assert!(!before.exists() && !copy.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_go_into_no_folder_of_the_desks_own() {
    let desk = desk().await;
    for folder in ["", "backups"] {
        let own = desk.directory.path().join(folder);
        std::fs::create_dir_all(&own).expect("a folder");
        let refused = backup::backup_folder_set(&desk, Some(own)).await;
        assert!(matches!(refused, Err(CommandError::UnwritableFile { .. })), "{folder}: {refused:?}");
    }
}
