//! What staff may do. Checked by every use case before anything is read or written.

use crate::id::Id;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The keys of [`StaffRole`], as the field registry offers them.
pub const STAFF_ROLES: &[&str] = &["administrator", "advisor", "viewer"];

/// The role of a staff member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
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
        match key {
            "administrator" => StaffRole::Administrator,
            "advisor" => StaffRole::Advisor,
            _ => StaffRole::Viewer,
        }
    }

    /// The key as stored.
    pub fn key(self) -> &'static str {
        match self {
            StaffRole::Administrator => "administrator",
            StaffRole::Advisor => "advisor",
            StaffRole::Viewer => "viewer",
        }
    }
}

/// Something a staff member may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
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
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; 20] = [
        Permission::ViewContacts,
        Permission::EditContacts,
        Permission::ReviewContacts,
        Permission::ManageAccess,
        Permission::ImportContacts,
        Permission::ViewAuditLog,
        Permission::Undo,
        Permission::MergeContacts,
        Permission::BulkUpdate,
        Permission::DeleteContacts,
        Permission::EraseContacts,
        Permission::ExportContacts,
        Permission::ManageFields,
        Permission::ShareViews,
        Permission::ManageUsers,
        Permission::AssignCases,
        Permission::ManageRoles,
        Permission::ManageStaff,
        Permission::SendMail,
        Permission::ManageSettings,
    ];

    /// The key, as the UI and the errors name it.
    pub fn key(self) -> &'static str {
        match self {
            Permission::ViewContacts => "view_contacts",
            Permission::EditContacts => "edit_contacts",
            Permission::ReviewContacts => "review_contacts",
            Permission::ManageAccess => "manage_access",
            Permission::ImportContacts => "import_contacts",
            Permission::ViewAuditLog => "view_audit_log",
            Permission::Undo => "undo",
            Permission::MergeContacts => "merge_contacts",
            Permission::BulkUpdate => "bulk_update",
            Permission::DeleteContacts => "delete_contacts",
            Permission::EraseContacts => "erase_contacts",
            Permission::ExportContacts => "export_contacts",
            Permission::ManageFields => "manage_fields",
            Permission::ShareViews => "share_views",
            Permission::ManageUsers => "manage_users",
            Permission::AssignCases => "assign_cases",
            Permission::ManageRoles => "manage_roles",
            Permission::ManageStaff => "manage_staff",
            Permission::SendMail => "send_mail",
            Permission::ManageSettings => "manage_settings",
        }
    }
}

/// The staff member who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The staff record.
    pub staff: Id,
    /// What they may do.
    pub role: StaffRole,
}

impl Actor {
    /// Whether the actor may do this.
    pub fn may(&self, permission: Permission) -> bool {
        match self.role {
            StaffRole::Administrator => true,
            StaffRole::Advisor => {
                matches!(
                    permission,
                    Permission::ViewContacts
                        | Permission::EditContacts
                        | Permission::MergeContacts
                        | Permission::ExportContacts
                        | Permission::SendMail
                        | Permission::Undo
                )
            }
            StaffRole::Viewer => permission == Permission::ViewContacts,
        }
    }

    /// Refuses unless the actor may do this.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        if self.may(permission) { Ok(()) } else { Err(Refusal::Denied(permission)) }
    }
}
