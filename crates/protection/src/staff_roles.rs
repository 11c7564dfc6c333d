//! Roles of the staff: the built-in ones, and those of one's own.

use crate::staff::{StaffAssignment, assign, someone_manages};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::staff_role::{self, DeskGroup, DeskSight};
use liaison_domain::{Id, OperationKind, Permission, Permissions, RecordKind, StaffRole, Value, organization};
use liaison_engine::active_staff::permissions;
use liaison_engine::error::CommandError;
use liaison_engine::forms;
use liaison_engine::forms::{amend_record, free_name, write};
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_engine::step::{Created, Done};
use liaison_queries::{references, staff, staff_roles};
use liaison_store::table;
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A staff role, built-in or of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct StaffRoleRow {
    /// The role's record; built-in roles have none.
    pub id: Option<Id>,
    /// Which built-in role it is.
    pub built_in: Option<StaffRole>,
    /// Its name; of built-in ones the catalogue has the words.
    pub name: String,
    /// What people with it do.
    pub description: String,
    /// What it permits.
    pub permissions: Vec<Permission>,
    /// How many active staff members have it.
    pub members: u32,
}

/// A permission of the desk, for the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DeskPermissionInfo {
    /// The permission.
    pub permission: Permission,
    /// What it is about.
    pub group: DeskGroup,
    /// Every role has it.
    pub always: bool,
    /// Comes with it.
    pub needs: Option<Permission>,
}

/// What a staff member with some permissions sees.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct StaffRolePreview {
    /// The permissions, with those that come along.
    pub permissions: Vec<Permission>,
    /// Every part of the desk.
    pub sees: Vec<DeskSight>,
}

/// The permissions of the desk there are, group by group.
pub fn desk_permissions() -> Vec<DeskPermissionInfo> {
    let in_group = |(group, members): (DeskGroup, &'static [Permission])| {
        members.iter().map(move |permission| DeskPermissionInfo {
            permission: *permission,
            group,
            always: *permission == staff_role::ALWAYS,
            needs: staff_role::needs(*permission),
        })
    };
    staff_role::IN_GROUPS.into_iter().flat_map(in_group).collect()
}

/// "With this role, a person sees…", also for permissions that nobody has saved yet.
pub fn staff_role_preview(permissions: &[Permission]) -> StaffRolePreview {
    let permissions = staff_role::complete(permissions.iter().copied().collect());
    StaffRolePreview { permissions: permissions.iter().collect(), sees: staff_role::sees(permissions) }
}

/// The staff roles: the built-in ones, then those of one's own.
pub async fn staff_roles_list(session: &Session) -> Result<Vec<StaffRoleRow>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let all = |permissions: Permissions| permissions.iter().collect();
    let rows = session.read(|view| {
        // Staff and their roles are hidden from nobody.
        let db = view.everything();
        let mut rows = Vec::new();
        for role in [StaffRole::Administrator, StaffRole::Advisor, StaffRole::Viewer] {
            rows.push(StaffRoleRow {
                id: None,
                built_in: Some(role),
                name: role.key().to_owned(),
                description: String::new(),
                permissions: all(Permissions::of(role)),
                members: staff::count_with_role(db, role.key())?,
            });
        }
        for role in staff_roles::all(db)? {
            rows.push(StaffRoleRow {
                id: Some(role.id),
                built_in: None,
                name: role.name,
                description: role.description,
                permissions: all(match role.permissions {
                    Some(stored) => permissions(&stored)?,
                    None => Permissions::default(),
                }),
                members: role.members,
            });
        }
        Ok(rows)
    });
    Ok(rows.await?)
}

/// What other permissions of a staff role would mean for the people who have it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct StaffRoleImpact {
    /// Names of the active staff members who have it.
    pub members: Vec<String>,
    /// What they will be able to do that they can't do now.
    pub gained: Vec<Permission>,
    /// What they will no longer be able to do.
    pub lost: Vec<Permission>,
}

/// What a staff role with these permissions would mean for the people who have it, before it is saved.
pub async fn staff_role_impact(
    session: &Session,
    id: Id,
    permissions: &[Permission],
) -> Result<StaffRoleImpact, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    let impact = session.read(|view| {
        let role = view.live(RecordKind::StaffRole, id)?.record;
        let (gained, lost) = staff_role::difference(staff_role::of(&role), permissions.iter().copied().collect());
        // Staff and their roles are hidden from nobody.
        Ok(StaffRoleImpact { members: staff_roles::members(view.everything(), id)?, gained, lost })
    });
    Ok(impact.await?)
}

/// Defines a staff role of one's own.
pub async fn staff_role_create(
    session: &Session,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    forms::add(session, RecordKind::StaffRole, values, |db, role| {
        staff_role::complete_role(role)?;
        free_name(db, role, &staff_role::NAME)
    })
    .await
}

/// Edits a staff role of one's own.
pub async fn staff_role_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    let kind = RecordKind::StaffRole;
    forms::change_one(session, OperationKind::RecordsEdit, kind, id, |recorder| {
        let changed = amend_record(recorder, kind, id, edits, |db, _, role| {
            staff_role::complete_role(role)?;
            free_name(db, role, &staff_role::NAME)
        })?;
        someone_manages(recorder.db())?;
        Ok(changed)
    })
    .await
}

/// Deletes a staff role of one's own; who has it gets another.
pub async fn staff_role_delete(session: &Session, id: Id, instead: StaffAssignment) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    let now = session.now() as i64;
    let title = session.read(|view| view.name_of(RecordKind::StaffRole, id)).await?.unwrap_or_default();
    let (changed, operation) = session
        .commit(Step::new(OperationKind::RolesDelete).detail(title), |recorder| {
            let located = table::get(recorder.db(), RecordKind::StaffRole, id)?;
            let members = references::rows(recorder.db(), RecordKind::Staff, &organization::STAFF_OWN_ROLE, id, true)?;
            if instead == (StaffAssignment::Own { role: id }) {
                return Err(Refusal::of("role", Problem::UnknownReference).into());
            }
            for (n, member) in &members {
                let before = table::get(recorder.db(), RecordKind::Staff, *member)?.record;
                let mut after = before.clone();
                assign(recorder.db(), &mut after, instead)?;
                write(recorder, *n, &before, &after)?;
            }
            let deletion = located.record.change(&DELETED_AT, Value::Moment(now));
            recorder.update(RecordKind::StaffRole, located.n, id, deletion.as_slice())?;
            someone_manages(recorder.db())?;
            Ok(members.len() as u32)
        })
        .await?;
    Ok(Done { operation, changed, skipped: 0, users: 0 })
}
