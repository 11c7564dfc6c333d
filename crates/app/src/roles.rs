//! Employer user roles: what people at employers may do in the portal (M29, M30).

use crate::error::CommandError;
use crate::forms;
use crate::forms::free_name;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::role::{self, PortalGroup, PortalPermission, Sight};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, employer_user};
use liaison_queries::{references, roles};
use liaison_store::{StoreError, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A role, for pickers.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RoleInfo {
    /// The role.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Ships with the product.
    pub built_in: bool,
    /// It is the role everybody has after sign-up: it can't be deleted or renamed.
    pub is_default: bool,
    /// What it permits.
    pub permissions: Vec<PortalPermission>,
    /// How many employer users have it.
    pub users: u32,
}

/// A permission of the portal, for the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PortalPermissionInfo {
    /// The permission.
    pub permission: PortalPermission,
    /// What it is about.
    pub group: PortalGroup,
    /// Every role has it.
    pub always: bool,
    /// Comes with it.
    pub needs: Option<PortalPermission>,
}

/// What a person with some permissions sees.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RolePreview {
    /// The permissions, with those that come along.
    pub permissions: Vec<PortalPermission>,
    /// Every part of the portal.
    pub sees: Vec<Sight>,
}

/// All roles, by name, "Default Access" first.
pub async fn roles_list(session: &Session) -> Result<Vec<RoleInfo>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let roles = session.read(|view| roles::list(view.everything())).await?.into_iter().map(|role| RoleInfo {
        is_default: role.built_in && role.name == role::DEFAULT_ACCESS,
        permissions: role::permitted(role.permissions.iter().map(String::as_str)),
        id: role.id,
        name: role.name,
        built_in: role.built_in,
        users: role.users,
    });
    Ok(roles.collect())
}

/// The role with this name, for scripts.
pub async fn role_named(session: &Session, name: &str) -> Result<Id, CommandError> {
    let roles = roles_list(session).await?;
    let key = liaison_domain::name::organization_key(name);
    roles
        .into_iter()
        .find(|role| liaison_domain::name::organization_key(&role.name) == key)
        .map(|role| role.id)
        .ok_or_else(|| CommandError::not_found("role"))
}

/// The permissions there are, group by group.
pub fn portal_permissions() -> Vec<PortalPermissionInfo> {
    let info = |permission: PortalPermission| PortalPermissionInfo {
        permission,
        group: permission.group(),
        always: permission == PortalPermission::EditAccount,
        needs: permission.needs(),
    };
    PortalPermission::ALL.into_iter().map(info).collect()
}

/// "With this role, a person sees…", also for permissions that nobody has saved yet.
pub fn role_preview(permissions: &[PortalPermission]) -> RolePreview {
    let permissions = role::permitted(permissions.iter().map(|permission| permission.key()));
    RolePreview { sees: role::sees(&permissions), permissions }
}

/// What other permissions of a role would mean for the people who have it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RoleImpact {
    /// Employer users with the role who can log in.
    pub users: u32,
    /// More of them, whose access is off.
    pub without_access: u32,
    /// What they will be able to do that they can't do now.
    pub gained: Vec<PortalPermission>,
    /// What they will no longer be able to do.
    pub lost: Vec<PortalPermission>,
}

/// What a role with these permissions would mean for the people who have it, before it is saved.
pub async fn role_impact(
    session: &Session,
    id: Id,
    permissions: &[PortalPermission],
) -> Result<RoleImpact, CommandError> {
    session.actor().require(Permission::ManageRoles)?;
    let impact = session.read(|view| {
        let role = view.live(RecordKind::Role, id)?.record;
        // Numbers of users; who they are is not told.
        let (users, without_access) = roles::users(view.everything(), id)?;
        let (gained, lost) = role::difference(&role::of(&role), permissions);
        Ok(RoleImpact { users, without_access, gained, lost })
    });
    Ok(impact.await?)
}

/// Defines a role.
pub async fn role_create(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageRoles)?;
    forms::add(session, RecordKind::Role, values, |db, role| {
        role::complete(role)?;
        free_name(db, role, &role::NAME)
    })
    .await
}

/// Edits what a role permits, and its name; "Default Access" keeps its name.
pub async fn role_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageRoles)?;
    forms::amend(session, RecordKind::Role, id, edits, |db, before, after| {
        role::complete(after)?;
        role::check_change(before, after)?;
        free_name(db, after, &role::NAME)
    })
    .await
}

/// Deletes a role; its users get another.
pub async fn role_delete(session: &Session, id: Id, instead: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageRoles)?;
    // Its users get another role, and with it perhaps more than they had.
    session.actor().require(Permission::ManageAccess)?;
    let now = session.now() as i64;
    let title = session.read(|view| view.name_of(RecordKind::Role, id)).await?.unwrap_or_default();
    let (users, operation) = session
        .commit(Step::new(OperationKind::RolesDelete).detail(title), |recorder| {
            let db = recorder.db();
            let located = table::get(db, RecordKind::Role, id)?;
            let other = table::find(db, RecordKind::Role, instead)?;
            if located.record.is_deleted() {
                return Err(StoreError::NotFound(RecordKind::Role.key()));
            }
            if instead == id || other.is_none_or(|other| other.record.is_deleted()) {
                return Err(Refusal::of("role", Problem::UnknownReference).into());
            }
            let mut after = located.record.clone();
            after.set(&DELETED_AT, Value::Moment(now));
            role::check_change(&located.record, &after)?;
            let users = references::rows(db, RecordKind::EmployerUser, &employer_user::ROLE, id, true)?;
            for (n, user) in &users {
                let record = table::get(db, RecordKind::EmployerUser, *user)?.record;
                let change = record.change(&employer_user::ROLE, Value::from(instead));
                recorder.update(RecordKind::EmployerUser, *n, *user, change.as_slice())?;
            }
            let deletion = located.record.change(&DELETED_AT, Value::Moment(now));
            recorder.update(RecordKind::Role, located.n, id, deletion.as_slice())?;
            Ok(users.len() as u32)
        })
        .await?;
    Ok(Done { operation, changed: 1, skipped: 0, users })
}
