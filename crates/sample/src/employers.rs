//! Invented employers.

use std::sync::LazyLock;

use crate::Fields;
use crate::lists::{list, named};
use crate::people::plain_letters;
use crate::places::Place;
use crate::random::{Random, Stream, mix, permute};
use crate::texts::{TEXTS, fill, labels};

/// An employer. Its place in the iterator is what [`crate::SampleContact::employer`] points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleEmployer {
    /// `name`, `website`, `email` and so on, by registry key.
    pub fields: Fields,
    /// Labels, possibly none.
    pub labels: Vec<&'static str>,
    /// How long ago it was entered.
    pub age_in_seconds: u64,
}

/// How many employers go with this many contacts: one to twelve, eight at least.
pub fn employer_count(contacts: usize) -> usize {
    (contacts / 12).max(8)
}

/// The first `count` employers, the one with the most contacts first.
pub fn employers(count: usize, seed: u64) -> Employers {
    Employers { numbers: 0..count, seed }
}

/// What [`employers`] returns.
#[derive(Debug, Clone)]
pub struct Employers {
    numbers: std::ops::Range<usize>,
    seed: u64,
}

impl Iterator for Employers {
    type Item = SampleEmployer;

    fn next(&mut self) -> Option<SampleEmployer> {
        Some(record(self.seed, self.numbers.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl ExactSizeIterator for Employers {}

struct Industry {
    name: &'static str,
    words: Vec<&'static str>,
}

struct Words {
    adjectives: Vec<&'static str>,
    nouns: Vec<&'static str>,
    singles: Vec<&'static str>,
    surnames: Vec<&'static str>,
    industries: Vec<Industry>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists = named(include_str!("../data/companies.txt"));
    Words {
        adjectives: list(&lists, "adjectives"),
        nouns: list(&lists, "nouns"),
        singles: list(&lists, "singles"),
        surnames: list(&lists, "surnames"),
        industries: lists
            .iter()
            .filter_map(|(name, words)| Some(Industry { name: name.strip_prefix("industry.")?, words: words.clone() }))
            .collect(),
    }
});

/// Name, place and habits of an employer; everything contacts need of it, made from its number alone.
pub(crate) struct Employer {
    pub name: String,
    /// Without a leading `www`, unique per employer: `cedar-ridge-robotics.example`.
    pub domain: String,
    pub industry: &'static str,
    pub place: &'static Place,
    /// The switchboard; blank in countries without telephone numbers for fiction.
    pub phone: String,
    /// Which pattern its e-mail addresses follow.
    pub addresses: AddressStyle,
}

/// How an employer makes an address from a name.
#[derive(Clone, Copy)]
pub(crate) enum AddressStyle {
    FirstDotLast,
    InitialLast,
    FirstInitial,
    FirstUnderscoreLast,
    LastDotFirst,
    First,
}

const STYLES: [(AddressStyle, u64); 6] = [
    (AddressStyle::FirstDotLast, 52),
    (AddressStyle::InitialLast, 24),
    (AddressStyle::FirstInitial, 8),
    (AddressStyle::FirstUnderscoreLast, 6),
    (AddressStyle::LastDotFirst, 6),
    (AddressStyle::First, 4),
];

impl Employer {
    pub fn of(seed: u64, number: usize) -> Self {
        let random = &mut Random::of(seed, Stream::Employer, number);
        let (stem, word, industry) = unique_name(seed, number);
        let place = Place::draw(random);
        let (addresses, _) = STYLES[random.weighted(&STYLES.map(|(_, weight)| weight))];
        let ending = match random.below(100) {
            0..14 => ", Inc.",
            14..22 => " LLC",
            22..25 => " Co.",
            25..27 => " Corporation",
            _ => "",
        };
        let ending = match (place.country(), industry) {
            (_, "Government" | "Education" | "Law" | "Nonprofit") => "",
            ("United States" | "Canada", _) => ending,
            ("United Kingdom" | "Ireland" | "India", _) if !ending.is_empty() => " Ltd",
            ("Germany" | "Switzerland", _) if !ending.is_empty() => " GmbH",
            _ => "",
        };
        Self {
            domain: domain(&stem, &word),
            name: [&stem, " ", &word, ending].concat(),
            industry,
            place,
            phone: place.phone(random),
            addresses,
        }
    }
}

/// With how many others a founder's name is joined: enough for some firms called after two people, not for most.
const PARTNERS: usize = 6;

/// The number of different names before a number has to be added to one.
fn names() -> u64 {
    let words = &*WORDS;
    let stems = words.adjectives.len() * words.nouns.len() + words.singles.len() + words.surnames.len() * PARTNERS;
    (stems * words.industries.iter().map(|industry| industry.words.len()).sum::<usize>()) as u64
}

/// Stem, word and industry of a name no other employer of this seed has.
fn unique_name(seed: u64, number: usize) -> (String, String, &'static str) {
    let words = &*WORDS;
    let size = names();
    let at = permute(seed, number as u64 % size, size) as usize;
    let of_industries: usize = words.industries.iter().map(|industry| industry.words.len()).sum();
    let (stem, mut word) = (at / of_industries, at % of_industries);
    let mut industry = &words.industries[0];
    for candidate in &words.industries {
        industry = candidate;
        if word < candidate.words.len() {
            break;
        }
        word -= candidate.words.len();
    }
    let round = number as u64 / size;
    let word = industry.words[word].to_owned();
    let word = if round == 0 { word } else { format!("{word} {}", round + 1) };
    (self::stem(stem), word, industry.name)
}

fn stem(at: usize) -> String {
    let words = &*WORDS;
    let pairs = words.adjectives.len() * words.nouns.len();
    if at < pairs {
        let (adjective, noun) = (words.adjectives[at / words.nouns.len()], words.nouns[at % words.nouns.len()]);
        // Some write themselves as two words; which ones follows from the stem, so that no two differ only in that.
        return if mix(at as u64) & 3 == 0 {
            let (initial, rest) = noun.split_at(1);
            [adjective, " ", &initial.to_ascii_uppercase(), rest].concat()
        } else {
            [adjective, noun].concat()
        };
    }
    if let Some(single) = words.singles.get(at - pairs) {
        return (*single).to_owned();
    }
    let at = at - pairs - words.singles.len();
    let (one, other) = (at / PARTNERS, at / PARTNERS + 1 + at % PARTNERS);
    [words.surnames[one], " & ", words.surnames[other % words.surnames.len()]].concat()
}

/// One label of the domain for each word, so that different names have different domains.
fn domain(stem: &str, word: &str) -> String {
    let mut domain = String::with_capacity(stem.len() + word.len() + 12);
    for part in stem.split(' ').chain(word.split(' ')) {
        let plain = if part == "&" { "and".to_owned() } else { plain_letters(part) };
        let plain = if plain.is_empty() { part.to_owned() } else { plain };
        if !domain.is_empty() {
            domain.push('-');
        }
        domain.push_str(&plain);
    }
    domain.push_str(".example");
    domain
}

fn record(seed: u64, number: usize) -> SampleEmployer {
    let employer = Employer::of(seed, number);
    // Its own stream: what is drawn here must not change what contacts see of the employer.
    let random = &mut Random::of(seed, Stream::Place, number);
    let place = employer.place;
    let mut fields = Fields::with_capacity(11);
    fields.push(("name", employer.name.into()));
    fields.push(("website", format!("https://www.{}", employer.domain).into()));
    let mailbox = random.pick(&["careers", "jobs", "campus", "recruiting", "info", "hello"]);
    if random.chance(700) {
        fields.push(("email", [mailbox, "@", &employer.domain].concat().into()));
    }
    if !employer.phone.is_empty() {
        fields.push(("phone", employer.phone.clone().into()));
    }
    fields.push(("industry", employer.industry.into()));
    if random.chance(850) {
        fields.push(("street", place.street(random).into()));
    }
    fields.push(("city", place.city.into()));
    if !place.region.is_empty() {
        fields.push(("region", place.region.into()));
    }
    let postal_code = place.postal_code(random);
    if !postal_code.is_empty() {
        fields.push(("postal_code", postal_code.into()));
    }
    fields.push(("country", place.country().into()));
    if random.chance(220) {
        let text = random.pick(&TEXTS.companies);
        fields.push(("description", fill(random, text, place.city).into()));
    }
    let labels = if random.chance(250) { labels(random, &TEXTS.employer_labels, 2) } else { Vec::new() };
    let age_in_seconds = YEAR + random.below(8 * YEAR);
    SampleEmployer { fields, labels, age_in_seconds }
}

/// In seconds.
pub(crate) const YEAR: u64 = 365 * DAY;
/// In seconds.
pub(crate) const DAY: u64 = 86_400;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::value;

    #[test]
    fn a_few_hundred_thousand_names_and_domains_are_all_different() {
        assert!(names() > 500_000, "only {} names", names());
        let (mut names, mut domains) = (HashSet::new(), HashSet::new());
        for number in 0..200_000 {
            let employer = Employer::of(11, number);
            assert!(domains.insert(employer.domain.clone()), "{} twice", employer.domain);
            assert!(names.insert(employer.name.clone()), "{} twice", employer.name);
        }
    }

    #[test]
    fn names_past_the_last_one_are_numbered() {
        let last = names() as usize;
        let (first, again) = (Employer::of(5, 3), Employer::of(5, last + 3));
        assert_ne!(first.name, again.name);
        assert!(again.domain.contains("-2"), "{}", again.domain);
    }

    #[test]
    fn every_employer_can_be_found_and_reached() {
        for employer in employers(2_000, 4) {
            let website = value(&employer.fields, "website").expect("every employer has one");
            assert!(website.starts_with("https://www.") && website.ends_with(".example"), "{website}");
            let host = website.trim_start_matches("https://");
            assert!(host.chars().all(|c| c.is_ascii_lowercase() || "-.0123456789".contains(c)), "{host}");
            assert!(host.split('.').all(|label| label.len() < 64 && !label.is_empty()), "{host}");
            for key in ["name", "industry", "city", "country"] {
                assert!(value(&employer.fields, key).is_some_and(|text| !text.is_empty()), "{key} of {website}");
            }
        }
    }
}
