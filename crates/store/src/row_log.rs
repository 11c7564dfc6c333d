//! Which rows each transaction changed, as SQLite itself tells it: whoever wrote them, and whichever way.
//!
//! What is kept in memory of rows asks here what came since, within the transaction that it reads in. So it is never older
//! than what is read beside it, and nobody who writes has to think of it. Transactions have numbers without gaps; only the
//! newest are kept, and who has seen none of these begins anew.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use crate::watched::Watched;
use liaison_domain::RecordKind;
use rand::Rng as _;
use serde::{Deserialize, Serialize};

/// Most ranges that are kept. They stand in the order of their transactions: what goes first is the oldest.
const KEPT_MOST: i64 = 16_384;

/// The last transaction that changed rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its number.
    pub number: i64,
    /// What was drawn for it.
    pub token: i64,
}

/// Rows that changed, or stand between some that did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedRange {
    /// Their kind.
    pub kind: RecordKind,
    /// The number of the first.
    pub first: u32,
    /// The number of the last.
    pub last: u32,
}

/// The last transaction that changed rows, in the state that is read.
pub fn stamp(db: &Db<'_>) -> Result<Stamp, StoreError> {
    let sql = "SELECT stamp,token FROM row_change ORDER BY stamp DESC LIMIT 1";
    let found = db.first(sql, &[], |row| Ok(Stamp { number: row.int(0), token: row.int(1) }))?;
    Ok(found.unwrap_or_default())
}

/// The rows that changed after a transaction, in the state that is read. `None` where that is not known: the transaction
/// is another database's, or too long ago.
pub fn since(db: &Db<'_>, seen: Stamp) -> Result<Option<Vec<ChangedRange>>, StoreError> {
    let is_known = db.number(
        "SELECT count(*) FROM (SELECT 1 FROM row_change WHERE stamp=? AND token=? LIMIT 1)",
        &[Sql::Int(seen.number), Sql::Int(seen.token)],
    )?;
    if is_known == 0 {
        return Ok(None);
    }
    let sql = "SELECT kind,first,last FROM row_change WHERE stamp>?";
    let found = db.all(sql, &[Sql::Int(seen.number)], |row| {
        let kind = u8::try_from(row.int(0)).ok().and_then(RecordKind::from_number);
        Ok(kind.map(|kind| ChangedRange { kind, first: row.int(1) as u32, last: row.int(2) as u32 }))
    })?;
    Ok(Some(found.into_iter().flatten().collect()))
}

/// Writes what the transaction changed into the log; the last thing it does.
pub(crate) fn write(db: &Db<'_>, watched: &Watched) -> Result<(), StoreError> {
    let mut ranges = watched.take().peekable();
    if ranges.peek().is_none() {
        return Ok(());
    }
    let number = stamp(db)?.number + 1;
    let token: i64 = rand::rng().random();
    for (kind, ranges) in ranges {
        for (first, last) in ranges {
            db.run(
                "INSERT INTO row_change(stamp,kind,first,last,token) VALUES(?,?,?,?,?)",
                &[Sql::Int(number), Sql::Int(i64::from(kind)), Sql::Int(first), Sql::Int(last), Sql::Int(token)],
            )?;
        }
    }
    // Of the oldest that stays a part may go. That it is there is all that is asked of it.
    let oldest = "DELETE FROM row_change WHERE rowid<=(SELECT max(rowid) FROM row_change)-?";
    db.run(oldest, &[Sql::Int(KEPT_MOST)])?;
    Ok(())
}
