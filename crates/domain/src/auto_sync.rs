//! AutoSync (M19): while it is on, a contact follows its employer's shared fields and the account of its user.
//!
//! The registry marks what follows (`auto_synced`). A rejected contact follows nothing: its data is frozen (M27).

use crate::contact;
use crate::edit;
use crate::field::{Field, FieldType};
use crate::journal::FieldChange;
use crate::record::Record;
use crate::value::Value;
use crate::{employer, employer_user};

/// The fields of an employer that contacts follow, each with the field of the contact.
pub const OF_EMPLOYER: &[(&Field, &Field)] = &[
    (&employer::PHONE, &contact::WORK_PHONE),
    (&employer::WEBSITE, &contact::WEBSITE),
    (&employer::INDUSTRY, &contact::INDUSTRY),
    (&employer::STREET, &contact::STREET),
    (&employer::CITY, &contact::CITY),
    (&employer::REGION, &contact::REGION),
    (&employer::POSTAL_CODE, &contact::POSTAL_CODE),
    (&employer::COUNTRY, &contact::COUNTRY),
];

/// The fields of an employer user that contacts follow, each with the field of the contact. Not the address: it is what
/// links the two (M45), and a contact's address tells it from others.
pub const OF_USER: &[(&Field, &Field)] =
    &[(&employer_user::FIRST_NAME, &contact::FIRST_NAME), (&employer_user::LAST_NAME, &contact::LAST_NAME)];

/// Whether the contact follows at all.
pub fn follows(contact: &Record) -> bool {
    contact.get(&contact::AUTO_SYNC).as_flag() && !contact.is_deleted() && edit::frozen(contact).is_ok()
}

/// What changes of the source, an employer or a user, carry over to a contact. A value that was cleared clears the
/// contact's only where that was the same: nobody else's words are lost. A phone number is replaced only where it was
/// the source's: another one is a direct line.
pub fn carry_over(pairs: &[(&Field, &Field)], contact: &Record, source: &[FieldChange]) -> Vec<FieldChange> {
    if !follows(contact) {
        return Vec::new();
    }
    let carried = pairs.iter().filter_map(|(from, to)| {
        let change = source.iter().find(|change| change.field == from.number)?;
        if change.after.is_empty() && (to.required || *contact.get(to) != change.before) {
            return None;
        }
        if is_direct_line(to, contact, &change.before) { None } else { contact.change(to, change.after.clone()) }
    });
    carried.collect()
}

/// Whether a contact that follows keeps a number of its own although its source, an employer or a user, changes that
/// number: it is a direct line.
pub fn keeps_own_number(pairs: &[(&Field, &Field)], contact: &Record, source: &[FieldChange]) -> bool {
    follows(contact)
        && pairs.iter().any(|(from, to)| {
            let change = source.iter().find(|change| change.field == from.number);
            change.is_some_and(|change| is_direct_line(to, contact, &change.before) && *contact.get(to) != change.after)
        })
}

/// Whether what the contact has in a field is a number of its own, and not the one its source had.
fn is_direct_line(field: &Field, contact: &Record, of_source: &Value) -> bool {
    let own = contact.get(field);
    field.field_type == FieldType::Phone && !own.is_empty() && !same_number(own, of_source)
}

