//! The npm packages of the interface.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::component::{Component, Origin};
use crate::checks::npm;
use crate::project::Project;

/// Everything the interface needs when it runs.
pub fn components(project: &Project) -> Result<Vec<Component>> {
    let text = std::fs::read_to_string(project.ui().join("package-lock.json")).context("no ui/package-lock.json")?;
    packages(&serde_json::from_str(&text).context("ui/package-lock.json is no JSON")?)
}

fn packages(lock: &Value) -> Result<Vec<Component>> {
    let all = lock["packages"].as_object().context("ui/package-lock.json lists no packages")?;
    let ships = |path: &str, package: &Value| {
        // `devOptional` is what a package of the interface could use, and only its tools do.
        !path.is_empty() && package["dev"] != true && package["devOptional"] != true
    };
    let mut components = Vec::new();
    for (path, package) in all.iter().filter(|(path, package)| ships(path, package)) {
        let name = npm::name(path);
        let version = package["version"].as_str().with_context(|| format!("{name} has no version"))?;
        let uses = package["dependencies"].as_object().into_iter().flatten().filter_map(|(used, _)| {
            let (path, package) = found(all, path, used)?;
            ships(&path, package).then(|| id(used, package["version"].as_str().unwrap_or_default()))
        });
        components.push(Component {
            id: id(name, version),
            name: name.to_owned(),
            version: version.to_owned(),
            origin: Origin::Foreign,
            licence: package["license"].as_str().unwrap_or("NOASSERTION").to_owned(),
            hash: Some(("SHA-512", digest(name, package["integrity"].as_str().unwrap_or_default())?)),
            uses: uses.collect(),
            ships: true,
            systems: Vec::new(),
        });
    }
    // One package can be in several places.
    components.sort_by(|one, other| one.id.cmp(&other.id));
    components.dedup_by(|one, other| one.id == other.id);
    Ok(components)
}

/// Where node finds `used` from `path`: in its own folder, else in the nearest one above.
fn found<'a>(all: &'a serde_json::Map<String, Value>, path: &str, used: &str) -> Option<(String, &'a Value)> {
    let mut folder = path;
    loop {
        let place =
            if folder.is_empty() { format!("node_modules/{used}") } else { format!("{folder}/node_modules/{used}") };
        if let Some(package) = all.get(&place) {
            return Some((place, package));
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rfind("/node_modules/").map_or("", |at| &folder[..at]);
    }
}

fn id(name: &str, version: &str) -> String {
    format!("pkg:npm/{}@{}", name.replace('@', "%40"), version.replace('+', "%2B"))
}

/// `sha512-` and base64, as hexadecimal.
fn digest(name: &str, integrity: &str) -> Result<String> {
    let coded = integrity.strip_prefix("sha512-").with_context(|| format!("{name} has no integrity hash"))?;
    let bytes = STANDARD.decode(coded).with_context(|| format!("{name} has an odd integrity hash"))?;
    ensure!(bytes.len() == 64, "{name} has an integrity hash of {} bytes", bytes.len());
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn packages_of_tools_are_left_out() {
        let hash = format!("sha512-{}", STANDARD.encode([0xab; 64]));
        let package = |more: Value| {
            let mut package = json!({"version": "1.0.0", "integrity": hash, "license": "MIT"});
            package.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            package
        };
        let lock = json!({"packages": {
            "": {"name": "ui"},
            "node_modules/@a/b": package(json!({"dependencies": {"c": "^2", "d": "^1", "tool": "^1"}})),
            "node_modules/@a/b/node_modules/c": package(json!({"version": "2.0.0"})),
            "node_modules/c": package(json!({})),
            "node_modules/d": package(json!({})),
            "node_modules/e/node_modules/d": package(json!({})),
            "node_modules/tool": package(json!({"dev": true})),
            "node_modules/types": package(json!({"devOptional": true})),
        }});
        let components = packages(&lock).expect("components");
        let ids: Vec<&str> = components.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["pkg:npm/%40a/b@1.0.0", "pkg:npm/c@1.0.0", "pkg:npm/c@2.0.0", "pkg:npm/d@1.0.0"]);
        assert_eq!(components[0].uses, ["pkg:npm/c@2.0.0", "pkg:npm/d@1.0.0"], "the nearest one is used");
        assert_eq!(components[0].hash, Some(("SHA-512", "ab".repeat(64))));
        assert!(digest("short", "sha512-AAAA").is_err() && digest("old", "sha1-AAAA").is_err());
    }
}
