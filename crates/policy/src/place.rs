//! Where policies lie: only administrators of a computer can write there.

use serde_json::{Map, Value};
use std::io::ErrorKind;
use std::path::PathBuf;

/// What is found in the place of a policy.
pub enum Found {
    /// Nothing: nothing is prescribed there.
    Nothing,
    /// Its text.
    Text(String),
    /// It is there and can't be read, for this reason.
    Unreadable(String),
}

/// Names another file, for tests. Never part of what is released: anybody can set it.
#[cfg(debug_assertions)]
const ANOTHER: &str = "LIAISON_POLICY";

/// The policy file's name, and what is in it.
pub fn file() -> (String, Found) {
    #[cfg(debug_assertions)]
    if let Some(path) = std::env::var_os(ANOTHER) {
        return read(path.into());
    }
    match system_file() {
        Some(path) => read(path),
        None => (String::new(), Found::Nothing),
    }
}

fn read(path: PathBuf) -> (String, Found) {
    let found = match std::fs::read_to_string(&path) {
        Ok(text) => Found::Text(text),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Found::Nothing,
        Err(error) => Found::Unreadable(error.to_string()),
    };
    (path.display().to_string(), found)
}

#[cfg(target_os = "macos")]
fn system_file() -> Option<PathBuf> {
    Some("/Library/Application Support/Liaison/policy.json".into())
}

#[cfg(all(unix, not(target_os = "macos")))]
fn system_file() -> Option<PathBuf> {
    Some("/etc/liaison/policy.json".into())
}

/// Not in ProgramData, where anybody may make a folder.
#[cfg(windows)]
fn system_file() -> Option<PathBuf> {
    std::env::var_os("ProgramFiles").map(|folder| PathBuf::from(folder).join("Liaison\\policy.json"))
}

/// The settings by the names that the registry has for them.
#[cfg(any(windows, test))]
const NAMES: [(&str, &str); 6] = [
    ("DataFolder", "data_folder"),
    ("HubAddress", "hub_address"),
    ("LockAfterMinutes", "lock_after_minutes"),
    ("BackupFolder", "backup_folder"),
    ("Imports", "imports"),
    ("Updates", "updates"),
];

/// What group policies prescribe, by the settings' names in a file.
#[cfg(windows)]
pub fn registry() -> Map<String, Value> {
    use winreg::RegKey;
    use winreg::enums::HKEY_LOCAL_MACHINE;
    let Ok(key) = RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey("Software\\Policies\\Liaison") else {
        return Map::new();
    };
    values(&|name| {
        let text = key.get_value::<String, _>(name).map(Value::from);
        text.or_else(|_| key.get_value::<u32, _>(name).map(Value::from)).ok()
    })
}

/// Only Windows has one.
#[cfg(not(windows))]
pub fn registry() -> Map<String, Value> {
    Map::new()
}

#[cfg(any(windows, test))]
fn values(of: &dyn Fn(&str) -> Option<Value>) -> Map<String, Value> {
    NAMES.iter().filter_map(|(name, key)| Some(((*key).to_owned(), of(name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_of_a_registry_get_the_names_of_settings() {
        let of = |name: &str| match name {
            "LockAfterMinutes" => Some(json!(15)),
            "Imports" => Some(json!("off")),
            _ => None,
        };
        assert_eq!(Value::from(values(&of)), json!({ "lock_after_minutes": 15, "imports": "off" }));
    }

    #[test]
    fn a_file_that_is_not_there_prescribes_nothing() {
        let folder = std::env::temp_dir();
        assert!(matches!(read(folder.join("no-such-policy.json")).1, Found::Nothing));
        assert!(matches!(read(folder).1, Found::Unreadable(_)), "a folder is no policy");
    }
}
