//! `cargo xtask sbom`: what ships is made of, as a software bill of materials in CycloneDX.

mod component;
mod crates;
mod cyclonedx;
mod npm;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cyclonedx::Commit;

use crate::process;
use crate::project::Project;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    output: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments: nothing, or `--output FILE`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        match arguments {
            [] => Ok(Self { output: None }),
            [flag, file] if flag == "--output" => Ok(Self { output: Some(file.into()) }),
            _ => bail!("`cargo xtask sbom` takes `--output FILE` or nothing"),
        }
    }
}

/// Writes the bill to the file that was named, or to standard output.
///
/// # Errors
/// When cargo can't say what is used, or the file can't be written.
pub fn sbom(project: &Project, options: &Options) -> Result<()> {
    match &options.output {
        Some(file) => write(project, file),
        None => {
            print!("{}", bill(project)?);
            Ok(())
        }
    }
}

/// Name of the file for this version.
pub fn file_name() -> String {
    format!("liaison-{}.cdx.json", env!("CARGO_PKG_VERSION"))
}

/// Writes the bill to a file.
///
/// # Errors
/// As [`sbom`].
pub fn write(project: &Project, file: &Path) -> Result<()> {
    std::fs::write(file, bill(project)?).with_context(|| format!("writing {}", file.display()))?;
    println!("What ships is listed in {}", file.display());
    Ok(())
}

/// The same commit gives the same text.
fn bill(project: &Project) -> Result<String> {
    let mut components = crates::components(project)?;
    let packages = npm::components(project)?;
    // The window’s pages are compiled into the app.
    let app = components.iter_mut().find(|one| one.name == "liaison").context("the app is not among its own parts")?;
    app.uses.extend(packages.iter().map(|package| package.id.clone()));
    components.extend(packages);
    Ok(cyclonedx::document(components, commit(project).as_ref()))
}

fn commit(project: &Project) -> Option<Commit> {
    let mut git = Command::new("git");
    git.args(["log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%H %cd"]).env("TZ", "UTC");
    let answer = process::output(git.current_dir(&project.root)).ok()?;
    let (hash, time) = answer.trim().split_once(' ')?;
    Some(Commit { hash: hash.to_owned(), time: time.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn arguments() {
        assert_eq!(parse(&[]).expect("none"), Options { output: None });
        assert_eq!(parse(&["--output", "a.json"]).expect("a file").output, Some("a.json".into()));
        assert!(parse(&["--output"]).is_err() && parse(&["a.json"]).is_err());
    }

    #[test]
    fn the_bill_lists_what_ships_and_nothing_of_tests_alone() {
        let project = Project::find().expect("this clone");
        let text = bill(&project).expect("a bill");
        assert_eq!(text, bill(&project).expect("a bill"), "the same commit gives the same text");
        let bill: Value = serde_json::from_str(&text).expect("JSON");
        let components = bill["components"].as_array().expect("components");
        let names: BTreeSet<&str> = components.iter().filter_map(|one| one["name"].as_str()).collect();
        for there in [
            "liaison",
            "liaison-cli",
            "liaison-hub",
            "liaison-portal",
            "tauri",
            "sqlx-sqlite",
            "sqlx-postgres",
            "axum",
            "SQLCipher",
            "SQLite",
            "react",
            "react-aria-components",
            "@tauri-apps/api",
        ] {
            assert!(names.contains(there), "{there} ships");
        }
        for test in [
            "proptest",
            "fantoccini",
            "liaison-journeys",
            "liaison-simulation",
            "liaison-bench",
            "xtask",
            "vitest",
            "vite",
            "typescript",
            "axe-core",
            "@types/react",
            "@tauri-apps/cli",
        ] {
            assert!(!names.contains(test), "{test} doesn’t ship");
        }
        let scope = |name: &str| {
            components.iter().find(|one| one["name"] == name).map(|one| one["scope"].as_str().unwrap_or_default())
        };
        assert_eq!((scope("serde"), scope("serde_derive")), (Some("required"), Some("excluded")));
    }

    /// What version 1.6 of the format requires of the parts that are used here.
    #[test]
    fn the_bill_has_what_the_format_requires() {
        let project = Project::find().expect("this clone");
        let bill: Value = serde_json::from_str(&bill(&project).expect("a bill")).expect("JSON");
        assert_eq!((bill["bomFormat"].as_str(), bill["specVersion"].as_str()), (Some("CycloneDX"), Some("1.6")));
        let components = bill["components"].as_array().expect("components");
        let mut references = BTreeSet::new();
        for one in components.iter().chain([&bill["metadata"]["component"]]) {
            let word = |key: &str| one[key].as_str().filter(|word| !word.is_empty());
            let name = word("name").unwrap_or_else(|| panic!("no name: {one}"));
            assert!(matches!(word("type"), Some("application" | "library")), "{name}");
            assert!(word("version").is_some(), "{name}");
            assert!(references.insert(word("bom-ref").expect("a reference")), "{name} is there twice");
            let licence = one["licenses"][0]["expression"].as_str().unwrap_or_default();
            assert!(spdx::Expression::parse(licence).is_ok(), "{name}: {licence}");
            if let Some(purl) = word("purl") {
                assert!(purl.starts_with("pkg:") && !purl.contains(['+', ' ']), "{purl}");
            }
            let from_registry = word("purl").is_some_and(|purl| !purl.starts_with("pkg:generic/"));
            let digest = one["hashes"][0]["content"].as_str().unwrap_or_default();
            let length = if one["hashes"][0]["alg"] == "SHA-512" { 128 } else { 64 };
            assert_eq!(from_registry, digest.len() == length, "{name}: {digest}");
            assert!(digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{name}: {digest}");
        }
        for one in bill["dependencies"].as_array().expect("dependencies") {
            let used = one["dependsOn"].as_array().into_iter().flatten();
            for reference in used.chain([&one["ref"]]).map(|reference| reference.as_str().expect("a reference")) {
                assert!(references.contains(reference), "{reference} is no component");
            }
        }
        let time = bill["metadata"]["timestamp"].as_str().expect("a time");
        assert!(time.len() == 20 && time.ends_with('Z'), "{time}");
    }
}
