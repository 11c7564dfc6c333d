//! Who is at the desk: what opens it says who came, whoever is deactivated stays out, and nobody becomes somebody else.

use crate::common::{Folder, PASSCODE, TestDesk, change, desk, go_on, only_problem, set_up_input, values};
use liaison_app::history::HistoryQuery;
use liaison_app::staff::StaffAssignment;
use liaison_app::{CommandError, Session, history, recovery, security, staff, start, undo, verify};
use liaison_domain::refusal::{GuessedBy, Problem};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, OperationKind, StaffRole};
use std::path::Path;

const BOBS: &str = "bob's very own passcode";

async fn add(desk: &Session, first: &str, role: StaffRole) -> Id {
    let mail = format!("{}@northfield.example", first.to_lowercase());
    let person = values(&[("first_name", first), ("last_name", "Low"), ("email", &mail)]);
    staff::staff_create(desk, &person, StaffAssignment::BuiltIn { role }).await.expect("a staff member").id
}

/// A desk that Ada set up, with Bob, who has a passcode of his own.
async fn with_bob(role: StaffRole) -> (TestDesk, Id) {
    let desk = desk().await;
    let bob = add(&desk, "Bob", role).await;
    staff::staff_passcode(&desk, bob, Some(BOBS), Some(PASSCODE)).await.expect("a passcode");
    (desk, bob)
}

async fn refusal(directory: &Path, secret: &str) -> CommandError {
    start::open(directory, Some(secret)).await.err().expect("refused")
}

async fn closed(desk: TestDesk) -> Folder {
    desk.engine().close().await.expect("closed");
    let TestDesk { desk, directory, .. } = desk;
    drop(desk);
    directory
}

