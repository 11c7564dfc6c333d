//! Employer users and their roles, and how this computer is kept.

use crate::secret::Secret;
use crate::shell::{Shell, watch};
use liaison_app::erasure::ErasureDone;
use liaison_app::lists::Selection;
use liaison_app::records::{Created, Done};
use liaison_app::roles::{PortalPermissionInfo, RolePreview};
use liaison_app::security::{DeskUse, Security};
use liaison_app::users::{EmployerUserDetail, UsersChange, UsersPreview};
use liaison_app::{CommandError, Desk, Progress};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::role::PortalPermission;
use std::collections::HashMap;
use tauri::State;
use tauri::ipc::Channel;

/// An employer user's page; who it is, is withheld where the profile is private.
#[tauri::command]
#[specta::specta]
pub async fn user_get(shell: State<'_, Shell>, id: Id) -> Result<EmployerUserDetail, CommandError> {
    shell.desk()?.user_get(id).await
}

/// What a change of employer users would do.
#[tauri::command]
#[specta::specta]
pub async fn users_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    change: UsersChange,
) -> Result<UsersPreview, CommandError> {
    shell.desk()?.users_preview(&selection, change).await
}

/// Switches "User Can Access Your Site" on or off.
#[tauri::command]
#[specta::specta]
pub async fn users_access(
    shell: State<'_, Shell>,
    selection: Selection,
    access: bool,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    shell.desk()?.users_access(&selection, access, &mut watch(progress)).await
}

/// Gives employer users another role.
#[tauri::command]
#[specta::specta]
pub async fn users_role(
    shell: State<'_, Shell>,
    selection: Selection,
    role: Id,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    shell.desk()?.users_role(&selection, role, &mut watch(progress)).await
}

/// Deletes employer users for good.
#[tauri::command]
#[specta::specta]
pub async fn users_erase(
    shell: State<'_, Shell>,
    selection: Selection,
    progress: Channel<Progress>,
) -> Result<ErasureDone, CommandError> {
    shell.desk()?.users_erase(&selection, &mut watch(progress)).await
}

/// What a role can permit, group by group.
#[tauri::command]
#[specta::specta]
pub fn portal_permissions() -> Vec<PortalPermissionInfo> {
    Desk::portal_permissions()
}

/// What a person with these permissions sees.
#[tauri::command]
#[specta::specta]
pub fn role_preview(permissions: Vec<PortalPermission>) -> RolePreview {
    Desk::role_preview(&permissions)
}

/// Defines an employer user role.
#[tauri::command]
#[specta::specta]
pub async fn role_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    shell.desk()?.role_create(&values).await
}

/// Edits an employer user role.
#[tauri::command]
#[specta::specta]
pub async fn role_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    shell.desk()?.role_edit(id, &edits).await
}

/// Deletes an employer user role; its users get another.
#[tauri::command]
#[specta::specta]
pub async fn role_delete(shell: State<'_, Shell>, id: Id, instead: Id) -> Result<Done, CommandError> {
    shell.desk()?.role_delete(id, instead).await
}

/// How this computer is kept from whoever passes by.
#[tauri::command]
#[specta::specta]
pub async fn security(shell: State<'_, Shell>) -> Result<Security, CommandError> {
    shell.desk()?.security().await
}

/// Chooses after how many minutes the desk locks on this computer; 0 for never.
#[tauri::command]
#[specta::specta]
pub async fn security_set(shell: State<'_, Shell>, auto_lock_minutes: u32) -> Result<(), CommandError> {
    shell.desk()?.security_set(auto_lock_minutes).await
}

/// Who changed something at this desk, and when last.
#[tauri::command]
#[specta::specta]
pub async fn desk_use(shell: State<'_, Shell>) -> Result<Vec<DeskUse>, CommandError> {
    shell.desk()?.desk_use().await
}

/// Makes a new recovery key, shown this once.
#[tauri::command]
#[specta::specta]
pub async fn recovery_renew(shell: State<'_, Shell>, authority: Option<Secret>) -> Result<String, CommandError> {
    shell.desk()?.recovery_renew(authority.as_deref()).await
}
