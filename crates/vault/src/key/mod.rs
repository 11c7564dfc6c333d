//! The key of the database, and how it is kept.
//!
//! The key is 256 random bits. It lies in the keychain of the operating system; where there is none, or the person
//! wants it so, passcodes wrap it (Argon2id, XChaCha20-Poly1305). A printable recovery key, shown once, wraps it too.
//! `key.json` beside the database says which; it holds nothing that opens the database by itself. There is no way
//! to a database without a key, and no error about keys ever changes a file: a keychain may just be locked.

mod attempts;
mod file;
mod holder;
mod keychain;
mod raw;
mod recovery;
mod wrap;

pub use attempts::{Failures, failures, forget_failures};
pub use file::FILES;
pub use holder::Holder;
pub use keychain::{forget_secret, keep_secret, kept_secret, keychain_works};
pub use raw::RawKey;

use crate::error::StoreError;
use crate::files;
use crate::private_file;
use file::{KeyFile, KeychainEntry};
use liaison_domain::Id;
use rand::RngCore as _;
use std::fs;
use std::path::Path;
use wrap::Wrapped;

/// How the key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// In the keychain of the operating system.
    Keychain,
    /// Wrapped by passcodes.
    Passcode,
}

/// A key that was unwrapped.
pub struct Unlocked {
    /// The key.
    pub key: RawKey,
    /// What unwrapped it.
    pub holder: Holder,
    /// The wrapping is of an older kind; [`settle`] renews it.
    pub outdated: bool,
}

/// A key made for a new database.
pub struct NewKey {
    /// The key.
    pub key: RawKey,
    /// The recovery key in its printable form; it is not kept anywhere.
    pub recovery: String,
}

/// Whether the folder has a database whose key file is gone, and no set-up that was cut short.
pub fn is_key_missing(directory: &Path) -> bool {
    let is_there = |name: &str| directory.join(name).exists();
    let database = fs::metadata(directory.join(files::DATABASE)).is_ok_and(|file| file.len() > 0);
    database && !["key.json", "key.copy.json", "key.json.new"].into_iter().any(is_there)
}

/// Whether, and how, a key is kept for the database in `directory`.
pub fn protection(directory: &Path) -> Result<Option<Protection>, StoreError> {
    attempts::begin();
    let of = |file: KeyFile| match file.keychain {
        Some(_) if !file.has_passcodes() => Protection::Keychain,
        _ => Protection::Passcode,
    };
    Ok(file::read(directory)?.map(of))
}

/// Makes and keeps a key for a new database: [`begin`], then [`keep`].
pub fn create(directory: &Path, passcode: Option<(Id, &str)>) -> Result<NewKey, StoreError> {
    let made = begin(directory, passcode)?;
    keep(directory)?;
    Ok(made)
}

/// Makes a key for a new database: wrapped by the passcode of whoever sets up, or in the keychain where there is none
/// given. It only counts once [`keep`] has been called; the database is filled in between, so that a set-up cut short
/// (no power, no room) can simply be done again. What such a set-up left behind is cleared away here.
///
/// Errors: `Keychain` where there is no keychain and no passcode was given; `Missing` where there is a database whose
/// key file is gone. An existing key is never replaced, and a database that was ever in use never touched.
pub fn begin(directory: &Path, passcode: Option<(Id, &str)>) -> Result<NewKey, StoreError> {
    if file::read(directory)?.is_some() {
        return Err(StoreError::Damaged("there already is a key in this directory".into()));
    }
    if directory.join(files::DATABASE).exists() {
        // Only a set-up that never came to its end leaves a database beside an unfinished key.
        if !file::unfinished_path(directory).exists() {
            return Err(StoreError::Missing(files::KEY));
        }
        for suffix in ["", "-wal", "-shm"] {
            private_file::remove(&directory.join(format!("{}{suffix}", files::DATABASE)))?;
        }
    }
    private_file::make_folder(directory)?;
    // What was kept about another journal says nothing about the one that begins.
    private_file::remove(&directory.join(files::JOURNAL_HEAD))?;
    let key = RawKey::random();
    let recovery = recovery::make();
    let mut file = KeyFile::new(wrapped_by_recovery_key(&key, &recovery)?);
    match passcode {
        Some((staff, passcode)) => file.give(&key, staff, passcode)?,
        None => {
            let mut account = [0; 8];
            rand::rng().fill_bytes(&mut account);
            let account = wrap::hex(&account);
            keychain::store(&account, &key)?;
            file.keychain = Some(KeychainEntry { account });
        }
    }
    // Without its key the database is worth nothing: it must have reached the disk before anything counts on it.
    private_file::write(&file::unfinished_path(directory), &file.to_bytes()?)?;
    Ok(NewKey { key, recovery })
}

/// Lets the key that [`begin`] made count: from now on there is a database here.
pub fn keep(directory: &Path) -> Result<(), StoreError> {
    let unfinished = file::unfinished_path(directory);
    let made = KeyFile::from_bytes(&fs::read(&unfinished)?)?;
    file::write(directory, &made)?;
    Ok(private_file::remove(&unfinished)?)
}

/// The key, from the keychain or unwrapped by `secret`: a passcode or the recovery key.
///
/// Errors: `NotSetUp`, `Locked` where a passcode is needed and none was given, `WrongPasscode`, `TooSoon` after several
/// wrong ones, `Keychain`, `TooNew`, `Damaged`.
pub fn load(directory: &Path, secret: Option<&str>) -> Result<Unlocked, StoreError> {
    load_copy(directory, secret, directory)
}

