//! `cargo xtask test`

use anyhow::Result;

use crate::display::VirtualDisplay;
use crate::project::Project;
use crate::steps::{Done, Steps};
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// All tests, with a table of what took how long.
pub fn test(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    prepare(project, &mut steps)?;
    tests(project, &mut steps)?;
    steps.print();
    Ok(())
}

/// What tests and lints build on: system packages, the UI's packages, the built UI.
pub fn prepare(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.step("System packages", "cargo xtask test", || {
        ui::check_node()?;
        install_missing(&[Need::Build, Need::Drive, Need::Mail])?;
        Ok(Done::Passed)
    })?;
    steps.step("UI build", "cd ui && npm install && npm run build", || ui::build(project).map(|()| Done::Passed))
}

/// The tests themselves.
pub fn tests(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.step("UI tests", "cd ui && npm run test", || {
        let mut npm = project.npm(&["run", "test"]);
        fixed_environment(&mut npm);
        process::run(&mut npm).map(|()| Done::Passed)
    })?;
    // One build for the tests and the app they open: chosen apart, cargo would compile what both need twice.
    steps.step("Rust build", "cargo build --workspace --bins --tests", || {
        process::run(&mut project.cargo(&["build", "--workspace", "--bins", "--tests"])).map(|()| Done::Passed)
    })?;
    steps.step("Rust tests", "cargo test --workspace", || {
        let mut cargo = project.cargo(&["test", "--workspace"]);
        fixed_environment(&mut cargo);
        process::run(&mut cargo).map(|()| Done::Passed)
    })?;
    steps.step("Window journeys", "cargo xtask test", || window_journeys(project))
}

/// Language and time zone are the same wherever the tests run.
fn fixed_environment(command: &mut std::process::Command) {
    command.envs([("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8"), ("TZ", "UTC")]);
}

fn window_journeys(project: &Project) -> Result<Done> {
    if !cfg!(target_os = "linux") {
        return Ok(Done::Skipped("the journeys drive WebKitGTK, which is on Linux only".to_owned()));
    }
    let display = VirtualDisplay::start(1920, 1080)?;
    let cargo = project.cargo(&["test", "--workspace", "--test", "window", "--", "--test-threads=1"]);
    let mut session = display.session(cargo.get_program().as_ref());
    session.args(cargo.get_args()).current_dir(&project.root).env("LIAISON_BIN", project.app_binary("debug")?);
    fixed_environment(&mut session);
    let words = format!("{} (on display {})", process::words(&cargo), display.name);
    process::run_as(&mut session, &words).map(|()| Done::Passed)
}
