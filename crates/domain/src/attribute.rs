//! Custom attributes: which definitions can stand, and the fields they define (M26).

use crate::edit::missing;
use crate::field::{ATTRIBUTE_FIRST, Field, FieldGroup as Group, FieldType};
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::name::fold;
use crate::record::Record;
use crate::refusal::{FieldProblem, Problem, Refusal};
use crate::value::Value;
use std::sync::{Mutex, PoisonError};

pub use liaison_records::attribute::*;

/// Refuses a definition that can't stand beside the `others`: a name that something on these records has already, a
/// choice among nothing, choices for what is not chosen, more attributes than [`MOST`].
pub fn check(definition: &Record, others: &[Record]) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    missing(definition, &mut problems);
    let records = definition.text(&RECORDS);
    let mut of_kind = others
        .iter()
        .filter(|other| other.id != definition.id && !other.is_deleted() && other.text(&RECORDS) == records);
    let name = fold(definition.text(&NAME));
    // Files and lists name fields by their labels; two of one name could not be told apart.
    let declared = RecordKind::from_key(records)
        .and_then(|kind| kind.fields().iter().find(|field| fold(field.label) == name).map(|field| field.label));
    let same = of_kind.clone().find(|other| fold(other.text(&NAME)) == name).map(|other| other.text(&NAME));
    let refuse = |field: &Field, problem| FieldProblem { field: field.key.to_owned(), problem };
    if let Some(by) = declared.or(same).filter(|_| !name.is_empty()) {
        problems.push(refuse(&NAME, Problem::InUse { by: by.to_owned() }));
    }
    if of_kind.by_ref().count() >= MOST {
        problems.push(refuse(&RECORDS, Problem::TooMany { most: MOST as u32 }));
    }
    match (definition.text(&TYPE), definition.get(&CHOICES).is_empty()) {
        ("choice", true) => problems.push(refuse(&CHOICES, Problem::Required)),
        ("choice", false) | (_, true) => {}
        (_, false) => problems.push(refuse(&CHOICES, Problem::NotEditable)),
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// Refuses to change what values depend on: the kind of records, and the type.
pub fn check_changes(changes: &[FieldChange]) -> Result<(), Refusal> {
    let fixed = [&RECORDS, &TYPE].into_iter().filter(|field| changes.iter().any(|c| c.field == field.number));
    let problems: Vec<FieldProblem> =
        fixed.map(|field| FieldProblem { field: field.key.to_owned(), problem: Problem::NotEditable }).collect();
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// The choices that a change takes away.
pub fn removed_choices(before: &Record, after: &Record) -> Vec<String> {
    match (before.get(&CHOICES), after.get(&CHOICES)) {
        (Value::List(before), Value::List(after)) => before.iter().filter(|c| !after.contains(c)).cloned().collect(),
        (Value::List(before), _) => before.clone(),
        _ => Vec::new(),
    }
}

/// The key, and column, of the attribute with this number.
pub fn key(number: u16) -> String {
    format!("a{number}")
}

/// The kind of record a definition is for, and the field it defines. `None` where the definition is not complete: an
/// older or newer version may have written it.
pub fn field(definition: &Record) -> Option<(RecordKind, &'static Field)> {
    let Value::Number(number) = *definition.get(&NUMBER) else { return None };
    let number = u16::try_from(number).ok().filter(|number| *number >= ATTRIBUTE_FIRST)?;
    let kind = RecordKind::ALL.into_iter().find(|kind| kind.key() == definition.text(&RECORDS))?;
    let choices: &[String] = match definition.get(&CHOICES) {
        Value::List(choices) => choices,
        _ => &[],
    };
    let field_type = match definition.text(&TYPE) {
        "text" => FieldType::Text { max: 500 },
        "number" => FieldType::Number,
        "date" => FieldType::Date,
        "yes_no" => FieldType::Flag,
        "choice" => FieldType::Choice { choices: &[] },
        _ => return None,
    };
    Some((kind, lasting(number, definition.text(&NAME), field_type, choices)))
}

/// The field of this content, which lasts as long as the program: fields that staff define are as easy to hand around
/// as declared ones. Each is made once, however often a registry is read; definitions change a few times in the life of
/// an institution, and what an old one leaves behind is some hundred bytes.
fn lasting(number: u16, name: &str, field_type: FieldType, choices: &[String]) -> &'static Field {
    static KNOWN: Mutex<Vec<&'static Field>> = Mutex::new(Vec::new());
    // What a panic left there is whole: a field is complete before it is put in.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |field: &&&'static Field| {
        field.number == number
            && field.label == name
            && match (field.field_type, field_type) {
                (FieldType::Choice { choices: have }, FieldType::Choice { .. }) => have == choices,
                (have, wanted) => have == wanted,
            }
    };
    if let Some(field) = known.iter().find(same) {
        return field;
    }
    let leak = |text: &str| -> &'static str { Box::leak(text.into()) };
    let field_type = match field_type {
        FieldType::Choice { .. } => {
            FieldType::Choice { choices: choices.iter().map(|choice| leak(choice)).collect::<Vec<_>>().leak() }
        }
        other => other,
    };
    let field: &'static Field =
        Box::leak(Box::new(Field::new(number, leak(&key(number)), leak(name), Group::Attributes, field_type).bulk()));
    known.push(field);
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn definition(n: u8, name: &str, kind: &str, choices: &[&str]) -> Record {
        let mut record = Record::blank(RecordKind::Attribute, Id::from_parts(1, [n; 10]));
        record.set(&NAME, name);
        record.set(&RECORDS, "contact");
        record.set(&TYPE, kind);
        record.set(&NUMBER, Value::Number(1000 + i64::from(n)));
        if !choices.is_empty() {
            record.set(&CHOICES, Value::List(choices.iter().map(|c| (*c).to_owned()).collect()));
        }
        record
    }

    fn problems(of: &Record, others: &[Record]) -> Vec<(String, Problem)> {
        match check(of, others) {
            Err(Refusal::Invalid(problems)) => problems.into_iter().map(|p| (p.field, p.problem)).collect(),
            other => panic!("refused: {other:?}"),
        }
    }

    #[test]
    fn names_are_unique_per_kind_also_among_declared_fields() {
        let tier = definition(1, "Tier", "choice", &["Gold", "Silver"]);
        assert_eq!(check(&tier, &[]), Ok(()));
        let other = definition(2, "TIÉR", "text", &[]);
        assert_eq!(
            problems(&other, std::slice::from_ref(&tier)),
            [("name".into(), Problem::InUse { by: "Tier".into() })]
        );
        let mut of_employers = other.clone();
        of_employers.set(&RECORDS, "employer");
        assert_eq!(check(&of_employers, std::slice::from_ref(&tier)), Ok(()), "another kind");
        assert_eq!(check(&tier, std::slice::from_ref(&tier)), Ok(()), "itself is no other");
        let mut gone = tier.clone();
        gone.set(&crate::field::DELETED_AT, Value::Moment(1));
        assert_eq!(check(&other, &[gone]), Ok(()), "one in the trash takes no name");
        assert_eq!(
            problems(&definition(3, "job title", "text", &[]), &[]),
            [("name".into(), Problem::InUse { by: "Job title".into() })]
        );
    }

    #[test]
    fn choices_go_with_the_type_choice_alone() {
        assert_eq!(problems(&definition(1, "Tier", "choice", &[]), &[]), [("choices".into(), Problem::Required)]);
        assert_eq!(problems(&definition(1, "Tier", "date", &["a"]), &[]), [("choices".into(), Problem::NotEditable)]);
        let (before, after) =
            (definition(1, "Tier", "choice", &["a", "b", "c"]), definition(1, "Tier", "choice", &["c", "d", "a"]));
        assert_eq!(removed_choices(&before, &after), ["b"]);
    }

    #[test]
    fn there_is_a_most() {
        let others: Vec<Record> = (0..MOST as u8).map(|n| definition(n, &format!("N{n}"), "text", &[])).collect();
        assert_eq!(
            problems(&definition(200, "One more", "text", &[]), &others),
            [("records".into(), Problem::TooMany { most: 100 })]
        );
    }

    #[test]
    fn a_field_is_made_once() {
        let (_, once) = field(&definition(7, "Tier", "choice", &["Very good", "b"])).expect("a field");
        let (_, again) = field(&definition(7, "Tier", "choice", &["Very good", "b"])).expect("a field");
        assert!(std::ptr::eq(once, again));
        let (_, other) = field(&definition(7, "Tier", "choice", &["b"])).expect("a field");
        assert_eq!(other.field_type, FieldType::Choice { choices: &["b"] });
        assert_eq!(once.read("very GOOD"), Ok("Very good".into()), "choices are read as people write them");
        assert_eq!((once.key, once.bulk_editable), ("a1007", true));
    }
}
