//! Saved views.

use liaison_domain::RecordKind;
use liaison_store::table::{self, Located};
use liaison_store::{Db, StoreError};

/// The views that are not in the trash, whosever they are, in their order.
pub fn list(db: &Db<'_>) -> Result<Vec<Located>, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::SavedView);
    db.all(
        &format!("SELECT n,id,{columns} FROM saved_view WHERE deleted_at IS NULL ORDER BY position IS NULL,position,n"),
        &[],
        |row| Ok(Located { n: row.int(0), record: table::record(row, 2, RecordKind::SavedView, row.id(1)?)? }),
    )
}
