//! The full check: every page of the database, every link of the hash chain, and every record against the journal.

use liaison_domain::head::WrittenHead;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value};
use liaison_engine::error::CommandError;
use liaison_engine::names::Cell;
use liaison_engine::names::Names;
use liaison_engine::progress::{OnProgress, Progress};
use liaison_engine::session::Session;
use liaison_queries::pages;
use liaison_store::anchor::{self, Difference};
use liaison_store::chain::check_chain;
use liaison_store::replay::{Discrepancy, Mismatch, replay};
use liaison_store::{StoreError, changes, settings};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;

/// Most findings that are listed; the others are counted.
const FINDINGS_MOST: usize = 200;

/// The setting that remembers the last full check, as JSON of [`LastCheck`].
const LAST_CHECK: &str = "last_full_check";

/// What a full check found.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Report {
    /// When it ended, in milliseconds since 1970.
    pub at: i64,
    /// Nothing was found.
    pub whole: bool,
    /// How many operations of the journal were checked.
    pub operations: u32,
    /// How many changes of records.
    pub changes: u32,
    /// How many records were compared with the journal.
    pub records: u32,
    /// What was found: at most 200.
    pub findings: Vec<Finding>,
    /// How many more were found.
    pub more: u32,
    /// The head of this computer's journal, to be written down elsewhere; empty where it can't be read.
    pub head: String,
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Finding {
    /// A part of the file can't be read, or does not hang together.
    File {
        /// SQLite's or SQLCipher's words.
        detail: String,
    },
    /// The journal was altered: an operation, one of its changes, or their order.
    Journal {
        /// Which, in English.
        detail: String,
    },
    /// Operations this computer had written are missing.
    Missing {
        /// How many.
        operations: u32,
        /// After this many.
        after: u32,
    },
    /// The journal is another one than this computer wrote: operations are missing or were changed, and the chain was
    /// computed again.
    Rewritten {
        /// Among the first so many operations.
        operations: u32,
    },
    /// The file that keeps the head of the journal is gone.
    HeadGone,
    /// The file that keeps the head of the journal is damaged, or of another database.
    HeadUnreadable,
    /// A field has another value than its last change gave it.
    Field {
        /// The record.
        record: FoundRecord,
        /// Key of the field.
        field: String,
        /// English name of the field.
        label: String,
        /// What the journal says; `None` where the person at the desk may not see it.
        journal: Option<Cell>,
        /// What the record says; `None` where the person at the desk may not see it.
        value: Option<Cell>,
    },
    /// Changes of a record do not follow from each other.
    Sequence {
        /// The record.
        record: FoundRecord,
        /// Key of the first such field.
        field: String,
        /// English name of the field.
        label: String,
    },
    /// A record that the journal never created.
    NoCreation {
        /// The record.
        record: FoundRecord,
    },
    /// A record that was created and never deleted for good is gone.
    NoRow {
        /// The record.
        record: FoundRecord,
    },
    /// Values were taken out of the journal, and nobody deleted the record for good.
    ValuesGone {
        /// The record.
        record: FoundRecord,
        /// In how many of its changes.
        changes: u32,
    },
    /// A record that was deleted for good is still, or again, there.
    NotErased {
        /// The record.
        record: FoundRecord,
    },
    /// A change of a record can't be read.
    Unreadable {
        /// The record.
        record: FoundRecord,
    },
    /// The journal does not hold a head that was written down.
    NotExpected {
        /// The head.
        head: String,
    },
}

impl From<Difference> for Finding {
    fn from(difference: Difference) -> Finding {
        match difference {
            Difference::Missing { operations, after } => {
                Finding::Missing { operations: operations as u32, after: after as u32 }
            }
            Difference::Rewritten { operations } => Finding::Rewritten { operations: operations as u32 },
            Difference::NoFile => Finding::HeadGone,
            Difference::Unreadable => Finding::HeadUnreadable,
        }
    }
}

/// The record a finding is about.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FoundRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its name; empty where it has none, or the person at the desk may not see it.
    pub name: String,
}

