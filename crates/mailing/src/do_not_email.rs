//! The fields by which people ask not to be written to.

use liaison_domain::{Field, RecordKind, attribute};
use liaison_store::{Db, Sql, StoreError};

/// The attributes that mean "Do not email".
pub(crate) fn do_not_email(db: &Db<'_>) -> Result<Vec<&'static Field>, StoreError> {
    let numbers = db.all(
        "SELECT number FROM attribute WHERE records='contact' AND meaning=? AND deleted_at IS NULL",
        &[Sql::Text(attribute::DO_NOT_EMAIL)],
        |row| Ok(row.int(0)),
    )?;
    let fields = numbers.into_iter().filter_map(|number| u16::try_from(number).ok());
    Ok(fields.filter_map(|number| db.registry().numbered(RecordKind::Contact, number)).collect())
}
