//! Bulk update: one change on many records, decided for each of them.

use crate::access::Actor;
use crate::contact;
use crate::field::Field;
use crate::kind::RecordKind;
use crate::label;
use crate::limits::LIST_ITEMS;
use crate::operation::OperationKind;
use crate::parse::FieldValue;
use crate::permission::Permission;
use crate::refusal::{Problem, Refusal};
use crate::registry::Registry;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The same change on many records.
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
}

/// A change that was found acceptable for records of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRule {
    field: &'static Field,
    how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum How {
    Set(Value),
    Add(Vec<String>),
    Remove(Vec<String>),
}

/// What becomes of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkFate {
    /// The field gets this value.
    Changes(Value),
    /// It is so already.
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

impl BulkChange {
    /// Refuses unless the actor may update many records of the kind at once.
    pub fn permit(&self, actor: &Actor, kind: RecordKind) -> Result<(), Refusal> {
        actor.require(match kind {
            RecordKind::Student => Permission::ManageUsers,
            _ => Permission::EditContacts,
        })?;
        actor.require(Permission::BulkUpdate)
    }

    /// Refuses fields that are not set in bulk, and values they can't have.
    pub fn rule(&self, registry: &Registry, kind: RecordKind) -> Result<BulkRule, Refusal> {
        let key = match self {
            BulkChange::Set { field, .. } | BulkChange::Clear { field } => field.as_str(),
            BulkChange::AddLabels { .. } | BulkChange::RemoveLabels { .. } => contact::LABELS.key,
        };
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
        };
        Ok(BulkRule { field, how })
    }
}

impl BulkRule {
    /// The field that changes.
    pub fn field(&self) -> &'static Field {
        self.field
    }

    /// The record it makes others refer to, which must be there.
    pub fn reference(&self) -> Option<crate::Id> {
        match &self.how {
            How::Set(value) => value.as_reference(),
            How::Add(_) | How::Remove(_) => None,
        }
    }

    /// What becomes of a record that has `have` in the field; `approval` is "" for what is no contact.
    pub fn decide(&self, approval: &str, have: &Value) -> BulkFate {
        let labels = match have {
            Value::List(labels) => labels.as_slice(),
            _ => &[],
        };
        let listed = |labels: Vec<String>| if labels.is_empty() { Value::Empty } else { Value::List(labels) };
        let after = match &self.how {
            How::Set(value) => value.clone(),
            How::Add(more) => listed(label::with(labels, more)),
            How::Remove(less) => listed(label::without(labels, less)),
        };
        match &after {
            after if after == have => BulkFate::AlreadySo,
            _ if approval == contact::REJECTED => BulkFate::Frozen,
            Value::List(labels) if labels.len() > LIST_ITEMS => BulkFate::TooManyLabels,
            _ => BulkFate::Changes(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(change: BulkChange) -> Result<BulkRule, Refusal> {
        change.rule(&Registry::default(), RecordKind::Contact)
    }

    fn set(field: &str, value: &str) -> BulkChange {
        BulkChange::Set { field: field.into(), value: FieldValue::Text(value.into()) }
    }

    #[test]
    fn only_what_may_be_set_in_bulk_and_never_with_nothing() {
        let problem = |change| match rule(change) {
            Err(Refusal::Invalid(problems)) => problems[0].problem.clone(),
            other => panic!("refused: {other:?}"),
        };
        assert_eq!(problem(set("first_name", "Dana")), Problem::NotEditable);
        assert_eq!(problem(set("approval", "approved")), Problem::NotEditable);
        assert_eq!(problem(set("nonsense", "x")), Problem::UnknownField);
        assert_eq!(problem(set("title", "  ")), Problem::Required);
        assert_eq!(problem(BulkChange::Clear { field: "visibility".into() }), Problem::Required);
        assert_eq!(problem(BulkChange::AddLabels { labels: vec![" ".into()] }), Problem::Required);
        assert!(matches!(problem(set("visibility", "everybody")), Problem::NotAChoice { .. }));
        assert!(rule(BulkChange::Clear { field: "title".into() }).is_ok());
    }

    #[test]
    fn a_record_never_gets_too_many_labels() {
        let have = Value::List((0..LIST_ITEMS).map(|n| format!("L{n}")).collect());
        let more = rule(BulkChange::AddLabels { labels: vec!["one more".into()] }).expect("acceptable");
        assert_eq!(more.decide("approved", &have), BulkFate::TooManyLabels);
        let known = rule(BulkChange::AddLabels { labels: vec!["l7".into()] }).expect("acceptable");
        assert_eq!(known.decide("approved", &have), BulkFate::AlreadySo);
    }

    fn any_change() -> impl Strategy<Value = BulkChange> {
        let labels = || prop::collection::vec("[a-c]{1,2}", 1..4);
        prop_oneof![
            "[a-c]{1,3}".prop_map(|value| set("labels", &value)),
            Just(BulkChange::Clear { field: "labels".into() }),
            labels().prop_map(|labels| BulkChange::AddLabels { labels }),
            labels().prop_map(|labels| BulkChange::RemoveLabels { labels }),
        ]
    }

    proptest! {
        /// Deciding the same twice changes nothing the second time, and frozen data never changes.
        #[test]
        fn deciding_twice_is_deciding_once(change in any_change(), have in prop::collection::vec("[a-c]{1,2}", 0..4)) {
            let rule = rule(change).expect("acceptable");
            let have = if have.is_empty() { Value::Empty } else { Value::List(label::with(&[], &have)) };
            prop_assert!(!matches!(rule.decide(contact::REJECTED, &have), BulkFate::Changes(_)));
            if let BulkFate::Changes(after) = rule.decide(contact::APPROVED, &have) {
                prop_assert_ne!(&after, &have);
                prop_assert_eq!(rule.decide(contact::APPROVED, &after), BulkFate::AlreadySo);
            }
        }
    }
}
