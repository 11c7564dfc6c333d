use super::*;
use crate::field::DELETED_AT;
use crate::kind::RecordKind;
use crate::organization::OPEN;
use proptest::prelude::*;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

fn list(domains: &[&str]) -> Value {
    Value::List(domains.iter().map(|domain| (*domain).to_owned()).collect())
}

fn employer(n: u8, name: &str, domains: &[&str]) -> Record {
    let mut employer = Record::blank(RecordKind::Employer, id(n));
    employer.set(&NAME, name);
    if !domains.is_empty() {
        employer.set(&EMAIL_DOMAINS, list(domains));
    }
    employer
}

fn institution() -> Record {
    let mut institution = Record::blank(RecordKind::Institution, id(99));
    institution.set(&INSTITUTION_EMAIL, "careers@northfield.edu");
    institution.set(&INSTITUTION_WEBSITE, "https://careers.northfield-alumni.org/");
    institution
}

#[test]
fn a_proven_address_leads_to_the_employers_that_have_its_domain() {
    let acme = employer(1, "Acme", &["acme.com", "Acme.co.uk"]);
    let (north, south) = (employer(2, "North", &["group.com"]), employer(3, "South", &["group.com"]));
    let all = [&acme, &north, &south];
    let decide = |address: &str| super::decide(address, &institution(), all);
    assert_eq!(decide("dana@acme.com"), EmployerMatch::One(id(1)));
    assert_eq!(decide("dana@EU.Acme.co.uk"), EmployerMatch::One(id(1)));
    assert_eq!(decide("dana@group.com"), EmployerMatch::Several(vec![id(2), id(3)]));
    for nobody in ["dana@gmail.com", "dana@acme.com.evil.net", "dana@notacme.com", "dana@northfield.edu", "dana"] {
        assert_eq!(decide(nobody), EmployerMatch::None, "{nobody}");
    }
}

#[test]
fn claimed_employers_websites_the_trash_and_the_institution_prove_nothing() {
    let mut website = employer(1, "Acme", &[]);
    website.set(&WEBSITE, "https://acme.com");
    let mut claimed = employer(2, "Acme", &["acme.com"]);
    claimed.set(&CONFIRMATION, CLAIMED);
    let mut gone = employer(3, "Acme", &["acme.com"]);
    gone.set(&DELETED_AT, Value::Moment(1));
    let nowhere = employer(4, "Inactive", &["acme.com"]);
    let free = employer(5, "Mail", &["gmail.com"]);
    let ours = employer(6, "Northfield", &["northfield.edu", "northfield-alumni.org"]);
    let all = [&website, &claimed, &gone, &nowhere, &free, &ours];
    for address in ["d@acme.com", "d@gmail.com", "d@northfield.edu", "d@x.northfield-alumni.org"] {
        assert_eq!(decide(address, &institution(), all), EmployerMatch::None, "{address}");
    }
}

#[test]
fn the_institution_decides_who_may_sign_up() {
    let mut here = institution();
    let (one, none) = (EmployerMatch::One(id(1)), EmployerMatch::None);
    for (setting, known, proven, anybody) in [
        ("", true, true, true),
        (OPEN, true, true, true),
        (KNOWN_DOMAINS, true, true, false),
        (BY_INVITATION, true, false, false),
    ] {
        here.set(&INSTITUTION_SIGN_UP, setting);
        assert_eq!(may_sign_up(&here, &none, true), known, "{setting}");
        assert_eq!(may_sign_up(&here, &one, false), proven, "{setting}");
        assert_eq!(may_sign_up(&here, &none, false), anybody, "{setting}");
    }
}

#[test]
fn only_an_approved_contact_with_the_address_itself_is_written_down() {
    let mut known = Record::blank(RecordKind::Contact, id(4));
    known.set(&contact::EMAIL, "Dana@Acme.example");
    known.set(&contact::EMPLOYER, id(9));
    known.set(&contact::APPROVAL, contact::APPROVED);
    assert_eq!(written_down(Some(&known), "dana@acme.example"), Some(id(9)));
    assert_eq!(written_down(Some(&known), "dana@new.example"), None);
    assert_eq!(written_down(None, "dana@acme.example"), None);
    known.set(&contact::APPROVAL, contact::PENDING);
    assert_eq!(written_down(Some(&known), "dana@acme.example"), None);
}

