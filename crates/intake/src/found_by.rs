//! By what records are found when somebody does something in the portal: addresses, tokens of invitations, names, and whom
//! they belong to, as the domain compares them.

use liaison_domain::employer_name::employer_match_key;
use liaison_domain::{
    Id, Record, RecordKind, attribute, contact, employer, employer_match, employer_user, experience, invitation, name,
    onboarding_answer, participation, role, student, task,
};

/// What a record is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Purpose {
    /// Its address, as addresses are compared.
    Address = 1,
    /// A further or former address of a contact.
    Alias = 2,
    /// The hash of the token in an invitation.
    Token = 3,
    /// Invitations, by the id of whom they went to.
    Invited = 4,
    /// What a student or alum reported: by the id or the address that says whose it is.
    Own = 6,
    /// An employer, by its name as names of employers are matched.
    Name = 7,
    /// An employer, by a domain whose mailboxes belong to its people.
    Domain = 12,
    /// A role that ships with the product, by its name.
    BuiltIn = 5,
    /// How a contact takes part: by what in, and the contact.
    Part = 20,
    /// Who takes part in something, as far as they did not cancel: by what in.
    In = 21,
    /// Whom an employer user registered: by what for, and the user.
    RegisteredBy = 22,
    /// How anybody takes part in something, also those who cancelled: by what in.
    Takers = 24,
    /// Contacts, by the employer they are at.
    WorksAt = 25,
    /// An attribute, by what the product does with it.
    Meaning = 26,
    /// Onboarding questions, all of them: by [`EVERY`].
    Every = 23,
}

/// The key of [`Purpose::Every`].
pub const EVERY: &str = "every";

/// The key of two records together.
pub fn pair(one: Id, other: Id) -> String {
    format!("{one}/{other}")
}

/// By what a participation is found: what it is in, who takes part, who registered them.
fn taking_part(record: &Record) -> Vec<(Purpose, String)> {
    let places = [&participation::EVENT, &participation::INTERVIEW_SCHEDULE];
    let Some(place) = places.into_iter().find_map(|field| record.get(field).as_reference()) else {
        return Vec::new();
    };
    let (contact, by) = (&participation::CONTACT, &participation::REGISTERED_BY);
    let contact = record.get(contact).as_reference().map(|contact| (Purpose::Part, pair(place, contact)));
    let by = record.get(by).as_reference().map(|user| (Purpose::RegisteredBy, pair(place, user)));
    let is_in = record.text(&participation::STATUS) != participation::CANCELLED;
    let is_in = is_in.then(|| (Purpose::In, place.to_string()));
    let anyhow = [(Purpose::Takers, place.to_string())];
    contact.into_iter().chain(by).chain(is_in).chain(anyhow).collect()
}

/// What a record is found by; nothing, once it is in the trash.
pub fn entries(record: &Record) -> Vec<(Purpose, String)> {
    if record.is_deleted() {
        return Vec::new();
    }
    let address = |text: &str| (Purpose::Address, name::email_key(text));
    let mut entries = match record.kind {
        RecordKind::Contact => {
            let aliases = contact::alias_keys(record).into_iter().map(|key| (Purpose::Alias, key));
            let at = record.get(&contact::EMPLOYER).as_reference().map(|at| (Purpose::WorksAt, at.to_string()));
            [address(record.text(&contact::EMAIL))].into_iter().chain(aliases).chain(at).collect()
        }
        RecordKind::EmployerUser => vec![address(record.text(&employer_user::EMAIL))],
        RecordKind::Student => vec![address(record.text(&student::EMAIL))],
        RecordKind::Invitation => {
            let to = [&invitation::STUDENT, &invitation::CONTACT].map(|field| record.get(field).as_reference());
            let to = to.into_iter().flatten().map(|person| (Purpose::Invited, person.to_string()));
            [(Purpose::Token, record.text(&invitation::TOKEN_HASH).to_owned())].into_iter().chain(to).collect()
        }
        RecordKind::Role if record.get(&role::BUILT_IN).as_flag() => {
            vec![(Purpose::BuiltIn, record.text(&role::NAME).to_owned())]
        }
        RecordKind::Task => {
            let own =
                record.get(&task::ABOUT_STUDENT).as_reference().filter(|_| !record.text(&task::STUDENT).is_empty());
            own.map(|student| (Purpose::Own, student.to_string())).into_iter().collect()
        }
        RecordKind::Experience => vec![(Purpose::Own, name::email_key(record.text(&experience::STUDENT_EMAIL)))],
        RecordKind::Participation => taking_part(record),
        RecordKind::OnboardingQuestion => vec![(Purpose::Every, EVERY.to_owned())],
        RecordKind::OnboardingAnswer => {
            let student = record.get(&onboarding_answer::STUDENT).as_reference();
            student.map(|student| (Purpose::Own, student.to_string())).into_iter().collect()
        }
        RecordKind::Employer => {
            let domains = employer_match::domains(record).into_iter().map(|domain| (Purpose::Domain, domain));
            [(Purpose::Name, employer_match_key(record.text(&employer::NAME)))].into_iter().chain(domains).collect()
        }
        RecordKind::Attribute => vec![(Purpose::Meaning, record.text(&attribute::MEANING).to_owned())],
        _ => Vec::new(),
    };
    entries.retain(|(_, key)| !key.is_empty());
    entries
}
