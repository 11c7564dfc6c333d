//! Contacts with known doubles: what finding duplicates is measured on.

use std::borrow::Cow;

use crate::employers::Employer;
use crate::people::{Person, plain_letters};
use crate::random::{Random, Stream};
use crate::{Contacts, contacts, value};

/// How the second record of a person differs from the first: chances in thousandths, each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slips {
    /// People with further records.
    pub doubled: u64,
    /// A further record has a further one.
    pub again: u64,
    /// A slip of a key in each of first name, last name, street and city.
    pub typo: u64,
    /// A digit wrong in each telephone number, a letter in each e-mail address.
    pub misdialled: u64,
    /// The usual short form instead of the first name, or the other way round.
    pub nickname: u64,
    /// First and last name in each other's place.
    pub swapped: u64,
    /// The first name's first letter only.
    pub initial: u64,
    /// Another last name, with or without the former one.
    pub married: u64,
    /// Another employer, with its address, telephone and e-mail address.
    pub moved: u64,
    /// Another e-mail address only.
    pub readdressed: u64,
    /// Each value is left out.
    pub missing: u64,
    /// Each value is written another way: case, accents, "Inc.", the format of telephone numbers.
    pub rewritten: u64,
    /// People who have a mobile telephone and a private address on record.
    pub reachable: u64,
}

impl Slips {
    /// Lists kept with care.
    pub const FEW: Slips = Slips {
        doubled: 100,
        again: 100,
        typo: 40,
        misdialled: 15,
        nickname: 120,
        swapped: 8,
        initial: 15,
        married: 20,
        moved: 60,
        readdressed: 150,
        missing: 100,
        rewritten: 200,
        reachable: 500,
    };
    /// Lists typed at fairs.
    pub const MANY: Slips = Slips {
        doubled: 200,
        again: 300,
        typo: 130,
        misdialled: 60,
        nickname: 200,
        swapped: 30,
        initial: 50,
        married: 40,
        moved: 120,
        readdressed: 300,
        missing: 250,
        rewritten: 400,
        reachable: 400,
    };
    /// Years between two imports: people have moved on.
    pub const YEARS: Slips = Slips {
        doubled: 150,
        again: 50,
        typo: 30,
        misdialled: 10,
        nickname: 150,
        swapped: 5,
        initial: 10,
        married: 100,
        moved: 450,
        readdressed: 300,
        missing: 150,
        rewritten: 250,
        reachable: 700,
    };
    /// Nobody twice.
    pub const NONE: Slips = Slips { doubled: 0, ..Slips::FEW };
}

/// One record of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubleRecord {
    /// Whose it is: records with the same number mean the same person.
    pub person: usize,
    /// The filled values by the registry's key; `employer` is the employer's name.
    pub values: Vec<(&'static str, String)>,
}

/// Records of `people` different people and their doubles, a person's records one after the other. Always the same
/// for a count, a seed and slips.
pub fn doubles(people: usize, seed: u64, slips: Slips) -> Doubles {
    // Those in the queue may be in the directory already, so they are left out.
    let people_and_pending = people + people / 20 + 26;
    Doubles {
        contacts: contacts(people_and_pending, seed),
        people,
        met: 0,
        number: 0,
        seed,
        slips,
        waiting: Vec::new(),
    }
}

/// What [`doubles`] returns.
pub struct Doubles {
    contacts: Contacts,
    people: usize,
    met: usize,
    number: usize,
    seed: u64,
    slips: Slips,
    waiting: Vec<DoubleRecord>,
}

