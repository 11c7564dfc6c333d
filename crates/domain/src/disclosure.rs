//! What the journal says of records that leave the desk, on paper or as a file: what and how many, by which list, and
//! never whom.

use crate::filter::{self, FilterOp, ListQuery};
use crate::{FieldType, RecordKind, Registry};

/// How the records were chosen.
#[derive(Clone, Copy, Debug)]
pub enum Chosen<'a> {
    /// One by one.
    ByHand,
    /// All of a list, or all but some.
    FromList(&'a ListQuery),
}

/// "1,204 contacts to pending.csv (filtered by Approval status: pending, Labels)". `file` is its name without the folder; none
/// for paper.
pub fn described(registry: &Registry, kind: RecordKind, count: u32, file: Option<&str>, chosen: Chosen<'_>) -> String {
    let mut text = counted(kind, count);
    if let Some(file) = file {
        text.push_str(" to ");
        text.push_str(file);
    }
    let how = match chosen {
        Chosen::ByHand if count == 1 => None,
        Chosen::ByHand => Some("selected one by one".to_owned()),
        Chosen::FromList(query) => list(registry, query),
    };
    if let Some(how) = how {
        text.push_str(&format!(" ({how})"));
    }
    text
}

/// How a list was narrowed down; none where it is everything. What was searched for, and texts that were filtered by, may
/// be a person's name, so only the fields are named, and the values of choices.
fn list(registry: &Registry, query: &ListQuery) -> Option<String> {
    let mut fields: Vec<String> = Vec::new();
    for condition in &query.filter {
        let field = registry.field(query.kind, &condition.field).or_else(|| filter::of_journal(&condition.field));
        let Some(field) = field else { continue };
        let told = match field.field_type {
            FieldType::Choice { .. } if condition.op == FilterOp::Is && !condition.values.is_empty() => {
                format!("{}: {}", field.label, condition.values.join(" or ").replace('_', " "))
            }
            _ => field.label.to_owned(),
        };
        if !fields.contains(&told) {
            fields.push(told);
        }
    }
    let filtered = (!fields.is_empty()).then(|| format!("filtered by {}", fields.join(", ")));
    match (query.search.trim().is_empty(), filtered) {
        (true, filtered) => filtered,
        (false, None) => Some("found by a search".into()),
        (false, Some(filtered)) => Some(format!("found by a search, {filtered}")),
    }
}

/// "1 contact", "1,204 employer users".
fn counted(kind: RecordKind, count: u32) -> String {
    let name = kind.key().replace('_', " ");
    match (count, kind) {
        (1, RecordKind::Staff) => "1 staff member".into(),
        (1, _) => format!("1 {name}"),
        (_, RecordKind::Staff) => format!("{} staff members", grouped(count)),
        _ => format!("{} {name}s", grouped(count)),
    }
}

/// A number with a comma before each three digits.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact;
    use crate::filter::Condition;

    #[test]
    fn what_left_is_told_without_whom() {
        let registry = Registry::default();
        let mut query = ListQuery::all(RecordKind::Contact);
        let told = |count, file, query: &ListQuery| {
            described(&registry, RecordKind::Contact, count, file, Chosen::FromList(query))
        };
        assert_eq!(told(1_204, Some("all.csv"), &query), "1,204 contacts to all.csv");
        assert_eq!(told(1, None, &query), "1 contact");
        query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
        let name = Condition { field: "last_name".into(), op: FilterOp::Is, values: vec!["Quillfeather".into()] };
        query.filter.extend([name.clone(), name]);
        assert_eq!(
            told(12, Some("a.csv"), &query),
            "12 contacts to a.csv (filtered by Approval status: pending, Last name)"
        );
        query.search = "zsofia".into();
        assert_eq!(
            told(0, None, &query),
            "0 contacts (found by a search, filtered by Approval status: pending, Last name)"
        );
        query.filter.clear();
        assert_eq!(told(1_000_000, None, &query), "1,000,000 contacts (found by a search)");
    }

    #[test]
    fn records_chosen_by_hand_are_counted() {
        let told = |kind, count| described(&Registry::default(), kind, count, None, Chosen::ByHand);
        assert_eq!(told(RecordKind::EmployerUser, 3), "3 employer users (selected one by one)");
        assert_eq!(told(RecordKind::Student, 1), "1 student");
        assert_eq!(told(RecordKind::Staff, 2), "2 staff members (selected one by one)");
    }
}
