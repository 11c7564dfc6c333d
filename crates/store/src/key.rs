//! The key of the database, and how it is kept.
//!
//! The key is 256 random bits. It lies in the keychain of the operating system; where there is none, or the person
//! wants it so, a passcode wraps it (Argon2id, XChaCha20-Poly1305). A printable recovery key, shown once, wraps it too.
//! `key.json` beside the database says which; it holds nothing that opens the database by itself. There is no way
//! to a database without a key, and no error about keys ever changes a file: a keychain may just be locked.

use crate::database::FILE;
use crate::error::StoreError;
use crate::private_file;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use liaison_domain::Id;
use rand::RngCore as _;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const SERVICE: &str = "org.liaison.desk";
/// OWASP's first choice for Argon2id: 46 MiB, one pass, one lane would do; a desk can afford 64 MiB and three passes.
const ARGON_MEMORY_KIB: u32 = 64 * 1024;
const ARGON_PASSES: u32 = 3;

/// The 256-bit key of the database.
pub struct RawKey([u8; 32]);

impl RawKey {
    fn random() -> RawKey {
        let mut key = [0; 32];
        rand::rng().fill_bytes(&mut key);
        RawKey(key)
    }

    fn from_slice(bytes: &[u8]) -> Option<RawKey> {
        bytes.try_into().ok().map(RawKey)
    }

    /// The value for SQLCipher's `PRAGMA key`: raw, so that opening derives nothing.
    pub(crate) fn pragma(&self) -> String {
        let mut text = String::from("\"x'");
        for byte in self.0 {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str("'\"");
        text
    }
}

/// How the key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// In the keychain of the operating system.
    Keychain,
    /// Wrapped by a passcode.
    Passcode,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    keychain: Option<KeychainEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passcode: Option<Wrapped>,
    /// The key wrapped by the passcode of each staff member who has one of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    people: Vec<PersonalKey>,
    recovery: Wrapped,
}

#[derive(Serialize, Deserialize)]
struct PersonalKey {
    /// The staff record. No name: who works here is nobody's business before the desk is open.
    staff: Id,
    #[serde(flatten)]
    wrapped: Wrapped,
}

#[derive(Serialize, Deserialize)]
struct KeychainEntry {
    account: String,
}

#[derive(Serialize, Deserialize)]
struct Wrapped {
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    key: String,
}

/// A key made for a new database.
pub struct NewKey {
    /// The key.
    pub key: RawKey,
    /// The recovery key in its printable form; it is not kept anywhere.
    pub recovery: String,
}

fn key_file(directory: &Path) -> PathBuf {
    directory.join("key.json")
}

/// Whether, and how, a key is kept for the database in `directory`.
pub fn protection(directory: &Path) -> Result<Option<Protection>, StoreError> {
    let asks = |file: &KeyFile| file.passcode.is_some() || !file.people.is_empty();
    Ok(read(directory)?.map(|file| if asks(&file) { Protection::Passcode } else { Protection::Keychain }))
}

