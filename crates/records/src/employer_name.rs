//! Names of employers as files have them: which mean the same employer, and which mean none.

use crate::name::fold;

/// What names of employers are matched by: as [`organization_key`](crate::name::organization_key), but a plus or a
/// number sign that ends a word is a part of it. C++ Systems, C# Systems and C Systems are three employers.
pub fn employer_match_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let tail = &rest[start..];
        let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let signs = tail[end..].find(|c| c != '+' && c != '#').unwrap_or(tail.len() - end);
        // "Smith+Jones" are two words.
        let joins = tail[end + signs..].starts_with(char::is_alphanumeric);
        let end = if joins { end } else { end + signs };
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&tail[..end]);
        rest = &tail[end..];
    }
    key
}

/// What people write where there is no employer, folded and without what isn't a letter.
const NONE: [&str; 12] = [
    "na",
    "nil",
    "none",
    "null",
    "noemployer",
    "nocompany",
    "notapplicable",
    "notavailable",
    "tba",
    "tbd",
    "unknown",
    "unemployed",
];

/// Whether a cell for the employer says that there is none: "n/a", "-", "None", "#N/A".
pub fn is_no_employer(name: &str) -> bool {
    let folded = fold(name);
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.is_empty() || NONE.contains(&letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::organization_key;
    use proptest::prelude::*;

    #[test]
    fn signs_that_end_a_word_tell_employers_apart() {
        let keys = ["C++ Systems", "C# Systems", "C Systems"].map(employer_match_key);
        assert_eq!(keys, ["c++ systems", "c# systems", "c systems"]);
        assert_eq!(employer_match_key("Acme, Inc."), employer_match_key("ACME  Inc"));
        assert_eq!(employer_match_key("Smith+Jones"), employer_match_key("Smith & Jones"));
        assert_eq!(employer_match_key("#1 Staffing"), "1 staffing");
        assert_eq!(employer_match_key("Müller GmbH"), employer_match_key("Muller GmbH"));
    }

    #[test]
    fn ways_to_say_that_there_is_no_employer() {
        for none in ["n/a", "N/A", "NA", "n.a.", "-", "--", "none", "#N/A", "TBD", "Not applicable", "...", ""] {
            assert!(is_no_employer(none), "{none}");
        }
        for some in ["Self-employed", "NASA", "Nonesuch Press", "3M", "李", "Unknown Worlds"] {
            assert!(!is_no_employer(some), "{some}");
        }
    }

    proptest! {
        /// Whoever is matched has the same stored key, by which employers are looked up first.
        #[test]
        fn a_match_has_the_key_of_the_name(a in "[a-cA-C+#&é, ]{0,10}", b in "[a-cA-C+#&é, ]{0,10}") {
            if employer_match_key(&a) == employer_match_key(&b) {
                prop_assert_eq!(organization_key(&a), organization_key(&b));
            }
        }
    }
}
