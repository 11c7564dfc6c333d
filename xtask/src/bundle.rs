//! `cargo xtask bundle`: what people install.

mod linux_trial;
mod windows;
mod windows_trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{cross, process, ui};
use windows::Installer;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// As tauri's bundler names them, and `nsis`, which is not its work.
    formats: Vec<&'static str>,
    /// Quicker to build; for trying out how it is packed, never for people.
    debug: bool,
    /// Whether what was made is installed and removed again in a place of its own.
    trial: bool,
}

/// Names the command that signs a program, with `%1` in the place of its path. Nothing is signed without it.
const SIGN: &str = "LIAISON_SIGN_COMMAND";

/// The installer of Windows, which Linux makes, too.
const NSIS: &str = "nsis";

/// What can be made on this system.
const FORMATS: &[&str] = if cfg!(windows) {
    &[NSIS]
} else if cfg!(target_os = "macos") {
    &["app", "dmg"]
} else {
    &["deb", "rpm", NSIS]
};

/// The guides that are installed with the programs.
const GUIDES: [&str; 4] = ["staff.md", "administrators.md", "it.md", "accessibility.md"];

impl Options {
    /// Reads the arguments: formats, those for this system without one, and `--debug`.
    ///
    /// # Errors
    /// When an argument is not ours, or is another system's.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let (mut formats, mut debug, mut trial) = (Vec::new(), false, false);
        for argument in arguments {
            match FORMATS.iter().find(|format| *format == argument) {
                Some(format) => formats.push(*format),
                None if argument == "--debug" => debug = true,
                None if argument == "--try" => trial = true,
                None => bail!(
                    "`cargo xtask bundle` makes {} on this system, with --debug from debug builds, and tries them with --try; it \
                     doesn’t know `{argument}`",
                    FORMATS.join(" and ")
                ),
            }
        }
        if formats.is_empty() {
            // For Windows everything is compiled once more: only where it is asked for.
            formats = FORMATS.iter().copied().filter(|format| cfg!(windows) || *format != NSIS).collect();
        }
        Ok(Self { formats, debug, trial })
    }

    fn profile(&self) -> &'static str {
        if self.debug { "debug" } else { "release" }
    }
}

/// Builds the app and the command line, writes the reference of the latter, and packs them.
pub fn bundle(project: &Project, options: &Options) -> Result<()> {
    ui::check_node()?;
    install_missing(&[Need::Build])?;
    ui::build(project)?;
    if !cfg!(windows) && options.formats.contains(&NSIS) {
        install_missing(&[Need::Installer])?;
        let built = cross::programs_of_windows(project, options.profile())?;
        let programs = windows::stripped(&built)?;
        installer(project, &programs, &built)?;
        if options.trial {
            windows_trial::run(project, &programs, &built.join("trial"))?;
        }
    }
    let formats: Vec<&str> =
        options.formats.iter().copied().filter(|format| cfg!(windows) || *format != NSIS).collect();
    if formats.is_empty() {
        return Ok(());
    }
    // The workspace, because tests build it so, too: what both need is compiled once.
    let mut build = vec!["build", "--workspace", "--bin", "liaison", "--bin", "liaison-cli"];
    if !options.debug {
        build.push("--release");
    }
    process::run(&mut project.cargo(&build))?;
    if cfg!(windows) {
        let app = project.app_binary(options.profile())?;
        let built = app.parent().context("the app is in a folder")?;
        return installer(project, built, built);
    }
    pack(project, &Options { formats, ..*options })
}

/// Signs the programs and makes the installer of Windows in `built`, signed as well.
fn installer(project: &Project, programs: &Path, built: &Path) -> Result<()> {
    let sign = sign_command();
    if let Some(command) = &sign {
        for program in windows::PROGRAMS {
            process::run_as(&mut signing(command, &programs.join(program))?, &format!("signing {program}"))?;
        }
    }
    let installer = Installer { programs, version: env!("CARGO_PKG_VERSION"), sign: sign.as_deref(), quick: false };
    let made = installer.make(project, &built.join("bundle/nsis"))?;
    if let Some(command) = &sign {
        process::run_as(&mut signing(command, &made)?, "signing the installer")?;
    }
    println!("\nWhat people install is {}", made.display());
    Ok(())
}

/// The command that signs, where one is set.
fn sign_command() -> Option<String> {
    std::env::var(SIGN).ok().filter(|command| !command.trim().is_empty())
}

