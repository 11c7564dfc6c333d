//! Roles of employer users.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::Id;

/// The role of this name that ships with the product.
pub fn built_in(db: &Db<'_>, name: &str) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM role WHERE name=? AND built_in=1 ORDER BY n LIMIT 1";
    db.first(sql, &[Sql::Text(name)], |row| row.id(0))
}
