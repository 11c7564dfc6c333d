//! What belongs into the audit log of a contact beside the changes of its own record (M21): everything done about the
//! person.

use crate::contact;
use crate::employer;
use crate::field::Field;
use crate::id::Id;
use crate::journal::FieldChange;
use crate::kind::RecordKind;
use crate::value::Value;
use crate::viewer;

/// The kinds of records whose every change is about the contact they name. A career isn't among them: it follows from
/// a change of the contact, which is there by itself.
pub const WHOLLY: [RecordKind; 6] = [
    RecordKind::Note,
    RecordKind::Task,
    RecordKind::Meeting,
    RecordKind::Participation,
    RecordKind::Email,
    RecordKind::Invitation,
];

/// The field by which each of these kinds names its contact.
pub fn wholly() -> impl Iterator<Item = (RecordKind, &'static Field)> {
    WHOLLY.into_iter().filter_map(|kind| Some((kind, viewer::about(kind)?)))
}

/// Other kinds, each with the one field whose changes from or to the contact are about it: that it became the primary
/// contact of an employer or no longer is, and that another contact was merged into it or separated again.
pub const BY_FIELD: [(RecordKind, &Field); 2] =
    [(RecordKind::Employer, &employer::PRIMARY_CONTACT), (RecordKind::Contact, &contact::MERGED_INTO)];

/// Of the changes of another record, those that belong into the audit log of this contact.
pub fn about(contact: Id, kind: RecordKind, changes: &[FieldChange]) -> Vec<FieldChange> {
    if WHOLLY.contains(&kind) {
        return changes.to_vec();
    }
    let names = |value: &Value| value.as_reference() == Some(contact);
    let field = BY_FIELD.into_iter().find(|(of, _)| *of == kind).map(|(_, field)| field.number);
    let told = |change: &&FieldChange| {
        Some(change.field) == field && change.before != change.after && (names(&change.before) || names(&change.after))
    };
    changes.iter().filter(told).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{note, student};

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    #[test]
    fn every_kind_names_its_contact() {
        assert_eq!(wholly().count(), WHOLLY.len());
        for (kind, field) in BY_FIELD {
            assert_eq!(kind.field_numbered(field.number), Some(field));
        }
    }

    #[test]
    fn of_other_records_only_what_is_about_the_person_is_told() {
        let change = |field: &Field, before: Value, after: Value| FieldChange { field: field.number, before, after };
        let (ann, bo) = (id(1), id(2));
        let text = change(&note::TEXT, Value::Empty, "Called.".into());
        assert_eq!(about(ann, RecordKind::Note, std::slice::from_ref(&text)).len(), 1);

        let primary = |before, after| change(&employer::PRIMARY_CONTACT, before, after);
        let phone = change(&employer::PHONE, "1".into(), "2".into());
        for (before, after, told) in [
            (Value::Empty, ann.into(), true),
            (ann.into(), bo.into(), true),
            (bo.into(), Value::Empty, false),
            (ann.into(), ann.into(), false),
        ] {
            let changes = [phone.clone(), primary(before, after)];
            let found = about(ann, RecordKind::Employer, &changes);
            assert_eq!(found, if told { vec![changes[1].clone()] } else { Vec::new() });
        }
        let merged = [change(&contact::MERGED_INTO, Value::Empty, ann.into())];
        assert_eq!(about(ann, RecordKind::Contact, &merged).len(), 1);
        assert!(about(bo, RecordKind::Contact, &merged).is_empty());
        assert!(about(ann, RecordKind::Student, &[change(&student::MAJOR, Value::Empty, "Law".into())]).is_empty());
    }
}
