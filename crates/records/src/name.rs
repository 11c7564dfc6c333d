//! How names and addresses are compared, sorted and found.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lowercase without accents, so that "José" is found by "jose". Appends to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'đ' | 'Đ' => out.push('d'),
            'ı' => out.push('i'),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// Lowercase without accents; see [`fold_into`].
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The key people are sorted by: family name, then given name, folded. Never empty for a named person.
pub fn person_sort_key(first: &str, last: &str) -> String {
    let mut key = String::with_capacity(first.len() + last.len() + 1);
    fold_into(last, &mut key);
    // U+0001 sorts before every letter and space: "Li, Zoe" comes before "Li Bai, Anna".
    key.push('\u{1}');
    fold_into(first, &mut key);
    key
}

/// The key e-mail addresses are compared by (M45): case does not count, nor whether a domain is written in its own letters
/// or in those of the domain name system ("münchen.example", "xn--mnchen-3ya.example").
pub fn email_key(address: &str) -> String {
    let key: String = if address.is_ascii() {
        address.to_ascii_lowercase()
    } else {
        address.nfkc().flat_map(char::to_lowercase).collect()
    };
    match key.rsplit_once('@') {
        Some((local, domain)) if domain.split('.').any(|label| label.starts_with("xn--")) => {
            let (domain, valid) = idna::domain_to_unicode(domain);
            if valid.is_ok() { format!("{local}@{domain}") } else { key }
        }
        _ => key,
    }
}

/// The key organizations are compared by: folded, runs of anything but letters and digits as one space.
pub fn organization_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in Words::new(&fold(name)) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// A person's name as it is shown: given name (or the preferred one), then family name.
pub fn person_name(first: &str, preferred: &str, last: &str) -> String {
    let given = if preferred.is_empty() { first } else { preferred };
    match (given.is_empty(), last.is_empty()) {
        (false, false) => format!("{given} {last}"),
        (true, _) => last.to_owned(),
        (_, true) => given.to_owned(),
    }
}

/// The words of a folded text: runs of letters and digits.
pub struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    /// Splits a text that [`fold`] has been applied to.
    pub fn new(folded: &'a str) -> Words<'a> {
        Words { rest: folded }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let start = self.rest.find(char::is_alphanumeric)?;
        let tail = &self.rest[start..];
        let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        self.rest = &tail[end..];
        Some(&tail[..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_drops_case_and_accents() {
        assert_eq!(fold("José ÅNGSTRÖM"), "jose angstrom");
        assert_eq!(fold("Łukasz Straße"), "lukasz strasse");
        assert_eq!(fold("李 Wei"), "李 wei");
    }

    #[test]
    fn people_sort_by_family_name_first() {
        let mut keys =
            [person_sort_key("Anna", "Li Bai"), person_sort_key("Zoe", "Li"), person_sort_key("Bo", "Ángel")];
        keys.sort();
        assert_eq!(
            keys,
            [person_sort_key("Bo", "Angel"), person_sort_key("Zoe", "Li"), person_sort_key("Anna", "Li Bai")]
        );
    }

    #[test]
    fn a_domain_is_one_in_any_letters() {
        let keys = ["max@münchen.example", "max@xn--mnchen-3ya.example", "MAX@MÜNCHEN.EXAMPLE"].map(email_key);
        assert!(keys.iter().all(|key| key == "max@münchen.example"), "{keys:?}");
        assert_eq!(email_key("A@xn--.example"), "a@xn--.example", "no such domain");
    }

    #[test]
    fn organizations_compare_without_punctuation() {
        assert_eq!(organization_key("Acme, Inc."), organization_key("ACME  Inc"));
        assert_ne!(organization_key("Acme"), organization_key("Acme Labs"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn words_have_no_separators(text in ".{0,60}") {
            let folded = fold(&text);
            for word in Words::new(&folded) {
                prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric));
            }
        }
    }
}
