//! The crates of what ships, as cargo resolves them with the features that ship.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use spdx::Expression;

use super::component::{Component, Origin};
use crate::checks::crates;
use crate::process;
use crate::project::Project;

/// The packages that programs are made of.
const PROGRAMS: [&str; 3] = ["liaison", "liaison-cli", "liaison-hub"];

/// The systems, and what each is compiled for. Both kinds of Mac use the same crates.
const SYSTEMS: [(&str, &str); 3] =
    [("linux", "x86_64-unknown-linux-gnu"), ("windows", "x86_64-pc-windows-msvc"), ("macos", "aarch64-apple-darwin")];

/// The crate that brings SQLCipher’s source.
const SQLCIPHER: &str = "libsqlite3-sys";

/// Name and version of a crate.
type Crate = (String, String);

/// Everything the programs are compiled from, on all systems together.
pub fn components(project: &Project) -> Result<Vec<Component>> {
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).context("no Cargo.lock")?;
    let hashes: BTreeMap<(&str, &str), &str> = crates::packages(&lock)
        .filter_map(|package| Some(((package.name, package.version), package.checksum?)))
        .collect();
    let metadata: Value = serde_json::from_str(&crates::metadata(project)?).context("cargo metadata is no JSON")?;
    let metadata: BTreeMap<(&str, &str), &Value> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| Some(((package["name"].as_str()?, package["version"].as_str()?), package)))
        .collect();
    let mut all: BTreeMap<Crate, Component> = BTreeMap::new();
    for (system, triple) in SYSTEMS {
        let tree = Tree::read(&tree(project, triple)?);
        let (shipped, others) = tree.reached();
        for key in shipped.iter().chain(&others) {
            let about = (key.0.as_str(), key.1.as_str());
            let package = metadata.get(&about).with_context(|| format!("cargo doesn’t know {} {}", key.0, key.1))?;
            let one = all.entry(key.clone()).or_insert_with(|| component(key, package, hashes.get(&about).copied()));
            one.ships |= shipped.contains(key);
            one.systems.push(system);
            one.uses.extend(tree.uses.get(key).into_iter().flatten().map(id));
        }
    }
    let mut sources = Vec::new();
    for one in all.values_mut() {
        if one.name == SQLCIPHER {
            let manifest =
                metadata.get(&(one.name.as_str(), one.version.as_str())).and_then(|it| it["manifest_path"].as_str());
            let folder = manifest.and_then(|manifest| Path::new(manifest).parent()).context("a crate has no folder")?;
            sources = bundled(folder)?;
            one.uses.extend(sources.iter().map(|source| source.id.clone()));
        }
        if one.systems.len() == SYSTEMS.len() {
            one.systems.clear();
        }
    }
    Ok(all.into_values().chain(sources).collect())
}

/// Features as the packages are built with: those of the whole workspace, without its tests.
fn tree(project: &Project, triple: &str) -> Result<String> {
    let with = |more: &[&str]| {
        let what = ["tree", "--workspace", "--locked", "--edges", "normal", "--prefix", "depth", "--format", " {p}"];
        process::output(&mut project.cargo(&[&what[..], &["--target", triple], more].concat()))
    };
    with(&["--offline"]).or_else(|_| with(&[]))
}

/// Who uses whom.
#[derive(Default)]
struct Tree {
    uses: BTreeMap<Crate, BTreeSet<Crate>>,
    /// They run while something is compiled.
    macros: BTreeSet<Crate>,
}

