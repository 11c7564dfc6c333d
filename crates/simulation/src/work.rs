//! What people do at their desks, drawn at random from what they see there.

use crate::conflicts::Choices;
use crate::random::Random;
use crate::records::Records;
use liaison_domain::field::{ATTRIBUTE_FIRST, CREATED_AT, DELETED_AT};
use liaison_domain::{Id, RecordKind, StaffRole, Value, attribute, contact, employer, note, organization};

/// What is done to one record: its kind and id, and the values that fields of it get.
pub type Touch = (RecordKind, Id, Vec<(u16, Value)>);

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Records come into being.
    Create(Vec<Touch>),
    /// Fields of records get these values.
    Edit(Vec<Touch>),
    /// Of a field that two desks changed apart, this value is chosen, be it there already or not.
    Settle(RecordKind, Id, u16, Value),
    /// A record is erased for good.
    Erase(RecordKind, Id),
    /// Something happened that changes no record.
    Event,
}

/// The people of an institution: one for each desk, who may do anything.
pub fn people(now: u64, people: &[Id]) -> Work {
    let person = |(number, id): (usize, &Id)| {
        let fields = vec![
            (CREATED_AT.number, Value::Moment(now as i64)),
            (organization::STAFF_FIRST_NAME.number, Value::text(format!("Person {number}"))),
            (organization::STAFF_LAST_NAME.number, Value::text("Simulated")),
            (organization::STAFF_EMAIL.number, Value::text(format!("s{number}@x.example"))),
            (organization::STAFF_ROLE.number, Value::text(StaffRole::Administrator.key())),
        ];
        (RecordKind::Staff, *id, fields)
    };
    Work::Create(people.iter().enumerate().map(person).collect())
}

/// Most are given rights, so that not everything is refused in the end.
fn rights(random: &mut Random, now: u64) -> Vec<(u16, Value)> {
    let role = match random.below(10) {
        0 => StaffRole::Viewer,
        1..3 => StaffRole::Advisor,
        _ => StaffRole::Administrator,
    };
    let gone = if random.chance(10) { Value::Moment(now as i64) } else { Value::Empty };
    vec![(organization::STAFF_ROLE.number, Value::text(role.key())), (organization::STAFF_DEACTIVATED_AT.number, gone)]
}

/// Draws one of the values of one of the fields in conflict.
pub fn settle(random: &mut Random, choices: &Choices) -> Option<Work> {
    let all: Vec<_> = choices.iter().collect();
    let ((kind, id, field), values) = random.pick(&all)?;
    let value = random.pick(values)?.clone();
    Some(Work::Settle(RecordKind::from_number(*kind)?, *id, *field, value))
}

