//! The random numbers.

/// SplitMix64 (Steele, Lea and Flood, 2014). Our own dozen lines, because a library may change its algorithm with
/// a new version and the sample data must never change.
///
/// Each record has its own stream, found from the seed, the kind of record and the record's number: any record can
/// be made without making the ones before it.
pub(crate) struct Random(u64);

/// What a stream of random numbers is for. The number is part of the data's definition: never renumber.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    Employer = 1,
    Person = 2,
    Place = 3,
    Contact = 4,
    Double = 5,
    Activity = 6,
    Fair = 7,
    Student = 8,
}

/// The finaliser of SplitMix64: spreads every bit of the input over the whole output.
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Random {
    pub fn of(seed: u64, stream: Stream, index: usize) -> Self {
        let seed = mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15));
        Self(mix(mix(seed ^ stream as u64).wrapping_add(index as u64)))
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `limit`, each equally likely. (Lemire's multiplication; its bias is below `limit` / 2^64.)
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(limit)) >> 64) as u64
    }

    /// A number below `limit`, small ones more often: the product of two equal draws.
    pub fn skewed(&mut self, limit: u64) -> u64 {
        let reach = self.below(limit) + 1;
        self.below(reach)
    }

    /// True in `per_mille` of 1,000 cases.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// The first items more often than the last.
    pub fn pick_early<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.skewed(list.len() as u64) as usize]
    }

    /// The number of the item hit, each as often as its weight says.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        weights.len() - 1
    }

    /// An index into sums that were added up beforehand: the same as `weighted` for long lists.
    pub fn by_sums(&mut self, sums: &[u64]) -> usize {
        let total = sums.last().copied().unwrap_or(1);
        let at = self.below(total);
        sums.partition_point(|sum| *sum <= at)
    }
}

/// A permutation of the numbers below `size`: a four-round Feistel network over the next power of four, walked on
/// until it lands below `size`. Gives every employer its own name without remembering the names given.
pub(crate) fn permute(seed: u64, index: u64, size: u64) -> u64 {
    let half = (64 - size.saturating_sub(1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1_u64 << half) - 1;
    let mut at = index;
    loop {
        let (mut left, mut right) = (at >> half, at & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (mix(seed ^ mix(right.wrapping_add(round << 56))) & mask));
        }
        at = left << half | right;
        if at < size {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_hits_every_number_once() {
        for size in [1, 2, 5, 64, 1000] {
            let mut hit: Vec<u64> = (0..size).map(|index| permute(7, index, size)).collect();
            hit.sort_unstable();
            assert_eq!(hit, (0..size).collect::<Vec<_>>(), "size {size}");
        }
    }

    #[test]
    fn the_first_numbers_of_a_stream_never_change() {
        let mut random = Random::of(42, Stream::Person, 0);
        assert_eq!([random.draw(), random.draw()], [6_229_798_994_491_147_019, 459_376_913_555_511_756]);
    }

    #[test]
    fn weights_are_kept() {
        let mut random = Random::of(1, Stream::Contact, 0);
        let mut hits = [0; 3];
        for _ in 0..10_000 {
            hits[random.weighted(&[1, 0, 3])] += 1;
        }
        assert_eq!(hits[1], 0);
        assert!((2_300..2_700).contains(&hits[0]), "{hits:?}");
    }
}
