//! The store on real SQLite: schema, keys and locks, writing, the hash chain.

mod absorbing;
mod anchor;
mod chain;
mod damage;
mod erasure;
mod links;
mod migrating;
mod opening;
mod plain;
mod row_log;
mod rows;
mod schema;
mod writing;
