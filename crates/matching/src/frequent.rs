//! How frequent names are in general.

use crate::schema::Kind;
use hashbrown::HashMap;
use std::sync::LazyLock;

type Shares = HashMap<&'static str, f32>;

/// Given and family names with the share of people who have them.
static SHARES: LazyLock<[Shares; 2]> = LazyLock::new(|| {
    let mut shares = [Shares::new(), Shares::new()];
    let table = include_str!("../data/frequent_names.txt");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let of = usize::from(words.next() == Some("family"));
        let share = words.next().and_then(|share| share.parse::<f32>().ok()).unwrap_or(0.0) / 10_000.0;
        shares[of].extend(words.map(|name| (name, share)));
    }
    shares
});

/// The share of people with this folded name, 0 to 1; 0 of names that are not frequent and of other kinds.
pub(crate) fn share(kind: Kind, name: &str) -> f32 {
    let of = match kind {
        Kind::GivenName => 0,
        Kind::FamilyName => 1,
        _ => return 0.0,
    };
    SHARES[of].get(name).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequent_name_is_frequent_as_what_it_is() {
        assert!(share(Kind::FamilyName, "smith") > share(Kind::FamilyName, "clark"));
        assert_eq!(share(Kind::GivenName, "smith"), 0.0);
        assert_eq!(share(Kind::City, "jackson"), 0.0);
        let sum: f32 = SHARES[0].values().sum();
        assert!((0.3..0.9).contains(&sum), "{sum}");
    }
}
