//! Staff: roles, switching on a shared computer, and that the desk can always be put right again.

use crate::common::{PASSCODE, TestDesk, change, desk, go_on, only_problem, values};
use liaison_app::phase;
use liaison_app::phase::AppPhase;
use liaison_app::staff::StaffAssignment;
use liaison_app::start;
use liaison_app::{CommandError, Session, contacts, history, security, staff, staff_roles, undo};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, Permission, StaffRole};
use std::collections::HashMap;

fn built_in(role: StaffRole) -> StaffAssignment {
    StaffAssignment::BuiltIn { role }
}

async fn add(desk: &Session, first: &str, assignment: StaffAssignment) -> Id {
    let mail = format!("{first}@northfield.example");
    let person = values(&[("first_name", first), ("last_name", "Moss"), ("email", &mail)]);
    staff::staff_create(desk, &person, assignment).await.expect("a staff member").id
}

fn reviewers() -> HashMap<String, FieldValue> {
    let mut role = values(&[("name", "Reviewers")]);
    role.insert("permissions".into(), FieldValue::List(vec!["review_contacts".into(), "undo".into()]));
    role
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_comes_with_a_passcode_and_does_what_their_role_permits() {
    let TestDesk { desk, directory, .. } = desk().await;
    let role = staff_roles::staff_role_create(&desk, &reviewers()).await.expect("a role").id;
    let bob = add(&desk, "Bob", StaffAssignment::Own { role }).await;
    let vera = add(&desk, "Vera", built_in(StaffRole::Viewer)).await;
    for (person, passcode) in [(bob, "quiet harbor lanterns"), (vera, "seven amber teapots")] {
        staff::staff_passcode(&desk, person, Some(passcode), Some(PASSCODE)).await.expect("a passcode");
    }
    let wrong = staff::staff_passcode(&desk, bob, Some("another of eleven swans"), Some("nonsense")).await;
    assert_eq!(wrong, Err(CommandError::WrongPasscode), "nobody sets passcodes without one");
    assert!(staff::staff_passcode(&desk, bob, Some("short"), Some(PASSCODE)).await.is_err());
    assert!(
        staff::staff_passcode(&desk, bob, Some("seven amber teapots"), Some(PASSCODE)).await.is_err(),
        "it would not say who"
    );

    let theirs = start::switch(&desk, "quiet harbor lanterns").await.expect("Bob comes");
    assert_eq!(theirs.actor().staff, bob);
    assert!(theirs.actor().may(Permission::ReviewContacts) && !theirs.actor().may(Permission::EditContacts));
    let person = values(&[("first_name", "Ann"), ("last_name", "Lee"), ("email", "ann@x.example")]);
    assert!(matches!(contacts::contact_create(&theirs, &person).await, Err(CommandError::Denied { .. })));
    contacts::contact_create(&desk, &person).await.expect("what Ada has under way goes on in her name");
    let row =
        &history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    assert_eq!(row.as_ref().expect("history").rows[0].actor, "Ada Berg");

    desk.engine().close().await.expect("closed");
    assert_eq!(phase::phase(directory.path()), Ok(AppPhase::Locked));
    drop((desk, theirs));
    let opened = start::open(directory.path(), Some("seven amber teapots")).await.expect("Vera opens");
    assert_eq!(opened.actor().staff, vera);
    assert!(staff::staff_list(&opened).await.expect("colleagues").iter().any(|person| person.passcode && person.me));
}

/// Whoever knew the passcode of the set-up must not come in with it once it was changed.
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_passcode_ends_the_one_before_and_one_always_remains() {
    let TestDesk { desk, directory, .. } = desk().await;
    let ada = desk.actor().staff;
    staff::staff_passcode(&desk, ada, Some("hollow maple bridges"), Some(PASSCODE)).await.expect("changed");
    assert!(matches!(start::switch(&desk, PASSCODE).await.map(|_| ()), Err(CommandError::WrongPasscode)));
    assert_eq!(start::switch(&desk, "hollow maple bridges").await.expect("Ada").actor().staff, ada);
    let refused = staff::staff_passcode(&desk, ada, None, Some("hollow maple bridges")).await;
    assert_eq!(only_problem(refused), ("passcode".into(), Problem::LastPasscode));
    let recovery = security::recovery_renew(&desk, Some("hollow maple bridges")).await.expect("a key");
    assert_eq!(security::recovery_renew(&desk, Some("nonsense")).await, Err(CommandError::WrongPasscode));
    desk.engine().close().await.expect("closed");
    drop(desk);
    assert_eq!(start::open(directory.path(), Some(&recovery)).await.err(), Some(CommandError::RecoveryKey));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_used_the_desk_is_read_from_the_journal() {
    let desk = desk().await;
    let bob = add(&desk, "Bob", built_in(StaffRole::Administrator)).await;
    let alone = security::desk_use(&desk).await.expect("use");
    assert_eq!(alone.iter().map(|used| used.name.as_str()).collect::<Vec<_>>(), ["Ada Berg"]);
    let theirs = desk.for_person(bob).await.expect("Bob");
    let person = values(&[("first_name", "Ann"), ("last_name", "Lee"), ("email", "ann@x.example")]);
    contacts::contact_create(&theirs, &person).await.expect("a contact");
    let both = security::desk_use(&desk).await.expect("use");
    assert_eq!((both[0].staff, both[0].operations), (bob, 1), "whoever was last comes first");
    assert!(both[0].last_at >= both[1].last_at && !both[0].device.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_always_manages_the_staff() {
    let desk = desk().await;
    let ada = desk.actor().staff;
    for refused in [
        staff::staff_assign(&desk, ada, built_in(StaffRole::Advisor)).await.map(|_| ()),
        staff::staff_deactivate(&desk, ada, true).await.map(|_| ()),
    ] {
        assert!(matches!(refused, Err(CommandError::Validation { .. })), "{refused:?}");
    }
    let bob = add(&desk, "Bob", built_in(StaffRole::Administrator)).await;
    staff::staff_assign(&desk, ada, built_in(StaffRole::Advisor)).await.expect("now Bob manages");
    let bob = desk.for_person(bob).await.expect("Bob");
    assert!(matches!(
        staff::staff_assign(&bob, bob.actor().staff, built_in(StaffRole::Viewer)).await,
        Err(CommandError::Validation { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_of_ones_own_change_what_people_may_do_and_hand_them_on() {
    let desk = desk().await;
    let role = staff_roles::staff_role_create(&desk, &reviewers()).await.expect("a role").id;
    assert!(staff_roles::staff_role_create(&desk, &reviewers()).await.is_err(), "names are unique");
    let mut odd = values(&[("name", "Odd")]);
    odd.insert("permissions".into(), FieldValue::List(vec!["fly".into()]));
    assert!(staff_roles::staff_role_create(&desk, &odd).await.is_err(), "there is no such permission");
    let mut bulk = values(&[("name", "Bulk")]);
    bulk.insert("permissions".into(), FieldValue::List(vec!["bulk_update".into()]));
    let bulk = staff_roles::staff_role_create(&desk, &bulk).await.expect("a role").id;
    let listed = staff_roles::staff_roles_list(&desk).await.expect("roles");
    let of = |id| listed.iter().find(|role| role.id == Some(id)).map(|role| role.permissions.clone());
    use Permission::{BulkUpdate, EditContacts, ViewContacts};
    assert_eq!(of(bulk), Some(vec![ViewContacts, EditContacts, BulkUpdate]), "what comes along is said");
    let bob = add(&desk, "Bob", StaffAssignment::Own { role }).await;
    let said = staff_roles::staff_role_impact(&desk, role, &[Permission::ReviewContacts, BulkUpdate]).await;
    let said = said.expect("an impact");
    assert_eq!((said.members, said.gained), (vec!["Bob Moss".to_owned()], vec![EditContacts, BulkUpdate]));
    assert_eq!(said.lost, [Permission::Undo]);
    staff_roles::staff_role_edit(&desk, role, &[change("name", "Reviewers", "Readers")]).await.expect("renamed");
    let listed = staff_roles::staff_roles_list(&desk).await.expect("roles");
    assert_eq!(listed.last().map(|role| (role.name.as_str(), role.members)), Some(("Readers", 1)));
    let before = desk.everything().await;
    let deleted = staff_roles::staff_role_delete(&desk, role, built_in(StaffRole::Advisor)).await.expect("deleted");
    assert!(desk.for_person(bob).await.expect("Bob").actor().may(Permission::EditContacts));
    undo::undo(&desk, deleted.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(desk.everything().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_is_no_way_round_a_permission() {
    let desk = desk().await;
    let role = staff_roles::staff_role_create(&desk, &reviewers()).await.expect("a role");
    let eva = add(&desk, "Eva", built_in(StaffRole::Advisor)).await;
    let eva = desk.for_person(eva).await.expect("Eva");
    let refused = undo::undo(&eva, role.operation, UndoMode::KeepLaterChanges, &mut go_on).await;
    assert!(matches!(refused, Err(CommandError::Denied { .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_added_by_mistake_leaves_no_passcode_behind() {
    let desk = desk().await;
    let person = values(&[("first_name", "Bob"), ("last_name", "Moss"), ("email", "bob@x.example")]);
    let added = staff::staff_create(&desk, &person, built_in(StaffRole::Advisor)).await.expect("a staff member");
    let vera = add(&desk, "Vera", built_in(StaffRole::Viewer)).await;
    for (person, passcode) in [(added.id, "quiet harbor lanterns"), (vera, "seven amber teapots")] {
        staff::staff_passcode(&desk, person, Some(passcode), Some(PASSCODE)).await.expect("a passcode");
    }
    let file = || std::fs::read_to_string(desk.directory.path().join("key.json")).expect("the key file");
    assert!(file().contains(&added.id.to_string()));
    let undone = undo::undo(&desk, added.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    assert!(!file().contains(&added.id.to_string()) && file().contains(&vera.to_string()), "hers stays");
    let switched = start::switch(&desk, "quiet harbor lanterns").await;
    assert!(matches!(switched, Err(CommandError::WrongPasscode)));
    // Added again, Bob chooses a new one; the old one may be anybody's.
    undo::undo(&desk, undone.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("done again");
    let again =
        staff::staff_list(&desk).await.expect("staff").into_iter().find(|each| each.id == added.id).expect("Bob");
    assert!(!again.passcode);
    staff::staff_passcode(&desk, added.id, Some("quiet harbor lanterns"), Some(PASSCODE)).await.expect("a passcode");
}
