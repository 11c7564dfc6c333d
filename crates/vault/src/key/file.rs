//! `key.json`: what wraps the key of the database. A copy lies beside it, because without it the database is worth
//! nothing: where the file is lost or damaged, the copy is read, and the next opening puts the file back.

use super::holder::Holder;
use super::raw::RawKey;
use super::wrap::{Derivation, Derived, Sealed, Wrapped, hex};
use crate::error::StoreError;
use crate::files;
use crate::private_file;
use liaison_domain::{Id, passcode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The version written. Version 1 had a derivation for each person, no digest, and a passcode of the set-up that said
/// nothing about whose it was; it is read, and written as this one at the next change.
const VERSION: u32 = 2;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeyFile {
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) keychain: Option<KeychainEntry>,
    /// How keys are derived from passcodes: for everybody alike, so that one derivation tells whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passcodes: Option<Derivation>,
    /// The key wrapped by the passcode of each staff member who has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) people: Vec<PersonalKey>,
    /// Of version 1: the passcode of whoever set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) passcode: Option<Wrapped>,
    pub(super) recovery: Wrapped,
    /// SHA-256 of everything else in the file, so that damage shows as damage and not as a wrong passcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// What a later program wrote stays.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeychainEntry {
    pub(super) account: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PersonalKey {
    /// The staff record. No name: who works here is nobody's business before the desk is open.
    pub(super) staff: Id,
    /// Of version 1: a derivation for this entry alone.
    #[serde(flatten)]
    derivation: Option<Derivation>,
    #[serde(flatten)]
    sealed: Sealed,
}

/// Whose passcode it was.
pub(super) struct Found {
    pub(super) key: RawKey,
    pub(super) holder: Holder,
    /// The entry has a derivation of its own, from version 1.
    pub(super) outdated: bool,
}

impl KeyFile {
    pub(super) fn new(recovery: Wrapped) -> KeyFile {
        KeyFile {
            version: VERSION,
            keychain: None,
            passcodes: None,
            people: Vec::new(),
            passcode: None,
            recovery,
            digest: None,
            unknown: Map::new(),
        }
    }

    /// Whether somebody has a passcode: then the keychain alone opens nothing.
    pub(super) fn has_passcodes(&self) -> bool {
        self.passcode.is_some() || !self.people.is_empty()
    }

    /// Whether anything but the recovery key opens the desk.
    pub(super) fn opens(&self) -> bool {
        self.has_passcodes() || self.keychain.is_some()
    }

    /// Whose passcode it is. One derivation for all, and one more for each entry that is still of version 1.
    pub(super) fn find(&self, secret: &str) -> Result<Option<Found>, StoreError> {
        let mut common: Option<Derived> = None;
        for person in &self.people {
            let key = match (&person.derivation, &self.passcodes) {
                (Some(own), _) => person.sealed.open(&own.derive(secret)?, &[]),
                (None, Some(passcodes)) => {
                    let derived = match common.take() {
                        Some(derived) => derived,
                        None => passcodes.derive(&composed(secret))?,
                    };
                    person.sealed.open(common.insert(derived), person.staff.bytes())
                }
                (None, None) => None,
            };
            if let Some(key) = key {
                let (holder, outdated) = (Holder::Person(person.staff), person.derivation.is_some());
                return Ok(Some(Found { key, holder, outdated }));
            }
        }
        let Some(wrapped) = &self.passcode else { return Ok(None) };
        Ok(wrapped.open(secret)?.map(|key| Found { key, holder: Holder::SetUp, outdated: true }))
    }

    /// The key, where `secret` is the passcode of this person.
    pub(super) fn find_own(&self, staff: Id, secret: &str) -> Result<Option<RawKey>, StoreError> {
        let own = KeyFile {
            people: self.people.iter().filter(|person| person.staff == staff).cloned().collect(),
            passcode: None,
            ..self.clone()
        };
        Ok(own.find(secret)?.map(|found| found.key))
    }

    /// Gives a person this passcode, in place of one they had.
    pub(super) fn give(&mut self, key: &RawKey, staff: Id, secret: &str) -> Result<(), StoreError> {
        let derived = self.passcodes.get_or_insert_with(Derivation::new).derive(&composed(secret))?;
        let sealed = Sealed::seal(key, &derived, staff.bytes())?;
        self.people.retain(|person| person.staff != staff);
        self.people.push(PersonalKey { staff, derivation: None, sealed });
        Ok(())
    }

    /// Makes the passcode of the set-up that of the person who set up.
    pub(super) fn name_set_up(&mut self, staff: Id) -> bool {
        let Some(Wrapped { derivation, sealed }) = self.passcode.take() else { return false };
        if !self.people.iter().any(|person| person.staff == staff) {
            self.people.push(PersonalKey { staff, derivation: Some(derivation), sealed });
        }
        true
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        let unwritable = |error: serde_json::Error| StoreError::Damaged(error.to_string());
        let mut file = KeyFile { version: VERSION, digest: None, ..self.clone() };
        file.digest = Some(digest(&serde_json::to_value(&file).map_err(unwritable)?));
        serde_json::to_vec_pretty(&file).map_err(unwritable)
    }

    /// Errors: `TooNew`, `Damaged`.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<KeyFile, StoreError> {
        let damaged = |why: &dyn std::fmt::Display| StoreError::Damaged(format!("key.json: {why}"));
        let value: Value = serde_json::from_slice(bytes).map_err(|error| damaged(&error))?;
        // Before anything else: what a later version looks like is not known here.
        if value.get("version").and_then(Value::as_u64).is_some_and(|version| version > u64::from(VERSION)) {
            return Err(StoreError::TooNew);
        }
        if value.get("digest").is_some_and(|written| written.as_str() != Some(&digest(&value))) {
            return Err(damaged(&"it is not as it was written"));
        }
        let file: KeyFile = serde_json::from_value(value).map_err(|error| damaged(&error))?;
        let of_people = file.people.iter().filter_map(|person| person.derivation.as_ref());
        let derivations = of_people.chain(&file.passcodes).chain(file.passcode.as_ref().map(|w| &w.derivation));
        for derivation in derivations.chain([&file.recovery.derivation]) {
            if let Some(problem) = derivation.problem() {
                return Err(damaged(&problem));
            }
        }
        if file.passcodes.is_none() && file.people.iter().any(|person| person.derivation.is_none()) {
            return Err(damaged(&"how passcodes are checked is missing"));
        }
        Ok(file)
    }
}

