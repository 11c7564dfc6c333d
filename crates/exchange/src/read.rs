//! The way into a file: which reader takes over.

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
    limits::Limits,
    reading::{Progress, ReadError, Watch, report},
    recognise::{Content, recognise},
    sheet::Sheet,
    vcard, workbook,
};

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
