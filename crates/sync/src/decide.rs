//! What the hub says to the operations a device sends: accepted, with a place and a stamp, or refused, with a place and
//! a reason. Pure: the caller loads what is asked about, and writes what comes out in one transaction.

use crate::document::{Clock, Documents, Key};
use crate::permit;
use crate::portal;
use crate::settle::{self, Cause};
use liaison_domain::field::DELETED_AT;
use liaison_domain::replication::{Content, LinkedOperation, Stamp};
use liaison_domain::{FieldType, Hlc, Id, Numbered, OperationKind, RecordKind, Value, attribute};
use std::collections::{HashMap, HashSet};

pub use crate::log::{Decided, Device, Reason};

/// So far ahead of the hub's clock a device's clock is believed, in milliseconds.
pub const AHEAD: u64 = 60_000;

/// An operation of the device that is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: Id,
    /// Its place in the log.
    pub place: u64,
}

/// What a decision is made on: the state at one moment of the institution, as far as the batch needs it.
#[derive(Clone, Debug)]
pub struct State {
    /// The device that sends.
    pub device: Device,
    /// Those of its operations in the batch that are here already, by their place in its chain.
    pub known: HashMap<u64, Known>,
    /// The records that the batch changes, and those that the rights to it depend on: see [`needed`].
    pub documents: Documents,
    /// Of the accepted operations that the batch takes back, the place of the one that is taken back in the end: an undo
    /// may take back an undo.
    pub taken_back: HashMap<Id, u64>,
    /// The numbers that attributes have, with the attribute.
    pub attributes: HashMap<u16, Id>,
    /// The device as which the hub itself writes what settles things: see [`settle`].
    pub hub: Device,
    /// The last place of the log.
    pub last: u64,
    /// The greatest stamp that was given.
    pub greatest: Hlc,
}

/// Why the rest of a batch was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Operations before these are missing: the device sends from this place of its chain.
    Gap {
        /// The place in the device's chain.
        expected: u64,
    },
    /// The device's chain is not the one that is here: its database was copied, or restored from earlier.
    Forked {
        /// The place in the device's chain.
        sequence: u64,
    },
}

/// What came of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What goes into the log, in the order of its places.
    pub decided: Vec<Decided>,
    /// The records that changed, each once.
    pub changed: Vec<Key>,
    /// Why it went no further.
    pub stopped: Option<Stop>,
}

/// The records that must be loaded before [`decide`], but for those that were asked for: what a batch changes, and what the
/// rights to it depend on. What was loaded may name more; so it is asked again until nothing new comes. Each counts as
/// asked for from then on.
pub fn needed(batch: &[LinkedOperation], loaded: &Documents, asked_for: &mut HashSet<Key>) -> Vec<Key> {
    let changes = batch.iter().flat_map(|operation| &operation.changes);
    let mut needed = permit::asked(batch, loaded);
    needed.extend(portal::asked(batch, loaded));
    needed.extend(changes.map(|change| (change.kind.number(), change.record)));
    needed.extend(settle::asked(batch, loaded));
    needed.into_iter().filter(|key| asked_for.insert(*key)).collect()
}

/// Decides about operations that one device sends, in the order of its chain; `now` is the hub's clock in milliseconds.
/// What is accepted is in `state` afterwards. A batch never fails as a whole for one of its operations.
pub fn decide(batch: &[LinkedOperation], state: &mut State, now: u64) -> Outcome {
    let mut outcome = Outcome::default();
    for operation in batch {
        let sequence = operation.sequence;
        if sequence <= state.device.sequence {
            // A copy of a message that came before. Its answer is in the log.
            if state.known.get(&sequence).is_some_and(|known| known.id != operation.operation.id) {
                outcome.stopped = Some(Stop::Forked { sequence });
                break;
            }
            continue;
        }
        if sequence != state.device.sequence + 1 {
            outcome.stopped = Some(Stop::Gap { expected: state.device.sequence + 1 });
            break;
        }
        let is_own = operation.operation.device == state.device.id;
        // A head of a newer version is taken over: whoever knows it checks it.
        if !is_own || !operation.follows(&state.device.chain).unwrap_or(true) {
            outcome.stopped = Some(Stop::Forked { sequence });
            break;
        }
        let stamp = stamp(operation.operation.time, state.device.stamp, state.greatest, now);
        let refused = refusal(operation, state).or_else(|| denial(operation, state));
        state.last += 1;
        state.device.sequence = sequence;
        state.device.chain = operation.chain;
        state.device.stamp = stamp;
        state.known.insert(sequence, Known { id: operation.operation.id, place: state.last });
        let mut operation = operation.clone();
        if refused.is_none() {
            state.greatest = state.greatest.max(stamp);
            define(&operation, state);
            let taken_back = taken_back(&operation, state).unwrap_or(state.last);
            state.taken_back.insert(operation.operation.id, taken_back);
            // Values for what is erased are not kept.
            for change in &mut operation.changes {
                let erases = change.content(operation.operation.kind) == Content::Erasure;
                if !erases && state.documents.erased.contains(&change.record) {
                    *change = change.clone().without_values();
                }
            }
            let clock = Clock { stamp: Stamp { time: stamp, device: state.device.id }, place: state.last };
            let cause = Cause { operation: &operation, clock };
            let lists = settle::lists(&cause, &state.documents);
            let changed = state.documents.take(&operation, clock);
            let settled = settle(&cause, lists, state);
            for key in changed.into_iter().chain(settled.iter().flat_map(|(_, changed)| changed).copied()) {
                if !outcome.changed.contains(&key) {
                    outcome.changed.push(key);
                }
            }
            outcome.decided.push(Decided { place: clock.place, stamp, operation, refused });
            outcome.decided.extend(settled.map(|(decided, _)| decided));
        } else {
            outcome.decided.push(Decided { place: state.last, stamp, operation, refused });
        }
    }
    outcome
}

