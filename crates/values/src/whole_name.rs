//! Whole names as people type them, with all that they add: pronouns, what somebody goes by, the firm, a cap and gown.

use crate::names::{FullName, split_full_name};

/// A whole name taken apart, with what stood beside it. Parts that are not there are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WholeName {
    /// The name itself. The whole text is its first name where it can't be taken apart, as with two people in one cell:
    /// without a last name it is asked for.
    pub name: FullName,
    /// "she/her".
    pub pronouns: String,
    /// The name the person goes by.
    pub preferred: String,
    /// What the person does: "Ann Lee - Recruiter".
    pub title: String,
    /// Where: "Ann Lee | Acme".
    pub employer: String,
    /// What else stood there, such as "née Cox".
    pub note: String,
    /// The text names several people or can't be taken apart: all of it is in [`FullName::first`].
    pub is_unclear: bool,
}

/// Takes a whole name apart. No word of it is lost.
#[must_use]
pub fn read_whole_name(text: &str) -> WholeName {
    let mut whole = WholeName::default();
    let plain = without_pictures(text);
    let Some(name) = aside(&plain, &mut whole) else { return unread(&plain) };
    let name = behind_a_line(&name, &mut whole);
    let name = pronouns_at_the_end(&name, &mut whole);
    if names_several(&name) {
        return unread(&plain);
    }
    whole.name = split_full_name(&name);
    whole
}

fn unread(text: &str) -> WholeName {
    let name = FullName { first: text.to_owned(), ..FullName::default() };
    WholeName { name, is_unclear: true, ..WholeName::default() }
}

/// The text without emoji and with single blanks.
fn without_pictures(text: &str) -> String {
    let is_picture = |c: char| {
        matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0020}'..='\u{e007f}' | '\u{20e3}' | '®' | '™' | '©')
    };
    // A joiner only joins pictures where one stands beside it; inside a word it belongs to its script.
    let characters: Vec<char> = text.chars().collect();
    let kept = characters.iter().enumerate().filter(|(at, c)| {
        let beside = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(|c| is_picture(*c));
        !is_picture(**c) && !(**c == '\u{200d}' && (beside(at.checked_sub(1)) || beside(Some(at + 1))))
    });
    let kept: String = kept.map(|(_, c)| *c).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes out what stands in brackets or in quotes. `None` where brackets do not close.
