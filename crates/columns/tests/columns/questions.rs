//! Any list somebody could ask for.

use crate::desk::{Desk, text};
use liaison_domain::RecordKind;
use liaison_domain::field::{Field, FieldType};
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use rand::Rng as _;
use rand::seq::IndexedRandom as _;

const OPS: [FilterOp; 10] = [
    FilterOp::Is,
    FilterOp::IsNot,
    FilterOp::Contains,
    FilterOp::StartsWith,
    FilterOp::IsEmpty,
    FilterOp::IsNotEmpty,
    FilterOp::Before,
    FilterOp::After,
    FilterOp::LongerAgoThan,
    FilterOp::WithinLast,
];

impl Desk {
    pub fn question(&mut self, kind: RecordKind) -> ListQuery {
        let registry = self.database.registry();
        let mut fields: Vec<&'static Field> = registry.fields(kind).collect();
        // What is computed from other records is asked for now and then.
        fields.extend(kind.computed_fields().iter().copied().filter(|_| self.random.random_bool(0.1)));
        let mut query = ListQuery::all(kind);
        for _ in 0..self.random.random_range(0..4) {
            let field = *fields.choose(&mut self.random).expect("a field");
            let op = *OPS.choose(&mut self.random).expect("a comparison");
            let count = self.random.random_range(1..4);
            let values: Vec<String> = (0..count).map(|_| self.asked(field)).collect();
            let values = if matches!(op, FilterOp::IsEmpty | FilterOp::IsNotEmpty) { Vec::new() } else { values };
            let condition = Condition { field: field.key.to_owned(), op, values };
            if condition.check(&registry, kind).is_ok() {
                query.filter.push(condition);
            }
        }
        for _ in 0..self.random.random_range(0..4) {
            let sortable: Vec<&str> = fields.iter().filter(|field| field.sortable).map(|field| field.key).collect();
            let by_name = self.random.random_bool(0.3);
            let field = if by_name { "name" } else { sortable.choose(&mut self.random).expect("a field") };
            query.sort.push(SortKey { field: field.to_owned(), descending: self.random.random_bool(0.5) });
        }
        query
    }

    fn asked(&mut self, field: &Field) -> String {
        let random = &mut self.random;
        match field.field_type {
            FieldType::Choice { choices } => (*choices.choose(random).expect("a choice")).to_owned(),
            FieldType::Reference { kind } if random.random_bool(0.4) => {
                let ids = if kind == RecordKind::Employer { &self.employers } else { &self.staff };
                ids.choose(random).map(ToString::to_string).unwrap_or_default()
            }
            FieldType::Reference { kind: RecordKind::Staff } if random.random_bool(0.5) => "ADA berg".to_owned(),
            FieldType::Flag => (*["yes", "no", "true", "0", "what"].choose(random).expect("a word")).to_owned(),
            FieldType::Number => random.random_range(-3..40).to_string(),
            FieldType::Moment | FieldType::Date => match random.random_range(0..4) {
                0 => format!("{} months", random.random_range(1..60)),
                1 => "2024-01-31".to_owned(),
                2 => "no day".to_owned(),
                _ => 1_706_659_200_000i64.to_string(),
            },
            _ => {
                let text = text(random);
                let letters: Vec<char> = text.chars().collect();
                let start = random.random_range(0..=letters.len());
                let end = random.random_range(start..=letters.len());
                if random.random_bool(0.5) { text } else { letters[start..end].iter().collect() }
            }
        }
    }
}
