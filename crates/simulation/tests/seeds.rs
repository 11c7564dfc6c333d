//! Some seeds of the simulation, each time the tests run. More: `cargo xtask sim --seeds N`.

use anyhow::{Context as _, Result};
use liaison_domain::Id;
use liaison_simulation::memory::Memory;
use liaison_simulation::sqlite::Sqlite;
use liaison_simulation::{Options, Report, run};

fn in_memory(seed: u64) -> Result<Report> {
    let options = Options::of(seed);
    run(&options, |number, device| Ok(Memory::new(device, seed ^ (number as u64) << 32)))
        .with_context(|| format!("{options:?}"))
}

fn on_sqlite(seed: u64) -> Result<Report> {
    let options = Options::small(seed);
    run(&options, |_, device: Id| Sqlite::new(device)).with_context(|| format!("{options:?}"))
}

#[test]
fn desks_in_memory_end_equal() {
    let mut all = Report::default();
    for seed in 0..300 {
        let report = in_memory(seed).unwrap_or_else(|error| panic!("{error:#}"));
        all.operations += report.operations;
        all.refused += report.refused;
        all.conflicts += report.conflicts;
    }
    assert!(all.operations > 5_000, "{all:?}");
    // Whoever joins late begins with what came of them, and finds none.
    assert!(all.conflicts > 60, "so do conflicts: {all:?}");
    assert!(all.refused > 20, "refusals belong to what is simulated: {all:?}");
}

#[test]
fn a_seed_gives_the_same_run_each_time() {
    for seed in [3, 7, 11] {
        assert_eq!(in_memory(seed).expect("a run"), in_memory(seed).expect("a run"));
    }
}

#[test]
fn desks_of_the_real_store_end_equal() {
    for seed in 0..8 {
        on_sqlite(seed).unwrap_or_else(|error| panic!("{error:#}"));
    }
}
