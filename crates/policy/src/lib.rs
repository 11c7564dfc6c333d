//! What an organization prescribes for a computer it manages: read once at the start, from a file that only
//! administrators can write, and on Windows from the registry, where group policies put it.
//!
//! A policy restricts. What can't be understood in one never loosens anything: imports are off while their setting, or
//! the whole policy, can't be read.

mod place;
mod value;

pub use value::LOCK_MOST;

use place::Found;
use serde::Serialize;
use serde_json::{Map, Value};
use specta::Type;
use std::path::PathBuf;
use std::sync::OnceLock;

/// What is prescribed. What isn't is for people to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The folder of the database.
    pub data_folder: Option<PathBuf>,
    /// The address of the institution's hub, which begins with https://.
    pub hub_address: Option<String>,
    /// Liaison locks after this many minutes without anybody at it: 1 to [`LOCK_MOST`].
    pub lock_after_minutes: Option<u32>,
    /// The folder that gets a copy of each backup.
    pub backup_folder: Option<PathBuf>,
    /// Nothing can be imported.
    pub imports_off: bool,
    /// Liaison doesn't look for updates of itself.
    pub updates_off: bool,
    /// What in the policy can't be understood, for whoever wrote it.
    pub problems: Vec<String>,
}

/// What is prescribed, for Settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PolicyInfo {
    /// The folder of the database.
    pub data_folder: Option<String>,
    /// The address of the institution's hub.
    pub hub_address: Option<String>,
    /// In minutes.
    pub lock_after_minutes: Option<u32>,
    /// The folder that gets a copy of each backup.
    pub backup_folder: Option<String>,
    /// Nothing can be imported.
    pub imports_off: bool,
    /// Liaison doesn't look for updates of itself.
    pub updates_off: bool,
    /// What in the policy can't be understood.
    pub problems: Vec<String>,
}

/// The policy of this computer, read when it is first asked for.
pub fn current() -> &'static Policy {
    static CURRENT: OnceLock<Policy> = OnceLock::new();
    CURRENT.get_or_init(|| Policy::read(&place::file(), &place::registry(), &|name| std::env::var(name).ok()))
}

