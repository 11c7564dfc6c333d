//! What signing up at `/hire` writes (M2, M11, M32, M45): an account with the role "Default Access", and the contact,
//! linked where there is one, else new and pending. Pure: what is there comes in, changes come out.

use crate::change::{creation, edit, is_no_name};
use crate::claim::{claim, is_nowhere};
use liaison_domain::edit::draft;
use liaison_domain::employer_match::{self, EmployerMatch};
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Change, Id, Record, RecordKind, Registry, arrival, contact, employer_user, entry, name};

/// What somebody types who signs up.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Typed {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Job title, or nothing.
    pub title: String,
    /// The employer's name.
    pub employer: String,
    /// The employer's website, or nothing.
    #[serde(default)]
    pub website: String,
}

/// What is there already, of what decides about somebody who signs up.
#[derive(Clone, Copy, Debug)]
pub struct There<'r> {
    /// The institution.
    pub institution: &'r Record,
    /// The contact with the address, or who had it.
    pub known: Option<&'r Record>,
    /// The employer of that contact.
    pub employer: Option<&'r Record>,
    /// The employers that have the domain of the address.
    pub with_domain: &'r [Record],
}

impl There<'_> {
    /// The employers that the owner of a proven address works at: the one that staff wrote down, else by the domain.
    pub fn matched(&self, address: &str) -> EmployerMatch {
        let is_place = |id: &Id| {
            self.employer.is_some_and(|employer| employer.id == *id && !employer_match::is_no_place(employer))
        };
        match employer_match::written_down(self.known, address).filter(is_place) {
            Some(employer) => EmployerMatch::One(employer),
            None => employer_match::decide(address, self.institution, self.with_domain),
        }
    }

    /// Whether somebody with a proven address may sign up here.
    pub fn admits(&self, address: &str) -> bool {
        let is_known = self.known.is_some_and(|known| known.text(&contact::APPROVAL) == contact::APPROVED);
        employer_match::may_sign_up(self.institution, &self.matched(address), is_known)
    }
}

/// What signing up comes to.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The new employer user. Without an employer, where several have the domain: the next page asks which.
    pub user: Record,
    /// What is written.
    pub changes: Vec<Change>,
}

/// What is wrong with what was typed, before anything is looked up.
pub fn check(typed: &Typed, address: &str) -> Vec<FieldProblem> {
    let mut ids = IdSequence::new(0, [0; 10]);
    let employer = ids.next_id();
    let mut problems = match drafted(typed, address, Some(employer), &mut ids, 0) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    };
    for (field, name) in [("first_name", &typed.first_name), ("last_name", &typed.last_name)] {
        if !problems.iter().any(|problem| problem.field == field) && is_no_name(name) {
            problems.push(FieldProblem { field: field.into(), problem: Problem::NotOneName });
        }
    }
    if is_nowhere(&typed.employer) {
        problems.push(FieldProblem { field: "employer".into(), problem: Problem::Required });
    } else if let Err(refusal) = claimed(typed, &mut ids, 0) {
        problems.extend(of_employer(refusal));
    }
    problems
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn problems(refusal: Refusal) -> Vec<FieldProblem> {
    match refusal {
        Refusal::Invalid(problems) => problems,
        _ => vec![FieldProblem { field: contact::EMAIL.key.into(), problem: Problem::NotEditable }],
    }
}

/// The person as a contact, as staff would draft it; nobody here owns it.
fn drafted(
    typed: &Typed,
    address: &str,
    employer: Option<Id>,
    ids: &mut IdSequence,
    now: i64,
) -> Result<Record, Vec<FieldProblem>> {
    let employer = employer.map_or(FieldValue::Empty(()), |id| text(&id.to_string()));
    let values = [
        (contact::FIRST_NAME.key, text(&typed.first_name)),
        (contact::LAST_NAME.key, text(&typed.last_name)),
        (contact::EMAIL.key, text(address)),
        (contact::TITLE.key, text(&typed.title)),
        (contact::EMPLOYER.key, employer),
    ];
    let values = values.iter().map(|(key, value)| (*key, value));
    let mut person = draft(&Registry::default(), RecordKind::Contact, ids.next_id(), now, values).map_err(problems)?;
    arrival::sign_up(&mut person);
    entry::check(&person).map_err(problems)?;
    Ok(person)
}

/// The employer that somebody names whom no domain proves: a new one, also where one is called the same. It is claimed
/// until somebody at the career center has looked.
fn claimed(typed: &Typed, ids: &mut IdSequence, now: i64) -> Result<Record, Refusal> {
    claim(&typed.employer, &typed.website, ids.next_id(), now)
}

/// What signing up with a proven address writes. `role` is the role "Default Access"; `now` in milliseconds since 1970.
///
/// # Errors
/// What is wrong with what was typed.
pub fn sign_up(
    typed: &Typed,
    address: &str,
    there: There<'_>,
    role: Id,
    ids: &mut IdSequence,
    now: i64,
) -> Result<SignUp, Vec<FieldProblem>> {
    let wrong = check(typed, address);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut changes = Vec::new();
    let employer = match there.matched(address) {
        EmployerMatch::One(employer) => Some(employer),
        EmployerMatch::Several(_) => None,
        EmployerMatch::None => {
            let employer = claimed(typed, ids, now).map_err(problems)?;
            changes.push(creation(&employer));
            Some(employer.id)
        }
    };
    let person = drafted(typed, address, employer, ids, now)?;
    let user = arrival::user_of(&person, ids.next_id(), now, role);
    changes.push(creation(&user));
    match there.known {
        None => changes.push(creation(&person)),
        Some(known) => changes.extend(waits_again(known)),
    }
    Ok(SignUp { user, changes })
}

