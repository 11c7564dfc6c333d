//! The parts of a person's whole name.

/// A whole name taken apart. Parts that the name does not have are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FullName {
    /// "Dr.", "Prof. Dr.", "Ms."
    pub prefix: String,
    /// The first given name; the whole name if it is a single word.
    pub first: String,
    /// Further given names and initials.
    pub middle: String,
    /// The family name with its particles: "de la Cruz", "van den Berg".
    pub last: String,
    /// "Jr.", "III", "PhD".
    pub suffix: String,
}

/// Forms of address and academic titles.
const PREFIXES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "messrs",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
    "reverend",
    "herr",
    "frau",
    "dipling",
    "dripling",
    "ing",
    "drmed",
    "mme",
    "mlle",
    "sra",
    "srta",
    "sigra",
    "dott",
    "dottssa",
    "mevr",
    "dhr",
];

/// Those that are names as well ("Don", "Hon"); they count with their full stop only.
const ABBREVIATED_PREFIXES: &[&str] = &["sr", "hr", "fr", "hon", "capt", "col", "lt", "sgt", "pr", "mag", "sig"];

const SUFFIXES: &[&str] = &["jr", "junior", "sr", "senior", "ii", "iii", "iv", "phd", "dphil", "esq", "esquire"];

/// Degrees and titles; some are family names too, so outside a comma they count in capitals only.
const DEGREES: &[&str] = &[
    "md", "mba", "jd", "cpa", "cfa", "pe", "rn", "dds", "edd", "ma", "msc", "bsc", "ba", "ms", "bs", "meng", "beng",
    "llm", "llb", "pmp", "shrmcp", "shrmscp", "phr", "sphr", "pharmd", "dvm", "obe", "mbe", "cbe",
];

/// Words that go on with an academic title before them: "Dr. rer. nat.", "Dr. med. dent.", "Prof. em.".
const TITLE_WORDS: &[&str] = &[
    "rer", "nat", "med", "dent", "vet", "phil", "jur", "iur", "ing", "oec", "pol", "theol", "habil", "hc", "h", "c",
    "em", "mult", "agr", "sc", "techn",
];

/// Roman numerals that end a name; "V" and "I" are initials where anything but a family name comes before.
const NUMERALS: &[&str] = &["v", "vi", "vii"];

/// Family names that come first in Vietnamese, where they stand with their accents.
const VIETNAMESE: &[&str] = &[
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý",
];

/// Second given names that are common in Spanish: with two of them before, two family names follow.
const SPANISH: &[&str] = &[
    "maría",
    "maria",
    "josé",
    "jose",
    "luis",
    "carlos",
    "antonio",
    "ángel",
    "manuel",
    "jesús",
    "isabel",
    "teresa",
    "carmen",
    "pilar",
    "fernanda",
    "juan",
    "ana",
    "miguel",
    "francisco",
    "javier",
    "alejandra",
    "alejandro",
    "eduardo",
    "elena",
];

/// Words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "dello", "degli", "dei", "di", "da", "das", "do", "dos", "du", "des", "d", "la", "las", "le",
    "les", "lo", "los", "van", "von", "vom", "zu", "zum", "zur", "der", "den", "ten", "ter", "te", "af", "av", "bin",
    "ibn", "bint", "al", "el", "abu", "st", "saint", "de'", "dall'", "dell'", "vd", "بن", "بنت",
];