impl Policy {
    /// Reads a policy file and the values of a registry, which count before those of the file. `variable` gives a
    /// variable of the environment.
    fn read(file: &(String, Found), registry: &Map<String, Value>, variable: value::Variable<'_>) -> Policy {
        let mut policy = Policy::default();
        let (name, found) = file;
        let mut values = match found {
            Found::Nothing => Map::new(),
            Found::Unreadable(why) => {
                policy.is_broken(format!("{name}: {why}"));
                Map::new()
            }
            // Notepad puts a byte order mark before it.
            Found::Text(text) => match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
                Ok(Value::Object(values)) => values,
                Ok(_) => {
                    policy.is_broken(format!("{name}: the policy must be an object in braces"));
                    Map::new()
                }
                Err(error) => {
                    policy.is_broken(format!("{name}: {error}"));
                    Map::new()
                }
            },
        };
        values.extend(registry.iter().map(|(key, value)| (key.clone(), value.clone())));
        for (key, value) in &values {
            policy.set(key, value, variable);
        }
        policy
    }

    /// The whole policy can't be understood.
    fn is_broken(&mut self, problem: String) {
        self.problems.push(problem);
        (self.imports_off, self.updates_off) = (true, true);
    }

    fn set(&mut self, key: &str, given: &Value, variable: value::Variable<'_>) {
        let problem = match key {
            "data_folder" => value::folder(given, variable).map(|folder| self.data_folder = Some(folder)),
            "backup_folder" => value::folder(given, variable).map(|folder| self.backup_folder = Some(folder)),
            "hub_address" => value::address(given).map(|address| self.hub_address = Some(address)),
            "lock_after_minutes" => value::minutes(given).map(|minutes| self.lock_after_minutes = Some(minutes)),
            "imports" => value::is_off(given).map(|off| self.imports_off = off),
            "updates" => value::is_off(given).map(|off| self.updates_off = off),
            // For whoever reads the file.
            "comment" => Ok(()),
            _ => Err("there is no such setting".to_owned()),
        };
        if let Err(problem) = problem {
            self.problems.push(format!("{key}: {problem}"));
            match key {
                "imports" => self.imports_off = true,
                "updates" => self.updates_off = true,
                _ => {}
            }
        }
    }

    /// Whether anything is prescribed, or was meant to be.
    pub fn is_some(&self) -> bool {
        *self != Policy::default()
    }

    /// What Settings show.
    pub fn info(&self) -> PolicyInfo {
        let text = |folder: &Option<PathBuf>| folder.as_ref().map(|folder| folder.to_string_lossy().into_owned());
        PolicyInfo {
            data_folder: text(&self.data_folder),
            hub_address: self.hub_address.clone(),
            lock_after_minutes: self.lock_after_minutes,
            backup_folder: text(&self.backup_folder),
            imports_off: self.imports_off,
            updates_off: self.updates_off,
            problems: self.problems.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Policy {
        with_registry(text, json!({}))
    }

    fn with_registry(text: &str, registry: Value) -> Policy {
        let Value::Object(registry) = registry else { panic!("an object") };
        let variable = |name: &str| (name == "HOME").then(|| place("home/ada"));
        Policy::read(&("policy.json".into(), Found::Text(text.into())), &registry, &variable)
    }

    /// An absolute path of this system.
    fn place(path: &str) -> String {
        if cfg!(windows) { format!("C:\\{}", path.replace('/', "\\")) } else { format!("/{path}") }
    }

    #[test]
    fn everything_can_be_prescribed() {
        let text = json!({
            "comment": "Career Center laptops",
            "data_folder": "${HOME}/Liaison",
            "hub_address": "https://hub.northfield.example",
            "lock_after_minutes": 10,
            "backup_folder": place("mnt/backups"),
            "imports": "off",
            "updates": "off",
        });
        let policy = read(&text.to_string());
        assert_eq!(policy.problems, Vec::<String>::new());
        assert_eq!(policy.data_folder, Some(PathBuf::from(format!("{}/Liaison", place("home/ada")))));
        assert_eq!(policy.hub_address.as_deref(), Some("https://hub.northfield.example"));
        assert_eq!((policy.lock_after_minutes, policy.imports_off, policy.updates_off), (Some(10), true, true));
        assert_eq!(policy.info().backup_folder, Some(place("mnt/backups")));
    }

    #[test]
    fn nothing_is_prescribed_by_an_empty_policy_or_none() {
        assert!(!read("{}").is_some());
        assert!(!read("\u{feff}{ \"imports\": \"on\" }").is_some(), "a byte order mark is no problem");
        let none = Policy::read(&(String::new(), Found::Nothing), &Map::new(), &|_| None);
        assert!(!none.is_some());
    }

    #[test]
    fn what_cannot_be_understood_never_loosens() {
        for text in ["", "{", "[]", "{\"imports\": \"off\",}"] {
            let policy = read(text);
            assert!(policy.imports_off && policy.updates_off && policy.problems.len() == 1, "{text}: {policy:?}");
            assert!(policy.problems[0].starts_with("policy.json: "), "{policy:?}");
        }
        let unreadable = ("policy.json".to_owned(), Found::Unreadable("permission denied".into()));
        let policy = Policy::read(&unreadable, &Map::new(), &|_| None);
        assert!(policy.imports_off && policy.problems == ["policy.json: permission denied"]);
        let policy = read(r#"{ "imports": "of", "import": "off", "lock_after_minutes": 0 }"#);
        assert!(policy.imports_off && !policy.updates_off && policy.lock_after_minutes.is_none());
        assert_eq!(policy.problems.len(), 3, "{policy:?}");
        assert!(policy.problems.iter().any(|problem| problem == "import: there is no such setting"), "{policy:?}");
    }

    #[test]
    fn the_registry_counts_before_the_file() {
        let registry = json!({ "lock_after_minutes": "5", "imports": "on" });
        let policy = with_registry(r#"{ "lock_after_minutes": 60, "imports": "off", "updates": "off" }"#, registry);
        assert_eq!((policy.lock_after_minutes, policy.imports_off, policy.updates_off), (Some(5), false, true));
    }
}
