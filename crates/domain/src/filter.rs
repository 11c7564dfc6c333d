//! What a list shows: conditions on fields, and an order.

use crate::contact;
use crate::field::{Field, FieldType};
use crate::id::Id;
use crate::kind::RecordKind;
use crate::limits;
use crate::refusal::{FieldProblem, Problem, Refusal};
use crate::registry::Registry;
use serde::{Deserialize, Serialize};
use specta::Type;

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// Equals one of the values.
    Is,
    /// Equals none of the values.
    IsNot,
    /// Contains the text.
    Contains,
    /// Starts with the text.
    StartsWith,
    /// Has no value.
    IsEmpty,
    /// Has a value.
    IsNotEmpty,
    /// Lies before the day (`yyyy-mm-dd`) or moment (milliseconds).
    Before,
    /// Lies on or after the day or moment.
    After,
    /// Lies longer ago than a [`Period`], for example "18 months": what a saved view says next year, too.
    LongerAgoThan,
    /// Lies within the last [`Period`]; what is still to come lies in it as well.
    WithinLast,
}

/// A span of time that ends now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

/// What periods are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodUnit {
    /// Days.
    Days,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

/// Longest period, in any unit.
const PERIOD_MOST: u32 = 9_999;

impl Period {
    /// Reads "18 months", "1 year", "30 days". `None` for anything else.
    pub fn read(text: &str) -> Option<Period> {
        let (amount, unit) = text.trim().split_once(' ')?;
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "day" | "days" => PeriodUnit::Days,
            "month" | "months" => PeriodUnit::Months,
            "year" | "years" => PeriodUnit::Years,
            _ => return None,
        };
        let digits = !amount.is_empty() && amount.bytes().all(|b| b.is_ascii_digit());
        let amount: u32 = amount.parse().ok().filter(|amount| digits && (1..=PERIOD_MOST).contains(amount))?;
        Some(Period { amount, unit })
    }
}

/// A condition on no field of a record: that an operation brought it into being, for example one import. Its values
/// are operations.
pub const CREATED_IN: Field = by_operation("created_in", "Created in");
/// A condition on no field of a record: that an operation changed it or brought it into being. Its values are
/// operations.
pub const CHANGED_IN: Field = by_operation("changed_in", "Changed in");

/// What records are filtered by that the journal knows and no column.
static BY_OPERATION: [&Field; 2] = [&CREATED_IN, &CHANGED_IN];

const fn by_operation(key: &'static str, label: &'static str) -> Field {
    let mut field = Field::system(0, key, label, FieldType::Text { max: 26 });
    field.sortable = false;
    field
}

/// What is filtered by under this key, where the journal knows it and no field of a record.
pub fn of_journal(key: &str) -> Option<&'static Field> {
    BY_OPERATION.into_iter().find(|field| field.key == key)
}

/// One condition; the conditions of a list all hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Condition {
    /// Key of the field.
    pub field: String,
    /// How it is compared.
    pub op: FilterOp,
    /// With what; none for the two emptiness tests.
    pub values: Vec<String>,
}

/// One key of an order. The key "name" stands for a person's or organization's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SortKey {
    /// Key of the field, or "name".
    pub field: String,
    /// From the end of the alphabet.
    pub descending: bool,
}

/// A list somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListQuery {
    /// Which records.
    pub kind: RecordKind,
    /// What was typed into the search field; any text is allowed.
    pub search: String,
    /// Conditions that all hold.
    pub filter: Vec<Condition>,
    /// The order; by name where none is given.
    pub sort: Vec<SortKey>,
}

impl ListQuery {
    /// All records of a kind, by name.
    pub fn all(kind: RecordKind) -> ListQuery {
        ListQuery { kind, search: String::new(), filter: Vec::new(), sort: Vec::new() }
    }

    /// The list as it is meant: without a condition on the approval status, contacts are those in the directory (M27).
    /// What an operation touched is all of it, whatever was decided about it since.
    pub fn scoped(mut self) -> ListQuery {
        let approval = &contact::APPROVAL;
        let says = |condition: &Condition| condition.field == approval.key || of_journal(&condition.field).is_some();
        if self.kind == RecordKind::Contact && !self.filter.iter().any(says) {
            self.filter.push(Condition::is(approval, contact::APPROVED));
        }
        self
    }

