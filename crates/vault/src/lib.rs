//! The folder a desk lies in: its files by name, who may read them and which process holds them; the key of the database
//! and what wraps it; and what damage looks like before SQLite opens anything.
//!
//! `liaison-store` stands on it and hands on what others need of it: everybody else names that by `liaison_store::…`.

pub mod damage;
pub mod error;
pub mod examination;
pub mod files;
pub mod key;
pub mod leftovers;
pub mod lock;
mod page_cipher;
pub mod private_file;
pub mod sealed_file;
mod write_ahead_log;

pub use error::StoreError;
