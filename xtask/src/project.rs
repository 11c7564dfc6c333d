//! Where things are, and the commands that are run there.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The clone this xtask belongs to.
pub struct Project {
    /// The top folder.
    pub root: PathBuf,
}

impl Project {
    /// The clone whose xtask is running.
    ///
    /// # Errors
    /// When the folder has gone since this was built.
    pub fn find() -> Result<Self> {
        // Cargo says which clone it is; the path built in could be another one's where they share a target folder.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&here).parent().context("xtask has no folder above it")?;
        let root = root.canonicalize().with_context(|| format!("no folder {}", root.display()))?;
        Ok(Self { root })
    }

    /// The web interface.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// `cargo` with these arguments in the top folder.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(&self.root);
        // What cargo set for xtask itself; it would make build scripts run again for nothing.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
            command.env_remove(name);
        }
        command
    }

    /// `npm` with these arguments in `ui`.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        // On Windows npm is a script, which only its full name finds.
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.args(arguments).current_dir(self.ui());
        command
    }

    /// The app's binary in the folder cargo builds into; `profile` is `debug` or `release`.
    ///
    /// # Errors
    /// When cargo can't say where it builds.
    pub fn app_binary(&self, profile: &str) -> Result<PathBuf> {
        Ok(self.target()?.join(profile).join(format!("liaison{}", std::env::consts::EXE_SUFFIX)))
    }

    /// The app without a window that the interface's tests talk to, in the same folder.
    ///
    /// # Errors
    /// When cargo can't say where it builds.
    pub fn desk_without_window(&self) -> Result<PathBuf> {
        self.example("desk_without_window")
    }

    /// The program that an example was built to.
    ///
    /// # Errors
    /// When cargo can't say where it builds.
    pub fn example(&self, name: &str) -> Result<PathBuf> {
        Ok(self.target()?.join("debug/examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
    }

    /// The folder cargo builds into.
    ///
    /// # Errors
    /// When cargo can't say.
    pub fn target(&self) -> Result<PathBuf> {
        let text = process::output(&mut self.cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&text).context("cargo metadata is no JSON")?;
        let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
        Ok(target.into())
    }
}
