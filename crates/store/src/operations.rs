//! The operations of the journal as a whole: how many there are, which came last, by whom and from where.

use crate::changes;
use crate::error::StoreError;
use crate::journal::TOLD_AT;
use crate::sqlite::{Db, Sql};
use liaison_domain::{Id, OperationKind};

/// How many operations the journal has.
pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    Ok(db.number("SELECT count(*) FROM operation", &[])?.unsigned_abs())
}

/// The last operation: its number, and its link of the chain. `None` where there is none.
pub fn last(db: &Db<'_>) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    db.first("SELECT n,chain FROM operation ORDER BY n DESC LIMIT 1", &[], |row| {
        Ok((row.int(0), row.blob(1).to_owned()))
    })
}

/// The link of the chain of the operation with this number; `None` where there is no such operation.
pub fn link(db: &Db<'_>, n: i64) -> Result<Option<Vec<u8>>, StoreError> {
    db.first("SELECT chain FROM operation WHERE n=?", &[Sql::Int(n)], |row| Ok(row.blob(0).to_owned()))
}

/// How many operations after number `n` changed something.
pub fn count_changing_after(db: &Db<'_>, n: i64) -> Result<u32, StoreError> {
    Ok(db.number("SELECT count(*) FROM operation WHERE n>? AND changes>0", &[Sql::Int(n)])? as u32)
}

/// The number of the last operation that changed something, 0 where there is none, and how many of those there are: at
/// most two are counted.
pub fn last_changing(db: &Db<'_>) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT coalesce(max(n),0),(SELECT count(*) FROM (SELECT 1 FROM operation WHERE changes>0 LIMIT 2))
        FROM operation WHERE changes>0";
    Ok(db.first(sql, &[], |row| Ok((row.int(0), row.int(1))))?.unwrap_or_default())
}

/// When the operations of these kinds happened as people are told, in milliseconds since 1970, each with the oldest of
/// the records it changed.
///
/// Errors: `Damaged` where a change names no record.
pub fn oldest_records(db: &Db<'_>, kinds: &[OperationKind]) -> Result<Vec<(i64, Option<Id>)>, StoreError> {
    let kinds = kinds.iter().map(|kind| (*kind as i64).to_string()).collect::<Vec<_>>().join(",");
    let sql = format!("SELECT {TOLD_AT},o.first_change,o.changes FROM operation o WHERE o.kind IN({kinds})");
    let operations = db.all(&sql, &[], |row| Ok((row.int(0), row.int(1), row.int(2))))?;
    operations.into_iter().map(|(at, first, changes)| Ok((at, changes::oldest_record(db, first, changes)?))).collect()
}

/// The operations of these kinds from a moment on, each with when it happened as people are told, in milliseconds since
/// 1970; oldest first.
pub fn moments(db: &Db<'_>, kinds: &[OperationKind], since: i64) -> Result<Vec<(OperationKind, i64)>, StoreError> {
    let numbers = kinds.iter().map(|kind| (*kind as i64).to_string()).collect::<Vec<_>>().join(",");
    let sql =
        format!("SELECT o.kind,{TOLD_AT} FROM operation o WHERE o.kind IN({numbers}) AND {TOLD_AT}>=? ORDER BY o.n");
    let found = db.all(&sql, &[Sql::Int(since)], |row| Ok((row.int(0), row.int(1))))?;
    let known = |number: i64| kinds.iter().copied().find(|kind| *kind as i64 == number);
    Ok(found.into_iter().filter_map(|(number, at)| known(number).map(|kind| (kind, at))).collect())
}

/// What somebody did, in few numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorUse {
    /// The staff member, or the recovery key.
    pub actor: Id,
    /// How many operations of theirs changed something.
    pub operations: u32,
    /// When the last of them happened as people are told, in milliseconds since 1970.
    pub last_at: i64,
    /// The name of the device that was on; empty where it is not known.
    pub device: String,
}

/// Everybody who changed something, whoever did so last first.
///
/// Errors: `Damaged` where an operation names nobody.
pub fn by_actor(db: &Db<'_>) -> Result<Vec<ActorUse>, StoreError> {
    // Beside max(), SQLite takes the other columns from the row that has it.
    let sql = format!(
        "SELECT o.actor,count(*),{TOLD_AT},(SELECT name FROM device d WHERE d.id=o.device),max(o.time)
             FROM operation o WHERE o.changes>0 GROUP BY o.actor ORDER BY 5 DESC"
    );
    db.all(&sql, &[], |row| {
        Ok(ActorUse {
            actor: row.id(0)?,
            operations: row.int(1) as u32,
            last_at: row.int(2),
            device: row.text(3).to_owned(),
        })
    })
}

/// Where the chain of a device ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceEnd {
    /// The device.
    pub device: Id,
    /// Its name; empty where it is not known.
    pub name: String,
    /// How many operations it made: the place of the last one in its chain.
    pub operations: u64,
    /// The link of that operation.
    pub chain: Vec<u8>,
}

/// Where the chain of every device ends that made an operation, by their ids.
///
/// Errors: `Damaged` where an operation names no device.
pub fn by_device(db: &Db<'_>) -> Result<Vec<DeviceEnd>, StoreError> {
    db.all(
        "SELECT o.device,coalesce(d.name,''),o.sequence,o.chain FROM operation o LEFT JOIN device d ON d.id=o.device
         WHERE o.sequence=(SELECT max(sequence) FROM operation p WHERE p.device=o.device) ORDER BY o.device",
        &[],
        |row| {
            Ok(DeviceEnd {
                device: row.id(0)?,
                name: row.text(1).to_owned(),
                operations: row.int(2) as u64,
                chain: row.blob(3).to_owned(),
            })
        },
    )
}
