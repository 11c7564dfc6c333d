//! Every command of the window, as every staff role: whoever lacks a permission is refused, and nothing changes. That no
//! command is forgotten is read from the files of the commands themselves.

use crate::common::{Folder, PASSCODE, TestDesk, go_on, ids, sample, values};
use crate::mail_permissions::mail;
use crate::permissions::{Things, Tried, every_use_case, things};
use liaison_app::archive::Revival;
use liaison_app::audit_file::AuditInput;
use liaison_app::backup::BackupPlace;
use liaison_app::contact_choices::ChoicesNear;
use liaison_app::export::{ExportFormat, ExportInput, PrintInput};
use liaison_app::files::Destination;
use liaison_app::new_users::NewUser;
use liaison_app::person_left::{JobMove, MoveTo, PersonLeft};
use liaison_app::staff::StaffAssignment;
use liaison_app::users::UsersChange;
use liaison_app::views::ViewInput;
use liaison_app::{CommandError, roles, staff, staff_roles};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::bulk::BulkChange;
use liaison_domain::filter::ListQuery;
use liaison_domain::viewer::ViewAs;
use liaison_domain::{Actor, Id, Permission, Permissions, RecordKind, StaffRole, Value, staff_role};
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Use cases that ask for no permission, and why that is right.
const OPEN_TO_ALL: &[(&str, &str)] = &[
    ("actor", "who is at the desk"),
    ("actor_info", "who is at the desk, for the top bar"),
    ("take_failures", "wrong passcodes before one came, said to them once"),
    ("for_person", "the desk of somebody whose passcode was checked"),
    ("institution", "its name, for the top bar"),
    ("time_zone", "the clock that times are told on"),
    ("backup_status", "that backups fail is for everybody to know"),
    ("sync_status", "whether what they did has reached the others is for everybody to know"),
    ("sync_now", "takes nothing but time"),
    ("start_syncing", "what the desk does by itself"),
    ("registry", "which fields there are"),
    ("my_caseload", "which list that is"),
    ("view_as_fields", "which fields somebody sees"),
    ("cancel", "stops one's own work"),
    ("check_all", "whether the data is whole; values are told to those who see the audit log"),
    ("last_check", "when that was checked"),
    ("clock_doubt", "whether the computer's clock is believed, for everybody to know"),
    ("check_clock", "whether the computer's clock is believed, for everybody to know"),
    ("clock_accept", "whether the date is right everybody can say; who did stands in the journal"),
    ("damage_notice", "that something is wrong; what exactly is for those who see the audit log"),
    ("import_template", "an empty file"),
    ("records_template", "an empty file"),
    ("list_window", "of a list that was opened, which was asked for"),
    ("list_position", "of a list that was opened, which was asked for"),
    ("list_remaining", "of a list that was opened, which was asked for"),
    ("list_close", "of a list that was opened, which was asked for"),
    ("import_map", "of a file that was opened, which was asked for"),
    ("import_dry_run", "of a file that was opened, which was asked for"),
    ("import_welcome", "of a file that was opened, which was asked for"),
    ("import_rows", "of a file that was opened, which was asked for"),
    ("import_answer", "of a file that was opened, which was asked for"),
    ("import_fix", "of a file that was opened, which was asked for"),
    ("import_commit", "of a file that was opened, which was asked for"),
    ("import_errors", "of a file that was opened, which was asked for"),
    ("import_cancel", "of a file that was opened, which was asked for"),
    ("import_close", "of a file that was opened, which was asked for"),
];

