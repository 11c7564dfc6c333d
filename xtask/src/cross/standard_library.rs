//! A toolchain with the standard library of another system: rustup's where it has that, else a copy of it whose library
//! is built from source. The compiler generates code for every target; only the library is missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::debian;
use crate::process;

/// A toolchain that compiles for another system.
pub struct Toolchain {
    /// Its folder, where it is not the one that cargo uses anyway.
    own: Option<PathBuf>,
}

impl Toolchain {
    #[cfg(test)]
    pub fn at(folder: PathBuf) -> Self {
        Self { own: Some(folder) }
    }

    /// One that is here already.
    pub fn found(work: &Path, target: &str) -> Option<Self> {
        let copy = work.join("toolchain");
        if has_library(&copy, target) {
            return Some(Self { own: Some(copy) });
        }
        has_library(&sysroot().ok()?, target).then_some(Self { own: None })
    }

    /// One that is here, or is made: by rustup, or from the library's source. Nothing is added to rustup's toolchain but
    /// by rustup.
    ///
    /// # Errors
    /// When there is no source of this very version, or it doesn't compile.
    pub fn ready(work: &Path, target: &str) -> Result<Self> {
        if let Some(found) = Self::found(work, target) {
            return Ok(found);
        }
        println!("The standard library for {target} is missing; asking rustup for it.");
        if process::succeeds(Command::new("rustup").args(["target", "add", target]))
            && let Some(found) = Self::found(work, target)
        {
            return Ok(found);
        }
        println!("rustup has none for us; it is built from source, once.");
        let toolchain = work.join("toolchain");
        if !toolchain.join("bin").is_dir() {
            let making = work.join("toolchain.new");
            if making.exists() {
                fs::remove_dir_all(&making)?;
            }
            copy_folder(&sysroot()?, &making)?;
            fs::rename(&making, &toolchain)?;
        }
        build(work, &toolchain, target)?;
        Ok(Self { own: Some(toolchain) })
    }

    /// Lets cargo use this toolchain.
    pub fn apply(&self, cargo: &mut Command) {
        if let Some(folder) = &self.own {
            cargo.env("RUSTC", folder.join("bin/rustc")).env("RUSTDOC", folder.join("bin/rustdoc"));
        }
    }
}

fn sysroot() -> Result<PathBuf> {
    Ok(process::output(Command::new("rustc").args(["--print", "sysroot"]))?.trim().into())
}

fn library_folder(toolchain: &Path, target: &str) -> PathBuf {
    toolchain.join("lib/rustlib").join(target).join("lib")
}

fn has_library(toolchain: &Path, target: &str) -> bool {
    let entries = fs::read_dir(library_folder(toolchain, target)).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().starts_with("libstd-"))
}

/// Builds the library for a target and puts it into the copy of the toolchain. A library is not linked, so that no
/// linker of the target is needed.
fn build(work: &Path, toolchain: &Path, target: &str) -> Result<()> {
    let source = source(work)?;
    let place = toolchain.join("lib/rustlib/src/rust");
    fs::create_dir_all(&place)?;
    let library = place.join("library");
    if !library.exists() {
        copy_folder(&source, &library)?;
    }
    let package = work.join("make-standard-library");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(package.join("src"))?;
    let manifest =
        "[package]\nname = \"make_standard_library\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(package.join("Cargo.toml"), manifest)?;
    fs::write(package.join("src/lib.rs"), "")?;
    let mut cargo = Command::new(toolchain.join("bin/cargo"));
    cargo.args(["build", "--release", "--target", target]);
    cargo.arg("-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test").current_dir(&package);
    // What only the nightly compiler does by itself, and this one for its own library.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", package.join("target"));
    cargo.env("RUSTC", toolchain.join("bin/rustc"));
    process::run(&mut cargo)?;
    let into = library_folder(toolchain, target);
    let making = into.with_file_name("lib.new");
    fs::create_dir_all(&making)?;
    for entry in fs::read_dir(package.join("target").join(target).join("release/deps"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libmake_standard_library") {
            fs::copy(entry.path(), making.join(name))?;
        }
    }
    fs::rename(&making, &into)?;
    fs::remove_dir_all(&package)?;
    Ok(())
}

/// The library's source, of the compiler's version to the letter: `RUST_SRC`, rustup's, or Debian's.
fn source(work: &Path) -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("RUST_SRC").map(PathBuf::from) {
        if !folder.join("Cargo.lock").is_file() {
            bail!(
                "RUST_SRC is {}, which has no Cargo.lock: it names the folder `library` of Rust's source",
                folder.display()
            );
        }
        return Ok(folder);
    }
    let rustups = sysroot()?.join("lib/rustlib/src/rust/library");
    if rustups.join("Cargo.lock").is_file() {
        return Ok(rustups);
    }
    let version = process::output(Command::new("rustc").arg("--version"))?;
    let version = version.split_whitespace().nth(1).context("rustc names no version")?;
    debian::source(&work.join("rust-src"), version)
}

/// Copies a folder; files as links to the same bytes where the disk can do that, since nothing in either is changed.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let is_folder = fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
        if is_folder {
            copy_folder(&entry.path(), &target)?;
        } else if fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target).with_context(|| format!("copying {}", entry.path().display()))?;
        }
    }
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_toolchain_counts_once_its_library_is_there() {
        let work = std::env::temp_dir().join(format!("liaison-toolchain-{}", std::process::id()));
        let library = library_folder(&work.join("toolchain"), "a-target");
        fs::create_dir_all(&library).expect("a folder");
        assert!(Toolchain::found(&work, "a-target").is_none(), "the folder alone is none");
        fs::write(library.join("libstd-0123.rlib"), "").expect("a file");
        let found = Toolchain::found(&work, "a-target").expect("there now");
        let mut cargo = Command::new("cargo");
        found.apply(&mut cargo);
        let rustc = work.join("toolchain/bin/rustc");
        assert!(cargo.get_envs().any(|(name, value)| name == "RUSTC" && value == Some(rustc.as_os_str())));
        let copied = work.join("copy");
        copy_folder(&work.join("toolchain"), &copied).expect("copied");
        assert!(has_library(&copied, "a-target"));
        fs::remove_dir_all(&work).expect("removed");
    }
}
