//! The packages of Linux tried in a root of their own: installed, started, removed without a trace but the data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::cross::mirror_of_debian;
use crate::display::VirtualDisplay;
use crate::process::{self, Ended};
use crate::system::{Need, install_missing};

/// The oldest Debian that the packages are for.
const SUITE: &str = "bookworm";

/// Folders of the package tools' own, and of what is only there while something runs.
const NOT_COMPARED: [&str; 8] =
    ["var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "var/lib/rpm", "proc", "dev", "tmp"];

/// The person's folder in the root, with the data, which stays.
const DATA: &str = "/home/data";

/// Tries a package of Debian in a Debian that has nothing but what it needs.
///
/// # Errors
/// With the first thing that isn't as it should be.
pub fn debian(package: &Path, folder: &Path) -> Result<()> {
    let root = Root::debian(folder.join(SUITE))?;
    let depends = process::output(Command::new("dpkg-deb").arg("-f").args([package, Path::new("Depends")]))?;
    let names: Vec<&str> = depends.split(',').filter_map(|one| one.split_whitespace().next()).collect();
    root.install(&names)?;
    let before = root.files()?;

    let copy = root.folder.join("tmp/liaison.deb");
    fs::copy(package, &copy).with_context(|| format!("copying {}", package.display()))?;
    root.install(&["/tmp/liaison.deb"])?;
    root.start(&folder.join("debian.png"))?;
    process::run_as(root.apt(&["remove"]).arg("liaison"), "apt-get remove liaison")?;
    root.is_as(&before)?;
    println!("The package works in a clean Debian: installed, started, removed.");
    Ok(())
}

/// The libraries a Fedora has for what the package asks for, as the Debian it is tried in calls them.
const LIBRARIES: [(&str, &str); 5] = [
    ("libwebkit2gtk-4.1.so.0", "libwebkit2gtk-4.1-0"),
    ("libgtk-3.so.0", "libgtk-3-0"),
    ("libssl.so.3", "libssl3"),
    ("libcrypto.so.3", "libssl3"),
    ("libdbus-1.so.3", "libdbus-1-3"),
];

/// Folders that every Fedora has, and a Debian with nothing else may not.
const FOLDERS_OF_FEDORA: [&str; 12] = [
    "usr/share/applications",
    "usr/share/bash-completion/completions",
    "usr/share/doc",
    "usr/share/fish/vendor_completions.d",
    "usr/share/icons/hicolor/128x128/apps",
    "usr/share/icons/hicolor/256x256@2/apps",
    "usr/share/icons/hicolor/32x32/apps",
    "usr/share/icons/hicolor/512x512/apps",
    "usr/share/man/man1",
    "usr/share/zsh/site-functions",
    "var/lib/rpm",
    "var/log",
];

/// Tries a package of Fedora by rpm in a Debian, since there is no Fedora here: what it asks for is there by another
/// name, and the programs are the same.
///
/// # Errors
/// With the first thing that isn't as it should be.
pub fn fedora(package: &Path, folder: &Path) -> Result<()> {
    let root = Root::debian(folder.join(SUITE))?;
    let rpm = |arguments: &[&str]| {
        let mut rpm = Command::new("rpm");
        rpm.args(["--root"]).arg(&root.folder).args(["--dbpath", "/var/lib/rpm"]).args(arguments);
        rpm
    };
    let asked = process::output(Command::new("rpm").args(["--query", "--requires", "--package"]).arg(package))?;
    for line in asked.lines().filter(|line| !line.starts_with("rpmlib(") && *line != "/bin/sh") {
        if !LIBRARIES.iter().any(|(library, _)| line.starts_with(library)) {
            bail!("the package asks for {line}, which nobody has compared with what Fedora has");
        }
    }
    for (library, _) in LIBRARIES {
        if !asked.contains(library) {
            bail!("the package doesn’t ask for {library}, which the programs need: {asked}");
        }
    }
    root.install(&LIBRARIES.map(|(_, package)| package))?;
    for place in FOLDERS_OF_FEDORA {
        fs::create_dir_all(root.folder.join(place))?;
    }
    let before = root.files()?;
    // Debian's list of packages is not rpm's, so that nothing it asks for seems to be there.
    process::run(rpm(&["--install", "--nodeps"]).arg(package))?;
    process::run(&mut rpm(&["--verify", "--nodeps", "liaison"]))?;
    root.start(&folder.join("fedora.png"))?;
    process::run(&mut rpm(&["--erase", "liaison"]))?;
    root.is_as(&before)?;
    println!("The package works by rpm in a Debian: installed, started, removed. It was not tried on a Fedora.");
    Ok(())
}

/// What a list of files says of a folder.
const FOLDER: (u64, u128) = (0, 0);

/// A folder that is the top one for what runs in it.
struct Root {
    folder: PathBuf,
}

impl Root {
    /// A Debian with nothing but what every Debian has, kept for the next time.
    fn debian(folder: PathBuf) -> Result<Self> {
        install_missing(&[Need::Window, Need::Trial])?;
        if !process::output(Command::new("id").arg("-u"))?.trim().eq("0") {
            bail!("only root can make a Debian to try the package in; run this as root");
        }
        let root = Self { folder };
        if !root.folder.join("etc/debian_version").is_file() || !root.folder.join("var/lib/apt/lists").is_dir() {
            let making = root.folder.with_extension("new");
            if making.exists() {
                fs::remove_dir_all(&making)?;
            }
            let mut debootstrap = Command::new("debootstrap");
            debootstrap.args(["--variant=minbase", SUITE]).arg(&making).arg(mirror_of_debian()?);
            process::run(&mut debootstrap)?;
            fs::rename(&making, &root.folder)?;
        }
        Ok(root)
    }

    /// A program in this root, which sees the processes and devices it needs, and whose own end with it.
    fn command(&self, program: &str) -> Command {
        let script = "mount --bind /dev \"$0/dev\" && mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";
        let mut command = Command::new("unshare");
        command.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script]).arg(&self.folder).arg(program);
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", "/root").env("LANG", "C.UTF-8");
        command
    }

    fn apt(&self, act: &[&str]) -> Command {
        let mut command = self.command("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["--yes", "--quiet=2", "--no-install-recommends"])
            .args(act);
        command
    }

    fn install(&self, names: &[&str]) -> Result<()> {
        process::run_as(self.apt(&["install"]).args(names), &format!("apt-get install {}", names.join(" ")))
    }

    /// Starts what is installed on new data, and takes a picture of its window.
    fn start(&self, picture: &Path) -> Result<()> {
        let with_data = |program: &str| {
            let mut command = self.command(program);
            // Libraries that draw look the person's folder up by the account, not by HOME.
            command
                .env("HOME", DATA)
                .env("XDG_CACHE_HOME", DATA)
                .env("LIAISON_DATA", DATA)
                .env("LIAISON_PASSCODE", "correct horse battery staple");
            command
        };
        let data = self.folder.join(DATA.trim_start_matches('/'));
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        let mut init = with_data("liaison-cli");
        init.args([
            "init",
            "--institution",
            "Northfield University",
            "--admin",
            "Dana Reyes <dana@northfield.example>",
        ]);
        process::run(&mut init)?;
        process::run(with_data("liaison-cli").arg("verify"))?;
        let display = VirtualDisplay::start(1280, 800)?;
        let mut app = with_data("liaison");
        display.apply(&mut app);
        let mut app = Ended(app.spawn().context("liaison could not be started")?);
        display.picture_when_ready(&mut app.0, picture, Duration::from_secs(120))?;
        println!("its window: {}", picture.display());
        Ok(())
    }

    /// Every file with its size and the moment of its last change, in nanoseconds.
    fn files(&self) -> Result<BTreeMap<PathBuf, (u64, u128)>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
                let entry = entry?;
                let path = entry.path().strip_prefix(&self.folder)?.to_owned();
                let is_data = Path::new("/").join(&path) == Path::new(DATA);
                if is_data || NOT_COMPARED.iter().any(|folder| path == Path::new(folder)) {
                    continue;
                }
                let about = entry.metadata()?;
                if about.is_dir() {
                    found.insert(path, FOLDER);
                    folders.push(entry.path());
                } else {
                    let changed = about.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                    found.insert(path, (about.len(), changed.as_nanos()));
                }
            }
        }
        Ok(found)
    }

    /// Refuses what is otherwise than before.
    fn is_as(&self, before: &BTreeMap<PathBuf, (u64, u128)>) -> Result<()> {
        let after = self.files()?;
        let new = after.iter().filter(|(path, about)| before.get(*path) != Some(about)).map(|(path, _)| path);
        // A folder that became empty may go, as dpkg does it.
        let files = before.iter().filter(|(_, about)| **about != FOLDER).map(|(path, _)| path);
        let gone = files.filter(|path| !after.contains_key(*path));
        let traces: Vec<String> = new.chain(gone).map(|path| path.display().to_string()).collect();
        if !traces.is_empty() {
            bail!("its removal left or took what was otherwise before:\n{}", traces.join("\n"));
        }
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_found() {
        let folder = std::env::temp_dir().join(format!("liaison-root-{}", std::process::id()));
        let root = Root { folder: folder.clone() };
        fs::create_dir_all(folder.join("usr/bin")).expect("a folder");
        fs::create_dir_all(folder.join("home/data")).expect("a folder");
        fs::create_dir_all(folder.join("var/log")).expect("a folder");
        fs::write(folder.join("usr/bin/true"), "").expect("a file");
        let before = root.files().expect("a list");
        fs::write(folder.join("home/data/liaison.db"), "kept").expect("a file");
        fs::write(folder.join("var/log/apt.log"), "installed").expect("a file");
        root.is_as(&before).expect("data and the tools' own files may be there");
        fs::write(folder.join("usr/bin/liaison"), "left").expect("a file");
        let said = root.is_as(&before).expect_err("a trace").to_string();
        assert!(said.ends_with("\nusr/bin/liaison"), "{said}");
        fs::remove_file(folder.join("usr/bin/liaison")).expect("removed");
        fs::remove_file(folder.join("usr/bin/true")).expect("removed");
        assert!(root.is_as(&before).is_err(), "something of others is gone");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
