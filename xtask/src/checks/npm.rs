//! npm dependencies: unaltered, from the registry, under a licence that fits.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{licence, none};
use crate::project::Project;

/// Packages that name their licence in a LICENSE file only; read by hand: Apache-2.0.
const LICENCE_IN_A_FILE: [&str; 1] = ["@react-aria/optimize-locales-plugin"];

/// All checks of `package-lock.json`.
pub fn check(project: &Project) -> Result<()> {
    let read = |name: &str| -> Result<Value> {
        let text = std::fs::read_to_string(project.ui().join(name)).with_context(|| format!("no ui/{name}"))?;
        serde_json::from_str(&text).with_context(|| format!("ui/{name} is no JSON"))
    };
    let lock = read("package-lock.json")?;
    let mut problems = check_lock(&lock);
    problems.extend(check_manifest(&read("package.json")?, &lock));
    none(&problems)
}

/// As `npm ci` does before it installs: what the manifest asks for must be what was locked, or npm would lock anew.
fn check_manifest(manifest: &Value, lock: &Value) -> Vec<String> {
    let locked = &lock["packages"][""];
    let kinds = ["dependencies", "devDependencies", "optionalDependencies"];
    let differ = kinds.into_iter().filter(|kind| manifest[*kind] != locked[*kind]);
    let mut problems: Vec<String> =
        differ.map(|kind| format!("package.json and package-lock.json differ in {kind}; run npm install")).collect();
    for kind in kinds {
        for (name, range) in manifest[kind].as_object().into_iter().flatten() {
            if lock["packages"][format!("node_modules/{name}")]["version"] != *range {
                problems.push(format!("{name} is {range} in package.json; name the exact version that is locked"));
            }
        }
    }
    problems
}

/// The package's name, from its place in the lock file.
pub fn name(path: &str) -> &str {
    path.rsplit("node_modules/").next().unwrap_or(path)
}

fn check_lock(lock: &Value) -> Vec<String> {
    let Some(packages) = lock["packages"].as_object() else {
        return vec!["the lock file lists no packages; it is of an old version".to_owned()];
    };
    let mut problems = Vec::new();
    // The empty key is our own package.
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let name = name(path);
        if package["integrity"].as_str().is_none_or(|hash| !hash.starts_with("sha512-")) {
            problems.push(format!("{name} has no integrity hash"));
        }
        // Without an address npm takes the package from the registry that is set, and the hash must match.
        if let Some(address) = package["resolved"].as_str()
            && !address.starts_with("https://registry.npmjs.org/")
        {
            problems.push(format!("{name} comes from {address}"));
        }
        match package["license"].as_str() {
            Some(expression) if licence::is_allowed(expression) => {}
            Some(expression) => problems.push(format!("{name}: the licence {expression} is not on the list")),
            None if LICENCE_IN_A_FILE.contains(&name) => {}
            None => problems.push(format!("{name}: no licence is given")),
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_manifest_asks_for_what_is_locked() {
        let manifest = |version: &str| json!({"name": "ui", "devDependencies": {"a": version}});
        let lock = |asked: &str, version: &str| json!({"packages": {"": {"devDependencies": {"a": asked}}, "node_modules/a": {"version": version}}});
        assert_eq!(check_manifest(&manifest("1.0.0"), &lock("1.0.0", "1.0.0")), Vec::<String>::new());
        assert_eq!(
            check_manifest(&manifest("1.0.1"), &lock("1.0.0", "1.0.0")).len(),
            2,
            "asked for after it was locked"
        );
        assert_eq!(check_manifest(&manifest("^1.0.0"), &lock("^1.0.0", "1.0.0")).len(), 1, "a range");
        assert_eq!(check_manifest(&manifest("1.0.0"), &lock("1.0.0", "1.0.1")).len(), 1, "another one locked");
    }

    #[test]
    fn altered_and_foreign_packages_are_named() {
        let good = json!({"version": "1.0.0", "integrity": "sha512-x", "license": "MIT"});
        let lock = |package: Value| json!({"packages": {"": {"name": "ui"}, "node_modules/good": good, "node_modules/@a/b": package}});
        assert_eq!(check_lock(&lock(good.clone())), Vec::<String>::new());
        let with = |key: &str, value: Value| {
            let mut package = good.clone();
            package[key] = value;
            check_lock(&lock(package))
        };
        assert_eq!(with("integrity", Value::Null), ["@a/b has no integrity hash"]);
        assert_eq!(
            with("resolved", json!("http://mirror.example/b.tgz")),
            ["@a/b comes from http://mirror.example/b.tgz"]
        );
        assert_eq!(with("license", json!("SSPL-1.0")).len(), 1);
        assert_eq!(with("license", Value::Null).len(), 1);
        assert_eq!(check_lock(&json!({})).len(), 1);
    }
}
