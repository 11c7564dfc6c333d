//! The changes of the journal as a whole: how many there are, which came last, what they touched.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use liaison_domain::{Id, RecordKind};

/// How many changes the journal has.
pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    Ok(db.number("SELECT count(*) FROM change", &[])?.unsigned_abs())
}

/// The number of the last change; 0 where there is none.
pub fn last(db: &Db<'_>) -> Result<i64, StoreError> {
    db.number("SELECT coalesce(max(n),0) FROM change", &[])
}

/// The records of these two kinds that changes after number `n` are about, each once, with its kind.
///
/// Errors: `Damaged` where a change names no record.
pub fn records_since(db: &Db<'_>, n: i64, kinds: [RecordKind; 2]) -> Result<Vec<(RecordKind, Id)>, StoreError> {
    let [one, other] = kinds;
    db.all(
        "SELECT DISTINCT record,kind FROM change WHERE n>?1 AND kind IN (?2,?3)",
        &[Sql::Int(n), Sql::Int(one as i64), Sql::Int(other as i64)],
        |row| Ok((if row.int(1) == one as i64 { one } else { other }, row.id(0)?)),
    )
}

/// The oldest of the records that `changes` changes from number `first` on are about; `None` where there are none.
///
/// Errors: `Damaged` where a change names no record.
pub(crate) fn oldest_record(db: &Db<'_>, first: i64, changes: i64) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT min(record) FROM change WHERE n>=? AND n<?";
    Ok(db.first(sql, &[Sql::Int(first), Sql::Int(first + changes)], |row| row.optional_id(0))?.flatten())
}
