//! A colleague who accepts an invitation: an employer user of the inviter's employer, whom nobody had to find by a name,
//! and the contact that goes with it. Pure.

use crate::change::{creation, edit, is_no_name};
use crate::named::Named;
use liaison_domain::edit::draft;
use liaison_domain::id::IdSequence;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Change, Id, Record, RecordKind, Registry, Value, arrival, contact};

/// Who invites, and to which employer.
#[derive(Clone, Copy, Debug)]
pub struct Invited {
    /// The employer user.
    pub by: Id,
    /// Their employer.
    pub to: Id,
}

/// What accepting comes to.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The new employer user.
    pub user: Record,
    /// What is written.
    pub changes: Vec<Change>,
}

/// What accepting an invitation with a proven address writes. `known` is the contact with the address, `role` the role
/// "Default Access"; `now` in milliseconds since 1970.
///
/// # Errors
/// What is wrong with what was typed.
pub fn join(
    named: &Named,
    invited: Invited,
    known: Option<&Record>,
    role: Id,
    ids: &mut IdSequence,
    now: i64,
) -> Result<Joined, Vec<FieldProblem>> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let values = [
        (contact::FIRST_NAME.key, text(&named.first_name)),
        (contact::LAST_NAME.key, text(&named.last_name)),
        (contact::EMAIL.key, text(&named.email)),
        (contact::TITLE.key, text(&named.title)),
        (contact::EMPLOYER.key, text(&invited.to.to_string())),
    ];
    let given = values.iter().map(|(key, value)| (*key, value));
    let mut problems = Vec::new();
    for (field, name) in [("first_name", &named.first_name), ("last_name", &named.last_name)] {
        if is_no_name(name) {
            problems.push(FieldProblem { field: field.into(), problem: Problem::NotOneName });
        }
    }
    let drafted = draft(&Registry::default(), RecordKind::Contact, ids.next_id(), now, given);
    let mut person = match drafted {
        Ok(person) if problems.is_empty() => person,
        Ok(_) => return Err(problems),
        Err(Refusal::Invalid(wrong)) => {
            problems.extend(wrong);
            return Err(problems);
        }
        Err(_) => return Err(vec![FieldProblem { field: "email".into(), problem: Problem::NotEditable }]),
    };
    arrival::sign_up(&mut person);
    person.set(&contact::ADDED_BY_USER, Value::Reference(invited.by));
    let user = arrival::user_of(&person, ids.next_id(), now, role);
    let mut changes = vec![creation(&user)];
    match known {
        None => changes.push(creation(&person)),
        // Whoever was rejected and comes anew waits again (M32).
        Some(known) if known.text(&contact::APPROVAL) == contact::REJECTED => {
            changes.extend(edit(known, known.change(&contact::APPROVAL, contact::PENDING)));
        }
        Some(_) => {}
    }
    Ok(Joined { user, changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::employer_user;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    #[test]
    fn who_was_invited_is_at_the_employer_and_waits() {
        let named = Named {
            first_name: "Bo".into(),
            last_name: "Lind".into(),
            email: "bo@acme.example".into(),
            title: String::new(),
        };
        let invited = Invited { by: id(1), to: id(2) };
        let mut ids = IdSequence::new(5, [5; 10]);
        let joined = join(&named, invited, None, id(3), &mut ids, 5).expect("joined");
        assert_eq!(joined.user.get(&employer_user::EMPLOYER), &Value::Reference(id(2)));
        assert_eq!(joined.changes.len(), 2);
        let mut person = Record::blank(RecordKind::Contact, joined.changes[1].record);
        person.apply(&joined.changes[1].fields);
        assert_eq!(
            (person.text(&contact::SOURCE), person.text(&contact::APPROVAL)),
            (arrival::SIGN_UP, contact::PENDING)
        );
        assert_eq!(person.get(&contact::ADDED_BY_USER), &Value::Reference(id(1)));
        let mut known = person.clone();
        assert_eq!(join(&named, invited, Some(&known), id(3), &mut ids, 5).expect("joined").changes.len(), 1);
        known.set(&contact::APPROVAL, contact::REJECTED);
        let again = join(&named, invited, Some(&known), id(3), &mut ids, 5).expect("joined").changes;
        assert_eq!((again.len(), again[1].fields.len(), again[1].created), (2, 1, false));
        let nameless = Named { last_name: String::new(), ..named };
        assert_eq!(join(&nameless, invited, None, id(3), &mut ids, 5).expect_err("no name")[0].field, "last_name");
    }
}