/// Writes behind an accepted operation what settles it: `lists`, and what holds no more since it was taken in.
fn settle(cause: &Cause<'_>, lists: Vec<settle::Write>, state: &mut State) -> Option<(Decided, Vec<Key>)> {
    let mut values = lists;
    values.extend(settle::primaries(cause, &state.documents));
    let settled = settle::write(cause, values, &mut state.documents, &mut state.hub, state.greatest)?;
    (state.last, state.greatest) = (settled.0.place, settled.0.stamp);
    state.taken_back.insert(settled.0.operation.operation.id, state.last);
    Some(settled)
}

/// What an operation counts. Its own time, as a rule. Later than what its device did before; and never further ahead than
/// a minute before the hub's clock, so that a clock that is wrong doesn't win for years, but always later than whatever
/// has been given: so it is later than everything its device had seen, which its own time is, too.
fn stamp(time: Hlc, previous: Hlc, greatest: Hlc, now: u64) -> Hlc {
    let next = |stamp: Hlc| Hlc(stamp.0.saturating_add(1));
    let limit = Hlc(now.saturating_add(AHEAD).min(u64::MAX >> 17) << 16).max(next(greatest));
    Hlc(time.min(limit).max(next(previous)).0.min(i64::MAX as u64))
}

/// Why an operation can't be accepted.
fn refusal(operation: &LinkedOperation, state: &State) -> Option<Reason> {
    let mut made: HashSet<Key> = HashSet::new();
    for change in &operation.changes {
        let key = (change.kind.number(), change.record);
        match change.content(operation.operation.kind) {
            Content::Fields { created, fields } => {
                let restores = fields.iter().any(|f| f.field == DELETED_AT.number && f.after.is_empty());
                if (created || restores) && state.documents.erased.contains(&change.record) {
                    return Some(Reason::Erased);
                }
                if created {
                    made.insert(key);
                }
                let is_there = made.contains(&key)
                    || state.documents.erased.contains(&change.record)
                    || state.documents.get(change.kind, change.record).is_some();
                if !is_there {
                    return Some(Reason::Missing);
                }
                let refused = fields.iter().find_map(|field| shape(change.kind, field.field, &field.after));
                if refused.is_some() {
                    return refused;
                }
                let number = fields.iter().find(|field| field.field == attribute::NUMBER.number);
                if change.kind.known() == Some(RecordKind::Attribute)
                    && let Some(Value::Number(number)) = number.map(|field| &field.after)
                    && let Ok(number) = u16::try_from(*number)
                    && state.attributes.get(&number).is_some_and(|taken| *taken != change.record)
                {
                    return Some(Reason::AttributeNumber);
                }
            }
            Content::Erasure | Content::Gone => {}
            Content::Unreadable(liaison_domain::journal::Unreadable::Damaged) => return Some(Reason::Damaged),
            Content::Unreadable(liaison_domain::journal::Unreadable::Newer) => {}
        }
    }
    None
}

/// Why the author of an operation may not do what it does.
fn denial(operation: &LinkedOperation, state: &State) -> Option<Reason> {
    if operation.sequence <= state.device.founding {
        return None;
    }
    if state.device.is_portal {
        return portal::permit(operation, &state.documents).err().map(Reason::Denied);
    }
    permit::permit(operation, &state.documents, taken_back(operation, state)).err().map(Reason::Denied)
}

/// The place of the operation that another takes back in the end.
fn taken_back(operation: &LinkedOperation, state: &State) -> Option<u64> {
    let undoes = operation.operation.undoes.filter(|_| operation.operation.kind == OperationKind::Undo.into())?;
    state.taken_back.get(&undoes).copied()
}

/// Whether a value is one that its field takes. Fields and kinds of newer versions are taken as they come.
fn shape(kind: Numbered<RecordKind>, number: u16, value: &Value) -> Option<Reason> {
    let field = kind.known()?.field_numbered(number)?;
    let is_taken = field.field_type.takes(value)
        && match (field.field_type, value) {
            (FieldType::Text { max }, Value::Text(text)) => fits(text, max),
            (FieldType::LongText { max }, Value::Text(text)) => fits(text, max),
            _ => true,
        };
    (!is_taken).then_some(Reason::Value)
}

fn fits(text: &str, max: u32) -> bool {
    // Twice as long: what a field took in an earlier version must not be lost for a limit that has become narrower.
    text.chars().count() <= max as usize * 2
}

/// Notes the numbers of attributes that an accepted operation defines.
fn define(operation: &LinkedOperation, state: &mut State) {
    for change in &operation.changes {
        if change.kind.known() != Some(RecordKind::Attribute) {
            continue;
        }
        if let Content::Fields { fields, .. } = change.content(operation.operation.kind) {
            for field in fields {
                if field.field == attribute::NUMBER.number
                    && let Value::Number(number) = field.after
                    && let Ok(number) = u16::try_from(number)
                {
                    state.attributes.insert(number, change.record);
                }
            }
        }
    }
}
