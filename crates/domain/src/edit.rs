//! Drafting and editing records: which values are acceptable, and what changes.

use crate::contact;
use crate::field::{CREATED_AT, DELETED_AT, Field, FieldType};
use crate::id::Id;
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::parse::FieldValue;
use crate::record::Record;
use crate::refusal::{Collision, FieldProblem, Problem, Refusal};
use crate::registry::Registry;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;

/// One field of a form: its value when the form was opened, and the one wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FieldEdit {
    /// Key of the field.
    pub field: String,
    /// The value when the form was opened, to notice what happened in between.
    pub before: FieldValue,
    /// The value wanted.
    pub after: FieldValue,
}

/// A new record from the values of a form, at `now` (milliseconds since 1970).
///
/// Refuses with every problem at once: unknown and not editable fields, unacceptable and missing values.
pub fn draft<'a>(
    registry: &Registry,
    kind: RecordKind,
    id: Id,
    now: i64,
    values: impl IntoIterator<Item = (&'a str, &'a FieldValue)>,
) -> Result<Record, Refusal> {
    let mut record = Record::blank(kind, id);
    record.set(&CREATED_AT, Value::Moment(now));
    let mut problems = Vec::new();
    for (key, given) in values {
        match editable(registry, kind, key).and_then(|field| Ok((field, field.accept(given)?))) {
            Ok((field, value)) => record.set(field, value),
            Err(problem) => problems.push(FieldProblem { field: key.to_owned(), problem }),
        }
    }
    missing(&record, &mut problems);
    if kind == RecordKind::Contact {
        complete_contact(&mut record);
    }
    if problems.is_empty() { Ok(record) } else { Err(Refusal::Invalid(problems)) }
}

/// What the desk fills in on a new contact where the person typing, or the file, said nothing.
pub fn complete_contact(record: &mut Record) {
    if record.get(&contact::SOURCE).is_empty() {
        record.set(&contact::SOURCE, "admin");
    }
    if record.get(&contact::APPROVAL).is_empty() {
        let approved = contact::arrives_approved(record.text(&contact::SOURCE));
        record.set(&contact::APPROVAL, if approved { contact::APPROVED } else { contact::PENDING });
    }
    if record.get(&contact::VISIBILITY).is_empty() {
        // Nobody becomes visible to students by default.
        record.set(&contact::VISIBILITY, contact::CAREER_ADVISORS);
    }
    if record.get(&contact::AUTO_SYNC).is_empty() {
        record.set(&contact::AUTO_SYNC, false);
    }
}

/// The changes that make the edits, or a refusal: frozen data (M27), unacceptable values, values changed in between.
pub fn edit(registry: &Registry, record: &Record, edits: &[FieldEdit]) -> Result<Vec<FieldChange>, Refusal> {
    frozen(record)?;
    let (mut problems, mut collisions, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    let mut after = record.clone();
    for edit in edits {
        let values = editable(registry, record.kind, &edit.field)
            .and_then(|field| Ok((field, field.accept(&edit.before).unwrap_or_default(), field.accept(&edit.after)?)));
        let (field, base, mine) = match values {
            Ok(values) => values,
            Err(problem) => {
                problems.push(FieldProblem { field: edit.field.clone(), problem });
                continue;
            }
        };
        let theirs = record.get(field);
        if mine == *theirs || mine == base {
            continue;
        }
        if *theirs != base {
            collisions.push(Collision { field: field.key, base, mine, theirs: theirs.clone() });
            continue;
        }
        after.set(field, mine.clone());
        // A field named twice changes once, to what was said last.
        changes.retain(|change: &FieldChange| change.field != field.number);
        changes.push(FieldChange { field: field.number, before: theirs.clone(), after: mine });
    }
    missing(&after, &mut problems);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    if collisions.is_empty() { Ok(changes) } else { Err(Refusal::Conflict(collisions)) }
}

/// Refuses where the record is a rejected contact: its data is frozen until it is approved again (M27).
pub fn frozen(record: &Record) -> Result<(), Refusal> {
    if record.kind == RecordKind::Contact && record.text(&contact::APPROVAL) == contact::REJECTED {
        return Err(Refusal::Frozen);
    }
    Ok(())
}

/// Whether changes touch what is frozen on a rejected contact. Its approval status decides that itself; lying in the
/// trash, having been merged and bounced messages are no part of its data.
pub fn touch_frozen_data(changes: &[FieldChange]) -> bool {
    const BESIDE: [&Field; 3] = [&DELETED_AT, &contact::MERGED_INTO, &contact::BOUNCED_AT];
    !changes.iter().any(|change| change.field == contact::APPROVAL.number)
        && changes.iter().any(|change| BESIDE.iter().all(|field| field.number != change.field))
}

/// Adds a problem for each required field without a value, unless the field has one already.
pub fn missing(record: &Record, problems: &mut Vec<FieldProblem>) {
    for field in record.kind.fields() {
        if field.required && record.get(field).is_empty() && !problems.iter().any(|p| p.field == field.key) {
            problems.push(FieldProblem { field: field.key.to_owned(), problem: Problem::Required });
        }
    }
}

fn editable(registry: &Registry, kind: RecordKind, key: &str) -> Result<&'static Field, Problem> {
    let field = registry.field(kind, key).ok_or(Problem::UnknownField)?;
    if field.editable { Ok(field) } else { Err(Problem::NotEditable) }
}

