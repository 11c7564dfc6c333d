//! What staff may be permitted to do.

use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray, VariantNames};

/// The keys of [`StaffRole`], as the field registry offers them.
pub const STAFF_ROLES: &[&str] = StaffRole::VARIANTS;

/// The role of a staff member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, EnumString, IntoStaticStr, VariantNames)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StaffRole {
    /// Runs the career center's desk; may do everything.
    Administrator,
    /// Works with contacts, but does not review them or read the audit log.
    Advisor,
    /// Looks, and changes nothing.
    Viewer,
}

impl StaffRole {
    /// The role with this key of [`STAFF_ROLES`]; unknown keys get the least.
    pub fn from_key(key: &str) -> StaffRole {
        key.parse().unwrap_or(StaffRole::Viewer)
    }

    /// The key as stored.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// Something a staff member may be allowed to do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, EnumCount, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Permission {
    /// See contacts, employers and notes.
    ViewContacts,
    /// Add and edit contacts, employers and notes (M3).
    EditContacts,
    /// Approve and reject contacts (M4).
    ReviewContacts,
    /// Change the access and roles of employer users.
    ManageAccess,
    /// Import files.
    ImportContacts,
    /// Read the audit log and the history of everybody (M21).
    ViewAuditLog,
    /// Take back operations.
    Undo,
    /// Merge contacts and employers, and say what is no duplicate.
    MergeContacts,
    /// Change many records at once.
    BulkUpdate,
    /// Put contacts and employers into the trash, and take them out.
    DeleteContacts,
    /// Erase for good.
    EraseContacts,
    /// Write files of contacts.
    ExportContacts,
    /// Define custom attributes and labels.
    ManageFields,
    /// Share saved views with everybody.
    ShareViews,
    /// Add, edit and deactivate students and alumni, send invitations.
    ManageUsers,
    /// Assign students and alumni to staff.
    AssignCases,
    /// Define what employer user roles permit.
    ManageRoles,
    /// Add staff and decide what they may do.
    ManageStaff,
    /// Write to contacts and users.
    SendMail,
    /// Change the institution's look, mail settings, templates and onboarding questions.
    ManageSettings,
    /// See contacts that are visible to their owner only (M25).
    SeePrivate,
    /// Work with the students and alumni assigned to oneself: notes, tasks, meetings, reminders, answers.
    WorkCases,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; Permission::COUNT] = *Permission::VARIANTS.first_chunk().expect("as many as there are");

    /// The key, as the UI and the errors name it.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The permission with this key.
    pub fn from_key(key: &str) -> Option<Permission> {
        key.parse().ok()
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u32);

impl Permissions {
    /// What a built-in role permits.
    pub fn of(role: StaffRole) -> Permissions {
        let permitted = |permission: &Permission| match role {
            StaffRole::Administrator => true,
            StaffRole::Advisor => matches!(
                permission,
                Permission::ViewContacts
                    | Permission::EditContacts
                    | Permission::MergeContacts
                    | Permission::ExportContacts
                    | Permission::SendMail
                    | Permission::Undo
                    | Permission::WorkCases
            ),
            StaffRole::Viewer => *permission == Permission::ViewContacts,
        };
        Permission::ALL.into_iter().filter(permitted).collect()
    }

    /// The permissions with these keys; keys that this version does not know permit nothing. Whoever may do anything
    /// may also look.
    pub fn from_keys<'k>(keys: impl IntoIterator<Item = &'k str>) -> Permissions {
        let known: Permissions = keys.into_iter().filter_map(Permission::from_key).collect();
        if known == Permissions::default() { known } else { known.and(Permission::ViewContacts) }
    }

    /// The set with one more.
    pub fn and(self, permission: Permission) -> Permissions {
        Permissions(self.0 | 1 << permission as u32)
    }

    /// Whether the permission is among them.
    pub fn has(self, permission: Permission) -> bool {
        self.0 >> (permission as u32) & 1 == 1
    }

    /// The permissions, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.has(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Permissions {
        permissions.into_iter().fold(Permissions::default(), Permissions::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_sets_and_keys_find_them() {
        assert_eq!(Permissions::of(StaffRole::Administrator).iter().count(), Permission::ALL.len());
        assert_eq!(Permissions::of(StaffRole::Viewer).iter().collect::<Vec<_>>(), [Permission::ViewContacts]);
        for permission in Permission::ALL {
            assert_eq!(Permission::from_key(permission.key()), Some(permission));
            let only = Permissions::from_keys([permission.key()]);
            assert!(only.has(permission) && only.has(Permission::ViewContacts));
        }
        assert_eq!(Permissions::from_keys(["nonsense"]), Permissions::default());
    }
}
