//! Rust dependencies: where they come from, their licences, and versions that belong together.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{licence, none};
use crate::process;
use crate::project::Project;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Their types meet in our code or their C code in our binary: a second version would not compile, or worse, would.
const ONCE: [&str; 13] = [
    "libsqlite3-sys",
    "serde",
    "serde_json",
    "specta",
    "specta-typescript",
    "sqlx",
    "sqlx-sqlite",
    "tauri",
    "tauri-specta",
    "tokio",
    "uuid",
    "wry",
    "chrono",
];

/// All checks of `Cargo.lock` and of the crates themselves.
pub fn check(project: &Project) -> Result<()> {
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).context("no Cargo.lock")?;
    let mut problems = check_lock(&lock);
    let metadata: Value = serde_json::from_str(&metadata(project)?).context("cargo metadata is no JSON")?;
    problems.extend(check_licences(&metadata));
    none(&problems)
}

/// What `cargo metadata` says of all crates: offline where everything is here already; a fresh machine still has to download the crates' manifests.
pub fn metadata(project: &Project) -> Result<String> {
    let with = |more: &[&str]| {
        process::output(&mut project.cargo(&[&["metadata", "--locked", "--format-version", "1"], more].concat()))
    };
    with(&["--offline"]).or_else(|_| with(&[]))
}

/// A package of `Cargo.lock`.
#[derive(Default)]
pub struct Locked<'a> {
    /// Of the crate.
    pub name: &'a str,
    /// Exactly.
    pub version: &'a str,
    /// Where it comes from; nothing for a crate of this workspace.
    pub source: Option<&'a str>,
    /// SHA-256 of its archive, in hexadecimal.
    pub checksum: Option<&'a str>,
}

/// What a `Cargo.lock` lists. Cargo writes it, one key a line, so it needs no TOML parser.
pub fn packages(lock: &str) -> impl Iterator<Item = Locked<'_>> {
    lock.split("[[package]]").skip(1).map(|block| {
        let mut package = Locked::default();
        for (key, value) in block.lines().filter_map(|line| line.split_once(" = ")) {
            let value = value.trim_matches('"');
            match key {
                "name" => package.name = value,
                "version" => package.version = value,
                "source" => package.source = Some(value),
                "checksum" => package.checksum = Some(value),
                _ => {}
            }
        }
        package
    })
}

fn check_lock(lock: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages(lock) {
        versions.entry(package.name).or_default().push(package.version);
        match package.source {
            // Without a source it is a crate of this workspace.
            None => {}
            Some(REGISTRY) if package.checksum.is_some() => {}
            Some(REGISTRY) => problems.push(format!("{} {} has no checksum", package.name, package.version)),
            Some(other) => problems.push(format!("{} {} comes from {other}", package.name, package.version)),
        }
    }
    for name in ONCE {
        match versions.get(name).map(Vec::as_slice) {
            Some([_]) => {}
            Some(several) => problems.push(format!("{name} is there {} times: {}", several.len(), several.join(", "))),
            None => problems.push(format!("{name} is gone; take it off the list in xtask if that is meant")),
        }
    }
    problems
}

fn check_licences(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    packages
        .iter()
        .filter_map(|package| {
            let name = package["name"].as_str().unwrap_or("?");
            match package["license"].as_str() {
                Some(expression) if licence::is_allowed(expression) => None,
                Some(expression) => Some(format!("{name}: the licence {expression} is not on the list")),
                None => Some(format!("{name}: no licence is given")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(extra: &str) -> String {
        let once: String = ONCE.iter().map(|name| entry(name, "1.0.0", REGISTRY)).collect();
        format!("version = 4\n{once}{extra}")
    }

    fn entry(name: &str, version: &str, source: &str) -> String {
        format!(
            "\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\nchecksum = \"00\"\ndependencies = [\n \"a\",\n]\n"
        )
    }

    #[test]
    fn a_good_lock_passes() {
        assert_eq!(check_lock(&lock("\n[[package]]\nname = \"liaison\"\nversion = \"0.1.0\"\n")), Vec::<String>::new());
    }

    #[test]
    fn second_versions_and_foreign_sources_are_named() {
        assert_eq!(check_lock(&lock(&entry("specta", "2.0.0", REGISTRY))), ["specta is there 2 times: 1.0.0, 2.0.0"]);
        let foreign = check_lock(&lock(&entry("odd", "0.1.0", "git+https://example.org/odd")));
        assert_eq!(foreign, ["odd 0.1.0 comes from git+https://example.org/odd"]);
        let unchecked = entry("loose", "0.1.0", REGISTRY).replace("checksum = \"00\"\n", "");
        assert_eq!(check_lock(&lock(&unchecked)), ["loose 0.1.0 has no checksum"]);
        let gone = lock("").replace("name = \"wry\"", "name = \"other\"");
        assert_eq!(check_lock(&gone).len(), 1);
    }

    #[test]
    fn licences_are_asked_for() {
        let metadata = serde_json::json!({"packages": [
            {"name": "good", "license": "MIT OR Apache-2.0"}, {"name": "odd", "license": "SSPL-1.0"}, {"name": "none", "license": null},
        ]});
        assert_eq!(check_licences(&metadata).len(), 2);
    }
}
