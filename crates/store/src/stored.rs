//! The stored values of rows, for what keeps them in memory.

use crate::error::StoreError;
use crate::list::name_column;
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::{Field, RecordKind};

/// The column of [`each`] that has a row's id.
pub const ID: usize = 2;
/// The column of [`each`] that has what lists by name are sorted by.
pub const NAME: usize = 3;
/// The column of [`each`] that has the first of the fields.
pub const FIELDS: usize = 4;

/// Passes the rows of a kind from number `first` to `last` to `each`, ascending: the number, whether it is out of the
/// trash, and the row with its columns.
pub fn each(
    db: &Db<'_>,
    kind: RecordKind,
    fields: &[&Field],
    (first, last): (u32, u32),
    mut each: impl FnMut(u32, bool, &Statement<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut sql = format!("SELECT n,deleted_at IS NULL,id,{}", name_column(kind));
    for field in fields {
        sql.push(',');
        sql.push_str(field.key);
    }
    sql.push_str(&format!(" FROM {} NOT INDEXED WHERE n BETWEEN ? AND ? ORDER BY n", kind.key()));
    let mut rows = db.prepare(&sql)?;
    rows.bind(&[Sql::Int(i64::from(first)), Sql::Int(i64::from(last))])?;
    while rows.step()? {
        each(rows.int(0) as u32, rows.int(1) == 1, &rows)?;
    }
    Ok(())
}

/// The highest number of a row of a kind.
pub fn last_row(db: &Db<'_>, kind: RecordKind) -> Result<u32, StoreError> {
    Ok(db.number(&format!("SELECT coalesce(max(n),0) FROM {}", kind.key()), &[])? as u32)
}