/// The use cases that need no more than asking. What they are tried on need not be there: the permission comes first.
async fn others(desk: &TestDesk, things: &Things) -> Vec<Tried> {
    use Permission::*;
    let mut tried = Vec::new();
    macro_rules! asked {
        ($permissions:expr, $module:ident::$name:ident($($argument:expr),*)) => {
            tried.push((stringify!($name), $permissions.to_vec(), liaison_app::$module::$name(&desk, $($argument),*).await.err()));
        };
    }
    let Things { contact, employer, .. } = things;
    let (contact, employer, nobody) = (*contact, *employer, Id::from_parts(1, [7; 10]));
    let (one, none, no_values) = (ids(&[contact]), HashMap::new(), values(&[]));
    asked!([ViewContacts], records::record_get(RecordKind::Contact, contact));
    asked!([ViewContacts], employments::contact_employments(contact));
    asked!([ViewContacts], contact_choices::contacts_suggest("", &ChoicesNear::default()));
    asked!([ViewContacts], activities::contact_timeline(contact, &[], None, 5));
    asked!([EditContacts], note_drafts::note_draft(RecordKind::Contact, contact, None));
    asked!([EditContacts], note_drafts::note_draft_keep(RecordKind::Contact, contact, None, "Half a note"));
    asked!([ViewContacts], employments::former_contacts(employer, 0, 5));
    asked!([ViewContacts], claims::contact_evidence(contact));
    asked!([ViewContacts], claims::employer_claim(employer));
    asked!([ViewContacts], claims::employer_domains_suggested(employer));
    let nowhere = Destination::Path(std::path::Path::new("/nowhere/at/all"));
    asked!([ViewContacts], activities::meeting_save(nobody, nowhere));
    asked!([ViewAuditLog], audit_file::audit_export(AuditInput { with_values: false }, nowhere, &mut go_on));
    asked!(
        [ViewAuditLog, ExportContacts],
        audit_file::audit_export(AuditInput { with_values: true }, nowhere, &mut go_on)
    );
    let print = PrintInput { kind: RecordKind::Contact, count: 1, query: None };
    asked!([ViewContacts], export::record_print(&print));
    asked!([ViewContacts], attributes::attributes_list());
    asked!([ViewContacts], labels::labels_list(true));
    asked!([ViewContacts], trash::trash_counts());
    asked!([ViewContacts], trash::trash_list(RecordKind::Contact, 0, 5));
    asked!([ViewContacts], trash::trash_find(RecordKind::Contact, contact));
    asked!([ViewContacts], staff::staff_list());
    asked!([ViewContacts], staff_roles::staff_roles_list());
    asked!([ViewContacts], views::views_list());
    asked!([ViewContacts], views::views_reorder(&[]));
    asked!([ViewContacts], users::user_get(nobody));
    asked!([ViewContacts], security::security());
    asked!([ViewContacts], home::home_figures());
    asked!([ViewContacts], home::home_charts());
    asked!([ManageSettings], home::home_setup());
    asked!([ViewContacts], view_as::view_as_open(ViewAs::Student, ListQuery::all(RecordKind::Contact)));
    asked!([ViewContacts], view_as::view_as_portal(ViewAs::Student));
    asked!([ViewContacts], lists::list_elsewhere(ListQuery::all(RecordKind::Contact)));
    asked!([ViewContacts], view_as::view_as_window(ViewAs::Student, 7, 0, 5, &[]));
    asked!([ViewContacts], view_as::view_as_profile(ViewAs::Student, contact));
    let view = |shared| ViewInput {
        name: format!("View {shared}"),
        query: ListQuery::all(RecordKind::Contact),
        columns: vec!["email".into()],
        shared,
        pinned: false,
    };
    asked!([ViewContacts], views::view_save(&view(false)));
    asked!([ViewContacts, ShareViews], views::view_save(&view(true)));
    asked!([ViewContacts], views::view_change(nobody, &view(false)));
    asked!([ViewContacts], views::view_delete(nobody));
    // A list that may not be opened has no count; nothing is refused, and nothing told.
    asked!([], views::list_counts(vec![ListQuery::all(RecordKind::Contact)]));

    asked!([EditContacts], entries::record_create(RecordKind::Event, &no_values));
    asked!([EditContacts], entries::record_edit(RecordKind::Event, nobody, &[]));
    asked!([EditContacts], entries::records_delete(RecordKind::Event, &[nobody]));
    asked!([EditContacts], employments::contact_toggle_primary(contact));
    asked!([EditContacts], employers::employer_edit_preview(employer, &[]));
    asked!([EditContacts], auto_sync::contacts_auto_sync_preview(&one, true));
    asked!([EditContacts], auto_sync::contacts_auto_sync(&one, true, &mut go_on));
    let revival = Revival { way: ArchiveWay::Visibility, employer: None, visibility: None, access: true };
    asked!([EditContacts, ManageAccess], archive::contacts_revive_preview(&one, &revival));
    asked!([EditContacts, ManageAccess], archive::contacts_revive(&one, &revival, &mut go_on));
    for (way, permissions) in
        [(ArchiveWay::Visibility, vec![EditContacts]), (ArchiveWay::Reject, vec![EditContacts, ReviewContacts])]
    {
        let revival = Revival { way, employer: None, visibility: None, access: false };
        let left = PersonLeft { contact, directory: Some(way), access: None, left_on: None };
        asked!(permissions, archive::contacts_archive_preview(&one, way));
        asked!(permissions, archive::contacts_archive(&one, way, &mut go_on));
        asked!(permissions, archive::contacts_revive_preview(&one, &revival));
        asked!(permissions, archive::contacts_revive(&one, &revival, &mut go_on));
        asked!(permissions, person_left::person_left_preview(&left));
        asked!(permissions, person_left::person_left(&left));
    }
    for (user_email, permissions) in [(false, vec![EditContacts]), (true, vec![EditContacts, ManageAccess])] {
        let to = MoveTo::Existing { id: employer };
        let moved = JobMove { contact, to, values: HashMap::new(), user_email, user_employer: false, moved_on: None };
        asked!(permissions, person_left::job_move_preview(&moved));
        asked!(permissions, person_left::job_move(&moved));
    }
    let change = BulkChange::Clear { field: "city".into() };
    asked!([EditContacts, BulkUpdate], bulk::bulk_preview(RecordKind::Contact, &one, std::slice::from_ref(&change)));
    asked!(
        [EditContacts, BulkUpdate],
        bulk::bulk_update(RecordKind::Contact, &one, std::slice::from_ref(&change), &mut go_on)
    );
    asked!([ManageFields], attributes::attribute_define(&no_values));
    asked!([ManageFields], attributes::attribute_edit(nobody, &[]));
    asked!([ManageFields], attributes::attributes_reorder(&[]));
    asked!([ManageFields], attributes::attribute_delete(nobody));
    asked!([ManageFields], attributes::attribute_restore(nobody));
    asked!([ManageFields], labels::label_define(&no_values));
    asked!([ManageFields], labels::label_edit(nobody, &[]));
    asked!([ManageFields], labels::label_rename_preview("a", None));
    asked!([ManageFields], labels::label_rename("a", None, &mut go_on));
    asked!([MergeContacts], merge::merge_preview(RecordKind::Contact, contact, &[nobody], &none));
    asked!([MergeContacts], merge::contacts_merge(contact, &[nobody], &none));
    asked!([EditContacts], claims::employer_confirm(employer));
    asked!([MergeContacts], merge::employers_merge(employer, &[nobody], &none));
    asked!([ImportContacts], import::import_open_as(RecordKind::Contact, &things.csv, None, &mut go_on));
    asked!(
        [ImportContacts],
        import::import_open_again(7, RecordKind::Contact, &liaison_app::import::ReadOptions::default(), &mut go_on)
    );
    let input = ExportInput {
        kind: RecordKind::Contact,
        selection: one.clone(),
        format: ExportFormat::Csv,
        columns: vec!["name".into()],
    };
    asked!(
        [ExportContacts],
        export::export(&input, Destination::Path(&things.csv.with_file_name("out.csv")), &mut go_on)
    );
    asked!([DeleteContacts], trash::delete_preview(RecordKind::Contact, &one));
    asked!([DeleteContacts], trash::delete(RecordKind::Contact, &one, &mut go_on));
    asked!([DeleteContacts], trash::restore(RecordKind::Contact, &[contact]));
    asked!([EraseContacts], trash::erase(RecordKind::Contact, &[nobody], &mut go_on));

    let users = ids(&[]);
    asked!([ManageAccess], users::users_preview(&users, UsersChange::Access { on: false }));
    asked!([ManageAccess], users::users_preview(&users, UsersChange::Role { role: things.role }));
    asked!([ViewAuditLog], security::desk_use());
    asked!([ManageSettings], security::recovery_renew(Some(PASSCODE)));
    asked!([ManageSettings], security::recovery_history());
    asked!([ManageSettings], security::recovery_printed());
    let who = NewUser::Contact { contact: nobody };
    asked!([ManageAccess], new_users::user_create(&who, things.role));
    let who = NewUser::Person { values: values(&[]) };
    asked!([ManageAccess, EditContacts], new_users::user_create(&who, things.role));
    asked!([ManageAccess], users::users_access(&users, false, &mut go_on));
    asked!([ManageAccess], users::users_role(&users, things.role, &mut go_on));
    asked!([ManageAccess, EraseContacts], users::users_erase(&users, &mut go_on));
    asked!([ManageAccess], users::users_roles(&users));
    asked!([ManageRoles], roles::role_impact(nobody, &[]));
    asked!([ManageRoles], roles::role_create(&no_values));
    asked!([ManageRoles], roles::role_edit(nobody, &[]));
    asked!([ManageRoles, ManageAccess], roles::role_delete(nobody, things.role));
    asked!([ManageSettings], security::security_set(15));
    asked!([ManageSettings], sync::sync_connect("http://127.0.0.1:9", "none"));
    asked!([ViewContacts], sync::sync_conflicts());
    asked!([ViewContacts], sync::sync_conflicts_of(RecordKind::Contact, contact));
    asked!([ViewContacts], sync::sync_settle(&[]));
    asked!([ViewAuditLog], sync::sync_refused());
    asked!([ManageSettings], sync::sync_refused_close(nobody));
    asked!([ViewAuditLog], sync::sync_refused_retry(nobody));
    asked!([ManageSettings], backup::backup_settings());
    asked!([ManageSettings], backup::backup_room_set(1_000_000_000));
    asked!([ManageSettings], backup::backup_folder_set(None));
    asked!([ManageSettings], backup::backup_list());
    asked!([ManageSettings], backup::backup_create());
    asked!([ManageSettings], backup::backup_path(BackupPlace::Here, "none.liaison-backup"));
    asked!([ManageSettings], backup::backup_look("/nowhere".as_ref(), None));
    asked!([ManageSettings], backup::backup_preview("/nowhere".as_ref(), None));
    asked!([ManageSettings], backup::restore_open("/nowhere".as_ref(), None));
    let viewer = StaffAssignment::BuiltIn { role: StaffRole::Viewer };
    let me = desk.actor().staff;
    asked!([ManageStaff], staff::staff_create(&no_values, viewer));
    asked!([ManageStaff], staff::staff_edit(nobody, &[]));
    asked!([], staff::staff_edit(me, &[]));
    asked!([ManageStaff], staff::staff_assign(nobody, viewer));
    asked!([ManageStaff], staff::staff_deactivate(nobody, true));
    asked!([ManageStaff], staff::staff_passcode(nobody, None, Some(PASSCODE)));
    asked!([], staff::staff_passcode(me, Some("short"), Some(PASSCODE)));
    asked!([ManageStaff], staff_roles::staff_role_create(&no_values));
    asked!([ManageStaff], staff_roles::staff_role_edit(nobody, &[]));
    asked!([ManageStaff], staff_roles::staff_role_impact(nobody, &[]));
    asked!([ManageStaff], staff_roles::staff_role_delete(nobody, viewer));
    tried.extend(mail(desk, things).await);
    tried
}

