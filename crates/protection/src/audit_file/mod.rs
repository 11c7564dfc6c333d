//! The audit file: the journal in a form that anybody can check, without the database and its key. `docs/audit-file.md`
//! says byte by byte what is in it.

mod check;
mod write;
pub use write::audit_export;

pub use check::{AuditChecked, check, check_file};
pub use write::{AuditInput, AuditWritten};

use liaison_domain::Id;
use serde::{Deserialize, Serialize};

/// The version of the format.
const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    liaison_audit: u32,
    institution: String,
    exported_at: i64,
    with_values: bool,
    operations: u64,
    changes: u64,
    devices: Vec<DeviceLine>,
    staff: Vec<StaffLine>,
}

/// A device, with the head of its chain.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceLine {
    id: Id,
    name: String,
    operations: u64,
    chain: String,
}

/// Who an actor is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffLine {
    id: Id,
    name: String,
}

/// One operation; the lines of its changes follow.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationLine {
    device: Id,
    sequence: u64,
    id: Id,
    head: u8,
    time: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    wall: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<u64>,
    actor: Id,
    kind: String,
    number: u8,
    detail: String,
    undoes: Option<Id>,
    changes: u64,
    chain: String,
}

/// One change.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeLine {
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<ValuesLine>,
}

/// What a digest was made of.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValuesLine {
    kind: String,
    number: u8,
    record: Id,
    packed: String,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine {
    end: u64,
}
