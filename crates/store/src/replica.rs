//! How far this database has come with its hub: what it received, and what it wrote that has no answer yet.

use crate::chain::{changes_of, link_at};
use crate::device;
use crate::error::StoreError;
use crate::journal::{LOGGED, LOGGED_COLUMNS, Logged, logged};
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::contents::Contents;
use liaison_domain::journal::Digest;
use liaison_domain::replication::LinkedOperation;
use liaison_domain::{Head, Hlc, Id};

/// Why what comes next was not taken in. What came before it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The log goes on at this place, and something later came.
    Hole {
        /// The place that is missing.
        expected: u64,
    },
    /// The hub has an operation of this device at this place of its chain that is not here, or another one: the database
    /// was copied, or restored from earlier.
    Forked {
        /// The place in this device's chain.
        sequence: u64,
    },
    /// An operation's link does not follow from the one before it: the log, or what brought it, is not to be trusted.
    Broken {
        /// The place in the hub's log.
        place: u64,
    },
}

/// The greatest place of the hub's log that was received.
const CURSOR: &str = "cursor";
/// The greatest place in this device's own chain that the hub has answered.
const ANSWERED: &str = "answered";

pub(crate) fn get(db: &Db<'_>, key: &str) -> Result<u64, StoreError> {
    Ok(db.number("SELECT value FROM replica WHERE key=?", &[Sql::Text(key)])? as u64)
}

pub(crate) fn set(db: &Db<'_>, key: &str, value: u64) -> Result<(), StoreError> {
    let upsert = "INSERT INTO replica(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=?2";
    db.run(upsert, &[Sql::Text(key), Sql::Int(value as i64)])?;
    Ok(())
}

pub(crate) fn unset(db: &Db<'_>, key: &str) -> Result<(), StoreError> {
    db.run("DELETE FROM replica WHERE key=?", &[Sql::Text(key)])?;
    Ok(())
}

/// The greatest place of the hub's log that this database has received; 0 before the first.
pub fn cursor(db: &Db<'_>) -> Result<u64, StoreError> {
    get(db, CURSOR)
}

pub(crate) fn set_cursor(db: &Db<'_>, place: u64) -> Result<(), StoreError> {
    set(db, CURSOR, place)
}

/// Up to where in its own chain this device has the hub's answers; 0 before the first. The hub answers in the order of
/// the chain.
pub fn answered(db: &Db<'_>) -> Result<u64, StoreError> {
    get(db, ANSWERED)
}

pub(crate) fn set_answered(db: &Db<'_>, sequence: u64) -> Result<(), StoreError> {
    set(db, ANSWERED, sequence)
}

/// How many operations of this device wait for the hub's answer.
pub fn waiting(db: &Db<'_>) -> Result<u64, StoreError> {
    let device = device::here(db)?;
    let sql = "SELECT coalesce(max(sequence),0) FROM operation WHERE device=?";
    Ok((db.number(sql, &[Sql::Blob(device.bytes())])? as u64).saturating_sub(answered(db)?))
}

/// How many operations of this device the hub refused that nobody has dealt with.
pub fn refused(db: &Db<'_>) -> Result<u32, StoreError> {
    Ok(db.number("SELECT count(*) FROM refused WHERE answered=0", &[])? as u32)
}

/// Those operations, with the key of the reason, the latest first; at most `limit`.
pub fn refused_operations(db: &Db<'_>, limit: u32) -> Result<Vec<(Id, String)>, StoreError> {
    let sql = "SELECT r.operation,r.reason FROM refused r JOIN operation o ON o.id=r.operation
        WHERE r.answered=0 ORDER BY o.n DESC LIMIT ?";
    db.all(sql, &[Sql::Int(i64::from(limit))], |row| Ok((row.id(0)?, row.text(1).to_owned())))
}

/// An operation of this device that the hub refused and nobody has dealt with, as it was sent.
pub fn refused_operation(db: &Db<'_>, operation: Id) -> Result<Option<LinkedOperation>, StoreError> {
    let sql = format!(
        "SELECT {LOGGED},o.sequence,o.chain FROM refused r JOIN operation o ON o.id=r.operation
         WHERE r.operation=? AND r.answered=0"
    );
    let found = db.first(&sql, &[Sql::Blob(operation.bytes())], head)?;
    let Some((entry, sequence, chain)) = found else { return Ok(None) };
    let changes = changes_of(db, &entry)?;
    Ok(Some(LinkedOperation { operation: entry.operation, sequence, chain, changes }))
}