/// Who did what, newest first.
async fn steps(desk: &Session) -> Vec<(OperationKind, String)> {
    let page = history::history_list(desk, &HistoryQuery { limit: 20, ..Default::default() }).await.expect("history");
    page.rows.into_iter().map(|row| (row.kind.expect("a kind of today"), row.actor)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivated_administrator_comes_in_as_nobody() {
    let (desk, bob) = with_bob(StaffRole::Administrator).await;
    let ada = desk.actor().staff;
    let theirs = start::switch(&desk, BOBS).await.expect("Bob comes");
    staff::staff_deactivate(&theirs, ada, true).await.expect("deactivated");
    let file = std::fs::read_to_string(desk.directory.path().join("key.json")).expect("the key file");
    assert!(!file.contains(&ada.to_string()), "the wrapping goes with the deactivation");
    let refused = start::switch(&theirs, PASSCODE).await.map(|_| ());
    assert_eq!(refused, Err(CommandError::WrongPasscode), "at the lock screen");
    drop(theirs);
    let directory = closed(desk).await;
    assert_eq!(refusal(directory.path(), PASSCODE).await, CommandError::WrongPasscode, "at a cold start");
    let opened = start::open(directory.path(), Some(BOBS)).await.expect("Bob opens");
    assert_eq!(opened.actor().staff, bob);
    // Whoever comes again gets a new passcode; the old one is gone for good.
    staff::staff_deactivate(&opened, ada, false).await.expect("back");
    assert_eq!(start::switch(&opened, PASSCODE).await.map(|_| ()), Err(CommandError::WrongPasscode));
}

/// A key file from before wrappings went with the deactivation, or out of a backup: the passcode is right, and refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrapping_that_is_still_there_opens_nothing_and_is_removed() {
    let (desk, _) = with_bob(StaffRole::Administrator).await;
    let ada = desk.actor().staff;
    let names = ["key.json", "key.copy.json"];
    let before = names.map(|name| std::fs::read(desk.directory.path().join(name)).expect("a key file"));
    let theirs = start::switch(&desk, BOBS).await.expect("Bob comes");
    staff::staff_deactivate(&theirs, ada, true).await.expect("deactivated");
    drop(theirs);
    let directory = closed(desk).await;
    for (name, bytes) in names.iter().zip(before) {
        std::fs::write(directory.path().join(name), bytes).expect("put back");
    }
    assert_eq!(refusal(directory.path(), PASSCODE).await, CommandError::NoLongerStaff, "said once");
    assert_eq!(refusal(directory.path(), PASSCODE).await, CommandError::WrongPasscode);
    start::open(directory.path(), Some(BOBS)).await.expect("Bob opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_a_reactivation_takes_the_passcode_away_too() {
    let (desk, bob) = with_bob(StaffRole::Advisor).await;
    staff::staff_deactivate(&desk, bob, true).await.expect("deactivated");
    let back = staff::staff_deactivate(&desk, bob, false).await.expect("back");
    staff::staff_passcode(&desk, bob, Some("another of bob's passcodes"), Some(PASSCODE)).await.expect("a passcode");
    assert!(start::switch(&desk, "another of bob's passcodes").await.is_ok());
    undo::undo(&desk, back.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let refused = start::switch(&desk, "another of bob's passcodes").await.map(|_| ());
    assert_eq!(refused, Err(CommandError::WrongPasscode));
}

/// Nobody but the recovery key could open the desk afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_who_has_a_passcode_is_not_deactivated() {
    let desk = desk().await;
    let ada = desk.actor().staff;
    let bob = add(&desk, "Bob", StaffRole::Administrator).await;
    assert_eq!(
        only_problem(staff::staff_deactivate(&desk, ada, true).await),
        ("passcode".into(), Problem::LastPasscode)
    );
    staff::staff_passcode(&desk, bob, Some(BOBS), Some(PASSCODE)).await.expect("a passcode");
    staff::staff_deactivate(&desk, ada, true).await.expect("Bob can open it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_passcode_changes_nobodys_passcode_but_theirs() {
    let (desk, bob) = with_bob(StaffRole::Viewer).await;
    let ada = desk.actor().staff;
    // At the desk that Ada left open.
    let taken = staff::staff_passcode(&desk, ada, Some("what bob would choose"), Some(BOBS)).await;
    assert_eq!(taken, Err(CommandError::WrongPasscode));
    assert_eq!(staff::staff_passcode(&desk, bob, None, Some(BOBS)).await, Err(CommandError::WrongPasscode));
    assert_eq!(security::recovery_renew(&desk, Some(BOBS)).await.map(|_| ()), Err(CommandError::WrongPasscode));
    assert_eq!(staff::staff_passcode(&desk, ada, Some("what bob would choose"), None).await, Err(CommandError::Locked));
    assert_eq!(start::switch(&desk, PASSCODE).await.expect("hers is as it was").actor().staff, ada);
    // His own he changes with his own, and hers not with it.
    let theirs = start::switch(&desk, BOBS).await.expect("Bob comes");
    let refused = staff::staff_passcode(&theirs, bob, Some("a new one of bob's"), Some(PASSCODE)).await;
    assert_eq!(refused, Err(CommandError::WrongPasscode));
    staff::staff_passcode(&theirs, bob, Some("a new one of bob's"), Some(BOBS)).await.expect("changed");
    assert!(matches!(
        staff::staff_passcode(&theirs, ada, Some("what bob would choose"), Some("a new one of bob's")).await,
        Err(CommandError::Denied { .. })
    ));
}

/// There is no way for people to make themselves more than they are by editing themselves.
#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_stays_a_viewer() {
    let (desk, bob) = with_bob(StaffRole::Viewer).await;
    let theirs = start::switch(&desk, BOBS).await.expect("Bob comes");
    for (field, before, after) in
        [("role", "viewer", "administrator"), ("own_role", "", "administrator"), ("deactivated_at", "", "0")]
    {
        assert!(staff::staff_edit(&theirs, bob, &[change(field, before, after)]).await.is_err(), "{field}");
    }
    let role = StaffAssignment::BuiltIn { role: StaffRole::Administrator };
    assert!(matches!(staff::staff_assign(&theirs, bob, role).await, Err(CommandError::Denied { .. })));
    assert_eq!(start::actor_info(&theirs).await.expect("Bob").role, StaffRole::Viewer);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_key_is_nobody_and_leads_to_a_new_passcode_and_a_new_key() {
    let directory = tempfile::tempdir().expect("a directory");
    let (desk, done) = start::set_up(directory.path(), &set_up_input()).await.expect("a set-up");
    let ada = desk.actor().staff;
    let vera = add(&desk, "Vera", StaffRole::Viewer).await;
    let bob = add(&desk, "Bob", StaffRole::Administrator).await;
    let gone = add(&desk, "Gone", StaffRole::Administrator).await;
    staff::staff_deactivate(&desk, gone, true).await.expect("deactivated");
    let key = done.recovery_key.as_str();
    assert_eq!(start::switch(&desk, key).await.map(|_| ()), Err(CommandError::RecoveryKey), "at the lock screen");
    desk.engine().close().await.expect("closed");
    drop(desk);
    let path = directory.path();
    let typed = key.to_lowercase().replace('-', " ");
    assert_eq!(refusal(path, &typed).await, CommandError::RecoveryKey, "at a cold start");

    let people = recovery::administrators(path, &typed).await.expect("administrators");
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [ada, bob], "active, and no viewers");
    assert_eq!((people[1].name.as_str(), people[1].email.as_str()), ("Bob Low", "bob@northfield.example"));
    assert_eq!(recovery::administrators(path, PASSCODE).await, Err(CommandError::WrongPasscode));
    for (person, passcode, why) in [(bob, "short", "too short"), (vera, BOBS, "a viewer"), (gone, BOBS, "deactivated")]
    {
        assert!(recovery::recover(path, key, person, passcode).await.is_err(), "{why}");
    }
    assert_eq!(
        only_problem(recovery::recover(path, key, bob, PASSCODE).await),
        ("passcode".into(), Problem::NotFree),
        "Ada's: it would not say who came"
    );
    let done = recovery::recover(path, key, bob, BOBS).await.expect("recovered");
    assert_eq!(done.institution, "Northfield University");
    assert_eq!(refusal(path, key).await, CommandError::WrongPasscode, "the old key is dead");
    assert_eq!(refusal(path, &done.recovery_key).await, CommandError::RecoveryKey);

    let opened = start::open(path, Some(BOBS)).await.expect("Bob opens");
    assert_eq!(opened.actor().staff, bob);
    let recovered: Vec<_> =
        steps(&opened).await.into_iter().filter(|(kind, _)| *kind == OperationKind::SecurityRecover).collect();
    assert_eq!(recovered, [(OperationKind::SecurityRecover, "Recovery key".to_owned())], "once, by nobody's name");
    let checked = verify::check_all(&opened, &mut go_on).await.expect("checked");
    assert!(checked.findings.is_empty(), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passcodes_are_counted_told_once_and_journaled() {
    let (desk, _) = with_bob(StaffRole::Administrator).await;
    for wrong in ["not the passcode", "nor this one either", "correct horse batterx"] {
        assert_eq!(start::switch(&desk, wrong).await.map(|_| ()), Err(CommandError::WrongPasscode));
    }
    // Asked for before passcodes are changed, they count as well.
    assert_eq!(
        security::recovery_renew(&desk, Some("nor is this")).await.map(|_| ()),
        Err(CommandError::WrongPasscode)
    );
    let directory = closed(desk).await;
    assert_eq!(refusal(directory.path(), "not at a cold start").await, CommandError::WrongPasscode);
    let tried = start::open(directory.path(), Some(PASSCODE)).await.err();
    assert!(matches!(tried, Some(CommandError::TooSoon { seconds: 1..=2 })), "not even the right one: {tried:?}");
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    let opened = start::open(directory.path(), Some(PASSCODE)).await.expect("after the wait");
    let told = security::take_failures(&opened).expect("told");
    assert_eq!(told.count, 5, "what was refused without trying is none");
    assert!(told.since > 0 && security::take_failures(&opened).is_none(), "once");
    let page = history::history_list(&opened, &HistoryQuery { limit: 3, ..Default::default() }).await.expect("history");
    let kinds: Vec<_> = page.rows.iter().map(|row| (row.kind, row.detail.as_str())).collect();
    assert_eq!(kinds[..2], [(Some(OperationKind::SecurityOpen), ""), (Some(OperationKind::SecurityFailed), "5")]);
    let theirs = start::switch(&opened, BOBS).await.expect("Bob comes");
    assert_eq!(security::take_failures(&theirs), None);
    assert_eq!(steps(&theirs).await[0], (OperationKind::SecurityOpen, "Bob Low".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passcode_others_would_guess_is_refused() {
    let (desk, bob) = with_bob(StaffRole::Administrator).await;
    for (guessed, by) in [
        ("password1234", GuessedBy::Common),
        ("aaaaaaaaaaaaa", GuessedBy::Pattern),
        ("Bob.Low-2026!", GuessedBy::Name),
        ("northfield2026", GuessedBy::Name),
    ] {
        let refused = staff::staff_passcode(&desk, bob, Some(guessed), Some(PASSCODE)).await;
        assert_eq!(only_problem(refused), ("passcode".into(), Problem::EasilyGuessed { by }), "{guessed}");
    }
    let refused = staff::staff_passcode(&desk, bob, Some("eleven char"), Some(PASSCODE)).await;
    assert_eq!(only_problem(refused), ("passcode".into(), Problem::TooShort { least: 12 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn passcodes_the_recovery_key_and_the_lock_stand_in_the_journal() {
    let (desk, bob) = with_bob(StaffRole::Viewer).await;
    let ada = |kind| (kind, "Ada Berg".to_owned());
    assert_eq!(steps(&desk).await[0], ada(OperationKind::SecurityPasscode));
    staff::staff_passcode(&desk, bob, None, Some(PASSCODE)).await.expect("taken away");
    assert_eq!(steps(&desk).await[..2], [ada(OperationKind::SecurityPasscode), ada(OperationKind::SecurityPasscode)]);
    security::recovery_renew(&desk, Some(PASSCODE)).await.expect("a new key");
    assert_eq!(steps(&desk).await[0], ada(OperationKind::SecurityRecoveryKey));
    security::lock(&desk).await.expect("locked");
    assert_eq!(steps(&desk).await[0], ada(OperationKind::SecurityLock));
    let before = steps(&desk).await;
    assert!(staff::staff_passcode(&desk, bob, Some(BOBS), Some("not Ada's at all")).await.is_err());
    assert!(security::recovery_renew(&desk, Some("not Ada's at all")).await.is_err());
    assert_eq!(steps(&desk).await, before, "what was refused is nothing that happened");
}
