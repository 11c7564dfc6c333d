//! npm dependencies: unaltered, from the registry, under a licence that fits.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{licence, none};
use crate::project::Project;

/// Packages that name their licence in a LICENSE file only; read by hand: Apache-2.0.
const LICENCE_IN_A_FILE: [&str; 1] = ["@react-aria/optimize-locales-plugin"];

/// All checks of `package-lock.json`.
pub fn check(project: &Project) -> Result<()> {
    let text = std::fs::read_to_string(project.ui().join("package-lock.json")).context("no ui/package-lock.json")?;
    none(&check_lock(&serde_json::from_str(&text).context("ui/package-lock.json is no JSON")?))
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
