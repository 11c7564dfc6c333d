//! What the hub itself changes afterwards, so that rules hold that two devices kept each and broke together: lists are
//! brought together, and an employer’s primary contact is one of its own.
//!
//! It is an operation of its own, by a device of the hub, which desks take in like any other: so they end equal by the fold
//! alone. It comes right behind the one that it follows, whoever wrote that is its author, and it counts more than
//! whatever the log has; a write that comes later without knowledge of it is settled anew.

use crate::document::{Clock, Document, Documents, Key};
use crate::log::{Decided, Device};
use liaison_domain::field::DELETED_AT;
use liaison_domain::journal::{Link, SALT_LENGTH, change_digest, pack};
use liaison_domain::replication::{Content, LinkedChange, LinkedOperation, Stamp};
use liaison_domain::{
    FieldChange, Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind, Value, contact, employer,
};
use std::collections::BTreeMap;

/// The device that the hub of an institution writes as.
pub fn device(institution: Id) -> Id {
    let drawn = change_digest(RecordKind::Institution.into(), institution, b"the device of its hub");
    let mut random = [0; 10];
    random.copy_from_slice(&drawn[..10]);
    Id::from_parts(0, random)
}

/// What becomes of a list that two people changed without knowing of each other: what is there, with what the other one
/// added and without what they removed. What is there keeps its order.
pub fn brought_together(before: &[String], present: &[String], after: &[String]) -> Vec<String> {
    let stays = |word: &&String| after.contains(word) || !before.contains(word);
    let mut together: Vec<String> = present.iter().filter(stays).cloned().collect();
    let added = after.iter().filter(|word| !before.contains(word) && !present.contains(word));
    together.extend(added.cloned());
    together
}

/// A value that a field is to have: the kind of the record, the record, the field.
pub(crate) type Write = (RecordKind, Id, u16, Value);

/// What a decision was about: the operation, and where its device stands.
pub(crate) struct Cause<'c> {
    /// The operation as it was accepted.
    pub operation: &'c LinkedOperation,
    /// What it counts, and its place.
    pub clock: Clock,
}

impl Cause<'_> {
    /// Whether a write was made without knowledge of this operation, which was made without knowledge of it.
    fn is_beside(&self, held: &Clock) -> bool {
        let Head::V2 { seen, .. } = self.operation.operation.head else { return false };
        held.stamp.device != self.clock.stamp.device && held.place > seen
    }

    fn changes(&self) -> impl Iterator<Item = (RecordKind, Id, Vec<FieldChange>)> {
        self.operation.changes.iter().filter_map(|change| match change.content(self.operation.operation.kind) {
            Content::Fields { created: false, fields } => Some((change.kind.known()?, change.record, fields)),
            _ => None,
        })
    }
}

/// The records that settling must know beside those that operations change, as far as they can be told from what is
/// loaded: whose primary contact somebody may have been, and who is to be one.
pub fn asked(batch: &[LinkedOperation], documents: &Documents) -> Vec<Key> {
    let mut keys = Vec::new();
    for operation in batch {
        for change in &operation.changes {
            let (of, field) = match change.kind.known() {
                Some(RecordKind::Contact) => (RecordKind::Employer, &contact::EMPLOYER),
                Some(RecordKind::Employer) => (RecordKind::Contact, &employer::PRIMARY_CONTACT),
                _ => continue,
            };
            let Content::Fields { created: false, fields } = change.content(operation.operation.kind) else { continue };
            let is_one = |change: &FieldChange| change.field == field.number;
            let leaves = |change: &FieldChange| change.field == DELETED_AT.number && of == RecordKind::Employer;
            if fields.iter().any(|change| is_one(change) || leaves(change)) {
                let held = documents.get(change.kind, change.record).map(|document| document.value(field.number));
                let written =
                    fields.iter().filter(|change| is_one(change)).flat_map(|change| [&change.before, &change.after]);
                let named = held.into_iter().chain(written).filter_map(Value::as_reference);
                keys.extend(named.map(|record| (of as u8, record)));
            }
        }
    }
    keys
}

