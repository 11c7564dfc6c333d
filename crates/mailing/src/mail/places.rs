//! The places in the text of a message: what stands in them for a person, and who writes.

use liaison_domain::name::person_name;
use liaison_domain::{Id, Record, RecordKind, Value, contact, employer_user, mail_template, organization, student};
use liaison_mail::template::Values;
use liaison_queries::institution;
use liaison_store::{Db, StoreError, table};
use uuid::Uuid;

/// The id as mail writes it.
pub(crate) fn uuid(id: Id) -> Uuid {
    Uuid::from_bytes(*id.bytes())
}

/// What does not change from one recipient to the next.
pub(crate) struct Sender {
    pub(crate) institution: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// Institution and staff member.
pub(crate) fn sender(db: &Db<'_>, author: Id) -> Result<Sender, StoreError> {
    let staff = table::get(db, RecordKind::Staff, author)?.record;
    Ok(Sender {
        institution: institution::name(db)?.unwrap_or_default(),
        name: person_name(staff.text(&organization::STAFF_FIRST_NAME), "", staff.text(&organization::STAFF_LAST_NAME)),
        email: staff.text(&organization::STAFF_EMAIL).to_owned(),
    })
}

/// What stands in the places for a contact, a student or an employer user.
pub(crate) fn places(db: &Db<'_>, person: &Record, sender: &Sender) -> Result<Values, StoreError> {
    let group = || person.get(&student::GROUP).as_reference();
    let known = match person.kind {
        RecordKind::Student => match group() {
            Some(id) => table::name_of(db, RecordKind::UserGroup, id)?.unwrap_or_default(),
            None => String::new(),
        },
        _ => match employer_of(person) {
            Some(id) => employer_name(db, id)?,
            None => String::new(),
        },
    };
    Ok(these_places(mail_template::PLACES.iter().copied(), person, &known, sender))
}

/// The employer a message to somebody can speak of.
pub(super) fn employer_of(person: &Record) -> Option<Id> {
    match person.kind {
        RecordKind::Contact => person.get(&contact::EMPLOYER).as_reference(),
        RecordKind::EmployerUser => person.get(&employer_user::EMPLOYER).as_reference(),
        _ => None,
    }
}

/// The name of an employer, or "".
pub(super) fn employer_name(db: &Db<'_>, id: Id) -> Result<String, StoreError> {
    Ok(table::name_of(db, RecordKind::Employer, id)?.unwrap_or_default())
}

/// What stands in these places for a person at an employer, or in a group, of this name.
pub(super) fn these_places<'k>(
    keys: impl Iterator<Item = &'k str>,
    person: &Record,
    among: &str,
    sender: &Sender,
) -> Values {
    let (first, preferred, last, email) = match person.kind {
        RecordKind::Student => {
            (&student::FIRST_NAME, Some(&student::PREFERRED_NAME), &student::LAST_NAME, &student::EMAIL)
        }
        RecordKind::EmployerUser => {
            (&employer_user::FIRST_NAME, None, &employer_user::LAST_NAME, &employer_user::EMAIL)
        }
        _ => (&contact::FIRST_NAME, Some(&contact::PREFERRED_NAME), &contact::LAST_NAME, &contact::EMAIL),
    };
    let (first, preferred, last) =
        (person.text(first), preferred.map_or("", |field| person.text(field)), person.text(last));
    let (is_contact, is_student) = (person.kind == RecordKind::Contact, person.kind == RecordKind::Student);
    let place = |key: &str| {
        Some(match key {
            "first_name" if preferred.is_empty() => first.to_owned(),
            "first_name" => preferred.to_owned(),
            "last_name" => last.to_owned(),
            "full_name" => person_name(first, preferred, last),
            "email" => person.text(email).to_owned(),
            "institution" => sender.institution.clone(),
            "sender_name" => sender.name.clone(),
            "name_prefix" if is_contact => person.text(&contact::NAME_PREFIX).to_owned(),
            "title" if is_contact => person.text(&contact::TITLE).to_owned(),
            "title" if !is_student => person.text(&employer_user::TITLE).to_owned(),
            "employer" if !is_student => among.to_owned(),
            "group" if is_student => among.to_owned(),
            "major" if is_student => person.text(&student::MAJOR).to_owned(),
            "graduation_year" if is_student => match person.get(&student::GRADUATION_YEAR) {
                Value::Number(year) => year.to_string(),
                _ => String::new(),
            },
            _ => return None,
        })
    };
    keys.filter_map(|key| Some((key.to_owned(), place(key)?))).collect()
}
