//! Which pairs of a table's rows are compared.

use crate::Cancelled;
use crate::keys::{Keys, Scratch};
use crate::order::Order;
use crate::table::{Row, Table};
use crate::work::{Watch, in_parts};
use std::sync::atomic::{AtomicU8, Ordering};

/// Tables of at most this many rows are compared whole.
const WHOLE: usize = 300;
/// A block is never larger than this.
const LARGEST: usize = 120;
/// About how many pairs a row may cost.
const PAIRS_PER_ROW: u64 = 24;
/// Small tables may cost this many pairs whatever the number of their rows.
const PAIRS_AT_LEAST: u64 = 100_000;
/// Keys are worked on by their first bits, so that few of them are in memory in sorted form at once.
const PARTS: u32 = 16;

/// The keys of each row, without those that only it has and those that too many have.
pub(crate) struct Blocks {
    ends: Vec<u32>,
    keys: Vec<u32>,
    rows: u32,
    whole: bool,
    /// Pairs in all blocks together, those in several blocks counted in each.
    pairs: u64,
}

/// How many rows have a key, counted up to 250 in a table of fixed size.
struct Sizes {
    sizes: Vec<AtomicU8>,
    shift: u32,
}

impl Sizes {
    fn new(keys: usize) -> Sizes {
        let bits = (keys * 2).next_power_of_two().trailing_zeros().clamp(16, 27);
        Sizes { sizes: (0..1_usize << bits).map(|_| AtomicU8::new(0)).collect(), shift: 32 - bits }
    }

    fn slot(&self, key: u32) -> &AtomicU8 {
        &self.sizes[(key >> self.shift) as usize]
    }

    fn add(&self, key: u32) {
        let slot = self.slot(key);
        if slot.load(Ordering::Relaxed) < 250 {
            slot.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn of(&self, key: u32) -> usize {
        usize::from(self.slot(key).load(Ordering::Relaxed))
    }

    /// The largest size of a block with which all pairs together stay in the budget.
    fn cap(&self, rows: usize) -> (usize, u64) {
        let mut pairs = [0_u64; LARGEST + 1];
        for size in &self.sizes {
            let size = usize::from(size.load(Ordering::Relaxed));
            if (2..=LARGEST).contains(&size) {
                pairs[size] += (size * (size - 1) / 2) as u64;
            }
        }
        let budget = (rows as u64 * PAIRS_PER_ROW).max(PAIRS_AT_LEAST);
        let (mut cap, mut sum) = (3, pairs[2] + pairs[3]);
        while cap < LARGEST && sum + pairs[cap + 1] <= budget {
            cap += 1;
            sum += pairs[cap];
        }
        (cap, sum)
    }
}

impl Blocks {
    pub fn new(table: &Table, order: &Order, keys: &Keys, watch: &Watch<'_>) -> Result<Blocks, Cancelled> {
        let rows = table.len() as u32;
        if table.len() <= WHOLE {
            return Ok(Blocks { ends: Vec::new(), keys: Vec::new(), rows, whole: true, pairs: 0 });
        }
        let each = |rows: &mut dyn Iterator<Item = u32>, take: &mut dyn FnMut(&[u32])| -> Result<(), Cancelled> {
            let (mut scratch, mut out) = (Scratch::default(), Vec::new());
            for (at, row) in rows.enumerate() {
                if at % 1024 == 0 {
                    watch.go_on()?;
                }
                keys.of(table, Row::Own(row), &mut scratch, &mut out);
                take(&out);
            }
            Ok(())
        };
        let mut sampled = 0;
        let sample = table.len().min(1000);
        each(&mut order.rows()[..sample].iter().copied(), &mut |keys| sampled += keys.len())?;
        let sizes = Sizes::new(sampled * table.len() / sample);
        in_parts(rows, |mut range| each(&mut range, &mut |keys| keys.iter().for_each(|key| sizes.add(*key))))?;
        let (cap, pairs) = sizes.cap(table.len());
        let parts = in_parts(rows, |mut range| {
            let (mut ends, mut kept) = (Vec::with_capacity(range.len()), Vec::<u32>::new());
            each(&mut range, &mut |keys| {
                kept.extend(keys.iter().filter(|key| (2..=cap).contains(&sizes.of(**key))));
                ends.push(kept.len() as u32);
            })?;
            Ok((ends, kept))
        })?;
        let mut blocks = Blocks { ends: Vec::with_capacity(table.len()), keys: Vec::new(), rows, whole: false, pairs };
        for (ends, kept) in parts {
            let start = blocks.keys.len() as u32;
            blocks.ends.extend(ends.into_iter().map(|end| start + end));
            blocks.keys.extend(kept);
        }
        Ok(blocks)
    }

    fn of(&self, row: u32) -> &[u32] {
        let start = if row == 0 { 0 } else { self.ends[row as usize - 1] };
        &self.keys[start as usize..self.ends[row as usize] as usize]
    }

    /// About how many pairs there are; a pair is in about three blocks.
    pub fn expected_pairs(&self) -> f64 {
        self.pairs as f64 / 3.0 + 1.0
    }

    /// The parts the pairs come in.
    pub fn parts(&self) -> u32 {
        PARTS
    }

    /// Calls `take` with each pair of a part, the smaller row first; in all parts together each pair comes once.
    /// With `share` below 1 only that share of the pairs comes, chosen by their key.
    pub fn pairs(
        &self,
        part: u32,
        share: f64,
        take: &mut dyn FnMut(u32, u32) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        if self.whole {
            for a in (part..self.rows).step_by(PARTS as usize) {
                for b in a + 1..self.rows {
                    take(a, b)?;
                }
            }
            return Ok(());
        }
        let wanted = (share * f64::from(u32::MAX)) as u32;
        let shift = 32 - PARTS.trailing_zeros();
        let mut entries: Vec<u64> = Vec::new();
        for row in 0..self.rows {
            // A row's keys are sorted: those of this part lie together.
            let keys = self.of(row);
            let start = keys.partition_point(|key| key >> shift < part);
            for key in keys[start..].iter().take_while(|key| *key >> shift == part) {
                if share >= 1.0 || key.wrapping_mul(0x9E37_79B1) <= wanted {
                    entries.push(u64::from(*key) << 32 | u64::from(row));
                }
            }
        }
        entries.sort_unstable();
        for block in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            let key = (block[0] >> 32) as u32;
            for (at, a) in block.iter().enumerate() {
                for b in &block[at + 1..] {
                    let (a, b) = (*a as u32, *b as u32);
                    if self.first_common(a, b) == Some(key) {
                        take(a, b)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The smallest key two rows share: a pair is compared there and nowhere else.
    fn first_common(&self, a: u32, b: u32) -> Option<u32> {
        let (a, b) = (self.of(a), self.of(b));
        let (mut i, mut j) = (0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => return Some(*x),
            }
        }
        None
    }
}
