//! `cargo xtask sim`

use anyhow::Result;

use crate::process;
use crate::project::Project;

/// Runs the simulation of desks and their hub over many seeds; the arguments are the program's own.
pub fn sim(project: &Project, arguments: &[String]) -> Result<()> {
    let mut cargo = project.cargo(&["run", "--quiet", "--release", "-p", "liaison-simulation", "--"]);
    process::run(cargo.args(arguments))
}