fn denied(permission: Permission) -> CommandError {
    CommandError::Denied { permission: permission.key().to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_asks_first_whoever_is_at_the_desk() {
    for role in [StaffRole::Viewer, StaffRole::Advisor, StaffRole::Administrator] {
        let desk = sample(30).await;
        let things = things(&desk).await;
        let desk = desk.reopened(Some(role)).await;
        let actor = Actor::with_role(desk.actor().staff, role);
        for (name, permissions, error) in others(&desk, &things).await {
            match permissions.into_iter().find(|permission| !actor.may(*permission)) {
                Some(lacking) => assert_eq!(error, Some(denied(lacking)), "{name} as {role:?}"),
                None => assert!(!matches!(error, Some(CommandError::Denied { .. })), "{name} as {role:?}: {error:?}"),
            }
        }
    }
}

/// Each permission by itself: what it opens opens, and nothing else does.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_ones_own_opens_what_it_says_and_no_more() {
    let desk = sample(10).await;
    let things = things(&desk).await;
    let mut role = values(&[("name", "One thing")]);
    role.insert("permissions".into(), liaison_domain::parse::FieldValue::List(vec!["view_contacts".into()]));
    let role = staff_roles::staff_role_create(&desk, &role).await.expect("a role").id;
    let person = values(&[("first_name", "Bob"), ("last_name", "Moss"), ("email", "bob@northfield.example")]);
    let bob = staff::staff_create(&desk, &person, StaffAssignment::Own { role }).await.expect("staff").id;
    for only in Permission::ALL {
        // Past the use case: a role that only manages staff would do so to itself.
        let keys = Value::List(vec![only.key().into()]);
        desk.set_past_rules(RecordKind::StaffRole, role, &staff_role::PERMISSIONS, keys).await;
        let theirs = TestDesk::of(desk.for_person(bob).await.expect("Bob"), Folder::new());
        let permitted = Permissions::from_keys([only.key()]);
        let mut tried = others(&theirs, &things).await;
        // Who works with cases has one by now: what opens of it is tried elsewhere.
        if only != Permission::WorkCases {
            tried.extend(every_use_case(&theirs, &things).await);
        }
        for (name, permissions, error) in tried {
            match permissions.into_iter().find(|permission| !permitted.has(*permission)) {
                Some(lacking) => assert_eq!(error, Some(denied(lacking)), "{name} with {only:?}"),
                None => assert!(!matches!(error, Some(CommandError::Denied { .. })), "{name} with {only:?}: {error:?}"),
            }
        }
    }
}

/// Commands that ask for a permission first thing, and are tried in the tests of their features only so far.
const ASKED_ELSEWHERE: &[&str] = &["contacts_keep_apart", "duplicates_find", "duplicates_list"];

/// The use cases that the files of the commands call.
fn called() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/src/commands");
    let mut called = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("the commands") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a command file");
        let text: String = text.split_whitespace().collect();
        // `feature::use_case(&shell.session()?, …)`, or with a session that was asked for before.
        let sessions = ["(&shell.session()?", "(&session", "(&current"];
        for (at, _) in sessions.iter().flat_map(|session| text.match_indices(session)) {
            let ident = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
            let name: Vec<char> = text[..at].chars().rev().take_while(ident).collect();
            called.insert(name.into_iter().rev().collect());
        }
        let methods = text.split("session()?.").skip(1).chain(text.split("session.").skip(1));
        for found in methods {
            let name: String = found.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            // What is underneath every use case is none.
            if found[name.len()..].starts_with('(') && !["engine", "directory"].contains(&name.as_str()) {
                called.insert(name);
            }
        }
    }
    // `Some(&session)` hands a session on.
    called.retain(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    called
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_is_forgotten() {
    let desk = sample(3).await;
    let things = things(&desk).await;
    let tried = others(&desk, &things).await.into_iter().chain(every_use_case(&desk, &things).await);
    let known: BTreeSet<&str> = tried.map(|(name, ..)| name).chain(OPEN_TO_ALL.iter().map(|(name, _)| *name)).collect();
    let called = called();
    assert!(called.len() > 100, "the files are read: {called:?}");
    let forgotten: Vec<_> = called
        .iter()
        .filter(|name| !known.contains(name.as_str()) && !ASKED_ELSEWHERE.contains(&name.as_str()))
        .collect();
    assert!(forgotten.is_empty(), "commands whose permission no test asks for: {forgotten:?}");
    for (name, why) in OPEN_TO_ALL {
        assert!(called.contains(*name), "{name} ({why}) is called by no command");
    }
    assert!(
        !roles::portal_permissions().is_empty() && !staff_roles::desk_permissions().is_empty(),
        "what a role can permit is no secret"
    );
}