fn read(directory: &Path) -> Result<Option<KeyFile>, StoreError> {
    match fs::read_to_string(key_file(directory)) {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|e| StoreError::Damaged(format!("key.json: {e}"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Makes and keeps a key for a new database: [`begin`], then [`keep`].
pub fn create(directory: &Path, passcode: Option<&str>) -> Result<NewKey, StoreError> {
    let made = begin(directory, passcode)?;
    keep(directory)?;
    Ok(made)
}

/// Makes a key for a new database: wrapped by `passcode`, or in the keychain where there is none given. It only counts
/// once [`keep`] has been called; the database is filled in between, so that a set-up cut short (no power, no room)
/// can simply be done again. What such a set-up left behind is cleared away here.
///
/// Errors: `Keychain` where there is no keychain and no passcode was given; `Missing` where there is a database whose
/// key file is gone. An existing key is never replaced, and a database that was ever in use never touched.
pub fn begin(directory: &Path, passcode: Option<&str>) -> Result<NewKey, StoreError> {
    if read(directory)?.is_some() {
        return Err(StoreError::Damaged("there already is a key in this directory".into()));
    }
    if directory.join(FILE).exists() {
        // Only a set-up that never came to its end leaves a database beside an unfinished key.
        if !unfinished_key_file(directory).exists() {
            return Err(StoreError::Missing("key.json"));
        }
        for suffix in ["", "-wal", "-shm"] {
            private_file::remove(&directory.join(format!("{FILE}{suffix}")))?;
        }
    }
    private_file::make_folder(directory)?;
    let key = RawKey::random();
    let recovery = recovery_key();
    let mut file = KeyFile {
        version: 1,
        keychain: None,
        passcode: None,
        people: Vec::new(),
        recovery: wrap(&key, &normal(&recovery))?,
    };
    match passcode {
        Some(passcode) => file.passcode = Some(wrap(&key, passcode)?),
        None => {
            let mut account = [0; 8];
            rand::rng().fill_bytes(&mut account);
            let account = hex(&account);
            keychain_store(&account, &key)?;
            file.keychain = Some(KeychainEntry { account });
        }
    }
    let text = serde_json::to_string_pretty(&file).map_err(|e| StoreError::Damaged(e.to_string()))?;
    // Without its key the database is worth nothing: it must have reached the disk before anything counts on it.
    private_file::write(&unfinished_key_file(directory), text.as_bytes())?;
    Ok(NewKey { key, recovery })
}

/// Lets the key that [`begin`] made count: from now on there is a database here.
pub fn keep(directory: &Path) -> Result<(), StoreError> {
    Ok(private_file::rename(&unfinished_key_file(directory), &key_file(directory))?)
}

fn unfinished_key_file(directory: &Path) -> PathBuf {
    directory.join("key.json.new")
}

/// The key, from the keychain or unwrapped by `secret`: a passcode or the recovery key. Beside it whose passcode it
/// was; nobody's for the passcode of the set-up, the recovery key and the keychain.
///
/// Errors: `NotSetUp`, `Locked` where a passcode is needed and none was given, `WrongPasscode`, `Keychain`.
pub fn load(directory: &Path, secret: Option<&str>) -> Result<(RawKey, Option<Id>), StoreError> {
    let file = read(directory)?.ok_or(StoreError::NotSetUp)?;
    if let Some(secret) = secret {
        for person in &file.people {
            if let Some(key) = unwrap(&person.wrapped, secret) {
                return Ok((key, Some(person.staff)));
            }
        }
        if let Some(key) = file.passcode.as_ref().and_then(|wrapped| unwrap(wrapped, secret)) {
            return Ok((key, None));
        }
        return Ok((unwrap(&file.recovery, &normal(secret)).ok_or(StoreError::WrongPasscode)?, None));
    }
    match &file.keychain {
        // The keychain opens for whoever uses this computer; where people have passcodes, it does not say who that is.
        Some(entry) if file.people.is_empty() => Ok((keychain_load(&entry.account)?, None)),
        _ => Err(StoreError::Locked),
    }
}

/// The staff members who have a passcode on this computer; that of the set-up is the one of `set_up_by`.
pub fn people(directory: &Path, set_up_by: Id) -> Result<Vec<Id>, StoreError> {
    let file = read(directory)?.ok_or(StoreError::NotSetUp)?;
    Ok(file.people.iter().map(|person| person.staff).chain(file.passcode.map(|_| set_up_by)).collect())
}

/// Gives a staff member a passcode of their own on this computer, or takes it away. The passcode of the set-up is that
/// of the person who set up (`set_up_by`): one of their own replaces it, or the old one would go on opening the desk.
///
/// Errors: `PasscodeTaken` where the passcode opens the desk for somebody else already: it would not say who came.
/// `LastPasscode` where without it nothing but the recovery key would open the desk.
pub fn set_personal(
    directory: &Path,
    key: &RawKey,
    staff: Id,
    passcode: Option<&str>,
    set_up_by: Id,
) -> Result<(), StoreError> {
    let mut file = read(directory)?.ok_or(StoreError::NotSetUp)?;
    file.people.retain(|person| person.staff != staff);
    if staff == set_up_by {
        file.passcode = None;
    }
    if passcode.is_none() && file.people.is_empty() && file.passcode.is_none() && file.keychain.is_none() {
        return Err(StoreError::LastPasscode);
    }
    if let Some(passcode) = passcode {
        let others = file.people.iter().map(|person| &person.wrapped).chain(&file.passcode);
        for other in others {
            if unwrap(other, passcode).is_some() {
                return Err(StoreError::PasscodeTaken);
            }
        }
        file.people.push(PersonalKey { staff, wrapped: wrap(key, passcode)? });
    }
    write(directory, &file)
}

/// Takes the passcodes away of people who are `gone`: they open nothing that is there. True where there was one. The
/// last way to open the desk stays.
pub fn forget_people(directory: &Path, gone: impl Fn(Id) -> bool) -> Result<bool, StoreError> {
    let mut file = read(directory)?.ok_or(StoreError::NotSetUp)?;
    let before = file.people.len();
    file.people.retain(|person| !gone(person.staff));
    let opens = !file.people.is_empty() || file.passcode.is_some() || file.keychain.is_some();
    if file.people.len() == before || !opens {
        return Ok(false);
    }
    write(directory, &file)?;
    Ok(true)
}

/// Makes a new recovery key; the one before opens nothing any more. It is not kept anywhere.
pub fn renew_recovery(directory: &Path, key: &RawKey) -> Result<String, StoreError> {
    let mut file = read(directory)?.ok_or(StoreError::NotSetUp)?;
    let recovery = recovery_key();
    file.recovery = wrap(key, &normal(&recovery))?;
    write(directory, &file)?;
    Ok(recovery)
}

fn write(directory: &Path, file: &KeyFile) -> Result<(), StoreError> {
    let text = serde_json::to_string_pretty(file).map_err(|e| StoreError::Damaged(e.to_string()))?;
    // A power cut must not leave half a key file.
    Ok(private_file::write(&key_file(directory), text.as_bytes())?)
}

/// Whether this system has a keychain that works, tried by writing and deleting an entry.
pub fn keychain_works() -> bool {
    on_its_own_thread(|| {
        let entry = keyring::Entry::new(SERVICE, "probe")?;
        entry.set_secret(b"probe")?;
        entry.delete_credential()
    })
    .is_ok()
}

fn keychain_store(account: &str, key: &RawKey) -> Result<(), StoreError> {
    let (account, key) = (account.to_owned(), key.0);
    on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.set_secret(&key))
}

fn keychain_load(account: &str) -> Result<RawKey, StoreError> {
    let account = account.to_owned();
    let secret = on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.get_secret())?;
    RawKey::from_slice(&secret).ok_or_else(|| StoreError::Keychain("the entry does not hold a key".into()))
}

/// Keeps a secret beside the key, for example the password of the mail server. Errors: `Keychain`.
pub fn keep_secret(account: &str, secret: &str) -> Result<(), StoreError> {
    let (account, secret) = (account.to_owned(), secret.to_owned());
    on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.set_password(&secret))
}

/// A secret that [`keep_secret`] kept. Errors: `Keychain`, also where there is none.
pub fn kept_secret(account: &str) -> Result<String, StoreError> {
    let account = account.to_owned();
    on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.get_password())
}

