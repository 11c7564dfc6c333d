//! How well two values agree.

use crate::nicknames;
use crate::normal::normalise;
use crate::phonetic::sound;
use crate::schema::Kind;
use rapidfuzz::distance::{jaro_winkler, osa};
use serde::{Deserialize, Serialize};

/// How well a column of two records agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The same but for case, accents, punctuation and ways of writing.
    Exact,
    /// Almost certainly meant to be the same: a slip of a key, a nickname, names in swapped columns.
    Strong,
    /// May be meant to be the same.
    Weak,
    /// Not the same.
    Different,
    /// One of the records has no value.
    Missing,
}

impl Level {
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// How well two values of a kind agree, by themselves: without a table to say how much that means.
pub fn level(kind: Kind, a: &str, b: &str) -> Level {
    let (mut one, mut other, mut scratch) = (String::new(), String::new(), String::new());
    normalise(kind, a, &mut one, &mut scratch);
    normalise(kind, b, &mut other, &mut scratch);
    if one.is_empty() || other.is_empty() {
        return Level::Missing;
    }
    texts(kind, &one, &other)
}

/// The agreement of two different texts of a kind, both in the form they are compared in. Symmetric.
pub(crate) fn texts(kind: Kind, a: &str, b: &str) -> Level {
    if a == b {
        return Level::Exact;
    }
    match kind {
        Kind::GivenName => given(a, b),
        Kind::FamilyName => family(a, b),
        // A second of the name is often called Junior.
        Kind::Generation if matches!((a, b), ("jr", "ii") | ("ii", "jr")) => Level::Weak,
        Kind::Generation => Level::Different,
        Kind::PersonName => person(a, b),
        Kind::Organization => organization(a, b),
        Kind::Email => email(a, b),
        Kind::Phone => phone(a, b),
        Kind::Street | Kind::Text => street(a, b),
        Kind::City => spelling(a, b, 0.93, 0.86),
        Kind::PostalCode => code(a, b, 4),
        Kind::Region => region(a, b),
        Kind::Date => date(a, b),
        Kind::Identifier => code(a, b, 5),
    }
}

fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

fn edits(a: &str, b: &str) -> usize {
    if a.is_ascii() && b.is_ascii() { osa::distance(a.bytes(), b.bytes()) } else { osa::distance(a.chars(), b.chars()) }
}

fn likeness(a: &str, b: &str) -> f64 {
    if a.is_ascii() && b.is_ascii() {
        jaro_winkler::similarity(a.bytes(), b.bytes())
    } else {
        jaro_winkler::similarity(a.chars(), b.chars())
    }
}

/// How many different letters each text has that the other lacks. Letters beyond ASCII may pass for others; they are
/// never told apart wrongly.
fn unshared_letters(a: &str, b: &str) -> (usize, usize) {
    let letters = |text: &str| text.bytes().fold(0_u64, |all, byte| all | 1 << (byte & 63));
    let (a, b) = (letters(a), letters(b));
    ((a & !b).count_ones() as usize, (b & !a).count_ones() as usize)
}

/// The largest likeness that the letters allow, without finding it: most pairs are not alike at all.
fn could_be_like(a: &str, b: &str, only_a: usize, only_b: usize) -> f64 {
    if !a.is_ascii() || !b.is_ascii() {
        return 1.0;
    }
    let common = (a.len() - only_a).min(b.len() - only_b) as f64;
    let jaro = (common / a.len() as f64 + common / b.len() as f64 + 1.0) / 3.0;
    let start = a.bytes().zip(b.bytes()).take(4).take_while(|(x, y)| x == y).count() as f64;
    jaro + 0.1 * start * (1.0 - jaro)
}

/// Equal sounds begin with the same letter or one that can sound like it.
fn could_sound_alike(a: &str, b: &str) -> bool {
    const ALIKE: [&str; 8] = ["aeiouyhj", "ckqg", "szxct", "dt", "bp", "fvwp", "wr", "mnk"];
    let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else { return false };
    a.len().abs_diff(b.len()) <= 4 && (x == y || ALIKE.iter().any(|letters| letters.contains(x) && letters.contains(y)))
}

/// One slip is strong where enough letters are left; two in a long word; or a likeness from `strong` on.
fn spelling(a: &str, b: &str, strong: f64, weak: f64) -> Level {
    let (shorter, longer) = (length(a).min(length(b)), length(a).max(length(b)));
    let (only_a, only_b) = unshared_letters(a, b);
    // Each slip brings one letter at most into either word that the other lacks.
    if longer - shorter <= 2 && only_a.max(only_b) <= 3 {
        let edits = edits(a, b);
        if (edits == 1 && shorter >= 4) || (edits == 2 && shorter >= 8) {
            return Level::Strong;
        }
        if (edits == 1 && shorter >= 3) || (edits == 2 && shorter >= 5) || (edits == 3 && shorter >= 9) {
            return if likeness(a, b) >= strong { Level::Strong } else { Level::Weak };
        }
    }
    if shorter < 3 {
        return Level::Different;
    }
    if could_be_like(a, b, only_a, only_b) < weak {
        return if shorter >= 4 && could_sound_alike(a, b) && sound(a) == sound(b) {
            Level::Weak
        } else {
            Level::Different
        };
    }
    let likeness = likeness(a, b);
    if likeness >= strong && shorter >= 4 {
        Level::Strong
    } else if likeness >= weak || (shorter >= 4 && could_sound_alike(a, b) && sound(a) == sound(b)) {
        Level::Weak
    } else {
        Level::Different
    }
}

/// Equal when spaces do not count: "Anne Marie" and "Annemarie".
fn run_together(a: &str, b: &str) -> bool {
    (a.contains(' ') || b.contains(' ')) && a.chars().filter(|c| *c != ' ').eq(b.chars().filter(|c| *c != ' '))
}

fn given(a: &str, b: &str) -> Level {
    if nicknames::are_related(a, b) || run_together(a, b) {
        return Level::Strong;
    }
    let (first_a, first_b) = (first_word(a), first_word(b));
    if (first_a != a || first_b != b) && (first_a == first_b || nicknames::are_related(first_a, first_b)) {
        return if length(first_a) > 1 { Level::Strong } else { Level::Weak };
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.starts_with(short) {
        return if length(short) >= 3 { Level::Strong } else { Level::Weak };
    }
    spelling(a, b, 0.93, 0.86)
}

/// By number of words, then by the text itself, so that the order given does not matter.
fn fewer_words_first<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    if (a.split(' ').count(), a) <= (b.split(' ').count(), b) { (a, b) } else { (b, a) }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

fn family(a: &str, b: &str) -> Level {
    if run_together(a, b) {
        return Level::Strong;
    }
    let spelt = spelling(a, b, 0.93, 0.86);
    if spelt == Level::Strong || !(a.contains(' ') || b.contains(' ')) {
        return spelt;
    }
    // "Smith" and "Smith-Jones", "Cruz" and "de la Cruz".
    let shared = a.split(' ').any(|word| word.len() >= 3 && b.split(' ').any(|other| other == word));
    if shared { Level::Weak.min(spelt) } else { spelt }
}

/// Whole names: the words are paired as well as they go, in any order.
fn person(a: &str, b: &str) -> Level {
    let (few, many) = {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        if (a.len(), &a) <= (b.len(), &b) { (a, b) } else { (b, a) }
    };
    let mut free: Vec<&str> = many;
    let (mut sum, mut names) = (0.0_f64, 0);
    for word in &few {
        let score = |other: &str| -> f64 {
            match (word == &other, length(word).min(length(other)) == 1) {
                (true, single) => {
                    if single {
                        0.6
                    } else {
                        1.0
                    }
                }
                (false, true) => {
                    if word.chars().next() == other.chars().next() {
                        0.5
                    } else {
                        0.0
                    }
                }
                (false, false) => match given(word, other) {
                    Level::Exact => 1.0,
                    Level::Strong => 0.85,
                    Level::Weak => 0.4,
                    _ => 0.0,
                },
            }
        };
        let best = free.iter().enumerate().map(|(at, other)| (score(other), at)).max_by(|x, y| x.0.total_cmp(&y.0));
        if let Some((score, at)) = best {
            sum += score;
            names += usize::from(score > 0.6);
            free.swap_remove(at);
        }
    }
    let share = sum / few.len() as f64;
    if few.len() == 1 {
        return if share >= 0.8 { Level::Weak } else { spelling(a, b, 0.93, 0.88) };
    }
    match () {
        () if share >= 0.9 && names >= 2 => Level::Strong,
        () if share >= 0.72 => Level::Weak,
        () => Level::Different,
    }
}

fn organization(a: &str, b: &str) -> Level {
    if run_together(a, b) {
        return Level::Strong;
    }
    let spelt = match spelling(a, b, 0.95, 0.92) {
        // A likeness of beginnings says little: "Summit Robotics", "Summit Health".
        Level::Strong if edits(a, b) > 2 => Level::Weak,
        level => level,
    };
    if spelt == Level::Strong {
        return spelt;
    }
    let (few, many) = fewer_words_first(a, b);
    let (small, found) = few
        .split(' ')
        .fold((0, 0), |(all, found), word| (all + 1, found + usize::from(many.split(' ').any(|other| other == word))));
    let large = many.split(' ').count();
    if found == small && (small == large || small >= 2) {
        return Level::Strong;
    }
    let initials = many.split(' ').filter_map(|word| word.chars().next());
    if small == 1 && (found == 1 || (large >= 3 && initials.eq(few.chars()))) { Level::Weak } else { spelt }
}

/// Mailboxes of an office rather than a person.
const SHARED_MAILBOXES: &[&str] = &[
    "admin",
    "careers",
    "contact",
    "hello",
    "hr",
    "info",
    "internships",
    "jobs",
    "mail",
    "office",
    "people",
    "reception",
    "recruiting",
    "recruitment",
    "sales",
    "support",
    "talent",
    "team",
    "university",
];

/// The part before the @, where it is a person's.
pub(crate) fn mailbox(address: &str) -> Option<&str> {
    let local = address.split_once('@')?.0;
    let local = local.split('+').next().unwrap_or(local);
    (local.len() >= 4 && !SHARED_MAILBOXES.contains(&local)).then_some(local)
}

/// The letters and digits of a mailbox without what follows a plus.
fn bare(local: &str) -> impl Iterator<Item = char> {
    local.chars().take_while(|c| *c != '+').filter(|c| c.is_alphanumeric())
}

fn digits_of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

fn email(a: &str, b: &str) -> Level {
    let (Some((local_a, domain_a)), Some((local_b, domain_b))) = (a.rsplit_once('@'), b.rsplit_once('@')) else {
        return if edits(a, b) == 1 && a.len() >= 8 { Level::Strong } else { Level::Different };
    };
    let same_letters = bare(local_a).eq(bare(local_b));
    if domain_a == domain_b {
        if same_letters && bare(local_a).next().is_some() {
            return Level::Strong;
        }
        // Another first letter is another colleague more often than a slip: asmith, bsmith.
        let slip = local_a.chars().next() == local_b.chars().next() && local_a.len().min(local_b.len()) >= 5;
        if slip && digits_of(local_a).eq(digits_of(local_b)) && edits(local_a, local_b) == 1 {
            return Level::Strong;
        }
        return Level::Different;
    }
    if !same_letters || mailbox(a).is_none() || mailbox(b).is_none() {
        return Level::Different;
    }
    // Short domains are a letter apart without any slip.
    let label = |domain: &str| domain.split('.').next().map_or(0, str::len);
    let slip = label(domain_a).min(label(domain_b)) >= 5 && edits(domain_a, domain_b) <= 1;
    if slip { Level::Strong } else { Level::Weak }
}

fn phone(a: &str, b: &str) -> Level {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() >= 7 && long.ends_with(short) {
        return Level::Strong;
    }
    let digits = short.len() >= 7 && a.len().abs_diff(b.len()) <= 1;
    if digits && edits(a, b) == 1 { Level::Weak } else { Level::Different }
}

fn street(a: &str, b: &str) -> Level {
    if run_together(a, b) {
        return Level::Strong;
    }
    let longer = length(a).max(length(b));
    let (only_a, only_b) = unshared_letters(a, b);
    let edits = if only_a.max(only_b) * 10 > longer * 4 { longer } else { edits(a, b) };
    // Another number in the same street is another house.
    fn number(text: &str) -> Option<&str> {
        text.split(' ').find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    }
    if longer >= 5 && edits * 5 <= longer && number(a) == number(b) {
        return Level::Strong;
    }
    if longer >= 5 && edits * 10 <= longer * 4 {
        return Level::Weak;
    }
    let (few, many) = fewer_words_first(a, b);
    let long_words = few.split(' ').filter(|word| word.len() >= 4);
    let (words, found) = long_words
        .fold((0, 0), |(all, found), word| (all + 1, found + usize::from(many.split(' ').any(|other| other == word))));
    if words > 0 && found * 2 > words { Level::Weak } else { Level::Different }
}

fn code(a: &str, b: &str, enough: usize) -> Level {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() >= 5 && long.starts_with(short) {
        return Level::Strong;
    }
    match edits(a, b) {
        1 if short.len() >= enough => Level::Strong,
        1 if short.len() >= 2 => Level::Weak,
        2 if short.len() >= enough => Level::Weak,
        _ => Level::Different,
    }
}

fn region(a: &str, b: &str) -> Level {
    let shorter = length(a).min(length(b));
    match edits(a, b) {
        1 if shorter >= 5 => Level::Strong,
        1 if shorter >= 3 => Level::Weak,
        2 if shorter >= 6 => Level::Weak,
        _ => Level::Different,
    }
}

fn date(a: &str, b: &str) -> Level {
    if edits(a, b) == 1 {
        return Level::Strong;
    }
    if a.len() != 8 || b.len() != 8 {
        return Level::Different;
    }
    let part = |from: usize, to: usize| (a.get(from..to), b.get(from..to));
    let ((year_a, year_b), (month_a, month_b), (day_a, day_b)) = (part(0, 4), part(4, 6), part(6, 8));
    if year_a == year_b && month_a == day_b && day_a == month_b {
        return Level::Strong;
    }
    let same = usize::from(year_a == year_b) + usize::from(month_a == month_b) + usize::from(day_a == day_b);
    if same == 2 || edits(a, b) == 2 { Level::Weak } else { Level::Different }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_agree_as_people_would_say() {
        use Kind::{FamilyName as F, GivenName as G, PersonName as P};
        let cases = [
            (G, "william", "bill", Level::Strong),
            (G, "jonathan", "jonahtan", Level::Strong),
            (G, "mary ann", "mary", Level::Strong),
            (G, "anne marie", "annemarie", Level::Strong),
            (G, "j", "john", Level::Weak),
            (G, "maria", "peter", Level::Different),
            (F, "smith", "smith jones", Level::Weak),
            (F, "mueller", "muller", Level::Strong),
            (F, "hart", "wolf", Level::Different),
            (P, "dana reyes", "reyes dana", Level::Strong),
            (P, "william j smith", "bill smith", Level::Strong),
            (P, "john smith", "john jones", Level::Different),
        ];
        for (kind, a, b, level) in cases {
            assert_eq!(texts(kind, a, b), level, "{a} {b}");
        }
    }

    #[test]
    fn ways_to_reach_somebody_agree() {
        use Kind::{Email as E, Phone as T};
        assert_eq!(texts(E, "a.smith@x.example", "asmith@x.example"), Level::Strong);
        assert_eq!(texts(E, "asmith@x.example", "bsmith@x.example"), Level::Different);
        assert_eq!(texts(E, "asmith@x.example", "asmith@y.example"), Level::Weak);
        assert_eq!(texts(E, "info@x.example", "info@acme.example"), Level::Different);
        assert_eq!(texts(T, "442125550101", "2125550101"), Level::Strong);
        assert_eq!(texts(T, "2125550101", "2125550110"), Level::Weak);
        assert_eq!(texts(T, "2125550101", "3105550177"), Level::Different);
    }

    #[test]
    fn organizations_streets_and_dates_agree() {
        use Kind::{Date as D, Organization as O, Street as S};
        assert_eq!(texts(O, "international business machines", "ibm"), Level::Weak);
        assert_eq!(texts(O, "summit robotics", "summit health"), Level::Different);
        assert_eq!(texts(O, "acme robotics", "acme robotics research"), Level::Strong);
        assert_eq!(texts(S, "5 n harbor st", "5 n habor st"), Level::Strong);
        assert_eq!(texts(S, "5 n harbor st", "7 n harbor st"), Level::Weak);
        assert_eq!(texts(D, "20011203", "20010312"), Level::Strong);
        assert_eq!(texts(D, "20011203", "20011204"), Level::Strong);
        assert_eq!(texts(D, "20011203", "19990214"), Level::Different);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(a in "[a-z0-9 @.]{1,16}", b in "[a-zé0-9 @.]{1,16}") {
            use Kind::*;
            for kind in [GivenName, FamilyName, PersonName, Organization, Email, Phone, Street, City, PostalCode,
                Region, Date, Identifier, Text] {
                prop_assert_eq!(texts(kind, &a, &b), texts(kind, &b, &a), "{:?}", kind);
            }
        }
    }
}