fn composed(secret: &str) -> Zeroizing<String> {
    Zeroizing::new(passcode::composed(secret))
}

/// SHA-256 over everything in the file but the digest itself, its keys in the order of the alphabet.
fn digest(file: &Value) -> String {
    fn add(value: &Value, hash: &mut Sha256, is_file: bool) {
        match value {
            Value::Object(map) => {
                let mut keys: Vec<_> = map.keys().filter(|key| !is_file || *key != "digest").collect();
                keys.sort_unstable();
                hash.update(b"{");
                for key in keys {
                    add(&Value::String(key.clone()), hash, false);
                    add(&map[key], hash, false);
                }
                hash.update(b"}");
            }
            Value::Array(values) => {
                hash.update(b"[");
                values.iter().for_each(|value| add(value, hash, false));
                hash.update(b"]");
            }
            plain => {
                hash.update(plain.to_string());
                hash.update(b",");
            }
        }
    }
    let mut hash = Sha256::new();
    add(file, &mut hash, true);
    hex(&hash.finalize())
}

/// The key file and its copy, by name.
pub const FILES: [&str; 2] = ["key.json", "key.copy.json"];

pub(super) fn path(directory: &Path) -> PathBuf {
    directory.join(FILES[0])
}

pub(super) fn copy_path(directory: &Path) -> PathBuf {
    directory.join(FILES[1])
}

pub(super) fn attempts_path(directory: &Path) -> PathBuf {
    directory.join("key.attempts.json")
}

pub(super) fn unfinished_path(directory: &Path) -> PathBuf {
    directory.join("key.json.new")
}

fn read_one(path: &Path) -> Result<Option<KeyFile>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => KeyFile::from_bytes(&bytes).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        // Windows only says that it may not be read.
        Err(_) if path.is_dir() => Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into()),
        Err(error) => Err(error.into()),
    }
}

/// The key file, or its copy where there is a database whose key file is lost or damaged. `None` where there is neither.
pub(super) fn read(directory: &Path) -> Result<Option<KeyFile>, StoreError> {
    let lost = match read_one(&path(directory)) {
        Ok(Some(file)) => return Ok(Some(file)),
        Ok(None) if !directory.join(files::DATABASE).exists() => return Ok(None),
        Ok(None) => None,
        Err(error @ StoreError::Damaged(_)) => Some(error),
        Err(error) => return Err(error),
    };
    match (read_one(&copy_path(directory)), lost) {
        (Ok(Some(file)), lost) => {
            let why = lost.map_or_else(|| "key.json is missing".to_owned(), |error| error.to_string());
            tracing::warn!("{why}; its copy is used");
            Ok(Some(file))
        }
        (Ok(None) | Err(StoreError::Damaged(_)), lost) => lost.map_or(Ok(None), Err),
        (Err(error), _) => Err(error),
    }
}

/// Writes the file and its copy. The copy comes first: until the file itself is there, nothing has changed.
pub(super) fn write(directory: &Path, file: &KeyFile) -> Result<(), StoreError> {
    let bytes = file.to_bytes()?;
    private_file::write(&copy_path(directory), &bytes)?;
    Ok(private_file::write(&path(directory), &bytes)?)
}

/// Whether both files are there and say the same.
pub(super) fn is_whole(directory: &Path) -> bool {
    let file = fs::read(path(directory));
    file.is_ok_and(|file| fs::read(copy_path(directory)).is_ok_and(|copy| copy == file))
}
