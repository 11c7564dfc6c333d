//! `cargo xtask bench`

use anyhow::Result;
use std::process::Command;

use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// Builds everything in release mode and measures; the arguments are the measuring program's own.
///
/// It finds the built app's path in `LIAISON_BIN`, and opens windows on a virtual screen and a session bus of its own:
/// what else is open on this machine is neither seen nor disturbed.
pub fn bench(project: &Project, arguments: &[String]) -> Result<()> {
    install_missing(&[Need::Build, Need::Window, Need::Bench])?;
    ui::build(project)?;
    // In one build, so that the app and the empty window beside it get the same libraries with the same features.
    let programs = ["--bin", "liaison", "--bin", "liaison-bench", "--bin", "liaison-empty-window"];
    process::run(&mut project.cargo(&[&["build", "--release", "--workspace"], programs.as_slice()].concat()))?;
    let app = project.app_binary("release")?;
    let name = format!("liaison-bench{}", std::env::consts::EXE_SUFFIX);
    let mut bench = Command::new(app.with_file_name(name));
    bench.args(arguments).current_dir(&project.root).env("LIAISON_BIN", &app);
    process::run(&mut bench)
}
