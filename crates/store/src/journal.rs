//! Reading the journal: audit log, history.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::audit;
use liaison_domain::journal::{self, Unreadable};
use liaison_domain::{Change, FieldChange, Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind};

/// An operation as the journal has it.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Its number in the local journal.
    pub n: i64,
    /// The operation.
    pub operation: Operation,
    /// The record it is about, where it is about one.
    pub subject: Option<(RecordKind, Id)>,
    /// What it is about, also where that is many records; see [`Contents`](liaison_domain::contents::Contents).
    pub main: Option<RecordKind>,
    /// How many records of the main kind it changed.
    pub records: u32,
    /// Its first change.
    pub first_change: i64,
    /// How many changes it has.
    pub changes: i64,
    /// What counts for its order among all devices. Its own time until the hub says something else.
    pub stamp: Hlc,
    /// Its place in the hub's log; `None` while it has none.
    pub place: Option<u64>,
    /// The hub refused it: it happened on this device and counts for nothing.
    pub refused: bool,
}

/// The columns of `operation o` that [`logged`] reads.
pub(crate) const LOGGED: &str = "o.n,o.id,o.time,o.actor,o.device,o.kind,o.detail,o.undoes,o.subject,o.subject_kind,
    o.records,o.first_change,o.changes,o.head,o.wall,o.seen,o.stamp,o.hub,o.state";

/// How many they are.
pub(crate) const LOGGED_COLUMNS: usize = 19;

/// Joins the operation `o` of the change `c`.
pub const OF_CHANGE: &str = "LEFT JOIN operation o ON o.n=(SELECT p.n FROM operation p
    WHERE p.first_change<=c.n AND p.changes>0 ORDER BY p.first_change DESC LIMIT 1)";

/// Changes before those that count more; within an operation in their order.
pub(crate) const IN_ORDER: &str = "ORDER BY o.stamp,o.device,c.n";

/// When an operation happened as people are told, in SQL; see [`Operation::told_at`]. As the index has it.
pub(crate) const TOLD_AT: &str = "coalesce(o.wall,o.time >> 16)";

pub(crate) fn logged(row: &Statement<'_>) -> Result<Logged, StoreError> {
    logged_from(row, 0)
}

/// As [`logged`], where the columns begin at `first`.
fn logged_from(row: &Statement<'_>, first: usize) -> Result<Logged, StoreError> {
    let kind = u8::try_from(row.int(first + 5)).map_err(|_| StoreError::Damaged("an operation's kind".into()))?;
    let main = record_kind(row.int(first + 9));
    Ok(Logged {
        n: row.int(first),
        operation: Operation {
            id: row.id(first + 1)?,
            time: Hlc(row.int(first + 2) as u64),
            actor: row.id(first + 3)?,
            device: row.id(first + 4)?,
            kind: Numbered::<OperationKind>::of(kind),
            detail: row.text(first + 6).to_owned(),
            undoes: row.optional_id(first + 7)?,
            head: head(row, first + 13)?,
        },
        subject: main.zip(row.optional_id(first + 8)?),
        main,
        records: row.int(first + 10) as u32,
        first_change: row.int(first + 11),
        changes: row.int(first + 12),
        stamp: Hlc(row.int(first + 16) as u64),
        place: row.optional_int(first + 17).map(|place| place as u64),
        refused: row.int(first + 18) == REFUSED,
    })
}

/// The state of an operation that the hub refused.
pub(crate) const REFUSED: i64 = 1;

/// What the head of an operation has beside what every version had; its version is in column `at`.
fn head(row: &Statement<'_>, at: usize) -> Result<Head, StoreError> {
    match (row.int(at), row.is_null(at + 1)) {
        // Its link doesn't cover them, so nothing may stand there.
        (1, true) if row.int(at + 2) == 0 => Ok(Head::V1),
        (2, false) => Ok(Head::V2 { wall: row.int(at + 1), seen: row.int(at + 2) as u64 }),
        (newer @ 3..=255, _) => Ok(Head::Newer(newer as u8)),
        _ => Err(StoreError::Damaged("an operation's head".into())),
    }
}

