//! The web interface: its packages and its build, each renewed only when it must be.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;

/// The oldest Node the UI's tools run on.
const NODE: (u32, u32) = (20, 19);

/// Folders that hold nothing written by people.
pub const GENERATED: [&str; 7] = [".git", "node_modules", "dist", "target", "gen", "screenshots", ".liaison"];

/// Node and npm are there and new enough.
///
/// # Errors
/// In words that say what to install.
pub fn check_node() -> Result<()> {
    let needed = format!("Liaison's interface is built with Node {}.{} or newer and npm", NODE.0, NODE.1);
    let get = "Install it from https://nodejs.org, with your system's packages, or with a version manager.";
    let Some(text) = process::output(Command::new("node").arg("--version")).ok() else {
        bail!("{needed}, but there is no `node` on the PATH. {get}");
    };
    let version = version(&text).with_context(|| format!("`node --version` answers {text:?}"))?;
    if version < NODE {
        bail!("{needed}, but this is Node {}. {get}", text.trim());
    }
    if process::on_path("npm").is_none() {
        bail!("{needed}, but there is no `npm` on the PATH, only `node`. {get}");
    }
    Ok(())
}

/// Major and minor of `v20.19.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Installs the packages of `package-lock.json` unless they are installed as it says.
///
/// # Errors
/// When npm fails.
pub fn install(project: &Project) -> Result<()> {
    check_node()?;
    let ui = project.ui();
    // npm writes the second file at the end of an installation.
    if is_newer(&ui.join("package-lock.json"), &ui.join("node_modules/.package-lock.json")) {
        // Not `npm ci`: it refuses a lock file that lacks binaries of other platforms, which a registry that mirrors
        // only some platforms leaves out. Without saving, the lock file decides all the same.
        process::run(&mut project.npm(&["install", "--no-save", "--no-fund", "--no-audit"]))?;
    }
    Ok(())
}

/// Builds `ui/dist` unless it is newer than everything it is made of.
///
/// # Errors
/// When a package can't be installed or the build fails.
pub fn build(project: &Project) -> Result<()> {
    install(project)?;
    let ui = project.ui();
    let built = ui.join("dist/index.html");
    if files(&ui)?.iter().any(|source| is_newer(source, &built)) {
        process::run(&mut project.npm(&["run", "build"]))?;
    }
    Ok(())
}

/// Whether `source` changed after `made` was made, or `made` isn't there.
fn is_newer(source: &Path, made: &Path) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    match (changed(source), changed(made)) {
        (_, None) => true,
        (source, Some(made)) => source.unwrap_or(SystemTime::UNIX_EPOCH) > made,
    }
}

/// Every file below a folder that people write.
///
/// # Errors
/// When a folder can't be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("no folder {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !GENERATED.iter().any(|name| entry.file_name() == *name) {
                    folders.push(entry.path());
                }
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn node_versions() {
        assert_eq!(version("v20.19.2\n"), Some((20, 19)));
        assert!(version("v9.1.0").is_some_and(|version| version < NODE), "9 is less than 20");
        assert!(version("v22.0.0").is_some_and(|version| version >= NODE));
        assert!(version("v20.9.0").is_some_and(|version| version < NODE), "9 is less than 19");
        assert_eq!(version("nonsense"), None);
    }

    #[test]
    fn what_is_older_than_its_source_is_stale() {
        let folder = std::env::temp_dir().join(format!("xtask-stale-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("node_modules")).expect("a folder");
        let (source, made) = (folder.join("source"), folder.join("made"));
        std::fs::write(&source, "a").expect("a file");
        assert!(is_newer(&source, &made), "what isn't there must be made");
        std::fs::write(&made, "b").expect("a file");
        let at = |path: &Path, seconds: u64| {
            let file = std::fs::File::options().write(true).open(path).expect("the file");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).expect("its time");
        };
        at(&source, 1_000);
        at(&made, 2_000);
        assert!(!is_newer(&source, &made));
        at(&source, 3_000);
        assert!(is_newer(&source, &made));
        std::fs::write(folder.join("node_modules/package.json"), "c").expect("a file");
        let seen = files(&folder).expect("a list");
        assert_eq!(seen, [made, source], "installed packages are no source");
        std::fs::remove_dir_all(&folder).expect("our own folder");
    }
}
