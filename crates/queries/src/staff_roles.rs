//! Roles of the staff that are not built in.

use liaison_domain::Id;
use liaison_store::{Db, Sql, StoreError};

/// A role of one's own, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStaffRole {
    /// The role's record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What people with it do.
    pub description: String,
    /// What it permits: a list of keys as JSON.
    pub permissions: Option<String>,
    /// How many active staff members have it.
    pub members: u32,
}

/// Every role, by name; those in the trash are left out.
///
/// Errors: `Damaged` for a role whose id is none.
pub fn all(db: &Db<'_>) -> Result<Vec<OwnStaffRole>, StoreError> {
    db.all(
        "SELECT r.id,r.name,r.description,r.permissions,(SELECT count(*) FROM staff s WHERE s.own_role=r.id
                AND s.deleted_at IS NULL AND s.deactivated_at IS NULL)
             FROM staff_role r WHERE r.deleted_at IS NULL ORDER BY r.name COLLATE NOCASE,r.n",
        &[],
        |row| {
            Ok(OwnStaffRole {
                id: row.id(0)?,
                name: row.text(1).to_owned(),
                description: row.text(2).to_owned(),
                permissions: row.optional_text(3),
                members: row.int(4) as u32,
            })
        },
    )
}

/// Names of the active staff members who have the role, in the order in which they came.
pub fn members(db: &Db<'_>, role: Id) -> Result<Vec<String>, StoreError> {
    db.all(
        "SELECT first_name,last_name FROM staff WHERE own_role=? AND deleted_at IS NULL AND deactivated_at IS NULL
             ORDER BY n",
        &[Sql::Blob(role.bytes())],
        |row| Ok(liaison_domain::name::person_name(row.text(0), "", row.text(1))),
    )
}
