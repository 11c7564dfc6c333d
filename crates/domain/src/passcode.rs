//! What people type to open the desk, and what may be chosen for it.
//!
//! A new passcode is taken apart the way guessing puts it together: from words that everybody chooses, names of the
//! person and the institution, runs on the keyboard, repetitions, years and dates. What it costs to guess is the
//! cheapest such reading. So “Summer2026!!!” is weak however many kinds of characters it has, and a few words that
//! don't belong together are strong without any.

use crate::name;
use crate::refusal::{GuessedBy, Problem};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Shortest new passcode, in characters. Shorter ones of before go on opening.
pub const LEAST: u32 = 12;
/// Longest passcode, in characters.
pub const MOST: u32 = 200;

/// Guesses that a new passcode must cost, as a power of two: a computer that took the files tries some 2¹⁶ a second
/// at most, each with 64 MiB, and would be busy for weeks.
const BITS_LEAST: f32 = 36.0;
/// A character without any pattern to it: one of ten, by the habits of people rather than by the size of the alphabet.
const BITS_CHARACTER: f32 = 3.3;
/// A word everybody chooses.
const BITS_COMMON: f32 = 9.0;
/// A name of the person or the institution.
const BITS_NAME: f32 = 3.0;
/// A run: where it begins, which way it goes, how long it is.
const BITS_RUN: f32 = 7.0;
/// A year of the last or this century.
const BITS_YEAR: f32 = 7.0;
/// How often something is repeated.
const BITS_REPEATED: f32 = 2.0;

/// Words that guessing begins with, folded.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../data/common_passcodes.txt").split_whitespace().collect());

/// How long such words and names are, in characters.
const WORDS: RangeInclusive<usize> = 3..=20;

/// Keys beside each other.
const ROWS: [&str; 7] =
    ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "abcdefghijklmnopqrstuvwxyz"];

/// A passcode as it is compared: an é typed as one character and one typed as two are the same (NFC).
pub fn composed(typed: &str) -> String {
    typed.nfc().collect()
}

/// Whether this can be a new passcode. `about` is what others know of the person: their names and address, the
/// institution's name.
///
/// Errors: `TooShort`, `TooLong`, `EasilyGuessed`.
pub fn check(typed: &str, about: &[&str]) -> Result<(), Problem> {
    let length = composed(typed).chars().count();
    if length < LEAST as usize {
        return Err(Problem::TooShort { least: LEAST });
    }
    if length > MOST as usize {
        return Err(Problem::TooLong { max: MOST });
    }
    let (bits, by) = cheapest(&name::fold(typed), &names(about));
    if bits < BITS_LEAST { Err(Problem::EasilyGuessed { by }) } else { Ok(()) }
}

/// The words of what others know, folded; short ones say nothing.
fn names(about: &[&str]) -> HashSet<String> {
    let mut names = HashSet::new();
    for text in about {
        let folded = name::fold(text);
        names.extend(
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2).map(str::to_owned),
        );
    }
    names
}

/// What the cheapest reading costs, in bits, and what covers most of it.
fn cheapest(folded: &str, names: &HashSet<String>) -> (f32, GuessedBy) {
    let typed: Vec<char> = folded.chars().collect();
    let plain: Vec<char> = typed.iter().map(|c| unmasked(*c)).collect();
    // Per place, the cost of the cheapest reading up to it, and how many characters of it each pattern explains.
    let mut best: Vec<(f32, HashMap<GuessedBy, usize>)> = vec![(0.0, HashMap::new())];
    for end in 1..=typed.len() {
        let (bits, explained) = &best[end - 1];
        let mut cheapest = (bits + BITS_CHARACTER, explained.clone());
        for (start, (before, explained)) in best.iter().enumerate() {
            for (cost, by) in pieces(&typed, &plain, start, end, names, *before) {
                if cost < cheapest.0 {
                    let mut explained = explained.clone();
                    *explained.entry(by).or_default() += end - start;
                    cheapest = (cost, explained);
                }
            }
        }
        best.push(cheapest);
    }
    let (bits, explained) = best.pop().unwrap_or_default();
    let most = explained.into_iter().max_by_key(|(by, characters)| (*characters, Reverse(*by as u8)));
    (bits, most.map_or(GuessedBy::Common, |(by, _)| by))
}

/// What the characters from `start` to `end` are, and what reading up to `end` then costs where up to `start` it costs
/// `before`.
fn pieces(
    typed: &[char],
    plain: &[char],
    start: usize,
    end: usize,
    names: &HashSet<String>,
    before: f32,
) -> impl Iterator<Item = (f32, GuessedBy)> {
    let piece = &typed[start..end];
    let is_word = |is: &dyn Fn(&str) -> bool| {
        WORDS.contains(&piece.len()) && [typed, plain].iter().any(|from| is(&String::from_iter(&from[start..end])))
    };
    let found = [
        is_word(&|word| names.contains(word)).then_some((BITS_NAME, GuessedBy::Name)),
        is_word(&|word| COMMON.contains(word)).then_some((BITS_COMMON, GuessedBy::Common)),
        is_run(piece).then_some((BITS_RUN, GuessedBy::Pattern)),
        is_year(piece).then_some((BITS_YEAR, GuessedBy::Pattern)),
        // As before, again: what was read cost already.
        repeats(typed, start, end).then_some((BITS_REPEATED, GuessedBy::Pattern)),
    ];
    found.into_iter().flatten().map(move |(bits, by)| (before + bits, by))
}

