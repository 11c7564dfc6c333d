//! The store on real SQLite: schema, keys and locks, writing, the hash chain.

mod anchor;
mod chain;
mod damage;
mod erasure;
mod migrating;
mod opening;
mod plain;
mod rows;
mod schema;
mod writing;
