//! Reading the word lists in `data/`, which are part of the program.

use std::collections::BTreeMap;

/// The lines of a list, without blank ones and comments.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Lines `name = item, item, …` by name.
pub(crate) fn named(text: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    lines(text)
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, items)| (name, items.split(", ").collect()))
        .collect()
}

/// The list called `name`; the lists are compiled in, so a missing one is a slip of ours that the tests meet at once.
pub(crate) fn list(lists: &BTreeMap<&'static str, Vec<&'static str>>, name: &str) -> Vec<&'static str> {
    lists.get(name).cloned().unwrap_or_else(|| panic!("no list {name} in data/"))
}

/// `William>Will` is William, and Will for short.
pub(crate) fn pair(item: &'static str) -> (&'static str, Option<&'static str>) {
    item.split_once('>').map_or((item, None), |(name, other)| (name, Some(other)))
}

/// Cells of a line `a|b|c`; a missing cell is blank.
pub(crate) fn cells<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut parts = line.split('|');
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// The running sums of weights, for [`crate::random::Random::by_sums`].
pub(crate) fn sums(weights: impl Iterator<Item = u64>) -> Vec<u64> {
    weights
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}
