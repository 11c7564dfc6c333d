//! `cargo xtask bindings`

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// Where the generated file is.
pub const FILE: &str = "ui/src/ipc/bindings.ts";

/// Writes the TypeScript of all commands. A test of the app compares the file with what this would write.
pub fn bindings(project: &Project) -> Result<()> {
    install_missing(&[Need::Build])?;
    // The app carries the built interface, so it can't be compiled without one.
    ui::build(project)?;
    process::run(&mut project.cargo(&["build", "--workspace", "--bin", "liaison"]))?;
    let mut app = Command::new(project.app_binary("debug")?);
    process::run(app.args(["--export-bindings", FILE]).current_dir(&project.root))?;
    println!("written: {FILE}");
    Ok(())
}
