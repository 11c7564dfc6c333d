//! The form: CycloneDX 1.6 in JSON (<https://cyclonedx.org/docs/1.6/json/>).

use serde_json::{Value, json};

use super::component::{Component, Origin};

const LICENCE: &str = "AGPL-3.0-only";

/// The state of the repository, where it is a clone.
pub struct Commit {
    /// In hexadecimal.
    pub hash: String,
    /// In UTC, as `2026-08-21T06:28:40Z`.
    pub time: String,
}

/// The document. Without a serial number, which would have to differ each time.
pub fn document(mut components: Vec<Component>, commit: Option<&Commit>) -> String {
    components.sort_by(|one, other| one.id.cmp(&other.id));
    let programs = components.iter().filter(|one| one.origin == Origin::Program).map(|one| json!(one.id));
    let mut dependencies = vec![json!({ "ref": "liaison", "dependsOn": programs.collect::<Vec<_>>() })];
    dependencies.extend(components.iter().map(|one| {
        let mut uses = one.uses.clone();
        uses.sort();
        uses.dedup();
        json!({ "ref": one.id, "dependsOn": uses })
    }));
    let mut metadata = json!({
        "component": {
            "type": "application",
            "bom-ref": "liaison",
            "name": "Liaison",
            "version": env!("CARGO_PKG_VERSION"),
            "licenses": [{ "expression": LICENCE }],
        },
        "tools": { "components": [{ "type": "application", "name": "cargo xtask sbom", "version": env!("CARGO_PKG_VERSION") }] },
    });
    if let Some(commit) = commit {
        metadata["timestamp"] = json!(commit.time);
        metadata["properties"] = json!([{ "name": "liaison:commit", "value": commit.hash }]);
    }
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": metadata,
        "components": components.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    });
    format!("{document:#}\n")
}

fn component(one: &Component) -> Value {
    let mut value = json!({
        "type": if one.origin == Origin::Program { "application" } else { "library" },
        "bom-ref": one.id,
        "name": one.name,
        "version": one.version,
        "scope": if one.ships { "required" } else { "excluded" },
        "licenses": [{ "expression": one.licence }],
    });
    // Our own crates are in no registry.
    if one.origin == Origin::Foreign {
        value["purl"] = json!(one.id);
    }
    if let Some((algorithm, digest)) = &one.hash {
        value["hashes"] = json!([{ "alg": algorithm, "content": digest }]);
    }
    let systems = one.systems.iter().map(|system| json!({ "name": "liaison:system", "value": system }));
    let systems: Vec<Value> = systems.collect();
    if !systems.is_empty() {
        value["properties"] = json!(systems);
    }
    value
}
