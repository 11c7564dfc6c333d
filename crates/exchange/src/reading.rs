//! What every reader of files shares: saying how far it has come, being stopped, and what can go wrong.

use std::ops::ControlFlow;

/// How far reading has come. The unit depends on the format (bytes, rows); only the ratio means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Units in all; never less than `done`.
    pub total: u64,
}

/// Is told how far reading has come; answers `Break` to stop it.
pub(crate) type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// Reports progress, and turns the wish to stop into an error.
pub(crate) fn report(watch: &mut Watch<'_>, done: usize, total: usize) -> Result<(), ReadError> {
    let progress = Progress { done: done as u64, total: total.max(done) as u64 };
    match watch(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ReadError::Cancelled),
    }
}

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no file at this path.
    #[error("there is no such file")]
    NotFound,
    /// The file, or what it unpacks to, is too large.
    #[error("the file, or what it unpacks to, is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The file is neither CSV, xlsx nor vCard.
    #[error("not a CSV, xlsx or vCard file but {found}")]
    NotRecognised {
        /// What it seems to be instead, in words.
        found: &'static str,
    },
    /// The file has no rows, or no header.
    #[error("the file has no rows")]
    Empty,
    /// The file breaks off or contradicts itself.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What is wrong, in words.
        detail: String,
    },
    /// The file has too many rows.
    #[error("the file has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// The file has too many columns.
    #[error("the file has more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// The file is text, but in an encoding that cannot be read.
    #[error("the text cannot be decoded: {detail}")]
    Encoding {
        /// What is wrong, in words.
        detail: String,
    },
    /// What was chosen about the file does not fit it.
    #[error("{detail}")]
    Options {
        /// What does not fit, in words.
        detail: String,
    },
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
    /// The system refused to read the file.
    #[error("the file cannot be read: {0}")]
    Io(#[source] std::io::Error),
}