/// Forgets such a secret. Errors: `Keychain`, also where there is none.
pub fn forget_secret(account: &str) -> Result<(), StoreError> {
    let account = account.to_owned();
    on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.delete_credential())
}

/// The keychain of Linux is asked over D-Bus with a runtime of its own, which may not run inside of ours.
fn on_its_own_thread<T: Send + 'static>(
    work: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    match std::thread::spawn(work).join() {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(StoreError::Keychain(error.to_string())),
        Err(_) => Err(StoreError::Keychain("the keychain library failed".into())),
    }
}

fn derive(secret: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Option<[u8; 32]> {
    let parameters = Params::new(memory_kib, passes, 1, Some(32)).ok()?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(secret.as_bytes(), salt, &mut out)
        .ok()?;
    Some(out)
}

fn wrap(key: &RawKey, secret: &str) -> Result<Wrapped, StoreError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    rand::rng().fill_bytes(&mut salt);
    rand::rng().fill_bytes(&mut nonce);
    let failed = || StoreError::Damaged("the key could not be wrapped".into());
    let wrapping = derive(secret, &salt, ARGON_MEMORY_KIB, ARGON_PASSES).ok_or_else(failed)?;
    let sealed = XChaCha20Poly1305::new(&wrapping.into())
        .encrypt(XNonce::from_slice(&nonce), key.0.as_slice())
        .map_err(|_| failed())?;
    Ok(Wrapped {
        memory_kib: ARGON_MEMORY_KIB,
        passes: ARGON_PASSES,
        salt: hex(&salt),
        nonce: hex(&nonce),
        key: hex(&sealed),
    })
}

