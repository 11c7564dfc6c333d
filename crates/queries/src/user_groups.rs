//! Groups of students and alumni (M33).

use liaison_domain::Id;
use liaison_store::{Db, StoreError};
use serde::Serialize;
use specta::Type;

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct UserGroup {
    /// The group.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    pub description: String,
    /// How many students and alumni are in it.
    pub members: u32,
    /// How many of them have an active account.
    pub active: u32,
}

/// The live groups, by name.
pub fn list(db: &Db<'_>) -> Result<Vec<UserGroup>, StoreError> {
    db.all(
        "SELECT g.id,g.name,g.description,count(t.n),
            count(t.n) FILTER (WHERE t.activated_at IS NOT NULL AND t.deactivated_at IS NULL)
         FROM user_group g LEFT JOIN student t ON t.user_group=g.id AND t.deleted_at IS NULL
         WHERE g.deleted_at IS NULL GROUP BY g.n ORDER BY g.name COLLATE NOCASE,g.n",
        &[],
        |row| {
            Ok(UserGroup {
                id: row.id(0)?,
                name: row.text(1).to_owned(),
                description: row.text(2).to_owned(),
                members: row.int(3) as u32,
                active: row.int(4) as u32,
            })
        },
    )
}
