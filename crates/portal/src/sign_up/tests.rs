use super::*;
use liaison_domain::Value;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

fn typed() -> Typed {
    Typed {
        first_name: "Dana".into(),
        last_name: "Reyes".into(),
        title: "Recruiter".into(),
        employer: "Acme Corp".into(),
    }
}

fn known(approval: &str, address: &str, former: &[&str]) -> Record {
    let mut person = Record::blank(RecordKind::Contact, id(4));
    person.set(&contact::EMAIL, address);
    person.set(&contact::APPROVAL, approval);
    person.set(&contact::EMPLOYER, id(9));
    person.set(&contact::FORMER_EMAILS, Value::List(former.iter().map(|text| (*text).to_owned()).collect()));
    person
}

fn done(known: Option<&Record>, placeholder: Option<Id>) -> SignUp {
    let mut ids = IdSequence::new(7, [7; 10]);
    let is_placeholder = |id: Id| Some(id) == placeholder;
    sign_up(&typed(), "dana@acme.example", known, id(2), is_placeholder, &mut ids, 7).expect("a sign-up")
}

fn kinds(done: &SignUp) -> Vec<(RecordKind, bool)> {
    done.changes.iter().map(|change| (change.kind, change.created)).collect()
}

#[test]
fn whoever_is_new_becomes_a_user_a_pending_contact_and_names_an_employer() {
    let new = done(None, None);
    use RecordKind::{Contact, Employer, EmployerUser};
    assert_eq!(kinds(&new), [(Employer, true), (EmployerUser, true), (Contact, true)]);
    assert_eq!(employer_user::log_in(&new.user), Ok(()));
    let mut person = Record::blank(Contact, new.changes[2].record);
    person.apply(&new.changes[2].fields);
    assert_eq!(person.text(&contact::SOURCE), "employer_user_sign_up");
    assert_eq!(person.text(&contact::APPROVAL), contact::PENDING);
    assert_eq!(person.text(&contact::VISIBILITY), contact::CAREER_ADVISORS);
    assert!(person.get(&contact::OWNER).is_empty(), "nobody’s");
    assert_eq!(person.get(&contact::EMPLOYER).as_reference(), Some(new.changes[0].record));
}

#[test]
fn only_an_approved_contact_with_the_proven_address_gives_its_employer() {
    use RecordKind::{Contact, Employer, EmployerUser};
    let employer = |done: &SignUp| done.user.get(&employer_user::EMPLOYER).as_reference();
    let approved = done(Some(&known(contact::APPROVED, "Dana@Acme.example", &[])), None);
    assert_eq!((kinds(&approved), employer(&approved)), (vec![(EmployerUser, true)], Some(id(9))));
    for (person, placeholder) in [
        (known(contact::PENDING, "dana@acme.example", &[]), None),
        (known(contact::APPROVED, "dana@new.example", &["dana@acme.example"]), None),
        (known(contact::APPROVED, "dana@acme.example", &[]), Some(id(9))),
    ] {
        let other = done(Some(&person), placeholder);
        assert_eq!(kinds(&other), [(Employer, true), (EmployerUser, true)], "{person:?}");
        assert_ne!(employer(&other), Some(id(9)));
    }
    // The contact is not changed, but for somebody who was rejected: they wait again.
    let rejected = done(Some(&known(contact::REJECTED, "dana@acme.example", &[])), None);
    assert_eq!(kinds(&rejected), [(Employer, true), (EmployerUser, true), (Contact, false)]);
    assert_eq!(rejected.changes[2].fields[0].after, contact::PENDING.into());
}

#[test]
fn what_is_typed_is_checked_all_at_once() {
    let fields = |typed: &Typed, address: &str| -> Vec<String> {
        let mut fields: Vec<String> = check(typed, address).into_iter().map(|problem| problem.field).collect();
        fields.sort();
        fields
    };
    assert_eq!(fields(&typed(), "dana@acme.example"), [""; 0]);
    assert_eq!(fields(&Typed::default(), ""), ["email", "employer", "first_name", "last_name"]);
    for name in ["https://win.example", "Dana www.win.example", "dana@acme.example", &"x".repeat(61)] {
        assert_eq!(fields(&Typed { first_name: name.into(), ..typed() }, "d@a.example"), ["first_name"], "{name}");
    }
    for none in ["n/a", "-", "None"] {
        assert_eq!(fields(&Typed { employer: none.into(), ..typed() }, "d@a.example"), ["employer"], "{none}");
    }
}

#[test]
fn the_address_itself_comes_before_a_former_one() {
    let (now, before) =
        (known(contact::APPROVED, "dana@acme.example", &[]), known(contact::APPROVED, "x@x.example", &[]));
    let meant = linked(std::slice::from_ref(&now), std::slice::from_ref(&before));
    assert_eq!(meant, Some(&now));
    assert_eq!(linked(&[], std::slice::from_ref(&before)), Some(&before));
    assert_eq!(linked(&[], &[]), None);
}

#[test]
fn a_name_carries_over_to_a_contact_that_follows() {
    let mut user = done(None, None).user;
    user.set(&employer_user::LAST_NAME, "Reyes");
    let mut person = known(contact::APPROVED, "dana@acme.example", &[]);
    let values = |last: &str| {
        vec![(&employer_user::FIRST_NAME, "Dana".to_owned()), (&employer_user::LAST_NAME, last.to_owned())]
    };
    let alone = account_edit(&user, &values("Moss"), Some(&person)).expect("an edit");
    assert_eq!(alone.len(), 1, "it does not follow");
    person.set(&contact::AUTO_SYNC, true);
    assert_eq!(account_edit(&user, &values("Moss"), Some(&person)).expect("an edit").len(), 2);
    assert_eq!(account_edit(&user, &values("Reyes"), Some(&person)), Ok(vec![]), "nothing changes");
    let wrong = account_edit(&user, &values(""), Some(&person)).expect_err("a name is needed");
    assert_eq!((wrong[0].field.as_str(), &wrong[0].problem), ("last_name", &Problem::Required));
}
