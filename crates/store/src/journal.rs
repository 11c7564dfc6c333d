//! Reading the journal: audit log, history.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
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
    /// What it is about, also where that is many records; see [`Contents`].
    pub main: Option<RecordKind>,
    /// How many records of the main kind it changed.
    pub records: u32,
    /// Its first change.
    pub first_change: i64,
    /// How many changes it has.
    pub changes: i64,
}

pub(crate) const LOGGED: &str =
    "o.n,o.id,o.time,o.actor,o.device,o.kind,o.detail,o.undoes,o.subject,o.subject_kind,o.records,
    o.first_change,o.changes,o.head,o.wall,o.seen FROM operation o";

/// When an operation happened as people are told, in SQL; see [`Operation::told_at`]. As the index has it.
pub(crate) const TOLD_AT: &str = "coalesce(o.wall,o.time >> 16)";

pub(crate) fn logged(row: &Statement<'_>) -> Result<Logged, StoreError> {
    let kind = u8::try_from(row.int(5)).map_err(|_| StoreError::Damaged("an operation's kind".into()))?;
    let main = record_kind(row.int(9));
    Ok(Logged {
        n: row.int(0),
        operation: Operation {
            id: row.id(1)?,
            time: Hlc(row.int(2) as u64),
            actor: row.id(3)?,
            device: row.id(4)?,
            kind: Numbered::<OperationKind>::of(kind),
            detail: row.text(6).to_owned(),
            undoes: row.optional_id(7)?,
            head: head(row)?,
        },
        subject: main.zip(row.optional_id(8)?),
        main,
        records: row.int(10) as u32,
        first_change: row.int(11),
        changes: row.int(12),
    })
}

/// What the head of an operation has beside what every version had.
fn head(row: &Statement<'_>) -> Result<Head, StoreError> {
    match (row.int(13), row.is_null(14)) {
        // Its link doesn't cover them, so nothing may stand there.
        (1, true) if row.int(15) == 0 => Ok(Head::V1),
        (2, false) => Ok(Head::V2 { wall: row.int(14), seen: row.int(15) as u64 }),
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
    db.first(&format!("SELECT {LOGGED} WHERE o.id=?"), &[Sql::Blob(id.bytes())], logged)?
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
    let undos = db.all("SELECT id FROM operation WHERE undoes=?", &[Sql::Blob(operation.bytes())], |row| row.id(0))?;
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
    /// Only this kind.
    pub kind: Option<OperationKind>,
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
    if let Some(kind) = filter.kind {
        sql.push_str(" AND o.kind=?");
        parameters.push(Sql::Int(kind as i64));
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
        sql.push_str(" AND o.n<(SELECT n FROM operation WHERE id=?)");
        parameters.push(Sql::Blob(before.bytes()));
    }
    parameters.push(Sql::Int(i64::from(limit)));
    let rows = db.all(&format!("SELECT {LOGGED} WHERE {sql} ORDER BY o.n DESC LIMIT ?"), &parameters, logged)?;
    Ok((rows, total))
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

/// The record and the kind of every change from number `first` on; no kind where only a newer version knows it.
pub fn changed_since(db: &Db<'_>, first: i64) -> Result<Vec<(Id, Option<RecordKind>)>, StoreError> {
    db.all("SELECT record,kind FROM change WHERE n>=?", &[Sql::Int(first)], |row| {
        Ok((row.id(0)?, record_kind(row.int(1))))
    })
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
    let changes = db.all(
        "SELECT n,record,kind,packed FROM change WHERE record=? ORDER BY n",
        &[Sql::Blob(record.bytes())],
        change,
    )?;
    changes
        .into_iter()
        .map(|change| {
            let operation = operation_of(db, change.n)?;
            Ok((operation.ok_or_else(|| StoreError::damaged_change(record))?, change))
        })
        .collect()
}

/// The last operation that changed a record.
pub fn last_operation_on(db: &Db<'_>, record: Id) -> Result<Option<Logged>, StoreError> {
    let change = db.number("SELECT max(n) FROM change WHERE record=?", &[Sql::Blob(record.bytes())])?;
    if change == 0 { Ok(None) } else { operation_of(db, change) }
}

/// The operation that the change with this number belongs to.
pub fn operation_of(db: &Db<'_>, change: i64) -> Result<Option<Logged>, StoreError> {
    let sql = format!("SELECT {LOGGED} WHERE o.first_change<=? AND o.changes>0 ORDER BY o.first_change DESC LIMIT 1");
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
    let later = db.all(
        "SELECT n,record,kind,packed FROM change WHERE record=? AND n>=? ORDER BY n DESC",
        &[Sql::Blob(record.bytes()), Sql::Int(after.first_change + after.changes)],
        change,
    )?;
    let touches = |entry: &&LoggedChange| field.is_none_or(|field| entry.fields().iter().any(|f| f.field == field));
    let Some(entry) = later.iter().find(touches) else { return Ok(None) };
    operation_of(db, entry.n)
}

/// How a field of a record changed last in an operation of one of these kinds that was not taken back.
pub fn last_change_in(
    db: &Db<'_>,
    record: Id,
    field: u16,
    kinds: &[OperationKind],
) -> Result<Option<FieldChange>, StoreError> {
    let changes = db.all(
        "SELECT n,record,kind,packed FROM change WHERE record=? ORDER BY n DESC",
        &[Sql::Blob(record.bytes())],
        change,
    )?;
    for entry in changes {
        let Some(found) = entry.fields().iter().find(|change| change.field == field) else { continue };
        let Some(Logged { operation, .. }) = operation_of(db, entry.n)? else { continue };
        let counts = operation.kind.known().is_some_and(|kind| kinds.contains(&kind));
        if counts && !is_undone(db, operation.id)? {
            return Ok(Some(found.clone()));
        }
    }
    Ok(None)
}

/// What an operation is about: contacts where it changed any, else whatever it changed most of. Who takes part in
/// something comes last: deleting a meeting is about the meeting.
#[derive(Default)]
pub(crate) struct Contents {
    /// Per kind, the first record changed and how many were.
    records: [Option<(Id, u64)>; RecordKind::ALL.len()],
}

impl Contents {
    /// Adds a change. A second change of the one record there is so far does not make it two.
    pub fn add(&mut self, kind: RecordKind, record: Id) {
        let (first, count) = self.records[kind as usize - 1].get_or_insert((record, 0));
        if *count != 1 || *first != record {
            *count += 1;
        }
    }

    /// The kind of records an operation of this kind (`None` for one of a newer version) is about, the record where it is about one, and how many records of that kind it changed.
    pub fn about(&self, operation: Option<OperationKind>) -> (Option<RecordKind>, Option<Id>, u64) {
        let counted = |kind: RecordKind| Some((kind, self.records[kind as usize - 1]?));
        // What comes along with others is not what an operation is about.
        let along = |kind| matches!(kind, RecordKind::Participation | RecordKind::Invitation);
        let weight = |(kind, (_, count)): &(RecordKind, (Id, u64))| (!along(*kind), *count, *kind);
        let most = || RecordKind::ALL.into_iter().filter_map(counted).max_by_key(weight);
        match operation
            .and_then(OperationKind::subject)
            .and_then(counted)
            .or_else(|| counted(RecordKind::Contact))
            .or_else(most)
        {
            Some((kind, (record, 1))) => (Some(kind), Some(record), 1),
            Some((kind, (_, count))) => (Some(kind), None, count),
            None => (None, None, 0),
        }
    }
}