/// An operation with its place in its device's chain and its link.
fn head(row: &Statement<'_>) -> Result<(Logged, u64, Digest), StoreError> {
    let chain: Digest =
        row.blob(LOGGED_COLUMNS + 1).try_into().map_err(|_| StoreError::Damaged("a link of the journal".into()))?;
    Ok((logged(row)?, row.int(LOGGED_COLUMNS) as u64, chain))
}

/// Notes that somebody has dealt with a refused operation; false where there is none that waits for it.
pub fn close_refused(db: &Db<'_>, operation: Id) -> Result<bool, StoreError> {
    let waits = "SELECT count(*) FROM refused WHERE operation=? AND answered=0";
    let waits = db.number(waits, &[Sql::Blob(operation.bytes())])? > 0;
    db.run("UPDATE refused SET answered=1 WHERE operation=?", &[Sql::Blob(operation.bytes())])?;
    Ok(waits)
}

/// This device's operations after place `after` of its chain, as they travel: at most `operations` of them, with at most
/// `changes` changes unless the first has more.
pub fn outgoing(db: &Db<'_>, after: u64, operations: usize, changes: u64) -> Result<Vec<LinkedOperation>, StoreError> {
    let device = device::here(db)?;
    let sql = format!(
        "SELECT {LOGGED},o.sequence,o.chain FROM operation o WHERE o.device=? AND o.sequence>? ORDER BY o.sequence LIMIT ?"
    );
    let parameters = [Sql::Blob(device.bytes()), Sql::Int(after as i64), Sql::Int(operations as i64)];
    let mut count = 0;
    let heads = db.all(&sql, &parameters, head)?;
    let few = heads.into_iter().enumerate().take_while(|(at, (entry, ..))| {
        count += entry.changes as u64;
        *at == 0 || count <= changes
    });
    few.map(|(_, (entry, sequence, chain))| {
        let changes = changes_of(db, &entry)?;
        Ok(LinkedOperation { operation: entry.operation, sequence, chain, changes })
    })
    .collect()
}

/// What is known of an operation of a device at a place of its chain.
pub(crate) fn own(db: &Db<'_>, device: Id, sequence: u64) -> Result<Option<Logged>, StoreError> {
    let sql = format!("SELECT {LOGGED} FROM operation o WHERE o.device=? AND o.sequence=?");
    db.first(&sql, &[Sql::Blob(device.bytes()), Sql::Int(sequence as i64)], logged)
}

/// The link before place `sequence` of a device's chain; `None` where it is not here.
pub(crate) fn link_before(db: &Db<'_>, device: Id, sequence: u64) -> Result<Option<Digest>, StoreError> {
    if sequence == 1 { Ok(Some([0; 32])) } else { link_at(db, device, sequence.wrapping_sub(1)) }
}

/// Puts a foreign operation into the journal as number `n`; its changes, from number `first` on, are there.
pub(crate) fn insert(
    db: &Db<'_>,
    n: i64,
    place: u64,
    stamp: Hlc,
    linked: &LinkedOperation,
    first: i64,
    contents: &Contents,
) -> Result<(), StoreError> {
    let operation = &linked.operation;
    let (kind, subject, records) = contents.about(operation.kind.known());
    let (wall, seen) = match operation.head {
        Head::V2 { wall, seen } => (Sql::Int(wall), seen),
        Head::V1 | Head::Newer(_) => (Sql::Null, 0),
    };
    db.run(
        "INSERT INTO operation(n,id,time,actor,device,sequence,kind,detail,undoes,subject,subject_kind,records,
         first_change,changes,chain,head,wall,seen,stamp,hub) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        &[
            Sql::Int(n),
            Sql::Blob(operation.id.bytes()),
            Sql::Int(operation.time.0 as i64),
            Sql::Blob(operation.actor.bytes()),
            Sql::Blob(operation.device.bytes()),
            Sql::Int(linked.sequence as i64),
            Sql::Int(i64::from(operation.kind.number())),
            Sql::Text(&operation.detail),
            operation.undoes.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
            subject.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
            kind.map_or(Sql::Null, |kind| Sql::Int(kind as i64)),
            Sql::Int(records as i64),
            Sql::Int(first),
            Sql::Int(linked.changes.len() as i64),
            Sql::Blob(&linked.chain),
            Sql::Int(i64::from(operation.head.version())),
            wall,
            Sql::Int(seen as i64),
            Sql::Int(stamp.0 as i64),
            Sql::Int(place as i64),
        ],
    )?;
    Ok(())
}
