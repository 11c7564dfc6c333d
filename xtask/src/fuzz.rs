//! `cargo xtask fuzz`: gives readers of foreign bytes whatever a fuzzer thinks of, with a compiler anybody has.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use toml::Table;

use crate::process;
use crate::project::Project;

/// Tells libFuzzer which ways through the code were taken; what cargo-fuzz passes, too, without its nightly compiler.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Most memory of a reader, in MiB, whatever it is given.
const MEMORY: u32 = 300;

/// Longest time for one input, in seconds.
const PATIENCE: u32 = 10;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// All of them where none is named.
    targets: Vec<String>,
    /// How long each runs; with none, each input that is kept is tried once.
    minutes: u32,
}

impl Options {
    /// Reads the arguments: names of targets, and `--minutes N`; 10 without.
    ///
    /// # Errors
    /// When N is no number.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { targets: Vec::new(), minutes: 10 };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--minutes" => {
                    let number = rest.next().and_then(|number| number.parse().ok());
                    options.minutes = number.context("--minutes takes a number")?;
                }
                other if other.starts_with('-') => bail!("`cargo xtask fuzz` doesn’t know `{other}`"),
                target => options.targets.push(target.to_owned()),
            }
        }
        Ok(options)
    }
}

/// A fuzz target, as the manifest has it.
struct Target {
    name: String,
    features: Vec<String>,
}

/// Builds the targets and runs one after the other.
///
/// # Errors
/// When there is no such target, it can't be built, or an input brings it down; libFuzzer says where that one is.
pub fn fuzz(project: &Project, options: &Options) -> Result<()> {
    let all = targets(project)?;
    if let Some(unknown) = options.targets.iter().find(|name| all.iter().all(|target| target.name != **name)) {
        let names: Vec<&str> = all.iter().map(|target| target.name.as_str()).collect();
        bail!("there is no fuzz target `{unknown}`; there are {}", names.join(", "));
    }
    let asked = |target: &&Target| options.targets.is_empty() || options.targets.contains(&target.name);
    for target in all.iter().filter(asked) {
        let program = build(project, target)?;
        let folder = project.root.join("fuzz");
        let corpus = folder.join("corpus").join(&target.name);
        fs::create_dir_all(&corpus)?;
        let mut run = Command::new(program);
        run.current_dir(&folder).arg(&corpus).args(seeds(project, &target.name));
        run.args([format!("-rss_limit_mb={MEMORY}"), format!("-timeout={PATIENCE}")]);
        run.arg(format!("-artifact_prefix={}/", corpus.display()));
        match options.minutes {
            0 => run.arg("-runs=0"),
            minutes => run.arg(format!("-max_total_time={}", u64::from(minutes) * 60)),
        };
        process::run_as(&mut run, &format!("fuzz {}", target.name))?;
    }
    Ok(())
}

/// The targets of `fuzz/Cargo.toml`.
fn targets(project: &Project) -> Result<Vec<Target>> {
    let text = fs::read_to_string(project.root.join("fuzz/Cargo.toml")).context("no fuzz/Cargo.toml")?;
    let manifest: Table = text.parse()?;
    let programs = manifest.get("bin").and_then(toml::Value::as_array).context("fuzz/Cargo.toml has no programs")?;
    let read = programs.iter().map(|program| {
        let name = program.get("name").and_then(toml::Value::as_str).context("a program has no name")?.to_owned();
        let features = program.get("required-features").and_then(toml::Value::as_array).into_iter().flatten();
        Ok(Target { name, features: features.filter_map(toml::Value::as_str).map(str::to_owned).collect() })
    });
    read.collect()
}

/// Inputs that are kept in the repository: of the target, and files that people really had.
fn seeds(project: &Project, target: &str) -> Vec<PathBuf> {
    let own = project.root.join("fuzz/seeds").join(target);
    let real = project.root.join("crates/exchange/tests/fixtures/real");
    let is_of_files = ["csv", "vcard", "workbook"].contains(&target);
    [own].into_iter().chain(is_of_files.then_some(real)).filter(|folder| folder.is_dir()).collect()
}

/// Compiles a target by itself, beside everything else: other flags would compile the whole project anew each time.
fn build(project: &Project, target: &Target) -> Result<PathBuf> {
    let triple = process::output(Command::new("rustc").arg("-vV"))?;
    let triple =
        triple.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no system")?.to_owned();
    let into = project.target()?.join("fuzz");
    let features = target.features.join(",");
    let mut cargo = project.cargo(&["build", "--release", "--target", &triple, "--bin", &target.name]);
    cargo.args(["--features", &features]).current_dir(project.root.join("fuzz"));
    cargo.env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", &into);
    process::run_as(&mut cargo, &format!("cargo build --bin {} in fuzz", target.name))?;
    Ok(into.join(triple).join("release").join(format!("{}{}", target.name, std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn arguments() {
        assert_eq!(parse(&[]).expect("all"), Options { targets: Vec::new(), minutes: 10 });
        let asked = Options { targets: vec!["csv".to_owned(), "vcard".to_owned()], minutes: 0 };
        assert_eq!(parse(&["csv", "--minutes", "0", "vcard"]).expect("two"), asked);
        assert!(
            parse(&["--minutes"]).is_err() && parse(&["--minutes", "soon"]).is_err() && parse(&["--hours"]).is_err()
        );
    }

    #[test]
    fn every_target_has_its_file_and_something_to_begin_with() {
        let project = Project::find().expect("this clone");
        let targets = targets(&project).expect("targets");
        assert!(targets.len() >= 9, "{}", targets.len());
        for target in targets {
            let name = &target.name;
            assert!(project.root.join("fuzz/fuzz_targets").join(format!("{name}.rs")).is_file(), "{name}");
            let inputs = seeds(&project, name).iter().flat_map(fs::read_dir).flatten().count();
            assert!(inputs > 0, "{name} has nothing to begin with");
        }
    }
}
