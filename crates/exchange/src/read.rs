//! The way into a file: limits, what can go wrong, and which reader takes over.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    ops::ControlFlow,
    path::Path,
};

use crate::{
    delimited,
    encoding::{self, Decoded},
    layout,
    recognise::{Content, recognise},
    sheet::Sheet,
    vcard, workbook,
};

/// How much a file may hold. What goes beyond is refused with the limit it met, except for single cells, which only
/// make their row bad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The size of the file, in bytes. At most 4 GiB whatever is set here.
    pub file_bytes: u64,
    /// Rows, the header not counted.
    pub rows: usize,
    /// Columns in the header row.
    pub columns: usize,
    /// The size of one cell, in bytes of UTF-8. A larger cell is cut and its row marked
    /// [`crate::RowProblem::CellTooLarge`]; the rest of the file is read as usual.
    pub cell_bytes: usize,
    /// Lines of one card, PHOTO and its like not counted. A card with more is cut and its row marked
    /// [`crate::RowProblem::TooManyLines`].
    pub card_lines: usize,
    /// What a workbook may unpack to, in bytes. It may not exceed 64 MiB and 100 times the file's size either.
    pub unpacked_bytes: u64,
    /// Entries in a workbook's archive.
    pub archive_entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            rows: 2_000_000,
            columns: 512,
            cell_bytes: 1_000_000,
            card_lines: 1_000,
            unpacked_bytes: 1 << 30,
            archive_entries: 10_000,
        }
    }
}

/// The most cells a sheet may have, blank ones included; keeps a small file of empty lines from becoming large.
const CELLS: usize = 100_000_000;

impl Limits {
    /// How many rows of this many columns may be read.
    pub(crate) fn rows_of(&self, columns: usize) -> usize {
        self.rows.min(CELLS / columns.max(1))
    }
}

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
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
    /// The system refused to read the file.
    #[error("the file cannot be read: {0}")]
    Io(#[source] std::io::Error),
}

/// Reads a file into memory and takes it apart. What kind of file it is is told from its content, whatever its name.
///
/// `progress` is called now and then; answering `Break` ends reading with [`ReadError::Cancelled`].
///
/// # Errors
/// See [`ReadError`]. Problems of single rows are no errors but [`Sheet::row_problem`]s.
pub fn read(
    path: &Path,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Sheet, ReadError> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Io(error),
    };
    // Asked before it is opened: opening a pipe waits until somebody writes into it.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(ReadError::NotRecognised { found: "a folder" });
    }
    if !metadata.is_file() {
        return Err(ReadError::NotRecognised { found: "a device or a pipe" });
    }
    let file = File::open(path).map_err(failed)?;
    let limit = file_limit(limits);
    if metadata.len() > limit {
        return Err(ReadError::TooLarge { limit });
    }
    // The readers want free space before the text, so it is left here rather than made by moving everything.
    let mut bytes = Vec::with_capacity(encoding::GAP + metadata.len() as usize + 1);
    bytes.resize(encoding::GAP, 0);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    read_padded(&name, bytes, limits, progress)
}

/// Like [`read`], for content that is in memory already. `name` is the file's name; its ending only helps to say
/// what is wrong with a file that is not recognised.
///
/// # Errors
/// See [`ReadError`].
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Sheet, ReadError> {
    let mut padded = Vec::with_capacity(encoding::GAP + bytes.len());
    padded.resize(encoding::GAP, 0);
    padded.extend_from_slice(&bytes);
    drop(bytes);
    read_padded(name, padded, limits, progress)
}

fn file_limit(limits: &Limits) -> u64 {
    limits.file_bytes.min(u64::from(u32::MAX))
}

/// `padded` is the file's content behind [`encoding::GAP`] free bytes.
fn read_padded(name: &str, padded: Vec<u8>, limits: &Limits, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    let content = &padded[encoding::GAP..];
    let limit = file_limit(limits);
    if content.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    report(watch, 0, content.len())?;
    let sheet = match recognise(name, content)? {
        Content::Workbook => workbook::read(content, limits, watch)?,
        Content::Vcard => {
            return vcard::read(content, limits, watch);
        }
        Content::Text => {
            let decoded = Decoded::from_padded(padded)?;
            if decoded.text_len() > u32::MAX as usize {
                return Err(ReadError::TooLarge { limit });
            }
            delimited::read(decoded, limits, watch)?
        }
    };
    layout::arrange(sheet, watch)
}
