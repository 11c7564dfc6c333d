//! The encrypted SQLite database: records, journal, lists and backups. What is asked about one kind of record
//! stands in `liaison-queries`.

pub mod absorb;
pub mod anchor;
pub mod attributes;
pub mod backup;
pub mod base;
pub mod beginning;
pub mod bits;
pub mod bulk_load;
pub mod chain;
pub mod changes;
pub mod computed;
pub mod database;
mod definitions;
pub mod device;
mod erasure;
mod fold;
mod follow;
pub mod group;
pub mod history;
pub mod hold;
pub mod journal;
pub mod kept_file;
pub mod links;
pub mod list;
pub mod memory;
mod opening;
pub mod operations;
pub mod recorder;
mod recording;
pub mod replay;
pub mod replica;
pub mod row_log;
pub mod schema;
pub mod settings;
pub mod sqlite;
pub mod stored;
pub mod table;
pub mod time_zone;
pub mod touched;
mod watched;

use liaison_vault::leftovers;
pub use liaison_vault::{damage, error, files, key, private_file};

pub use database::Database;
pub use error::StoreError;
pub use recorder::Recorder;
pub use recording::{Intent, Recorded};
pub use sqlite::{Db, Sql, Statement};
