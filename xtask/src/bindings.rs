//! `cargo xtask bindings`

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// Where the generated files are.
const FOLDER: &str = "ui/src/ipc";

/// The generated files: commands and types, and what else the interface needs to know.
pub const FILES: [&str; 2] = ["ui/src/ipc/bindings.ts", "ui/src/ipc/contract.ts"];

/// Writes the TypeScript side of Rust. A test of the app compares the files with what this would write.
pub fn bindings(project: &Project) -> Result<()> {
    install_missing(&[Need::Build])?;
    // The app carries the built interface, so it can't be compiled without one.
    ui::build(project)?;
    process::run(&mut project.cargo(&["build", "--workspace", "--bin", "liaison"]))?;
    let mut app = Command::new(project.app_binary("debug")?);
    process::run(app.args(["--export-bindings", FOLDER]).current_dir(&project.root))?;
    println!("written: {}", FILES.join(", "));
    Ok(())
}
