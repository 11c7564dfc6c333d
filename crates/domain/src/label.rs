//! Labels: the short words the desk sorts contacts and employers by, as they are offered. Records hold the words.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::name::fold;

/// The tints a label can have.
pub const COLORS: &[&str] = &["grey", "blue", "teal", "green", "amber", "orange", "red", "pink", "purple"];

fields! {
    /// The word.
    NAME = Field::new(3, "name", "Label", Group::Name, FieldType::Text { max: 60 }).required();
    /// Its tint.
    COLOR = Field::new(4, "color", "Color", Group::Name, FieldType::Choice { choices: COLORS });
    /// When to use it.
    DESCRIPTION = Field::text(5, "description", "Description", Group::About);
}

/// Whether two labels are one: case and accents do not count.
pub fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// These labels and the `more` that are not among them.
pub fn with(have: &[String], more: &[String]) -> Vec<String> {
    let mut all = have.to_vec();
    for label in more {
        if !all.iter().any(|one| same(one, label)) {
            all.push(label.clone());
        }
    }
    all
}

/// These labels without `less`.
pub fn without(have: &[String], less: &[String]) -> Vec<String> {
    have.iter().filter(|label| !less.iter().any(|one| same(one, label))).cloned().collect()
}

/// These labels with `from` called `to` from now on, or taken away where `to` is `None`; each stands once.
pub fn renamed(have: &[String], from: &str, to: Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(have.len());
    for label in have {
        let label = match to {
            // Another way to write the new name becomes the new name, too: the two are merged.
            Some(to) if same(label, from) || same(label, to) => to,
            None if same(label, from) => continue,
            _ => label,
        };
        if !all.iter().any(|one| same(one, label)) {
            all.push(label.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-dA-D]{1,2}", 0..6).prop_map(|labels| with(&[], &labels))
    }

    proptest! {
        /// A renamed label is gone, each stands once, and whoever did not have it keeps what they had.
        #[test]
        fn renaming(have in labels(), from in "[a-d]{1,2}", to in prop::option::of("[a-d]{1,2}")) {
            let after = renamed(&have, &from, to.as_deref());
            prop_assert_eq!(with(&[], &after), after.clone(), "each once");
            if to.as_deref() != Some(from.as_str()) {
                prop_assert!(!after.iter().any(|label| same(label, &from)));
            }
            prop_assert_eq!(renamed(&after, &from, to.as_deref()), after.clone(), "twice is once");
            if let Some(to) = &to {
                let had = have.iter().any(|label| same(label, &from) || same(label, to));
                prop_assert_eq!(after.contains(to), had);
            }
        }

        /// What was added is there, what was taken away is not, and the rest stays in its order.
        #[test]
        fn adding_and_taking_away(have in labels(), change in labels()) {
            let more = with(&have, &change);
            prop_assert_eq!(&more[..have.len()], &have[..]);
            prop_assert!(change.iter().all(|label| more.iter().any(|one| same(one, label))));
            let less = without(&more, &change);
            prop_assert_eq!(&less, &without(&have, &change));
            prop_assert!(!less.iter().any(|label| change.iter().any(|one| same(one, label))));
        }
    }
}
