use super::*;
use liaison_domain::contact::linked;
use liaison_domain::{Value, employer};

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

fn typed() -> Typed {
    Typed {
        first_name: "Dana".into(),
        last_name: "Reyes".into(),
        title: "Recruiter".into(),
        employer: "Acme Corp".into(),
        website: "acme.example/jobs".into(),
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

fn acme(name: &str, domains: &[&str]) -> Record {
    let mut acme = Record::blank(RecordKind::Employer, id(9));
    acme.set(&employer::NAME, name);
    acme.set(&employer::EMAIL_DOMAINS, Value::List(domains.iter().map(|text| (*text).to_owned()).collect()));
    acme
}

fn there_done(known: Option<&Record>, employer: Option<&Record>, with_domain: &[Record]) -> SignUp {
    let mut ids = IdSequence::new(7, [7; 10]);
    let institution = Record::blank(RecordKind::Institution, id(8));
    let there = There { institution: &institution, known, employer, with_domain };
    sign_up(&typed(), "dana@acme.example", there, id(2), &mut ids, 7).expect("a sign-up")
}

fn done(known: Option<&Record>, employer: Option<&str>) -> SignUp {
    let employer = employer.map(|name| acme(name, &[]));
    there_done(known, employer.as_ref(), &[])
}

fn made(change: &Change) -> Record {
    let mut record = Record::blank(change.kind, change.record);
    record.apply(&change.fields);
    record
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
    let approved = done(Some(&known(contact::APPROVED, "Dana@Acme.example", &[])), Some("Acme"));
    assert_eq!((kinds(&approved), employer(&approved)), (vec![(EmployerUser, true)], Some(id(9))));
    for (person, name) in [
        (known(contact::PENDING, "dana@acme.example", &[]), "Acme"),
        (known(contact::APPROVED, "dana@new.example", &["dana@acme.example"]), "Acme"),
        (known(contact::APPROVED, "dana@acme.example", &[]), "Inactive"),
    ] {
        let other = done(Some(&person), Some(name));
        assert_eq!(kinds(&other), [(Employer, true), (EmployerUser, true)], "{person:?}");
        assert_ne!(employer(&other), Some(id(9)));
    }
    // The contact is not changed, but for somebody who was rejected: they wait again.
    let rejected = done(Some(&known(contact::REJECTED, "dana@acme.example", &[])), Some("Acme"));
    assert_eq!(kinds(&rejected), [(Employer, true), (EmployerUser, true), (Contact, false)]);
    assert_eq!(rejected.changes[2].fields[0].after, contact::PENDING.into());
}

#[test]
fn a_domain_of_an_employer_leads_there_and_a_name_only_claims_one() {
    let employer = |done: &SignUp| done.user.get(&employer_user::EMPLOYER).as_reference();
    let mut other = acme("Acme Sub", &["acme.example"]);
    other.id = id(10);
    let proven = there_done(None, None, &[acme("Acme", &["acme.example"])]);
    assert_eq!(employer(&proven), Some(id(9)));
    assert_eq!(kinds(&proven), [(RecordKind::EmployerUser, true), (RecordKind::Contact, true)]);
    // Several: nobody is put anywhere before the person says where.
    let several = there_done(None, None, &[acme("Acme", &["acme.example"]), other]);
    assert_eq!((employer(&several), kinds(&several)), (None, kinds(&proven)));
    // The same name proves nothing.
    let named = there_done(None, None, &[acme("Acme Corp", &["acme.org"])]);
    let claimed = made(&named.changes[0]);
    assert_eq!(employer(&named), Some(claimed.id));
    assert_ne!(claimed.id, id(9));
    assert_eq!(
        [&employer::NAME, &employer::CONFIRMATION, &employer::WEBSITE].map(|field| claimed.text(field)),
        ["Acme Corp", employer::CLAIMED, "https://acme.example/jobs"]
    );
}

#[test]
fn a_choice_sets_the_employer_of_the_user_and_of_the_contact_that_came_along() {
    let signed_up = there_done(
        None,
        None,
        &[acme("Acme", &["acme.example"]), {
            let mut other = acme("Acme Sub", &["acme.example"]);
            other.id = id(10);
            other
        }],
    );
    let person = made(signed_up.changes.last().expect("the contact"));
    let choose = |known: Option<&Record>, chosen: &Chosen| {
        choose(&signed_up.user, known, chosen, &mut IdSequence::new(8, [8; 10]), 8)
    };
    let one = choose(Some(&person), &Chosen::One(id(10))).expect("a choice");
    assert_eq!(
        one.iter().map(|change| (change.kind, change.created)).collect::<Vec<_>>(),
        [(RecordKind::EmployerUser, false), (RecordKind::Contact, false)]
    );
    assert!(one.iter().all(|change| change.fields[0].after == id(10).into()));
    // Somebody whom staff know already stays where staff wrote them down.
    let known = known(contact::APPROVED, "dana@acme.example", &[]);
    assert_eq!(choose(Some(&known), &Chosen::One(id(10))).expect("a choice").len(), 1);
    let other = Chosen::Other { name: "Bolt".into(), website: String::new() };
    let other = choose(None, &other).expect("a choice");
    assert!(employer_match::is_claimed(&made(&other[0])) && other.len() == 2);
    let none = choose(None, &Chosen::Other { name: "n/a".into(), website: String::new() });
    assert_eq!(none.expect_err("a name is needed")[0].field, "employer");
}

#[test]
fn whom_the_institution_lets_in_its_record_says() {
    use liaison_domain::organization::{BY_INVITATION, INSTITUTION_SIGN_UP, KNOWN_DOMAINS};
    let mut institution = Record::blank(RecordKind::Institution, id(8));
    let (approved, with) = (known(contact::APPROVED, "dana@acme.example", &[]), [acme("Acme", &["acme.example"])]);
    let admits = |institution: &Record, known: Option<&Record>, with_domain: &[Record]| {
        There { institution, known, employer: None, with_domain }.admits("dana@acme.example")
    };
    assert!(admits(&institution, None, &[]));
    institution.set(&INSTITUTION_SIGN_UP, KNOWN_DOMAINS);
    assert!(
        !admits(&institution, None, &[])
            && admits(&institution, None, &with)
            && admits(&institution, Some(&approved), &[])
    );
    institution.set(&INSTITUTION_SIGN_UP, BY_INVITATION);
    let pending = known(contact::PENDING, "dana@acme.example", &[]);
    assert!(!admits(&institution, None, &with) && !admits(&institution, Some(&pending), &with));
    assert!(admits(&institution, Some(&approved), &[]));
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
    for none in ["n/a", "-", "None", "INACTIVE "] {
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