type Values = Vec<(&'static str, String)>;

impl Iterator for Doubles {
    type Item = DoubleRecord;

    fn next(&mut self) -> Option<DoubleRecord> {
        if let Some(record) = self.waiting.pop() {
            return Some(record);
        }
        if self.met == self.people {
            return None;
        }
        let contact = loop {
            self.number += 1;
            let contact = self.contacts.next()?;
            if contact.approval != "pending" {
                break contact;
            }
        };
        let person = self.met;
        self.met += 1;
        let random = &mut Random::of(self.seed, Stream::Double, self.number);
        let firm = contact.employer.map(|employer| Employer::of(self.seed, employer));
        let mut values = Values::new();
        for key in ["first_name", "last_name", "preferred_name", "email", "title", "work_phone"] {
            if let Some(text) = value(&contact.fields, key) {
                values.push((key, text.to_owned()));
            }
        }
        if let Some(firm) = &firm {
            settle(random, &mut values, firm, contact.employer.unwrap_or_default());
        }
        if random.chance(self.slips.reachable) {
            // Below the code 999, which no country has; unlike the ranges for fiction it has room for a million people.
            values.push(("mobile_phone", format!("+999 {:09}", random.below(1_000_000_000))));
        }
        if random.chance(self.slips.reachable) {
            let name = plain_letters(value(&contact.fields, "first_name").unwrap_or_default());
            values.push(("email_2", format!("{name}{}@home.example", random.below(10_000_000))));
        }
        if random.chance(self.slips.doubled) {
            let mut all = 1;
            while all < 5 && random.chance(self.slips.again) {
                all += 1;
            }
            for _ in 0..all {
                self.waiting.push(DoubleRecord { person, values: self.flawed(random, &values) });
            }
        }
        Some(DoubleRecord { person, values })
    }
}

/// The employer's name and address: one address an office, three offices for the larger employers.
fn settle(random: &mut Random, values: &mut Values, firm: &Employer, number: usize) {
    let office = random.skewed(3);
    let of_office = &mut Random::of(number as u64 * 3 + office, Stream::Place, number);
    let place = firm.place;
    for (key, text) in [
        ("employer", firm.name.clone()),
        ("street", place.street(of_office)),
        ("city", place.city.to_owned()),
        ("region", place.region.to_owned()),
        ("postal_code", place.postal_code(of_office)),
    ] {
        values.retain(|(other, _)| *other != key);
        // Not every country has regions.
        if !text.is_empty() {
            values.push((key, text));
        }
    }
}

impl Doubles {
    fn flawed(&self, random: &mut Random, first: &Values) -> Values {
        let slips = self.slips;
        let mut values = first.clone();
        if random.chance(slips.moved) {
            let employer = random.below(crate::employer_count(self.people) as u64) as usize;
            let firm = Employer::of(self.seed, employer);
            values.retain(|(key, _)| *key != "work_phone");
            if random.chance(500) && !firm.phone.is_empty() {
                values.push(("work_phone", firm.phone.clone()));
            }
            settle(random, &mut values, &firm, employer);
            readdress(&mut values, &firm.domain);
        } else if random.chance(slips.readdressed) {
            let domain = random.pick(&["inbox.example", "mail.example", "post.example"]);
            readdress(&mut values, domain);
        }
        if random.chance(slips.married) {
            let name = Person::of(self.seed ^ 1, random.below(1 << 30) as usize).last;
            change(&mut values, "last_name", |old| {
                if old.contains(['-', ' ']) { name.to_string() } else { format!("{old}-{name}") }
            });
            if random.chance(600) {
                change(&mut values, "last_name", |_| name.to_string());
            }
        }
        if random.chance(slips.nickname)
            && let Some(short) = get(&values, "preferred_name").map(str::to_owned)
        {
            change(&mut values, "first_name", |_| short.clone());
            values.retain(|(key, _)| *key != "preferred_name");
        }
        if random.chance(slips.initial) {
            change(&mut values, "first_name", |name| name.chars().take(1).collect());
        }
        for key in ["first_name", "last_name", "street", "city"] {
            if random.chance(slips.typo) {
                change(&mut values, key, |text| typo(random, text));
            }
        }
        for key in ["mobile_phone", "work_phone", "email", "email_2"] {
            if random.chance(slips.misdialled) {
                change(&mut values, key, |text| typo(random, text));
            }
        }
        if random.chance(slips.swapped) {
            let of = |key| get(&values, key).unwrap_or_default().to_owned();
            let (first, last) = (of("first_name"), of("last_name"));
            change(&mut values, "first_name", |_| last.clone());
            change(&mut values, "last_name", |_| first.clone());
        }
        values.retain(|(key, _)| {
            // Nobody is without any name.
            let rarely = matches!(*key, "last_name" | "first_name");
            !random.chance(if rarely { slips.missing / 20 } else { slips.missing })
        });
        for (key, text) in &mut values {
            if random.chance(slips.rewritten) {
                *text = rewritten(random, key, text);
            }
        }
        values.retain(|(_, text)| !text.is_empty());
        values
    }
}

fn get<'a>(values: &'a Values, key: &str) -> Option<&'a str> {
    values.iter().find(|(name, _)| *name == key).map(|(_, text)| text.as_str())
}