fn aside(text: &str, whole: &mut WholeName) -> Option<String> {
    const PAIRS: [(char, char); 7] =
        [('(', ')'), ('[', ']'), ('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
    let mut name = String::new();
    let mut rest = text;
    while let Some((at, open)) = rest.char_indices().find(|(at, c)| {
        // A quote begins a name only after a blank: "O‘Neil" has none.
        let starts = rest[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        PAIRS.iter().any(|(open, _)| open == c) && (starts || matches!(c, '(' | '['))
    }) {
        let close = PAIRS.iter().find(|(known, _)| *known == open).map_or(open, |(_, close)| *close);
        let inside = &rest[at + open.len_utf8()..];
        // An English quotation may be closed as a German one is opened.
        let end = inside.find(|c| c == close || (open == '“' && c == '"'))?;
        put_aside(inside[..end].trim(), !matches!(open, '(' | '['), whole);
        name.push_str(&rest[..at]);
        name.push(' ');
        let after = &inside[end..];
        rest = &after[after.chars().next().map_or(0, char::len_utf8)..];
    }
    name.push_str(rest);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
    Some(name.trim_end_matches(',').to_owned())
}

fn put_aside(text: &str, quoted: bool, whole: &mut WholeName) {
    let bare = text.trim_matches(|c: char| matches!(c, '"' | '“' | '”'));
    let is_name = bare.split_whitespace().count() == 1
        && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        && (quoted || bare.chars().next().is_some_and(char::is_uppercase))
        && (quoted || bare.chars().any(char::is_lowercase));
    if is_pronouns(bare) && whole.pronouns.is_empty() {
        bare.clone_into(&mut whole.pronouns);
    } else if (is_name || (quoted && !bare.is_empty())) && whole.preferred.is_empty() {
        bare.clone_into(&mut whole.preferred);
    } else {
        add_note(bare, whole);
    }
}

fn add_note(text: &str, whole: &mut WholeName) {
    if !text.is_empty() {
        whole.note += if whole.note.is_empty() { "" } else { "; " };
        whole.note += text;
    }
}

const PRONOUNS: [&str; 30] = [
    "she", "her", "hers", "he", "him", "his", "they", "them", "their", "theirs", "ze", "zir", "zirs", "hir", "hirs",
    "xe", "xem", "xyr", "ey", "em", "eir", "ella", "el", "él", "elle", "elles", "il", "sie", "er", "ihm",
];

fn is_pronouns(text: &str) -> bool {
    let words: Vec<String> = text.split(['/', ',']).map(|word| word.trim().to_lowercase()).collect();
    words.len() >= 2 && words.iter().all(|word| PRONOUNS.contains(&word.as_str()))
}

/// "Ann Lee, she/her" and "Ann Lee she/her".
fn pronouns_at_the_end(name: &str, whole: &mut WholeName) -> String {
    if let Some((front, last)) = name.rsplit_once([' ', ','])
        && last.contains('/')
        && is_pronouns(last)
        && whole.pronouns.is_empty()
    {
        last.clone_into(&mut whole.pronouns);
        return front.trim().trim_end_matches(',').to_owned();
    }
    name.to_owned()
}

/// Words that say what somebody does.
const WORK: [&str; 34] = [
    "recruiter",
    "recruiting",
    "recruitment",
    "manager",
    "director",
    "engineer",
    "coordinator",
    "specialist",
    "lead",
    "head",
    "president",
    "partner",
    "hr",
    "talent",
    "officer",
    "assistant",
    "associate",
    "consultant",
    "analyst",
    "ceo",
    "cto",
    "cfo",
    "founder",
    "owner",
    "advisor",
    "adviser",
    "professor",
    "dean",
    "developer",
    "generalist",
    "sales",
    "vp",
    "acquisition",
    "campus",
];

/// What follows a dash, a bar or an at sign: what somebody does, or where.
fn behind_a_line(name: &str, whole: &mut WholeName) -> String {
    let marks = [" - ", " – ", " — ", " | ", " @ ", " · ", " • "];
    let Some((at, mark)) = marks.iter().filter_map(|mark| Some((name.find(mark)?, *mark))).min() else {
        return name.to_owned();
    };
    for part in name[at + mark.len()..].split(['|', '•', '·']).flat_map(|part| part.split(" - ")) {
        let part = part.trim();
        let is_work =
            part.split(|c: char| !c.is_alphanumeric()).any(|word| WORK.contains(&word.to_lowercase().as_str()));
        let place = if is_work { &mut whole.title } else { &mut whole.employer };
        if place.is_empty() {
            part.clone_into(place);
        } else {
            add_note(part, whole);
        }
    }
    name[..at].trim().to_owned()
}

/// Whether a text names more than one person.
fn names_several(name: &str) -> bool {
    let words = || name.split_whitespace();
    let joined = words().any(|word| ["&", "and", "und", "et", "+"].contains(&word.to_lowercase().as_str()));
    let slashed = name.contains('/');
    let listed = name.contains(';');
    (joined || slashed || listed) && words().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prefix, first, middle, last, suffix; then preferred name and pronouns.
    fn read(text: &str) -> [String; 7] {
        let whole = read_whole_name(text);
        let FullName { prefix, first, middle, last, suffix } = whole.name;
        [prefix, first, middle, last, suffix, whole.preferred, whole.pronouns]
    }

    #[test]
    fn names_with_what_people_add() {
        let cases: &[(&str, [&str; 7])] = &[
            ("Ann Lee (she/her)", ["", "Ann", "", "Lee", "", "", "she/her"]),
            ("Ann Lee, she/her", ["", "Ann", "", "Lee", "", "", "she/her"]),
            ("Ann Lee [they/them/theirs]", ["", "Ann", "", "Lee", "", "", "they/them/theirs"]),
            ("Barbara Loy (née Cox)", ["", "Barbara", "", "Loy", "", "", ""]),
            ("Dr. rer. nat. Karl Vogel", ["Dr. rer. nat.", "Karl", "", "Vogel", "", "", ""]),
            ("Hardie Leannon V", ["", "Hardie", "", "Leannon", "V", "", ""]),
            ("Mr. and Mrs. Sam Poe", ["", "Mr. and Mrs. Sam Poe", "", "", "", "", ""]),
            ("George Herman “Babe” Ruth", ["", "George", "Herman", "Ruth", "", "Babe", ""]),
            ("SMITH, JOHN", ["", "JOHN", "", "SMITH", "", "", ""]),
            ("María José García López", ["", "María José", "", "García López", "", "", ""]),
            ("Nguyễn Văn An", ["", "An", "Văn", "Nguyễn", "", "", ""]),
            ("Ann Lee, SHRM-CP", ["", "Ann", "", "Lee", "SHRM-CP", "", ""]),
            ("Jean-Luc Van Damme", ["", "Jean-Luc", "", "Van Damme", "", "", ""]),
            ("Ann Lee 🎓", ["", "Ann", "", "Lee", "", "", ""]),
            ("Ann Lee 👩‍💻", ["", "Ann", "", "Lee", "", "", ""]),
            ("محمد بن سلمان", ["", "محمد", "", "بن سلمان", "", "", ""]),
            ("田中 一郎", ["", "一郎", "", "田中", "", "", ""]),
            ("Robert Downey, Jr., PhD", ["", "Robert", "", "Downey", "Jr., PhD", "", ""]),
            ("Ann  Q.  Lee", ["", "Ann", "Q.", "Lee", "", "", ""]),
            ("Van Nguyen", ["", "Van", "", "Nguyen", "", "", ""]),
            ("Ann Lee/Bob Ray", ["", "Ann Lee/Bob Ray", "", "", "", "", ""]),
            ("John & Jane Poe", ["", "John & Jane Poe", "", "", "", "", ""]),
            ("Dipl.-Ing. Uwe Beck", ["Dipl.-Ing.", "Uwe", "", "Beck", "", "", ""]),
            ("Ann \"Annie\" Lee", ["", "Ann", "", "Lee", "", "Annie", ""]),
            ("Robert (Bob) Smith", ["", "Robert", "", "Smith", "", "Bob", ""]),
            ("Leonardo da Vinci", ["", "Leonardo", "", "da Vinci", "", "", ""]),
            ("Lorenzo de' Medici", ["", "Lorenzo", "", "de' Medici", "", "", ""]),
            ("Karl-Theodor zu Guttenberg", ["", "Karl-Theodor", "", "zu Guttenberg", "", "", ""]),
            ("José Ortega y Gasset", ["", "José", "", "Ortega y Gasset", "", "", ""]),
            ("Ana-Sofía", ["", "Ana-Sofía", "", "", "", "", ""]),
            ("Lee, Ann M.", ["", "Ann", "M.", "Lee", "", "", ""]),
            ("Lee, Ann (she/her)", ["", "Ann", "", "Lee", "", "", "she/her"]),
            ("Ann (Lee", ["", "Ann (Lee", "", "", "", "", ""]),
            ("Ann O’Neil", ["", "Ann", "", "O’Neil", "", "", ""]),
        ];
        for (text, expect) in cases {
            assert_eq!(read(text), *expect, "{text}");
        }
        assert_eq!(read_whole_name("Barbara Loy (née Cox)").note, "née Cox");
    }

    #[test]
    fn what_follows_a_line_is_work_or_a_firm() {
        let whole = read_whole_name("Ann Lee - Recruiter | Acme");
        assert_eq!((whole.title.as_str(), whole.employer.as_str()), ("Recruiter", "Acme"));
        assert_eq!((whole.name.first.as_str(), whole.name.last.as_str()), ("Ann", "Lee"));
        assert_eq!(read_whole_name("Ann Lee | Acme").employer, "Acme");
    }
}
