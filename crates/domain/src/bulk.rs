//! Bulk update: the same changes on many records, decided for each of them.

use crate::access::Actor;
use crate::contact;
use crate::field::Field;
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::label;
use crate::limits::LIST_ITEMS;
use crate::operation::OperationKind;
use crate::parse::FieldValue;
use crate::permission::Permission;
use crate::refusal::{Problem, Refusal};
use crate::registry::Registry;
use crate::review::ReviewAction;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A change that is the same on many records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum BulkChange {
    /// Gives a field a value.
    Set {
        /// Key of the field.
        field: String,
        /// The value; never an empty one.
        value: FieldValue,
    },
    /// Takes a field's value away.
    Clear {
        /// Key of the field.
        field: String,
    },
    /// Adds labels to those a record has.
    AddLabels {
        /// The labels.
        labels: Vec<String>,
    },
    /// Takes labels away.
    RemoveLabels {
        /// The labels.
        labels: Vec<String>,
    },
    /// Approves contacts, so that also those whose data is frozen can be changed in the same step.
    Approve,
}

/// Changes that were found acceptable for records of a kind, and make sense together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkPlan {
    fields: Vec<Planned>,
    approves: bool,
}

/// What happens to one field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Planned {
    field: &'static Field,
    how: Vec<How>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum How {
    Set(Value),
    Add(Vec<String>),
    Remove(Vec<String>),
}

/// What becomes of one record. It gets all of the changes or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkFate {
    /// These fields change, the approval status first where it does.
    Changes(Vec<FieldChange>),
    /// All of it is so already.
    AlreadySo,
    /// The contact is rejected and its data frozen (M27).
    Frozen,
    /// The record would have more labels than one can have.
    TooManyLabels,
}

/// What the desk always fills in on a contact, and therefore never takes away.
const ALWAYS_FILLED: [u16; 2] = [contact::VISIBILITY.number, contact::AUTO_SYNC.number];

/// The kind of operation that updates records of this kind together; `None` for kinds that are not updated so.
pub fn operation(kind: RecordKind) -> Option<OperationKind> {
    match kind {
        RecordKind::Contact => Some(OperationKind::ContactsUpdate),
        RecordKind::Employer => Some(OperationKind::EmployersUpdate),
        RecordKind::Student => Some(OperationKind::StudentsUpdate),
        _ => None,
    }
}

/// Refuses unless the actor may make these changes on many records of the kind at once.
pub fn permit(actor: &Actor, kind: RecordKind, changes: &[BulkChange]) -> Result<(), Refusal> {
    actor.require(match kind {
        RecordKind::Student => Permission::ManageUsers,
        _ => Permission::EditContacts,
    })?;
    actor.require(Permission::BulkUpdate)?;
    if changes.contains(&BulkChange::Approve) {
        ReviewAction::Approve.permit(actor)?;
    }
    Ok(())
}

/// Stands between the names of fields in the detail of an operation.
const BETWEEN: &str = ", ";

/// Whether an operation with this detail approved contacts, so that undoing it takes the permission to review.
pub fn is_of_approval(detail: &str) -> bool {
    detail.split(BETWEEN).any(|label| label == contact::APPROVAL.label)
}

impl BulkChange {
    /// The field it is about, and what happens to it. Refuses fields that are not set in bulk, and values they can't
    /// have.
    fn planned(&self, registry: &Registry, kind: RecordKind) -> Result<(&'static Field, How), Refusal> {
        let key = self.key();
        let refuse = |problem| Refusal::of(key, problem);
        let field = registry.field(kind, key).ok_or_else(|| refuse(Problem::UnknownField))?;
        if !field.bulk_editable {
            return Err(refuse(Problem::NotEditable));
        }
        let labels = |labels: &Vec<String>| match field.accept(&FieldValue::List(labels.clone())) {
            Ok(Value::List(labels)) => Ok(labels),
            Ok(_) => Err(refuse(Problem::Required)),
            Err(problem) => Err(refuse(problem)),
        };
        let how = match self {
            BulkChange::Set { value, .. } => match field.accept(value).map_err(refuse)? {
                Value::Empty => return Err(refuse(Problem::Required)),
                value => How::Set(value),
            },
            BulkChange::Clear { .. } => {
                let stays = kind == RecordKind::Contact && ALWAYS_FILLED.contains(&field.number);
                if field.required || stays {
                    return Err(refuse(Problem::Required));
                }
                How::Set(Value::Empty)
            }
            BulkChange::AddLabels { labels: given } => How::Add(labels(given)?),
            BulkChange::RemoveLabels { labels: given } => How::Remove(labels(given)?),
            BulkChange::Approve => return Err(refuse(Problem::NotEditable)),
        };
        Ok((field, how))
    }

