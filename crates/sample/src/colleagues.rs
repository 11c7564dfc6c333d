//! Invented colleagues and logins that no contact goes with: what a desk has that several people work at.

use crate::people::Person;
use crate::random::mix;

/// From so many contacts on the sample is that of a whole desk; smaller ones are for a look at a few people.
pub const WHOLE_DESK: usize = 1_000;

const DAY: u64 = 24 * 3_600;

/// Somebody who works at the desk beside whoever makes the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleColleague {
    /// Given name.
    pub first_name: &'static str,
    /// Family name.
    pub last_name: &'static str,
    /// Address; nobody else in the sample has it.
    pub email: &'static str,
    /// A key of the registry's built-in staff roles.
    pub role: &'static str,
    /// Has cases of their own.
    pub has_cases: bool,
    /// How long ago they were deactivated, in seconds.
    pub deactivated: Option<u64>,
}

/// The colleagues: two advisors with cases, one who looks only, one who left.
pub const COLLEAGUES: [SampleColleague; 4] = [
    SampleColleague {
        first_name: "Grace",
        last_name: "Okafor",
        email: "grace.okafor@careers.example",
        role: "advisor",
        has_cases: true,
        deactivated: None,
    },
    SampleColleague {
        first_name: "Miguel",
        last_name: "Santos",
        email: "miguel.santos@careers.example",
        role: "advisor",
        has_cases: true,
        deactivated: None,
    },
    SampleColleague {
        first_name: "Hannah",
        last_name: "Whitfield",
        email: "hannah.whitfield@careers.example",
        role: "viewer",
        has_cases: false,
        deactivated: None,
    },
    SampleColleague {
        first_name: "Peter",
        last_name: "Lindqvist",
        email: "peter.lindqvist@careers.example",
        role: "advisor",
        has_cases: false,
        deactivated: Some(48 * DAY),
    },
];

/// An employer user whose address no contact has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleUser {
    /// Given name.
    pub first_name: &'static str,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// Which of the sample's employers.
    pub employer: usize,
    /// How long ago the login was made, in seconds.
    pub age_in_seconds: u64,
}

/// How many users without a contact there are.
const USERS: usize = 6;

/// The users without a contact, among this many employers.
pub fn users_without_contact(employers: usize, seed: u64) -> impl Iterator<Item = SampleUser> {
    // Other people than contacts and students.
    let seed = mix(mix(seed));
    (0..USERS.min(employers)).map(move |number| {
        let person = Person::of(seed, number);
        let name = person.plain_last.replace('-', "");
        SampleUser {
            first_name: person.first,
            email: format!("{}.{name}{number}@talent.example", person.plain_first.replace(' ', "")),
            last_name: person.last.into_owned(),
            employer: number * 7 % employers,
            age_in_seconds: DAY * (3 + 11 * number as u64),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_the_same_each_time_and_nobody_twice() {
        let users: Vec<SampleUser> = users_without_contact(40, 3).collect();
        assert_eq!(users, users_without_contact(40, 3).collect::<Vec<_>>());
        assert_eq!(users.len(), USERS);
        let mut addresses: Vec<&str> = users.iter().map(|user| user.email.as_str()).collect();
        addresses.extend(COLLEAGUES.iter().map(|colleague| colleague.email));
        let count = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), count);
        assert!(addresses.iter().all(|address| address.is_ascii() && !address.contains(' ')), "{addresses:?}");
        assert!(users.iter().all(|user| user.employer < 40));
    }
}
