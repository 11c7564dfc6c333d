//! `cargo xtask ci`

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::checks::{architecture, crates, house, npm, structure};
use crate::conditions::Conditions;
use crate::cross::{InCi, System};
use crate::project::Project;
use crate::steps::{Done, Steps};
use crate::{process, test};

/// Everything that must hold before a change is taken: the quick checks first.
pub fn ci(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    quick_checks(project, &mut steps)?;
    steps.step("Rust format", "cargo fmt --all", || {
        process::run(&mut project.cargo(&["fmt", "--all", "--check", "--", "-l"])).map(|()| Done::Passed)
    })?;
    test::prepare(project, &mut steps)?;
    steps.step("UI format, lints, types", "cd ui && npm run check", || {
        process::run(&mut project.npm(&["run", "check"])).map(|()| Done::Passed)
    })?;
    steps.step("Clippy", "cargo clippy --workspace --all-targets -- -D warnings", || {
        process::run(&mut project.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
        // Tests that only run when named are only looked at when named.
        let window = ["clippy", "--workspace", "--test", "window", "--", "-D", "warnings"];
        process::run(&mut project.cargo(&window)).map(|()| Done::Passed)
    })?;
    let others = InCi::new(project)?;
    for system in System::ALL {
        let repeat = format!("cargo xtask cross {}", system.word());
        steps.step(&format!("Compiles for {}", system.word()), &repeat, || others.check(project, system))?;
    }
    test::tests(project, &Conditions::default(), &mut steps)?;
    steps.step("Tests of Windows", &InCi::repeat_tests(), || others.tests(project))?;
    steps.step("Fresh bindings", "cargo xtask bindings", || fresh_bindings(project))?;
    steps.step("Known weaknesses: crates", "cargo audit", || audit_crates(project))?;
    steps.step("Known weaknesses: npm", "cd ui && npm audit --omit=dev", || audit_npm(project))?;
    steps.print();
    Ok(())
}

/// `cargo xtask check`: what takes a second, to be asked often.
pub fn check(project: &Project) -> Result<()> {
    let mut steps = Steps::default();
    quick_checks(project, &mut steps)?;
    steps.print();
    Ok(())
}

fn quick_checks(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.step("House rules", "cargo xtask check", || house::check(project).map(|()| Done::Passed))?;
    steps.step("Table of crates", "cargo xtask check", || architecture::check(project).map(|()| Done::Passed))?;
    steps.step("Structure", "cargo xtask check", || structure::check(project).map(|()| Done::Passed))?;
    steps.step("npm dependencies", "cargo xtask check", || npm::check(project).map(|()| Done::Passed))?;
    steps.step("Cargo dependencies", "cargo xtask check", || crates::check(project).map(|()| Done::Passed))
}

/// A test has compared the bindings with the commands; here nothing may be left uncommitted beside them.
fn fresh_bindings(project: &Project) -> Result<Done> {
    let mut git = Command::new("git");
    git.args(["status", "--porcelain", "--", "ui/src/ipc"]).current_dir(&project.root);
    let Ok(changed) = process::output(&mut git) else {
        return Ok(Done::Skipped("this is no git clone".to_owned()));
    };
    if !changed.trim().is_empty() {
        bail!("not committed:\n{}", changed.trim_end());
    }
    Ok(Done::Passed)
}

/// How long an audit may take before it counts as offline.
const PATIENCE: Duration = Duration::from_secs(60);

fn audit_crates(project: &Project) -> Result<Done> {
    if process::on_path("cargo-audit").is_none() {
        return Ok(Done::Skipped("cargo-audit is not installed".to_owned()));
    }
    let answer = process::output_within(&mut project.cargo(&["audit", "--json"]), PATIENCE);
    let Some(report) = answer.as_deref().and_then(json) else {
        return Ok(Done::Skipped("no answer from the advisory database; offline?".to_owned()));
    };
    let found = &report["vulnerabilities"]["list"];
    let named: Vec<String> = found
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            format!(
                "{} {}: {}",
                text(&one["package"]["name"]),
                text(&one["package"]["version"]),
                text(&one["advisory"]["title"])
            )
        })
        .collect();
    if named.is_empty() { Ok(Done::Passed) } else { bail!("\n  {}", named.join("\n  ")) }
}

fn audit_npm(project: &Project) -> Result<Done> {
    // Only what is delivered; a weakness in a build tool does not reach anybody's desk.
    let arguments = ["audit", "--json", "--omit=dev", "--fetch-retries=0", "--fetch-timeout=20000"];
    let answer = process::output_within(&mut project.npm(&arguments), PATIENCE);
    let report = answer.as_deref().and_then(json).filter(|report| report["vulnerabilities"].is_object());
    let Some(report) = report else {
        return Ok(Done::Skipped("no answer from the registry; offline?".to_owned()));
    };
    let found = report["vulnerabilities"].as_object().into_iter().flatten();
    let named: Vec<String> = found.map(|(name, one)| format!("{name}: {}", text(&one["severity"]))).collect();
    if named.is_empty() { Ok(Done::Passed) } else { bail!("\n  {}", named.join("\n  ")) }
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or("?")
}
