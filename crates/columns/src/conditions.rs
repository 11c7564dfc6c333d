//! What a condition means for columns. It must be what `store::list` writes for it in SQL; a test holds the two together.

use crate::column::{Column, Ids, NO_NUMBER};
use crate::table::Table;
use crate::texts::Texts;
use liaison_domain::field::{Field, FieldType};
use liaison_domain::filter::{Condition, FilterOp};
use liaison_domain::{Id, Value};
use liaison_store::bits::Bits;
use liaison_store::list::can_be_contained;
use liaison_store::list::meaning::{self, Than};
use liaison_store::{Db, StoreError};

/// The codes that a condition takes: none, then one for each value.
struct Marks(Vec<bool>);

impl Marks {
    fn new(values: usize) -> Marks {
        Marks(vec![false; values + 1])
    }

    fn mark(&mut self, number: usize) {
        self.0[number + 1] = true;
    }

    fn not(mut self) -> Marks {
        self.0.iter_mut().for_each(|mark| *mark = !*mark);
        self
    }

    /// All but those without a value.
    fn filled(values: usize) -> Marks {
        let mut marks = Marks::new(values).not();
        marks.0[0] = false;
        marks
    }
}

impl Table {
    /// The rows that fulfil a condition; also some that are in the trash. `None` where the columns don't know.
    pub fn matching(&self, db: &Db<'_>, condition: &Condition) -> Result<Option<Bits>, StoreError> {
        let (Ok(field), Some(column)) = (condition.check(db.registry(), self.kind), self.column(&condition.field))
        else {
            return Ok(None);
        };
        let size = self.size;
        Ok(match column {
            Column::Texts { texts, codes, .. } => {
                of_texts(db, field, condition, texts)?.map(|marks| codes.marked(&marks.0, size))
            }
            Column::References { ids, codes, .. } => {
                of_references(self, db, field, condition, ids)?.map(|marks| codes.marked(&marks.0, size))
            }
            Column::Flags { codes } => of_flags(field, condition).map(|marks| codes.marked(&marks.0, size)),
            Column::Numbers { values } => of_numbers(db, field, condition, values, size)?,
        })
    }
}

/// Whether a date lies before a day, or on it or after it.
fn compares(op: FilterOp, have: &str, than: &str) -> bool {
    if matches!(op, FilterOp::Before | FilterOp::LongerAgoThan) { have < than } else { have >= than }
}

fn of_texts(db: &Db<'_>, field: &Field, condition: &Condition, texts: &Texts) -> Result<Option<Marks>, StoreError> {
    let is_list = field.field_type == FieldType::List;
    // Folded are the texts of all fields but these two, of which there are few different ones.
    let is_exact = matches!(field.field_type, FieldType::Choice { .. } | FieldType::Date);
    let mut marks = Marks::new(texts.len());
    // Marks the texts that the value as it is compared takes, one by one.
    let each = |marks: &mut Marks, takes: &dyn Fn(&str) -> bool| {
        texts.iter().enumerate().filter(|(_, text)| takes(text)).for_each(|(number, _)| marks.mark(number));
    };
    for value in &condition.values {
        let folded = value.to_ascii_lowercase();
        match condition.op {
            FilterOp::IsEmpty | FilterOp::IsNotEmpty => {}
            FilterOp::Is | FilterOp::IsNot => match field.field_type {
                FieldType::List => each(&mut marks, &|list| items(list).contains(&folded)),
                FieldType::Choice { .. } => {
                    texts.find(value).into_iter().for_each(|number| marks.mark(number as usize));
                    marks.0[0] |= field.unset() == Some(value);
                }
                FieldType::Date => each(&mut marks, &|date| date.eq_ignore_ascii_case(value)),
                _ => texts.find(&folded).into_iter().for_each(|number| marks.mark(number as usize)),
            },
            FilterOp::Contains | FilterOp::StartsWith => {
                if !can_be_contained(value) {
                    continue;
                }
                let begins = condition.op == FilterOp::StartsWith;
                let like = |text: &str| if begins { text.starts_with(&folded) } else { text.contains(&folded) };
                if is_list {
                    each(&mut marks, &|list| items(list).iter().any(|item| like(item)));
                } else if is_exact {
                    each(&mut marks, &|text| like(&text.to_ascii_lowercase()));
                } else if begins {
                    texts.beginning(&folded, |number| marks.mark(number));
                } else {
                    texts.containing(&folded, |number| marks.mark(number));
                }
            }
            FilterOp::Before | FilterOp::After | FilterOp::LongerAgoThan | FilterOp::WithinLast => {
                if field.field_type != FieldType::Date {
                    return Ok(None);
                }
                if let Than::Text(day) = meaning::than(db, field, condition.op, value)? {
                    each(&mut marks, &|date| compares(condition.op, date, &day));
                }
            }
        }
    }
    Ok(Some(settled(condition.op, marks, texts.len())))
}