/// Packs what was built.
fn pack(project: &Project, options: &Options) -> Result<()> {
    let app = project.app_binary(options.profile())?;
    let folder = app.parent().context("the app is in a folder")?;
    let cli = folder.join(format!("liaison-cli{}", std::env::consts::EXE_SUFFIX));
    let sign = sign_command();
    if let Some(command) = &sign {
        process::run_as(&mut signing(command, &cli)?, "signing liaison-cli")?;
    }
    let reference = folder.join("reference");
    let pages = write_reference(&cli, &reference)?;
    let config = folder.join("bundle.conf.json");
    fs::write(&config, serde_json::to_vec_pretty(&configuration(project, &cli, &reference, &pages))?)?;
    let mut tauri = tauri(project);
    // It would write into the very program that tests run; only an updater would read what it writes.
    tauri
        .args(["bundle", "--ci", "--no-binary-patching", "--bundles", &options.formats.join(","), "--config"])
        .arg(&config);
    if options.debug {
        tauri.arg("--debug");
    }
    // The bundler looks for the app where cargo builds.
    tauri.env("CARGO_TARGET_DIR", folder.parent().context("a folder that cargo builds into")?);
    process::run_as(&mut tauri, &format!("tauri bundle --bundles {}", options.formats.join(",")))?;
    let made = folder.join("bundle");
    println!("\nWhat people install is in {}", made.display());
    for format in options.formats.iter().filter(|_| options.trial) {
        let trial = folder.join("trial");
        match *format {
            "deb" => linux_trial::debian(&made_package(&made, format)?, &trial)?,
            "rpm" => linux_trial::fedora(&made_package(&made, format)?, &trial)?,
            other => println!("{other} can’t be tried by a command; install it by hand"),
        }
    }
    Ok(())
}

/// The package of this version in the folder of a format.
fn made_package(made: &Path, format: &str) -> Result<PathBuf> {
    let folder = made.join(format);
    let version = env!("CARGO_PKG_VERSION");
    let files = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?.flatten();
    let mut packages = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == format));
    packages
        .find(|path| path.to_string_lossy().contains(version))
        .with_context(|| format!("no .{format} of version {version} in {}", folder.display()))
}

/// The command for one program. Its words are parted by spaces; none of them may have one.
fn signing(command: &str, file: &Path) -> Result<Command> {
    let mut words = command.split_whitespace();
    let mut signing = Command::new(words.next().context("the command that signs is blank")?);
    let mut names_file = false;
    for word in words {
        names_file |= word == "%1";
        if word == "%1" {
            signing.arg(file)
        } else {
            signing.arg(word)
        };
    }
    if !names_file {
        bail!("{SIGN} names no file: it needs %1 where the path goes");
    }
    Ok(signing)
}

/// Tauri's own tool, which npm has installed with the interface.
fn tauri(project: &Project) -> Command {
    let mut command = Command::new("node");
    command.arg(project.ui().join("node_modules/@tauri-apps/cli/tauri.js")).current_dir(&project.root);
    command
}

/// Man pages and completions of the command line, by itself. Gives the names of the pages.
fn write_reference(cli: &Path, folder: &Path) -> Result<Vec<String>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let man = folder.join("man");
    process::run_as(Command::new(cli).args(["reference", "man", "--output"]).arg(&man), "liaison-cli reference man")?;
    for (shell, file) in COMPLETIONS {
        let text = process::output(Command::new(cli).args(["reference", "completions", shell]))?;
        fs::write(folder.join(file.rsplit('/').next().unwrap_or(file)), text)?;
    }
    let mut pages = Vec::new();
    for entry in fs::read_dir(&man)? {
        pages.push(entry?.file_name().to_string_lossy().into_owned());
    }
    pages.sort();
    Ok(pages)
}

/// Where each shell looks for completions that a package brings.
const COMPLETIONS: [(&str, &str); 3] = [
    ("bash", "/usr/share/bash-completion/completions/liaison-cli"),
    ("zsh", "/usr/share/zsh/vendor-completions/_liaison-cli"),
    ("fish", "/usr/share/fish/vendor_completions.d/liaison-cli.fish"),
];

