//! Names, pronouns, and the plain letters of a name that fit an e-mail address.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lists::{lines, list, named, pair};
use crate::random::{Random, Stream};

type Name = (&'static str, Option<&'static str>);

struct Culture {
    women: Vec<Name>,
    men: Vec<Name>,
    family: Vec<&'static str>,
    /// Two family names in a row are the rule rather than a choice.
    two_families: bool,
}

/// Share of each culture among all contacts, in thousandths: a mostly American directory with people from everywhere.
const CULTURES: [(&str, u64); 13] = [
    ("us", 540),
    ("hispanic", 125),
    ("chinese", 55),
    ("south_asian", 75),
    ("korean", 25),
    ("japanese", 20),
    ("vietnamese", 22),
    ("african", 30),
    ("middle_eastern", 28),
    ("germanic", 28),
    ("romance", 24),
    ("slavic", 18),
    ("pacific", 10),
];

struct Names {
    cultures: Vec<Culture>,
    native: Vec<(Name, Name)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lists = named(include_str!("../data/names.txt"));
    let culture = |name: &str| Culture {
        women: list(&lists, &format!("{name}.women")).into_iter().map(pair).collect(),
        men: list(&lists, &format!("{name}.men")).into_iter().map(pair).collect(),
        family: list(&lists, &format!("{name}.family")),
        two_families: name == "hispanic",
    };
    Names {
        cultures: CULTURES.iter().map(|(name, _)| culture(name)).collect(),
        native: lines(include_str!("../data/native_names.txt"))
            .filter_map(|line| line.split_once(", "))
            .map(|(given, family)| (pair(given), pair(family)))
            .collect(),
    }
});

const CULTURE_WEIGHTS: [u64; 13] = {
    let mut weights = [0; 13];
    let mut index = 0;
    while index < weights.len() {
        weights[index] = CULTURES[index].1;
        index += 1;
    }
    weights
};

/// A person's name, before they work anywhere.
pub(crate) struct Person {
    pub prefix: Option<&'static str>,
    pub first: &'static str,
    pub middle: Option<Cow<'static, str>>,
    pub last: Cow<'static, str>,
    pub suffix: Option<&'static str>,
    /// What the person is called when it isn't the first name.
    pub preferred: Option<&'static str>,
    pub pronouns: Option<&'static str>,
    /// First and last name in plain small letters, for an address.
    pub plain_first: String,
    pub plain_last: String,
    /// A usual short form of the first name, whether or not the person uses it.
    pub short: Option<&'static str>,
}

impl Person {
    /// The person with this number. Always the same one for a seed.
    pub fn of(seed: u64, index: usize) -> Self {
        let random = &mut Random::of(seed, Stream::Person, index);
        if random.chance(6) { Self::in_own_script(random) } else { Self::in_latin_script(random) }
    }

    fn in_own_script(random: &mut Random) -> Self {
        let ((first, plain_first), (last, plain_last)) = random.pick(&NAMES.native);
        Person {
            prefix: None,
            first,
            middle: None,
            last: Cow::Borrowed(last),
            suffix: None,
            preferred: if random.chance(500) { plain_first } else { None },
            pronouns: None,
            plain_first: plain_letters(plain_first.unwrap_or(first)),
            plain_last: plain_letters(plain_last.unwrap_or(last)),
            short: None,
        }
    }

