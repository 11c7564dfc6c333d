//! What goes over the wire: frames of a length (four bytes, the smallest first), a byte that says what it is, and its
//! content in postcard's format. Frames of unknown kinds are skipped: a newer version may send more.

use liaison_domain::journal::{Digest, change_digest};
use liaison_domain::replication::{Entry, LinkedChange, LinkedOperation, Placed, Restored, Stamp};
use liaison_domain::{Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind};
use serde::{Deserialize, Serialize};

/// Most bytes of one request; a longer message goes in parts of so many.
pub const PART: usize = 4 << 20;
/// Most parts of one message.
pub const MOST_PARTS: u32 = 64;
/// Most bytes of one frame: an operation with its changes. An import of a million contacts has some 220 million.
pub const LONGEST_FRAME: usize = PART * MOST_PARTS as usize;

/// What came is not what anybody sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message of this protocol")]
pub struct Malformed;

/// The kinds of frames; their numbers are part of the protocol.
mod kind {
    pub const OPERATION: u8 = 1;
    pub const PLACED: u8 = 2;
    pub const LAST: u8 = 3;
}

/// What the hub answers to a question for its log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Entries, in the order of their places.
    pub entries: Vec<Placed>,
    /// The last place of the log when it was answered.
    pub last: u64,
}

#[derive(Serialize, Deserialize)]
struct WireChange {
    kind: u8,
    record: Id,
    packed: Option<Vec<u8>>,
    /// Of a change whose values were erased; else it is computed again.
    digest: Option<Digest>,
}

impl From<&LinkedChange> for WireChange {
    fn from(change: &LinkedChange) -> WireChange {
        WireChange {
            kind: change.kind.number(),
            record: change.record,
            packed: change.packed.clone(),
            digest: change.packed.is_none().then_some(change.digest),
        }
    }
}

