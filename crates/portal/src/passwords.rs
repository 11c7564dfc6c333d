//! Passwords: Argon2id on threads of their own, a few at a time, so that other pages stay quick.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use liaison_domain::passcode;
use rand::RngCore as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// OWASP's second choice for Argon2id: 19 MiB and two passes. A hub hashes for many.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// As many wait for their turn at most.
const WAITING: usize = 64;

/// Longest password that is hashed at all, in bytes: longer ones were never set.
const LONGEST: usize = 4 * passcode::MOST as usize;

/// Too many log in at once; in a minute fewer do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

/// Hashes passwords, as many at once as there are processors less one.
pub struct Passwords {
    turns: Semaphore,
    waiting: AtomicUsize,
    absent: OnceLock<String>,
}

impl Default for Passwords {
    fn default() -> Passwords {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Passwords {
            turns: Semaphore::new(cores.saturating_sub(1).max(1)),
            waiting: AtomicUsize::new(0),
            absent: OnceLock::new(),
        }
    }
}

fn argon2() -> Argon2<'static> {
    // The numbers are within the limits of Argon2; the branch is never taken.
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str) -> String {
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    // Fails for passwords of 4 GiB, and for salts of another length; an empty text is nobody's hash.
    let hashed = SaltString::encode_b64(&salt)
        .and_then(|salt| argon2().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()));
    hashed.unwrap_or_default()
}

fn is_right(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| argon2().verify_password(password.as_bytes(), &kept).is_ok())
}

impl Passwords {
    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= WAITING {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Busy);
        }
        let turn = self.turns.acquire().await;
        let done = tokio::task::spawn_blocking(work).await;
        drop(turn);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        done.map_err(|_| Busy)
    }

    /// What is kept of a password, with the accents composed as the domain has it.
    pub async fn hash(&self, password: &str) -> Result<String, Busy> {
        let password = passcode::composed(password);
        self.work(move || hash(&password)).await
    }

    /// Whether a password is the one that is kept. Where there is no account, it takes as long and is wrong.
    pub async fn is_right(&self, password: &str, kept: Option<&str>) -> Result<bool, Busy> {
        let known = kept.is_some();
        let kept = match kept {
            Some(kept) => kept.to_owned(),
            None => match self.absent.get() {
                Some(absent) => absent.clone(),
                None => {
                    let made = self.work(|| hash("nobody has this")).await?;
                    self.absent.get_or_init(|| made).clone()
                }
            },
        };
        let password = passcode::composed(password);
        let fits = password.len() <= LONGEST;
        let password = if fits { password } else { String::new() };
        let right = self.work(move || is_right(&password, &kept)).await?;
        Ok(right && known && fits)
    }
}
