//! Which given names may be the same person's: William, Will, Bill.

use hashbrown::HashMap;
use std::sync::LazyLock;

/// Name to the lines of the table it stands on, in their order.
static LINES: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut lines: HashMap<&'static str, Vec<u16>> = HashMap::new();
    let table = include_str!("../data/nicknames.txt");
    for (number, line) in table.lines().filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split_whitespace() {
            lines.entry(name).or_default().push(number as u16);
        }
    }
    lines
});

/// The families of names that a folded given name belongs to; none for most names.
pub(crate) fn families(name: &str) -> &'static [u16] {
    LINES.get(name).map_or(&[], Vec::as_slice)
}

/// Whether two folded given names are usual forms of one name.
pub(crate) fn are_related(a: &str, b: &str) -> bool {
    let theirs = families(b);
    families(a).iter().any(|family| theirs.contains(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_belong_to_their_names() {
        assert!(are_related("william", "bill") && are_related("bob", "rob") && are_related("peggy", "margaret"));
        assert!(!are_related("william", "robert") && !are_related("xaver", "xaver"));
    }
}
