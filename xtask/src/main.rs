//! `cargo xtask`: everything that is done with this repository, on a machine that has only Rust and Node.
//!
//! Nothing here needs a system package to build; what the commands need they install or name.

mod bench;
mod bindings;
mod bundle;
mod checks;
mod ci;
mod conditions;
mod cross;
mod display;
mod hub;
mod process;
mod project;
mod run;
mod screenshots;
mod sim;
mod steps;
mod system;
mod test;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};
use conditions::Conditions;
use project::Project;

const USAGE: &str = "\
cargo xtask <command>

  run [--release] [--stay] [-- APP ARGUMENTS]   install what is missing, build, open the app;
                                                without a display: open it on a virtual one and take a picture
  test [--at MOMENT] [--zone ZONE] [--seed N]   every test: UI, Rust, the real window; as if it were another
                                                moment or place, or beginning random cases at another seed
  ci                                            test, formats, lints, types, dependencies, house rules
  check                                         the part of ci that takes a second: house rules, dependencies
  sim [--seeds N] [--from SEED] [--sqlite]      simulate desks and their hub with everything that fails, by seeds
  hub [ARGUMENTS]                               try a hub on a PostgreSQL of its own, or run it: migrate, code, serve
  bundle [FORMATS] [--debug] [--try]            make what people install: deb and rpm, nsis (on Linux, too), or dmg;
                                                install it in a place of its own, start it, remove it
  cross SYSTEM [check|build|test] [PACKAGES] [-- NAMES OF TESTS]
                                                compile for windows or macos on Linux; run tests of Windows in Wine
  bench [ARGUMENTS]                             measure in release mode, each figure beside its limit
  screenshots                                   take the pictures in docs/screenshots, of every screen
  bindings                                      write what the interface knows of Rust (ui/src/ipc)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Task::parse(&arguments).and_then(Task::act) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What can be done, with its arguments.
enum Task {
    Run(run::Options),
    Test(Conditions),
    Ci,
    Check,
    Bench(Vec<String>),
    Screenshots,
    Bundle(bundle::Options),
    Cross(cross::Options),
    Hub(Vec<String>),
    Sim(Vec<String>),
    Bindings,
    Help,
}

impl Task {
    fn parse(arguments: &[String]) -> Result<Self> {
        let Some((name, rest)) = arguments.split_first() else {
            return Ok(Self::Help);
        };
        let alone = |task| takes_nothing(name, rest).map(|()| task);
        match name.as_str() {
            "run" => run::Options::parse(rest).map(Self::Run),
            "test" => Conditions::parse(rest).map(Self::Test),
            "ci" => alone(Self::Ci),
            "check" => alone(Self::Check),
            // These programs read their arguments themselves.
            "bench" => Ok(Self::Bench(rest.to_vec())),
            "hub" => Ok(Self::Hub(rest.to_vec())),
            "sim" => Ok(Self::Sim(rest.to_vec())),
            "screenshots" => alone(Self::Screenshots),
            "bundle" => bundle::Options::parse(rest).map(Self::Bundle),
            "cross" => cross::Options::parse(rest).map(Self::Cross),
            "bindings" => alone(Self::Bindings),
            "help" | "--help" | "-h" => Ok(Self::Help),
            other => bail!("there is no command `{other}`\n\n{USAGE}"),
        }
    }

    fn act(self) -> Result<()> {
        if let Self::Help = self {
            println!("{USAGE}");
            return Ok(());
        }
        let project = Project::find()?;
        match self {
            Self::Run(options) => run::run(&project, &options),
            Self::Test(conditions) => test::test(&project, conditions),
            Self::Ci => ci::ci(&project),
            Self::Check => ci::check(&project),
            Self::Bench(arguments) => bench::bench(&project, &arguments),
            Self::Screenshots => screenshots::screenshots(&project),
            Self::Bundle(options) => bundle::bundle(&project, &options),
            Self::Cross(options) => cross::cross(&project, &options),
            Self::Hub(arguments) => hub::hub(&project, &arguments),
            Self::Sim(arguments) => sim::sim(&project, &arguments),
            Self::Bindings => bindings::bindings(&project),
            Self::Help => Ok(()),
        }
    }
}

fn takes_nothing(name: &str, rest: &[String]) -> Result<()> {
    if let Some(first) = rest.first() {
        bail!("`cargo xtask {name}` takes no arguments, but got `{first}`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDES: [&str; 4] = ["README.md", "CONTRIBUTING.md", "docs/it.md", "docs/hub.md"];

    /// What follows `cargo xtask` in a page: the lines of code blocks, and what stands between backticks.
    fn commands(page: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut in_block = false;
        for line in page.lines() {
            if line.starts_with("```") {
                in_block = !in_block;
            } else if in_block {
                found.extend(
                    line.strip_prefix("cargo xtask ").map(|rest| rest.split("  #").next().unwrap_or(rest).trim()),
                );
            } else {
                found.extend(line.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("cargo xtask ")));
            }
        }
        found.retain(|command| !command.contains(['…', ',']));
        found.into_iter().map(str::to_owned).collect()
    }

    /// Words as a shell takes them apart; N and SEED are for the reader to fill in.
    fn words(command: &str) -> Vec<String> {
        let quoted = command.split('"').enumerate();
        quoted
            .flat_map(|(at, part)| {
                if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
            })
            .map(|word| if ["N", "SEED"].contains(&word.as_str()) { "7".to_owned() } else { word })
            .collect()
    }

    #[test]
    fn every_command_in_the_guides_is_one() {
        let project = Project::find().expect("this clone");
        let mut count = 0;
        for guide in GUIDES {
            let page = std::fs::read_to_string(project.root.join(guide)).expect(guide);
            for command in commands(&page) {
                if let Err(error) = Task::parse(&words(&command)) {
                    panic!("{guide}: cargo xtask {command}\n{error:#}");
                }
                count += 1;
            }
        }
        assert!(count > 15, "only {count} commands were found");
    }

    #[test]
    fn a_command_that_is_none_is_found() {
        let page = "See `cargo xtask sitt` and `cargo xtask run, test`.\n```\ncargo xtask test --at \"2028-02-29 23:58\"  # then\n```\n";
        let found = commands(page);
        assert_eq!(found, ["sitt", "test --at \"2028-02-29 23:58\""]);
        assert_eq!(words(&found[1]), ["test", "--at", "2028-02-29 23:58"]);
        assert!(Task::parse(&words(&found[0])).is_err());
    }
}