/// When the last full check was, and what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LastCheck {
    /// When it ended, in milliseconds since 1970.
    pub at: i64,
    /// How many operations were checked.
    pub operations: u32,
    /// How many records were compared with the journal.
    pub records: u32,
    /// How many things were found.
    pub findings: u32,
    /// The head of this computer's journal then.
    pub head: String,
}

impl fmt::Display for FoundRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.key().replace('_', " ");
        if self.name.is_empty() {
            write!(f, "{kind} {}", self.id)
        } else {
            write!(f, "{kind} {} “{}”", self.id, self.name)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::File { detail } => write!(f, "database file: {detail}"),
            Finding::Journal { detail } => write!(f, "journal: {detail}"),
            Finding::Missing { operations, after } => write!(
                f,
                "changes this computer had written are missing: {operations} {} after operation {after}; restore a backup \
                 made before they were lost, or accept the loss with verify --accept",
                if *operations == 1 { "operation" } else { "operations" }
            ),
            Finding::Rewritten { operations } => write!(
                f,
                "the journal isn’t the one this computer wrote: among its first {operations} operations some are missing \
                 or were changed; restore a backup, or accept it as it is with verify --accept"
            ),
            Finding::HeadGone => write!(
                f,
                "the file journal.head beside the database is gone, so nobody can tell whether the newest changes are \
                 missing; put it back, or accept the journal as it is with verify --accept"
            ),
            Finding::HeadUnreadable => write!(
                f,
                "the file journal.head beside the database is damaged or belongs to another database, so nobody can tell \
                 whether the newest changes are missing; put the right one back, or accept the journal as it is with \
                 verify --accept"
            ),
            Finding::Field { record, label, journal: Some(journal), value: Some(value), .. } => {
                write!(f, "{record}: {label} is {}, but the journal says {}", said(value), said(journal))
            }
            Finding::Field { record, label, .. } => write!(f, "{record}: {label} isn’t what the journal says"),
            Finding::Sequence { record, label, .. } => {
                write!(f, "{record}: the journal’s changes of {label} don’t follow from each other")
            }
            Finding::NoCreation { record } => write!(f, "{record}: the journal doesn’t say who created it"),
            Finding::NoRow { record } => write!(f, "{record}: in the journal, but missing from the database"),
            Finding::ValuesGone { record, changes } => {
                write!(
                    f,
                    "{record}: values are missing from {changes} of its changes, and nobody deleted it permanently"
                )
            }
            Finding::NotErased { record } => write!(f, "{record}: deleted permanently, but still in the database"),
            Finding::NotExpected { head } => write!(f, "the head {head} isn’t in the journal of this computer"),
            Finding::Unreadable { record } => write!(f, "{record}: a change in the journal can’t be read"),
        }
    }
}

fn said(cell: &Cell) -> String {
    match (&cell.text, serde_json::to_value(&cell.value)) {
        (Some(text), _) => format!("“{text}”"),
        (None, Ok(serde_json::Value::Null) | Err(_)) => "empty".into(),
        (None, Ok(serde_json::Value::String(text))) => format!("“{text}”"),
        (None, Ok(value)) => value.to_string(),
    }
}

/// What is found, as far as it is listed.
#[derive(Default)]
struct Findings {
    listed: Vec<Finding>,
    more: u32,
}

impl Findings {
    /// Whether the next one will be listed.
    fn have_room(&self) -> bool {
        self.listed.len() < FINDINGS_MOST
    }

    fn add(&mut self, finding: Finding) {
        if self.have_room() {
            self.listed.push(finding);
        } else {
            self.more += 1;
        }
    }
}

/// Tells how far a check is, in pages and changes, and whether to stop.
struct Steps<'a> {
    progress: OnProgress<'a>,
    session: &'a Session,
    total: u64,
    told: u64,
}

impl Steps<'_> {
    fn reached(&mut self, done: u64) -> Result<(), StoreError> {
        if done < self.told + 1_000 && done != self.total {
            return Ok(());
        }
        self.told = done;
        let progress = Progress { done: done as u32, total: self.total as u32 };
        if self.session.is_cancelled() || (self.progress)(progress).is_break() {
            return Err(StoreError::Cancelled);
        }
        Ok(())
    }
}

