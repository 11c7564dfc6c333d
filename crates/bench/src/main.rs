//! Measures Liaison, each figure beside its limit in the same run.
//!
//! `cargo xtask bench` builds and runs it. Everything happens on real files in one temporary directory, which is
//! removed at the end; nothing is read from, or sent to, anywhere else.

mod bulk;
mod check;
mod desks;
#[cfg(target_os = "linux")]
mod display;
mod duplicates;
mod encryption;
mod filters;
mod fts;
mod import;
mod jump;
mod machine;
mod options;
mod profile;
mod report;
mod review;
#[cfg(target_os = "linux")]
mod screen;
mod search;
mod shell;
#[cfg(target_os = "linux")]
mod start;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use desks::Desks;
use machine::Listener;
use options::{Measure, Options};
use report::{Report, grouped};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("liaison-bench: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liaison-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<()> {
    if let Some(directory) = &options.index_of {
        return search::build_index(directory).await;
    }
    if let Some(people) = options.duplicates_of {
        return duplicates::find_by_itself(people, options.seed);
    }
    let parent = options.dir.clone().unwrap_or_else(std::env::temp_dir);
    std::fs::create_dir_all(&parent).with_context(|| format!("no directory {}", parent.display()))?;
    let directory = tempfile::Builder::new().prefix("liaison-bench-").tempdir_in(&parent)?;
    let mut report = Report { machine: machine::description(), ..Report::default() };
    for (name, value) in &report.machine {
        println!("{name}: {value}");
    }
    if options.wants(Measure::Duplicates) {
        println!("\nDuplicates");
        let listener = Listener::start();
        duplicates::against_peers(&mut report, directory.path(), options.seed)?;
        report.noise.extend(listener.stop("duplicates beside its peers".to_owned()));
    }
    let mut desks = Desks::new(directory.path(), options.seed);
    for contacts in options.sizes.iter().copied() {
        println!("\n{} contacts", grouped(contacts));
        measure(options, &mut report, &mut desks, contacts).await?;
        desks.forget(contacts)?;
    }
    println!("\n{}\n\n{}", report.table(), report.remarks());
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_string_pretty(&report)? + "\n")?;
        println!("The figures are in {}.", path.display());
    }
    Ok(())
}

const MEASURES: [(Measure, &str); 12] = [
    (Measure::Import, "import"),
    (Measure::Users, "users"),
    (Measure::Search, "search"),
    (Measure::Filters, "filters"),
    (Measure::Window, "window"),
    (Measure::Profile, "profile"),
    (Measure::Review, "review"),
    (Measure::Bulk, "bulk"),
    (Measure::Encryption, "encryption"),
    (Measure::Check, "check"),
    (Measure::Start, "start"),
    (Measure::Duplicates, "duplicates"),
];

async fn measure(options: &Options, report: &mut Report, desks: &mut Desks, contacts: usize) -> Result<()> {
    let runs = options.runs(contacts);
    for (measure, name) in MEASURES {
        // Cold start and memory come from the same windows.
        let wanted = options.wants(measure) || (measure == Measure::Start && options.wants(Measure::Memory));
        if !wanted {
            continue;
        }
        let listener = Listener::start();
        match measure {
            Measure::Import => import::measure(report, desks, contacts, runs).await?,
            Measure::Users => import::measure_users(report, desks, contacts, runs).await?,
            Measure::Search => search::measure(report, desks, contacts, runs).await?,
            Measure::Filters => filters::measure(report, desks, contacts).await?,
            Measure::Window => jump::measure(report, desks, contacts).await?,
            Measure::Profile => profile::measure(report, desks, contacts).await?,
            Measure::Review => review::measure(report, desks, contacts, runs).await?,
            Measure::Bulk => bulk::measure(report, desks, contacts, runs).await?,
            Measure::Duplicates => duplicates::growth(report, contacts, runs, options.seed)?,
            Measure::Check => check::measure(report, desks, contacts, runs).await?,
            Measure::Encryption => encryption::measure(report, desks, contacts, runs).await?,
            #[cfg(target_os = "linux")]
            Measure::Start | Measure::Memory => start::measure(report, desks, contacts, options).await?,
            #[cfg(not(target_os = "linux"))]
            Measure::Start | Measure::Memory => report.skip("the window's start and memory: only on Linux, with Xvfb"),
        }
        report.noise.extend(listener.stop(format!("{name} with {}", grouped(contacts))));
    }
    Ok(())
}
