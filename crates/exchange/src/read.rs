//! The way into a file: which reader takes over.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    ops::ControlFlow,
    path::Path,
};

use liaison_values::cell::is_scientific;

use crate::{
    assumed::{Doubt, Format, ReadOptions},
    dates::Dates,
    delimited,
    encoding::{self, Decoded},
    layout,
    limits::Limits,
    reading::{Progress, ReadError, Watch, report},
    recognise::{Content, recognise},
    sheet::{RowProblem, Sheet},
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
    read_with(path, &ReadOptions::default(), limits, progress)
}

/// Like [`read`], with what somebody chose for what a reader would find by itself.
///
/// # Errors
/// See [`ReadError`].
pub fn read_with(
    path: &Path,
    options: &ReadOptions,
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
    read_padded(&name, bytes, options, limits, progress)
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
    read_bytes_with(name, bytes, &ReadOptions::default(), limits, progress)
}

/// Like [`read_bytes`], with what somebody chose for what a reader would find by itself.
///
/// # Errors
/// See [`ReadError`].
pub fn read_bytes_with(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Sheet, ReadError> {
    let mut padded = Vec::with_capacity(encoding::GAP + bytes.len());
    padded.resize(encoding::GAP, 0);
    padded.extend_from_slice(&bytes);
    drop(bytes);
    read_padded(name, padded, options, limits, progress)
}

fn file_limit(limits: &Limits) -> u64 {
    limits.file_bytes.min(u64::from(u32::MAX))
}

/// `padded` is the file's content behind [`encoding::GAP`] free bytes.
fn read_padded(
    name: &str,
    padded: Vec<u8>,
    options: &ReadOptions,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Sheet, ReadError> {
    let content = &padded[encoding::GAP..];
    let limit = file_limit(limits);
    if content.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    report(watch, 0, content.len())?;
    let content_kind = recognise(name, content)?;
    let sheet = match content_kind {
        Content::Vcard => vcard::read(content, options, limits, watch)?,
        Content::Workbook(kind) => layout::arrange(workbook::read(content, kind, options, limits, watch)?, watch)?,
        Content::Text => {
            let decoded = Decoded::from_padded(padded, options.encoding.as_deref())?;
            if decoded.text_len() > u32::MAX as usize {
                return Err(ReadError::TooLarge { limit });
            }
            layout::arrange(delimited::read(decoded, options, limits, watch)?, watch)?
        }
    };
    Ok(accounted(sheet, options))
}

/// The sheet with what is told about it as a whole: how its rows add up, and what in its cells is doubtful.
fn accounted(mut sheet: Sheet, options: &ReadOptions) -> Sheet {
    let blank = (0..sheet.rows()).filter(|row| sheet.is_blank(*row)).count();
    sheet.assumed.blank = blank as u32;
    sheet.assumed.rows = (sheet.rows() - blank) as u32;
    let is_table = sheet.assumed.format != Format::Vcard;
    let mut doubts = Vec::new();
    if is_table && sheet.assumed.header_row.is_none() && options.header_row.is_none() {
        doubts.push(Doubt::NoHeader);
    }
    if sheet.assumed.above_header > 0 && options.header_row.is_none() {
        doubts.push(Doubt::RowsAboveHeader { rows: sheet.assumed.above_header });
    }
    let (mut replaced, mut scientific) = (Counted::default(), Counted::default());
    for row in 0..sheet.rows() {
        let number = sheet.row_number(row);
        if matches!(sheet.row_problem(row), Some(RowProblem::Undecodable { .. })) {
            replaced.add(number);
        }
        for _ in sheet.row(row).filter(|cell| cell.len() >= 5 && is_scientific(cell)) {
            scientific.add(number);
        }
    }
    doubts.extend(replaced.doubt(|rows, first| Doubt::ReplacedCharacters { rows, first }));
    doubts.extend(scientific.doubt(|cells, first| Doubt::ScientificNumbers { cells, first }));
    let (dates, order, doubt) = Dates::of(&sheet.table, &sheet.headers, options.date_order);
    doubts.extend(doubt.filter(|_| is_table));
    sheet.dates = dates;
    sheet.assumed.date_order = order.filter(|_| is_table);
    sheet.assumed.doubts.extend(doubts);
    sheet
}

/// How many there are of something, and where the first is.
#[derive(Default)]
struct Counted {
    count: u32,
    first: u32,
}

impl Counted {
    fn add(&mut self, row: u32) {
        self.count += 1;
        self.first = if self.count == 1 { row } else { self.first };
    }

    fn doubt(&self, doubt: impl Fn(u32, u32) -> Doubt) -> Option<Doubt> {
        (self.count > 0).then(|| doubt(self.count, self.first))
    }
}
