//! Roles of the staff: what they permit in full, and what somebody with one sees of the desk.

use crate::permission::{Permission, Permissions};
use crate::record::Record;
use crate::refusal::{Problem, Refusal};
use crate::role::Reach;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;

pub use liaison_records::staff_role::*;

/// What permissions of the desk are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeskGroup {
    /// Contacts, employers, notes and activities.
    Directory,
    /// People who log in: employer users, students, alumni.
    Users,
    /// Letters to them.
    Mail,
    /// Files in and out.
    Files,
    /// What was done, and what was deleted.
    History,
    /// How the desk is set up.
    Site,
}

/// The permissions there are, group by group.
pub const IN_GROUPS: [(DeskGroup, &[Permission]); 6] = [
    (
        DeskGroup::Directory,
        &[
            Permission::ViewContacts,
            Permission::EditContacts,
            Permission::ReviewContacts,
            Permission::SeePrivate,
            Permission::BulkUpdate,
            Permission::MergeContacts,
            Permission::DeleteContacts,
            Permission::EraseContacts,
        ],
    ),
    (
        DeskGroup::Users,
        &[
            Permission::ManageAccess,
            Permission::ManageRoles,
            Permission::ManageUsers,
            Permission::AssignCases,
            Permission::WorkCases,
        ],
    ),
    (DeskGroup::Mail, &[Permission::SendMail]),
    (DeskGroup::Files, &[Permission::ImportContacts, Permission::ExportContacts]),
    (DeskGroup::History, &[Permission::ViewAuditLog, Permission::Undo]),
    (
        DeskGroup::Site,
        &[Permission::ShareViews, Permission::ManageFields, Permission::ManageSettings, Permission::ManageStaff],
    ),
];

/// Every role permits it: whoever may not even look has no business at the desk, and is deactivated instead.
pub const ALWAYS: Permission = Permission::ViewContacts;

/// Without which other one a permission opens nothing: what one may not edit, one may not edit in bulk either.
pub fn needs(permission: Permission) -> Option<Permission> {
    (permission == Permission::BulkUpdate).then_some(Permission::EditContacts)
}

/// Permissions with what comes along: [`ALWAYS`], and what each needs.
pub fn complete(permissions: Permissions) -> Permissions {
    permissions.iter().filter_map(needs).fold(permissions.and(ALWAYS), Permissions::and)
}

/// What a role of one's own permits, with what comes along.
pub fn of(role: &Record) -> Permissions {
    let keys = if let Value::List(keys) = role.get(&PERMISSIONS) { keys.as_slice() } else { &[] };
    complete(Permissions::from_keys(keys.iter().map(String::as_str)))
}

/// What is gained and what is lost on the way from some permissions to others, each with what comes along.
pub fn difference(before: Permissions, after: Permissions) -> (Vec<Permission>, Vec<Permission>) {
    let (before, after) = (complete(before), complete(after));
    let only = |some: Permissions, other: Permissions| some.iter().filter(|one| !other.has(*one)).collect();
    (only(after, before), only(before, after))
}

/// Writes down what a role permits in full. Refuses permissions that there are not.
pub fn complete_role(role: &mut Record) -> Result<(), Refusal> {
    let keys = if let Value::List(keys) = role.get(&PERMISSIONS) { keys.as_slice() } else { &[] };
    if keys.iter().any(|key| Permission::from_key(key).is_none()) {
        let choices = Permission::ALL.iter().map(|permission| permission.key().to_owned()).collect();
        let problem = Problem::NotAChoice { choices };
        return Err(Refusal::of(PERMISSIONS.key, problem));
    }
    let full = complete(Permissions::from_keys(keys.iter().map(String::as_str)));
    role.set(&PERMISSIONS, Value::List(full.iter().map(|permission| permission.key().to_owned()).collect()));
    Ok(())
}

/// A part of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeskArea {
    /// Contacts, employers and activities.
    Directory,
    /// Contacts of colleagues that are visible to their owner only.
    PrivateContacts,
    /// The pending queue.
    Queue,
    /// Likely duplicates.
    Duplicates,
    /// The trash.
    Trash,
    /// Employer users.
    EmployerUsers,
    /// Employer user roles.
    Roles,
    /// Students and alumni.
    Students,
    /// Mail.
    Mail,
    /// Import.
    Import,
    /// Export.
    Export,
    /// History and audit logs.
    History,
    /// Custom attributes and labels.
    Fields,
    /// The institution's look, mail, questions and security.
    Settings,
    /// Staff and their roles.
    Staff,
}

/// A part of the desk, as somebody with a role finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DeskSight {
    /// The part.
    pub area: DeskArea,
    /// How far they get.
    pub reach: Reach,
}

/// "With this role, a person sees…": every part of the desk, and how far they get there.
pub fn sees(permissions: Permissions) -> Vec<DeskSight> {
    use Permission as P;
    let has = |permission: P| permissions.has(permission);
    let reach = |look: bool, act: bool| match (look, act) {
        (_, true) => Reach::Act,
        (true, false) => Reach::Look,
        (false, false) => Reach::Hidden,
    };
    let looks = has(P::ViewContacts);
    [
        (DeskArea::Directory, reach(looks, has(P::EditContacts))),
        (DeskArea::PrivateContacts, reach(has(P::SeePrivate), has(P::SeePrivate) && has(P::EditContacts))),
        (DeskArea::Queue, reach(looks, has(P::ReviewContacts))),
        (DeskArea::Duplicates, reach(looks, has(P::MergeContacts))),
        (DeskArea::Trash, reach(looks, has(P::DeleteContacts) || has(P::EraseContacts))),
        (DeskArea::EmployerUsers, reach(looks, has(P::ManageAccess))),
        (DeskArea::Roles, reach(looks, has(P::ManageRoles))),
        (DeskArea::Students, reach(looks, has(P::ManageUsers) || has(P::AssignCases) || has(P::WorkCases))),
        (DeskArea::Mail, reach(looks, has(P::SendMail))),
        (DeskArea::Import, reach(false, has(P::ImportContacts))),
        (DeskArea::Export, reach(false, has(P::ExportContacts))),
        (DeskArea::History, reach(has(P::ViewAuditLog), has(P::ViewAuditLog) && has(P::Undo))),
        (DeskArea::Fields, reach(looks, has(P::ManageFields))),
        (DeskArea::Settings, reach(looks, has(P::ManageSettings))),
        (DeskArea::Staff, reach(looks, has(P::ManageStaff))),
    ]
    .map(|(area, reach)| DeskSight { area, reach })
    .to_vec()
}
