//! The form in which values are compared: without case, accents, punctuation and the usual ways of writing.

use crate::schema::Kind;
use liaison_domain::name::{Words, email_key, fold_into};

/// Words that say what form a company has, not which it is.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pllc",
    "pty",
    "sa",
    "sarl",
    "se",
    "spa",
    "srl",
];

/// Long and short forms of words in addresses; the short one stands.
const STREET_WORDS: &[(&str, &str)] = &[
    ("apartment", "apt"),
    ("apmnt", "apt"),
    ("avenue", "av"),
    ("ave", "av"),
    ("boulevard", "blvd"),
    ("building", "bldg"),
    ("circle", "cir"),
    ("circuit", "cct"),
    ("close", "cl"),
    ("court", "ct"),
    ("crescent", "cr"),
    ("cres", "cr"),
    ("drive", "dr"),
    ("east", "e"),
    ("floor", "fl"),
    ("highway", "hwy"),
    ("lane", "ln"),
    ("mount", "mt"),
    ("north", "n"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("parade", "pde"),
    ("parkway", "pkwy"),
    ("place", "pl"),
    ("plaza", "plz"),
    ("road", "rd"),
    ("room", "rm"),
    ("saint", "st"),
    ("south", "s"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("square", "sq"),
    ("strasse", "str"),
    ("street", "st"),
    ("suite", "ste"),
    ("terrace", "tce"),
    ("west", "w"),
];

/// States and provinces of North America and Australia; the code stands.
const REGIONS: &[(&str, &str)] = &[
    ("alabama", "al"),
    ("alaska", "ak"),
    ("arizona", "az"),
    ("arkansas", "ar"),
    ("california", "ca"),
    ("colorado", "co"),
    ("connecticut", "ct"),
    ("delaware", "de"),
    ("district of columbia", "dc"),
    ("florida", "fl"),
    ("georgia", "ga"),
    ("hawaii", "hi"),
    ("idaho", "id"),
    ("illinois", "il"),
    ("indiana", "in"),
    ("iowa", "ia"),
    ("kansas", "ks"),
    ("kentucky", "ky"),
    ("louisiana", "la"),
    ("maine", "me"),
    ("maryland", "md"),
    ("massachusetts", "ma"),
    ("michigan", "mi"),
    ("minnesota", "mn"),
    ("mississippi", "ms"),
    ("missouri", "mo"),
    ("montana", "mt"),
    ("nebraska", "ne"),
    ("nevada", "nv"),
    ("new hampshire", "nh"),
    ("new jersey", "nj"),
    ("new mexico", "nm"),
    ("new york", "ny"),
    ("north carolina", "nc"),
    ("north dakota", "nd"),
    ("ohio", "oh"),
    ("oklahoma", "ok"),
    ("oregon", "or"),
    ("pennsylvania", "pa"),
    ("rhode island", "ri"),
    ("south carolina", "sc"),
    ("south dakota", "sd"),
    ("tennessee", "tn"),
    ("texas", "tx"),
    ("utah", "ut"),
    ("vermont", "vt"),
    ("virginia", "va"),
    ("washington", "wa"),
    ("west virginia", "wv"),
    ("wisconsin", "wi"),
    ("wyoming", "wy"),
    ("alberta", "ab"),
    ("british columbia", "bc"),
    ("manitoba", "mb"),
    ("new brunswick", "nb"),
    ("nova scotia", "ns"),
    ("ontario", "on"),
    ("quebec", "qc"),
    ("saskatchewan", "sk"),
    ("new south wales", "nsw"),
    ("queensland", "qld"),
    ("tasmania", "tas"),
    ("victoria", "vic"),
    ("united states", "us"),
    ("united states of america", "us"),
    ("usa", "us"),
    ("united kingdom", "uk"),
    ("great britain", "uk"),
];

/// What stands before a name without being it.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir"];

/// What tells generations of one name apart, with the form that is compared.
const GENERATIONS: &[(&str, &str)] = &[
    ("jr", "jr"),
    ("junior", "jr"),
    ("sr", "sr"),
    ("senior", "sr"),
    ("ii", "ii"),
    ("2nd", "ii"),
    ("iii", "iii"),
    ("3rd", "iii"),
    ("iv", "iv"),
    ("4th", "iv"),
];

/// The generations that stand at the end of a family name; Junior and Senior are family names, too.
const ENDINGS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// What stands after a name without being it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq"];

/// Writes the form of `value` that is compared to `out`, which is emptied first. Nothing is left of a blank value.
pub(crate) fn normalise(kind: Kind, value: &str, out: &mut String, scratch: &mut String) {
    out.clear();
    match kind {
        Kind::GivenName | Kind::FamilyName => {
            fold_name(value, scratch);
            for word in words(scratch) {
                push_word(out, word);
            }
            // "King Jr." is of the family King.
            if let Some((family, last)) = out.rsplit_once(' ')
                && kind == Kind::FamilyName
                && ENDINGS.contains(&last)
            {
                out.truncate(family.len());
            }
        }
        Kind::Generation => {
            plain(value, scratch);
            let found = words(scratch).find_map(|word| GENERATIONS.iter().find(|(written, _)| *written == word));
            out.push_str(found.map_or("", |(_, generation)| generation));
        }
        Kind::PersonName => person(value, out, scratch),
        Kind::Organization => organization(value, out, scratch),
        Kind::Email => {
            let address = value.trim().trim_start_matches("mailto:");
            out.push_str(&email_key(address));
        }
        Kind::Phone => phone(value, out),
        Kind::Street => mapped(value, STREET_WORDS, out, scratch),
        Kind::City => mapped(value, &[("saint", "st"), ("mount", "mt"), ("fort", "ft")], out, scratch),
        Kind::Region => {
            plain(value, scratch);
            let code = REGIONS.iter().find(|(long, _)| long == scratch).map_or(scratch.as_str(), |(_, code)| code);
            out.push_str(code);
        }
        Kind::PostalCode | Kind::Identifier => {
            scratch.clear();
            fold_into(value, scratch);
            out.extend(scratch.chars().filter(|c| c.is_alphanumeric()));
        }
        Kind::Date => date(value, out),
        Kind::Text => {
            scratch.clear();
            fold_into(value, scratch);
            for word in Words::new(scratch) {
                push_word(out, word);
            }
        }
    }
}

fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Folded, with the apostrophes gone: O'Neal is Oneal.
fn fold_name(value: &str, scratch: &mut String) {
    scratch.clear();
    fold_into(value, scratch);
    if scratch.contains(['\'', '’', '`', 'ʻ']) {
        scratch.retain(|c| !matches!(c, '\'' | '’' | '`' | 'ʻ'));
    }
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    Words::new(folded)
}

fn plain(value: &str, out: &mut String) {
    let mut folded = String::with_capacity(value.len());
    fold_into(value, &mut folded);
    out.clear();
    for word in Words::new(&folded) {
        push_word(out, word);
    }
}

/// Given names first, without titles; "Family, Given" is turned round.
fn person(value: &str, out: &mut String, scratch: &mut String) {
    let (family, given) = value.split_once(',').unwrap_or(("", value));
    let turned = SUFFIXES.contains(&given.trim().trim_end_matches('.').to_lowercase().as_str());
    for part in if turned { [family, ""] } else { [given, family] } {
        fold_name(part, scratch);
        for word in words(scratch).filter(|word| !TITLES.contains(word) && !SUFFIXES.contains(word)) {
            push_word(out, word);
        }
    }
}

fn organization(value: &str, out: &mut String, scratch: &mut String) {
    fold_name(value, scratch);
    let all: Vec<&str> = words(scratch).collect();
    let core = all.iter().filter(|word| !LEGAL_FORMS.contains(word) && !matches!(**word, "the" | "and"));
    for word in core {
        push_word(out, word);
    }
    if out.is_empty() {
        all.iter().for_each(|word| push_word(out, word));
    }
}

/// The digits without an extension, an international prefix or a leading zero.
fn phone(value: &str, out: &mut String) {
    let end = value.char_indices().find(|(at, c)| *at > 0 && c.is_alphabetic()).map_or(value.len(), |(at, _)| at);
    out.extend(value[..end].chars().filter(char::is_ascii_digit));
    if out.len() < 5 {
        out.clear();
        return;
    }
    let kept = out.trim_start_matches('0');
    let kept = if kept.len() == 11 { kept.strip_prefix('1').unwrap_or(kept) } else { kept };
    let drop = out.len() - kept.len();
    out.drain(..drop);
}

fn mapped(value: &str, map: &[(&str, &str)], out: &mut String, scratch: &mut String) {
    fold_name(value, scratch);
    for word in words(scratch) {
        push_word(out, map.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short));
    }
}

/// `yyyymmdd` where day, month and year can be told; otherwise the digits as they are.
fn date(value: &str, out: &mut String) {
    let parts: Vec<&str> = value.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    if parts.len() >= 3 && parts[0].len() == 4 {
        out.push_str(&format!("{:04}{:02}{:02}", number(0), number(1), number(2)));
    } else if parts.len() == 3 && parts[2].len() == 4 {
        // Slashes are read the American way unless that cannot be; full stops the European way.
        let european = (value.contains('.') && number(1) <= 12) || number(0) > 12;
        let (day, month) = if european { (number(0), number(1)) } else { (number(1), number(0)) };
        out.push_str(&format!("{:04}{month:02}{day:02}", number(2)));
    } else {
        out.extend(value.chars().filter(char::is_ascii_digit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: Kind, value: &str) -> String {
        let (mut out, mut scratch) = (String::new(), String::new());
        normalise(kind, value, &mut out, &mut scratch);
        out
    }

    #[test]
    fn the_ways_of_writing_meet() {
        assert_eq!(form(Kind::FamilyName, "O’Neal-Ångström"), "oneal angstrom");
        assert_eq!(form(Kind::FamilyName, "King, Jr."), "king");
        assert_eq!(form(Kind::FamilyName, "Junior"), "junior");
        assert_eq!((form(Kind::Generation, "Junior"), form(Kind::Generation, "PhD")), ("jr".into(), "".into()));
        assert_eq!(form(Kind::PersonName, "Reyes, Dr. Dana"), "dana reyes");
        assert_eq!(form(Kind::PersonName, "Dana Reyes, Jr."), "dana reyes");
        assert_eq!(form(Kind::Organization, "The Acme Robotics Co., Inc."), "acme robotics");
        assert_eq!(form(Kind::Organization, "Company"), "company");
        assert_eq!(form(Kind::Phone, "+1 (212) 555-0101 ext. 7"), "2125550101");
        assert_eq!(form(Kind::Phone, "001 212 555 0101"), "2125550101");
        assert_eq!(form(Kind::Phone, "n/a"), "");
        assert_eq!(form(Kind::Street, "5 North Harbor Street"), "5 n harbor st");
        assert_eq!(form(Kind::Region, "New  York"), "ny");
        assert_eq!(form(Kind::Date, "31.12.2001"), "20011231");
        assert_eq!(form(Kind::Date, "12/31/2001"), "20011231");
        assert_eq!(form(Kind::Date, "2001-12-31T00:00"), "20011231");
        assert_eq!(form(Kind::Email, " Dana@Acme.example "), "dana@acme.example");
    }
}