/// What was marked by the values of a condition, as its comparison means it.
fn settled(op: FilterOp, marks: Marks, values: usize) -> Marks {
    match op {
        FilterOp::IsEmpty => Marks::filled(values).not(),
        FilterOp::IsNotEmpty => Marks::filled(values),
        FilterOp::IsNot => marks.not(),
        _ => marks,
    }
}

/// The texts of a list, which is kept as JSON.
fn items(list: &str) -> Vec<String> {
    serde_json::from_str(list).unwrap_or_default()
}

fn of_references(
    table: &Table,
    db: &Db<'_>,
    field: &Field,
    condition: &Condition,
    ids: &Ids,
) -> Result<Option<Marks>, StoreError> {
    let FieldType::Reference { kind } = field.field_type else { return Ok(None) };
    let mut marks = Marks::new(ids.all().len());
    let mut mark = |id: &Id| ids.find(*id).into_iter().for_each(|number| marks.mark(number as usize));
    for value in &condition.values {
        match condition.op {
            FilterOp::IsEmpty | FilterOp::IsNotEmpty => {}
            FilterOp::Is | FilterOp::IsNot => meaning::referred(db, kind, value)?.iter().for_each(&mut mark),
            FilterOp::Contains | FilterOp::StartsWith => {
                if !can_be_contained(value) {
                    continue;
                }
                let folded = value.to_ascii_lowercase();
                let begins = condition.op == FilterOp::StartsWith;
                let like = |name: &str| if begins { name.starts_with(&folded) } else { name.contains(&folded) };
                let names = table.names_of(db, kind)?;
                names.folded.iter().filter(|(_, name)| like(name)).for_each(|(id, _)| mark(id));
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(settled(condition.op, marks, ids.all().len())))
}

fn of_flags(field: &Field, condition: &Condition) -> Option<Marks> {
    let mut marks = Marks::new(2);
    match condition.op {
        FilterOp::IsEmpty | FilterOp::IsNotEmpty => return Some(settled(condition.op, marks, 2)),
        FilterOp::Is | FilterOp::IsNot => {}
        _ => return None,
    }
    for value in &condition.values {
        let yes = matches!(field.read(value), Ok(Value::Flag(true)));
        marks.mark(usize::from(yes));
        // Nothing counts as no.
        marks.0[0] |= !yes;
    }
    Some(settled(condition.op, marks, 2))
}

fn of_numbers(
    db: &Db<'_>,
    field: &Field,
    condition: &Condition,
    values: &[i64],
    size: usize,
) -> Result<Option<Bits>, StoreError> {
    let value = |row: usize| values.get(row).copied().unwrap_or(NO_NUMBER);
    let is_moment = field.field_type == FieldType::Moment;
    // What the values of the condition are as numbers.
    let mut numbers = Vec::new();
    for text in &condition.values {
        numbers.push(match condition.op {
            FilterOp::IsEmpty | FilterOp::IsNotEmpty => None,
            FilterOp::Is | FilterOp::IsNot => text.parse().ok(),
            // How a number is compared with a text is for SQLite to say.
            FilterOp::Before | FilterOp::After if !is_moment && text.parse::<i64>().is_err() => return Ok(None),
            op => match meaning::than(db, field, op, text)? {
                Than::Number(number) => Some(number),
                Than::Text(_) | Than::Nothing => None,
            },
        });
    }
    let numbers: Vec<i64> = numbers.into_iter().flatten().collect();
    let is = |value: i64| value != NO_NUMBER && numbers.contains(&value);
    Ok(Some(match condition.op {
        FilterOp::IsEmpty => Bits::from_fn(size, |row| value(row) == NO_NUMBER),
        FilterOp::IsNotEmpty => Bits::from_fn(size, |row| value(row) != NO_NUMBER),
        FilterOp::Is => Bits::from_fn(size, |row| is(value(row))),
        FilterOp::IsNot => Bits::from_fn(size, |row| !is(value(row))),
        FilterOp::Before | FilterOp::LongerAgoThan => {
            let Some(most) = numbers.iter().max() else { return Ok(Some(Bits::new(size))) };
            Bits::from_fn(size, |row| value(row) != NO_NUMBER && value(row) < *most)
        }
        FilterOp::After | FilterOp::WithinLast => {
            let Some(least) = numbers.iter().min() else { return Ok(Some(Bits::new(size))) };
            Bits::from_fn(size, |row| value(row) != NO_NUMBER && value(row) >= *least)
        }
        _ => return Ok(None),
    }))
}