/// The letter that a digit or sign stands for in “p4$$w0rd”.
fn unmasked(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        c => c,
    }
}

/// Three or more keys in their order on the keyboard or in the alphabet, forwards or backwards, ends joined.
fn is_run(piece: &[char]) -> bool {
    piece.len() > 2
        && ROWS.iter().any(|row| {
            let row: Vec<char> = row.chars().collect();
            let places: Option<Vec<usize>> = piece.iter().map(|c| row.iter().position(|key| key == c)).collect();
            places.is_some_and(|places| {
                let goes = |step: usize| places.windows(2).all(|pair| (pair[0] + step) % row.len() == pair[1]);
                goes(1) || goes(row.len() - 1)
            })
        })
}

fn is_year(piece: &[char]) -> bool {
    let digits: String = piece.iter().collect();
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// Whether the characters repeat what stands right before them.
fn repeats(typed: &[char], start: usize, end: usize) -> bool {
    let length = end - start;
    // One character that is there twice is no pattern yet.
    let unit = |size: usize| {
        start >= size && length.is_multiple_of(size) && (start..end).all(|at| typed[at] == typed[at - size])
    };
    if length == 1 {
        start >= 2 && typed[start] == typed[start - 1] && typed[start] == typed[start - 2]
    } else {
        (1..=length).any(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ABOUT: [&str; 4] = ["Northfield University Career Center", "Ada", "Berg", "ada.berg@northfield.example"];

    fn by(passcode: &str) -> Option<GuessedBy> {
        match check(passcode, &ABOUT) {
            Err(Problem::EasilyGuessed { by }) => Some(by),
            Err(other) => panic!("{passcode}: {other:?}"),
            Ok(()) => None,
        }
    }

    #[test]
    fn accents_are_the_same_however_a_keyboard_makes_them() {
        assert_eq!(composed("cafe\u{301} au lait"), composed("caf\u{e9} au lait"));
        assert_ne!(composed("cafe au lait"), composed("caf\u{e9} au lait"));
    }

    #[test]
    fn length_counts_in_characters() {
        for short in ["", "password", "elevenchars", "ééééé\u{301}éééé", "😀😀😀😀😀😀"] {
            assert_eq!(check(short, &[]), Err(Problem::TooShort { least: 12 }), "{short}");
        }
        assert_eq!(check(&"ab c".repeat(51), &[]), Err(Problem::TooLong { max: 200 }));
    }

    #[test]
    fn what_guessing_begins_with_is_refused_and_said() {
        for common in
            ["password1234", "P4$$w0rd!2026", "Welcome2026!!", "iloveyou2024", "letmeinletmein", "SunshinePrincess1"]
        {
            assert_eq!(by(common), Some(GuessedBy::Common), "{common}");
        }
        for pattern in [
            "aaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "abcdefghijkl",
            "abababababab",
            "zxcvbnm98765",
            "xyzxyzxyzxyz",
        ] {
            assert_eq!(by(pattern), Some(GuessedBy::Pattern), "{pattern}");
        }
        for name in ["northfield2026", "AdaBerg2026!", "ada.berg1987", "n0rthf1eld-2025", "Northfield Ada Berg"] {
            assert_eq!(by(name), Some(GuessedBy::Name), "{name}");
        }
    }

    #[test]
    fn words_that_do_not_belong_together_are_taken() {
        for taken in [
            "correct horse battery",
            "twelve quiet owls",
            "ada likes purple tugboats",
            "drei müde Ochsen im Nebel",
            "kx7vq2mzd9wa",
            "рыба зонтик вторник",
            "雨傘猫月曜日青本棚鍵湖犬",
        ] {
            assert_eq!(check(taken, &ABOUT), Ok(()), "{taken}");
        }
    }

    proptest! {
        /// Whatever stands around it, a passcode never gets weaker by more of what can't be guessed.
        #[test]
        fn more_unguessable_words_never_hurt(word in "[bcdfgjkmpqvxz]{18,24}", head in "[a-z0-9 ]{0,12}") {
            prop_assert_eq!(check(&format!("{head} {word}"), &ABOUT), Ok(()));
        }

        /// Any text has an answer, quickly.
        #[test]
        fn any_text_has_an_answer(text in "\\PC{0,220}") {
            let _ = check(&text, &ABOUT);
        }
    }
}
