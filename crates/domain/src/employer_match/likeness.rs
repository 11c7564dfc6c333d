//! Which employers a claimed one may be: what a person at the desk looks at, who alone decides.

use super::{domains, is_no_place};
use crate::email_domain::{of_address, of_website};
use crate::employer::{NAME, WEBSITE};
use crate::employer_name::employer_match_key;
use crate::record::Record;
use serde::Serialize;
use specta::Type;

/// Why an employer may be the one that somebody claimed, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum EmployerLikeness {
    /// It has the domain of the address that was proven.
    Domain,
    /// Its website is in that domain.
    WebsiteOfAddress,
    /// Contacts of it have addresses in that domain.
    People,
    /// Both have a website in one domain.
    Website,
    /// Both are called the same.
    SameName,
    /// One name has all words of the other, without what only says the legal form.
    SimilarName,
}

/// Words that say what kind of organization it is, and not which.
const FORMS: [&str; 24] = [
    "ag",
    "and",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "plc",
    "pllc",
    "sa",
    "the",
    "usa",
];

fn words(key: &str) -> Vec<&str> {
    key.split(' ').filter(|word| !word.is_empty() && !FORMS.contains(word)).collect()
}

/// Why `other` may be the employer that was claimed by whoever has `address`; nothing where it may not. `people` says that
/// contacts of the other have addresses in the domain of that address.
pub fn likeness(claimed: &Record, address: &str, other: &Record, people: bool) -> Vec<EmployerLikeness> {
    if claimed.id == other.id || is_no_place(other) {
        return Vec::new();
    }
    let domain = of_address(address).ok();
    let (site, other_site) = (of_website(claimed.text(&WEBSITE)), of_website(other.text(&WEBSITE)));
    let (name, other_name) = (employer_match_key(claimed.text(&NAME)), employer_match_key(other.text(&NAME)));
    let (own, theirs) = (words(&name), words(&other_name));
    let has_all = |some: &[&str], of: &[&str]| !some.is_empty() && some.iter().all(|word| of.contains(word));
    let mut why = Vec::new();
    let mut note = |holds: bool, reason| {
        if holds {
            why.push(reason);
        }
    };
    note(domain.as_ref().is_some_and(|domain| domains(other).contains(domain)), EmployerLikeness::Domain);
    note(domain.is_some() && domain == other_site, EmployerLikeness::WebsiteOfAddress);
    note(domain.is_some() && people, EmployerLikeness::People);
    note(site.is_some() && site == other_site && site != domain, EmployerLikeness::Website);
    let is_same = !name.is_empty() && name == other_name;
    note(is_same, EmployerLikeness::SameName);
    note(!is_same && (has_all(&own, &theirs) || has_all(&theirs, &own)), EmployerLikeness::SimilarName);
    why
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::employer::EMAIL_DOMAINS;
    use crate::id::Id;
    use crate::kind::RecordKind;
    use crate::value::Value;
    use proptest::prelude::*;

    fn employer(n: u8, name: &str, website: &str, domains: &[&str]) -> Record {
        let mut employer = Record::blank(RecordKind::Employer, Id::from_parts(1, [n; 10]));
        employer.set(&NAME, name);
        employer.set(&WEBSITE, website);
        employer.set(&EMAIL_DOMAINS, Value::List(domains.iter().map(|domain| (*domain).to_owned()).collect()));
        employer
    }

    #[test]
    fn whatever_speaks_for_it_is_said() {
        use EmployerLikeness::*;
        let claimed = employer(1, "Acme Robotics, Inc.", "https://acme.io", &[]);
        for (name, website, domains, people, why) in [
            (
                "Acme Robotics",
                "https://acme.com",
                &["acme.com"][..],
                true,
                &[Domain, WebsiteOfAddress, People, SimilarName][..],
            ),
            ("ACME robotics  Inc", "https://www.acme.io/jobs", &[], false, &[Website, SameName]),
            ("Acme", "", &[], false, &[SimilarName]),
            ("Acme Robotics Europe", "", &[], false, &[SimilarName]),
            ("Bolt", "", &["acme.com"], false, &[Domain]),
            ("The Company Inc", "", &[], false, &[]),
            ("Robotics Supply", "https://linkedin.com/company/acme", &[], false, &[]),
            ("Inactive", "https://acme.com", &["acme.com"], true, &[]),
        ] {
            let other = employer(2, name, website, domains);
            assert_eq!(likeness(&claimed, "dana@eu.acme.com", &other, people), why, "{name}");
        }
        assert_eq!(likeness(&claimed, "dana@gmail.com", &employer(2, "Bolt", "https://gmail.com", &[]), true), []);
        assert_eq!(likeness(&claimed, "dana@acme.com", &claimed, true), [], "itself");
    }

    proptest! {
        /// Names are alike both ways, and each reason stands once, in its order.
        #[test]
        fn likeness_is_mutual(a in "(acme|bolt|inc|the| ){0,4}", b in "(acme|bolt|inc|the| ){0,4}", site in "(https://acme.com)?") {
            let (one, other) = (employer(1, &a, &site, &[]), employer(2, &b, &site, &[]));
            let why = likeness(&one, "x@gmail.com", &other, false);
            prop_assert_eq!(&why, &likeness(&other, "x@gmail.com", &one, false));
            prop_assert!(why.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
