//! Sorting rows by small numbers.

use crate::column::Column;

/// From so many rows on they are sorted digit by digit.
pub(crate) const MANY: usize = 4096;
/// Bits of a digit.
const DIGIT: u32 = 11;

/// What rows are compared by in a column of texts.
pub(crate) fn name_key(column: &Column) -> impl Fn(u32) -> u64 + '_ {
    let parts = match column {
        Column::Texts { texts, codes, .. } => Some((codes, texts.places())),
        _ => None,
    };
    move |row| {
        let Some((codes, places)) = &parts else { return 0 };
        let Some(number) = codes.get(row as usize).checked_sub(1) else { return 0 };
        u64::from(places.as_ref().map_or(number, |places| places[number as usize]))
    }
}

/// The rows in the order of their keys; those with equal keys stay as they were.
pub(crate) fn sorted(rows: Vec<u32>, key: impl Fn(u32) -> u64) -> Vec<u32> {
    sorted_pairs(rows.into_iter().map(|row| (key(row), row)).collect())
}

/// As [`sorted`], of rows with their keys.
pub(crate) fn sorted_pairs(mut pairs: Vec<(u64, u32)>) -> Vec<u32> {
    if pairs.len() < MANY {
        pairs.sort_by_key(|(key, _)| *key);
        return pairs.into_iter().map(|(_, row)| row).collect();
    }
    let least = pairs.iter().map(|(key, _)| *key).min().unwrap_or(0);
    let most = pairs.iter().map(|(key, _)| *key - least).max().unwrap_or(0);
    let mut other = vec![(0, 0); pairs.len()];
    for shift in (0..u64::BITS - most.leading_zeros()).step_by(DIGIT as usize) {
        let digit = |key: u64| ((key - least) >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = vec![0; (1 << DIGIT) + 1];
        for (key, _) in &pairs {
            starts[digit(*key) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        for pair in &pairs {
            let slot: &mut usize = &mut starts[digit(pair.0)];
            other[*slot] = *pair;
            *slot += 1;
        }
        std::mem::swap(&mut pairs, &mut other);
    }
    pairs.into_iter().map(|(_, row)| row).collect()
}

/// Sorted rows and further ones together in the order of their keys.
pub(crate) fn merged<K: Ord>(
    sorted: impl Iterator<Item = u32>,
    mut more: Vec<u32>,
    key: impl Fn(u32) -> K,
) -> Vec<u32> {
    more.sort_by_key(|row| key(*row));
    let mut more = more.into_iter().peekable();
    let mut rows = Vec::with_capacity(sorted.size_hint().1.unwrap_or(0) + more.len());
    for row in sorted {
        if more.peek().is_some() {
            let here = key(row);
            while let Some(before) = more.next_if(|one| key(*one) < here) {
                rows.push(before);
            }
        }
        rows.push(row);
    }
    rows.extend(more);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_sorted_as_few_are() {
        for count in [0, 1, MANY - 1, MANY, 3 * MANY] {
            let pairs: Vec<(u64, u32)> =
                (0..count as u32).map(|row| (u64::from(row.wrapping_mul(2_654_435_761) % 5_000) << 7, row)).collect();
            let mut expected = pairs.clone();
            expected.sort();
            let turned = pairs.iter().map(|(key, row)| (!key, *row)).collect();
            assert_eq!(sorted_pairs(pairs), expected.iter().map(|(_, row)| *row).collect::<Vec<_>>());
            expected.sort_by_key(|(key, row)| (!key, *row));
            assert_eq!(sorted_pairs(turned), expected.iter().map(|(_, row)| *row).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_added_stands_where_it_belongs() {
        assert_eq!(merged([2, 5, 9].into_iter(), vec![7, 1, 12], |row| row), [1, 2, 5, 7, 9, 12]);
        assert_eq!(merged([].into_iter(), vec![3, 1], |row| row), [1, 3]);
    }
}
