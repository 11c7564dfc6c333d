//! The installer of Windows: the project's own script, made into a program by NSIS on Linux or Windows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;

/// Names Microsoft's bootstrapper of the WebView2 Runtime, which the installer then brings. Without it, the installer
/// says where to get it.
const WEBVIEW: &str = "LIAISON_WEBVIEW2_SETUP";

/// The programs that are installed.
pub const PROGRAMS: [&str; 2] = ["liaison.exe", "liaison-cli.exe"];

/// Lies beside the window's program where the GNU tools linked it; Microsoft's put it into the program.
const LOADER: &str = "WebView2Loader.dll";

/// What an installer is made of.
pub struct Installer<'a> {
    /// The folder with the programs, as they are installed.
    pub programs: &'a Path,
    /// The version it installs.
    pub version: &'a str,
    /// The command that signs the program that removes all, with `%1` for its path.
    pub sign: Option<&'a str>,
    /// Made in a moment and large, for trying it out.
    pub quick: bool,
}

impl Installer<'_> {
    /// Makes it in a folder, and gives its path.
    ///
    /// # Errors
    /// When there is no NSIS, or it refuses.
    pub fn make(&self, project: &Project, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(folder)?;
        let installer = folder.join(format!("Liaison_{}_x64-setup.exe", self.version));
        let mut nsis = Command::new(nsis()?);
        nsis.args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"]);
        for (name, value) in self.defined(project, &installer)? {
            nsis.arg(if value.is_empty() { format!("-D{name}") } else { format!("-D{name}={value}") });
        }
        nsis.arg(project.root.join("src-tauri/windows/installer.nsi"));
        process::run_as(&mut nsis, "makensis installer.nsi")?;
        Ok(installer)
    }

    fn defined(&self, project: &Project, installer: &Path) -> Result<Vec<(&'static str, String)>> {
        let path = |path: &Path| path.to_string_lossy().into_owned();
        let mut defined = vec![
            ("VERSION", self.version.to_owned()),
            ("OUT", path(installer)),
            ("PROGRAMS", path(self.programs)),
            ("GUIDES", path(&project.root.join("docs"))),
            ("LICENSE", path(&project.root.join("LICENSE"))),
            ("ICON", path(&project.root.join("src-tauri/icons/icon.ico"))),
        ];
        if cfg!(target_os = "linux") {
            // Debian's NSIS has it, the one from its makers doesn't.
            defined.push(("TARGET", "amd64-unicode".to_owned()));
        }
        if self.programs.join(LOADER).is_file() {
            defined.push(("LOADER", path(self.programs)));
        }
        if self.quick {
            defined.push(("QUICK", String::new()));
        }
        if let Some(command) = self.sign {
            defined.push(("SIGN", command.to_owned()));
        }
        if let Some(setup) = std::env::var_os(WEBVIEW).map(PathBuf::from) {
            let setup =
                setup.canonicalize().with_context(|| format!("{WEBVIEW} names no file: {}", setup.display()))?;
            defined.push(("WEBVIEW_SETUP", path(&setup)));
        }
        Ok(defined)
    }
}

fn nsis() -> Result<PathBuf> {
    let usual = PathBuf::from("C:\\Program Files (x86)\\NSIS\\makensis.exe");
    let found = process::on_path("makensis").or_else(|| usual.is_file().then_some(usual));
    found.context(
        "there is no makensis to make the installer with. Install NSIS 3.08 or newer: https://nsis.sourceforge.io",
    )
}

/// Copies of programs that the GNU tools linked, without what only finds errors in them, in a folder of their own.
///
/// # Errors
/// When one is missing.
pub fn stripped(built: &Path) -> Result<PathBuf> {
    let folder = built.join("packed");
    fs::create_dir_all(&folder)?;
    for program in PROGRAMS {
        let mut strip = Command::new("x86_64-w64-mingw32-strip");
        strip.arg("-o").arg(folder.join(program)).arg(built.join(program));
        process::run_as(&mut strip, &format!("strip {program}"))?;
    }
    let loader = built.join(LOADER);
    if !loader.is_file() {
        bail!("{} is missing, which the window’s program needs beside it", loader.display());
    }
    fs::copy(&loader, folder.join(LOADER))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::GUIDES;

    fn script() -> String {
        let project = Project::find().expect("this clone");
        fs::read_to_string(project.root.join("src-tauri/windows/installer.nsi")).expect("the script")
    }

    /// The lines of one half: what installs, or what removes.
    fn half(script: &str, removes: bool) -> String {
        let (installs, removal) = script.split_once("Section \"Uninstall\"").expect("two halves");
        if removes { removal.to_owned() } else { installs.to_owned() }
    }

    #[test]
    fn what_is_installed_is_removed() {
        let script = script();
        let (installs, removal) = (half(&script, false), half(&script, true));
        let lines = installs.lines().map(str::trim);
        let mut count = 0;
        for line in lines {
            let last = line.rsplit('"').nth(1).unwrap_or_default();
            let name = last.rsplit(['\\', '/']).next().unwrap_or_default();
            let is_kept = line.starts_with("File ") && !line.contains("MicrosoftEdgeWebview2Setup");
            let written = line.strip_prefix("WriteReg").and_then(|line| line.split('"').nth(1));
            if is_kept {
                let name = if line.contains("/oname=LICENSE.txt") { "LICENSE.txt" } else { name };
                assert!(removal.contains(&format!("\\{name}\"")), "nothing removes {name}");
                count += 1;
            }
            if let Some(key) = written {
                let top = key.trim_end_matches("\\DefaultIcon").trim_end_matches("\\shell\\open\\command");
                assert!(removal.contains(&format!("\"{top}\"")), "nothing removes {key}");
                count += 1;
            }
        }
        assert!(count > 15, "only {count} lines were understood");
        assert!(!removal.contains("RMDir /r"), "a folder may hold what isn’t ours");
        for guide in GUIDES {
            assert!(installs.contains(&format!("\\{guide}\"")), "{guide}");
        }
    }

    #[test]
    fn windows_is_told_what_it_must_know() {
        let project = Project::find().expect("this clone");
        let manifest = fs::read_to_string(project.root.join("src-tauri/windows/liaison.manifest")).expect("a manifest");
        assert!(manifest.contains("longPathAware>true<"), "{manifest}");
        assert!(manifest.contains("Microsoft.Windows.Common-Controls"), "{manifest}");
        let script = script();
        assert!(script.contains("\nRequestExecutionLevel user\n"), "it would ask for an administrator");
        assert!(!script.contains("HKCU \"Software\\Classes\\.csv\" "), "it would take .csv from Excel");
    }
}
