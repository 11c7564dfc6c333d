//! What can be wrong with a file that somebody named, to read it or to write it.

use liaison_exchange::{ReadError, WriteError};
use serde::Serialize;
use specta::Type;
use std::io::{Error, ErrorKind};

/// What is wrong with a file that is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// It is not there.
    NotFound,
    /// It is larger than allowed, or unpacks to more than allowed.
    TooLarge,
    /// It is no CSV, xlsx or vCard file.
    NotRecognised,
    /// It has no rows.
    Empty,
    /// It is damaged.
    Damaged,
    /// Another program has it open and lets nobody else read it.
    InUse,
    /// This person may not read it.
    NotAllowed,
    /// The disk or the network drive reports an error.
    Device,
    /// It has more rows than allowed.
    TooManyRows,
    /// It has more columns than allowed.
    TooManyColumns,
    /// Its characters can't be decoded.
    Encoding,
    /// It is one of the desk's own.
    OwnFolder,
    /// What was chosen about it, such as a sheet or a separator, does not fit it.
    Options,
}

/// Why a file could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WriteProblem {
    /// The folder is not there.
    NoFolder,
    /// The folder, or the file, may not be written to.
    NotAllowed,
    /// The file that is to be replaced is read-only, or another program has it open.
    InUse,
    /// The disk is full.
    DiskFull,
    /// The format holds fewer rows.
    TooManyRows,
    /// The format holds shorter texts, or fewer columns.
    DoesNotFit,
    /// The disk holds no files of this size.
    TooLarge,
    /// The folder is the one the desk keeps its own data in.
    OwnFolder,
    /// Something else the system says.
    Other,
}

impl FileProblem {
    /// Of a file that no reader could take in; `None` where somebody cancelled it.
    pub fn of(error: &ReadError) -> Option<FileProblem> {
        Some(match error {
            ReadError::Cancelled => return None,
            ReadError::NotFound => FileProblem::NotFound,
            ReadError::TooLarge { .. } => FileProblem::TooLarge,
            ReadError::NotRecognised { .. } => FileProblem::NotRecognised,
            ReadError::Empty => FileProblem::Empty,
            ReadError::TooManyRows { .. } => FileProblem::TooManyRows,
            ReadError::TooManyColumns { .. } => FileProblem::TooManyColumns,
            ReadError::Encoding { .. } => FileProblem::Encoding,
            ReadError::Options { .. } => FileProblem::Options,
            ReadError::Damaged { .. } => FileProblem::Damaged,
            ReadError::Io(error) => FileProblem::of_reading(error, cfg!(windows)),
        })
    }

    /// Of a file that is there and whose bytes the system doesn't give; `windows` is whether that is the system.
    pub fn of_reading(error: &Error, windows: bool) -> FileProblem {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => FileProblem::NotFound,
            _ if is_held(error, windows) => FileProblem::InUse,
            ErrorKind::PermissionDenied => FileProblem::NotAllowed,
            ErrorKind::IsADirectory => FileProblem::NotRecognised,
            // The reader's own word for content that ends too early.
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => FileProblem::Damaged,
            _ => FileProblem::Device,
        }
    }
}

impl WriteProblem {
    /// Of a file that no writer could make.
    pub fn of(error: &WriteError) -> WriteProblem {
        match error {
            WriteError::Io(error) => WriteProblem::of_writing(error, cfg!(windows)),
            WriteError::TooManyRows { .. } => WriteProblem::TooManyRows,
            WriteError::TooManyColumns { .. } | WriteError::CellTooLong { .. } => WriteProblem::DoesNotFit,
            WriteError::Unsuitable(_) => WriteProblem::Other,
        }
    }

    /// Of a file that was to be written; `windows` is whether that is the system.
    pub fn of_writing(error: &Error, windows: bool) -> WriteProblem {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => WriteProblem::NoFolder,
            _ if is_held(error, windows) => WriteProblem::InUse,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::IsADirectory => {
                WriteProblem::NotAllowed
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => WriteProblem::DiskFull,
            ErrorKind::FileTooLarge => WriteProblem::TooLarge,
            _ => WriteProblem::Other,
        }
    }

    /// Of a whole file that was to take the place of another, which is there or not. Its folder was written to a moment
    /// ago, so on Windows a refusal is about the file that has the name; elsewhere a rename asks the folder alone.
    pub fn of_replacing(error: &Error, is_there: bool, windows: bool) -> WriteProblem {
        match WriteProblem::of_writing(error, windows) {
            WriteProblem::NotAllowed if windows && is_there => WriteProblem::InUse,
            problem => problem,
        }
    }
}

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
const HELD_ON_WINDOWS: [i32; 2] = [32, 33];

/// Whether another program holds the file. Elsewhere these numbers mean something else (EPIPE, EDOM), and nobody can
/// hold a file against others.
fn is_held(error: &Error, windows: bool) -> bool {
    windows && error.raw_os_error().is_some_and(|number| HELD_ON_WINDOWS.contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_holds_is_not_damaged() {
        for number in HELD_ON_WINDOWS {
            let held = Error::from_raw_os_error(number);
            assert_eq!(FileProblem::of_reading(&held, true), FileProblem::InUse);
            assert_eq!(WriteProblem::of_writing(&held, true), WriteProblem::InUse);
            assert_eq!(WriteProblem::of_replacing(&held, true, true), WriteProblem::InUse);
            // The numbers are those of Windows only.
            assert_eq!(FileProblem::of_reading(&held, false), FileProblem::Device);
            assert_ne!(WriteProblem::of_writing(&held, false), WriteProblem::InUse);
        }
    }

    #[test]
    fn troubles_of_reading_are_told_apart() {
        for (kind, problem) in [
            (ErrorKind::NotFound, FileProblem::NotFound),
            (ErrorKind::PermissionDenied, FileProblem::NotAllowed),
            (ErrorKind::IsADirectory, FileProblem::NotRecognised),
            (ErrorKind::UnexpectedEof, FileProblem::Damaged),
            (ErrorKind::TimedOut, FileProblem::Device),
        ] {
            for windows in [false, true] {
                assert_eq!(FileProblem::of_reading(&kind.into(), windows), problem, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_refused_replacement_is_about_the_file_on_windows_only() {
        let refused = Error::from(ErrorKind::PermissionDenied);
        assert_eq!(WriteProblem::of_replacing(&refused, true, true), WriteProblem::InUse);
        assert_eq!(WriteProblem::of_replacing(&refused, false, true), WriteProblem::NotAllowed);
        assert_eq!(WriteProblem::of_replacing(&refused, true, false), WriteProblem::NotAllowed);
        let full = Error::from(ErrorKind::StorageFull);
        assert_eq!(WriteProblem::of_replacing(&full, true, true), WriteProblem::DiskFull);
    }
}