impl Tree {
    /// Reads lines as `2 serde_derive v1.0.229 (proc-macro) (*)`. What a crate uses is told where it comes first.
    fn read(text: &str) -> Self {
        let mut tree = Self::default();
        let mut way: Vec<Crate> = Vec::new();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let (Some(depth), Some(name), Some(version)) = (words.next(), words.next(), words.next()) else { continue };
            let Ok(depth) = depth.parse::<usize>() else { continue };
            let one: Crate = (name.to_owned(), version.trim_start_matches('v').to_owned());
            if words.any(|word| word == "(proc-macro)") {
                tree.macros.insert(one.clone());
            }
            way.truncate(depth);
            if let Some(user) = way.last() {
                tree.uses.entry(user.clone()).or_default().insert(one.clone());
            }
            way.push(one);
        }
        tree
    }

    /// What is compiled into the programs, and what only takes part in compiling it.
    fn reached(&self) -> (BTreeSet<Crate>, BTreeSet<Crate>) {
        let programs = self.uses.keys().filter(|one| PROGRAMS.contains(&one.0.as_str()));
        let shipped = self.from(programs.cloned().collect(), &self.macros);
        let mut all = self.from(shipped.clone(), &BTreeSet::new());
        all.retain(|one| !shipped.contains(one));
        (shipped, all)
    }

    fn from(&self, mut reached: BTreeSet<Crate>, without: &BTreeSet<Crate>) -> BTreeSet<Crate> {
        let mut next: Vec<Crate> = reached.iter().cloned().collect();
        while let Some(one) = next.pop() {
            for used in self.uses.get(&one).into_iter().flatten() {
                if !without.contains(used) && reached.insert(used.clone()) {
                    next.push(used.clone());
                }
            }
        }
        reached
    }
}

fn component(key: &Crate, package: &Value, hash: Option<&str>) -> Component {
    let (name, version) = key;
    let origin = match package["source"].is_null() {
        false => Origin::Foreign,
        true if PROGRAMS.contains(&name.as_str()) => Origin::Program,
        true => Origin::Own,
    };
    let said = package["license"].as_str().unwrap_or("NOASSERTION");
    // Some old packages write `MIT/Apache-2.0`.
    let licence = Expression::canonicalize(said).ok().flatten().unwrap_or_else(|| said.to_owned());
    Component {
        id: id(key),
        name: name.clone(),
        version: version.clone(),
        origin,
        licence,
        hash: hash.map(|hash| ("SHA-256", hash.to_owned())),
        uses: Vec::new(),
        ships: false,
        systems: Vec::new(),
    }
}

fn id((name, version): &Crate) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// The C sources that come inside a crate are what its advisories are about.
fn bundled(folder: &Path) -> Result<Vec<Component>> {
    let file = folder.join("sqlcipher/sqlite3.c");
    let text = std::fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
    let one = |name: &str, licence: &str, defined: &str| -> Result<Component> {
        let version = text.lines().find_map(|line| line.strip_prefix(&format!("#define {defined} ")));
        let version =
            version.with_context(|| format!("{defined} is not in {}", file.display()))?.trim().trim_matches('"');
        Ok(Component {
            id: format!("pkg:generic/{}@{version}", name.to_lowercase()),
            name: name.to_owned(),
            version: version.to_owned(),
            origin: Origin::Foreign,
            licence: licence.to_owned(),
            hash: None,
            uses: Vec::new(),
            ships: true,
            systems: Vec::new(),
        })
    };
    Ok(vec![one("SQLCipher", "BSD-3-Clause", "CIPHER_VERSION_NUMBER")?, one("SQLite", "blessing", "SQLITE_VERSION")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_tells_what_is_compiled_in() {
        let text = "0 liaison v0.1.0 (/a b/c)\n1 serde v1.0.0\n2 serde_derive v1.0.0 (proc-macro)\n3 syn v3.0.0\n1 log v0.4.0\n\n0 xtask v0.1.0 (/x)\n1 spdx v0.13.0+a\n1 log v0.4.0 (*)\n0 liaison-cli v0.1.0 (/y)\n1 serde v1.0.0 (*)\n";
        let (shipped, others) = Tree::read(text).reached();
        let names = |set: &BTreeSet<Crate>| set.iter().map(|one| one.0.clone()).collect::<Vec<_>>();
        assert_eq!(names(&shipped), ["liaison", "liaison-cli", "log", "serde"]);
        assert_eq!(names(&others), ["serde_derive", "syn"]);
        assert_eq!(id(&("spdx".to_owned(), "0.13.0+a".to_owned())), "pkg:cargo/spdx@0.13.0%2Ba");
    }

    #[test]
    fn old_ways_to_write_licences_are_mended() {
        let package = serde_json::json!({"license": "MIT/Apache-2.0", "source": "registry"});
        let one = component(&("a".to_owned(), "1.0.0".to_owned()), &package, Some("00"));
        assert_eq!((one.licence.as_str(), one.origin), ("MIT OR Apache-2.0", Origin::Foreign));
    }
}
