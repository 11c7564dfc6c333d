//! Finds records that mean the same person, and says what becomes of them when they are merged ([`merge`]). No I/O.
//!
//! A [`Table`] takes records row by row; its [`Schema`] says what each column means. [`find`] then
//! - makes keys by which records meet, so that not every record is compared with every other (blocking),
//! - estimates from the table itself how often the values of one person agree, by EM, and how often those of different
//!   people do (Fellegi and Sunter's weights, with the frequency of each value and with what columns have in common),
//! - gives each pair a probability and the evidence for it, and joins the most probable ones in groups.
//!
//! [`Index`] answers the same question for one record that is not in the table.

mod atoms;
mod blocks;
mod compare;
mod estimate;
mod find;
mod frequent;
mod groups;
mod index;
mod keys;
pub mod merge;
mod model;
mod nicknames;
mod normal;
mod order;
mod phonetic;
mod schema;
mod score;
mod table;
mod work;

pub use compare::{Level, level};
pub use find::{Evidence, Found, Options, Pair, find};
pub use index::{Candidate, Index, candidates};
pub use model::{ColumnModel, Model};
pub use schema::{Column, Kind, Schema};
pub use table::{Full, Table};
pub use work::{Callback, Cancelled, Progress, Stage};
