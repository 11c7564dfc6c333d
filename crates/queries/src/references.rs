//! Who refers to a record: what merging re-points, what a delete must explain, what undo must not pull away.

use liaison_domain::field::FieldType;
use liaison_domain::{Field, Id, RecordKind};
use liaison_store::journal::{self, Logged};
use liaison_store::table::{self, Located};
use liaison_store::{Db, Sql, StoreError};

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
    db.all(&sql, &[Sql::Blob(id.bytes())], |row| Ok((row.int(0), row.id(1)?)))
}

/// The live records of `kind` that refer to one of `ids` by `field`, in the order they were made, each with the one it
/// refers to. SQLite takes no more than 32,766 ids at once.
pub fn records(db: &Db<'_>, kind: RecordKind, field: &Field, ids: &[Id]) -> Result<Vec<(Located, Id)>, StoreError> {
    let columns = table::columns(db.registry(), kind);
    let sql = format!(
        "SELECT n,id,{},{columns} FROM {} WHERE {} IN ({}) AND deleted_at IS NULL ORDER BY n",
        field.key,
        kind.key(),
        field.key,
        vec!["?"; ids.len()].join(",")
    );
    let bound: Vec<Sql<'_>> = ids.iter().map(|id| Sql::Blob(id.bytes())).collect();
    db.all(&sql, &bound, |row| {
        let record = table::record(row, 3, kind, row.id(1)?)?;
        Ok((Located { n: row.int(0), record }, row.id(2)?))
    })
}

/// Whether any live record refers to the record.
pub fn any(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
    for (referring, field) in kind.referring() {
        let sql =
            format!("SELECT EXISTS(SELECT 1 FROM {} WHERE {}=? AND deleted_at IS NULL)", referring.key(), field.key);
        if db.number(&sql, &[Sql::Blob(id.bytes())])? == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The records that a live record refers to.
pub fn from(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Vec<Id>, StoreError> {
    let is_reference = |field: &&&Field| matches!(field.field_type, FieldType::Reference { .. });
    let columns: Vec<&str> = kind.fields().iter().filter(is_reference).map(|field| field.key).collect();
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {} FROM {} WHERE id=? AND deleted_at IS NULL", columns.join(","), kind.key());
    let found = db.first(&sql, &[Sql::Blob(id.bytes())], |row| {
        (0..columns.len()).filter_map(|column| row.optional_id(column).transpose()).collect()
    })?;
    Ok(found.unwrap_or_default())
}

/// How many live records that refer to the record have changes that came or count after an operation.
pub fn changed_since(db: &Db<'_>, kind: RecordKind, id: Id, after: &Logged) -> Result<u32, StoreError> {
    let [end, stamp, device] = journal::bounds(after);
    let bound = [end, stamp, device, Sql::Blob(id.bytes())];
    let mut count = 0;
    for (referring, field) in kind.referring() {
        let sql = format!(
            "SELECT count(*) FROM {} t WHERE t.{}=?4 AND t.deleted_at IS NULL
                AND EXISTS(SELECT 1 FROM change c {} WHERE c.record=t.id AND {})",
            referring.key(),
            field.key,
            journal::OF_CHANGE,
            journal::LATER
        );
        count += db.number(&sql, &bound)? as u32;
    }
    Ok(count)
}

/// The last operation after this one that changed a live record that refers to the record.
pub fn last_change(db: &Db<'_>, kind: RecordKind, id: Id, after: &Logged) -> Result<Option<Logged>, StoreError> {
    let [end, stamp, device] = journal::bounds(after);
    let bound = [end, stamp, device, Sql::Blob(id.bytes())];
    let mut last: Option<Logged> = None;
    for (referring, field) in kind.referring() {
        let condition = format!(
            "c.record IN (SELECT t.id FROM {} t WHERE t.{}=?4 AND t.deleted_at IS NULL) AND {}",
            referring.key(),
            field.key,
            journal::LATER
        );
        let found = journal::last_where(db, &condition, &bound)?;
        last = last.into_iter().chain(found).max_by_key(|each| (each.stamp, each.operation.device));
    }
    Ok(last)
}
