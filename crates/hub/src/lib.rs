//! The hub of an institution, on PostgreSQL. What it decides is `liaison_sync`'s; here are the log's tables and the routes.

pub mod cluster;
pub mod ledger;
pub mod packing;
pub mod pull;
pub mod push;
pub mod routes;
pub mod secrets;
mod staged;
