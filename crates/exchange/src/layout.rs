//! From a file's own columns to ours: which preset a table is, and how its scattered columns become a person.

mod arrange;
mod plan;

pub(crate) use arrange::{arrange, columns};