impl WireChange {
    fn read(self) -> Result<LinkedChange, Malformed> {
        let kind = Numbered::<RecordKind>::of(self.kind);
        match (self.packed, self.digest) {
            (Some(packed), _) => Ok(LinkedChange::of(kind, self.record, packed)),
            (None, Some(digest)) => Ok(LinkedChange { kind, record: self.record, packed: None, digest }),
            (None, None) => Err(Malformed),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct WireOperation {
    id: Id,
    time: u64,
    actor: Id,
    device: Id,
    kind: u8,
    detail: String,
    undoes: Option<Id>,
    head: u8,
    wall: i64,
    seen: u64,
    sequence: u64,
    chain: Digest,
    changes: Vec<WireChange>,
}

#[derive(Serialize, Deserialize)]
enum WireEntry {
    Operation { stamp: u64, operation: Box<WireOperation> },
    Accepted { sequence: u64, id: Id, stamp: u64 },
    Refused { sequence: u64, id: Id, reason: String, restored: Vec<WireRestored> },
    Skipped { device: Id, sequence: u64, chain: Digest },
}

#[derive(Serialize, Deserialize)]
struct WireRestored {
    change: WireChange,
    stamp: u64,
    device: Id,
    place: u64,
    counts: bool,
}

impl From<&Restored> for WireRestored {
    fn from(restored: &Restored) -> WireRestored {
        let Restored { change, stamp, place, counts } = restored;
        WireRestored {
            change: change.into(),
            stamp: stamp.time.0,
            device: stamp.device,
            place: *place,
            counts: *counts,
        }
    }
}

impl WireRestored {
    fn read(self) -> Result<Restored, Malformed> {
        let stamp = Stamp { time: Hlc(self.stamp), device: self.device };
        Ok(Restored { change: self.change.read()?, stamp, place: self.place, counts: self.counts })
    }
}

#[derive(Serialize, Deserialize)]
struct WirePlaced {
    place: u64,
    entry: WireEntry,
}

impl From<&LinkedOperation> for WireOperation {
    fn from(linked: &LinkedOperation) -> WireOperation {
        let operation = &linked.operation;
        let (wall, seen) = match operation.head {
            Head::V2 { wall, seen } => (wall, seen),
            Head::V1 | Head::Newer(_) => (0, 0),
        };
        WireOperation {
            id: operation.id,
            time: operation.time.0,
            actor: operation.actor,
            device: operation.device,
            kind: operation.kind.number(),
            detail: operation.detail.clone(),
            undoes: operation.undoes,
            head: operation.head.version(),
            wall,
            seen,
            sequence: linked.sequence,
            chain: linked.chain,
            changes: linked.changes.iter().map(WireChange::from).collect(),
        }
    }
}

impl WireOperation {
    fn read(self) -> Result<LinkedOperation, Malformed> {
        let head = match self.head {
            0 => return Err(Malformed),
            1 => Head::V1,
            2 => Head::V2 { wall: self.wall, seen: self.seen },
            newer => Head::Newer(newer),
        };
        // Numbers beyond what a database holds would not come back as they went.
        if [self.time, self.seen, self.sequence].iter().any(|number| i64::try_from(*number).is_err()) {
            return Err(Malformed);
        }
        Ok(LinkedOperation {
            operation: Operation {
                id: self.id,
                time: Hlc(self.time),
                actor: self.actor,
                device: self.device,
                kind: Numbered::<OperationKind>::of(self.kind),
                detail: self.detail,
                undoes: self.undoes,
                head,
            },
            sequence: self.sequence,
            chain: self.chain,
            changes: self.changes.into_iter().map(WireChange::read).collect::<Result<_, _>>()?,
        })
    }
}

fn frame(out: &mut Vec<u8>, kind: u8, content: &impl Serialize) {
    let start = out.len();
    out.extend_from_slice(&[0, 0, 0, 0, kind]);
    let taken = std::mem::take(out);
    // Serializing plain data into a growing vector has no way to fail.
    *out = postcard::to_extend(content, taken).unwrap_or_default();
    let length = (out.len() - start - 5) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

/// Passes each frame to `each`: its kind and content.
fn frames(mut bytes: &[u8], mut each: impl FnMut(u8, &[u8]) -> Result<(), Malformed>) -> Result<(), Malformed> {
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Malformed)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (kind, rest) = rest.split_first().ok_or(Malformed)?;
        if length > LONGEST_FRAME || rest.len() < length {
            return Err(Malformed);
        }
        let (content, rest) = rest.split_at(length);
        each(*kind, content)?;
        bytes = rest;
    }
    Ok(())
}

fn read<'b, T: Deserialize<'b>>(content: &'b [u8]) -> Result<T, Malformed> {
    postcard::from_bytes(content).map_err(|_| Malformed)
}

/// Operations that a device sends.
pub fn push(operations: &[LinkedOperation]) -> Vec<u8> {
    let mut out = Vec::new();
    for operation in operations {
        frame(&mut out, kind::OPERATION, &WireOperation::from(operation));
    }
    out
}

/// What names a message that goes in parts: its digest, in hexadecimal digits.
pub fn digest(message: &[u8]) -> String {
    let digest = change_digest(RecordKind::Institution.into(), Id::constant(0), message);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what [`push`] wrote.
pub fn read_push(bytes: &[u8]) -> Result<Vec<LinkedOperation>, Malformed> {
    let mut operations = Vec::new();
    frames(bytes, |kind, content| {
        if kind == kind::OPERATION {
            operations.push(read::<WireOperation>(content)?.read()?);
        }
        Ok(())
    })?;
    Ok(operations)
}

/// Entries of the log for a device.
pub fn pulled(pulled: &Pulled) -> Vec<u8> {
    let mut out = Vec::new();
    for placed in &pulled.entries {
        let entry = match &placed.entry {
            Entry::Operation { stamp, operation } => {
                WireEntry::Operation { stamp: stamp.0, operation: Box::new(WireOperation::from(&**operation)) }
            }
            Entry::Accepted { sequence, id, stamp } => {
                WireEntry::Accepted { sequence: *sequence, id: *id, stamp: stamp.0 }
            }
            Entry::Refused { sequence, id, reason, restored } => WireEntry::Refused {
                sequence: *sequence,
                id: *id,
                reason: reason.clone(),
                restored: restored.iter().map(WireRestored::from).collect(),
            },
            Entry::Skipped { device, sequence, chain } => {
                WireEntry::Skipped { device: *device, sequence: *sequence, chain: *chain }
            }
        };
        frame(&mut out, kind::PLACED, &WirePlaced { place: placed.place, entry });
    }
    frame(&mut out, kind::LAST, &pulled.last);
    out
}

/// Reads what [`pulled`] wrote. One that was cut short is refused: its last frame is missing.
pub fn read_pulled(bytes: &[u8]) -> Result<Pulled, Malformed> {
    let (mut entries, mut last) = (Vec::new(), None);
    frames(bytes, |kind, content| {
        match kind {
            kind::PLACED => {
                let WirePlaced { place, entry } = read(content)?;
                let entry = match entry {
                    WireEntry::Operation { stamp, operation } => {
                        Entry::Operation { stamp: Hlc(stamp), operation: Box::new(operation.read()?) }
                    }
                    WireEntry::Accepted { sequence, id, stamp } => Entry::Accepted { sequence, id, stamp: Hlc(stamp) },
                    WireEntry::Refused { sequence, id, reason, restored } => {
                        let restored = restored.into_iter().map(WireRestored::read).collect::<Result<_, _>>()?;
                        Entry::Refused { sequence, id, reason, restored }
                    }
                    WireEntry::Skipped { device, sequence, chain } => Entry::Skipped { device, sequence, chain },
                };
                entries.push(Placed { place, entry });
            }
            kind::LAST => last = Some(read(content)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(Pulled { entries, last: last.ok_or(Malformed)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id() -> impl Strategy<Value = Id> {
        any::<[u8; 10]>().prop_map(|random| Id::from_parts(7, random))
    }

    fn operation() -> impl Strategy<Value = LinkedOperation> {
        let time = || 0u64..=i64::MAX as u64;
        let change = (any::<u8>(), id(), prop::option::of(prop::collection::vec(any::<u8>(), 0..40)), any::<Digest>());
        let change = change.prop_map(|(kind, record, packed, digest)| {
            let kind = Numbered::<RecordKind>::of(kind);
            match packed {
                Some(packed) => LinkedChange::of(kind, record, packed),
                None => LinkedChange { kind, record, packed: None, digest },
            }
        });
        let head = prop_oneof![
            Just(Head::V1),
            (any::<i64>(), time()).prop_map(|(wall, seen)| Head::V2 { wall, seen }),
            (3u8..).prop_map(Head::Newer)
        ];
        let ids = (id(), id(), id(), prop::option::of(id()));
        (ids, time(), any::<u8>(), ".{0,9}", head, time(), any::<Digest>(), prop::collection::vec(change, 0..4))
            .prop_map(|((id, actor, device, undoes), at, kind, detail, head, sequence, chain, changes)| {
                LinkedOperation {
                    operation: Operation {
                        id,
                        time: Hlc(at),
                        actor,
                        device,
                        kind: Numbered::<OperationKind>::of(kind),
                        detail,
                        undoes,
                        head,
                    },
                    sequence,
                    chain,
                    changes,
                }
            })
    }

    fn entry() -> impl Strategy<Value = Entry> {
        prop_oneof![
            (any::<u64>(), operation())
                .prop_map(|(stamp, each)| Entry::Operation { stamp: Hlc(stamp), operation: Box::new(each) }),
            (any::<u64>(), id(), any::<u64>()).prop_map(|(sequence, id, stamp)| Entry::Accepted {
                sequence,
                id,
                stamp: Hlc(stamp)
            }),
            (any::<u64>(), operation(), "[a-z]{0,9}").prop_map(|(sequence, operation, reason)| Entry::Refused {
                sequence,
                id: operation.operation.id,
                reason,
                restored: operation
                    .changes
                    .into_iter()
                    .map(|change| Restored {
                        change,
                        stamp: Stamp { time: Hlc(sequence), device: operation.operation.device },
                        place: sequence / 2,
                        counts: sequence % 2 == 0,
                    })
                    .collect(),
            }),
            (id(), any::<u64>(), any::<Digest>()).prop_map(|(device, sequence, chain)| Entry::Skipped {
                device,
                sequence,
                chain
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_sent_comes_back(operations in prop::collection::vec(operation(), 0..4)) {
            prop_assert_eq!(read_push(&push(&operations)), Ok(operations));
        }

        #[test]
        fn what_is_asked_for_comes_back(entries in prop::collection::vec((any::<u64>(), entry()), 0..4), last: u64, cut: u16) {
            let entries = entries.into_iter().map(|(place, entry)| Placed { place, entry }).collect();
            let whole = Pulled { entries, last };
            let mut bytes = pulled(&whole);
            prop_assert_eq!(read_pulled(&bytes), Ok(whole.clone()));
            let cut = bytes.len() - 1 - usize::from(cut) % bytes.len();
            prop_assert_eq!(read_pulled(&bytes[..cut]), Err(Malformed), "what was cut short is noticed");
            let mut newer = vec![2, 0, 0, 0, 200, 1, 1];
            newer.append(&mut bytes);
            prop_assert_eq!(read_pulled(&newer), Ok(whole), "a frame of a newer version is skipped");
        }

        #[test]
        fn nothing_that_comes_makes_it_panic(bytes: Vec<u8>) {
            let _ = (read_push(&bytes), read_pulled(&bytes));
        }
    }
}
