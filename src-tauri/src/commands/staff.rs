//! Staff: who works here, what they may do, who is at the desk.

use crate::secret::Secret;
use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::staff::{StaffAssignment, StaffMember};
use liaison_app::staff_roles::{DeskPermissionInfo, StaffRoleImpact, StaffRolePreview, StaffRoleRow};
use liaison_app::step::{Created, Done};
use liaison_app::{staff, staff_roles};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, Permission};
use std::collections::HashMap;
use tauri::State;

/// Everybody who works here.
#[tauri::command]
#[specta::specta]
pub async fn staff_list(shell: State<'_, Shell>) -> Result<Vec<StaffMember>, CommandError> {
    staff::staff_list(&shell.session()?).await
}

/// Adds a staff member.
#[tauri::command]
#[specta::specta]
pub async fn staff_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
    assignment: StaffAssignment,
) -> Result<Created, CommandError> {
    staff::staff_create(&shell.session()?, &values, assignment).await
}

/// Edits a staff member.
#[tauri::command]
#[specta::specta]
pub async fn staff_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    staff::staff_edit(&shell.session()?, id, &edits).await
}

/// Gives a staff member another role.
#[tauri::command]
#[specta::specta]
pub async fn staff_assign(shell: State<'_, Shell>, id: Id, assignment: StaffAssignment) -> Result<Done, CommandError> {
    let session = shell.session()?;
    let done = staff::staff_assign(&session, id, assignment).await?;
    // Whoever changed their own role has the new one from now on.
    shell.hand_over(session.for_person(session.actor().staff).await?);
    Ok(done)
}

/// Deactivates a staff member, or lets them come again.
#[tauri::command]
#[specta::specta]
pub async fn staff_deactivate(shell: State<'_, Shell>, id: Id, deactivate: bool) -> Result<Done, CommandError> {
    staff::staff_deactivate(&shell.session()?, id, deactivate).await
}

/// Gives a staff member a passcode of their own on this computer, or takes it away.
#[tauri::command]
#[specta::specta]
pub async fn staff_passcode(
    shell: State<'_, Shell>,
    id: Id,
    passcode: Option<Secret>,
    authority: Option<Secret>,
) -> Result<(), CommandError> {
    staff::staff_passcode(&shell.session()?, id, passcode.as_deref(), authority.as_deref()).await
}

/// What a staff role can permit, group by group.
#[tauri::command]
#[specta::specta]
pub fn desk_permissions() -> Vec<DeskPermissionInfo> {
    staff_roles::desk_permissions()
}

/// What a staff member with these permissions sees.
#[tauri::command]
#[specta::specta]
pub fn staff_role_preview(permissions: Vec<Permission>) -> StaffRolePreview {
    staff_roles::staff_role_preview(&permissions)
}

/// What a staff role with these permissions would mean for the people who have it.
#[tauri::command]
#[specta::specta]
pub async fn staff_role_impact(
    shell: State<'_, Shell>,
    id: Id,
    permissions: Vec<Permission>,
) -> Result<StaffRoleImpact, CommandError> {
    staff_roles::staff_role_impact(&shell.session()?, id, &permissions).await
}

/// The staff roles.
#[tauri::command]
#[specta::specta]
pub async fn staff_roles_list(shell: State<'_, Shell>) -> Result<Vec<StaffRoleRow>, CommandError> {
    staff_roles::staff_roles_list(&shell.session()?).await
}

/// Defines a staff role.
#[tauri::command]
#[specta::specta]
pub async fn staff_role_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    staff_roles::staff_role_create(&shell.session()?, &values).await
}

/// Edits a staff role.
#[tauri::command]
#[specta::specta]
pub async fn staff_role_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    staff_roles::staff_role_edit(&shell.session()?, id, &edits).await
}

/// Deletes a staff role; who has it gets another.
#[tauri::command]
#[specta::specta]
pub async fn staff_role_delete(
    shell: State<'_, Shell>,
    id: Id,
    instead: StaffAssignment,
) -> Result<Done, CommandError> {
    staff_roles::staff_role_delete(&shell.session()?, id, instead).await
}

/// Somebody touched mouse or keys.
#[tauri::command]
#[specta::specta]
pub fn presence(shell: State<'_, Shell>) {
    shell.touch();
}

/// Locks the desk: the window shows nothing until somebody unlocks it.
#[tauri::command]
#[specta::specta]
pub async fn lock(shell: State<'_, Shell>) -> Result<(), CommandError> {
    shell.lock().await
}
