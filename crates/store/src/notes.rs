//! Notes about contacts.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::Id;

/// The contact a note is about, also of a note in the trash; `None` where there is no such note, or it is about nobody.
///
/// Errors: `Damaged` where what stands there is no id.
pub fn contact_of(db: &Db<'_>, note: Id) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT contact FROM note WHERE id=?";
    Ok(db.first(sql, &[Sql::Blob(note.bytes())], |row| row.optional_id(0))?.flatten())
}
