//! Cargo for another system: its toolchain, its C compiler, and what is kept from one run to the next.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::standard_library::{self, Toolchain};
use super::target::System;
use super::zig;
use crate::process;
use crate::project::Project;
use crate::system::{Need, install_missing};

/// Where toolchains, what they build, and Wine's folder lie: `LIAISON_CROSS`, or the cache folder of this person.
///
/// # Errors
/// When neither is set.
pub fn work_folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("LIAISON_CROSS") {
        return Ok(folder.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    Ok(cache.context("neither XDG_CACHE_HOME nor HOME is set; set LIAISON_CROSS to a folder")?.join("liaison/cross"))
}

/// What compiles for one system.
pub struct Compiler {
    system: System,
    work: PathBuf,
    toolchain: Toolchain,
    /// The folder of the C compiler, where it is not the system's own.
    zig: Option<PathBuf>,
}

impl Compiler {
    /// One that is here, or is installed.
    ///
    /// # Errors
    /// When something can't be had; the words say what.
    pub fn ready(system: System) -> Result<Self> {
        let work = work_folder()?;
        std::fs::create_dir_all(&work).with_context(|| format!("creating {}", work.display()))?;
        let needs = match system {
            System::Windows => [Need::Build, Need::Windows],
            System::MacOs => [Need::Build, Need::MacOs],
        };
        install_missing(&needs)?;
        let zig = if system == System::MacOs { Some(zig::ready(&work)?) } else { None };
        let toolchain = Toolchain::ready(&work, system.target())?;
        if system == System::MacOs {
            headers_of_openssl(&work.join(openssl(system)))?;
        }
        Ok(Self { system, work, toolchain, zig })
    }

    /// The folder for what is kept.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Where the programs of a profile are, `debug` or `release`.
    pub fn programs(&self, profile: &str) -> PathBuf {
        self.work.join("target").join(self.system.target()).join(profile)
    }

    /// Runs cargo with these arguments for this system, and keeps what takes long to build.
    ///
    /// # Errors
    /// When cargo fails.
    pub fn run(
        &self,
        project: &Project,
        arguments: &[String],
        environment: &[(&str, std::ffi::OsString)],
    ) -> Result<()> {
        let mut cargo = self.command(project, arguments);
        cargo.envs(environment.iter().cloned());
        let done = process::run(&mut cargo);
        // What failed may have built it.
        self.keep_openssl()?;
        done
    }

    fn command(&self, project: &Project, arguments: &[String]) -> Command {
        let mut cargo = project.cargo(&[]);
        if let Some(folder) = &self.zig {
            // It calls cargo with the compiler it is, and needs zig where it looks for it.
            let mut wrapped = Command::new(folder.join("cargo-zigbuild"));
            wrapped.current_dir(&project.root);
            for (name, value) in cargo.get_envs() {
                match value {
                    Some(value) => wrapped.env(name, value),
                    None => wrapped.env_remove(name),
                };
            }
            let path = std::env::var_os("PATH").unwrap_or_default();
            let folders = std::iter::once(folder.clone()).chain(std::env::split_paths(&path));
            if let Ok(path) = std::env::join_paths(folders) {
                wrapped.env("PATH", path);
            }
            // SQLCipher logs to the system with a header that zig has not.
            wrapped.env("LIBSQLITE3_FLAGS", "-DSQLCIPHER_OMIT_LOG_DEVICE");
            cargo = wrapped;
        }
        self.toolchain.apply(&mut cargo);
        // Behind the verb, since the last words may be for the programs that are run.
        let (verb, rest) = arguments.split_at(arguments.len().min(1));
        cargo.args(verb).args(["--target", self.system.target()]).args(rest);
        cargo.env("CARGO_TARGET_DIR", self.work.join("target")).env("CARGO_PROFILE_DEV_DEBUG", "false");
        // Nothing reads what incremental builds keep, and it takes gigabytes.
        cargo.env("CARGO_INCREMENTAL", "0");
        let openssl = self.work.join(openssl(self.system));
        if openssl.join("lib/libcrypto.a").is_file() {
            let target = self.system.target().to_uppercase().replace('-', "_");
            cargo.env("OPENSSL_NO_VENDOR", "1").env("OPENSSL_STATIC", "1");
            cargo.env(format!("{target}_OPENSSL_DIR"), openssl);
        }
        cargo
    }

    /// Keeps what was built from OpenSSL's source: it takes longer than all the rest, and is needed once for all
    /// profiles.
    fn keep_openssl(&self) -> Result<()> {
        let kept = self.work.join(openssl(self.system));
        if kept.join("lib/libcrypto.a").is_file() {
            return Ok(());
        }
        for profile in ["debug", "release"] {
            for build in std::fs::read_dir(self.programs(profile).join("build")).into_iter().flatten().flatten() {
                let built = build.path().join("out/openssl-build/install");
                if built.join("lib/libcrypto.a").is_file() {
                    return standard_library::copy_folder(&built, &kept);
                }
            }
        }
        Ok(())
    }
}

/// The folder of what is kept of OpenSSL.
fn openssl(system: System) -> String {
    format!("openssl-{}", system.target())
}

/// OpenSSL's headers, which are the same on every system of 64 bits but Windows, and libraries with nothing in them:
/// what is only checked is never linked.
fn headers_of_openssl(to: &Path) -> Result<()> {
    if to.join("lib/libcrypto.a").is_file() {
        return Ok(());
    }
    let family = process::output(Command::new("cc").arg("-print-multiarch"))?;
    let places = [PathBuf::from("/usr/include/openssl"), Path::new("/usr/include").join(family.trim()).join("openssl")];
    let headers = to.join("include/openssl");
    for place in places.iter().filter(|place| place.is_dir()) {
        standard_library::copy_folder(place, &headers)?;
    }
    for needed in ["evp.h", "opensslv.h", "configuration.h"] {
        if !headers.join(needed).is_file() {
            bail!("OpenSSL’s header {needed} is in neither {} nor {}", places[0].display(), places[1].display());
        }
    }
    std::fs::create_dir_all(to.join("lib"))?;
    for library in ["libssl.a", "libcrypto.a"] {
        std::fs::write(to.join("lib").join(library), "!<arch>\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openssl_is_built_once() {
        let work = std::env::temp_dir().join(format!("liaison-cross-{}", std::process::id()));
        let toolchain = Toolchain::at(work.join("toolchain"));
        let compiler = Compiler { system: System::Windows, work: work.clone(), toolchain, zig: None };
        let built = compiler.programs("debug").join("build/openssl-sys-1/out/openssl-build/install/lib");
        std::fs::create_dir_all(&built).expect("a folder");
        std::fs::write(built.join("libcrypto.a"), "library").expect("a file");
        compiler.keep_openssl().expect("kept");
        let project = Project::find().expect("this clone");
        let cargo = compiler.command(&project, &["check".to_owned()]);
        let set: Vec<String> = cargo
            .get_envs()
            .filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), value?.to_string_lossy())))
            .collect();
        let kept = work.join(openssl(System::Windows));
        assert!(set.contains(&format!("X86_64_PC_WINDOWS_GNU_OPENSSL_DIR={}", kept.display())), "{set:?}");
        assert!(set.contains(&"OPENSSL_NO_VENDOR=1".to_owned()), "{set:?}");
        assert_eq!(std::fs::read_to_string(kept.join("lib/libcrypto.a")).expect("a copy"), "library");
        std::fs::remove_dir_all(&work).expect("removed");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_only_checked_needs_headers() {
        let folder = std::env::temp_dir().join(format!("liaison-headers-{}", std::process::id()));
        headers_of_openssl(&folder).expect("copied");
        assert!(folder.join("include/openssl/configuration.h").is_file());
        assert!(folder.join("lib/libcrypto.a").is_file());
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn zig_compiles_for_macos() {
        let work = PathBuf::from("/work");
        let toolchain = Toolchain::at(work.join("toolchain"));
        let zig = Some(PathBuf::from("/work/zig/bin"));
        let compiler = Compiler { system: System::MacOs, work, toolchain, zig };
        let cargo = compiler.command(&Project::find().expect("this clone"), &["check".to_owned(), "-v".to_owned()]);
        assert_eq!(cargo.get_program(), "/work/zig/bin/cargo-zigbuild");
        let arguments: Vec<_> = cargo.get_args().collect();
        assert_eq!(arguments, ["check", "--target", "aarch64-apple-darwin", "-v"]);
        let path = cargo.get_envs().find_map(|(name, value)| (name == "PATH").then_some(value?)).expect("a path");
        assert!(path.to_string_lossy().starts_with("/work/zig/bin:"), "{path:?}");
    }
}
