//! Files that people name: reading them, and writing them whole or not at all. The desk's own folder is none of them.

mod leftovers;
mod new_file;
mod place;

pub use place::is_own;

pub(crate) use leftovers::sweep;
pub use new_file::{Destination, NewFile};

use crate::error::{CommandError, FileProblem};
use std::path::Path;

/// Begins a file at the place a person named; `directory` is the one of the database.
///
/// Errors: `UnwritableFile`, with `OwnFolder` where the place is in the desk's own folder.
pub fn new_file(directory: &Path, to: Destination<'_>) -> Result<NewFile, CommandError> {
    let path = match to {
        Destination::Path(path) => Some(path.display().to_string()),
        _ => None,
    };
    NewFile::begin(directory, to).map_err(|error| match (error, path) {
        // Which file is half of what is wrong.
        (CommandError::UnwritableFile { problem, detail }, Some(path)) if !detail.contains(&path) => {
            CommandError::UnwritableFile { problem, detail: format!("{path}: {detail}") }
        }
        (error, _) => error,
    })
}

/// Writes a small file at the place a person named.
///
/// Errors: as [`new_file`].
pub fn write_file(directory: &Path, to: Destination<'_>, bytes: &[u8]) -> Result<(), CommandError> {
    use std::io::Write as _;
    let mut file = new_file(directory, to)?;
    file.write_all(bytes)?;
    file.finish()
}

/// Refuses to read a file of the desk itself, by whatever link.
///
/// Errors: `UnreadableFile` with `OwnFolder`.
pub fn may_be_read(directory: &Path, path: &Path) -> Result<(), CommandError> {
    // What is not there is told by whoever opens it.
    let Ok(real) = std::fs::canonicalize(path) else { return Ok(()) };
    if place::is_own(directory, &real) {
        let detail = format!("{} is in the folder Liaison keeps its own data in", path.display());
        return Err(CommandError::UnreadableFile { problem: FileProblem::OwnFolder, detail });
    }
    Ok(())
}
