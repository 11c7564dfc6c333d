//! Employer users and their roles, and how this computer is kept.

use crate::secret::Secret;
use crate::shell::{Shell, watch};
use liaison_app::erasure::ErasureDone;
use liaison_app::lists::Selection;
use liaison_app::new_users::{NewUser, UserCreated};
use liaison_app::roles::{PortalPermissionInfo, RoleImpact, RolePreview};
use liaison_app::security::{DeskUse, RecoveryStep, Security};
use liaison_app::step::{Created, Done};
use liaison_app::users::{EmployerUserDetail, RoleCount, UsersChange, UsersPreview};
use liaison_app::{CommandError, Progress, new_users, roles, security, users};
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
    users::user_get(&shell.session()?, id).await
}

/// Adds an employer user by hand: for a contact, or with a new one.
#[tauri::command]
#[specta::specta]
pub async fn user_create(shell: State<'_, Shell>, who: NewUser, role: Id) -> Result<UserCreated, CommandError> {
    new_users::user_create(&shell.session()?, &who, role).await
}

/// What a change of employer users would do.
#[tauri::command]
#[specta::specta]
pub async fn users_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    change: UsersChange,
) -> Result<UsersPreview, CommandError> {
    users::users_preview(&shell.session()?, &selection, change).await
}

/// Which roles employer users have now.
#[tauri::command]
#[specta::specta]
pub async fn users_roles(shell: State<'_, Shell>, selection: Selection) -> Result<Vec<RoleCount>, CommandError> {
    users::users_roles(&shell.session()?, &selection).await
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
    users::users_access(&shell.session()?, &selection, access, &mut watch(progress)).await
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
    users::users_role(&shell.session()?, &selection, role, &mut watch(progress)).await
}

/// Deletes employer users for good.
#[tauri::command]
#[specta::specta]
pub async fn users_erase(
    shell: State<'_, Shell>,
    selection: Selection,
    progress: Channel<Progress>,
) -> Result<ErasureDone, CommandError> {
    users::users_erase(&shell.session()?, &selection, &mut watch(progress)).await
}

/// What a role can permit, group by group.
#[tauri::command]
#[specta::specta]
pub fn portal_permissions() -> Vec<PortalPermissionInfo> {
    roles::portal_permissions()
}

/// What a person with these permissions sees.
#[tauri::command]
#[specta::specta]
pub fn role_preview(permissions: Vec<PortalPermission>) -> RolePreview {
    roles::role_preview(&permissions)
}

/// What other permissions of a role would mean for the people who have it.
#[tauri::command]
#[specta::specta]
pub async fn role_impact(
    shell: State<'_, Shell>,
    id: Id,
    permissions: Vec<PortalPermission>,
) -> Result<RoleImpact, CommandError> {
    roles::role_impact(&shell.session()?, id, &permissions).await
}

/// Defines an employer user role.
#[tauri::command]
#[specta::specta]
pub async fn role_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    roles::role_create(&shell.session()?, &values).await
}

/// Edits an employer user role.
#[tauri::command]
#[specta::specta]
pub async fn role_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    roles::role_edit(&shell.session()?, id, &edits).await
}

/// Deletes an employer user role; its users get another.
#[tauri::command]
#[specta::specta]
pub async fn role_delete(shell: State<'_, Shell>, id: Id, instead: Id) -> Result<Done, CommandError> {
    roles::role_delete(&shell.session()?, id, instead).await
}

/// How this computer is kept from whoever passes by.
#[tauri::command]
#[specta::specta]
pub async fn security(shell: State<'_, Shell>) -> Result<Security, CommandError> {
    security::security(&shell.session()?).await
}

/// Chooses after how many minutes the desk locks on this computer; 0 for never.
#[tauri::command]
#[specta::specta]
pub async fn security_set(shell: State<'_, Shell>, auto_lock_minutes: u32) -> Result<(), CommandError> {
    security::security_set(&shell.session()?, auto_lock_minutes).await
}

/// Who changed something at this desk, and when last.
#[tauri::command]
#[specta::specta]
pub async fn desk_use(shell: State<'_, Shell>) -> Result<Vec<DeskUse>, CommandError> {
    security::desk_use(&shell.session()?).await
}

/// Makes a new recovery key, shown this once.
#[tauri::command]
#[specta::specta]
pub async fn recovery_renew(shell: State<'_, Shell>, authority: Option<Secret>) -> Result<String, CommandError> {
    security::recovery_renew(&shell.session()?, authority.as_deref()).await
}

/// What happened with the recovery key since the one that works now was made.
#[tauri::command]
#[specta::specta]
pub async fn recovery_history(shell: State<'_, Shell>) -> Result<Vec<RecoveryStep>, CommandError> {
    security::recovery_history(&shell.session()?).await
}

/// Writes down that the recovery key was printed.
#[tauri::command]
#[specta::specta]
pub async fn recovery_printed(shell: State<'_, Shell>) -> Result<(), CommandError> {
    security::recovery_printed(&shell.session()?).await
}
