//! What single values are in the files of other programs: whole names, formatted numbers, characters of HTML and of DOS,
//! time zones. Knows neither files nor fields.

pub mod cell;
pub mod content;
pub mod dos;
mod names;
pub mod number_format;
pub mod time_zone;
mod whole_name;

pub use names::{FullName, split_full_name};
pub use whole_name::{WholeName, read_whole_name};