/// The kind of record with this number; a larger number must not pass for one of ours.
fn record_kind(number: i64) -> Option<RecordKind> {
    RecordKind::from_number(u8::try_from(number).ok()?)
}

/// The operation with this id.
pub fn operation(db: &Db<'_>, id: Id) -> Result<Logged, StoreError> {
    db.first(&format!("SELECT {LOGGED} FROM operation o WHERE o.id=?"), &[Sql::Blob(id.bytes())], logged)?
        .ok_or(StoreError::NotFound("operation"))
}

/// When the last operation happened as people are told, in milliseconds since 1970; `None` where there is none.
pub fn last_told(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    db.first(&format!("SELECT {TOLD_AT} FROM operation o ORDER BY o.n DESC LIMIT 1"), &[], |row| Ok(row.int(0)))
}

/// When the first operation happened, as [`last_told`].
pub fn first_told(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    db.first(&format!("SELECT {TOLD_AT} FROM operation o ORDER BY o.n LIMIT 1"), &[], |row| Ok(row.int(0)))
}

/// Whether an operation was taken back. An undo that was itself taken back does not count, unless the undo that did so
/// was taken back again, and so on.
pub fn is_undone(db: &Db<'_>, operation: Id) -> Result<bool, StoreError> {
    let undos =
        db.all("SELECT id FROM operation WHERE undoes=? AND state=0", &[Sql::Blob(operation.bytes())], |row| {
            row.id(0)
        })?;
    for undo in undos {
        if !is_undone(db, undo)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Which operations a history shows.
#[derive(Clone, Debug, Default)]
pub struct HistoryFilter {
    /// Only of these kinds; of all where there is none.
    pub kinds: Vec<OperationKind>,
    /// Only those that changed one of these records, or were done by one of these people.
    pub about: Option<Vec<Id>>,
    /// Only those that changed something.
    pub changes_only: bool,
    /// Only by this staff member.
    pub actor: Option<Id>,
    /// Only those older than this one.
    pub before: Option<Id>,
    /// Only from this moment on, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Only before this moment, in milliseconds since 1970.
    pub until: Option<i64>,
}

/// Operations, newest first, and how many there are in all (disregarding `before`).
pub fn history(db: &Db<'_>, filter: &HistoryFilter, limit: u32) -> Result<(Vec<Logged>, u32), StoreError> {
    let (mut sql, mut parameters) = (String::from("1"), Vec::new());
    if !filter.kinds.is_empty() {
        let places = vec!["?"; filter.kinds.len()].join(",");
        sql.push_str(&format!(" AND o.kind IN ({places})"));
        parameters.extend(filter.kinds.iter().map(|kind| Sql::Int(*kind as i64)));
    }
    let about = filter.about.as_deref().map(id_list);
    if let Some(about) = &about {
        // From the records to their operations: the other way round every operation would be looked into.
        sql.push_str(&format!(
            " AND (o.actor IN ({IDS}) OR o.n IN (
                SELECT (SELECT p.n FROM operation p WHERE p.first_change<=c.n AND p.changes>0
                    ORDER BY p.first_change DESC LIMIT 1)
                FROM change c WHERE c.record IN ({IDS})))"
        ));
        parameters.extend([Sql::Text(about), Sql::Text(about)]);
    }
    if filter.changes_only {
        sql.push_str(" AND o.changes>0");
    }
    if let Some(actor) = &filter.actor {
        sql.push_str(" AND o.actor=?");
        parameters.push(Sql::Blob(actor.bytes()));
    }
    if let Some(since) = filter.since {
        sql.push_str(&format!(" AND {TOLD_AT}>=?"));
        parameters.push(Sql::Int(since));
    }
    if let Some(until) = filter.until {
        sql.push_str(&format!(" AND {TOLD_AT}<?"));
        parameters.push(Sql::Int(until));
    }
    let total = db.number(&format!("SELECT count(*) FROM operation o WHERE {sql}"), &parameters)? as u32;
    if let Some(before) = &filter.before {
        sql.push_str(" AND (o.stamp,o.device)<(SELECT stamp,device FROM operation WHERE id=?)");
        parameters.push(Sql::Blob(before.bytes()));
    }
    parameters.push(Sql::Int(i64::from(limit)));
    let select = format!("SELECT {LOGGED} FROM operation o WHERE {sql} ORDER BY o.stamp DESC,o.device DESC LIMIT ?");
    let rows = db.all(&select, &parameters, logged)?;
    Ok((rows, total))
}

