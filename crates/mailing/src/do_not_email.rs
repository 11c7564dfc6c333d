//! The fields by which people ask not to be written to.

use liaison_domain::{Field, attribute};
use liaison_store::{Db, StoreError, attributes};

/// The attributes that mean "Do not email".
pub(crate) fn do_not_email(db: &Db<'_>) -> Result<Vec<&'static Field>, StoreError> {
    attributes::meaning(db, attribute::DO_NOT_EMAIL)
}
