//! Writing an audit file.

use super::{ChangeLine, DeviceLine, EndLine, Header, OperationLine, StaffLine, VERSION, ValuesLine};
use liaison_domain::head::hex;
use liaison_domain::journal::Head;
use liaison_domain::{OperationKind, Permission};
use liaison_engine::error::CommandError;
use liaison_engine::files;
use liaison_engine::files::Destination;
use liaison_engine::names::Names;
use liaison_engine::progress::OnProgress;
use liaison_engine::session::Session;
use liaison_queries::{View, staff};
use liaison_store::chain::{Linked, LinkedChange, each_link};
use liaison_store::{Db, StoreError, anchor, changes, operations};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::io::{self, Write};

/// What an audit file is to hold.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
pub struct AuditInput {
    /// Also what was changed in which record, as far as the person at the desk sees it.
    pub with_values: bool,
}

/// An audit file that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct AuditWritten {
    /// Where it lies; "-" for standard output.
    pub path: String,
    /// How many operations are in it.
    pub operations: u32,
    /// The head of this computer's journal as the file has it, as people write it down.
    pub head: String,
}

/// Why writing stopped.
enum Failure {
    Store(StoreError),
    File(io::Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Store(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::File(error)
    }
}

/// Writes the journal as an audit file. Without values it says who did what kind of thing when, and proves that
/// nothing of it was altered; with values also to which records.
///
/// The export itself goes into the journal, of a file before it gets its name, of what is read at once before
/// anything is written.
///
/// Errors: `Denied`, `UnwritableFile`, `Cancelled`.
pub async fn audit_export(
    session: &Session,
    input: AuditInput,
    to: Destination<'_>,
    progress: OnProgress<'_>,
) -> Result<AuditWritten, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    if input.with_values {
        session.actor().require(Permission::ExportContacts)?;
    }
    session.begin_long_work();
    let mut file = tokio::task::block_in_place(|| files::new_file(session.directory(), to))?;
    let is_stream = file.is_stream();
    if is_stream {
        session.record_event(OperationKind::AuditExport, to.file_name()).await?;
    }
    let mut failed = None;
    let written = session.read(|view| {
        write_audit(session, view, &mut file, input, progress).map_err(|failure| match failure {
            Failure::Store(error) => error,
            Failure::File(error) => {
                failed = Some(CommandError::from(error));
                StoreError::Cancelled
            }
        })
    });
    let written = written.await;
    if let Some(failure) = failed {
        return Err(failure);
    }
    let (operations, head) = written?;
    if !is_stream {
        session.record_event(OperationKind::AuditExport, to.file_name()).await?;
    }
    tokio::task::block_in_place(|| file.finish())?;
    Ok(AuditWritten { path: to.named(), operations, head })
}

/// How many operations were written, and the head as people write it down.
fn write_audit(
    session: &Session,
    view: &View<'_>,
    to: &mut dyn Write,
    input: AuditInput,
    progress: OnProgress<'_>,
) -> Result<(u32, String), Failure> {
    // The file is the whole journal; what it says of somebody is withheld by `Names`.
    let db = view.everything();
    let header = header(db, input.with_values, session.now() as i64)?;
    line(to, &header)?;
    let mut names = Names::new(view);
    let (mut done, total) = (0, header.operations as u32);
    let mut failed = None;
    let mut put = |content: Result<(), io::Error>| {
        content.map_err(|error| {
            failed = Some(error);
            StoreError::Cancelled
        })
    };
    let gone = each_link(db, &mut |linked, changes| {
        put(line(to, &OperationLine::of(&linked)))?;
        for change in changes {
            let change = change?;
            let values = if input.with_values { values(&mut names, &change)? } else { None };
            put(line(to, &ChangeLine { digest: hex(&change.digest), values }))?;
        }
        done += 1;
        session.report(progress, done, total)
    });
    match (failed, gone) {
        (Some(error), _) => return Err(Failure::File(error)),
        (None, gone) => gone?,
    }
    line(to, &EndLine { end: header.operations })?;
    to.flush()?;
    let head = anchor::head(db)?.map(|head| head.written().to_string());
    Ok((total, head.unwrap_or_default()))
}

fn line(to: &mut dyn Write, content: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec(content)?;
    text.push(b'\n');
    to.write_all(&text)
}

fn header(db: &Db<'_>, with_values: bool, exported_at: i64) -> Result<Header, StoreError> {
    let devices = operations::by_device(db)?.into_iter().map(|end| DeviceLine {
        id: end.device,
        name: end.name,
        operations: end.operations,
        chain: hex(&end.chain),
    });
    let staff = staff::names(db)?.into_iter().map(|(id, name)| StaffLine { id, name });
    Ok(Header {
        liaison_audit: VERSION,
        institution: liaison_store::backup::institution(db)?,
        exported_at,
        with_values,
        operations: operations::count(db)?,
        changes: changes::count(db)?,
        devices: devices.collect(),
        staff: staff.collect(),
    })
}

/// The values of a change; `None` where they were erased, or the person at the desk does not see them.
fn values(names: &mut Names<'_>, change: &LinkedChange) -> Result<Option<ValuesLine>, StoreError> {
    let (Some(packed), Some(kind)) = (&change.packed, change.kind.known()) else { return Ok(None) };
    if names.is_private(kind, change.record)? {
        return Ok(None);
    }
    let (kind, number) = (kind.key().to_owned(), change.kind.number());
    Ok(Some(ValuesLine { kind, number, record: change.record, packed: hex(packed) }))
}

impl OperationLine {
    fn of(linked: &Linked) -> OperationLine {
        let operation = &linked.logged.operation;
        let (wall, seen) = match operation.head {
            Head::V2 { wall, seen } => (Some(wall), Some(seen)),
            Head::V1 | Head::Newer(_) => (None, None),
        };
        OperationLine {
            device: operation.device,
            sequence: linked.sequence,
            id: operation.id,
            head: operation.head.version(),
            time: operation.time.0,
            wall,
            seen,
            actor: operation.actor,
            kind: operation.kind.known().map_or_else(String::new, |kind| kind.key().to_owned()),
            number: operation.kind.number(),
            detail: operation.detail.clone(),
            undoes: operation.undoes,
            changes: linked.logged.changes.max(0) as u64,
            chain: hex(&linked.chain),
        }
    }
}
