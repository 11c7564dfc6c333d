use super::reach::phone_key;
use super::*;
use liaison_domain::contact::{REJECTED, SOURCES};
use liaison_domain::field::{CREATED_AT, FieldGroup};
use liaison_domain::name::email_key;
use liaison_domain::{employment, participation};
use proptest::prelude::*;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

fn registry() -> Registry {
    const ASKED: Field = Field::new(1000, "a1000", "Do not email", FieldGroup::Attributes, FieldType::Flag);
    Registry::new(vec![(RecordKind::Contact, &ASKED)], Vec::new())
}

fn person(n: u8, first: &str, email: &str) -> Record {
    let mut record = Record::blank(RecordKind::Contact, id(n));
    record.set(&CREATED_AT, Value::Moment(i64::from(n)));
    record.set(&contact::FIRST_NAME, first);
    record.set(&contact::LAST_NAME, "Reyes");
    record.set(&contact::EMAIL, email);
    edit::complete_contact(&mut record);
    record
}

fn copy(n: u8, of: &Record) -> Record {
    let mut copy = of.clone();
    copy.id = id(n);
    copy
}

fn merged(survivor: &Record, others: &[Record], choices: &[(&Field, u8)]) -> Result<Record, Refusal> {
    let registry = registry();
    let choices = choices.iter().map(|(field, n)| (field.number, id(*n))).collect();
    Merge::of(&registry, survivor, others, &[1000])?.merged(&choices)
}

fn addresses(record: &Record) -> Vec<String> {
    let slots = [&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3].map(|field| record.text(field).to_owned());
    let former = match record.get(&contact::FORMER_EMAILS) {
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    };
    slots.into_iter().chain(former).filter(|address| !address.is_empty()).map(|address| email_key(&address)).collect()
}

fn numbers(record: &Record) -> Vec<String> {
    [&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE]
        .map(|field| phone_key(record.text(field)))
        .into_iter()
        .filter(|key| !key.is_empty())
        .collect()
}

#[test]
fn without_choices_the_survivor_keeps_its_own_and_takes_what_it_lacks() {
    let mut survivor = person(2, "Bill", "bill@acme.example");
    survivor.set(&contact::CITY, "Ghent");
    let mut other = person(1, "William", "w.reyes@home.example");
    other.set(&contact::TITLE, "Recruiter");
    other.set(&contact::CITY, "GHENT");
    other.set(&contact::STREET, "1 Quay");
    other.set(&contact::SOURCE, "event_contact");
    let mut third = person(3, "Will", "BILL@acme.example");
    third.set(&contact::CITY, "Antwerp");
    third.set(&contact::POSTAL_CODE, "2000");
    let merged = merged(&survivor, &[other, third], &[]).expect("merged");
    assert_eq!(merged.text(&contact::FIRST_NAME), "Bill");
    assert_eq!(merged.text(&contact::TITLE), "Recruiter");
    assert_eq!(merged.text(&contact::STREET), "1 Quay", "an address that agrees completes the survivor's");
    assert_eq!(merged.text(&contact::POSTAL_CODE), "", "one that does not is none of its");
    assert_eq!(merged.text(&contact::EMAIL_2), "w.reyes@home.example");
    assert_eq!(merged.text(&contact::EMAIL_3), "", "the same address twice is one");
    assert_eq!(merged.text(&contact::SOURCE), "event_contact", "M47: the first interaction");
    assert_eq!(merged.id, survivor.id);
}

#[test]
fn what_was_chosen_is_taken_and_what_lost_finds_a_place() {
    let mut survivor = person(1, "Bill", "bill@acme.example");
    survivor.set(&contact::MOBILE_PHONE, "555 0100 111");
    survivor.set(&contact::LABELS, Value::List(vec!["Fair".into()]));
    survivor.set(&contact::DESCRIPTION, "Likes tea.");
    survivor.set(&contact::BOUNCED_AT, Value::Moment(7));
    let mut other = person(2, "William", "w@home.example");
    other.set(&contact::MOBILE_PHONE, "555 0100 222");
    other.set(&contact::LABELS, Value::List(vec!["fair".into(), "Alumni".into()]));
    other.set(&contact::DESCRIPTION, "Knows everybody.");
    let choices = [(&contact::EMAIL, 2), (&contact::FIRST_NAME, 2), (&contact::MOBILE_PHONE, 2)];
    let merged = merged(&survivor, &[other], &choices).expect("merged");
    assert_eq!(merged.text(&contact::FIRST_NAME), "William");
    assert_eq!((merged.text(&contact::EMAIL), merged.text(&contact::EMAIL_2)), ("w@home.example", "bill@acme.example"));
    assert_eq!(merged.text(&contact::MOBILE_PHONE), "555 0100 222");
    assert_eq!(merged.text(&contact::OTHER_PHONE), "555 0100 111");
    assert_eq!(*merged.get(&contact::LABELS), Value::List(vec!["Fair".into(), "Alumni".into()]));
    assert_eq!(merged.text(&contact::DESCRIPTION), "Likes tea.\n\nKnows everybody.");
    assert!(merged.get(&contact::BOUNCED_AT).is_empty(), "it was the other address that bounced");
}

