//! Who takes part in what.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::{Field, Id};

/// Whether a participation other than `except` has this contact take part in this part in what `field` refers to; those
/// in the trash are left out.
pub fn is_taken(
    db: &Db<'_>,
    contact: Id,
    (field, place): (&Field, Id),
    part: &str,
    except: Id,
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT EXISTS(SELECT 1 FROM participation WHERE contact=? AND {}=? AND part=? AND deleted_at IS NULL AND id<>?)",
        field.key
    );
    let bound = [Sql::Blob(contact.bytes()), Sql::Blob(place.bytes()), Sql::Text(part), Sql::Blob(except.bytes())];
    Ok(db.number(&sql, &bound)? == 1)
}
