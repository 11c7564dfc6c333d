//! The encrypted SQLite database: records, journal, search and result sets.

pub mod anchor;
pub mod attributes;
pub mod backup;
pub mod bulk_load;
pub mod chain;
mod computed;
pub mod damage;
pub mod database;
mod erasure;
pub mod error;
mod follow;
pub mod invitations;
pub mod journal;
pub mod key;
pub mod links;
pub mod list;
mod lock;
pub mod memory;
pub mod outbox;
mod page_cipher;
pub mod pages;
pub mod private_file;
pub mod recorder;
pub mod references;
pub mod replay;
pub mod schema;
pub mod search;
pub mod settings;
pub mod sqlite;
pub mod table;
mod write_ahead_log;

pub use database::Database;
pub use error::StoreError;
pub use recorder::{Intent, Recorded, Recorder};
pub use sqlite::{Db, Sql, Statement};
