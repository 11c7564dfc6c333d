//! CSV: separated values in a text that has been decoded to UTF-8.
//!
//! Cells are written over the front of the text they come from, so that a large file is in memory once. `csv-core`
//! does the cutting; around it stand the things a person's file needs: blank lines and rows keep their line numbers,
//! ragged rows are kept with a reason, and a quote that is never closed is noticed.

mod quotes;
mod rows;
mod separator;

pub(crate) use rows::read;

/// How many lines a text ends, "\r\n" being one line end.
fn line_ends(text: &[u8]) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text);
    let count = ends.filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n')).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
