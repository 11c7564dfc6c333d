//! Templates of messages.

use liaison_domain::{Record, RecordKind};
use liaison_store::{Db, StoreError, table};

/// The live templates, by name.
pub fn list(db: &Db<'_>) -> Result<Vec<Record>, StoreError> {
    let kind = RecordKind::MailTemplate;
    let columns = table::columns(db.registry(), kind);
    let sql = format!("SELECT id,{columns} FROM mail_template WHERE deleted_at IS NULL ORDER BY name,n");
    db.all(&sql, &[], |row| {
        let id = row.id(0)?;
        table::record(row, 1, kind, id)
    })
}
