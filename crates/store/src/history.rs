//! The history up to the snapshot that a desk began with: it goes into the journal as it comes, and nothing is folded, for
//! the rows have it already. Once all of it is here, nothing is left of the snapshot.

use crate::base;
use crate::database::Database;
use crate::error::StoreError;
use crate::fold;
use crate::replica::{self, Stop};
use crate::sqlite::{Db, Sql};
use liaison_domain::Hlc;
use liaison_domain::contents::Contents;
use liaison_domain::replication::{Content, Entry, LinkedOperation, Placed};

/// The place up to which it is here.
const HISTORY: &str = "history";
/// The last place of the log when history was last read: values that were erased up to there are not in it.
const READ_AT: &str = "history_read_at";

/// How much of the history is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The place of the hub's log up to which it is here: what comes next is asked for after it.
    pub after: u64,
    /// The place up to which it is missing.
    pub until: u64,
}

/// The history that is not here yet; `None` where there is none.
pub fn missing(db: &Db<'_>) -> Result<Option<Missing>, StoreError> {
    let Some(begun) = base::begun(db)? else { return Ok(None) };
    Ok(Some(Missing { after: replica::get(db, HISTORY)?, until: begun.place }))
}

impl Database {
    /// Takes in entries of the log that the snapshot already counts, in the order of their places, in one transaction.
    /// Those that are here, or come after it, are left out; `last` is the last place of the log when it was read. Errors:
    /// those of SQLite; no content makes it fail.
    pub async fn take_history(&self, entries: &[Placed], last: u64) -> Result<Option<Stop>, StoreError> {
        self.write(|db| take(db, entries, last)).await
    }
}

/// As [`Database::take_history`], in the transaction that `db` is in.
pub fn take(db: &Db<'_>, entries: &[Placed], last: u64) -> Result<Option<Stop>, StoreError> {
    let Some(Missing { mut after, until }) = missing(db)? else { return Ok(None) };
    let mut stopped = None;
    for Placed { place, entry } in entries {
        if *place <= after || *place > until {
            continue;
        }
        if *place != after + 1 {
            stopped = Some(Stop::Hole { expected: after + 1 });
            break;
        }
        let fits = match entry {
            Entry::Operation { stamp, operation } => insert(db, *place, *stamp, operation)?,
            Entry::Skipped { device, sequence, chain } => {
                let link = [Sql::Blob(device.bytes()), Sql::Int(*sequence as i64), Sql::Blob(chain)];
                db.run("INSERT OR IGNORE INTO link(device,sequence,chain) VALUES(?,?,?)", &link)?;
                replica::link_before(db, *device, *sequence + 1)? == Some(*chain)
            }
            // This device is younger than its snapshot.
            Entry::Accepted { .. } | Entry::Refused { .. } => false,
        };
        if !fits {
            stopped = Some(Stop::Broken { place: *place });
            break;
        }
        after = *place;
    }
    replica::set(db, HISTORY, after)?;
    replica::set(db, READ_AT, last.max(replica::get(db, READ_AT)?))?;
    if stopped.is_none() && !settle(db)? {
        stopped = Some(Stop::Broken { place: until });
    }
    Ok(stopped)
}

/// Puts an operation into its place in the journal. False where it does not continue its device's chain, or leads to
/// another link than the snapshot has of that device.
fn insert(db: &Db<'_>, place: u64, stamp: Hlc, linked: &LinkedOperation) -> Result<bool, StoreError> {
    let Some(begun) = base::begun(db)? else { return Ok(false) };
    let (device, sequence) = (linked.operation.device, linked.sequence);
    let follows =
        replica::link_before(db, device, sequence)?.is_some_and(|previous| linked.follows(&previous).unwrap_or(true));
    let anchored = replica::link_before(db, device, sequence + 1)?.is_none_or(|link| link == linked.chain);
    let is_known = replica::own(db, device, sequence)?.is_some();
    let next = |table: &str, kept: u64| {
        db.number(&format!("SELECT coalesce(max(n),0)+1 FROM {table} WHERE n<=?"), &[Sql::Int(kept as i64)])
    };
    let (n, first) = (next("operation", begun.operations)?, next("change", begun.changes)?);
    let has_room = n as u64 <= begun.operations && first as u64 + linked.changes.len() as u64 <= begun.changes + 1;
    if !follows || !anchored || is_known || !has_room {
        return Ok(false);
    }
    let mut contents = Contents::default();
    let mut changes = db.prepare("INSERT INTO change(n,record,kind,packed,digest) VALUES(?,?,?,?,?)")?;
    for (number, change) in (first..).zip(&linked.changes) {
        if let Some(kind) = change.kind.known() {
            contents.add(kind, change.record);
        }
        let erases = change.content(linked.operation.kind) == Content::Erasure;
        let erased = !erases && fold::is_erased(db, change.record)?;
        let packed = change.packed.as_deref().filter(|_| !erased);
        changes.execute(&[
            Sql::Int(number),
            Sql::Blob(change.record.bytes()),
            Sql::Int(i64::from(change.kind.number())),
            packed.map_or(Sql::Null, Sql::Blob),
            if packed.is_some() { Sql::Null } else { Sql::Blob(&change.digest) },
        ])?;
    }
    replica::insert(db, n, place, stamp, linked, first, &contents)?;
    Ok(true)
}

/// Lets go of the snapshot where nothing is missing any more: neither history, nor what erased a part of it. False where
/// the history is not as long as the snapshot says.
pub(crate) fn settle(db: &Db<'_>) -> Result<bool, StoreError> {
    let Some(begun) = base::begun(db)? else { return Ok(true) };
    if replica::get(db, HISTORY)? < begun.place || replica::cursor(db)? < replica::get(db, READ_AT)? {
        return Ok(true);
    }
    let count = |table: &str, kept: u64| {
        db.number(&format!("SELECT count(*) FROM {table} WHERE n<=?"), &[Sql::Int(kept as i64)])
    };
    if count("operation", begun.operations)? as u64 != begun.operations
        || count("change", begun.changes)? as u64 != begun.changes
    {
        return Ok(false);
    }
    base::forget(db)?;
    replica::unset(db, HISTORY)?;
    replica::unset(db, READ_AT)?;
    // What the journal has itself needs no link beside it.
    db.execute(
        "DELETE FROM link WHERE EXISTS(SELECT 1 FROM operation o WHERE o.device=link.device AND o.sequence=link.sequence)",
    )?;
    Ok(true)
}