#[test]
fn caution_wins_and_the_directory_keeps_who_was_in_it() {
    let registry = registry();
    let asked = registry.numbered(RecordKind::Contact, 1000).expect("an attribute");
    let mut waiting = person(1, "Bill", "bill@acme.example");
    waiting.set(&contact::APPROVAL, PENDING);
    waiting.set(asked, false);
    let mut there = person(2, "Bill", "b@acme.example");
    there.set(asked, true);
    there.set(&contact::VISIBILITY, contact::STUDENTS);
    let others = [there];
    let merge = Merge::of(&registry, &waiting, &others, &[1000]).expect("two contacts");
    assert_eq!(merge.operation(), OperationKind::ContactsApproveInto);
    let merged = merge.merged(&Choices::new()).expect("merged");
    assert!(merged.get(asked).as_flag());
    assert_eq!(merged.text(&contact::APPROVAL), APPROVED);
    assert_eq!(merged.text(&contact::VISIBILITY), contact::CAREER_ADVISORS, "nobody becomes visible by merging");
}

#[test]
fn what_can_not_be_merged_is_refused() {
    let (one, two) = (person(1, "Bill", "a@x.example"), person(2, "Bill", "b@x.example"));
    let mut frozen = person(3, "Bill", "c@x.example");
    frozen.set(&contact::APPROVAL, REJECTED);
    assert_eq!(merged(&one, std::slice::from_ref(&frozen), &[]), Err(Refusal::Frozen));
    assert_eq!(merged(&frozen, std::slice::from_ref(&two), &[]), Err(Refusal::Frozen));
    let problem = |refused: Result<Record, Refusal>| match refused {
        Err(Refusal::Invalid(problems)) => problems[0].clone(),
        other => panic!("refused: {other:?}"),
    };
    assert_eq!(problem(merged(&one, std::slice::from_ref(&one), &[])).problem, Problem::Required);
    let many: Vec<Record> = (2..=51).map(|n| person(n, "Bill", "b@x.example")).collect();
    assert_eq!(problem(merged(&one, &many, &[])).problem, Problem::TooMany { most: 50 });
    assert!(merged(&one, &many[..49], &[]).is_ok());
    let two = [two];
    let refused = |field: &Field, n| problem(merged(&one, &two, &[(field, n)])).problem;
    assert_eq!(refused(&contact::SOURCE, 2), Problem::NotEditable);
    assert_eq!(refused(&contact::TITLE, 9), Problem::UnknownReference);
    let nameless = [person(4, "", "d@x.example")];
    assert_eq!(problem(merged(&one, &nameless, &[(&contact::FIRST_NAME, 4)])).problem, Problem::Required);
}

#[test]
fn an_employer_is_confirmed_where_one_of_them_is() {
    let employer = |n: u8, confirmation: &str, domain: &str| {
        let mut employer = Record::blank(RecordKind::Employer, id(n));
        employer.set(&employer::NAME, "Acme");
        employer.set(&employer::CONFIRMATION, confirmation);
        if !domain.is_empty() {
            employer.set(&employer::EMAIL_DOMAINS, Value::List(vec![domain.into()]));
        }
        employer
    };
    let claimed = || employer(1, employer::CLAIMED, "");
    let mut never_said = employer(2, "", "acme.com");
    never_said.set(&employer::CONFIRMATION, Value::Empty);
    for (survivor, other, is_claimed) in [
        (claimed(), employer(3, employer::CONFIRMED, ""), false),
        (claimed(), never_said.clone(), false),
        (never_said, claimed(), false),
        (employer(3, employer::CONFIRMED, ""), claimed(), false),
        (claimed(), employer(4, employer::CLAIMED, ""), true),
    ] {
        let after = merged(&survivor, std::slice::from_ref(&other), &[]).expect("a merge");
        assert_eq!(liaison_domain::employer_match::is_claimed(&after), is_claimed, "{survivor:?} {other:?}");
        let domains = |record: &Record| !record.get(&employer::EMAIL_DOMAINS).is_empty();
        assert_eq!(domains(&after), domains(&survivor) || domains(&other));
    }
}

#[test]
fn two_registrations_for_one_event_become_one() {
    let mut kept = Record::blank(RecordKind::Participation, id(1));
    kept.set(&participation::CONTACT, id(9));
    kept.set(&participation::EVENT, id(8));
    kept.set(&participation::PART, participation::REGISTERED);
    kept.set(&participation::STATUS, "expected");
    let mut double = copy(2, &kept);
    double.set(&participation::STATUS, "attended");
    double.set(&participation::REMARK, "Table 4");
    kept.apply(&absorb(&kept, &double).expect("a double"));
    assert_eq!((kept.text(&participation::STATUS), kept.text(&participation::REMARK)), ("attended", "Table 4"));
    double.set(&participation::STATUS, "absent");
    assert_eq!(absorb(&kept, &double), None, "attended and absent are not the same");
    double.set(&participation::PART, participation::ADDITIONAL_CONTACT);
    assert_eq!(absorb(&kept, &double), None);
    let mut job = Record::blank(RecordKind::Employment, id(3));
    job.set(&employment::EMPLOYER, id(7));
    assert_eq!(absorb(&job, &copy(4, &job)), Some(Vec::new()));
    assert_eq!(absorb(&job, &job), None, "nothing is its own double");
}