    fn key(&self) -> &str {
        match self {
            BulkChange::Set { field, .. } | BulkChange::Clear { field } => field,
            BulkChange::AddLabels { .. } | BulkChange::RemoveLabels { .. } => contact::LABELS.key,
            BulkChange::Approve => contact::APPROVAL.key,
        }
    }

    /// Whether both can happen to one field: labels are added and others removed in one step.
    fn goes_with(&self, other: &BulkChange) -> bool {
        matches!(
            (self, other),
            (BulkChange::AddLabels { .. }, BulkChange::RemoveLabels { .. })
                | (BulkChange::RemoveLabels { .. }, BulkChange::AddLabels { .. })
        )
    }
}

impl BulkPlan {
    /// Refuses changes that records of this kind can't have, and two that are about one field.
    pub fn new(changes: &[BulkChange], registry: &Registry, kind: RecordKind) -> Result<BulkPlan, Refusal> {
        let mut plan = BulkPlan { fields: Vec::new(), approves: false };
        for (at, change) in changes.iter().enumerate() {
            let twice = |other: &&BulkChange| other.key() == change.key() && !other.goes_with(change);
            if changes[..at].iter().any(|other| twice(&other)) {
                return Err(Refusal::of(change.key(), Problem::TooMany { most: 1 }));
            }
            if *change == BulkChange::Approve && kind == RecordKind::Contact {
                plan.approves = true;
                continue;
            }
            let (field, how) = change.planned(registry, kind)?;
            match plan.fields.iter_mut().find(|planned| planned.field.number == field.number) {
                Some(planned) => planned.how.push(how),
                None => plan.fields.push(Planned { field, how: vec![how] }),
            }
        }
        if plan.fields.is_empty() && !plan.approves {
            return Err(Refusal::of("changes", Problem::Required));
        }
        Ok(plan)
    }

    /// The fields that change, without the approval status, in the order that [`BulkPlan::decide`] wants their values.
    pub fn fields(&self) -> Vec<&'static Field> {
        self.fields.iter().map(|planned| planned.field).collect()
    }

    /// Whether contacts are approved by it.
    pub fn approves(&self) -> bool {
        self.approves
    }

    /// What the operation says it changes: the names of the fields. By them [`is_of_approval`] knows what was approved.
    pub fn detail(&self) -> String {
        let approval = self.approves.then_some(contact::APPROVAL.label);
        let labels: Vec<_> =
            approval.into_iter().chain(self.fields.iter().map(|planned| planned.field.label)).collect();
        labels.join(BETWEEN)
    }

    /// The fields that make records refer to others, and these, which must be there.
    pub fn references(&self) -> Vec<(&'static Field, crate::Id)> {
        let reference = |planned: &Planned| match planned.how.as_slice() {
            [How::Set(value)] => Some((planned.field, value.as_reference()?)),
            _ => None,
        };
        self.fields.iter().filter_map(reference).collect()
    }

    /// What becomes of a record that has `have` in the fields; `approval` is "" for what is no contact.
    pub fn decide(&self, approval: &str, have: &[Value]) -> BulkFate {
        let approved = if self.approves { ReviewAction::Approve.decide(approval, None).approval } else { None };
        let mut changes = Vec::new();
        if let Some(after) = approved {
            changes.push(FieldChange { field: contact::APPROVAL.number, before: approval.into(), after: after.into() });
        }
        let mut has_too_many = false;
        for (planned, before) in self.fields.iter().zip(have) {
            let after = planned.after(before);
            if after == *before {
                continue;
            }
            has_too_many |= matches!(&after, Value::List(labels) if labels.len() > LIST_ITEMS);
            changes.push(FieldChange { field: planned.field.number, before: before.clone(), after });
        }
        match changes.is_empty() {
            true => BulkFate::AlreadySo,
            _ if approval == contact::REJECTED && !self.approves => BulkFate::Frozen,
            _ if has_too_many => BulkFate::TooManyLabels,
            _ => BulkFate::Changes(changes),
        }
    }
}

impl Planned {
    fn after(&self, before: &Value) -> Value {
        let mut after = before.clone();
        for how in &self.how {
            let labels = match &after {
                Value::List(labels) => labels.as_slice(),
                _ => &[],
            };
            let listed = |labels: Vec<String>| if labels.is_empty() { Value::Empty } else { Value::List(labels) };
            after = match how {
                How::Set(value) => value.clone(),
                How::Add(more) => listed(label::with(labels, more)),
                How::Remove(less) => listed(label::without(labels, less)),
            };
        }
        after
    }
}