/// A word without its full stops, commas and hyphens, in lower case.
fn bare(word: &str) -> String {
    let kept = word.chars().filter(|c| !matches!(c, '.' | ',' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.contains(&bare(word).as_str())
}

fn is_prefix(word: &str) -> bool {
    is_in(PREFIXES, word) || (word.ends_with('.') && is_in(ABBREVIATED_PREFIXES, word))
}

fn is_suffix(word: &str) -> bool {
    let in_capitals = word.contains('.') || !word.chars().any(char::is_lowercase);
    is_in(SUFFIXES, word) || (in_capitals && (is_in(DEGREES, word) || is_in(NUMERALS, word)))
}

/// Characters of scripts that put the family name first and use no spaces inside names.
fn is_east_asian(word: &str) -> bool {
    word.chars().all(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
    })
}

/// Takes a whole name apart: "Dr. Ana María de la Cruz Jr.", "Smith, John Paul", "山田 太郎". A guess, as any such
/// splitting is; a single word becomes the first name.
#[must_use]
pub fn split_full_name(name: &str) -> FullName {
    let mut parts = FullName::default();
    let mut pieces: Vec<&str> = name.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    // "John Smith, PhD, MBA": pieces that are nothing but suffixes.
    let mut suffixes: Vec<String> = Vec::new();
    while pieces.len() > 1 {
        let last = pieces[pieces.len() - 1];
        if !last.split_whitespace().all(|word| is_in(SUFFIXES, word) || is_in(DEGREES, word)) {
            break;
        }
        suffixes.insert(0, last.to_owned());
        pieces.pop();
    }
    let Some((&front, rest)) = pieces.split_first() else {
        return parts;
    };
    let mut words: Vec<&str> = front.split_whitespace().collect();
    if rest.is_empty() {
        take_prefixes(&mut words, &mut parts.prefix);
        take_suffixes(&mut words, &mut suffixes, 2);
        split_in_reading_order(&words, &mut parts);
    } else {
        // "Last, First Middle": prefixes may stand on either side.
        take_prefixes(&mut words, &mut parts.prefix);
        take_suffixes(&mut words, &mut suffixes, 1);
        parts.last = words.join(" ");
        let mut given: Vec<&str> = rest.iter().flat_map(|piece| piece.split_whitespace()).collect();
        take_prefixes(&mut given, &mut parts.prefix);
        take_suffixes(&mut given, &mut suffixes, 1);
        if let Some((first, middle)) = given.split_first() {
            parts.first = (*first).to_owned();
            parts.middle = middle.join(" ");
        }
    }
    parts.suffix = suffixes.join(", ");
    parts
}

fn take_prefixes(words: &mut Vec<&str>, prefix: &mut String) {
    while words.len() > 1 && is_prefix(words[0]) {
        if !prefix.is_empty() {
            prefix.push(' ');
        }
        prefix.push_str(words.remove(0));
        while words.len() > 1 && words[0].ends_with('.') && is_in(TITLE_WORDS, words[0]) {
            prefix.push(' ');
            prefix.push_str(words.remove(0));
        }
    }
}

/// Takes suffixes off the end as long as at least `keep` words stay.
fn take_suffixes(words: &mut Vec<&str>, suffixes: &mut Vec<String>, keep: usize) {
    while words.len() > keep && is_suffix(words[words.len() - 1]) {
        if let Some(word) = words.pop() {
            suffixes.insert(0, word.to_owned());
        }
    }
}

fn split_in_reading_order(words: &[&str], parts: &mut FullName) {
    match words {
        [] => {}
        [single] => parts.first = (*single).to_owned(),
        [family, given @ ..] if words.iter().all(|word| is_east_asian(word)) => {
            parts.last = (*family).to_owned();
            parts.first = given.join(" ");
        }
        [family, middle @ .., given] if is_vietnamese(family) => {
            parts.last = (*family).to_owned();
            parts.middle = middle.join(" ");
            parts.first = (*given).to_owned();
        }
        [first, second, family @ ..] if family.len() == 2 && is_spanish(first) && is_spanish(second) => {
            parts.first = format!("{first} {second}");
            parts.last = family.join(" ");
        }
        // "Ortega y Gasset": two family names that are one.
        [first, middle @ .., one, and, two] if ["y", "e", "i"].contains(and) => {
            parts.first = (*first).to_owned();
            parts.middle = middle.join(" ");
            parts.last = format!("{one} {and} {two}");
        }
        [first, others @ ..] => {
            // The family name begins at its first particle, else it is the last word. A particle at the very end is
            // no particle but a name.
            let particle = others[..others.len() - 1].iter().position(|word| is_in(PARTICLES, word));
            let split = particle.unwrap_or(others.len() - 1);
            parts.first = (*first).to_owned();
            parts.middle = others[..split].join(" ");
            parts.last = others[split..].join(" ");
        }
    }
}

fn is_vietnamese(word: &str) -> bool {
    VIETNAMESE.contains(&word.to_lowercase().as_str())
}

fn is_spanish(word: &str) -> bool {
    SPANISH.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(name: &str) -> [String; 5] {
        let parts = split_full_name(name);
        [parts.prefix, parts.first, parts.middle, parts.last, parts.suffix]
    }

    #[test]
    fn names_of_many_kinds() {
        let cases: &[(&str, [&str; 5])] = &[
            ("Ann Lee", ["", "Ann", "", "Lee", ""]),
            ("Dr. Ana María de la Cruz Jr.", ["Dr.", "Ana", "María", "de la Cruz", "Jr."]),
            ("Smith, John Paul", ["", "John", "Paul", "Smith", ""]),
            ("van den Berg, Dr. Anna", ["Dr.", "Anna", "", "van den Berg", ""]),
            ("Smith Jr., John", ["", "John", "", "Smith", "Jr."]),
            ("John Smith, PhD, MBA", ["", "John", "", "Smith", "PhD, MBA"]),
            ("John Q. Public III", ["", "John", "Q.", "Public", "III"]),
            ("Prof. Dr. Lotte Müller", ["Prof. Dr.", "Lotte", "", "Müller", ""]),
            ("Ludwig van Beethoven", ["", "Ludwig", "", "van Beethoven", ""]),
            ("Cher", ["", "Cher", "", "", ""]),
            ("Dr. Who", ["Dr.", "Who", "", "", ""]),
            ("Ma, Yo-Yo", ["", "Yo-Yo", "", "Ma", ""]),
            ("Jack Ma", ["", "Jack", "", "Ma", ""]),
            ("M. Night Shyamalan", ["", "M.", "Night", "Shyamalan", ""]),
            ("Don Johnson", ["", "Don", "", "Johnson", ""]),
            ("Sr. Juan Pérez MBA", ["Sr.", "Juan", "", "Pérez", "MBA"]),
            ("Thi Kim Ba", ["", "Thi", "Kim", "Ba", ""]),
            ("Patrick O'Neil-Garcia", ["", "Patrick", "", "O'Neil-Garcia", ""]),
            ("山田 太郎", ["", "太郎", "", "山田", ""]),
            ("김 민수", ["", "민수", "", "김", ""]),
            ("Анна Ивановна Каренина", ["", "Анна", "Ивановна", "Каренина", ""]),
            ("محمد بن سلمان", ["", "محمد", "", "بن سلمان", ""]),
            ("  ", ["", "", "", "", ""]),
            (",", ["", "", "", "", ""]),
            ("Jr.", ["", "Jr.", "", "", ""]),
        ];
        for (name, expect) in cases {
            assert_eq!(split(name), *expect, "{name}");
        }
    }

    #[test]
    fn no_word_is_lost() {
        for name in ["A B C D E F", "Dr. Dr. x y, z, PhD", "de la", "von, der", "Mr Mrs Ms", "a,b,c,d"] {
            let mut expect: Vec<&str> = name.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            let joined = split(name).join(" ").replace(',', " ");
            let mut found: Vec<&str> = joined.split_whitespace().collect();
            expect.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expect, "{name}");
        }
    }
}