    fn in_latin_script(random: &mut Random) -> Self {
        let names = &*NAMES;
        let home = random.weighted(&CULTURE_WEIGHTS);
        let culture = &names.cultures[home];
        let woman = random.chance(540);
        // A tenth of the given names come from the surrounding country: Emily Nguyen, David Patel.
        let given = if random.chance(120) { &names.cultures[0] } else { culture };
        let given = if woman { &given.women } else { &given.men };
        let (first, short) = random.pick_early(given);
        let family = random.pick_early(&culture.family);
        let second = if culture.two_families && random.chance(160) {
            Some((random.pick_early(&culture.family), if random.chance(500) { " " } else { "-" }))
        } else if random.chance(if woman { 45 } else { 12 }) {
            let other = random.weighted(&CULTURE_WEIGHTS);
            Some((random.pick_early(&names.cultures[other].family), "-"))
        } else {
            None
        };
        let last = match second {
            Some((second, between)) if second != family => Cow::Owned([family, between, second].concat()),
            _ => Cow::Borrowed(family),
        };
        let middle = match random.below(100) {
            0..14 => {
                let letter = INITIALS[random.below(INITIALS.len() as u64) as usize];
                Some(Cow::Borrowed(letter))
            }
            14..22 => Some(Cow::Borrowed(random.pick_early(given).0)).filter(|middle| middle != first),
            _ => None,
        };
        let suffix = match random.below(1000) {
            0..6 if !woman => Some("Jr."),
            6..9 if !woman => Some("III"),
            9..25 => Some("PhD"),
            25..35 => Some("SHRM-CP"),
            35..43 => Some("P.E."),
            43..50 => Some("CPA"),
            50..55 => Some("Esq."),
            _ => None,
        };
        let prefix = match random.below(1000) {
            0..28 if suffix != Some("PhD") => Some("Dr."),
            28..34 => Some("Prof."),
            34..60 => Some(if woman { "Ms." } else { "Mr." }),
            60..63 => Some("Rev."),
            _ => None,
        };
        let pronouns = match random.below(1000) {
            0..330 => Some(if woman { "she/her" } else { "he/him" }),
            330..352 => Some("they/them"),
            352..362 => Some(if woman { "she/they" } else { "he/they" }),
            _ => None,
        };
        Person {
            prefix,
            first,
            middle,
            plain_first: plain_letters(first),
            plain_last: plain_letters(&last),
            last,
            suffix,
            preferred: if random.chance(380) { short } else { None },
            pronouns,
            short,
        }
    }
}

const INITIALS: [&str; 20] = [
    "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "J.", "K.", "L.", "M.", "N.", "O.", "P.", "R.", "S.", "T.", "V.",
    "W.",
];

/// The small letters a to z that stand for a name in an address: `Núñez` is `nunez`, `de la Cruz` is `delacruz`.
/// A hyphen stays; whatever has no letter here is left out.
pub(crate) fn plain_letters(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'a'..='z' => plain.push(letter),
            'A'..='Z' => plain.push(letter.to_ascii_lowercase()),
            '-' => plain.push('-'),
            _ if letter.is_ascii() => {}
            _ => plain.push_str(plain_letter(letter)),
        }
    }
    plain
}

fn plain_letter(letter: char) -> &'static str {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ă' | 'ą' | 'Á' | 'À' => "a",
        'ä' | 'æ' | 'Ä' => "ae",
        'å' | 'Å' => "a",
        'ç' | 'č' | 'ć' | 'Ç' | 'Č' => "c",
        'đ' | 'Đ' | 'ð' | 'ď' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'É' | 'È' => "e",
        'ğ' => "g",
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ó' | 'ò' | 'ô' | 'õ' | 'ő' | 'ō' | 'Ó' | 'Ō' => "o",
        'ö' | 'ø' | 'Ö' | 'Ø' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'Ș' | 'Š' | 'Ş' => "s",
        'ß' => "ss",
        'ț' | 'Ț' | 'ť' => "t",
        'ú' | 'ù' | 'û' | 'ű' | 'ů' | 'ư' | 'ứ' => "u",
        'ü' => "ue",
        'ý' => "y",
        'ź' | 'ż' | 'ž' | 'Ž' | 'Ż' | 'Ź' => "z",
        'þ' | 'Þ' => "th",
        'ễ' | 'ệ' | 'ế' => "e",
        'ầ' | 'ấ' | 'ặ' | 'ả' => "a",
        'ơ' | 'ộ' | 'ố' | 'ọ' => "o",
        'ỳ' | 'ỹ' => "y",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name in the lists must keep a first and a last name in an address, with no letter lost on the way.
    #[test]
    fn every_name_has_plain_letters() {
        let names = &*NAMES;
        let latin = names.cultures.iter().flat_map(|culture| {
            culture.women.iter().chain(&culture.men).map(|name| name.0).chain(culture.family.iter().copied())
        });
        for name in latin {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            let plain = plain_letters(name).chars().filter(char::is_ascii_lowercase).count();
            assert!(plain >= letters && letters > 0, "{name} becomes {}", plain_letters(name));
        }
        for (given, family) in &names.native {
            for name in [given, family] {
                assert!(!plain_letters(name.1.expect("a romanised form")).is_empty(), "{}", name.0);
            }
        }
    }
}