/// Lists that the operation writes without knowledge of what is there, brought together; asked before it is taken in.
pub(crate) fn lists(cause: &Cause<'_>, documents: &Documents) -> Vec<Write> {
    let mut found = Vec::new();
    for (kind, record, fields) in cause.changes() {
        let Some(document) = documents.get(kind.into(), record) else { continue };
        for FieldChange { field, before, after } in fields {
            let Some(held) = document.fields.get(&field).filter(|held| cause.is_beside(&held.clock)) else { continue };
            if let (Some(before), Some(present), Some(after)) = (words(&before), words(&held.value), words(&after))
                && (!present.is_empty() || !after.is_empty())
            {
                let together = brought_together(before, present, after);
                found.push((kind, record, field, list(together)));
            }
        }
    }
    found
}

/// The words of a list; none of what is no list.
fn words(value: &Value) -> Option<&[String]> {
    match value {
        Value::Empty => Some(&[]),
        Value::List(words) => Some(words),
        _ => None,
    }
}

fn list(words: Vec<String>) -> Value {
    if words.is_empty() { Value::Empty } else { Value::List(words) }
}

/// Employers that have a primary contact who is not theirs since the operation was taken in. Each desk holds the rule by
/// itself; it breaks where two of them don't know of each other, or where one built on what was refused.
pub(crate) fn primaries(cause: &Cause<'_>, documents: &Documents) -> Vec<Write> {
    let mut found: Vec<Write> = Vec::new();
    for (kind, record, fields) in cause.changes() {
        let employers: Vec<Id> = match kind {
            RecordKind::Employer => vec![record],
            RecordKind::Contact => {
                let moves = fields.iter().filter(|change| change.field == contact::EMPLOYER.number);
                let named = moves.flat_map(|change| [change.before.as_reference(), change.after.as_reference()]);
                let is_at = documents.get(kind.into(), record).map(|document| document.value(contact::EMPLOYER.number));
                named.chain([is_at.and_then(Value::as_reference)]).flatten().collect()
            }
            _ => continue,
        };
        for id in employers {
            let Some(of) = documents.get(RecordKind::Employer.into(), id) else { continue };
            let known = found.iter().any(|(_, employer, ..)| *employer == id);
            if !known && is_foreign(documents, id, of) {
                found.push((RecordKind::Employer, id, employer::PRIMARY_CONTACT.number, Value::Empty));
            }
        }
    }
    found
}

/// Whether an employer’s primary contact is not one of its own. Of a contact that is not here the reference says nothing.
fn is_foreign(documents: &Documents, id: Id, of: &Document) -> bool {
    let Some(primary) = of.value(employer::PRIMARY_CONTACT.number).as_reference() else { return false };
    let Some(person) = documents.get(RecordKind::Contact.into(), primary) else { return false };
    let is_there = person.value(DELETED_AT.number).is_empty();
    !is_there || person.value(contact::EMPLOYER.number).as_reference() != Some(id)
}

