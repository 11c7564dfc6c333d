//! Running programs of Windows on Linux.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::system::{Need, install_missing};

/// Random numbers as Rust's standard library asks Windows for them. Wine 8 has the function under another name only.
const RANDOM: &str = "\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE at, SIZE_T left) {
    while (left) {
        ULONG now = left > 0x1000000 ? 0x1000000 : (ULONG)left;
        if (!SystemFunction036(at, now)) return FALSE;
        at += now;
        left -= now;
    }
    return TRUE;
}
";

/// A program of Windows that runs one of Linux: the tests start a mail server, which is written in Python.
const RELAY: &str = include_str!("relay.c");
const RELAY_END: &str = include_str!("relay.py");

/// Wine with a folder of its own, in which its drive C: is.
pub struct Wine {
    program: PathBuf,
    folder: PathBuf,
}

impl Wine {
    /// Wine with what it needs, in a folder that is made where it isn't there, with the library that older versions lack.
    ///
    /// # Errors
    /// When there is no Wine and none can be installed, or it makes no folder.
    pub fn ready(folder: PathBuf) -> Result<Self> {
        install_missing(&[Need::Windows, Need::Wine])?;
        let program =
            program().context("there is no Wine to run programs of Windows with. On Debian: apt-get install wine64")?;
        let wine = Self { program, folder };
        let system = wine.drive().join("windows/system32");
        if !system.is_dir() {
            if let Some(above) = wine.folder.parent() {
                fs::create_dir_all(above)?;
            }
            process::run_as(wine.command("wineboot").arg("-i"), "wineboot -i")?;
            // Some versions of Wine begin as Windows 7, which Liaison isn't for.
            let version = ["add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f"];
            process::run(wine.command("reg").args(version))?;
        }
        let random = system.join("bcryptprimitives.dll");
        if !random.is_file() {
            wine.compile("random", RANDOM, &random, &["-shared", "-ladvapi32"])?;
        }
        Ok(wine)
    }

    /// What C: is outside of Wine.
    pub fn drive(&self) -> PathBuf {
        self.folder.join("drive_c")
    }

    /// A program of Windows, by its path outside of Wine or its name inside.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(program.as_ref()).envs(self.environment());
        command
    }

    /// Programs of Linux that tests start, as programs of Windows, and what tells the tests where they are.
    ///
    /// # Errors
    /// When they can't be compiled, or the mail server of the tests can't be installed.
    pub fn programs_of_linux(&self) -> Result<Vec<(&'static str, OsString)>> {
        install_missing(&[Need::Mail])?;
        let folder = self.folder.join("linux");
        fs::create_dir_all(&folder)?;
        let end = folder.join("relay.py");
        fs::write(&end, RELAY_END)?;
        let in_wine = |path: &Path| OsString::from(format!("Z:{}", path.display()));
        let mut set = vec![("LIAISON_RELAY", end.into()), ("LIAISON_WINE", self.folder.clone().into())];
        for (variable, name) in [("PYTHON", "python3.exe"), ("OPENSSL_PROGRAM", "openssl.exe")] {
            let program = folder.join(name);
            self.compile("relay", RELAY, &program, &["-lws2_32"])?;
            set.push((variable, in_wine(&program)));
        }
        Ok(set)
    }

    /// Compiles a little C for Windows.
    fn compile(&self, name: &str, text: &str, to: &Path, arguments: &[&str]) -> Result<()> {
        let source = self.folder.join(format!("{name}.c"));
        fs::write(&source, text).with_context(|| format!("Wine made no folder at {}", self.folder.display()))?;
        let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
        compiler.args(["-O2", "-s", "-o"]).arg(to).arg(&source).args(arguments);
        process::run(&mut compiler)
    }

    /// What lets cargo run programs of Windows.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        vec![
            ("WINEPREFIX", self.folder.clone().into()),
            ("WINEDEBUG", "-all".into()),
            // It would offer to download them.
            ("WINEDLLOVERRIDES", "mscoree,mshtml=".into()),
            ("LANG", "C.UTF-8".into()),
            ("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", self.program.clone().into()),
        ]
    }
}

/// Debian hides the program; what it puts on the PATH has something to say about 32 bits first.
fn program() -> Option<PathBuf> {
    let hidden = PathBuf::from("/usr/lib/wine/wine64");
    if hidden.is_file() { Some(hidden) } else { process::on_path("wine64").or_else(|| process::on_path("wine")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wine_keeps_to_its_own_folder() {
        let wine = Wine { program: "/usr/bin/wine".into(), folder: "/work/wine".into() };
        let set = wine.environment();
        assert!(set.contains(&("WINEPREFIX", "/work/wine".into())), "{set:?}");
        assert!(set.contains(&("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "/usr/bin/wine".into())), "{set:?}");
        assert_eq!(wine.drive(), Path::new("/work/wine/drive_c"));
        let words: Vec<_> = wine.command("/somewhere/liaison-cli.exe").get_args().map(ToOwned::to_owned).collect();
        assert_eq!(words, ["/somewhere/liaison-cli.exe"]);
    }
}
