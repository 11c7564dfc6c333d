//! What a seed expands into, before anything happens: printed with a failure, so that it can be run again.

use crate::random::Random;

/// How one run is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The seed it came of.
    pub seed: u64,
    /// How many desks.
    pub desks: usize,
    /// How many of them join later, with a snapshot.
    pub late: usize,
    /// How many steps people take, all desks together.
    pub steps: u64,
    /// How many milliseconds the first phase lasts.
    pub duration: u64,
    /// Of a hundred messages, so many are lost.
    pub lost: u64,
    /// Of a hundred messages, so many come twice.
    pub doubled: u64,
    /// The longest way of a message, in milliseconds.
    pub delay: u64,
    /// Of a hundred steps, so many are followed by a crash of the desk.
    pub crashes: u64,
    /// Of a hundred steps, so many turn the desk's network off or on.
    pub cuts: u64,
    /// How wrong each desk's clock is at the beginning, in milliseconds.
    pub clocks: Vec<i64>,
    /// Of a hundred steps, so many set the desk's clock.
    pub clock_jumps: u64,
}

/// Ten years, in milliseconds.
const YEARS: u64 = 10 * 365 * 24 * 3_600_000;

impl Options {
    /// What this seed expands into.
    pub fn of(seed: u64) -> Options {
        let mut random = Random::new(seed);
        let desks = random.between(2, 5) as usize;
        let clocks = (0..desks).map(|_| clock(&mut random)).collect();
        let calm = random.chance(10);
        let rate = |random: &mut Random, most: u64| if calm { 0 } else { random.below(most + 1) };
        Options {
            seed,
            desks,
            late: random.below(desks as u64) as usize,
            steps: random.between(10, 80),
            duration: random.between(30_000, 1_800_000),
            lost: rate(&mut random, 40),
            doubled: rate(&mut random, 30),
            delay: random.between(1, 20_000),
            crashes: rate(&mut random, 10),
            cuts: rate(&mut random, 20),
            clocks,
            clock_jumps: rate(&mut random, 5),
        }
    }

    /// As [`Options::of`], for desks that cost more.
    pub fn small(seed: u64) -> Options {
        let mut options = Options::of(seed);
        options.desks = options.desks.min(3);
        options.clocks.truncate(options.desks);
        options.late = options.late.min(options.desks - 1);
        options.steps = options.steps.min(40);
        options
    }
}

/// How wrong a clock is: mostly little, now and then by years.
pub(crate) fn clock(random: &mut Random) -> i64 {
    let most = match random.below(6) {
        0 => YEARS,
        1 => 3_600_000,
        _ => 3_000,
    };
    random.below(2 * most + 1) as i64 - most as i64
}