/// Whoever was rejected and signs up anew is pending again (M32).
pub fn waits_again(known: &Record) -> Option<Change> {
    let is_rejected = known.text(&contact::APPROVAL) == contact::REJECTED;
    is_rejected.then(|| edit(known, known.change(&contact::APPROVAL, contact::PENDING))).flatten()
}

/// What somebody says who works at one of several employers with one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// This one of them.
    One(Id),
    /// None of them, but one with this name and website.
    Other {
        /// The name.
        name: String,
        /// The website, or nothing.
        website: String,
    },
}

/// What it writes that somebody chose among employers: the employer of the user, and of the contact that came with it.
///
/// # Errors
/// What is wrong with what was typed.
pub fn choose(
    user: &Record,
    known: Option<&Record>,
    chosen: &Chosen,
    ids: &mut IdSequence,
    now: i64,
) -> Result<Vec<Change>, Vec<FieldProblem>> {
    let mut changes = Vec::new();
    let employer = match chosen {
        Chosen::One(employer) => *employer,
        Chosen::Other { name, .. } if is_nowhere(name) => {
            return Err(vec![FieldProblem { field: "employer".into(), problem: Problem::Required }]);
        }
        Chosen::Other { name, website } => {
            let employer = claim(name, website, ids.next_id(), now).map_err(of_employer)?;
            changes.push(creation(&employer));
            employer.id
        }
    };
    changes.extend(edit(user, user.change(&employer_user::EMPLOYER, employer)));
    let came_along = known.filter(|known| {
        known.get(&contact::EMPLOYER).is_empty()
            && known.text(&contact::APPROVAL) == contact::PENDING
            && known.text(&contact::SOURCE) == arrival::SIGN_UP
            && name::email_key(known.text(&contact::EMAIL)) == name::email_key(user.text(&employer_user::EMAIL))
    });
    changes.extend(came_along.and_then(|known| edit(known, known.change(&contact::EMPLOYER, employer))));
    Ok(changes)
}

fn of_employer(refusal: Refusal) -> Vec<FieldProblem> {
    let field = |wrong: FieldProblem| match wrong.field.as_str() {
        "website" => wrong,
        _ => FieldProblem { field: "employer".into(), ..wrong },
    };
    problems(refusal).into_iter().map(field).collect()
}

/// What an employer user's form may hold, with what carries over to the contact that follows (M19).
pub fn account_edit(
    user: &Record,
    values: &[(&'static liaison_domain::Field, String)],
    linked: Option<&Record>,
) -> Result<Vec<Change>, Vec<FieldProblem>> {
    let (mut fields, mut wrong) = (Vec::new(), Vec::new());
    for (field, typed) in values {
        let read = field.read(typed).and_then(|value| match value.is_empty() && field.required {
            true => Err(Problem::Required),
            false => Ok(value),
        });
        match read {
            Ok(_) if *field != &employer_user::TITLE && *field != &employer_user::WORK_PHONE && is_no_name(typed) => {
                wrong.push(FieldProblem { field: field.key.into(), problem: Problem::NotOneName });
            }
            Ok(value) => fields.extend(user.change(field, value)),
            Err(problem) => wrong.push(FieldProblem { field: field.key.into(), problem }),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let carried = linked
        .map(|contact| liaison_domain::auto_sync::carry_over(liaison_domain::auto_sync::OF_USER, contact, &fields));
    let of_contact = linked.zip(carried).and_then(|(contact, carried)| edit(contact, carried));
    Ok(edit(user, fields).into_iter().chain(of_contact).collect())
}

/// What changes where an employer user proved another address: the user's, and that of the contact that follows, which keeps
/// the old one among its former addresses. A contact whose new address `taken` ones have stays as it is, and parts (M45).
pub fn address_edit(user: &Record, address: &str, linked: Option<&Record>, taken: &[Record]) -> Vec<Change> {
    let mut changes: Vec<Change> = edit(user, user.change(&employer_user::EMAIL, address)).into_iter().collect();
    let follows = linked.filter(|contact| {
        let is_taken = taken.iter().any(|other| other.id != contact.id && !other.is_deleted());
        let had = name::email_key(contact.text(&contact::EMAIL)) == name::email_key(user.text(&employer_user::EMAIL));
        had && !is_taken && liaison_domain::auto_sync::follows(contact)
    });
    if let Some(contact) = follows {
        let mut former = match contact.get(&contact::FORMER_EMAILS) {
            liaison_domain::Value::List(former) => former.clone(),
            _ => Vec::new(),
        };
        former.retain(|had| name::email_key(had) != name::email_key(address));
        former.push(contact.text(&contact::EMAIL).to_owned());
        let fields = [
            contact.change(&contact::EMAIL, address),
            contact.change(&contact::FORMER_EMAILS, liaison_domain::Value::List(former)),
        ];
        changes.extend(edit(contact, fields.into_iter().flatten()));
    }
    changes
}

#[cfg(test)]
mod tests;
