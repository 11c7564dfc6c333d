//! A C compiler for macOS: zig, which has the headers of its system library, though not those of its frameworks.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::system::python;

/// From Python's index, which has both as programs; these versions were tried together.
const PACKAGES: [&str; 2] = ["ziglang==0.17.1", "cargo-zigbuild==0.24.1"];

/// The folder with `cargo-zigbuild`, which finds zig beside it: this person's own, or one made for Liaison.
///
/// # Errors
/// When there is none and pip can't install it.
pub fn ready(work: &Path) -> Result<PathBuf> {
    if let Some(folder) = found(work) {
        return Ok(folder);
    }
    let place = work.join("zig");
    println!("A C compiler for macOS is missing; pip installs zig into {}.", place.display());
    process::run(Command::new(python()).args(["-m", "venv"]).arg(&place))?;
    let mut pip = Command::new(place.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES);
    process::run(&mut pip)?;
    found(work).context("pip installed cargo-zigbuild, but it isn’t there")
}

fn found(work: &Path) -> Option<PathBuf> {
    let own = work.join("zig/bin");
    if own.join("cargo-zigbuild").is_file() {
        return Some(own);
    }
    process::on_path("cargo-zigbuild").and_then(|program| Some(program.parent()?.to_owned()))
}
