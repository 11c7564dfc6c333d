//! The table of crates in ARCHITECTURE.md says what the manifests say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::none;
use crate::project::Project;

/// The crates each crate uses, by name of its folder.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Compares the table with the manifests of `crates/*`.
pub fn check(project: &Project) -> Result<()> {
    let text = std::fs::read_to_string(project.root.join("ARCHITECTURE.md")).context("reading ARCHITECTURE.md")?;
    let mut manifests = Uses::new();
    for folder in std::fs::read_dir(project.root.join("crates"))? {
        let folder = folder?;
        let manifest = std::fs::read_to_string(folder.path().join("Cargo.toml"))?;
        manifests.insert(folder.file_name().to_string_lossy().into_owned(), used(&manifest));
    }
    none(&differences(&told(&text), &manifests))
}

/// What the rows "| `crates/x` | … | uses |" say.
fn told(text: &str) -> Uses {
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [name, .., uses] = cells.as_slice() else { return None };
        let name = name.strip_prefix("`crates/")?.strip_suffix('`')?;
        let uses = uses.split(',').map(|used| used.trim().to_owned()).filter(|used| used != "–").collect();
        Some((name.to_owned(), uses))
    });
    rows.collect()
}

/// Our own crates in a manifest's dependencies; those of its tests are its own business.
fn used(manifest: &str) -> BTreeSet<String> {
    let mut uses = BTreeSet::new();
    let mut counts = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            counts = line == "[dependencies]" || line.ends_with(".dependencies]");
        } else if counts && let Some((name, _)) = line.strip_prefix("liaison-").and_then(|rest| rest.split_once(" =")) {
            uses.insert(name.to_owned());
        }
    }
    uses
}

fn differences(told: &Uses, manifests: &Uses) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, uses) in manifests {
        let list = |uses: &BTreeSet<String>| uses.iter().cloned().collect::<Vec<_>>().join(", ");
        match told.get(name) {
            None => problems.push(format!("ARCHITECTURE.md has no row for crates/{name}")),
            Some(said) if said != uses => problems.push(format!(
                "ARCHITECTURE.md says that crates/{name} uses {}; its manifest says {}",
                list(said),
                list(uses)
            )),
            Some(_) => {}
        }
    }
    let gone = told.keys().filter(|name| !manifests.contains_key(*name));
    problems.extend(gone.map(|name| format!("ARCHITECTURE.md has a row for crates/{name}, which is not there")));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[dependencies]\nliaison-domain = { workspace = true }\nserde = \"1\"\n\n[dev-dependencies]\nliaison-sample = { workspace = true }\n";

    fn problems(table: &str) -> Vec<String> {
        let manifests = Uses::from([("store".to_owned(), used(MANIFEST))]);
        differences(&told(table), &manifests)
    }

    #[test]
    fn the_table_says_what_the_manifests_say() {
        assert_eq!(problems("| `crates/store` | SQLite | domain |"), [""; 0]);
        assert_eq!(problems("| `crates/store` | SQLite | – |").len(), 1, "an arrow that is not told");
        assert_eq!(problems("| `crates/store` | SQLite | domain, sample |").len(), 1, "one that is not there");
        assert_eq!(problems("| crate | what | uses |").len(), 1, "no row");
        assert_eq!(problems("| `crates/store` | a | domain |\n| `crates/hub` | b | – |").len(), 1, "a row too many");
    }
}