/// The ids of a parameter that [`id_list`] made.
const IDS: &str = "SELECT unhex(value) FROM json_each(?)";

/// Any number of ids as one parameter.
fn id_list(ids: &[Id]) -> String {
    let mut list = String::with_capacity(ids.len() * 35 + 2);
    list.push('[');
    for (at, id) in ids.iter().enumerate() {
        list.push_str(if at == 0 { "\"" } else { ",\"" });
        id.bytes().iter().for_each(|byte| list.push_str(&format!("{byte:02x}")));
        list.push('"');
    }
    list.push(']');
    list
}

/// One change as the journal has it.
#[derive(Clone, Debug)]
pub struct LoggedChange {
    /// Its number in the local journal.
    pub n: i64,
    /// The record's kind.
    pub kind: Numbered<RecordKind>,
    /// The record.
    pub record: Id,
    /// What is known of its values.
    pub values: Values,
}

/// The values of a change, as far as they can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// They are there.
    There {
        /// Whether the change brought the record into being.
        created: bool,
        /// The fields that changed.
        fields: Vec<FieldChange>,
    },
    /// They were erased.
    Erased,
    /// A newer version packed them.
    Newer,
}

impl LoggedChange {
    /// The fields that changed; none where they can't be read.
    pub fn fields(&self) -> &[FieldChange] {
        match &self.values {
            Values::There { fields, .. } => fields,
            Values::Erased | Values::Newer => &[],
        }
    }

    /// Whether it is known to have brought the record into being.
    pub fn created(&self) -> bool {
        matches!(self.values, Values::There { created: true, .. })
    }

    /// Whether its values have been erased.
    pub fn is_erased(&self) -> bool {
        self.values == Values::Erased
    }

    /// The change as this version understands it; without fields where they were erased.
    ///
    /// # Errors
    /// `TooNew` where only a newer version knows the kind of record or reads the values.
    pub fn understood(self) -> Result<Change, StoreError> {
        let kind = self.kind.known().ok_or(StoreError::TooNew)?;
        let (created, fields) = match self.values {
            Values::There { created, fields } => (created, fields),
            Values::Erased => (false, Vec::new()),
            Values::Newer => return Err(StoreError::TooNew),
        };
        Ok(Change { kind, record: self.record, created, fields })
    }
}

fn change(row: &Statement<'_>) -> Result<LoggedChange, StoreError> {
    let record = row.id(1)?;
    let kind = u8::try_from(row.int(2)).map_err(|_| StoreError::damaged_change(record))?;
    let values = if row.is_null(3) {
        Values::Erased
    } else {
        match journal::unpack(row.blob(3)) {
            Ok((created, fields)) => Values::There { created, fields },
            Err(Unreadable::Newer) => Values::Newer,
            Err(Unreadable::Damaged) => return Err(StoreError::damaged_change(record)),
        }
    };
    Ok(LoggedChange { n: row.int(0), kind: Numbered::<RecordKind>::of(kind), record, values })
}

/// The kinds of records an operation changed.
pub fn kinds(db: &Db<'_>, operation: &Logged) -> Result<Vec<RecordKind>, StoreError> {
    let range = [Sql::Int(operation.first_change), Sql::Int(operation.first_change + operation.changes)];
    let kinds =
        db.all("SELECT DISTINCT kind FROM change WHERE n>=? AND n<?", &range, |row| Ok(record_kind(row.int(0))))?;
    Ok(kinds.into_iter().flatten().collect())
}

/// Some of an operation's changes, in their order.
pub fn changes(db: &Db<'_>, operation: &Logged, offset: i64, limit: i64) -> Result<Vec<LoggedChange>, StoreError> {
    let last = operation.first_change + operation.changes.min(offset.saturating_add(limit));
    db.all(
        "SELECT n,record,kind,packed FROM change WHERE n>=? AND n<? ORDER BY n",
        &[Sql::Int(operation.first_change + offset), Sql::Int(last)],
        change,
    )
}

