//! Which writes of a field nobody has decided between: of those that no later write knew of, the ones that were lost.
//!
//! A write knows of the writes that its device had received when it was made, and of those its device made before. Where
//! two writes don't know of each other, the fold lets the one with the greater stamp win, and the other is lost without
//! anybody having wanted that. A later write that knows of both settles it, whatever value it has: so there is nothing to
//! be kept beside the journal, every device that has the same operations finds the same conflicts, in whatever order they
//! came, and settling twice changes nothing.

use liaison_domain::replication::Stamp;
use liaison_domain::{Field, FieldType, Id, RecordKind, Value, contact, employer, employer_user};

/// A write of one field of one record, as a journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Its operation.
    pub operation: Id,
    /// What counts for order: the greatest wins.
    pub stamp: Stamp,
    /// The place of its operation in its device's chain.
    pub sequence: u64,
    /// The place of its operation in the hub's log; `None` while it has none.
    pub place: Option<u64>,
    /// Up to which place of that log its device knew the work of others.
    pub seen: u64,
    /// It followed by rule from another change: nobody chose the value.
    pub follows: bool,
    /// The value that was there.
    pub before: Value,
    /// The value it wrote.
    pub after: Value,
}

impl Write {
    /// Whether whoever made this write knew of the other one.
    pub fn knows(&self, other: &Write) -> bool {
        if self.stamp.device == other.stamp.device {
            self.sequence > other.sequence
        } else {
            other.place.is_some_and(|place| place <= self.seen)
        }
    }
}

/// Writes of a field between which somebody has to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The value that was there before they were made.
    pub before: Value,
    /// The write that won: its value is the field's value now.
    pub kept: Write,
    /// The writes that were lost, each with another value, the latest first.
    pub lost: Vec<Write>,
}

impl Conflict {
    /// The write by this operation, be it the one that won or one that was lost.
    pub fn by(&self, operation: Id) -> Option<&Write> {
        std::iter::once(&self.kept).chain(&self.lost).find(|write| write.operation == operation)
    }
}

/// Whether people are asked about concurrent writes of a field: where they enter it. What the program notes by itself is
/// nobody's choice, and lists are brought together by rule.
pub fn is_shown(kind: RecordKind, field: &Field) -> bool {
    let decided: &[&Field] = match kind {
        RecordKind::Contact => &[&contact::APPROVAL],
        RecordKind::Employer => &[&employer::PRIMARY_CONTACT],
        RecordKind::EmployerUser => &[&employer_user::ROLE, &employer_user::ACCESS],
        _ => &[],
    };
    let is_entered = field.editable || decided.iter().any(|decided| decided.number == field.number);
    is_entered && field.field_type != FieldType::List
}

/// The conflict among all accepted writes of one field of one record, in any order; `None` where there is nothing to
/// decide: one write knew of all others, they wrote the same, or what was lost had changed nothing in the end.
pub fn conflict(writes: &[Write]) -> Option<Conflict> {
    let is_last = |write: &&Write| !writes.iter().any(|other| other.knows(write));
    let mut last: Vec<&Write> = writes.iter().filter(is_last).collect();
    last.sort_by_key(|write| std::cmp::Reverse((write.stamp, write.sequence)));
    let (kept, others) = last.split_first()?;
    let (mut lost, mut before) = (Vec::<Write>::new(), Value::Empty);
    for write in others {
        let origin = origin(writes, kept, write);
        // Whoever wrote again what was there confirmed it: that is a choice, too.
        let is_back = write.after == *origin && write.before != write.after;
        let is_nothing = write.follows || write.after == kept.after || is_back;
        if !is_nothing && lost.iter().all(|known| known.after != write.after) {
            before = origin.clone();
            lost.push((*write).clone());
        }
    }
    (!lost.is_empty()).then(|| Conflict { before, kept: (*kept).clone(), lost })
}

/// The value that a device began with when it wrote what the write that won did not know of.
fn origin<'w>(writes: &'w [Write], kept: &Write, lost: &'w Write) -> &'w Value {
    let of_device = writes.iter().filter(|write| write.stamp.device == lost.stamp.device && !kept.knows(write));
    let first = of_device.filter(|write| write.sequence <= lost.sequence).min_by_key(|write| write.sequence);
    &first.unwrap_or(lost).before
}

#[cfg(test)]
mod tests;
