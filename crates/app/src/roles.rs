//! Employer user roles.

use crate::desk::Desk;
use crate::error::CommandError;
use liaison_domain::{Id, Permission};
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;

/// A role, for pickers.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RoleInfo {
    /// The role.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Ships with the product.
    pub built_in: bool,
    /// How many employer users have it.
    pub users: u32,
}

impl Desk {
    /// All roles, by name, "Default Access" first.
    pub async fn roles_list(&self) -> Result<Vec<RoleInfo>, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let roles = self.database.read(|db| {
            db.all(
                "SELECT r.id,r.name,r.built_in,
                    (SELECT count(*) FROM employer_user u WHERE u.role=r.id AND u.deleted_at IS NULL)
                 FROM role r WHERE r.deleted_at IS NULL ORDER BY r.name<>'Default Access',r.name_key",
                &[],
                |row| {
                    Ok(RoleInfo {
                        id: Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("a role's id".into()))?,
                        name: row.text(1).to_owned(),
                        built_in: row.int(2) == 1,
                        users: row.int(3) as u32,
                    })
                },
            )
        });
        Ok(roles.await?)
    }

    /// The role with this name, for scripts.
    pub async fn role_named(&self, name: &str) -> Result<Id, CommandError> {
        let roles = self.roles_list().await?;
        let key = liaison_domain::name::organization_key(name);
        roles
            .into_iter()
            .find(|role| liaison_domain::name::organization_key(&role.name) == key)
            .map(|role| role.id)
            .ok_or_else(|| CommandError::not_found("role"))
    }
}
