//! The keychain of the operating system.

use super::raw::RawKey;
use crate::error::StoreError;
use zeroize::Zeroizing;

const SERVICE: &str = "org.liaison.desk";

/// Whether this system has a keychain that works, tried by writing and deleting an entry.
pub fn keychain_works() -> bool {
    on_its_own_thread(|| {
        let entry = keyring::Entry::new(SERVICE, "probe")?;
        entry.set_secret(b"probe")?;
        entry.delete_credential()
    })
    .is_ok()
}

pub(super) fn store(account: &str, key: &RawKey) -> Result<(), StoreError> {
    let (account, key) = (account.to_owned(), key.0.clone());
    on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.set_secret(key.as_slice()))
}

pub(super) fn load(account: &str) -> Result<RawKey, StoreError> {
    let account = account.to_owned();
    let secret = on_its_own_thread(move || keyring::Entry::new(SERVICE, &account)?.get_secret().map(Zeroizing::new))?;
    RawKey::from_slice(&secret).ok_or_else(|| StoreError::Keychain("the entry does not hold a key".into()))
}

/// Keeps a secret beside the key, for example the password of the mail server. Errors: `Keychain`.
pub fn keep_secret(account: &str, secret: &str) -> Result<(), StoreError> {
    let (account, secret) = (account.to_owned(), Zeroizing::new(secret.to_owned()));
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
    // Tests of a computer without a keychain run where there always is one, too. Never part of what is released.
    #[cfg(debug_assertions)]
    if std::env::var_os("LIAISON_KEYCHAIN").is_some_and(|choice| choice == "none") {
        return Err(StoreError::Keychain("LIAISON_KEYCHAIN says that there is no keychain".into()));
    }
    match std::thread::spawn(work).join() {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(StoreError::Keychain(error.to_string())),
        Err(_) => Err(StoreError::Keychain("the keychain library failed".into())),
    }
}