/// What tauri.conf.json can't say, because it lies where cargo builds.
fn configuration(project: &Project, cli: &Path, reference: &Path, pages: &[String]) -> Value {
    let mut files: Vec<(String, PathBuf)> = vec![("/usr/bin/liaison-cli".into(), cli.to_owned())];
    files.extend(pages.iter().map(|page| (format!("/usr/share/man/man1/{page}"), reference.join("man").join(page))));
    files.extend(
        COMPLETIONS
            .iter()
            .map(|(_, file)| ((*file).to_owned(), reference.join(file.rsplit('/').next().unwrap_or(file)))),
    );
    for guide in GUIDES {
        files.push((format!("/usr/share/doc/liaison/{guide}"), project.root.join("docs").join(guide)));
    }
    files.push(("/usr/share/doc/liaison/copyright".into(), project.root.join("LICENSE")));
    let files: Value = files.into_iter().map(|(to, from)| (to, json!(from))).collect::<serde_json::Map<_, _>>().into();
    let name = cli.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut bundle = json!({ "active": true, "targets": FORMATS });
    if cfg!(target_os = "linux") {
        // Both look for zsh's completions in a place of their own.
        let mut of_rpm = files.clone();
        if let Some(files) = of_rpm.as_object_mut()
            && let Some(completions) = files.remove("/usr/share/zsh/vendor-completions/_liaison-cli")
        {
            files.insert("/usr/share/zsh/site-functions/_liaison-cli".into(), completions);
        }
        bundle["linux"] = json!({ "deb": { "files": files }, "rpm": { "files": of_rpm } });
    } else {
        // In the app's resources, which the bundler signs itself.
        bundle["resources"] = json!({ cli.to_string_lossy(): name });
    }
    json!({ "bundle": bundle })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn arguments() {
        let usual = parse(&[]).expect("all for this system").formats;
        assert!(!usual.is_empty() && usual.contains(&NSIS) == cfg!(windows), "{usual:?}");
        let first = FORMATS[0];
        assert_eq!(
            parse(&["--debug", first]).expect("one"),
            Options { formats: vec![first], debug: true, trial: false }
        );
        let refused = parse(&["floppy"]).expect_err("no such thing").to_string();
        assert!(refused.contains(first) && refused.contains("`floppy`"), "{refused}");
    }

    #[test]
    fn a_command_that_signs_names_the_file() {
        let command =
            signing("signtool.exe sign /fd sha256 %1", Path::new("/a folder/liaison-cli")).expect("a command");
        let words: Vec<_> = command.get_args().collect();
        assert_eq!(words, ["sign", "/fd", "sha256", "/a folder/liaison-cli"]);
        assert!(signing("signtool.exe sign", Path::new("x")).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_package_brings_the_command_line_with_its_reference() {
        let project = Project::find().expect("this clone");
        let (cli, reference) = (Path::new("/b/liaison-cli"), Path::new("/b/reference"));
        let pages = ["liaison-cli.1".to_owned(), "liaison-cli-import.1".to_owned()];
        let config = configuration(&project, cli, reference, &pages);
        for format in ["deb", "rpm"] {
            let files = &config["bundle"]["linux"][format]["files"];
            assert_eq!(files["/usr/bin/liaison-cli"], "/b/liaison-cli");
            assert_eq!(files["/usr/share/man/man1/liaison-cli-import.1"], "/b/reference/man/liaison-cli-import.1");
            let zsh = if format == "deb" { "vendor-completions" } else { "site-functions" };
            assert_eq!(files[format!("/usr/share/zsh/{zsh}/_liaison-cli")], "/b/reference/_liaison-cli");
            let guides: Vec<&str> = files
                .as_object()
                .expect("files")
                .values()
                .filter_map(|from| from.as_str())
                .filter(|from| from.ends_with(".md"))
                .collect();
            assert!(guides.len() == 4 && guides.iter().all(|guide| Path::new(guide).is_file()), "{guides:?}");
        }
    }

    /// Packs the debug builds where they are, and looks into the package with Debian's own tool.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_package_of_debian_has_what_it_should() {
        let project = Project::find().expect("this clone");
        let app = project.app_binary("debug").expect("a place");
        let has_tools = process::on_path("dpkg-deb").is_some() && process::on_path("node").is_some();
        if !(has_tools && app.is_file() && app.with_file_name("liaison-cli").is_file()) {
            eprintln!("not looked into a package: it needs node, dpkg-deb, and debug builds of both programs");
            return;
        }
        pack(&project, &Options { formats: vec!["deb"], debug: true, trial: false }).expect("packed");
        let version = env!("CARGO_PKG_VERSION");
        let package = made_package(&app.with_file_name("bundle"), "deb").expect("a package");
        let about = process::output(Command::new("dpkg-deb").arg("--info").arg(&package)).expect("it can be read");
        assert!(about.contains(" Package: liaison\n") && about.contains(&format!(" Version: {version}\n")), "{about}");
        for library in ["libwebkit2gtk-4.1-0", "libgtk-3-0", "libssl3", "libdbus-1-3"] {
            assert!(about.contains(library), "{library} in {about}");
        }
        let listed = process::output(Command::new("dpkg-deb").arg("--contents").arg(&package)).expect("it can be read");
        for file in [
            "usr/bin/liaison",
            "usr/bin/liaison-cli",
            "usr/share/applications/Liaison.desktop",
            "usr/share/icons/hicolor/128x128/apps/liaison.png",
            "usr/share/man/man1/liaison-cli.1",
            "usr/share/man/man1/liaison-cli-backup-restore.1",
            "usr/share/bash-completion/completions/liaison-cli",
            "usr/share/doc/liaison/it.md",
        ] {
            let is_there =
                listed.lines().any(|line| line.ends_with(&format!("/{file}")) || line.ends_with(&format!(" {file}")));
            assert!(is_there, "{file} in\n{listed}");
        }
        let unpacked = app.with_file_name("unpacked");
        process::output(Command::new("dpkg-deb").arg("-x").args([&package, &unpacked])).expect("it can be unpacked");
        let desktop = fs::read_to_string(unpacked.join("usr/share/applications/Liaison.desktop")).expect("an entry");
        assert!(
            desktop.contains("MimeType=") && desktop.contains("text/csv") && desktop.contains("text/vcard"),
            "{desktop}"
        );
        assert!(desktop.contains("\nExec=liaison %f\n") && desktop.contains("\nIcon=liaison\n"), "{desktop}");
        let said = process::output(Command::new(unpacked.join("usr/bin/liaison-cli")).arg("--version"));
        assert_eq!(said.expect("it runs").trim(), format!("liaison-cli {version}"));
        fs::remove_dir_all(&unpacked).expect("removed");
    }
}
