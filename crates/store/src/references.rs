//! Who refers to a record: what merging re-points, what a delete must explain, what undo must not pull away.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::{Field, Id, RecordKind};

/// A field by which live records refer to a record.
#[derive(Clone, Copy, Debug)]
pub struct Referring {
    /// The kind of the records that refer.
    pub kind: RecordKind,
    /// The field by which they do.
    pub field: &'static Field,
    /// How many there are, not counting those in the trash.
    pub count: u32,
}

/// Every field by which live records refer to the record; fields by which none does are left out.
pub fn to(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Vec<Referring>, StoreError> {
    let mut found = Vec::new();
    for (referring, field) in kind.referring() {
        let sql = format!("SELECT count(*) FROM {} WHERE {}=? AND deleted_at IS NULL", referring.key(), field.key);
        let count = db.number(&sql, &[Sql::Blob(id.bytes())])? as u32;
        if count > 0 {
            found.push(Referring { kind: referring, field, count });
        }
    }
    Ok(found)
}

/// The records of `kind` that refer to `id` by `field`: row number and id, in the order they were made. Those in the
/// trash are among them where `trashed` says so: a merge takes them along, so that restoring them finds the survivor.
pub fn rows(db: &Db<'_>, kind: RecordKind, field: &Field, id: Id, trashed: bool) -> Result<Vec<(i64, Id)>, StoreError> {
    let alive = if trashed { "" } else { " AND deleted_at IS NULL" };
    let sql = format!("SELECT n,id FROM {} WHERE {}=?{alive} ORDER BY n", kind.key(), field.key);
    db.all(&sql, &[Sql::Blob(id.bytes())], |row| {
        let id = Id::from_bytes(row.blob(1)).ok_or_else(|| StoreError::Damaged("an id".into()))?;
        Ok((row.int(0), id))
    })
}
