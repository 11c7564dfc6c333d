//! `cargo xtask bench`

use anyhow::Result;

use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// Builds everything in release mode and measures; the arguments are the measuring program's own.
pub fn bench(project: &Project, arguments: &[String]) -> Result<()> {
    install_missing(&[Need::Build, Need::Window, Need::Bench])?;
    ui::build(project)?;
    process::run(&mut project.cargo(&["build", "--release", "-p", "liaison", "--bin", "liaison"]))?;
    let mut bench = project.cargo(&["run", "--release", "-p", "liaison-bench", "--"]);
    bench.args(arguments).env("LIAISON_BIN", project.app_binary("release")?);
    process::run(&mut bench)
}
