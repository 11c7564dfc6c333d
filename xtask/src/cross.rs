//! `cargo xtask cross`: Liaison for Windows and macOS, checked, built and tested on Linux.

mod compiler;
mod debian;
mod standard_library;
mod target;
mod unchanged;
mod wine;
mod zig;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::steps::Done;
use crate::ui;
use compiler::Compiler;
pub use debian::mirror as mirror_of_debian;
pub use target::System;
use unchanged::Good;
pub use wine::Wine;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Check,
    Build,
    Test,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    system: System,
    act: Act,
    packages: Vec<String>,
    /// Quicker to build; for trying out how it is packed.
    debug: bool,
    /// What the test programs are told: names of tests, for one.
    to_tests: Vec<String>,
}

/// The package of the window.
const WINDOW: &str = "liaison";

/// What people get; with no names given, this is meant.
const SHIPPED: [&str; 2] = ["liaison-cli", WINDOW];

impl Options {
    /// Reads the arguments: the system, what to do (check without a word), and packages.
    ///
    /// # Errors
    /// When an argument is not ours, or asks for what can't be done from Linux.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let system = arguments.first().and_then(|word| System::named(word));
        let Some(system) = system else {
            bail!("`cargo xtask cross` wants a system: windows or macos");
        };
        let (act, rest) = match arguments.get(1).map(String::as_str) {
            None | Some("check") => (Act::Check, 2),
            Some("build") => (Act::Build, 2),
            Some("test") => (Act::Test, 2),
            Some(other) => bail!("`cargo xtask cross {}` knows check, build and test, not `{other}`", system.word()),
        };
        let rest = arguments.get(rest..).unwrap_or_default();
        let mut packages: Vec<String> = rest.iter().take_while(|word| *word != "--").cloned().collect();
        let to_tests: Vec<String> = rest.iter().skip(packages.len() + 1).cloned().collect();
        if packages.is_empty() && act != Act::Test {
            packages = SHIPPED.map(str::to_owned).to_vec();
        }
        match (system, act) {
            (System::MacOs, Act::Test) => bail!("nothing here runs programs of macOS; run the tests on a Mac"),
            (System::MacOs, Act::Build) => bail!(
                "linking for macOS needs Apple's frameworks, which only a Mac has; `cargo xtask cross macos check` \
                 compiles all of it"
            ),
            (System::Windows, Act::Test) if packages.is_empty() => {
                bail!("tests of which packages? For example: cargo xtask cross windows test liaison-domain")
            }
            _ => Ok(Self { system, act, packages, debug: false, to_tests }),
        }
    }

    /// Cargo's own arguments.
    fn cargo(&self) -> Vec<String> {
        let mut words: Vec<&str> = match self.act {
            Act::Check => vec!["check"],
            Act::Build if self.debug => vec!["build", "--bins"],
            Act::Build => vec!["build", "--release", "--bins"],
            Act::Test => vec!["test", "--no-fail-fast"],
        };
        for package in &self.packages {
            words.extend(["-p", package]);
        }
        if !self.to_tests.is_empty() {
            words.push("--");
            words.extend(self.to_tests.iter().map(String::as_str));
        }
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Does what was asked for, after getting what it needs.
pub fn cross(project: &Project, options: &Options) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("this compiles on Linux for the others; here `cargo xtask ci` does it for this very system");
    }
    let compiler = Compiler::ready(options.system)?;
    let mut environment = Vec::new();
    if options.act == Act::Test {
        let wine = Wine::ready(compiler.work().join("wine"))?;
        environment = wine.environment();
        environment.extend(wine.programs_of_linux()?);
    }
    if options.packages.iter().any(|package| package == WINDOW) {
        // Its pages are compiled into it.
        ui::build(project)?;
    }
    compiler.run(project, &options.cargo(), &environment)
}

/// Builds what people get on Windows, in a profile of cargo. Gives the folder with the programs.
///
/// # Errors
/// When it can't be built.
pub fn programs_of_windows(project: &Project, profile: &str) -> Result<PathBuf> {
    let packages = SHIPPED.map(str::to_owned).to_vec();
    let debug = profile == "debug";
    cross(project, &Options { system: System::Windows, act: Act::Build, packages, debug, to_tests: Vec::new() })?;
    Ok(Compiler::ready(System::Windows)?.programs(profile))
}

