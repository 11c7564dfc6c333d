//! Pairs of contacts that somebody found to be two people.

use liaison_domain::Id;
use liaison_store::{Db, Sql, StoreError};

/// Every pair, as it is stored; those in the trash are left out.
///
/// Errors: `Damaged` where one of the two is no id.
pub fn all(db: &Db<'_>) -> Result<Vec<(Id, Id)>, StoreError> {
    let sql = "SELECT first,second FROM distinct_pair WHERE deleted_at IS NULL";
    let pairs = db.all(sql, &[], |row| Ok(row.optional_id(0)?.zip(row.optional_id(1)?)))?;
    // The schema lets either be empty; that is a pair of nobody.
    Ok(pairs.into_iter().flatten().collect())
}

/// Whether there is this pair; the smaller id comes first.
pub fn exists(db: &Db<'_>, first: Id, second: Id) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS(SELECT 1 FROM distinct_pair WHERE first=? AND second=? AND deleted_at IS NULL)";
    Ok(db.number(sql, &[Sql::Blob(first.bytes()), Sql::Blob(second.bytes())])? == 1)
}
