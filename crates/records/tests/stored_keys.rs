//! What is written into databases and journals, and must be read by every later version: numbers and keys as they are.

use liaison_records::role::PortalPermission;
use liaison_records::{Numbered, OperationKind, Permission, RecordKind, StaffRole};

/// Append, never change.
const OPERATIONS: [(u8, &str); 77] = [
    (1, "institution.setup"),
    (2, "sample.create"),
    (3, "contacts.create"),
    (4, "contacts.edit"),
    (5, "contacts.approve"),
    (6, "contacts.approve_and_assign"),
    (7, "contacts.reject"),
    (8, "contacts.reject_and_revoke"),
    (9, "contacts.import"),
    (10, "employers.create"),
    (11, "employers.edit"),
    (12, "notes.create"),
    (13, "notes.edit"),
    (14, "notes.delete"),
    (15, "undo"),
    (16, "records.create"),
    (17, "records.edit"),
    (18, "records.delete"),
    (19, "records.restore"),
    (20, "records.erase"),
    (21, "records.import"),
    (22, "contacts.delete"),
    (23, "contacts.restore"),
    (24, "contacts.erase"),
    (25, "contacts.merge"),
    (26, "contacts.approve_into"),
    (27, "contacts.keep_apart"),
    (28, "contacts.update"),
    (29, "contacts.archive"),
    (30, "contacts.revive"),
    (31, "contacts.person_left"),
    (32, "contacts.job_move"),
    (33, "contacts.auto_sync"),
    (34, "employers.primary"),
    (35, "employers.merge"),
    (36, "employers.update"),
    (37, "employers.delete"),
    (38, "employers.restore"),
    (39, "labels.rename"),
    (40, "users.access"),
    (41, "students.deactivate"),
    (42, "students.reactivate"),
    (43, "students.assign"),
    (44, "students.update"),
    (45, "users.role"),
    (46, "users.erase"),
    (47, "roles.delete"),
    (48, "invitations.send"),
    (49, "mail.send"),
    (50, "institution.edit"),
    (51, "staff.access"),
    (52, "security.open"),
    (53, "security.failed"),
    (54, "security.lock"),
    (55, "security.passcode"),
    (56, "security.recovery_key"),
    (57, "security.recover"),
    (58, "data.export"),
    (59, "data.print"),
    (60, "backup.create"),
    (61, "backup.restore"),
    (62, "clock.accept"),
    (63, "audit.export"),
    (64, "audit.accept"),
    (65, "portal.sign_up"),
    (66, "portal.activate"),
    (67, "portal.account"),
    (68, "portal.report"),
    (69, "portal.task"),
    (70, "portal.register"),
    (71, "portal.post"),
    (72, "portal.answer"),
    (73, "portal.employer"),
    (74, "portal.unsubscribe"),
    (75, "mail.bounced"),
    (76, "portal.seen"),
    (77, "portal.address"),
];

/// Append, never change.
const RECORDS: [(u8, &str); 27] = [
    (1, "contact"),
    (2, "employer"),
    (3, "employer_user"),
    (4, "role"),
    (5, "note"),
    (6, "staff"),
    (7, "institution"),
    (8, "task"),
    (9, "meeting"),
    (10, "event"),
    (11, "participation"),
    (12, "interview_schedule"),
    (13, "job_listing"),
    (14, "experience"),
    (15, "email"),
    (16, "employment"),
    (17, "attribute"),
    (18, "label"),
    (19, "saved_view"),
    (20, "distinct_pair"),
    (21, "student"),
    (22, "user_group"),
    (23, "onboarding_question"),
    (24, "onboarding_answer"),
    (25, "staff_role"),
    (26, "invitation"),
    (27, "mail_template"),
];

/// Append, never change.
const PERMISSIONS: [&str; 22] = [
    "view_contacts",
    "edit_contacts",
    "review_contacts",
    "manage_access",
    "import_contacts",
    "view_audit_log",
    "undo",
    "merge_contacts",
    "bulk_update",
    "delete_contacts",
    "erase_contacts",
    "export_contacts",
    "manage_fields",
    "share_views",
    "manage_users",
    "assign_cases",
    "manage_roles",
    "manage_staff",
    "send_mail",
    "manage_settings",
    "see_private",
    "work_cases",
];

/// Append, never change.
const PORTAL_PERMISSIONS: [&str; 11] = [
    "edit_account",
    "invite_colleagues",
    "edit_employer",
    "view_contacts_of_employer",
    "post_jobs",
    "view_applications",
    "manage_interviews",
    "register_events",
    "register_fairs",
    "view_students",
    "message_students",
];

#[test]
fn operations_have_their_numbers_and_keys() {
    assert_eq!(OperationKind::ALL.map(|kind| (kind as u8, kind.key())), OPERATIONS);
    for (number, key) in OPERATIONS {
        let kind = OperationKind::from_key(key).expect("a kind");
        assert_eq!((kind as u8, OperationKind::from_number(number)), (number, Some(kind)));
        assert_eq!(Numbered::<OperationKind>::of(number), Numbered::Known(kind));
        assert_eq!(serde_json::to_value(kind).expect("a key"), key);
        assert_eq!(serde_json::from_value::<OperationKind>(key.into()).expect("a kind"), kind);
    }
    assert_eq!((OperationKind::from_key("contacts"), OperationKind::from_number(0)), (None, None));
}

#[test]
fn records_have_their_numbers_and_keys() {
    assert_eq!(RecordKind::ALL.map(|kind| (kind as u8, kind.key())), RECORDS);
    for (number, key) in RECORDS {
        let kind = RecordKind::from_key(key).expect("a kind");
        assert_eq!((kind as u8, RecordKind::from_number(number)), (number, Some(kind)));
        assert_eq!(serde_json::to_value(kind).expect("a key"), key);
    }
    assert_eq!((RecordKind::from_key("Contact"), RecordKind::from_number(0)), (None, None));
}

#[test]
fn permissions_and_roles_have_their_keys() {
    assert_eq!(Permission::ALL.map(Permission::key), PERMISSIONS);
    assert_eq!(PortalPermission::ALL.map(PortalPermission::key), PORTAL_PERMISSIONS);
    for permission in Permission::ALL {
        assert_eq!(Permission::from_key(permission.key()), Some(permission));
        assert_eq!(serde_json::to_value(permission).expect("a key"), permission.key());
    }
    for permission in PortalPermission::ALL {
        assert_eq!(PortalPermission::from_key(permission.key()), Some(permission));
        assert_eq!(serde_json::to_value(permission).expect("a key"), permission.key());
    }
    for (role, key) in
        [(StaffRole::Administrator, "administrator"), (StaffRole::Advisor, "advisor"), (StaffRole::Viewer, "viewer")]
    {
        assert_eq!((role.key(), StaffRole::from_key(key)), (key, role));
    }
    assert_eq!(StaffRole::from_key("owner"), StaffRole::Viewer, "an unknown role gets the least");
}