/// Checks all there is: every page of the database and every reference, every link of the hash chain, and every
/// field of every record against what the journal says. Changes nothing but the note of when it was done, which
/// [`last_check`] reads. Whoever is at the desk may run it; values are named to those who see the audit log.
///
/// Memory does not grow with the number of records. `progress` counts pages and changes, not records; `Break`, or
/// [`Session::cancel`], ends it with `Cancelled`.
pub async fn check_all(session: &Session, progress: OnProgress<'_>) -> Result<Report, CommandError> {
    session.begin_long_work();
    // Read before the database, which may go on meanwhile: then it is not behind.
    let kept = session.engine().database().kept_head();
    // Pages are looked at in the file. While somebody read an older state, the log may have gone into it in part only, with
    // gaps that nothing has been written to yet; those are no damage.
    if let Err(error) = session.engine().database().empty_log().await {
        tracing::warn!("the log is not written back before a check: {error}");
    }
    let mut report = session
        .read(|view| {
            // The check is of all there is; names in what it finds are withheld by `Names`.
            let db = view.everything();
            let (pages, changes) = (pages::count(db)?, changes::count(db)?);
            let mut steps = Steps { progress, session, total: pages + 2 * changes, told: 0 };
            let mut findings = Findings::default();
            steps.reached(0)?;
            for detail in pages::check(db, session.cancelled())? {
                findings.add(Finding::File { detail });
            }
            steps.reached(pages)?;
            let chain = readable(check_chain(db), &mut findings)?;
            let operations = chain.as_ref().map_or(0, |chain| chain.operations);
            if let Some(detail) = chain.and_then(|chain| chain.problem) {
                findings.add(Finding::Journal { detail });
            }
            let difference = match kept {
                Ok(Some(head)) => readable(anchor::compare(db, &head), &mut findings)?.flatten(),
                Ok(None) => None,
                Err(difference) => Some(difference),
            };
            findings.listed.extend(difference.map(Finding::from));
            steps.reached(pages + changes)?;
            let replayed = {
                let mut names = Names::new(view);
                let mut found = |discrepancy| {
                    match findings.have_room() {
                        true => findings.add(put(session, &mut names, discrepancy)?),
                        false => findings.more += 1,
                    }
                    Ok(())
                };
                replay(db, &mut |done| steps.reached(pages + changes + done), &mut found)
            };
            let replayed = readable(replayed, &mut findings)?.unwrap_or_default();
            steps.reached(steps.total)?;
            let head = readable(anchor::head(db), &mut findings)?.flatten();
            Ok(Report {
                at: 0,
                head: head.map(|head| head.written().to_string()).unwrap_or_default(),
                whole: findings.listed.is_empty(),
                operations,
                changes: replayed.changes as u32,
                records: replayed.records as u32,
                findings: findings.listed,
                more: findings.more,
            })
        })
        .await?;
    report.at = session.now() as i64;
    remember(session, &report).await;
    Ok(report)
}

/// The light check of a start: how the journal differs from the head kept beside the database; `None` where it goes
/// on from there.
pub fn head_check(session: &Session) -> Option<Finding> {
    session.engine().database().head_difference().map(Finding::from)
}

/// Whether the journal holds a head that was written down; what is wrong, where not.
pub async fn expect_head(session: &Session, head: &WrittenHead) -> Result<Option<Finding>, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let chain = session
        .engine()
        .database()
        .read(|db| anchor::chain_at(db, liaison_store::device::here(db)?, head.operations))
        .await?;
    let holds = chain.is_some_and(|chain| head.is(&chain));
    Ok((!holds).then(|| Finding::NotExpected { head: head.to_string() }))
}

