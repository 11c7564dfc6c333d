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
  bundle [FORMATS] [--debug]                    make what people install on this system: deb and rpm, nsis, or dmg
  cross SYSTEM [check|build|test] [PACKAGES]    compile for windows or macos on Linux; run tests of Windows in Wine
  bench [ARGUMENTS]                             measure in release mode, each figure beside its limit
  screenshots                                   take the pictures in docs/screenshots, of every screen
  bindings                                      write what the interface knows of Rust (ui/src/ipc)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    let project = Project::find()?;
    match name.as_str() {
        "run" => run::run(&project, &run::Options::parse(rest)?),
        "test" => test::test(&project, Conditions::parse(rest)?),
        "ci" => takes_nothing(name, rest).and_then(|()| ci::ci(&project)),
        "check" => takes_nothing(name, rest).and_then(|()| ci::check(&project)),
        "bench" => bench::bench(&project, rest),
        "screenshots" => takes_nothing(name, rest).and_then(|()| screenshots::screenshots(&project)),
        "bundle" => bundle::bundle(&project, &bundle::Options::parse(rest)?),
        "cross" => cross::cross(&project, &cross::Options::parse(rest)?),
        "hub" => hub::hub(&project, rest),
        "sim" => sim::sim(&project, rest),
        "bindings" => takes_nothing(name, rest).and_then(|()| bindings::bindings(&project)),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
}

fn takes_nothing(name: &str, rest: &[String]) -> Result<()> {
    if let Some(first) = rest.first() {
        bail!("`cargo xtask {name}` takes no arguments, but got `{first}`");
    }
    Ok(())
}