/// The records a record refers to, so that whoever stores it can make sure that they exist.
pub fn references(changes: &[FieldChange], kind: RecordKind) -> impl Iterator<Item = (&'static Field, RecordKind, Id)> {
    changes.iter().filter_map(move |change| {
        let field = kind.field_numbered(change.field)?;
        match (field.field_type, &change.after) {
            (FieldType::Reference { kind }, Value::Reference(id)) => Some((field, kind, *id)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    fn dana() -> Record {
        let values = [("first_name", text("Dana")), ("last_name", text("Reyes")), ("email", text("dana@acme.example"))];
        draft(
            &Registry::default(),
            RecordKind::Contact,
            Id::from_parts(1, [1; 10]),
            5,
            values.iter().map(|(k, v)| (*k, v)),
        )
        .expect("a valid draft")
    }

    fn edit_of(field: &str, before: &str, after: &str) -> FieldEdit {
        FieldEdit { field: field.into(), before: text(before), after: text(after) }
    }

    #[test]
    fn a_contact_needs_first_name_last_name_and_email() {
        let refusal =
            draft(&Registry::default(), RecordKind::Contact, Id::from_parts(1, [1; 10]), 5, [("email", &text("nope"))]);
        let Err(Refusal::Invalid(problems)) = refusal else { panic!("refused as invalid: {refusal:?}") };
        let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["email", "first_name", "last_name"]);
    }

    #[test]
    fn a_contact_typed_by_staff_is_approved_and_not_visible_to_students() {
        let record = dana();
        assert_eq!(record.text(&contact::SOURCE), "admin");
        assert_eq!(record.text(&contact::APPROVAL), contact::APPROVED);
        assert_eq!(record.text(&contact::VISIBILITY), contact::CAREER_ADVISORS);
        assert_eq!(record.created_at(), Some(5));
    }

    #[test]
    fn source_and_approval_are_not_edited() {
        for field in ["source", "approval", "created_at", "nonsense"] {
            assert!(
                matches!(
                    edit(&Registry::default(), &dana(), &[edit_of(field, "", "approved")]),
                    Err(Refusal::Invalid(_))
                ),
                "{field}"
            );
        }
    }

    #[test]
    fn only_what_differs_changes_and_collisions_show_three_values() {
        let mut record = dana();
        let changes = edit(
            &Registry::default(),
            &record,
            &[edit_of("first_name", "Dana", "Dana"), edit_of("title", "", "Recruiter")],
        )
        .expect("fine");
        assert_eq!(changes.len(), 1);
        record.set(&contact::TITLE, "Engineer");
        let refusal = edit(&Registry::default(), &record, &[edit_of("title", "", "Recruiter")]);
        let Err(Refusal::Conflict(collisions)) = refusal else { panic!("a collision: {refusal:?}") };
        assert_eq!(
            (&collisions[0].base, &collisions[0].mine, &collisions[0].theirs),
            (&Value::Empty, &"Recruiter".into(), &"Engineer".into())
        );
        assert!(
            edit(&Registry::default(), &record, &[edit_of("title", "", "Engineer")])
                .expect("both wanted the same")
                .is_empty()
        );
    }

    #[test]
    fn a_required_value_is_not_cleared_and_frozen_data_not_edited() {
        let mut record = dana();
        assert!(matches!(
            edit(&Registry::default(), &record, &[edit_of("email", "dana@acme.example", "")]),
            Err(Refusal::Invalid(_))
        ));
        record.set(&contact::APPROVAL, contact::REJECTED);
        assert_eq!(edit(&Registry::default(), &record, &[edit_of("title", "", "x")]), Err(Refusal::Frozen));
    }
}
