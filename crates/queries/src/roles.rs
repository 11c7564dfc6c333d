//! Roles of employer users.

use liaison_domain::Id;
use liaison_store::{Db, Sql, StoreError};

/// The role of this name that ships with the product.
pub fn built_in(db: &Db<'_>, name: &str) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM role WHERE name=? AND built_in=1 ORDER BY n LIMIT 1";
    db.first(sql, &[Sql::Text(name)], |row| row.id(0))
}

/// A role.
pub struct Role {
    /// The role.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Ships with the product.
    pub built_in: bool,
    /// How many employer users have it.
    pub users: u32,
    /// What it permits, by key, as it is stored.
    pub permissions: Vec<String>,
}

/// The roles that are not in the trash, by name, "Default Access" first. Errors: `Damaged` where what one permits can't
/// be read.
pub fn list(db: &Db<'_>) -> Result<Vec<Role>, StoreError> {
    db.all(
        "SELECT r.id,r.name,r.built_in,
            (SELECT count(*) FROM employer_user u WHERE u.role=r.id AND u.deleted_at IS NULL),r.permissions
         FROM role r WHERE r.deleted_at IS NULL ORDER BY r.name<>'Default Access',r.name_key",
        &[],
        |row| {
            Ok(Role {
                permissions: serde_json::from_str(row.optional_text(4).as_deref().unwrap_or("[]"))
                    .map_err(|_| StoreError::Damaged("the permissions of a role".into()))?,
                id: row.id(0)?,
                name: row.text(1).to_owned(),
                built_in: row.int(2) == 1,
                users: row.int(3) as u32,
            })
        },
    )
}

/// How many live employer users have a role: those who can log in, and those whose access is off.
pub fn users(db: &Db<'_>, role: Id) -> Result<(u32, u32), StoreError> {
    let sql = "SELECT count(*) FILTER (WHERE access=1),count(*) FILTER (WHERE access IS NOT 1)
        FROM employer_user WHERE role=? AND deleted_at IS NULL";
    let counted = db.first(sql, &[Sql::Blob(role.bytes())], |row| Ok((row.int(0) as u32, row.int(1) as u32)))?;
    Ok(counted.unwrap_or_default())
}