fn unwrap(wrapped: &Wrapped, secret: &str) -> Option<RawKey> {
    let nonce = unhex(&wrapped.nonce).filter(|nonce| nonce.len() == 24)?;
    // A key file is no place to be asked for terabytes of memory.
    let memory_kib = wrapped.memory_kib.min(1024 * 1024);
    let wrapping = derive(secret, &unhex(&wrapped.salt)?, memory_kib, wrapped.passes.min(100))?;
    let key = XChaCha20Poly1305::new(&wrapping.into())
        .decrypt(XNonce::from_slice(&nonce), unhex(&wrapped.key)?.as_slice())
        .ok()?;
    RawKey::from_slice(&key)
}

/// Letters and digits that can't be mistaken for one another on paper (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 160 random bits as eight groups of four.
fn recovery_key() -> String {
    let mut random = [0; 32];
    rand::rng().fill_bytes(&mut random);
    let letters: Vec<char> = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A recovery key as typed from paper: case, spaces and dashes don't count, O is 0, I and L are 1.
fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passcode_and_the_recovery_key_open_and_nothing_else_does() {
        let directory = tempfile::tempdir().expect("a directory");
        let made = create(directory.path(), Some("correct horse")).expect("a key");
        let open = |secret| load(directory.path(), secret);
        assert_eq!(open(Some("correct horse")).expect("the passcode").0.0, made.key.0);
        let typed = made.recovery.to_lowercase().replace('-', " ");
        assert_eq!(open(Some(&typed)).expect("the recovery key").0.0, made.key.0);
        let before = fs::read(key_file(directory.path())).expect("the key file");
        assert!(matches!(open(Some("wrong")), Err(StoreError::WrongPasscode)));
        assert!(matches!(open(None), Err(StoreError::Locked)));
        assert!(create(directory.path(), Some("again")).is_err(), "a key is never replaced");
        assert_eq!(fs::read(key_file(directory.path())).expect("the key file"), before, "errors change nothing");
        let text = String::from_utf8(before).expect("JSON");
        assert!(!text.contains(&hex(&made.key.0)), "the key file does not hold the key");
    }

    #[test]
    fn each_person_has_a_passcode_that_says_who_they_are() {
        let directory = tempfile::tempdir().expect("a directory");
        let made = create(directory.path(), Some("correct horse")).expect("a key");
        let [ann, bob, cleo] = [1, 2, 3].map(|n| Id::from_parts(u64::from(n), [n; 10]));
        let set = |staff, passcode| set_personal(directory.path(), &made.key, staff, passcode, cleo);
        set(ann, Some("ann's passcode")).expect("a passcode");
        set(bob, Some("bob's passcode")).expect("another");
        let who = |secret: &str| load(directory.path(), Some(secret)).map(|(key, who)| (key.0 == made.key.0, who));
        assert_eq!(who("ann's passcode").ok(), Some((true, Some(ann))));
        assert_eq!(who("bob's passcode").ok(), Some((true, Some(bob))));
        assert_eq!(who("correct horse").ok(), Some((true, None)));
        for taken in ["bob's passcode", "correct horse"] {
            assert!(matches!(set(ann, Some(taken)), Err(StoreError::PasscodeTaken)));
        }
        assert_eq!(who("ann's passcode").ok(), Some((true, Some(ann))), "a refusal changes nothing");
        set(bob, None).expect("taken away");
        assert!(matches!(who("bob's passcode"), Err(StoreError::WrongPasscode)));
        assert_eq!(people(directory.path(), cleo).expect("people"), [ann, cleo]);

        set(cleo, Some("cleo's passcode")).expect("the one who set up");
        assert!(matches!(who("correct horse"), Err(StoreError::WrongPasscode)), "the old one opens nothing");
        set(ann, None).expect("Cleo is left");
        assert!(matches!(set(cleo, None), Err(StoreError::LastPasscode)));
        assert_eq!(who("cleo's passcode").ok(), Some((true, Some(cleo))));

        let renewed = renew_recovery(directory.path(), &made.key).expect("a recovery key");
        assert!(matches!(who(&made.recovery), Err(StoreError::WrongPasscode)));
        assert_eq!(who(&renewed.to_lowercase()).ok(), Some((true, None)));
    }

    #[test]
    fn hex_reads_what_it_writes_and_nothing_odd() {
        assert_eq!(unhex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
        assert_eq!(unhex("abc"), None);
        assert_eq!(unhex("zz"), None);
    }
}
