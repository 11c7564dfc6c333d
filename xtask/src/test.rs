//! `cargo xtask test`

use std::path::Path;

use anyhow::Result;

use crate::conditions::{Conditions, FIXED_SEED};
use crate::display::VirtualDisplay;
use crate::project::Project;
use crate::steps::{Done, Steps};
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// All tests, with a table of what took how long.
pub fn test(project: &Project, mut conditions: Conditions) -> Result<()> {
    let mut steps = Steps::default();
    prepare(project, &mut steps)?;
    if conditions.shifts_clock() {
        install_missing(&[Need::Clock])?;
    }
    conditions.prepare()?;
    tests(project, &conditions, &mut steps)?;
    steps.print();
    Ok(())
}

/// What tests and lints build on: system packages, the UI's packages, the built UI.
pub fn prepare(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.step("System packages", "cargo xtask test", || {
        ui::check_node()?;
        install_missing(&[Need::Build, Need::Drive, Need::Browse, Need::Mail, Need::Hub])?;
        Ok(Done::Passed)
    })?;
    steps.step("UI build", "cd ui && npm install && npm run build", || ui::build(project).map(|()| Done::Passed))
}

/// The tests themselves.
pub fn tests(project: &Project, conditions: &Conditions, steps: &mut Steps) -> Result<()> {
    // One build for the tests and the apps they open: chosen apart, cargo would compile what both need twice.
    steps.step("Rust build", "cargo build --workspace --bins --tests --examples", || {
        let build = ["build", "--workspace", "--bins", "--tests", "--examples"];
        process::run(&mut project.cargo(&build)).map(|()| Done::Passed)
    })?;
    steps.step("UI tests", "cd ui && npm run test", || {
        // A machine that stands still for longer than a test waits is no fault of the app; a fault is there at once again.
        let mut npm = project.npm(&["run", "test", "--", "--retry=1"]);
        npm.env("LIAISON_TEST_DESK", project.desk_without_window()?);
        conditions.apply(&mut npm);
        process::run(&mut npm).map(|()| Done::Passed)
    })?;
    steps.step("Rust tests", "cargo test --workspace", || {
        let mut cargo = project.cargo(&["test", "--workspace"]);
        conditions.apply_to_cargo(&mut cargo, FIXED_SEED);
        process::run(&mut cargo).map(|()| Done::Passed)
    })?;
    let seed = conditions.new_seed();
    steps.step("New random cases", &format!("cargo xtask test --seed {seed}"), || {
        new_random_cases(project, conditions, seed)
    })?;
    steps.step("Portal in a browser", "cargo test --workspace --test browser", || {
        portal_in_browser(project, conditions)
    })?;
    steps.step("Window journeys", "cargo xtask test", || window_journeys(project, conditions))
}

/// The tests with random cases once more, with cases nobody has seen. The same selection of packages as before, so that
/// nothing is compiled for it.
fn new_random_cases(project: &Project, conditions: &Conditions, seed: u64) -> Result<Done> {
    println!("random cases begin at seed {seed}");
    let mut cargo = project.cargo(&["test", "--workspace", "--lib"]);
    for target in random_targets(&project.root)? {
        cargo.args(["--test", &target]);
    }
    conditions.apply_to_cargo(&mut cargo, seed);
    process::run(&mut cargo).map(|()| Done::Passed)
}

/// The test programs in `crates/*/tests` that have random cases: a file, or a folder with its `main.rs`.
fn random_targets(root: &Path) -> Result<Vec<String>> {
    let has_random_cases = |file: &Path| std::fs::read_to_string(file).is_ok_and(|text| text.contains("proptest!"));
    let mut targets = Vec::new();
    for package in std::fs::read_dir(root.join("crates"))? {
        // Not every package has such tests.
        let Ok(tests) = std::fs::read_dir(package?.path().join("tests")) else { continue };
        for entry in tests {
            let path = entry?.path();
            let random = match std::fs::read_dir(&path) {
                Ok(mut files) => {
                    path.join("main.rs").is_file()
                        && files.any(|file| file.is_ok_and(|file| has_random_cases(&file.path())))
                }
                Err(_) => has_random_cases(&path),
            };
            if let Some(name) = path.file_stem().filter(|_| random) {
                targets.push(name.to_string_lossy().into_owned());
            }
        }
    }
    targets.sort();
    Ok(targets)
}

