//! The chain of the journal: going along its links, and whether it holds.

use crate::anchor;
use crate::changes;
use crate::error::StoreError;
use crate::journal::{LOGGED, LOGGED_COLUMNS, Logged, logged};
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::contents::Contents;
use liaison_domain::journal::{self, Digest, Link, Unreadable};
pub use liaison_domain::replication::LinkedChange;
use liaison_domain::{Id, Numbered, RecordKind};

/// An operation with its place in its device's chain.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The operation.
    pub logged: Logged,
    /// Its place in the chain, from 1.
    pub sequence: u64,
    /// Its link.
    pub chain: Digest,
}

/// The changes of one operation, in their order.
pub type LinkedChanges<'a> = &'a mut dyn Iterator<Item = Result<LinkedChange, StoreError>>;

/// Passes each operation to `each`, by device and in the order of its chain, with its changes. One operation and one
/// change are in memory at a time.
///
/// # Errors
/// `Damaged` where one of them can't be read; and what `each` gives.
pub fn each_link(
    db: &Db<'_>,
    each: &mut dyn FnMut(Linked, LinkedChanges<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut operations = db.prepare(&in_order())?;
    let mut changes = db.prepare(CHANGES)?;
    while operations.step()? {
        let chain = operations.blob(SEQUENCE + 1).try_into();
        let linked = Linked {
            logged: logged(&operations)?,
            sequence: operations.int(SEQUENCE) as u64,
            chain: chain.map_err(|_| StoreError::Damaged("a link of the journal".into()))?,
        };
        changes.bind(&range(&linked.logged))?;
        each(
            linked,
            &mut std::iter::from_fn(|| match changes.step() {
                Ok(true) => Some(linked_change(&changes)),
                Ok(false) => None,
                Err(error) => Some(Err(error)),
            }),
        )?;
    }
    Ok(())
}

/// Every operation by device and in the order of its chain. The index is named, so that nothing is sorted.
fn in_order() -> String {
    format!(
        "SELECT {LOGGED},o.sequence,o.chain FROM operation o INDEXED BY sqlite_autoindex_operation_2 ORDER BY o.device,o.sequence"
    )
}

/// The column of an operation's place in its chain, after those of [`LOGGED`]; its link comes next.
const SEQUENCE: usize = LOGGED_COLUMNS;

const CHANGES: &str = "SELECT record,kind,packed,digest FROM change WHERE n>=? AND n<? ORDER BY n";

fn range(operation: &Logged) -> [Sql<'static>; 2] {
    let end = operation.first_change.saturating_add(operation.changes);
    [Sql::Int(operation.first_change), Sql::Int(end)]
}

/// The changes of an operation, as they travel.
pub(crate) fn changes_of(db: &Db<'_>, operation: &Logged) -> Result<Vec<LinkedChange>, StoreError> {
    db.all(CHANGES, &range(operation), linked_change)
}

/// The link at this place of a device's chain; `None` where it is not here.
pub(crate) fn link_at(db: &Db<'_>, device: Id, sequence: u64) -> Result<Option<Digest>, StoreError> {
    match anchor::chain_at(db, device, sequence)? {
        Some(chain) => Ok(Some(chain)),
        None => known_link(db, device, sequence as i64),
    }
}

fn linked_change(row: &Statement<'_>) -> Result<LinkedChange, StoreError> {
    let record = row.id(0)?;
    let kind = u8::try_from(row.int(1)).map_err(|_| StoreError::damaged_change(record))?;
    let kind = Numbered::<RecordKind>::of(kind);
    let packed = (!row.is_null(2)).then(|| row.blob(2).to_vec());
    let digest = match &packed {
        Some(packed) => journal::change_digest(kind, record, packed),
        None => row.blob(3).try_into().map_err(|_| StoreError::damaged_change(record))?,
    };
    Ok(LinkedChange { kind, record, packed, digest })
}

/// What came out of checking the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainCheck {
    /// How many operations were checked.
    pub operations: u32,
    /// The first thing that is not as it should be.
    pub problem: Option<String>,
}

