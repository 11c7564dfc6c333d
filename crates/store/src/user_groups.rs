//! Groups of students and alumni.

use crate::error::StoreError;
use crate::sqlite::Db;
use liaison_domain::Id;

/// The groups that are not in the trash, each with its name.
pub fn names(db: &Db<'_>) -> Result<Vec<(Id, String)>, StoreError> {
    db.all("SELECT id,name FROM user_group WHERE deleted_at IS NULL", &[], |row| {
        Ok((row.id(0)?, row.text(1).to_owned()))
    })
}
