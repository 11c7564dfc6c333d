//! CSV: separated values in a text that has been decoded to UTF-8.
//!
//! Cells are written over the front of the text they come from, so that a large file is in memory once. `csv-core`
//! does the cutting; around it stand the things a person's file needs: blank lines and rows keep their line numbers,
//! ragged rows are kept with a reason, and a quote that is never closed is noticed.

mod rows;
mod separator;

pub(crate) use rows::read;