/// The pages of the portal in Chromium, which the tests start themselves.
fn portal_in_browser(project: &Project, conditions: &Conditions) -> Result<Done> {
    if !cfg!(target_os = "linux") {
        return Ok(Done::Skipped("the hub, which serves them, runs on Linux only".to_owned()));
    }
    let mut cargo = project.cargo(&["test", "--workspace", "--test", "browser"]);
    conditions.apply_to_cargo(&mut cargo, FIXED_SEED);
    process::run(&mut cargo).map(|()| Done::Passed)
}

/// Most journeys that run again where they failed: more have a reason in common.
const REPEATED_MOST: usize = 3;

/// All journeys, and once more those few that failed: a machine that stands still for longer than a journey waits is no
/// fault of the app, and a fault is there again.
fn window_journeys(project: &Project, conditions: &Conditions) -> Result<Done> {
    if !cfg!(target_os = "linux") {
        return Ok(Done::Skipped("the journeys drive WebKitGTK, which is on Linux only".to_owned()));
    }
    let log = std::env::temp_dir().join(format!("liaison-journeys-{}.log", std::process::id()));
    let first = journeys(project, conditions, &["--logfile", &log.to_string_lossy()]);
    let results = std::fs::read_to_string(&log).unwrap_or_default();
    // It says nothing that wasn't printed.
    let _ = std::fs::remove_file(&log);
    let Err(error) = first else { return Ok(Done::Passed) };
    let failed = failed_in(&results);
    if failed.is_empty() || failed.len() > REPEATED_MOST {
        return Err(error);
    }
    println!("\n{error:#}\nonce more: {}", failed.join(", "));
    let mut only = vec!["--exact"];
    only.extend(failed.iter().map(String::as_str));
    journeys(project, conditions, &only).map(|()| Done::Repeated(failed))
}

/// The tests that failed, from what the test program writes to its log: a line for each, with its outcome first.
fn failed_in(log: &str) -> Vec<String> {
    log.lines().filter_map(|line| line.strip_prefix("failed ")).map(str::to_owned).collect()
}

fn journeys(project: &Project, conditions: &Conditions, arguments: &[&str]) -> Result<()> {
    let display = VirtualDisplay::start(1920, 1080)?;
    let mut cargo = project.cargo(&["test", "--workspace", "--test", "window", "--", "--test-threads=1"]);
    cargo.args(arguments);
    let mut session = display.session(cargo.get_program().as_ref());
    session.args(cargo.get_args()).current_dir(&project.root).env("LIAISON_BIN", project.app_binary("debug")?);
    // What a failed journey says is what was on the screen; where in the harness it was noticed helps nobody.
    session.env("RUST_LIB_BACKTRACE", "0");
    conditions.apply_to_cargo(&mut session, FIXED_SEED);
    let words = format!("{} (on display {})", process::words(&cargo), display.name);
    process::run_as(&mut session, &words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journeys_that_failed_are_named() {
        let log = "ok review::one_by_one\nfailed sync::a_right_is_lost\nignored pictures::all\n";
        assert_eq!(failed_in(log), ["sync::a_right_is_lost"]);
    }

    #[test]
    fn tests_with_random_cases_are_found() {
        let project = Project::find().expect("this clone");
        let targets = random_targets(&project.root).expect("they can be read");
        assert!(targets.iter().any(|name| name == "round_trip"), "a file: {targets:?}");
        assert!(targets.iter().any(|name| name == "smtp"), "a folder: {targets:?}");
        assert!(!targets.iter().any(|name| name == "presets"), "{targets:?}");
    }
}
