//! What the tests run under: the moment, the time zone and where random cases begin. No test may depend on any of them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Where random cases begin in every run. Chosen once; what it finds, everybody finds.
pub const FIXED_SEED: u64 = 20_260_917;

/// How `cargo xtask test` was asked to run.
#[derive(Debug, Default)]
pub struct Conditions {
    /// The moment the tests think it is when they begin, in words `date` understands.
    at: Option<String>,
    /// The time zone, by its name; UTC where none is given.
    zone: Option<String>,
    /// Where the second helping of random cases begins; anywhere where none is given.
    seed: Option<u64>,
    /// What [`Conditions::prepare`] made of `at`.
    shift: Option<Shift>,
}

/// A clock that is off by a fixed time, for a program and all it starts.
#[derive(Debug)]
struct Shift {
    library: PathBuf,
    seconds: i64,
}

impl Conditions {
    /// Reads `--at MOMENT --zone ZONE --seed N`.
    ///
    /// # Errors
    /// With what was not understood.
    pub fn parse(arguments: &[String]) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().cloned().with_context(|| format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--at" => conditions.at = Some(value()?),
                "--zone" => conditions.zone = Some(value()?),
                "--seed" => {
                    let seed = value()?;
                    conditions.seed = Some(seed.parse().with_context(|| format!("`{seed}` is no seed: a number is"))?);
                }
                other => bail!("`cargo xtask test` does not know `{other}`: --at MOMENT, --zone ZONE, --seed N"),
            }
        }
        Ok(conditions)
    }

    /// Whether the clock is to be another than the computer's.
    pub fn shifts_clock(&self) -> bool {
        self.at.is_some()
    }

    /// Works out by how much the clock is off. Needs faketime.
    ///
    /// # Errors
    /// Where the moment can't be read, or faketime isn't there.
    pub fn prepare(&mut self) -> Result<()> {
        let Some(at) = &self.at else { return Ok(()) };
        if !cfg!(target_os = "linux") {
            bail!("--at needs faketime, which is on Linux only");
        }
        let seconds = |arguments: &[&str]| -> Result<i64> {
            let mut date = Command::new("date");
            date.args(arguments).arg("+%s").env("TZ", self.zone());
            Ok(process::output(&mut date)?.trim().parse()?)
        };
        let shift = seconds(&["-d", at]).with_context(|| format!("`{at}` is no moment"))? - seconds(&[])?;
        let program = process::on_path("faketime").context("faketime is missing")?;
        // The program knows where its library is, and says so to what it starts.
        let mut tell = Command::new(program);
        tell.args(["-m", "-f", "+1d", "printenv", "LD_PRELOAD"]);
        let library = process::output(&mut tell)?.trim().rsplit(':').next().unwrap_or_default().into();
        self.shift = Some(Shift { library, seconds: shift });
        Ok(())
    }

    fn zone(&self) -> &str {
        self.zone.as_deref().unwrap_or("UTC")
    }

    /// The seed of the second helping; another one each time unless it was given.
    pub fn new_seed(&self) -> u64 {
        let nanos = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |d| d.as_nanos());
        self.seed.unwrap_or_else(|| (nanos() / 1000 % 1_000_000_000) as u64)
    }

    /// Sets language, time zone and seed for a command and its tests; where cargo runs them, their clock, too. Cargo's
    /// own stays right, or it would compile everything again.
    pub fn apply_to_cargo(&self, command: &mut Command, seed: u64) {
        self.settle(command);
        command.env("PROPTEST_RNG_SEED", seed.to_string());
        if let Some(shift) = &self.shift {
            let runner = shift.environment().into_iter().fold(OsString::from("env"), |mut runner, (name, value)| {
                runner.push(format!(" {name}="));
                runner.push(value);
                runner
            });
            let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH).to_uppercase().replace('-', "_");
            command.env(format!("CARGO_TARGET_{target}_RUNNER"), runner);
        }
    }

    /// Sets language, time zone and clock for a command.
    pub fn apply(&self, command: &mut Command) {
        self.settle(command);
        if let Some(shift) = &self.shift {
            command.envs(shift.environment());
        }
    }

    fn settle(&self, command: &mut Command) {
        command.envs([("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8"), ("TZ", self.zone())]);
    }
}

impl Shift {
    fn environment(&self) -> Vec<(&'static str, OsString)> {
        vec![
            ("LD_PRELOAD", self.library.clone().into()),
            ("FAKETIME", format!("{:+}", self.seconds).into()),
            // What counts waiting is no calendar.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Result<Conditions> {
        Conditions::parse(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(words("--at now --zone Asia/Tokyo --seed 5").is_ok());
        let told = |text: &str| format!("{:#}", words(text).expect_err("it is wrong"));
        assert!(told("--at").contains("needs a value"));
        assert!(told("--seed x").contains("no seed"));
        assert!(told("--when now").contains("--when"));
    }

    #[test]
    fn a_given_seed_is_the_seed() {
        assert_eq!(words("--seed 77").expect("fine").new_seed(), 77);
    }
}