prop_compose! {
    fn any_person(n: u8)(
        first in "[A-C]", emails in prop::collection::vec(0u8..6, 1..4), former in prop::collection::vec(0u8..8, 0..3),
        phones in prop::collection::vec(prop::option::of(0u8..6), 4), city in "[XY]?", street in "[PQ]?",
        title in "[TU]?", source in 0usize..SOURCES.len(), created in 0i64..4, asked in prop::option::of(any::<bool>()),
        approved in any::<bool>(),
    ) -> Record {
        let mail = |n: u8| format!("m{n}@x.example");
        let mut record = Record::blank(RecordKind::Contact, id(n));
        record.set(&CREATED_AT, Value::Moment(created));
        record.set(&contact::FIRST_NAME, first.as_str());
        record.set(&contact::LAST_NAME, "Reyes");
        for (field, mail_number) in [&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3].into_iter().zip(emails) {
            record.set(field, mail(mail_number).as_str());
        }
        if !former.is_empty() {
            record.set(&contact::FORMER_EMAILS, Value::List(former.into_iter().map(mail).collect()));
        }
        let fields = [&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE];
        for (field, phone) in fields.into_iter().zip(phones) {
            record.set(field, phone.map_or(Value::Empty, |n| Value::text(format!("+32 9 555 01 0{n}"))));
        }
        record.set(&contact::CITY, city.as_str());
        record.set(&contact::STREET, street.as_str());
        record.set(&contact::TITLE, title.as_str());
        record.set(&contact::SOURCE, SOURCES[source]);
        record.set_numbered(1000, asked.map_or(Value::Empty, Value::Flag));
        record.set(&contact::APPROVAL, if approved { APPROVED } else { PENDING });
        edit::complete_contact(&mut record);
        record
    }
}

proptest! {
    /// M18: nothing by which a person was reached is lost, and nothing is made up.
    #[test]
    fn nothing_is_lost_and_nothing_made_up(
        survivor in any_person(1), two in any_person(2), three in any_person(3),
        picks in prop::collection::btree_map(0usize..30, 1u8..4, 0..8),
    ) {
        let registry = registry();
        let others = [two, three];
        let merge = Merge::of(&registry, &survivor, &others, &[1000]).expect("three contacts");
        let choosable: Vec<_> = merge.choosable().collect();
        let choices: Choices = picks
            .iter()
            .map(|(at, n)| (choosable[*at % choosable.len()].number, id(*n)))
            .collect();
        let merged = merge.merged(&choices).expect("every record has what is required");
        let records = [&survivor, &others[0], &others[1]];
        let kept = addresses(&merged);
        let mut once = kept.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), kept.len(), "each address has one place");
        for record in records {
            for address in addresses(record) {
                prop_assert!(kept.contains(&address), "{} has a place", address);
            }
            for number in numbers(record) {
                let everywhere: String = merged.filled().flat_map(|(_, value)| value.as_text().chars().chain([' '])).filter(char::is_ascii_digit).collect();
                prop_assert!(everywhere.contains(&number), "{} has a place", number);
            }
        }
        for (number, chosen) in &choices {
            let Some(field) = registry.numbered(RecordKind::Contact, *number) else { continue };
            let wanted = records[usize::from(chosen.bytes()[15]) - 1].get(field);
            let is_reach = matches!(field.field_type, FieldType::Email) || field.number == contact::DESCRIPTION.number;
            prop_assert!(is_reach || merged.get(field) == wanted, "{} is the one chosen", field.key);
        }
        for field in [&contact::FIRST_NAME, &contact::TITLE, &contact::CITY, &contact::STREET] {
            let made_up = !merged.get(field).is_empty() && records.iter().all(|r| r.get(field) != merged.get(field));
            prop_assert!(!made_up, "{} comes from one of them", field.key);
        }
        let mut again = survivor.clone();
        again.apply(&merge.changes(&merged));
        prop_assert_eq!(again, merged, "the changes make the merged record");
    }

    /// Merging with somebody who says nothing new changes nothing.
    #[test]
    fn merging_a_copy_changes_nothing_but_duplicates(survivor in any_person(1)) {
        let registry = registry();
        let settled = merged(&survivor, &[copy(2, &survivor)], &[]).expect("merged");
        let others = [copy(2, &settled)];
        let merge = Merge::of(&registry, &settled, &others, &[1000]).expect("two contacts");
        let again = merge.merged(&Choices::new()).expect("merged");
        prop_assert_eq!(merge.changes(&again), Vec::new());
    }
}
