//! Employer user roles: what employer users may do in the portal (M30).

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// The role every employer user has after sign-up (M11). Can be edited, not deleted.
pub const DEFAULT_ACCESS: &str = "Default Access";
/// The example of a limited role (M29).
pub const DENIED_ACCESS: &str = "Denied Access Role";

/// The role's name.
pub const NAME: Field = Field::text(3, "name", "Name", Group::Name).required().searchable();
/// Ships with the product.
pub const BUILT_IN: Field = Field::system(4, "built_in", "Built in", FieldType::Flag);
/// Keys of [`PortalPermission`]: what the role permits.
pub const PERMISSIONS: Field = Field::new(5, "permissions", "Permissions", Group::Status, FieldType::List);

/// Every field of a role; number `n` is at index `n - 1`.
pub static FIELDS: &[&Field] = &[&DELETED_AT, &CREATED_AT, &NAME, &BUILT_IN, &PERMISSIONS];

/// Something an employer user may be allowed to do in the portal. The list is closed: the portal knows these.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Type,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PortalPermission {
    /// Edit the own name, address and password. Every role permits it (M29).
    EditAccount,
    /// Ask colleagues to sign up.
    InviteColleagues,
    /// Edit the employer's page.
    EditEmployer,
    /// See the contacts of the own employer.
    ViewContactsOfEmployer,
    /// Post jobs and internships.
    PostJobs,
    /// See who applied.
    ViewApplications,
    /// Ask for interview schedules and fill them.
    ManageInterviews,
    /// Register for events.
    RegisterEvents,
    /// Register for job fairs, with colleagues.
    RegisterFairs,
    /// Look through the profiles of students who want to be found.
    ViewStudents,
    /// Write to these students.
    MessageStudents,
}

/// What permissions of the portal are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PortalGroup {
    /// The own account.
    Account,
    /// The employer and the people there.
    Employer,
    /// Jobs, applications, interviews.
    Hiring,
    /// Events and job fairs.
    Events,
    /// Students.
    Students,
}

impl PortalPermission {
    /// Every permission, group by group.
    pub const ALL: [PortalPermission; PortalPermission::COUNT] =
        *PortalPermission::VARIANTS.first_chunk().expect("as many as there are");

    /// The key, as stored.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The permission with this key.
    pub fn from_key(key: &str) -> Option<PortalPermission> {
        key.parse().ok()
    }

    /// What it is about.
    pub fn group(self) -> PortalGroup {
        match self {
            PortalPermission::EditAccount => PortalGroup::Account,
            PortalPermission::InviteColleagues
            | PortalPermission::EditEmployer
            | PortalPermission::ViewContactsOfEmployer => PortalGroup::Employer,
            PortalPermission::PostJobs | PortalPermission::ViewApplications | PortalPermission::ManageInterviews => {
                PortalGroup::Hiring
            }
            PortalPermission::RegisterEvents | PortalPermission::RegisterFairs => PortalGroup::Events,
            PortalPermission::ViewStudents | PortalPermission::MessageStudents => PortalGroup::Students,
        }
    }

    /// Without which other one it makes no sense: whoever writes to students sees them.
    pub fn needs(self) -> Option<PortalPermission> {
        match self {
            PortalPermission::MessageStudents => Some(PortalPermission::ViewStudents),
            PortalPermission::ViewApplications => Some(PortalPermission::PostJobs),
            _ => None,
        }
    }
}