/// Takes the journal as it is for right, though the head kept beside the database says otherwise, and writes into
/// the journal that somebody did. Does nothing where the two fit.
pub async fn accept_journal(session: &Session) -> Result<Option<Finding>, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let Some(difference) = session.engine().database().head_difference() else { return Ok(None) };
    let detail = match difference {
        Difference::Missing { operations, after } => format!("missing {operations} {after}"),
        Difference::Rewritten { operations } => format!("rewritten {operations}"),
        Difference::NoFile => "no_file".to_owned(),
        Difference::Unreadable => "unreadable".to_owned(),
    };
    session.engine().database().reset_head().await?;
    session.record_event(OperationKind::AuditAccept, detail).await?;
    Ok(Some(difference.into()))
}

/// When the last full check was, and what came out; `None` where there was none yet.
pub async fn last_check(session: &Session) -> Result<Option<LastCheck>, CommandError> {
    let kept = session.read(|view| settings::get(view.everything(), LAST_CHECK)).await?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

async fn remember(session: &Session, report: &Report) {
    let last = LastCheck {
        at: report.at,
        operations: report.operations,
        records: report.records,
        findings: report.found(),
        head: report.head.clone(),
    };
    let Ok(text) = serde_json::to_string(&last) else { return };
    // What the check found counts, also where a damaged file can't be written to.
    if let Err(error) = session.engine().database().write(|db| settings::set(db, LAST_CHECK, Some(&text))).await {
        tracing::warn!("the time of the check was not kept: {error}");
    }
}

/// A discrepancy in the words of the desk.
fn put(session: &Session, names: &mut Names<'_>, discrepancy: Discrepancy) -> Result<Finding, StoreError> {
    let Discrepancy { kind, record: id, what } = discrepancy;
    let sees = session.actor().require(Permission::ViewAuditLog).is_ok();
    let name = if sees { names.of(kind, id)?.unwrap_or_default() } else { String::new() };
    let record = FoundRecord { kind, id, name };
    let registry = session.registry();
    Ok(match what {
        Mismatch::Field { field, journal, row } => {
            let shown = sees && !names.withholds(kind, id, Some(field))?;
            let mut cell = |value: &Value| -> Result<Option<Cell>, StoreError> {
                if shown { names.cell(Some(field), value).map(Some) } else { Ok(None) }
            };
            Finding::Field {
                record,
                field: field.key.to_owned(),
                label: field.label.to_owned(),
                journal: cell(&journal)?,
                value: cell(&row)?,
            }
        }
        Mismatch::Sequence { field: number } => {
            let field = registry.numbered(kind, number);
            Finding::Sequence {
                record,
                field: field.map_or_else(|| number.to_string(), |field| field.key.to_owned()),
                label: field.map_or_else(|| format!("field {number}"), |field| field.label.to_owned()),
            }
        }
        Mismatch::NoCreation => Finding::NoCreation { record },
        Mismatch::NoRow => Finding::NoRow { record },
        Mismatch::ValuesGone { changes } => Finding::ValuesGone { record, changes },
        Mismatch::NotErased => Finding::NotErased { record },
        Mismatch::Unreadable => Finding::Unreadable { record },
    })
}

/// What can't be read can't be checked: that is a finding, not a failure of the check.
fn readable<T>(result: Result<T, StoreError>, findings: &mut Findings) -> Result<Option<T>, StoreError> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(error @ (StoreError::Sqlite { .. } | StoreError::Damaged(_))) => {
            findings.add(Finding::File { detail: error.to_string() });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

impl Report {
    /// Adds what another check found.
    pub fn add(&mut self, finding: Option<Finding>) {
        self.findings.extend(finding);
        self.whole = self.found() == 0;
    }

    /// Everything that was found, listed or not.
    pub fn found(&self) -> u32 {
        self.findings.len() as u32 + self.more
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operations, records) = (self.operations, self.records);
        write!(f, "checked every page, {operations} operations and {records} records: ")?;
        match self.found() {
            0 => write!(f, "nothing is missing or altered")?,
            1 => write!(f, "1 problem found")?,
            found => write!(f, "{found} problems found")?,
        }
        if self.head.is_empty() { Ok(()) } else { write!(f, "\nhead of the journal: {}", self.head) }
    }
}