/// Computes every link of every device's chain again and compares; also that every change belongs to one operation and
/// that an operation says rightly what it is about, which the links leave out because it follows from the changes.
///
/// What no chain can show is that its end was cut off clean: for that, its head must be kept somewhere else
/// ([`crate::anchor`]).
pub fn check_chain(db: &Db<'_>) -> Result<ChainCheck, StoreError> {
    let (mut checked, mut belonging) = (0, 0);
    let mut operations = db.prepare(&in_order())?;
    let mut changes = db.prepare(CHANGES)?;
    let mut previous: Option<(Id, Digest, i64)> = None;
    let mut problem = None;
    while problem.is_none() && operations.step()? {
        checked += 1;
        // One that can't be read is a finding, not a failure of the check.
        let Ok(entry) = logged(&operations) else {
            problem = Some(format!("operation number {} can't be read", operations.int(0)));
            break;
        };
        let chain: Option<Digest> = operations.blob(SEQUENCE + 1).try_into().ok();
        let before = previous.filter(|(device, ..)| *device == entry.operation.device);
        let mut before = before.map_or(([0; 32], 0), |(_, chain, sequence)| (chain, sequence));
        let sequence = operations.int(SEQUENCE);
        if sequence != before.1 + 1
            && let Some(chain) = known_link(db, entry.operation.device, sequence - 1)?
        {
            before = (chain, sequence - 1);
        }
        changes.bind(&range(&entry))?;
        problem = check_link(&entry, (sequence, chain), before, &mut changes, &mut belonging)?;
        previous = chain.map(|chain| (entry.operation.device, chain, sequence));
    }
    drop(operations);
    if problem.is_none() {
        problem = check_changes(db, belonging)?;
    }
    Ok(ChainCheck { operations: checked, problem })
}

/// The link at this place of a device's chain, where it is known without its operation: that was refused on its way here.
fn known_link(db: &Db<'_>, device: Id, sequence: i64) -> Result<Option<Digest>, StoreError> {
    let sql = "SELECT chain FROM link WHERE device=? AND sequence=?";
    let chain =
        db.first(sql, &[Sql::Blob(device.bytes()), Sql::Int(sequence)], |row| Ok(row.blob(0).try_into().ok()))?;
    Ok(chain.flatten())
}

/// What is wrong with an operation, whose changes are counted; `before` is the link before its own, with its place.
fn check_link(
    entry: &Logged,
    (sequence, chain): (i64, Option<Digest>),
    before: (Digest, i64),
    changes: &mut Statement<'_>,
    belonging: &mut i64,
) -> Result<Option<String>, StoreError> {
    let (mut link, mut contents) = (Link::default(), Contents::default());
    // What a newer version's operation is about only that version knows.
    let mut newer = entry.operation.kind.known().is_none();
    while changes.step()? {
        *belonging += 1;
        // A change that can't be read gets a digest that can't be right.
        let change = linked_change(changes).ok();
        match change.as_ref().map(|change| (change.kind, change.record)) {
            Some((Numbered::Known(kind), record)) => contents.add(kind, record),
            Some((Numbered::Other(_), _)) => newer = true,
            None => {}
        }
        link.add(&change.map_or([0; 32], |change| change.digest));
    }
    let expected = link.close(&before.0, sequence as u64, &entry.operation);
    let about = contents.about(entry.operation.kind.known());
    let id = entry.operation.id;
    Ok(if sequence != before.1 + 1 {
        Some(format!("operations are missing before operation {id}"))
    } else if expected == Err(Unreadable::Newer) {
        Some(format!("operation {id} was written by a newer version, and only that can check it"))
    } else if chain != expected.ok() {
        Some(format!("operation {id} or one of its changes was altered"))
    } else if entry.place.is_none() && (entry.stamp != entry.operation.time || entry.refused) {
        Some(format!("operation {id} counts otherwise than it was written, and no hub said so"))
    } else if !newer && (entry.main, entry.subject.map(|(_, id)| id), u64::from(entry.records)) != about {
        Some(format!("operation {id} says wrongly what it is about"))
    } else {
        None
    })
}

/// Whether every change belongs to one operation: the changes of each follow those of the one written before it.
fn check_changes(db: &Db<'_>, belonging: i64) -> Result<Option<String>, StoreError> {
    let all = changes::count(db)? as i64;
    if all != belonging {
        return Ok(Some(format!("{} changes belong to no operation, or to two", (all - belonging).abs())));
    }
    let overlapping = db.first(
        "SELECT n FROM (SELECT n,first_change,lag(first_change+changes) OVER (ORDER BY n) AS ended FROM operation)
         WHERE first_change<ended LIMIT 1",
        &[],
        |row| Ok(row.int(0)),
    )?;
    Ok(overlapping.map(|n| format!("operation number {n} has changes of the one before it")))
}