/// As [`load`], of a key file that lies in a copy; wrong passcodes are counted in the folder it is a copy for, or trying
/// them on one copy after the other would cost nothing.
pub fn load_copy(directory: &Path, secret: Option<&str>, counted_in: &Path) -> Result<Unlocked, StoreError> {
    let file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    let Some(secret) = secret else {
        return match &file.keychain {
            // The keychain opens for whoever uses this computer; where people have passcodes, it does not say who that is.
            Some(entry) if !file.has_passcodes() => {
                Ok(Unlocked { key: keychain::load(&entry.account)?, holder: Holder::Keychain, outdated: false })
            }
            _ => Err(StoreError::Locked),
        };
    };
    attempts::attempt(counted_in, || {
        if let Some(key) = by_recovery_key(&file, secret)? {
            return Ok(Some(Unlocked { key, holder: Holder::Recovery, outdated: false }));
        }
        let found = file.find(secret)?;
        Ok(found.map(|found| Unlocked { key: found.key, holder: found.holder, outdated: found.outdated }))
    })
}

/// The key, unwrapped by the passcode of this staff member and by no other's; from the keychain where nobody has one
/// and none was given.
///
/// Errors: as [`load`].
pub fn load_own(directory: &Path, staff: Id, passcode: Option<&str>) -> Result<RawKey, StoreError> {
    let Some(passcode) = passcode else { return Ok(load(directory, None)?.key) };
    let file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    attempts::attempt(directory, || file.find_own(staff, passcode))
}

/// The key, unwrapped by the recovery key. Errors: `WrongPasscode` for anything else.
pub fn load_recovery(directory: &Path, recovery: &str) -> Result<RawKey, StoreError> {
    let file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    attempts::attempt(directory, || by_recovery_key(&file, recovery))
}

fn by_recovery_key(file: &KeyFile, secret: &str) -> Result<Option<RawKey>, StoreError> {
    recovery::read(secret).map_or(Ok(None), |secret| file.recovery.open(&secret))
}

fn wrapped_by_recovery_key(key: &RawKey, recovery: &str) -> Result<Wrapped, StoreError> {
    let secret = recovery::read(recovery).ok_or_else(|| StoreError::Damaged("a recovery key".into()))?;
    Wrapped::new(key, &secret)
}

/// Brings the key file in line with the database, after it was opened: the passcode of the set-up gets its owner,
/// people who are not `active` lose theirs, the wrapping that `renewed` opened becomes one of today's kind, and a file
/// that was lost comes back from its copy. Writes nothing where nothing is to be done.
pub fn settle(
    directory: &Path,
    set_up_by: Id,
    active: impl Fn(Id) -> bool,
    renewed: Option<(&RawKey, Id, &str)>,
) -> Result<(), StoreError> {
    let mut file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    let mut changed = file.name_set_up(set_up_by);
    let before = file.people.len();
    file.people.retain(|person| active(person.staff));
    changed |= file.people.len() != before;
    if let Some((key, staff, passcode)) = renewed
        && active(staff)
    {
        file.give(key, staff, passcode)?;
        changed = true;
    }
    if changed || !file::is_whole(directory) { file::write(directory, &file) } else { Ok(()) }
}

/// The staff members who have a passcode on this computer.
pub fn people(directory: &Path) -> Result<Vec<Id>, StoreError> {
    let file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    Ok(file.people.iter().map(|person| person.staff).collect())
}

/// Gives a staff member a passcode of their own on this computer, or takes it away.
///
/// Errors: `PasscodeTaken` where the passcode opens the desk for somebody else already: it would not say who came.
/// `LastPasscode` where without it nothing but the recovery key would open the desk.
pub fn set_personal(directory: &Path, key: &RawKey, staff: Id, passcode: Option<&str>) -> Result<(), StoreError> {
    let mut file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    file.people.retain(|person| person.staff != staff);
    match passcode {
        Some(passcode) if file.find(passcode)?.is_some() => return Err(StoreError::PasscodeTaken),
        Some(passcode) => file.give(key, staff, passcode)?,
        None if !file.opens() => return Err(StoreError::LastPasscode),
        None => {}
    }
    file::write(directory, &file)
}

/// Makes a new recovery key; the one before opens nothing any more. It is not kept anywhere.
pub fn renew_recovery(directory: &Path, key: &RawKey) -> Result<String, StoreError> {
    let mut file = file::read(directory)?.ok_or(StoreError::NotSetUp)?;
    let recovery = recovery::make();
    file.recovery = wrapped_by_recovery_key(key, &recovery)?;
    file::write(directory, &file)?;
    Ok(recovery)
}

/// What wraps the key of the database in `directory`, for a backup of it: with a passcode, or the recovery key, of the
/// time it was made it opens that backup, and without one nothing.
///
/// Errors: `NotSetUp`, `TooNew`, `Damaged`.
pub fn wrappings(directory: &Path) -> Result<Vec<u8>, StoreError> {
    file::read(directory)?.ok_or(StoreError::NotSetUp)?.to_bytes()
}

/// Puts what [`wrappings`] gave into `directory`, in place of what is there: it belongs to the database restored with
/// it. Errors: `TooNew`, `Damaged` where it is not what was given; nothing is changed then.
pub fn restore_wrappings(directory: &Path, wrappings: &[u8]) -> Result<(), StoreError> {
    file::write(directory, &KeyFile::from_bytes(wrappings)?)
}

#[cfg(test)]
mod tests;
