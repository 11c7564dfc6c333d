//! Whether a row and a contact that share an address are one person.

use liaison_domain::name::person_name;
use liaison_domain::{FieldChange, Record, contact};
use liaison_matching::{Kind, Level, level};

/// A person's name, as far as it tells people apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    first: String,
    preferred: String,
    last: String,
}

impl Name {
    /// The name of a contact, or of a row.
    pub fn of(record: &Record) -> Name {
        let text = |field| record.text(field).to_owned();
        Name {
            first: text(&contact::FIRST_NAME),
            preferred: text(&contact::PREFERRED_NAME),
            last: text(&contact::LAST_NAME),
        }
    }

    /// The name after these changes.
    pub fn after(mut self, changes: &[FieldChange]) -> Name {
        let parts = [
            (&contact::FIRST_NAME, &mut self.first),
            (&contact::PREFERRED_NAME, &mut self.preferred),
            (&contact::LAST_NAME, &mut self.last),
        ];
        for (field, part) in parts {
            if let Some(change) = changes.iter().find(|change| change.field == field.number) {
                *part = change.after.as_text().to_owned();
            }
        }
        self
    }

    fn given_level(&self, other: &Name) -> Level {
        let given = |name: &Name| [name.first.clone(), name.preferred.clone()];
        let pairs = given(self).into_iter().flat_map(|one| given(other).map(|two| (one.clone(), two)));
        pairs.map(|(one, two)| level(Kind::GivenName, &one, &two)).min().unwrap_or(Level::Missing)
    }

    /// Whether first and last name are both others: then it is hardly the same person, whatever address they share. A
    /// person who married, a nickname or a slip of a key is no other.
    pub fn is_other(&self, name: &Name) -> bool {
        self.given_level(name) == Level::Different
            && level(Kind::FamilyName, &self.last, &name.last) == Level::Different
    }

    /// Whether first and last name are the same, or as good as.
    pub fn is_same(&self, name: &Name) -> bool {
        self.given_level(name) <= Level::Strong && level(Kind::FamilyName, &self.last, &name.last) <= Level::Strong
    }

    /// As it is shown.
    pub fn shown(&self) -> String {
        person_name(&self.first, &self.preferred, &self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(first: &str, last: &str) -> Name {
        Name { first: first.into(), preferred: String::new(), last: last.into() }
    }

    #[test]
    fn another_first_and_last_name_is_another_person() {
        for (one, other, expected) in [
            (name("Ann", "Lee"), name("Bob", "Ray"), true),
            (name("Ann", "Lee"), name("ANN", "Ray"), false),
            (name("William", "Hart"), name("Bill", "Ray"), false),
            (name("Jörg", "Müller"), name("Joerg", "Mueller"), false),
            (name("Ann", "Lee"), name("Bob", ""), false),
            (name("Ann", "Lee"), name("", ""), false),
            (name("Ana", "Duarte"), name("Anna", "Duarrte"), false),
            (name("Sarah", "Smith-Jones"), name("Sally", "Jones"), false),
        ] {
            assert_eq!(one.is_other(&other), expected, "{one:?} {other:?}");
            assert_eq!(other.is_other(&one), expected, "{other:?} {one:?}");
        }
        let mut robert = name("Robert", "King");
        robert.preferred = "Ray".into();
        assert!(!robert.is_other(&name("Ray", "Koenig")), "by the name they go by");
    }

    #[test]
    fn the_same_name_is_told_through_its_spellings() {
        assert!(name("José", "Núñez").is_same(&name("Jose", "Nunez")));
        assert!(!name("Ann", "Lee").is_same(&name("Ann", "Ray")));
        assert!(!name("Ann", "Lee").is_same(&name("Ann", "")));
    }
}