/// Writes an operation of the hub's device that gives fields these values, where they have others, and takes it in.
/// `None` where all is so already.
pub(crate) fn write(
    cause: &Cause<'_>,
    values: Vec<Write>,
    documents: &mut Documents,
    hub: &mut Device,
    greatest: Hlc,
) -> Option<(Decided, Vec<Key>)> {
    let mut by_record: BTreeMap<Key, Vec<FieldChange>> = BTreeMap::new();
    for (kind, record, field, after) in values {
        let Some(document) = documents.get(kind.into(), record) else { continue };
        let before = document.value(field).clone();
        if before != after {
            by_record.entry((kind as u8, record)).or_default().push(FieldChange { field, before, after });
        }
    }
    let kind = match by_record.keys().next()? {
        (kind, _) if *kind == RecordKind::Contact as u8 => OperationKind::ContactsEdit,
        (kind, _) if *kind == RecordKind::Employer as u8 => OperationKind::EmployersEdit,
        _ => OperationKind::RecordsEdit,
    };
    let of = &cause.operation.operation;
    let mut changes = Vec::new();
    for ((kind, record), fields) in by_record {
        let mut packed = Vec::new();
        let each = fields.iter().map(|field| (field.field, &field.before, &field.after));
        pack(&mut packed, &salt(cause.operation, record), false, fields.len(), each);
        changes.push(LinkedChange::of(Numbered::<RecordKind>::of(kind), record, packed));
    }
    let mut random = [0; 10];
    random.copy_from_slice(&change_digest(RecordKind::Institution.into(), of.id, &cause.operation.chain)[..10]);
    let wall = match of.head {
        Head::V2 { wall, .. } => wall,
        Head::V1 | Head::Newer(_) => of.time.millis() as i64,
    };
    let stamp = Hlc(greatest.0.saturating_add(1).min(i64::MAX as u64));
    let operation = Operation {
        id: Id::from_parts(stamp.millis(), random),
        time: stamp,
        actor: of.actor,
        device: hub.id,
        kind: kind.into(),
        detail: String::new(),
        undoes: None,
        head: Head::V2 { wall, seen: cause.clock.place },
    };
    let mut link = Link::default();
    changes.iter().for_each(|change| link.add(&change.digest));
    let chain = link.close(&hub.chain, hub.sequence + 1, &operation).ok()?;
    (hub.sequence, hub.chain, hub.stamp) = (hub.sequence + 1, chain, stamp);
    let operation = LinkedOperation { operation, sequence: hub.sequence, chain, changes };
    let place = cause.clock.place + 1;
    let clock = Clock { stamp: Stamp { time: stamp, device: hub.id }, place };
    let changed = documents.take(&operation, clock);
    Some((Decided { place, stamp, operation, refused: None }, changed))
}

/// The salt of a change of the hub's: nobody can tell it who doesn't know the values that it follows from, and it is gone
/// when they are.
fn salt(cause: &LinkedOperation, record: Id) -> [u8; SALT_LENGTH] {
    let packed: Vec<u8> =
        cause.changes.iter().filter_map(|change| change.packed.as_deref()).flatten().copied().collect();
    let mut salt = [0; SALT_LENGTH];
    salt.copy_from_slice(&change_digest(RecordKind::Institution.into(), record, &packed)[..SALT_LENGTH]);
    salt
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn words() -> impl Strategy<Value = Vec<String>> {
        prop::collection::btree_set("[a-e]", 0..5).prop_map(|words| words.into_iter().collect())
    }

    fn set(words: &[String]) -> BTreeSet<&String> {
        words.iter().collect()
    }

    proptest! {
        /// Who comes first does not matter.
        #[test]
        fn lists_are_brought_together_in_any_order(before in words(), one in words(), other in words()) {
            let there = brought_together(&before, &one, &other);
            let back = brought_together(&before, &other, &one);
            prop_assert_eq!(set(&there), set(&back));
        }

        /// Doing it twice changes nothing; nothing that was added is lost, nothing that was removed comes back.
        #[test]
        fn bringing_together_is_a_fixed_point(before in words(), one in words(), other in words()) {
            let there = brought_together(&before, &one, &other);
            prop_assert_eq!(&brought_together(&before, &there, &other), &there);
            for word in one.iter().chain(&other).filter(|word| !before.contains(word)) {
                prop_assert!(there.contains(word));
            }
            for word in before.iter().filter(|word| !one.contains(word) || !other.contains(word)) {
                prop_assert!(!there.contains(word));
            }
            prop_assert_eq!(set(&there).len(), there.len(), "each word once");
        }
    }
}