/// The steps of `cargo xtask ci` for the other systems: each checks what is shipped, and what runs under Wine is tested.
/// What they need is installed; where that fails, they fail.
pub struct InCi {
    /// What is compiled, as [`unchanged::digest`] has it.
    state: String,
    /// Whether programs of Windows were compiled on this machine in an earlier run.
    is_warm: bool,
}

/// The packages whose tests CI runs under Wine: files, locks and the database. Those of app and cli, both ways to all of it,
/// take ten minutes more each: on demand.
const TESTED: [&str; 3] = ["liaison-domain", "liaison-store", "liaison-exchange"];

const ELSEWHERE: &str = "only Linux compiles for other systems here";

impl InCi {
    /// Looks at what there is before any step changes it.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn new(project: &Project) -> Result<Self> {
        let is_warm = good(System::Windows, Act::Check)?.is_any();
        Ok(Self { state: unchanged::digest(project)?, is_warm })
    }

    /// Checks what is shipped for a system, unless this very state was checked before.
    ///
    /// # Errors
    /// When it doesn't compile, or what compiles it can't be had.
    pub fn check(&self, project: &Project, system: System) -> Result<Done> {
        let packages = SHIPPED.map(str::to_owned).to_vec();
        let options = Options { system, act: Act::Check, packages, debug: false, to_tests: Vec::new() };
        self.act(project, &options)
    }

    /// Runs the tests of Windows under Wine, unless this very state passed them before. A machine that compiled for
    /// Windows for the first time in this run has no time left for it.
    ///
    /// # Errors
    /// When a test fails, or Wine can't be had.
    pub fn tests(&self, project: &Project) -> Result<Done> {
        if cfg!(target_os = "linux") && !self.is_warm {
            return Ok(Done::Skipped(format!(
                "compiled only: this machine compiled for Windows for the first time. The next run tests it under Wine, \
                 and this does it now: {}",
                InCi::repeat_tests()
            )));
        }
        let packages = TESTED.map(str::to_owned).to_vec();
        let options = Options { system: System::Windows, act: Act::Test, packages, debug: false, to_tests: Vec::new() };
        self.act(project, &options)
    }

    /// The command that runs these tests.
    pub fn repeat_tests() -> String {
        format!("cargo xtask cross windows test {}", TESTED.join(" "))
    }

    fn act(&self, project: &Project, options: &Options) -> Result<Done> {
        if !cfg!(target_os = "linux") {
            return Ok(Done::Skipped(ELSEWHERE.to_owned()));
        }
        let good = good(options.system, options.act)?;
        if good.is(&self.state) {
            println!("nothing that is compiled changed since this passed on this machine");
            return Ok(Done::Passed);
        }
        cross(project, options)?;
        good.keep(&self.state)?;
        Ok(Done::Passed)
    }
}

/// What is kept of the last time that this passed.
fn good(system: System, act: Act) -> Result<Good> {
    let act = match act {
        Act::Check => "check",
        Act::Build => "build",
        Act::Test => "test",
    };
    Ok(Good::new(&compiler::work_folder()?, &format!("{}-{act}", system.word())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn arguments() {
        let options = parse(&["windows"]).expect("a system alone");
        assert_eq!(options.cargo(), ["check", "-p", "liaison-cli", "-p", "liaison"]);
        let options = parse(&["windows", "test", "liaison-domain"]).expect("tests");
        assert_eq!(options.cargo(), ["test", "--no-fail-fast", "-p", "liaison-domain"]);
        let options = parse(&["windows", "test", "liaison-app", "--", "undo", "--exact"]).expect("some tests");
        assert_eq!(options.cargo(), ["test", "--no-fail-fast", "-p", "liaison-app", "--", "undo", "--exact"]);
        assert_eq!(
            parse(&["macos", "check", "xtask"]).expect("a package").cargo().last().map(String::as_str),
            Some("xtask")
        );
    }

    #[test]
    fn what_cannot_be_done_here_is_said() {
        let words = |arguments: &[&str]| parse(arguments).expect_err("refused").to_string();
        assert!(words(&[]).contains("windows or macos"));
        assert!(words(&["plan9"]).contains("windows or macos"));
        assert!(words(&["windows", "run"]).contains("not `run`"));
        assert!(words(&["windows", "test"]).contains("tests of which packages?"));
        assert!(words(&["macos", "test"]).contains("on a Mac"));
        assert!(words(&["macos", "build"]).contains("frameworks"));
    }
}
