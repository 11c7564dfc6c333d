//! Labels: which are the same, and lists of them with more, with fewer, and renamed.

use crate::name::fold;
use std::collections::HashSet;

pub use liaison_records::label::*;

/// Whether two labels are one: case and accents do not count.
pub fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

fn folded(labels: &[String]) -> HashSet<String> {
    labels.iter().map(|label| fold(label)).collect()
}

/// These labels and the `more` that are not among them.
pub fn with(have: &[String], more: &[String]) -> Vec<String> {
    let mut known = folded(have);
    have.iter().chain(more.iter().filter(|label| known.insert(fold(label)))).cloned().collect()
}

/// These labels without `less`.
pub fn without(have: &[String], less: &[String]) -> Vec<String> {
    let less = folded(less);
    have.iter().filter(|label| !less.contains(&fold(label))).cloned().collect()
}

/// These labels with `from` called `to` from now on, or taken away where `to` is `None`; each stands once.
pub fn renamed(have: &[String], from: &str, to: Option<&str>) -> Vec<String> {
    let (from, to) = (fold(from), to.map(|to| (to, fold(to))));
    let (mut all, mut known) = (Vec::with_capacity(have.len()), HashSet::with_capacity(have.len()));
    for label in have {
        let key = fold(label);
        let (label, key) = match &to {
            // Another way to write the new name becomes the new name, too: the two are merged.
            Some((to, to_key)) if key == from || key == *to_key => (*to, to_key.clone()),
            None if key == from => continue,
            _ => (label.as_str(), key),
        };
        if known.insert(key) {
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

    /// With a look through the whole list for each label these would take hours.
    #[test]
    fn labels_are_compared_in_time_that_grows_with_their_number() {
        let (have, more): (Vec<String>, Vec<String>) = (0..300_000).map(|n| (format!("A{n}"), format!("B{n}"))).unzip();
        assert_eq!(with(&have, &more).len(), 600_000);
        assert_eq!(without(&have, &more), have);
        assert_eq!(renamed(&have, "a7", Some("C")).len(), 300_000);
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
