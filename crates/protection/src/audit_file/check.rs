//! Checking an audit file by itself, without a database.

use super::{ChangeLine, EndLine, Header, OperationLine, VERSION};
use liaison_domain::head::{JournalHead, WrittenHead, bytes, hex};
use liaison_domain::journal::{self, Digest, Head, Link, Operation};
use liaison_domain::{Hlc, Id, Numbered, OperationKind, RecordKind};
use liaison_engine::error::{CommandError, FileProblem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

/// Longest line that is read, in bytes: a change whose texts are as long as they may be.
const LINE_MOST: u64 = 64 << 20;

/// What checking an audit file came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditChecked {
    /// The file is as it was written.
    pub whole: bool,
    /// Whose journal it says it is.
    pub institution: String,
    /// When it says it was written, in milliseconds since 1970.
    pub exported_at: i64,
    /// How many operations were checked.
    pub operations: u64,
    /// How many changes were.
    pub changes: u64,
    /// The heads of the chains in it, as people write them down.
    pub heads: Vec<String>,
    /// The first thing that is not as it should be, in English.
    pub problem: Option<String>,
}

impl fmt::Display for AuditChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            None => {
                let (operations, changes) = (self.operations, self.changes);
                write!(f, "{operations} operations and {changes} changes are as they were exported")?;
                self.heads.iter().try_for_each(|head| write!(f, "\nhead of the journal: {head}"))
            }
            Some(problem) => write!(f, "{problem}"),
        }
    }
}

/// Why a file is not as it was written.
enum Stop {
    /// In English.
    Problem(String),
    /// It can't be read on.
    Unreadable(CommandError),
}

impl From<String> for Stop {
    fn from(problem: String) -> Stop {
        Stop::Problem(problem)
    }
}

/// Checks an audit file: that it is all there, and that each link follows from the one before and from what the file
/// says. `expected` are heads that were written down; the file must hold each. One line is in memory at a time.
///
/// Errors: `UnreadableFile` where it is no audit file, or one of a newer version.
pub fn check(from: impl BufRead, expected: &[WrittenHead]) -> Result<AuditChecked, CommandError> {
    let mut lines = Lines { from, text: Vec::new() };
    let first = lines.next().map_err(|stop| match stop {
        Stop::Problem(_) => unreadable(FileProblem::NotRecognised, "this isn't a Liaison audit file"),
        Stop::Unreadable(error) => error,
    })?;
    let header: Header = match first.map(serde_json::from_slice) {
        None => return Err(unreadable(FileProblem::Empty, "the file is empty")),
        Some(Ok(header)) => header,
        Some(Err(_)) => {
            return Err(unreadable(FileProblem::NotRecognised, "this isn't a Liaison audit file"));
        }
    };
    if header.liaison_audit != VERSION {
        let detail = "a newer version of Liaison made this audit file; check it with that version";
        return Err(unreadable(FileProblem::NotRecognised, detail));
    }
    let mut checked = AuditChecked {
        whole: false,
        institution: header.institution.clone(),
        exported_at: header.exported_at,
        operations: 0,
        changes: 0,
        heads: Vec::new(),
        problem: None,
    };
    match along(&mut lines, &header, expected, &mut checked) {
        Ok(()) => checked.whole = true,
        Err(Stop::Problem(problem)) => checked.problem = Some(problem),
        Err(Stop::Unreadable(error)) => return Err(error),
    }
    Ok(checked)
}

/// Checks an audit file; see [`check`].
///
/// Errors: as [`check`], and where the file can't be opened.
pub fn check_file(path: &Path, expected: &[WrittenHead]) -> Result<AuditChecked, CommandError> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable(FileProblem::NotFound, &error.to_string()),
        _ => unreadable(FileProblem::Damaged, &error.to_string()),
    })?;
    check(BufReader::new(file), expected)
}

fn unreadable(problem: FileProblem, detail: &str) -> CommandError {
    CommandError::UnreadableFile { problem, detail: detail.to_owned() }
}

