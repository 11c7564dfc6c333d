//! What signing up at `/hire` writes (M2, M11, M32, M45): an account with the role "Default Access", and the contact,
//! linked where there is one, else new and pending. Pure: what is there comes in, changes come out.

use liaison_domain::edit::draft;
use liaison_domain::employer_name::is_no_employer;
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{
    Change, FieldChange, Id, Record, RecordKind, Registry, arrival, contact, employer, employer_user, entry, name,
};

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
}

/// What signing up comes to.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The new employer user.
    pub user: Record,
    /// What is written.
    pub changes: Vec<Change>,
}

/// Longest name of a person, in characters: longer ones are advertisements.
const LONGEST_NAME: usize = 60;

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
    if is_no_employer(&typed.employer) {
        problems.push(FieldProblem { field: "employer".into(), problem: Problem::Required });
    } else if let Err(Refusal::Invalid(wrong)) = named(typed, &mut ids, 0) {
        problems.extend(wrong.into_iter().map(|wrong| FieldProblem { field: "employer".into(), ..wrong }));
    }
    problems
}

/// Whether it is an address of a page or a mailbox, or an advertisement.
pub(crate) fn is_no_name(name: &str) -> bool {
    name.contains(['/', '@', '\n']) || name.to_lowercase().contains("www.") || name.chars().count() > LONGEST_NAME
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

fn named(typed: &Typed, ids: &mut IdSequence, now: i64) -> Result<Record, Refusal> {
    let value = text(&typed.employer);
    let values = [(employer::NAME.key, &value)];
    draft(&Registry::default(), RecordKind::Employer, ids.next_id(), now, values)
}

/// The employer that staff wrote down for whoever has this address. Typing a name joins nobody to an employer that is
/// there: that takes an approved contact with the very address that was proven. `is_placeholder` knows the employer that
/// is none, "Inactive".
fn employer_of(known: Option<&Record>, address: &str, is_placeholder: impl Fn(Id) -> bool) -> Option<Id> {
    let known = known.filter(|known| {
        known.text(&contact::APPROVAL) == contact::APPROVED
            && name::email_key(known.text(&contact::EMAIL)) == name::email_key(address)
    });
    let employer = known?.get(&contact::EMPLOYER).as_reference();
    employer.filter(|employer| !is_placeholder(*employer))
}

/// What signing up with a proven address writes. `known` is the contact with the address or a former one, `role` the role
/// "Default Access"; `now` in milliseconds since 1970.
///
/// # Errors
/// What is wrong with what was typed.
pub fn sign_up(
    typed: &Typed,
    address: &str,
    known: Option<&Record>,
    role: Id,
    is_placeholder: impl Fn(Id) -> bool,
    ids: &mut IdSequence,
    now: i64,
) -> Result<SignUp, Vec<FieldProblem>> {
    let wrong = check(typed, address);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut changes = Vec::new();
    let employer = match employer_of(known, address, is_placeholder) {
        Some(employer) => employer,
        None => {
            let employer = named(typed, ids, now).map_err(problems)?;
            changes.push(creation(&employer));
            employer.id
        }
    };
    let person = drafted(typed, address, Some(employer), ids, now)?;
    let user = arrival::user_of(&person, ids.next_id(), now, role);
    changes.push(creation(&user));
    match known {
        None => changes.push(creation(&person)),
        // Whoever was rejected and signs up anew waits again (M32).
        Some(known) if known.text(&contact::APPROVAL) == contact::REJECTED => {
            changes.extend(edit(known, known.change(&contact::APPROVAL, contact::PENDING)));
        }
        Some(_) => {}
    }
    Ok(SignUp { user, changes })
}

/// The change that brings a record into being.
pub fn creation(record: &Record) -> Change {
    Change { kind: record.kind, record: record.id, created: true, fields: record.creation() }
}

/// The change of a record that is there; none where nothing changes.
pub fn edit(record: &Record, fields: impl IntoIterator<Item = FieldChange>) -> Option<Change> {
    let fields: Vec<FieldChange> = fields.into_iter().collect();
    (!fields.is_empty()).then_some(Change { kind: record.kind, record: record.id, created: false, fields })
}

/// Whether an employer is none that somebody can work at: in the trash, or the one called "Inactive" (M24).
pub fn is_no_place(employer: &Record) -> bool {
    let key = name::organization_key;
    employer.is_deleted() || key(employer.text(&employer::NAME)) == key(employer::INACTIVE)
}

/// Which of the contacts is meant: one with the address itself, else one that had it before; the earlier one of two.
pub fn linked<'r>(by_address: &'r [Record], by_alias: &'r [Record]) -> Option<&'r Record> {
    let first = |records: &'r [Record]| records.iter().filter(|record| !record.is_deleted()).min_by_key(|r| r.id);
    first(by_address).or_else(|| first(by_alias))
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
