//! Answers from memory against those of the tables, whatever happens in between.

mod answers;
mod desk;
mod questions;
