//! Running programs of Windows on Linux.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

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

fn program() -> Option<PathBuf> {
    let hidden = PathBuf::from("/usr/lib/wine/wine64");
    process::on_path("wine64").or_else(|| process::on_path("wine")).or_else(|| hidden.is_file().then_some(hidden))
}

fn prefix(work: &Path) -> PathBuf {
    work.join("wine")
}

/// Makes Wine's folder, with the library that older versions lack.
///
/// # Errors
/// When there is no Wine, or it makes no folder.
pub fn prepare(work: &Path) -> Result<()> {
    let wine = program().context("there is no Wine to run tests of Windows with. On Debian: apt-get install wine64")?;
    let system = prefix(work).join("drive_c/windows/system32");
    if !system.is_dir() {
        fs::create_dir_all(work)?;
        process::run(Command::new(&wine).args(["wineboot", "-i"]).envs(environment(work)))?;
    }
    let library = system.join("bcryptprimitives.dll");
    if !library.is_file() {
        let source = work.join("random.c");
        fs::write(&source, RANDOM)?;
        let mut compiler = Command::new("x86_64-w64-mingw32-gcc");
        compiler.args(["-O2", "-shared", "-s", "-o"]).arg(&library).arg(&source).arg("-ladvapi32");
        process::run(&mut compiler)?;
    }
    Ok(())
}

/// What lets cargo run programs of Windows.
pub fn environment(work: &Path) -> Vec<(&'static str, OsString)> {
    let mut set = vec![("WINEPREFIX", prefix(work).into()), ("WINEDEBUG", "-all".into()), ("LANG", "C.UTF-8".into())];
    if let Some(wine) = program() {
        set.push(("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", wine.into()));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wine_keeps_to_its_own_folder() {
        let set = environment(Path::new("/work"));
        assert!(set.contains(&("WINEPREFIX", "/work/wine".into())), "{set:?}");
        let names_runner = set.iter().any(|(name, _)| name.ends_with("_RUNNER"));
        assert_eq!(names_runner, program().is_some());
    }
}
