//! `cargo xtask cross`: Liaison for Windows and macOS, checked, built and tested on Linux.

mod debian;
mod standard_library;
mod wine;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::steps::Done;
use crate::system::{Need, install_missing};
use standard_library::Toolchain;

/// A system that Liaison is compiled for from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Windows on 64-bit Intel and AMD.
    Windows,
    /// macOS on Apple's own processors.
    MacOs,
}

impl System {
    /// Both.
    pub const ALL: [System; 2] = [System::Windows, System::MacOs];

    fn named(word: &str) -> Option<System> {
        System::ALL.into_iter().find(|system| system.word() == word)
    }

    /// The system as arguments name it.
    pub fn word(self) -> &'static str {
        match self {
            System::Windows => "windows",
            System::MacOs => "macos",
        }
    }

    /// The target as rustc names it. Windows by the GNU tools, which Linux has; releases are built with Microsoft's.
    fn target(self) -> &'static str {
        match self {
            System::Windows => "x86_64-pc-windows-gnu",
            System::MacOs => "aarch64-apple-darwin",
        }
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Check,
    Build,
    Test,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    system: System,
    act: Act,
    packages: Vec<String>,
}

/// What people get; with no names given, this is meant.
const SHIPPED: [&str; 2] = ["liaison-cli", "liaison"];

impl Options {
    /// Reads the arguments: the system, what to do (check without a word), and packages.
    ///
    /// # Errors
    /// When an argument is not ours, or asks for what can't be done from Linux.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let system = arguments.first().and_then(|word| System::named(word));
        let Some(system) = system else {
            bail!("`cargo xtask cross` wants a system: windows or macos");
        };
        let (act, rest) = match arguments.get(1).map(String::as_str) {
            None | Some("check") => (Act::Check, 2),
            Some("build") => (Act::Build, 2),
            Some("test") => (Act::Test, 2),
            Some(other) => bail!("`cargo xtask cross {}` knows check, build and test, not `{other}`", system.word()),
        };
        let packages: Vec<String> = arguments.iter().skip(rest).cloned().collect();
        match (system, act) {
            (System::MacOs, Act::Test) => bail!("nothing here runs programs of macOS; run the tests on a Mac"),
            (System::MacOs, Act::Build) => bail!(
                "linking for macOS needs Apple's frameworks, which only a Mac has; `cargo xtask cross macos check` \
                 compiles all of it"
            ),
            (System::Windows, Act::Test) if packages.is_empty() => {
                bail!("tests of which packages? For example: cargo xtask cross windows test liaison-domain")
            }
            _ => Ok(Self { system, act, packages }),
        }
    }

    /// Cargo's own arguments.
    fn cargo(&self) -> Vec<String> {
        let mut words: Vec<&str> = match self.act {
            Act::Check => vec!["check"],
            Act::Build => vec!["build", "--release", "--bins"],
            Act::Test => vec!["test", "--no-fail-fast"],
        };
        words.extend(["--target", self.system.target()]);
        let shipped = SHIPPED.map(str::to_owned);
        for package in if self.packages.is_empty() { &shipped[..] } else { &self.packages } {
            words.extend(["-p", package]);
        }
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Where toolchains, what they build, and Wine's folder lie: `LIAISON_CROSS`, or the cache folder of this person.
fn work_folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("LIAISON_CROSS") {
        return Ok(folder.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    Ok(cache.context("neither XDG_CACHE_HOME nor HOME is set; set LIAISON_CROSS to a folder")?.join("liaison/cross"))
}

/// Does what was asked for, after getting what it needs.
pub fn cross(project: &Project, options: &Options) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("this compiles on Linux for the others; here `cargo xtask ci` does it for this very system");
    }
    let work = work_folder()?;
    let mut needs = vec![Need::Build];
    if options.system == System::Windows {
        needs.push(Need::Windows);
    }
    if options.act == Act::Test {
        needs.push(Need::Wine);
    }
    install_missing(&needs)?;
    let toolchain = Toolchain::ready(&work, options.system.target())?;
    let mut cargo = command(project, &work, &toolchain, options)?;
    if options.act == Act::Test {
        wine::prepare(&work)?;
        cargo.envs(wine::environment(&work));
    }
    process::run(&mut cargo)?;
    keep_openssl(&work, options.system)
}