/// Goes along the lines after the first.
fn along(
    lines: &mut Lines<impl BufRead>,
    header: &Header,
    expected: &[WrittenHead],
    checked: &mut AuditChecked,
) -> Result<(), Stop> {
    let mut heads: BTreeMap<Id, JournalHead> = BTreeMap::new();
    let mut missing: Vec<&WrittenHead> = expected.iter().collect();
    loop {
        let after = format!("after {} operations", checked.operations);
        let text = lines.next()?.ok_or_else(|| format!("the file is cut off {after}"))?;
        if let Ok(EndLine { end }) = serde_json::from_slice(text) {
            if end != checked.operations || end != header.operations {
                return Err(format!("the file should have {end} operations and has {}", checked.operations).into());
            }
            break;
        }
        let entry: OperationLine = parse(text, &after)?;
        let before = heads.get(&entry.device).copied();
        let before = before.unwrap_or(JournalHead { device: entry.device, operations: 0, chain: [0; 32] });
        if before.operations.checked_add(1) != Some(entry.sequence) {
            return Err(format!("operations are missing before operation {}", entry.id).into());
        }
        let mut link = Link::default();
        for _ in 0..entry.changes {
            let text = lines.next()?.ok_or_else(|| format!("the file is cut off in operation {}", entry.id))?;
            link.add(&digest_of(&parse(text, &after)?, entry.id)?);
            checked.changes += 1;
        }
        let chain = link.close(&before.chain, entry.sequence, &operation(&entry)?).map_err(|_| {
            format!("operation {} was written by a newer version, and only that can check it", entry.id)
        })?;
        if hex(&chain) != entry.chain {
            return Err(format!("operation {} or one of its changes was altered", entry.id).into());
        }
        missing.retain(|head| head.operations != entry.sequence || !head.is(&chain));
        heads.insert(entry.device, JournalHead { operations: entry.sequence, chain, ..before });
        checked.operations += 1;
    }
    if lines.next()?.is_some() {
        return Err("there is more after the end of the file".to_owned().into());
    }
    checked.heads = heads.values().map(|head| head.written().to_string()).collect();
    let told = header.devices.iter().map(|device| (device.id, device.operations, device.chain.clone()));
    if !told.eq(heads.values().map(|head| (head.device, head.operations, hex(&head.chain)))) {
        return Err("the heads in the first line aren't those of the operations".to_owned().into());
    }
    if checked.changes != header.changes {
        return Err(format!("the file should have {} changes and has {}", header.changes, checked.changes).into());
    }
    match missing.first() {
        Some(head) => Err(format!("the head {head} isn't in the file").into()),
        None => Ok(()),
    }
}

/// The operation that a line says.
fn operation(line: &OperationLine) -> Result<Operation, String> {
    let kind = Numbered::<OperationKind>::of(line.number);
    if kind.known().is_some_and(|kind| kind.key() != line.kind) {
        return Err(format!("operation {} says wrongly of what kind it is", line.id));
    }
    let head = match (line.head, line.wall, line.seen) {
        (1, None, None) => Head::V1,
        (2, Some(wall), Some(seen)) => Head::V2 { wall, seen },
        (1 | 2, ..) => return Err(format!("operation {} has the wrong parts", line.id)),
        (version, ..) => Head::Newer(version),
    };
    Ok(Operation {
        id: line.id,
        time: Hlc(line.time),
        actor: line.actor,
        device: line.device,
        kind,
        detail: line.detail.clone(),
        undoes: line.undoes,
        head,
    })
}

/// The digest of a change, which must be that of its values where they are there.
fn digest_of(line: &ChangeLine, operation: Id) -> Result<Digest, String> {
    let altered = || format!("a change of operation {operation} was altered");
    let digest: Digest = bytes(&line.digest).and_then(|digest| digest.try_into().ok()).ok_or_else(altered)?;
    if let Some(values) = &line.values {
        let kind = Numbered::<RecordKind>::of(values.number);
        let packed = bytes(&values.packed).ok_or_else(altered)?;
        let is_named = kind.known().is_none_or(|kind| kind.key() == values.kind);
        if !is_named || journal::change_digest(kind, values.record, &packed) != digest {
            return Err(altered());
        }
    }
    Ok(digest)
}

fn parse<T: DeserializeOwned>(text: &[u8], after: &str) -> Result<T, String> {
    serde_json::from_slice(text).map_err(|_| format!("a line {after} can't be read"))
}

/// The lines of a file, one at a time.
struct Lines<R> {
    from: R,
    text: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The next line; `None` at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Stop> {
        self.text.clear();
        let read = (&mut self.from).take(LINE_MOST + 1).read_until(b'\n', &mut self.text);
        let read = read.map_err(|error| Stop::Unreadable(unreadable(FileProblem::Damaged, &error.to_string())))?;
        if self.text.len() as u64 > LINE_MOST {
            return Err(format!("a line is longer than {LINE_MOST} bytes").into());
        }
        Ok((read > 0).then_some(&self.text[..]))
    }
}