/// The record and the kind of every change that came or counts after an operation; no kind where only a newer version
/// knows it. What was done before it may have come after it, from another device.
pub fn changed_since(db: &Db<'_>, after: &Logged) -> Result<Vec<(Id, Option<RecordKind>)>, StoreError> {
    let sql = "SELECT record,kind FROM change WHERE n>=?1 UNION ALL
        SELECT c.record,c.kind FROM operation o JOIN change c ON c.n>=o.first_change AND c.n<o.first_change+o.changes
        WHERE (o.stamp,o.device)>(?2,?3) AND o.first_change<?1";
    db.all(sql, &bounds(after), |row| Ok((row.id(0)?, record_kind(row.int(1)))))
}

/// The condition on change `c` and its operation `o`, with the parameters of [`bounds`], that it came or counts after an
/// operation.
pub const LATER: &str = "(c.n>=?1 OR (o.stamp,o.device)>(?2,?3))";

/// The parameters of [`LATER`], the first three: where an operation ends, and what it counts.
pub fn bounds(after: &Logged) -> [Sql<'_>; 3] {
    let device = Sql::Blob(after.operation.device.bytes());
    [Sql::Int(after.first_change + after.changes), Sql::Int(after.stamp.0 as i64), device]
}

/// Passes each of an operation's changes to `each`, the last one first.
///
/// # Errors
/// `TooNew` where a change is of a kind that only a newer version knows, or packed by one; and what `each` gives.
pub fn each_change_backwards(
    db: &Db<'_>,
    operation: &Logged,
    mut each: impl FnMut(Change) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = db.prepare("SELECT n,record,kind,packed FROM change WHERE n>=? AND n<? ORDER BY n DESC")?;
    statement.bind(&[Sql::Int(operation.first_change), Sql::Int(operation.first_change + operation.changes)])?;
    while statement.step()? {
        each(change(&statement)?.understood()?)?;
    }
    Ok(())
}

/// Every change of a record since it was created, oldest first, with the operation that made it (M21).
pub fn audit(db: &Db<'_>, record: Id) -> Result<Vec<(Logged, LoggedChange)>, StoreError> {
    entries(db, "c.record=?", IN_ORDER, &[Sql::Blob(record.bytes())])
}

/// Changes with their operations.
///
/// # Errors
/// `Damaged` where one belongs to no operation.
fn entries(
    db: &Db<'_>,
    condition: &str,
    order: &str,
    parameters: &[Sql<'_>],
) -> Result<Vec<(Logged, LoggedChange)>, StoreError> {
    let sql =
        format!("SELECT c.n,c.record,c.kind,c.packed,{LOGGED} FROM change c {OF_CHANGE} WHERE {condition} {order}");
    db.all(&sql, parameters, |row| {
        let change = change(row)?;
        if row.is_null(4) {
            return Err(StoreError::damaged_change(change.record));
        }
        Ok((logged_from(row, 4)?, change))
    })
}

/// Every change of other records that is about a contact, oldest first, with the operation that made it (M21); of each
/// only the fields that are. Not what was erased since: then nobody knows any more whom it was about.
pub fn audit_about(db: &Db<'_>, contact: Id) -> Result<Vec<(Logged, LoggedChange)>, StoreError> {
    let mut records: Vec<String> = Vec::new();
    for (kind, field) in audit::wholly().chain(audit::BY_FIELD) {
        records.push(format!("SELECT id FROM {} WHERE {}=?1", kind.key(), field.key));
    }
    // Whose primary contact it no longer is shows only in the journal of the employers it worked for.
    records.push("SELECT employer FROM employment WHERE contact=?1".to_owned());
    records.push("SELECT employer FROM contact WHERE id=?1".to_owned());
    let condition = format!("c.record IN ({}) AND c.record<>?1", records.join(" UNION "));
    let mut found = Vec::new();
    for (operation, mut entry) in entries(db, &condition, IN_ORDER, &[Sql::Blob(contact.bytes())])? {
        let Some(kind) = entry.kind.known() else { continue };
        if let Values::There { fields, .. } = &mut entry.values {
            *fields = audit::about(contact, kind, fields);
            if fields.is_empty() {
                continue;
            }
        } else if !audit::WHOLLY.contains(&kind) {
            continue;
        }
        found.push((operation, entry));
    }
    Ok(found)
}

/// The last operation that changed a record and counts.
pub fn last_operation_on(db: &Db<'_>, record: Id) -> Result<Option<Logged>, StoreError> {
    last_where(db, "c.record=?", &[Sql::Blob(record.bytes())])
}

/// The last operation that counts and has a change `c` with this condition.
pub fn last_where(db: &Db<'_>, condition: &str, parameters: &[Sql<'_>]) -> Result<Option<Logged>, StoreError> {
    let sql = format!(
        "SELECT {LOGGED} FROM change c {OF_CHANGE} WHERE {condition} AND o.state=0
         ORDER BY o.stamp DESC,o.device DESC LIMIT 1"
    );
    db.first(&sql, parameters, logged)
}