/// Whether two phone numbers are the same, however they are written.
fn same_number(one: &Value, other: &Value) -> bool {
    let dialed = |value: &Value| -> String {
        let Value::Text(text) = value else { return String::new() };
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    dialed(one) == dialed(other)
}

/// What a contact that begins to follow, or has a new employer, takes over from `source` as it is: every value there
/// is; what the source does not say stays. `former` is what it followed until now, if anything: a phone number is
/// replaced only where it was that one's, because another one is a direct line.
pub fn catch_up(
    pairs: &[(&Field, &Field)],
    contact: &Record,
    source: &Record,
    former: Option<&Record>,
) -> Vec<FieldChange> {
    if !follows(contact) {
        return Vec::new();
    }
    let taken = pairs.iter().filter_map(|(from, to)| {
        let value: &Value = source.get(from);
        let of_former = former.map_or(&Value::Empty, |former| former.get(from));
        if value.is_empty() || is_direct_line(to, contact, of_former) {
            return None;
        }
        contact.change(to, value.clone())
    });
    taken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::kind::RecordKind;
    use proptest::prelude::*;

    fn record(kind: RecordKind, values: &[(&Field, &str)]) -> Record {
        let mut record = Record::blank(kind, Id::from_parts(1, [1; 10]));
        values.iter().for_each(|(field, value)| record.set(field, *value));
        record
    }

    #[test]
    fn what_the_registry_marks_is_what_follows() {
        let mut marked: Vec<u16> = contact::FIELDS.iter().filter(|f| f.auto_synced).map(|f| f.number).collect();
        let mut paired: Vec<u16> = OF_EMPLOYER.iter().chain(OF_USER).map(|(_, to)| to.number).collect();
        marked.sort_unstable();
        paired.sort_unstable();
        assert_eq!(marked, paired);
        for (from, to) in OF_EMPLOYER.iter().chain(OF_USER) {
            assert_eq!(from.field_type, to.field_type, "{} fits {}", from.key, to.key);
        }
    }

    #[test]
    fn a_cleared_value_clears_only_what_was_the_same() {
        let mut person = record(RecordKind::Contact, &[(&contact::CITY, "Lund"), (&contact::REGION, "Own words")]);
        person.set(&contact::AUTO_SYNC, true);
        let cleared = |field: &Field, before: &str| FieldChange {
            field: field.number,
            before: before.into(),
            after: Value::Empty,
        };
        let source = [cleared(&employer::CITY, "Lund"), cleared(&employer::REGION, "Skåne")];
        let carried = carry_over(OF_EMPLOYER, &person, &source);
        assert_eq!(carried.len(), 1);
        assert_eq!(carried[0].field, contact::CITY.number);
    }

    #[test]
    fn a_new_number_of_the_employer_never_replaces_a_direct_line() {
        let source = [FieldChange {
            field: employer::PHONE.number,
            before: "+1 801-555-0168".into(),
            after: "+1 801-555-9999".into(),
        }];
        for (own, follows) in [
            ("", true),
            ("+1 801-555-0168", true),
            ("+1 (801) 555 0168", true),
            ("+1 801-555-0168 ext. 7624", false),
            ("+1 801-555-4444", false),
        ] {
            let mut person = record(RecordKind::Contact, &[(&contact::WORK_PHONE, own), (&contact::CITY, "Lund")]);
            person.set(&contact::AUTO_SYNC, true);
            let carried = carry_over(OF_EMPLOYER, &person, &source);
            assert_eq!(carried.len(), usize::from(follows), "{own}");
            person.apply(&carried);
            assert_eq!(person.text(&contact::WORK_PHONE), if follows { "+1 801-555-9999" } else { own });
        }
    }

    #[test]
    fn a_new_employer_never_replaces_a_direct_line() {
        let phone = |number| record(RecordKind::Employer, &[(&employer::PHONE, number)]);
        let (before, after) = (phone("+1 801-555-0168"), phone("+1 602-555-0111"));
        for (own, former, follows) in [
            ("", Some(&before), true),
            ("", None, true),
            ("+1 (801) 555 0168", Some(&before), true),
            ("+1 801-555-0168 ext. 7624", Some(&before), false),
            ("+1 801-555-4444", Some(&before), false),
            ("+1 801-555-0168", None, false),
        ] {
            let mut person = record(RecordKind::Contact, &[(&contact::WORK_PHONE, own)]);
            person.set(&contact::AUTO_SYNC, true);
            let taken = catch_up(OF_EMPLOYER, &person, &after, former);
            person.apply(&taken);
            assert_eq!(person.text(&contact::WORK_PHONE), if follows { "+1 602-555-0111" } else { own }, "{own}");
        }
    }

    proptest! {
        /// Who keeps a number of their own is told apart from who takes the new one: nobody is both or, having another
        /// number afterwards, neither.
        #[test]
        fn own_numbers_are_counted_by_the_rule_that_keeps_them(own in "[12]{0,2}", was in "[12]{0,2}", next in "[12]{0,2}") {
            let mut person = record(RecordKind::Contact, &[(&contact::WORK_PHONE, &own)]);
            person.set(&contact::AUTO_SYNC, true);
            let mut source = record(RecordKind::Employer, &[(&employer::PHONE, &was)]);
            let change = source.change(&employer::PHONE, next.as_str());
            source.set(&employer::PHONE, next.as_str());
            let keeps = keeps_own_number(OF_EMPLOYER, &person, change.as_slice());
            let carried = carry_over(OF_EMPLOYER, &person, change.as_slice());
            prop_assert!(!keeps || carried.is_empty());
            person.apply(&carried);
            let differs = person.text(&contact::WORK_PHONE) != next && !own.is_empty();
            prop_assert!(change.is_none() || next.is_empty() || keeps == differs);
        }

        /// Who follows has what the employer says; who does not, or is rejected, keeps everything.
        #[test]
        fn only_who_follows_changes(on: bool, approval in 0usize..3, city in "[ab]{0,1}", firm in "[ab]{0,1}", next in "[ab]{1,2}") {
            let mut person = record(RecordKind::Contact, &[(&contact::CITY, &city)]);
            person.set(&contact::AUTO_SYNC, on);
            person.set(&contact::APPROVAL, contact::APPROVALS[approval]);
            let before = person.clone();
            let mut source = record(RecordKind::Employer, &[(&employer::CITY, &firm)]);
            person.apply(&catch_up(OF_EMPLOYER, &person, &source, None));
            let change = source.change(&employer::CITY, next.as_str());
            source.set(&employer::CITY, next.as_str());
            person.apply(&carry_over(OF_EMPLOYER, &person, change.as_slice()));
            if on && contact::APPROVALS[approval] != contact::REJECTED {
                prop_assert_eq!(person.text(&contact::CITY), if change.is_some() || !firm.is_empty() { next } else { city });
            } else {
                prop_assert_eq!(person, before);
            }
        }
    }
}
