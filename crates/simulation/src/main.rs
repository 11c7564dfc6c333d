//! `cargo xtask sim`: many seeds, on demand.

use anyhow::{Context as _, Result, bail};
use liaison_simulation::memory::Memory;
use liaison_simulation::sqlite::Sqlite;
use liaison_simulation::{Options, Report, run};
use std::time::Instant;

const USAGE: &str = "liaison-simulation [--seeds N] [--from SEED] [--sqlite]";

fn main() -> Result<()> {
    let (mut seeds, mut from, mut sqlite) = (1_000u64, 0u64, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().context(USAGE)?.parse().context(USAGE);
        match argument.as_str() {
            "--seeds" => seeds = number()?,
            "--from" => from = number()?,
            "--sqlite" => sqlite = true,
            _ => bail!(USAGE),
        }
    }
    let (began, mut all) = (Instant::now(), Report::default());
    for seed in from..from + seeds {
        let options = if sqlite { Options::small(seed) } else { Options::of(seed) };
        let report = if sqlite {
            run(&options, |_, device| Sqlite::new(device))
        } else {
            run(&options, |number, device| Ok(Memory::new(device, seed ^ (number as u64) << 32)))
        };
        let report = report.with_context(|| format!("seed {seed}: {options:#?}"))?;
        all.operations += report.operations;
        all.refused += report.refused;
        all.conflicts += report.conflicts;
        all.records += report.records;
        all.events += report.events;
    }
    println!(
        "{seeds} seeds from {from}: {} operations, {} of them refused, {} records, {} fields in conflict, {} events, in {:.1} s",
        all.operations,
        all.refused,
        all.records,
        all.conflicts,
        all.events,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