/// The operation that the change with this number belongs to.
pub fn operation_of(db: &Db<'_>, change: i64) -> Result<Option<Logged>, StoreError> {
    let sql = format!(
        "SELECT {LOGGED} FROM operation o WHERE o.first_change<=? AND o.changes>0 ORDER BY o.first_change DESC LIMIT 1"
    );
    db.first(&sql, &[Sql::Int(change)], logged)
}

/// How many changes a record has had.
pub fn change_count(db: &Db<'_>, record: Id) -> Result<u32, StoreError> {
    Ok(db.number("SELECT count(*) FROM change WHERE record=?", &[Sql::Blob(record.bytes())])? as u32)
}

/// When somebody last changed a field of a record after an operation, and who: for the answer to an undo.
pub fn last_change_of(
    db: &Db<'_>,
    record: Id,
    field: Option<u16>,
    after: &Logged,
) -> Result<Option<Logged>, StoreError> {
    let [end, stamp, device] = bounds(after);
    let parameters = [end, stamp, device, Sql::Blob(record.bytes())];
    let later = entries(db, &format!("c.record=?4 AND o.state=0 AND {LATER}"), IN_ORDER, &parameters)?;
    let touches =
        |entry: &LoggedChange| field.is_none_or(|field| entry.fields().iter().any(|each| each.field == field));
    Ok(later.into_iter().rev().find(|(_, entry)| touches(entry)).map(|(operation, _)| operation))
}

/// How a field of a record changed last in an operation of one of these kinds that was not taken back.
pub fn last_change_in(
    db: &Db<'_>,
    record: Id,
    field: u16,
    kinds: &[OperationKind],
) -> Result<Option<FieldChange>, StoreError> {
    let changes = entries(db, "c.record=? AND o.state=0", IN_ORDER, &[Sql::Blob(record.bytes())])?;
    for (Logged { operation, .. }, entry) in changes.iter().rev() {
        let Some(found) = entry.fields().iter().find(|change| change.field == field) else { continue };
        let counts = operation.kind.known().is_some_and(|kind| kinds.contains(&kind));
        if counts && !is_undone(db, operation.id)? {
            return Ok(Some(found.clone()));
        }
    }
    Ok(None)
}

/// The detail of the last operation of one of these kinds that changed a record and was not taken back.
pub fn last_detail_in(db: &Db<'_>, record: Id, kinds: &[OperationKind]) -> Result<Option<String>, StoreError> {
    let changes = db
        .all("SELECT n FROM change WHERE record=? ORDER BY n DESC", &[Sql::Blob(record.bytes())], |row| Ok(row.int(0)));
    for n in changes? {
        let Some(Logged { operation, .. }) = operation_of(db, n)? else { continue };
        let counts = operation.kind.known().is_some_and(|kind| kinds.contains(&kind));
        if counts && !is_undone(db, operation.id)? {
            return Ok(Some(operation.detail));
        }
    }
    Ok(None)
}