/// Cargo for a system, with its C compiler.
fn command(project: &Project, work: &Path, toolchain: &Toolchain, options: &Options) -> Result<Command> {
    let arguments = options.cargo();
    let mut cargo = project.cargo(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    toolchain.apply(&mut cargo);
    cargo.env("CARGO_TARGET_DIR", work.join("target")).env("CARGO_PROFILE_DEV_DEBUG", "false");
    if options.system == System::MacOs {
        // Checking needs a C compiler with the headers of macOS for the C in two crates; zig has them, but for one that
        // SQLCipher logs with.
        let zig = process::on_path("cargo-zigbuild").context(
            "checking for macOS needs cargo-zigbuild and zig on the PATH. To get both: \
             python3 -m venv zig && zig/bin/pip install ziglang cargo-zigbuild",
        )?;
        cargo.env("LIBSQLITE3_FLAGS", "-DSQLCIPHER_OMIT_LOG_DEVICE");
        let mut wrapped = Command::new(zig);
        wrapped.args(&arguments).current_dir(&project.root);
        for (name, value) in cargo.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        cargo = wrapped;
    }
    if openssl(work, options.system).join("lib/libcrypto.a").is_file() {
        let target = options.system.target().to_uppercase().replace('-', "_");
        cargo.env("OPENSSL_NO_VENDOR", "1").env("OPENSSL_STATIC", "1");
        cargo.env(format!("{target}_OPENSSL_DIR"), openssl(work, options.system));
    }
    Ok(cargo)
}

fn openssl(work: &Path, system: System) -> PathBuf {
    work.join(format!("openssl-{}", system.target()))
}

/// Keeps what was built from OpenSSL's source: it takes longer than all the rest, and is needed once for all profiles.
fn keep_openssl(work: &Path, system: System) -> Result<()> {
    let kept = openssl(work, system);
    if kept.join("lib/libcrypto.a").is_file() {
        return Ok(());
    }
    for profile in ["debug", "release"] {
        let builds = work.join("target").join(system.target()).join(profile).join("build");
        for build in std::fs::read_dir(builds).into_iter().flatten().flatten() {
            let built = build.path().join("out/openssl-build/install");
            if built.join("lib/libcrypto.a").is_file() {
                standard_library::copy_folder(&built, &kept)?;
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The step of `cargo xtask ci`: checks what is shipped for a system whose toolchain is already here. It gets nothing:
/// the first time takes a quarter of an hour, which is for whoever wants it to decide.
pub fn in_ci(project: &Project, system: System) -> Result<Done> {
    let how = format!("`cargo xtask cross {}` makes them once; later runs then check it", system.word());
    if !cfg!(target_os = "linux") {
        return Ok(Done::Skipped("only Linux compiles for other systems here".to_owned()));
    }
    let work = work_folder()?;
    let Some(toolchain) = Toolchain::found(&work, system.target()) else {
        return Ok(Done::Skipped(format!(
            "nothing was compiled for {}: no toolchain for it here; {how}",
            system.target()
        )));
    };
    let compiler = if system == System::Windows { "x86_64-w64-mingw32-gcc" } else { "cargo-zigbuild" };
    if process::on_path(compiler).is_none() {
        return Ok(Done::Skipped(format!("nothing was compiled for {}: no {compiler} here; {how}", system.target())));
    }
    let options = Options { system, act: Act::Check, packages: Vec::new() };
    process::run(&mut command(project, &work, &toolchain, &options)?)?;
    keep_openssl(&work, system)?;
    Ok(Done::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn arguments() {
        let options = parse(&["windows"]).expect("a system alone");
        let words = ["check", "--target", "x86_64-pc-windows-gnu", "-p", "liaison-cli", "-p", "liaison"];
        assert_eq!(options.cargo(), words);
        let options = parse(&["windows", "test", "liaison-domain"]).expect("tests");
        let words = ["test", "--no-fail-fast", "--target", "x86_64-pc-windows-gnu", "-p", "liaison-domain"];
        assert_eq!(options.cargo(), words);
        assert_eq!(
            parse(&["macos", "check", "xtask"]).expect("a package").cargo().last().map(String::as_str),
            Some("xtask")
        );
    }

    #[test]
    fn what_cannot_be_done_here_is_said() {
        let words = |arguments: &[&str]| parse(arguments).expect_err("refused").to_string();
        assert!(words(&[]).contains("windows or macos"));
        assert!(words(&["plan9"]).contains("windows or macos"));
        assert!(words(&["windows", "run"]).contains("not `run`"));
        assert!(words(&["windows", "test"]).contains("tests of which packages?"));
        assert!(words(&["macos", "test"]).contains("on a Mac"));
        assert!(words(&["macos", "build"]).contains("frameworks"));
    }

    #[test]
    fn openssl_is_built_once() {
        let folder = std::env::temp_dir().join(format!("liaison-cross-{}", std::process::id()));
        let built = folder.join("target/x86_64-pc-windows-gnu/debug/build/openssl-sys-1/out/openssl-build/install/lib");
        std::fs::create_dir_all(&built).expect("a folder");
        std::fs::write(built.join("libcrypto.a"), "library").expect("a file");
        keep_openssl(&folder, System::Windows).expect("kept");
        let project = Project::find().expect("this clone");
        let toolchain = Toolchain::at(folder.join("toolchain"));
        let options = parse(&["windows"]).expect("a system");
        let cargo = command(&project, &folder, &toolchain, &options).expect("a command");
        let set: Vec<String> = cargo
            .get_envs()
            .filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), value?.to_string_lossy())))
            .collect();
        let kept = openssl(&folder, System::Windows);
        assert!(set.contains(&format!("X86_64_PC_WINDOWS_GNU_OPENSSL_DIR={}", kept.display())), "{set:?}");
        assert!(set.contains(&"OPENSSL_NO_VENDOR=1".to_owned()), "{set:?}");
        assert_eq!(std::fs::read_to_string(kept.join("lib/libcrypto.a")).expect("a copy"), "library");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