/// Draws a step for a desk where these records are.
pub fn draw(random: &mut Random, now: u64, records: &Records) -> Work {
    let of = |kind: RecordKind| -> Vec<Id> {
        records.keys().filter(|(of, _)| *of == kind as u8).map(|(_, id)| *id).collect()
    };
    let (contacts, employers) = (of(RecordKind::Contact), of(RecordKind::Employer));
    let text = |random: &mut Random| Value::text(format!("text {}", random.below(50)));
    let id = |random: &mut Random| Id::from_parts(now, random.bytes());
    let made = (CREATED_AT.number, Value::Moment(now as i64));
    let new_contact = |random: &mut Random| {
        let mut fields = vec![
            made.clone(),
            (contact::FIRST_NAME.number, text(random)),
            (contact::LAST_NAME.number, text(random)),
            (contact::EMAIL.number, Value::text(format!("p{}@x.example", random.below(20)))),
            (contact::APPROVAL.number, contact::PENDING.into()),
            (contact::AUTO_SYNC.number, random.chance(50).into()),
        ];
        if let Some(employer) = random.pick(&employers) {
            fields.push((contact::EMPLOYER.number, Value::Reference(*employer)));
        }
        (RecordKind::Contact, id(random), fields)
    };
    match random.below(100) {
        0..12 => Work::Create(vec![new_contact(random)]),
        12..16 => Work::Create((0..random.between(2, 20)).map(|_| new_contact(random)).collect()),
        16..24 => {
            let fields = vec![made, (employer::NAME.number, text(random)), (employer::CITY.number, text(random))];
            Work::Create(vec![(RecordKind::Employer, id(random), fields)])
        }
        24..32 => match random.pick(&contacts) {
            Some(about) => {
                let fields =
                    vec![made, (note::CONTACT.number, Value::Reference(*about)), (note::TEXT.number, text(random))];
                Work::Create(vec![(RecordKind::Note, id(random), fields)])
            }
            None => Work::Event,
        },
        32..36 => {
            // Few numbers, so that two desks take the same.
            let number = i64::from(ATTRIBUTE_FIRST) + random.below(4) as i64;
            let taken = records.iter().any(|((kind, _), fields)| {
                *kind == RecordKind::Attribute as u8
                    && fields.get(&attribute::NUMBER.number) == Some(&Value::Number(number))
            });
            if taken {
                return Work::Event;
            }
            let fields = vec![
                made,
                (attribute::NAME.number, text(random)),
                (attribute::RECORDS.number, "contact".into()),
                (attribute::TYPE.number, if random.chance(70) { "text" } else { "yes_no" }.into()),
                (attribute::NUMBER.number, Value::Number(number)),
            ];
            Work::Create(vec![(RecordKind::Attribute, id(random), fields)])
        }
        36..39 => Work::Event,
        39..42 => {
            // What somebody may do changes, while their own desk may not know it yet.
            match random.pick(&of(RecordKind::Staff)) {
                Some(person) => Work::Edit(vec![(RecordKind::Staff, *person, rights(random, now))]),
                None => Work::Event,
            }
        }
        42..47 => {
            let gone: Vec<_> = records.keys().filter(|(kind, _)| *kind != RecordKind::Staff as u8).collect();
            match random.pick(&gone).and_then(|(kind, id)| Some((RecordKind::from_number(*kind)?, *id))) {
                Some((kind @ (RecordKind::Note | RecordKind::Contact | RecordKind::Employer), id)) => {
                    Work::Erase(kind, id)
                }
                _ => Work::Event,
            }
        }
        47..53 => match random.pick(&employers) {
            Some(chosen) => {
                let to = random.pick(&contacts).map_or(Value::Empty, |contact| Value::Reference(*contact));
                Work::Edit(vec![(RecordKind::Employer, *chosen, vec![(employer::PRIMARY_CONTACT.number, to)])])
            }
            None => Work::Event,
        },
        53..60 => {
            // Into the trash, or out of it.
            let both: Vec<_> = contacts
                .iter()
                .map(|id| (RecordKind::Contact, *id))
                .chain(employers.iter().map(|id| (RecordKind::Employer, *id)))
                .collect();
            match random.pick(&both) {
                Some((kind, id)) => {
                    let at = if random.chance(50) { Value::Moment(now as i64) } else { Value::Empty };
                    Work::Edit(vec![(*kind, *id, vec![(DELETED_AT.number, at)])])
                }
                None => Work::Event,
            }
        }
        60..66 => match random.pick(&employers) {
            Some(chosen) => {
                let field = if random.chance(50) { employer::CITY.number } else { employer::NAME.number };
                Work::Edit(vec![(RecordKind::Employer, *chosen, vec![(field, text(random))])])
            }
            None => Work::Event,
        },
        66..74 => {
            // In bulk.
            let (some, number) = (random.between(1, 5), random.below(3));
            let value = text(random);
            let edit = |id: &Id| match number {
                0 => (RecordKind::Contact, *id, vec![(contact::TITLE.number, value.clone())]),
                1 => (RecordKind::Contact, *id, vec![(contact::APPROVAL.number, contact::APPROVED.into())]),
                _ => (RecordKind::Contact, *id, vec![(contact::DEPARTMENT.number, value.clone())]),
            };
            Work::Edit(contacts.iter().take(some as usize).map(edit).collect())
        }
        _ => match random.pick(&contacts) {
            Some(chosen) => {
                let attributes: Vec<_> = records
                    .iter()
                    .filter(|((kind, _), _)| *kind == RecordKind::Attribute as u8)
                    .filter_map(|(_, fields)| {
                        match (fields.get(&attribute::NUMBER.number), fields.get(&attribute::TYPE.number)) {
                            (Some(Value::Number(number)), Some(of)) => Some((*number as u16, of.clone())),
                            _ => None,
                        }
                    })
                    .collect();
                let field = match random.below(7) {
                    0 => (contact::FIRST_NAME.number, text(random)),
                    1 => (contact::LAST_NAME.number, text(random)),
                    2 => (contact::TITLE.number, if random.chance(20) { Value::Empty } else { text(random) }),
                    3 => (contact::LABELS.number, Value::List(vec![format!("label {}", random.below(5))])),
                    4 => match random.pick(&employers) {
                        Some(employer) => (contact::EMPLOYER.number, Value::Reference(*employer)),
                        None => (contact::EMPLOYER.number, Value::Empty),
                    },
                    5 => (contact::EMAIL.number, Value::text(format!("p{}@x.example", random.below(20)))),
                    _ => match random.pick(&attributes) {
                        Some((number, of)) if *of == "yes_no".into() => (*number, random.chance(50).into()),
                        Some((number, _)) => (*number, text(random)),
                        None => (contact::TITLE.number, text(random)),
                    },
                };
                Work::Edit(vec![(RecordKind::Contact, *chosen, vec![field])])
            }
            None => Work::Create(vec![new_contact(random)]),
        },
    }
}