    /// Refuses fields that don't exist or can't be filtered or sorted by, and what is longer than any list needs.
    pub fn check(&self, registry: &Registry) -> Result<(), Refusal> {
        limits::search(&self.search).map_err(|problem| Refusal::of("search", problem))?;
        for (what, count) in [("filter", self.filter.len()), ("sort", self.sort.len())] {
            limits::most(count, limits::CONDITIONS).map_err(|problem| Refusal::of(what, problem))?;
        }
        let mut problems: Vec<FieldProblem> =
            self.filter.iter().filter_map(|condition| condition.check(registry, self.kind).err()).collect();
        for sort in &self.sort {
            let known =
                sort.field == "name" || registry.field(self.kind, &sort.field).is_some_and(|field| field.sortable);
            if !known {
                problems.push(FieldProblem { field: sort.field.clone(), problem: Problem::UnknownField });
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }
}

impl Condition {
    /// A condition that a field equals a value.
    pub fn is(field: &Field, value: &str) -> Condition {
        Condition { field: field.key.to_owned(), op: FilterOp::Is, values: vec![value.to_owned()] }
    }

    /// A condition that a field does not equal a value.
    pub fn is_not(field: &Field, value: &str) -> Condition {
        Condition { op: FilterOp::IsNot, ..Condition::is(field, value) }
    }

    /// A condition that a field has a value, or has none.
    pub fn filled(field: &Field, filled: bool) -> Condition {
        let op = if filled { FilterOp::IsNotEmpty } else { FilterOp::IsEmpty };
        Condition { field: field.key.to_owned(), op, values: Vec::new() }
    }

    /// The field it is about; refuses unknown fields, comparisons the field's type doesn't have, and choices it lacks.
    pub fn check(&self, registry: &Registry, kind: RecordKind) -> Result<&'static Field, FieldProblem> {
        let problem = |problem| FieldProblem { field: self.field.clone(), problem };
        if let Some(field) = of_journal(&self.field) {
            limits::most(self.values.len(), limits::CONDITION_VALUES).map_err(problem)?;
            let named = !self.values.is_empty() && self.values.iter().all(|value| value.parse::<Id>().is_ok());
            let asked = self.op == FilterOp::Is && named;
            return if asked { Ok(field) } else { Err(problem(Problem::UnknownReference)) };
        }
        let field = registry
            .field(kind, &self.field)
            .filter(|field| field.filterable)
            .ok_or_else(|| problem(Problem::UnknownField))?;
        let needs_value = !matches!(self.op, FilterOp::IsEmpty | FilterOp::IsNotEmpty);
        if needs_value && self.values.is_empty() {
            return Err(problem(Problem::Required));
        }
        limits::most(self.values.len(), limits::CONDITION_VALUES).map_err(problem)?;
        if self.values.iter().any(|value| limits::longer(value, limits::CONDITION_VALUE)) {
            return Err(problem(Problem::TooLong { max: limits::CONDITION_VALUE as u32 }));
        }
        let fits = match self.op {
            FilterOp::LongerAgoThan | FilterOp::WithinLast => {
                matches!(field.field_type, FieldType::Date | FieldType::Moment)
            }
            FilterOp::Before | FilterOp::After => {
                matches!(field.field_type, FieldType::Date | FieldType::Moment | FieldType::Number)
            }
            FilterOp::Contains | FilterOp::StartsWith => {
                !matches!(field.field_type, FieldType::Flag | FieldType::Moment | FieldType::Number)
            }
            _ => true,
        };
        if !fits {
            return Err(problem(Problem::UnknownField));
        }
        if matches!(self.op, FilterOp::LongerAgoThan | FilterOp::WithinLast)
            && self.values.iter().any(|value| Period::read(value).is_none())
        {
            return Err(problem(Problem::NotAPeriod));
        }
        if let FieldType::Choice { choices } = field.field_type
            && matches!(self.op, FilterOp::Is | FilterOp::IsNot)
            && self.values.iter().any(|value| !choices.contains(&value.as_str()))
        {
            let choices = choices.iter().map(|c| (*c).to_owned()).collect();
            return Err(problem(Problem::NotAChoice { choices }));
        }
        Ok(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_operation_touched_is_asked_of_any_kind_and_only_by_its_id() {
        let registry = Registry::default();
        let id = Id::from_parts(1, [1; 10]).to_string();
        let condition = |op, values: &[&str]| Condition {
            field: CREATED_IN.key.to_owned(),
            op,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        for kind in RecordKind::ALL {
            assert!(condition(FilterOp::Is, &[&id]).check(&registry, kind).is_ok(), "{kind:?}");
            assert!(BY_OPERATION.iter().all(|field| kind.field(field.key).is_none()), "{kind:?} has such a field");
        }
        for wrong in [condition(FilterOp::Is, &["x"]), condition(FilterOp::Is, &[]), condition(FilterOp::IsNot, &[&id])]
        {
            assert!(wrong.check(&registry, RecordKind::Contact).is_err(), "{wrong:?}");
        }
        let mut query = ListQuery::all(RecordKind::Contact);
        query.filter.push(condition(FilterOp::Is, &[&id]));
        assert_eq!(query.clone().scoped(), query, "also who was rejected since");
    }

    #[test]
    fn periods_are_a_number_and_a_unit() {
        assert_eq!(Period::read("18 months"), Some(Period { amount: 18, unit: PeriodUnit::Months }));
        assert_eq!(Period::read(" 1 Year "), Some(Period { amount: 1, unit: PeriodUnit::Years }));
        for wrong in ["", "months", "18", "0 days", "-1 days", "+1 days", "10000 days", "1.5 years", "2 weeks"] {
            assert_eq!(Period::read(wrong), None, "{wrong:?}");
        }
    }
}
