//! Employer users: access, roles, whose profile is open, and deleting with everything.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, sample, values};
use liaison_app::CommandError;
use liaison_app::lists::Selection;
use liaison_app::security::AUTO_LOCK_MINUTES;
use liaison_app::users::UsersChange;
use liaison_app::{contacts, history, lists, records, roles, security, staff, trash, undo, users};
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::role::{PortalArea, PortalPermission, Reach};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, contact, employer_user};
use std::collections::HashMap;

async fn back(desk: &TestDesk, operation: Option<Id>) {
    undo::undo(desk, operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
}

fn users() -> ListQuery {
    ListQuery::all(RecordKind::EmployerUser)
}

/// Names and addresses of a list; private people have neither.
async fn listed(desk: &TestDesk, query: ListQuery) -> Vec<(Id, String, String)> {
    let opened = lists::list_open(desk, query).await.expect("a list");
    let columns = ["email".to_owned(), "contact".to_owned()];
    let window = lists::list_window(desk, opened.result, 0, 200, &columns).await.expect("rows");
    let text = |value: &FieldValue| if let FieldValue::Text(text) = value { text.clone() } else { String::new() };
    window.rows.into_iter().map(|row| (row.id, row.name, text(&row.cells[0].value))).collect()
}

fn role_values(name: &str, permissions: &[&str]) -> HashMap<String, FieldValue> {
    let mut role = values(&[("name", name)]);
    let keys = permissions.iter().map(|key| (*key).to_owned()).collect();
    role.insert("permissions".into(), FieldValue::List(keys));
    role
}

#[tokio::test(flavor = "multi_thread")]
async fn access_and_roles_change_in_one_step_and_come_back_in_one() {
    let desk = desk().await;
    let (mut all, denied) = (Vec::new(), roles::role_named(&desk, "Denied Access Role").await.expect("a role"));
    for at in 0..3 {
        all.push(desk.user(&format!("user{at}@acme.example"), "Default Access", at != 0).await);
    }
    let before = desk.everything().await;
    let opened = lists::list_open(&desk, users()).await.expect("a list");
    let everybody = Selection::Result { result: opened.result, except: vec![all[2]] };
    let expected = users::users_preview(&desk, &everybody, UsersChange::Access { on: false }).await.expect("a preview");
    assert_eq!((expected.changes, expected.already_so, expected.can_log_in), (1, 1, 0));
    assert_eq!((expected.first[0].record, expected.first[0].name.as_str()), (all[1], ""), "no contact, no name");
    assert_eq!(expected.first[0].fields[0].field, "access");
    let off = users::users_access(&desk, &everybody, false, &mut go_on).await.expect("switched");
    assert_eq!((off.changed, off.skipped), (1, 1), "one could not log in before");
    let expected =
        users::users_preview(&desk, &ids(&all), UsersChange::Role { role: denied }).await.expect("a preview");
    assert_eq!((expected.changes, expected.already_so, expected.can_log_in), (3, 0, 1));
    let after = &expected.first[0].fields[0].after;
    assert_eq!(after.text.as_deref(), Some("Denied Access Role"));
    let role = users::users_role(&desk, &ids(&all), denied, &mut go_on).await.expect("a role");
    assert_eq!(role.changed, 3);
    assert_eq!(desk.standing(all[1]).await, ("Denied Access Role".into(), false));
    assert_eq!(desk.standing(all[2]).await, ("Denied Access Role".into(), true));
    let nothing = users::users_access(&desk, &ids(&all[..2]), false, &mut go_on).await.expect("nothing to do");
    assert_eq!((nothing.operation, nothing.skipped), (None, 2));
    back(&desk, role.operation).await;
    back(&desk, off.operation).await;
    assert_eq!(desk.everything().await, before);
    let refused = users::users_preview(&desk, &ids(&all), UsersChange::Role { role: all[0] }).await;
    assert_eq!(only_problem(refused), ("role".into(), Problem::UnknownReference));
    let refused = users::users_role(&desk, &ids(&all), all[0], &mut go_on).await;
    assert_eq!(only_problem(refused), ("role".into(), Problem::UnknownReference));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_contact_keeps_who_they_are_to_themselves() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@acme.example").await.id;
    let linked = desk.user("ANN@acme.example", "Default Access", true).await;
    let private = desk.user("zoe@acme.example", "Default Access", true).await;
    let open = users::user_get(&desk, linked).await.expect("open");
    assert_eq!((open.private, open.email.as_str()), (false, "ANN@acme.example"));
    assert_eq!(open.contact.map(|contact| contact.id), Some(ann));

    let page = users::user_get(&desk, private).await.expect("the account");
    assert!(page.private && page.access && page.role.is_some());
    assert_eq!((page.name.as_str(), page.email.as_str(), page.contact), ("", "", None));
    let record = records::record_get(&desk, RecordKind::EmployerUser, private).await.expect("a record");
    assert!(record.name.is_empty() && !record.values.contains_key("email") && record.values.contains_key("access"));

    // Lists show the account and say nothing else, whatever they are asked.
    let rows = listed(&desk, users()).await;
    assert_eq!(rows[1], (private, String::new(), String::new()), "last, for its place would tell");
    let mut by_login = users();
    by_login.sort = vec![SortKey { field: "last_log_in".into(), descending: true }];
    assert_eq!(listed(&desk, by_login).await.len(), 2);
    for (field, op, value) in [
        ("email", FilterOp::Is, "zoe@acme.example"),
        ("email", FilterOp::IsNot, "other@acme.example"),
        ("email", FilterOp::Contains, "acme"),
        ("first_name", FilterOp::IsNotEmpty, ""),
    ] {
        let mut query = users();
        let values = if value.is_empty() { Vec::new() } else { vec![value.to_owned()] };
        query.filter = vec![Condition { field: field.into(), op, values }];
        assert!(listed(&desk, query.clone()).await.iter().all(|row| row.0 != private), "{field} {op:?}");
        assert!(lists::list_count(&desk, query).await.expect("a count") <= 1);
    }
    let without = |filled| ListQuery { filter: vec![Condition::filled(&employer_user::CONTACT, filled)], ..users() };
    assert_eq!(listed(&desk, without(false)).await.iter().map(|row| row.0).collect::<Vec<_>>(), [private]);
    assert_eq!(listed(&desk, without(true)).await.iter().map(|row| row.0).collect::<Vec<_>>(), [linked]);
    let by_contact = Condition::is(&employer_user::CONTACT, &ann.to_string());
    assert_eq!(listed(&desk, ListQuery { filter: vec![by_contact], ..users() }).await.len(), 1);
    assert_eq!(contacts::suggest(&desk, RecordKind::EmployerUser, "zoe", 5).await, Ok(Vec::new()));
    assert_eq!(contacts::suggest(&desk, RecordKind::EmployerUser, "acme", 5).await, Ok(vec![linked]));

    // What happened to the account is on record; to whom is not.
    let off = users::users_access(&desk, &ids(&[private]), false, &mut go_on).await.expect("still to be switched");
    let operation = off.operation.expect("one");
    let changes = history::history_changes(&desk, operation, 0, 5).await.expect("changes");
    assert_eq!(changes.groups[0].records[0].name, "");
    assert_eq!(undo::undo_preview(&desk, operation).await.expect("a preview").operation.subject, None);
    let log = history::audit_log(&desk, RecordKind::EmployerUser, private).await.expect("a log");
    let told: Vec<_> = log.iter().flat_map(|entry| &entry.fields).map(|field| field.field.as_str()).collect();
    assert!(told.contains(&"access") && !told.contains(&"email") && !told.contains(&"first_name"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_opens_and_closes_with_the_contact() {
    let desk = desk().await;
    let user = desk.user("dana@old.example", "Default Access", true).await;
    let private = async || users::user_get(&desk, user).await.expect("the account").private;
    assert!(private().await);
    let dana = desk.add("Dana", "Reyes", "dana@old.example").await.id;
    assert!(!private().await, "M45: whichever came first");
    desk.set(dana, "email", "dana@old.example", "dana@new.example").await;
    assert!(!private().await, "former addresses stay as aliases");
    assert_eq!(listed(&desk, users()).await[0].1, "Some Body");
    let mut owned = change("visibility", contact::CAREER_ADVISORS, contact::MYSELF);
    owned.before = FieldValue::Text(contact::CAREER_ADVISORS.into());
    contacts::contact_edit(&desk, dana, &[owned]).await.expect("private");
    assert!(!private().await, "its owner and administrators see it");
    let deleted = trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    assert!(private().await);
    back(&desk, deleted.operation).await;
    let other = desk.add("Other", "Person", "dana@old.example").await.id;
    assert_eq!(users::user_get(&desk, user).await.expect("open").contact.map(|contact| contact.id), Some(other));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisor_learns_nothing_through_a_contact_that_they_do_not_see() {
    let desk = desk().await;
    let values = values(&[
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email", "ann@acme.example"),
        ("visibility", contact::MYSELF),
    ]);
    contacts::contact_create(&desk, &values).await.expect("a contact");
    let user = desk.user("ann@acme.example", "Default Access", true).await;
    assert!(!users::user_get(&desk, user).await.expect("open").private);
    let eva = staff::staff_create(
        &desk,
        &crate::common::values(&[("first_name", "Eva"), ("last_name", "Moss"), ("email", "eva@n.example")]),
        liaison_app::staff::StaffAssignment::BuiltIn { role: StaffRole::Advisor },
    )
    .await
    .expect("staff");
    let eva = desk.for_person(eva.id).await.expect("Eva");
    assert!(users::user_get(&eva, user).await.expect("the account").private);
    let without = ListQuery { filter: vec![Condition::filled(&employer_user::CONTACT, false)], ..users() };
    assert_eq!(lists::list_count(&eva, without).await, Ok(1), "as if there were no contact");
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_a_user_leaves_nothing_of_it_and_the_contact() {
    let desk = sample(20).await;
    let kept = desk.add("Ann", "Lee", "ann@quillfeather.example").await.id;
    let user = desk.user("ann@quillfeather.example", "Default Access", true).await;
    let other = desk.user("someone@plumbottom.example", "Default Access", true).await;
    users::users_access(&desk, &ids(&[other]), false, &mut go_on).await.expect("activity");
    let packed: String = "plumbottom".bytes().map(|byte| format!("{byte:02X}")).collect();
    assert!(format!("{:?}", desk.rows().await).contains(&packed), "the journal has it to begin with");
    let opened = lists::list_open(&desk, users()).await.expect("a list");
    let done = users::users_erase(&desk, &ids(&[user, other]), &mut go_on).await.expect("deleted");
    assert_eq!(done.changed, 2);
    assert!(matches!(users::user_get(&desk, user).await, Err(CommandError::NotFound { .. })));
    assert!(matches!(lists::list_window(&desk, opened.result, 0, 5, &[]).await, Err(CommandError::NotFound { .. })));
    assert_eq!(contacts::suggest(&desk, RecordKind::EmployerUser, "plumbottom", 5).await, Ok(Vec::new()));
    let rows = format!("{:?}", desk.rows().await);
    assert!(!rows.contains("plumbottom") && !rows.contains(&packed), "in no table and no value of the journal");
    assert!(rows.contains("quillfeather"), "the contact keeps its own address");
    assert_eq!(desk.record(RecordKind::Contact, kept).await.text(&contact::EMAIL), "ann@quillfeather.example");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_added_edited_and_deleted_with_their_users_handed_on() {
    let desk = desk().await;
    let recruiters =
        roles::role_create(&desk, &role_values("Recruiters", &["message_students"])).await.expect("a role").id;
    assert!(matches!(
        only_problem(roles::role_create(&desk, &role_values(" recruiters ", &[])).await),
        (field, Problem::InUse { .. }) if field == "name"
    ));
    assert!(matches!(
        only_problem(roles::role_create(&desk, &role_values("Odd", &["fly"])).await),
        (field, Problem::NotAChoice { .. }) if field == "permissions"
    ));
    let of = |roles: Vec<liaison_app::roles::RoleInfo>, id| roles.into_iter().find(|role| role.id == id).expect("it");
    let role = of(roles::roles_list(&desk).await.expect("roles"), recruiters);
    use PortalPermission::{EditAccount, MessageStudents, ViewStudents};
    assert_eq!(role.permissions, [EditAccount, ViewStudents, MessageStudents], "what comes along is said");
    let seen = roles::role_preview(&role.permissions).sees;
    assert!(seen.iter().any(|sight| sight.area == PortalArea::Students && sight.reach == Reach::Act));

    let user = desk.user("ann@acme.example", "Recruiters", true).await;
    let before = desk.everything().await;
    let default = roles::role_named(&desk, "Default Access").await.expect("a role");
    let denied = roles::role_named(&desk, "Denied Access Role").await.expect("the example");
    assert!(roles::role_delete(&desk, default, denied).await.is_err(), "everybody has it after sign-up");
    let renamed = roles::role_edit(&desk, default, &[change("name", "Default Access", "Everybody")]).await;
    assert_eq!(only_problem(renamed), ("name".into(), Problem::NotEditable));
    assert!(roles::role_delete(&desk, recruiters, recruiters).await.is_err());
    let deleted = roles::role_delete(&desk, recruiters, denied).await.expect("deleted");
    assert_eq!((deleted.changed, deleted.users), (1, 1));
    assert_eq!(desk.standing(user).await, ("Denied Access Role".into(), true));
    back(&desk, deleted.operation).await;
    assert_eq!(desk.everything().await, before);

    let mut more = change("permissions", "", "");
    let stored = desk.record(RecordKind::Role, default).await;
    more.before = stored.get(&liaison_domain::role::PERMISSIONS).into();
    more.after = FieldValue::List(vec!["view_students".into()]);
    roles::role_edit(&desk, default, &[more]).await.expect("what it permits can be changed");
    assert_eq!(of(roles::roles_list(&desk).await.expect("roles"), default).permissions, [EditAccount, ViewStudents]);
    roles::role_delete(&desk, denied, default).await.expect("the example can go");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_locks_after_a_while_as_chosen_on_this_computer() {
    let desk = desk().await;
    let security = security::security(&desk).await.expect("security");
    assert_eq!((security.auto_lock_minutes, security.can_lock), (AUTO_LOCK_MINUTES, true));
    assert!(security::security_set(&desk, 100_000).await.is_err());
    security::security_set(&desk, 0).await.expect("never");
    let desk = desk.reopened(None).await;
    assert_eq!(security::security(&desk).await.expect("security").auto_lock_minutes, 0);
}
