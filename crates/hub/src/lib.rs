//! The hub of an institution, on PostgreSQL. What it decides is `liaison_sync`'s; here are the log's tables and the routes.

pub mod bounce;
pub mod cluster;
pub mod doctor;
pub mod institutions;
pub mod kill_points;
pub mod ledger;
pub mod mail_settings;
pub mod metrics;
pub mod packing;
mod portal_log;
pub mod pull;
pub mod push;
pub mod routes;
pub mod secrets;
pub mod serving;
pub mod snapshot;
mod staged;
pub mod watching;
