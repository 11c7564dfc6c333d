//! The encrypted SQLite database: records, journal, search and result sets.

pub mod anchor;
pub mod attributes;
pub mod backup;
pub mod bits;
pub mod bulk_load;
pub mod chain;
mod computed;
pub mod database;
pub mod device;
mod erasure;
mod follow;
pub mod group;
pub mod hold;
pub mod invitations;
pub mod journal;
mod leftovers;
pub mod links;
pub mod list;
pub mod memory;
mod opening;
pub mod outbox;
pub mod pages;
pub mod recorder;
mod recording;
pub mod references;
pub mod replay;
pub mod schema;
pub mod search;
pub mod settings;
pub mod sqlite;
pub mod table;
pub mod touched;

pub use liaison_vault::{damage, error, files, key, private_file};

pub use database::Database;
pub use error::StoreError;
pub use recorder::Recorder;
pub use recording::{Intent, Recorded};
pub use sqlite::{Db, Sql, Statement};