#[test]
fn domains_are_suggested_from_the_website_and_the_people() {
    let mut acme = employer(1, "Acme", &["acme.net"]);
    acme.set(&WEBSITE, "https://www.acme.com/jobs");
    let people =
        ["a@agency.com", "b@acme.io", "c@eu.acme.io", "d@gmail.com", "e@northfield.edu", "f@acme.net", "g@acme.com"];
    assert_eq!(suggested(&acme, people, &institution()), ["acme.com", "acme.io", "agency.com"]);
    acme.set(&WEBSITE, "https://linkedin.com/company/acme");
    assert_eq!(suggested(&acme, [], &institution()), [""; 0]);
    acme.set(&CONFIRMATION, CLAIMED);
    assert_eq!(suggested(&acme, people, &institution()), [""; 0], "first it is confirmed");
}

#[test]
fn a_domain_is_one_that_an_employer_can_have_for_itself() {
    for good in [&["acme.com"][..], &["Acme.com", "acme.co.uk"], &["xn--bcher-kva.example"], &[]] {
        assert_eq!(wrong(&employer(1, "Acme", good)), None, "{good:?}");
    }
    for bad in ["gmail.com", "com", "co.uk", "mail.acme.com", "@acme.com", "https://acme.com", "acme.github.io", "acme"]
    {
        let problem = wrong(&employer(1, "Acme", &["acme.com", bad]));
        assert_eq!(problem, Some((EMAIL_DOMAINS.key, Problem::NotAnOwnDomain)), "{bad}");
    }
}

const HOSTS: [&str; 8] =
    ["acme.com", "mail.acme.com", "acme.co.uk", "gmail.com", "northfield.edu", "acme.github.io", "group.com", "com"];

fn employers() -> impl Strategy<Value = Vec<Record>> {
    let one = (0usize..4, proptest::collection::vec(0..HOSTS.len(), 0..3), any::<bool>(), any::<bool>());
    proptest::collection::vec(one, 0..6).prop_map(|all| {
        let made = |(n, (name, hosts, claimed, deleted)): (usize, (usize, Vec<usize>, bool, bool))| {
            let hosts: Vec<&str> = hosts.into_iter().map(|at| HOSTS[at]).collect();
            let mut record = employer(n as u8 + 1, ["Acme", "ACME", "Group", "Inactive"][name], &hosts);
            record.set(&WEBSITE, "https://acme.com");
            record.set(&CONFIRMATION, if claimed { CLAIMED } else { "" });
            record.set(&DELETED_AT, if deleted { Value::Moment(1) } else { Value::Empty });
            record
        };
        all.into_iter().enumerate().map(made).collect()
    })
}

proptest! {
    /// Whoever is led to an employer has an address in a domain that staff gave it, and it is no claim. In whatever order
    /// employers come, and whatever they are called, the answer is one.
    #[test]
    fn only_a_domain_of_a_confirmed_employer_lets_anybody_in(all in employers(), at in 0..HOSTS.len(), user in "[a-z]{1,4}") {
        let address = format!("{user}@{}", HOSTS[at]);
        let found = decide(&address, &institution(), &all);
        let ids = match &found {
            EmployerMatch::None => Vec::new(),
            EmployerMatch::One(one) => vec![*one],
            EmployerMatch::Several(several) => several.clone(),
        };
        for led in &ids {
            let employer = all.iter().find(|employer| employer.id == *led).expect("one of them");
            prop_assert!(!is_claimed(employer) && !is_no_place(employer));
            let domain = domain_of(&address, &institution()).expect("a domain of its own");
            prop_assert!(HOSTS[at].ends_with(&domain) && domains(employer).contains(&domain));
        }
        prop_assert_eq!(matches!(found, EmployerMatch::Several(_)), ids.len() > 1);
        prop_assert_eq!(&decide(&address, &institution(), all.iter().rev()), &found);
        let renamed: Vec<Record> = all.iter().cloned().map(|mut employer| {
            if organization_key(employer.text(&NAME)) != organization_key(INACTIVE) {
                employer.set(&NAME, "Something else");
            }
            employer
        }).collect();
        prop_assert_eq!(decide(&address, &institution(), &renamed), found, "names decide nothing");
    }

    /// What is suggested is good as it is.
    #[test]
    fn a_suggestion_can_be_accepted(people in proptest::collection::vec(0..HOSTS.len(), 0..12), site in 0..HOSTS.len()) {
        let mut acme = employer(1, "Acme", &["acme.com"]);
        acme.set(&WEBSITE, ["https://www.", HOSTS[site], "/x"].concat().as_str());
        let addresses: Vec<String> = people.into_iter().map(|at| format!("x@{}", HOSTS[at])).collect();
        let suggested = suggested(&acme, addresses.iter().map(String::as_str), &institution());
        prop_assert!(suggested.len() <= MOST_SUGGESTED && !suggested.contains(&"acme.com".to_owned()));
        let all: Vec<&str> = suggested.iter().map(String::as_str).collect();
        prop_assert_eq!(wrong(&employer(1, "Acme", &all)), None);
    }
}
