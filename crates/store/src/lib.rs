//! The encrypted SQLite database: records, journal, search and result sets.

pub mod attributes;
pub mod backup;
pub mod bulk_load;
mod computed;
pub mod database;
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

pub use database::Database;
pub use error::StoreError;
pub use recorder::{Intent, Recorded, Recorder};
pub use sqlite::{Db, Sql, Statement};