fn change(values: &mut Values, key: &str, to: impl FnOnce(&str) -> String) {
    if let Some((_, text)) = values.iter_mut().find(|(name, _)| *name == key) {
        *text = to(text);
    }
}

fn readdress(values: &mut Values, domain: &str) {
    let of = |key| plain_letters(get(values, key).unwrap_or_default());
    let address = format!("{}.{}@{domain}", of("first_name"), of("last_name"));
    change(values, "email", |_| address);
}

/// One letter or digit left out, doubled, exchanged with its neighbour, or another one.
fn typo(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let places: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_alphanumeric()).collect();
    if places.len() < 2 {
        return text.to_owned();
    }
    let at = random.pick(&places);
    let other = |random: &mut Random| match letters[at].is_ascii_digit() {
        true => char::from(b'0' + random.below(10) as u8),
        false => char::from(b'a' + random.below(26) as u8),
    };
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => {
            let letter = other(random);
            letters.insert(at, letter);
        }
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = other(random),
    }
    letters.into_iter().collect()
}

fn rewritten(random: &mut Random, key: &str, text: &str) -> String {
    match (key, random.below(3)) {
        ("work_phone" | "mobile_phone", way) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            match way {
                0 => digits,
                1 => format!("00{digits}"),
                _ => text.replace(' ', "-").replace("+1-", "1-"),
            }
        }
        ("employer", 0) => format!("{text}, Inc."),
        ("employer", 1) => text.to_uppercase(),
        ("employer", _) => format!("The {text} Company"),
        ("street", 0) => text.replace("Street", "St.").replace("Avenue", "Ave").replace("Road", "Rd"),
        ("first_name" | "last_name", 0) => Cow::from(plain_letters(text)).into_owned(),
        (_, 1) => text.to_uppercase(),
        _ => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_always_the_same_and_as_many_as_said() {
        let all: Vec<DoubleRecord> = doubles(2_000, 7, Slips::FEW).collect();
        assert_eq!(all, doubles(2_000, 7, Slips::FEW).collect::<Vec<_>>());
        assert_eq!(all.iter().map(|record| record.person).max(), Some(1_999));
        let further = all.len() - 2_000;
        assert!((150..280).contains(&further), "{further}");
        assert_eq!(doubles(500, 7, Slips::NONE).count(), 500);
    }

    #[test]
    fn a_double_is_flawed_yet_the_same_person() {
        let all: Vec<DoubleRecord> = doubles(2_000, 7, Slips::MANY).collect();
        let pairs: Vec<_> = all.windows(2).filter(|pair| pair[0].person == pair[1].person).collect();
        assert!(pairs.iter().filter(|pair| pair[0].values != pair[1].values).count() > pairs.len() * 9 / 10);
        let same = |key| pairs.iter().filter(|pair| get(&pair[0].values, key) == get(&pair[1].values, key)).count();
        assert!(same("last_name") > pairs.len() / 3, "{} of {}", same("last_name"), pairs.len());
        for record in &all {
            assert!(record.values.iter().all(|(_, text)| !text.is_empty()), "{record:?}");
        }
    }
}
